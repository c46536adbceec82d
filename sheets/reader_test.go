package sheets

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// read opens bytes and takes all rows.
func read(data []byte) (header Row, rows []Row, err error) {
	t, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Row{}, nil, err
	}
	defer t.Close()
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return t.Header(), rows, nil
		}
		if err != nil {
			return t.Header(), rows, err
		}
		rows = append(rows, row)
	}
}

func encoded(t *testing.T, s string, e interface{ String(string) (string, error) }) string {
	t.Helper()
	out, err := e.String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCSVAsItComes(t *testing.T) {
	const plain = "姓名,电话\r\n张伟,13800138000\r\n"
	want := []Row{{Line: 2, Cells: []string{"张伟", "13800138000"}}}
	tests := []struct {
		name, text string
		want       []Row
	}{
		{"UTF-8", plain, want},
		{"UTF-8 with mark", markUTF8 + plain, want},
		{"GB18030", encoded(t, plain, simplifiedchinese.GB18030.NewEncoder()), want},
		{"GB18030 with a rare character of four bytes", encoded(t, "姓名\n㐂\n", simplifiedchinese.GB18030.NewEncoder()), []Row{{2, []string{"㐂"}}}},
		{"UTF-16 little endian", encoded(t, plain, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), want},
		{"UTF-16 big endian", encoded(t, plain, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()), want},
		{"semicolons", "姓名;电话\n张伟;13800138000\n", want},
		{"tabs", "姓名\t电话\n张伟\t13800138000\n", want},
		{"a separator told by Excel", "sep=;\r\n姓名;电话\r\n张伟;13800138000\r\n", []Row{{3, want[0].Cells}}},
		{"a quoted comma in the header does not decide", "\"姓,名,字,号\";电话\n张伟;13800138000\n", want},
		{"old Mac line ends", "姓名,电话\r张伟,13800138000\r", want},
		{"no line end at the end", "姓名,电话\n张伟,13800138000", want},
		{"blank lines and blank rows are skipped, lines still counted", "\n姓名,电话\n\n,\n张伟,13800138000\n\n", []Row{{5, want[0].Cells}}},
		{"short rows are filled up", "姓名,电话\n张伟\n", []Row{{2, []string{"张伟", ""}}}},
		{"empty cells to the right are dropped", "姓名,电话\n张伟,1,,,\n", []Row{{2, []string{"张伟", "1"}}}},
		{"quotes, commas and line ends inside", "a,b\n\"1,\"\"2\"\"\r\n3\",x\ny,z\n", []Row{{2, []string{"1,\"2\"\r\n3", "x"}}, {4, []string{"y", "z"}}}},
		{"a quote inside a cell is text", "a,b\n5\" pipe,\"x\"y\n", []Row{{2, []string{"5\" pipe", "xy"}}}},
		{"defused cells come back", "a,b\n'=1+1,'text\n", []Row{{2, []string{"=1+1", "'text"}}}},
		{"blanks inside cells are kept", "a\n x \n", []Row{{2, []string{" x "}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, rows, err := read([]byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, rows); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHeaderIsTrimmed(t *testing.T) {
	header, _, err := read([]byte("\n 姓名 , 电话\n1,2\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Row{Line: 2, Cells: []string{"姓名", "电话"}}, header); diff != "" {
		t.Error(diff)
	}
}

func TestBadFilesAreNamed(t *testing.T) {
	tests := []struct {
		name, text string
		want       error
		code       string
		line       int
		column     string
	}{
		{"empty", "", ErrEmpty, "EMPTY_FILE", 0, ""},
		{"only a mark", markUTF8, ErrEmpty, "EMPTY_FILE", 0, ""},
		{"only blank lines", "\n\r\n,,\n", ErrEmpty, "EMPTY_FILE", 0, ""},
		{"only a header", "姓名,电话\n", ErrHeaderOnly, "HEADER_ONLY", 1, ""},
		{"neither UTF-8 nor GB18030", "a,b\n\xff\xff,1\n", ErrEncoding, "BAD_ENCODING", 0, ""},
		{"broken UTF-8 after its mark", markUTF8 + "a\n\xc4\xe3\n", ErrEncoding, "BAD_ENCODING", 0, ""},
		{"half a UTF-16 character", markUTF16LE + "a\x00\n\x00\x00\xd8\n\x00", ErrEncoding, "BAD_ENCODING", 0, ""},
		{"binary", "a,b\n\x00\x01\x02", ErrFormat, "NOT_A_TABLE", 0, ""},
		{"old Excel", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", ErrFormat, "OLD_EXCEL", 0, ""},
		{"PDF", "%PDF-1.7", ErrFormat, "NOT_A_TABLE", 0, ""},
		{"a web page", "<!DOCTYPE html><table>", ErrFormat, "NOT_A_TABLE", 0, ""},
		{"half an XLSX", "PK\x03\x04 and no more", ErrFormat, "DAMAGED_FILE", 0, ""},
		{"an open quote", "a,b\n1,2\n3,\"4\n5,6\n", ErrFormat, "OPEN_QUOTE", 3, ""},
		{"a cell of 10 MB", "a,备注\n1,2\n3," + strings.Repeat("x", 10<<20) + "\n", ErrTooLarge, "CELL_TOO_LARGE", 3, "备注"},
		{"a quoted cell of 10 MB", "a,备注\n1,\"" + strings.Repeat("x\n", 5<<20) + "\"\n", ErrTooLarge, "CELL_TOO_LARGE", 2, "备注"},
		{"a cell too large without header", "a\n1,2,\"" + strings.Repeat("x", 70<<10) + "\"\n", ErrTooLarge, "CELL_TOO_LARGE", 2, "3"},
		{"too many columns", "a\n1" + strings.Repeat(",", 250) + "2", ErrTooLarge, "TOO_MANY_COLUMNS", 2, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := read([]byte(test.text))
			if !errors.Is(err, test.want) {
				t.Fatalf("error %v, want %v", err, test.want)
			}
			var p *Problem
			if !errors.As(err, &p) {
				t.Fatalf("%T is no Problem", err)
			}
			if p.Code != test.code || p.Line != test.line || p.Column != test.column {
				t.Errorf("%s line %d column %q, want %s line %d column %q", p.Code, p.Line, p.Column, test.code, test.line, test.column)
			}
			if p.In("zh") == "" || p.In("en") == "" || p.In("zh") == p.In("en") {
				t.Errorf("words %q and %q", p.In("zh"), p.In("en"))
			}
		})
	}
}

func TestAHeaderAloneCanStillBeUsed(t *testing.T) {
	text := "姓名,电话\n"
	r, err := Open(strings.NewReader(text), int64(len(text)))
	if !errors.Is(err, ErrHeaderOnly) || !errors.Is(err, ErrEmpty) {
		t.Fatalf("error %v", err)
	}
	if diff := cmp.Diff([]string{"姓名", "电话"}, r.Header().Cells); diff != "" {
		t.Error(diff)
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("next row: %v", err)
	}
}

func TestAnErrorComesAfterTheRowsBeforeIt(t *testing.T) {
	_, rows, err := read([]byte("a,b\n1,2\n3,\"4\n"))
	if !errors.Is(err, ErrFormat) || len(rows) != 1 {
		t.Errorf("%d rows, error %v", len(rows), err)
	}
}

// failing is a disk that breaks.
type failing struct{}

var errDisk = errors.New("disk broke")

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestAReadErrorIsNoBadFile(t *testing.T) {
	if _, err := Open(failing{}, 100); !errors.Is(err, errDisk) || errors.Is(err, ErrFormat) {
		t.Errorf("error %v", err)
	}
}

// endless is a file of many rows that is never in memory.
type endless struct{ size int64 }

const endlessRow = "13800138000,2026-11-22,1234.50\n"

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	for i := range p {
		if off+int64(i) >= e.size {
			return i, io.EOF
		}
		p[i] = endlessRow[(off+int64(i))%int64(len(endlessRow))]
	}
	return len(p), nil
}

func TestMemoryDoesNotGrowWithTheTable(t *testing.T) {
	e := endless{size: int64(len(endlessRow)) * 200_000}
	r, err := Open(e, e.size)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	perRow := testing.AllocsPerRun(1_000, func() {
		if _, err := r.Next(); err == nil {
			n++
		}
	})
	for ; err == nil; _, err = r.Next() {
		n++
	}
	if n < 199_999 || perRow > 12 {
		t.Errorf("%d rows, %v allocations a row", n, perRow)
	}
	if r.Done() != 1 {
		t.Errorf("done %v", r.Done())
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"", "a,b\n1,2\n", "a;b\r\n\"1\";'=2\r\n", "\xff\xfea\x00", "a\n\"", "\x81\x30\x81\x30,\n1", "sep=,\na\n1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		header, rows, err := read(data)
		if err != nil {
			var p *Problem
			if !errors.As(err, &p) {
				t.Fatalf("%v is no Problem", err)
			}
			return
		}
		last := header.Line
		for _, row := range rows {
			if row.Line <= last || len(row.Cells) < len(header.Cells) {
				t.Fatalf("row %+v after line %d under %d columns", row, last, len(header.Cells))
			}
			last = row.Line
		}
		again(t, header, rows)
	})
}

// again writes what was read and reads it once more.
func again(t *testing.T, header Row, rows []Row) {
	var b bytes.Buffer
	w, err := New(CSV, "", &b)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range append([]Row{header}, rows...) {
		if err := w.Write(row.Cells); err != nil {
			return // too wide or too large to write
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, back, err := read(b.Bytes())
	if err != nil {
		t.Fatalf("read what was written: %v", err)
	}
	for i := range back {
		if diff := cmp.Diff(rows[i].Cells, back[i].Cells); diff != "" {
			t.Fatal(diff)
		}
	}
	if len(back) != len(rows) {
		t.Fatalf("%d rows came back of %d", len(back), len(rows))
	}
}
