package sheets

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func written(t interface{ Fatal(...any) }, format Format, rows [][]string) []byte {
	var b bytes.Buffer
	w, err := New(format, "会员", &b)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSVIsWhatExcelOpens(t *testing.T) {
	got := written(t, CSV, [][]string{{"姓名", "备注"}, {"张伟", "=1+1"}, {"a,b", "say \"hi\"\n"}})
	want := markUTF8 + "姓名,备注\r\n张伟,'=1+1\r\n\"a,b\",\"say \"\"hi\"\"\n\"\r\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestFormulasAreDefused(t *testing.T) {
	tests := []struct{ name, cell, want string }{
		{"an equals sign", "=1+1", "'=1+1"},
		{"a command", "@SUM(A1)", "'@SUM(A1)"},
		{"a sum with a sign", "-1+1", "'-1+1"},
		{"a tab before it", "\t=1", "'\t=1"},
		{"a CR before it", "\r=1", "'\r=1"},
		{"blanks before it", "  =1", "'  =1"},
		{"a full-width equals sign", "＝1", "'＝1"},
		{"an apostrophe of its own", "'quoted", "''quoted"},
		{"a plain negative number runs nothing", "-12.50", "-12.50"},
		{"a phone number with its country runs nothing", "+8613800138000", "+8613800138000"},
		{"a phone number with dashes would be reckoned", "+86-138", "'+86-138"},
		{"text", "张伟", "张伟"},
		{"empty", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := defuse(test.cell); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			if got := undefuse(defuse(test.cell)); got != test.cell {
				t.Errorf("came back as %q", got)
			}
		})
	}
}

// nasty draws what users and attackers type.
func nasty() *rapid.Generator[string] {
	pieces := []string{"=", "+", "-", "@", "'", "''", "\t", "\r", "\n", "\r\n", `"`, `""`, ",", ";", " ", "　", "张", "𠮷", "1", ".5", "_x0041_", "_x000D_",
		"_x005F_", "_x", "_", "x0041_", "<a>", "&amp;", "]]>", "\x01", "\x1f", "\u00a0", "\uFEFF", "\uFFFE", "\uFFFF", "\uFFFD", "＝", "0", "sep=;"}
	piece := rapid.OneOf(rapid.SampledFrom(pieces), rapid.Map(rapid.Rune(), func(r rune) string { return strings.ReplaceAll(string(r), "\x00", "") }))
	return rapid.Map(rapid.SliceOfN(piece, 0, 6), func(p []string) string { return strings.Join(p, "") })
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for _, format := range []Format{CSV, XLSX} {
		t.Run(string(format), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				rows := rapid.SliceOfN(rapid.SliceOfN(nasty(), 3, 3), 1, 5).Draw(t, "rows")
				table := [][]string{{"编号", "姓名", "备注", "末"}}
				for _, row := range rows {
					table = append(table, append(row, "end"))
				}
				_, back, err := read(written(t, format, table))
				if err != nil {
					t.Fatal(err)
				}
				if len(back) != len(rows) {
					t.Fatalf("%d rows came back of %d", len(back), len(rows))
				}
				for i, row := range back {
					if diff := cmp.Diff(table[i+1], row.Cells); diff != "" {
						t.Fatal(diff)
					}
				}
			})
		})
	}
}

func TestXLSXIsWhatOthersRead(t *testing.T) {
	data := written(t, XLSX, [][]string{{"编号", "备注"}, {"007", "第一行\n第二行 & <b>"}, {"", "=1+1"}})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("会员")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"编号", "备注"}, {"007", "第一行\n第二行 & <b>"}, {"", "'=1+1"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestSheetNamesFitExcel(t *testing.T) {
	for name, want := range map[string]string{
		"会员": "会员", "": "Sheet1", "a/b:c": "abc", "'x'": "x", strings.Repeat("𠮷", 20): strings.Repeat("𠮷", 15), "\xff": "Sheet1",
	} {
		if got := sheetName(name); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
}

func TestColumnNamesGoBothWays(t *testing.T) {
	for i := range 1_000 {
		if got := columnOf(columnName(i)+"7", -1); i < MaxColumns && got != i {
			t.Fatalf("%s is %d, want %d", columnName(i), got, i)
		}
	}
	if columnName(26) != "AA" || columnName(701) != "ZZ" || columnName(702) != "AAA" {
		t.Error("letters after Z are wrong")
	}
}

func TestWhatCannotBeReadIsNotWritten(t *testing.T) {
	tests := []struct {
		name   string
		format Format
		cells  []string
		want   error
	}{
		{"too many columns", CSV, make([]string, 201), ErrTooLarge},
		{"too long a cell", CSV, []string{strings.Repeat("x", MaxCell)}, ErrTooLarge},
		{"longer than a cell of Excel", XLSX, []string{strings.Repeat("x", 33_000)}, ErrTooLarge},
		{"no UTF-8", CSV, []string{"\xff"}, ErrEncoding},
		{"NUL", XLSX, []string{"a\x00b"}, ErrEncoding},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, err := New(test.format, "", &bytes.Buffer{})
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Write(test.cells); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
	if _, err := New("ods", "", &bytes.Buffer{}); !errors.Is(err, ErrFormat) {
		t.Errorf("unknown format: %v", err)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errDisk }

func TestAFullDiskIsTold(t *testing.T) {
	for _, format := range []Format{CSV, XLSX} {
		w, err := New(format, "", full{})
		for i := 0; err == nil && i < 10_000; i++ {
			err = w.Write([]string{strings.Repeat("x", i%1_000)})
		}
		if err == nil {
			err = w.Close()
		}
		if !errors.Is(err, errDisk) {
			t.Errorf("%s: %v", format, err)
		}
	}
}
