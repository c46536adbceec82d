package sheets

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Writer writes a table row by row, the header first. Cells that spreadsheets would run as formulas are defused; Open
// gives back exactly what was written. Close finishes the table, but closes nothing it was made on.
type Writer interface {
	Write(cells []string) error
	Close() error
}

// Format is a format to write.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// New writes a table in a format; the sheet's name is used by XLSX only.
func New(format Format, sheet string, w io.Writer) (Writer, error) {
	switch format {
	case CSV:
		return newCSVWriter(w)
	case XLSX:
		return newXLSXWriter(sheet, w)
	}
	return nil, fmt.Errorf("%w: write %q", ErrFormat, format)
}

// writable checks what Open would refuse to read: better here, where the row is known.
func writable(cells []string, line int) error {
	if len(cells) > MaxColumns {
		return tooManyColumns(line)
	}
	for i, c := range cells {
		if len(c) >= MaxCell {
			return broken(ErrTooLarge, line, fmt.Sprint(i+1), "CELL_TOO_LARGE", "单元格内容超过 64 KB", "the cell holds more than 64 KiB")
		}
		if !utf8.ValidString(c) || strings.ContainsRune(c, 0) {
			return broken(ErrEncoding, line, fmt.Sprint(i+1), "BAD_TEXT", "单元格内容不是有效文字", "the cell does not hold text")
		}
	}
	return nil
}
