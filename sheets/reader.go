package sheets

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	// MaxCell is the most bytes of text a cell may have.
	MaxCell = 64 << 10
	// MaxColumns is the most columns a table may have; empty ones to the right do not count.
	MaxColumns = 200
)

// Row is a row with the line of the file it begins in.
type Row struct {
	Line  int
	Cells []string
}

// Reader gives the rows of a table one by one.
type Reader struct {
	source source
	header Row
	next   Row
	err    error // what comes after next
}

// source gives rows as the format has them. A row that ends the file is io.EOF; anything else is a *Problem.
type source interface {
	row() (Row, error)
	done() float64
	close() error
}

// Open reads a table by its content, whatever the name says: CSV (UTF-8, UTF-16 with mark, GB18030; comma, semicolon
// or tab) or XLSX (its first visible sheet). Errors are *Problem and wrap ErrEmpty, ErrHeaderOnly, ErrEncoding,
// ErrTooLarge or ErrFormat; with ErrHeaderOnly the Reader is usable and has the header.
func Open(r io.ReaderAt, size int64) (*Reader, error) { return OpenSheet("", r, size) }

// OpenSheet is Open for the named sheet of an XLSX file; CSV has no sheets and the name is ignored.
func OpenSheet(sheet string, r io.ReaderAt, size int64) (*Reader, error) {
	s, err := sourceOf(sheet, r, size)
	if err != nil {
		return nil, err
	}
	t := &Reader{source: s}
	if t.header, err = t.pull(); err != nil {
		_ = s.close()
		return nil, orEmpty(err)
	}
	if t.next, t.err = t.pull(); errors.Is(t.err, io.EOF) {
		return t, broken(ErrHeaderOnly, t.header.Line, "", "HEADER_ONLY", "只有表头，没有数据行；请填入数据后重新导入", "there is a header but no row: add rows and import again")
	}
	return t, nil
}

// sourceOf looks at the first bytes.
func sourceOf(sheet string, r io.ReaderAt, size int64) (source, error) {
	head := make([]byte, min(size, 1<<10))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return openXLSX(sheet, r, size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return nil, broken(ErrFormat, 0, "", "OLD_EXCEL", "这是旧版 Excel（.xls）或带密码的文件；请另存为不带密码的 .xlsx 或 CSV", "an old Excel (.xls) or password-protected file: save it as .xlsx without password, or as CSV")
	case bytes.HasPrefix(head, []byte("%PDF")) || looksHTML(head):
		return nil, notTable()
	}
	return openCSV(r, size)
}

func looksHTML(head []byte) bool {
	start := strings.ToLower(strings.TrimSpace(string(head)))
	return strings.HasPrefix(start, "<html") || strings.HasPrefix(start, "<!doctype") || strings.HasPrefix(start, "<table") || strings.HasPrefix(start, "<?xml")
}

func notTable() *Problem {
	return broken(ErrFormat, 0, "", "NOT_A_TABLE", "文件不是 CSV 或 XLSX 表格；请在 Excel 中另存为 .xlsx 或 CSV", "not a table: save it from the spreadsheet as .xlsx or CSV")
}

// orEmpty turns the end of a file without any row into ErrEmpty.
func orEmpty(err error) error {
	if errors.Is(err, io.EOF) {
		return broken(ErrEmpty, 0, "", "EMPTY_FILE", "文件是空的；请选择有数据的文件", "the file is empty: choose one with data")
	}
	return err
}

// Header is the first row that is not blank, its cells trimmed.
func (t *Reader) Header() Row { return t.header }

// Next gives the next row that is not blank, with at least as many cells as the header. After the last one it is
// io.EOF; every other error is a *Problem and final.
func (t *Reader) Next() (Row, error) {
	if t.next.Line == 0 {
		return Row{}, t.err
	}
	row := t.next
	t.next = Row{}
	if t.err == nil {
		t.next, t.err = t.pull()
	}
	return row, nil
}

// Done is how much of the file has been read, 0 to 1: for a progress bar.
func (t *Reader) Done() float64 { return min(1, max(0, t.source.done())) }

// Close ends the reading; what was opened from stays open.
func (t *Reader) Close() error { return t.source.close() }

// pull takes rows from the source until one is not blank, and makes it fit the header.
func (t *Reader) pull() (Row, error) {
	for {
		row, err := t.source.row()
		if err != nil {
			return Row{}, t.named(err)
		}
		if row.Cells = undefused(trimRight(row.Cells)); !blank(row.Cells) {
			return t.fit(row), nil
		}
	}
}

// fit pads to the header's width; the header itself is trimmed.
func (t *Reader) fit(row Row) Row {
	if t.header.Line == 0 {
		for i, c := range row.Cells {
			row.Cells[i] = strings.TrimSpace(c)
		}
		row.Cells = trimRight(row.Cells)
		return row
	}
	for len(row.Cells) < len(t.header.Cells) {
		row.Cells = append(row.Cells, "")
	}
	return row
}

// trimRight drops empty cells at the end: a spreadsheet has them by the hundred.
func trimRight(cells []string) []string {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// blank tells whether a row says nothing.
func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// badCell is a problem of a cell whose column is known by number only, as yet.
type badCell struct {
	*Problem
	column int // 0 is the first
}

// named gives a bad cell the name of its column: the header, or the number where there is none.
func (t *Reader) named(err error) error {
	var bad *badCell
	if !errors.As(err, &bad) {
		return err
	}
	bad.Column = fmt.Sprint(bad.column + 1)
	if bad.column < len(t.header.Cells) && t.header.Cells[bad.column] != "" {
		bad.Column = t.header.Cells[bad.column]
	}
	return bad.Problem
}

func cellTooLarge(line, column int) error {
	return &badCell{broken(ErrTooLarge, line, "", "CELL_TOO_LARGE", "单元格内容超过 64 KB；请缩短内容，或检查前面是否有未配对的引号", "the cell holds more than 64 KiB: shorten it, or look for a quote that is never closed"), column}
}

func tooManyColumns(line int) error {
	return broken(ErrTooLarge, line, "", "TOO_MANY_COLUMNS", "超过 200 列；请删除多余的列", "more than 200 columns: delete those not needed")
}
