package sheets

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

const (
	// maxRows is the most rows an XLSX sheet can have.
	maxRows = 1_048_576
	// maxUnits is the most UTF-16 units an XLSX cell can have.
	maxUnits = 32_767
)

// xlsxWriter streams a workbook of one sheet: every cell is text in text format, so that numbers with leading zeros and
// long phone numbers stay as they are when the file is edited; the header is bold and stays in view.
type xlsxWriter struct {
	zip  *zip.Writer
	out  *bufio.Writer
	line int
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const (
	mainSpace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace  = "http://schemas.openxmlformats.org/package/2006/"
	mediaType     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// frame is the parts around the sheet, in order.
func frame(sheet string) [][2]string {
	return [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + packageSpace + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + mediaType + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + mediaType + `styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + mediaType + `worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relationSpace + `"><sheets><sheet name="` + xmlText(sheet) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="rId1" Type="` + relationSpace + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + relationSpace + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", `<styleSheet xmlns="` + mainSpace + `"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
			`<cellXfs count="3"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`},
	}
}

const (
	sheetHead = `<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
	sheetTail = `</sheetData></worksheet>`
)

func newXLSXWriter(sheet string, w io.Writer) (Writer, error) {
	x := &xlsxWriter{zip: zip.NewWriter(w)}
	for _, part := range frame(sheetName(sheet)) {
		if err := x.part(part[0], xmlHead+part[1]); err != nil {
			return nil, err
		}
	}
	if err := x.part("xl/worksheets/sheet1.xml", xmlHead+sheetHead); err != nil {
		return nil, err
	}
	return x, nil
}

// sheetName makes a name that Excel accepts: 31 characters, none of \/?*[]: and no apostrophe around.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/?*[]:`, r) || r < ' ' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if units := utf16.Encode([]rune(name)); len(units) > 31 {
		name = strings.ToValidUTF8(strings.TrimSuffix(string(utf16.Decode(units[:31])), "\uFFFD"), "")
	}
	if name = strings.Trim(name, "'"); name == "" {
		return "Sheet1"
	}
	return name
}

// part begins a part of the file; the last one begun is what out writes to.
func (x *xlsxWriter) part(name, text string) error {
	if err := x.flush(); err != nil {
		return err
	}
	w, err := x.zip.Create(name)
	if err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	x.out = bufio.NewWriterSize(w, 64<<10)
	_, err = x.out.WriteString(text)
	return err
}

func (x *xlsxWriter) flush() error {
	if x.out == nil {
		return nil
	}
	if err := x.out.Flush(); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return nil
}

func (x *xlsxWriter) Write(cells []string) error {
	x.line++
	if err := x.fits(cells); err != nil {
		return err
	}
	style := "1"
	if x.line == 1 {
		style = "2"
	}
	line := strconv.Itoa(x.line)
	_, _ = x.out.WriteString(`<row r="` + line + `">`)
	for i, cell := range cells {
		if cell != "" {
			_, _ = x.out.WriteString(`<c r="` + columnName(i) + line + `" s="` + style + `" t="inlineStr"><is><t xml:space="preserve">` + xmlText(escape(defuse(cell))) + `</t></is></c>`)
		}
	}
	// A bufio.Writer keeps its first error.
	if _, err := x.out.WriteString(`</row>`); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return nil
}

func (x *xlsxWriter) fits(cells []string) error {
	if x.line > maxRows {
		return broken(ErrTooLarge, x.line, "", "TOO_MANY_ROWS", "超过 Excel 的最大行数；请导出为 CSV", "more rows than a sheet can have: export as CSV")
	}
	if err := writable(cells, x.line); err != nil {
		return err
	}
	for i, c := range cells {
		if len(c) >= maxUnits && len(utf16.Encode([]rune(c))) >= maxUnits {
			return broken(ErrTooLarge, x.line, strconv.Itoa(i+1), "CELL_TOO_LARGE", "内容超过 Excel 单元格的最大长度；请导出为 CSV", "more text than a spreadsheet's cell can have: export as CSV")
		}
	}
	return nil
}

func (x *xlsxWriter) Close() error {
	_, _ = x.out.WriteString(sheetTail)
	if err := x.flush(); err != nil {
		return err
	}
	if err := x.zip.Close(); err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return nil
}

// columnName is the letters of a column, 0 is A, 26 is AA.
func columnName(i int) string {
	name := ""
	for ; i >= 0; i = i/26 - 1 {
		name = string(rune('A'+i%26)) + name
	}
	return name
}

func xmlText(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// escape writes what XML cannot hold, or would change, as _xHHHH_, and what looks like that so that it stays.
func escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '_' && len(s) >= i+7 && escaped.MatchString(s[i:i+7]):
			b.WriteString("_x005F_")
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
			fmt.Fprintf(&b, "_x%04X_", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
