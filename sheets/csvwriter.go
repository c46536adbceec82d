package sheets

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// csvWriter writes UTF-8 with the mark by which Excel knows it, and CRLF.
type csvWriter struct {
	out  *bufio.Writer
	line int
}

func newCSVWriter(w io.Writer) (Writer, error) {
	c := &csvWriter{out: bufio.NewWriterSize(w, 64<<10)}
	if _, err := c.out.WriteString(markUTF8); err != nil {
		return nil, fmt.Errorf("write CSV: %w", err)
	}
	return c, nil
}

func (c *csvWriter) Write(cells []string) error {
	c.line++
	if err := writable(cells, c.line); err != nil {
		return err
	}
	for i, cell := range cells {
		if i > 0 {
			_ = c.out.WriteByte(',')
		}
		_, _ = c.out.WriteString(quoted(defuse(cell)))
	}
	// A bufio.Writer keeps its first error.
	if _, err := c.out.WriteString("\r\n"); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (c *csvWriter) Close() error {
	if err := c.out.Flush(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// quoted puts quotes where any spreadsheet, whatever separator it takes, would need them.
func quoted(cell string) string {
	if !strings.ContainsAny(cell, ",;\t\"\r\n") && strings.TrimSpace(cell) == cell {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}
