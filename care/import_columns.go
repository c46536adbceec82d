package care

import (
	"fmt"
	"strings"

	"huifang/sheets"
)

// column is one column of a file that import reads and export writes, for rows held as T.
type column[T any] struct {
	field    string // its name in the API
	zh, en   string // headers export writes
	also     []string
	required bool
	// read puts a cell that is not blank into the row. A blank cell leaves what was known: a partial file erases nothing.
	read func(row *T, cell string) error
	// write is the cell of a row, blank when there is nothing to say.
	write func(row T) string
}

func (c column[T]) fill(row *T, cell string) error {
	if cell != "" {
		return c.read(row, cell)
	}
	if c.required {
		return sheets.Required()
	}
	return nil
}

// cell is the cell of a row, without the blanks around that reading would take away.
func (c column[T]) cell(row T) string { return strings.TrimSpace(c.write(row)) }

// table is the columns of one kind of file.
type table[T any] []column[T]

// fields tells sheets which headers belong to which column.
func (t table[T]) fields() []sheets.Field {
	out := make([]sheets.Field, len(t))
	for i, c := range t {
		out[i] = sheets.Field{Key: c.field, Headers: append([]string{c.zh, c.en, c.field}, c.also...), Required: c.required}
	}
	return out
}

// headers are what export writes, in the language asked for.
func (t table[T]) headers(lang string) []string {
	out := make([]string, len(t))
	for i, c := range t {
		out[i] = sheets.Words{ZH: c.zh, EN: c.en}.In(lang)
	}
	return out
}

// cells are a row as export writes it.
func (t table[T]) cells(row T) []string {
	out := make([]string, len(t))
	for i, c := range t {
		out[i] = c.cell(row)
	}
	return out
}

func fault(code, zh, en string) error {
	return &sheets.Fault{Code: code, Words: sheets.Words{ZH: zh, EN: en}}
}

func faultf(code, zh, en string, args ...any) error {
	return fault(code, fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...))
}

func tooLong(most int) error {
	return faultf("TOO_LONG", "文字太长（最多 %d 字），请缩短", "too long: at most %d characters", most)
}

func future() error {
	return fault("FUTURE", "日期在今天之后，请核对", "this day lies in the future: check the date")
}
