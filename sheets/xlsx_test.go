package sheets

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// workbook makes a file as a spreadsheet program would.
func workbook(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t *testing.T, f *excelize.File, sheet, cell string, value any, format string) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
	if format == "" {
		return
	}
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle(sheet, cell, cell, style); err != nil {
		t.Fatal(err)
	}
}

func TestXLSXCellsAsText(t *testing.T) {
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		value  any
		format string
		want   string
	}{
		{"text", "张伟", "", "张伟"},
		{"text that Excel escaped", "_x005F_x0041_", "", "_x0041_"},
		{"text with line end", "a\nb", "", "a\nb"},
		{"a phone number kept as a number", 13800138000, "", "13800138000"},
		{"a long number without exponent", 6222021234567890.0, "", "6222021234567890"},
		{"no trailing .0", 30.0, "", "30"},
		{"money reckoned in binary", 19.989999999999998, "", "19.99"},
		{"a small number without exponent", 0.00001, "", "0.00001"},
		{"a negative number", -12.5, "", "-12.5"},
		{"yes", true, "", "TRUE"},
		{"a day in the program's default format", day, "", "2026-11-22"},
		{"a day in a Chinese format", day, `yyyy"年"m"月"d"日"`, "2026-11-22"},
		{"a day with a language in brackets", day, `[$-804]yyyy/m/d;@`, "2026-11-22"},
		{"month and day only", day, "m-d", "2026-11-22"},
		{"a day and time", day.Add(9*time.Hour + 30*time.Minute), "yyyy-mm-dd hh:mm", "2026-11-22 09:30:00"},
		{"a time of day", 0.5, "hh:mm", "12:00:00"},
		{"a number in red", 46348, "#,##0.00_);[Red]-#,##0.00", "46348"},
		{"a number with a unit that holds d and y", 46348, `0" days"`, "46348"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			data := workbook(t, func(f *excelize.File) {
				set(t, f, "Sheet1", "A1", "值", "")
				set(t, f, "Sheet1", "A2", test.value, test.format)
			})
			_, rows, err := read(data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]Row{{2, []string{test.want}}}, rows); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestXLSXDaysOfEveryCalendar(t *testing.T) {
	tests := []struct {
		name   string
		serial float64
		from4  bool
		want   string
	}{
		{"the first day", 1, false, "1900-01-01"},
		{"before the leap day that never was", 59, false, "1900-02-28"},
		{"after it", 61, false, "1900-03-01"},
		{"now", 46348, false, "2026-11-22"},
		{"from 1904", 46348 - 1462, true, "2026-11-22"},
		{"a breath before midnight is the next day", 46347.999999, false, "2026-11-22"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := (book{from4: test.from4}).moment(test.serial, asDay); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestXLSXSheets(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		set(t, f, "Sheet1", "A1", "hidden", "")
		for _, name := range []string{"会员", "订单"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			set(t, f, name, "B2", name, "")
			set(t, f, name, "B5", "x", "")
		}
		f.SetActiveSheet(1)
		if err := f.SetSheetVisible("Sheet1", false); err != nil {
			t.Fatal(err)
		}
	})
	open := func(sheet string) (*Reader, error) {
		return OpenSheet(sheet, bytes.NewReader(data), int64(len(data)))
	}
	for sheet, want := range map[string]string{"": "会员", "订单": "订单", " 会员 ": "会员"} {
		r, err := open(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(Row{2, []string{"", want}}, r.Header()); diff != "" {
			t.Error(diff)
		}
		if row, err := r.Next(); err != nil || row.Line != 5 {
			t.Errorf("row %+v, %v: want line 5", row, err)
		}
	}
	if _, err := open("退货"); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "订单") {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

func TestXLSXOfStreamsAndRichText(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		if err := f.SetCellRichText("Sheet1", "A1", []excelize.RichTextRun{{Text: "姓"}, {Text: "名", Font: &excelize.Font{Bold: true}}}); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellFormula("Sheet1", "A2", "1+1"); err != nil {
			t.Fatal(err)
		}
		set(t, f, "Sheet1", "B2", "x", "")
	})
	header, rows, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	if header.Cells[0] != "姓名" || rows[0].Cells[1] != "x" {
		t.Errorf("%v %v", header, rows)
	}
}

// archived makes an XLSX with the given sheet and shared texts.
func archived(t *testing.T, sheet, shared string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := append(frame("s"), [2]string{"xl/worksheets/sheet1.xml", sheet}, [2]string{"xl/sharedStrings.xml", shared})
	for _, part := range parts {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(part[1], "</Relationships>", `<Relationship Id="rId9" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`, 1)
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const twoRows = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>备注</t></is></c></row><row r="2">`

func TestXLSXBadFilesAreNamed(t *testing.T) {
	big := strings.Repeat("字", 4<<20)
	tests := []struct {
		name, sheet, shared string
		want                error
		code, column        string
	}{
		{"no row", `<worksheet><sheetData/></worksheet>`, "", ErrEmpty, "EMPTY_FILE", ""},
		{"cut off", twoRows, "", ErrFormat, "DAMAGED_FILE", ""},
		{"not XML", `<worksheet><sheetData><row><<<`, "", ErrFormat, "DAMAGED_FILE", ""},
		{"no shared text of that number", twoRows + `<c t="s"><v>7</v></c></row></sheetData>`, "<sst/>", ErrFormat, "DAMAGED_FILE", ""},
		{"a cell of 12 MB", twoRows + `<c t="inlineStr"><is><t>` + big + `</t></is></c></row></sheetData>`, "", ErrTooLarge, "CELL_TOO_LARGE", "备注"},
		{"a shared text of 12 MB", twoRows + `<c t="s"><v>0</v></c></row></sheetData>`, "<sst><si><t>" + big + "</t></si></sst>", ErrTooLarge, "CELL_TOO_LARGE", "备注"},
		{"a cell of many references", twoRows + `<c t="str"><v>` + strings.Repeat("&amp;", 2<<20) + `</v></c></row></sheetData>`, "", ErrTooLarge, "CELL_TOO_LARGE", "备注"},
		{"too many columns", twoRows + `<c r="ZZZ2"><v>1</v></c></row></sheetData>`, "", ErrTooLarge, "TOO_MANY_COLUMNS", ""},
		{"a tag without end", twoRows + `<c r="` + strings.Repeat("A", 4<<20), "", ErrFormat, "DAMAGED_FILE", ""},
		{"a comment without end", twoRows + `<!--` + strings.Repeat("<", 4<<20), "", ErrFormat, "DAMAGED_FILE", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := read(archived(t, test.sheet, test.shared))
			var p *Problem
			if !errors.Is(err, test.want) || !errors.As(err, &p) {
				t.Fatalf("error %v, want %v", err, test.want)
			}
			if p.Code != test.code || p.Column != test.column {
				t.Errorf("%s column %q, want %s column %q", p.Code, p.Column, test.code, test.column)
			}
		})
	}
}

func TestAHugeCellIsNeverHeldWhole(t *testing.T) {
	data := archived(t, twoRows+`<c t="inlineStr"><is><t>`+strings.Repeat("x", 64<<20)+`</t></is></c></row></sheetData>`, "")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := read(data)
	runtime.ReadMemStats(&after)
	if !errors.Is(err, ErrTooLarge) {
		t.Fatal(err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 8<<20 {
		t.Errorf("allocated %d bytes for a cell of 64 MB", used)
	}
}

func TestBlankStyledCellsFarOutAreNothing(t *testing.T) {
	_, rows, err := read(archived(t, twoRows+`<c r="A2"><v>1</v></c><c r="XFD2" s="1"/></row></sheetData>`, ""))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Row{{2, []string{"1"}}}, rows); diff != "" {
		t.Error(diff)
	}
}

func FuzzXLSXSheet(f *testing.F) {
	f.Add(twoRows + `<c r="B2" s="1"><v>1.5</v></c></row></sheetData></worksheet>`)
	f.Add(`<worksheet><sheetData><row r="x"><c r="a1" t="s"><v>0</v></c></row></sheetData>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		_, _, err := read(archived(t, sheet, "<sst><si><t>a</t></si></sst>"))
		var p *Problem
		if err != nil && !errors.As(err, &p) {
			t.Errorf("%v is no Problem", err)
		}
	})
}
