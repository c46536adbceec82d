package sheets

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// csvSource splits text into cells. It is lenient as spreadsheets are: a quote counts only at the start of a cell, and
// what follows the closing quote is text. Line ends are LF, CRLF or CR.
type csvSource struct {
	in    *bufio.Reader
	comma byte
	line  int   // of the next byte
	read  int64 // bytes of the file
	size  int64
	cell  []byte
}

func openCSV(r io.ReaderAt, size int64) (source, error) {
	text, err := decodingOf(r, size)
	if err != nil {
		return nil, err
	}
	comma, skip, err := separator(text.open(new(int64)))
	if err != nil {
		return nil, err
	}
	s := &csvSource{comma: comma, line: 1, size: size}
	s.in = bufio.NewReaderSize(text.open(&s.read), 64<<10)
	for range skip {
		if _, err := s.readByte(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// separator looks at the header: the sign that stands there most often outside quotes. A first line "sep=;" is
// Excel's own way to say it; skip is its length.
func separator(r io.Reader) (comma byte, skip int, err error) {
	head, err := io.ReadAll(io.LimitReader(r, MaxCell))
	if err != nil {
		return 0, 0, fmt.Errorf("read the file: %w", err)
	}
	text := string(head)
	if len(text) > 5 && strings.EqualFold(text[:4], "sep=") && strings.ContainsRune(",;\t", rune(text[4])) && strings.ContainsRune("\r\n", rune(text[5])) {
		return text[4], 5, nil
	}
	return mostly(strings.TrimLeft(text, "\r\n")), 0, nil
}

func mostly(text string) byte {
	counts := map[rune]int{}
	quoted := false
	for _, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if c == '\n' || c == '\r' {
			break
		}
		counts[c]++
	}
	best := ','
	for _, c := range ";\t" {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return byte(best)
}

func (s *csvSource) close() error { return nil }

func (s *csvSource) done() float64 { return float64(s.read) / float64(max(1, s.size)) }

func (s *csvSource) readByte() (byte, error) {
	b, err := s.in.ReadByte()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			err = fmt.Errorf("read the file: %w", err)
		}
		return 0, err
	}
	return b, nil
}

// ended tells whether a byte ends a line, and takes the LF of a CRLF with it.
func (s *csvSource) ended(b byte) bool {
	if b == '\r' {
		if next, err := s.in.Peek(1); err == nil && next[0] == '\n' {
			_, _ = s.readByte()
		}
	}
	return b == '\r' || b == '\n'
}

// row reads one row; a blank line is a row without cells.
func (s *csvSource) row() (Row, error) {
	row := Row{Line: s.line}
	for {
		more, err := s.field(&row)
		if errors.Is(err, io.EOF) && len(row.Cells) == 1 && row.Cells[0] == "" {
			return Row{}, io.EOF
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return Row{}, err
		}
		if !more {
			return row, nil
		}
	}
}

// field reads one cell into the row and tells whether another follows. At the end of the file it is io.EOF.
func (s *csvSource) field(row *Row) (more bool, err error) {
	s.cell = s.cell[:0]
	b, err := s.readByte()
	if err == nil && b == '"' {
		if err = s.quoted(len(row.Cells)); err != nil {
			return false, err
		}
		b, err = s.readByte()
	}
	start := row.Line
	for ; err == nil; b, err = s.readByte() {
		if b == s.comma {
			return true, s.keep(row)
		}
		if s.ended(b) {
			s.line++
			return false, s.keep(row)
		}
		if err := s.put(b, start, len(row.Cells)); err != nil {
			return false, err
		}
	}
	if !errors.Is(err, io.EOF) {
		return false, err
	}
	if err := s.keep(row); err != nil {
		return false, err
	}
	return false, io.EOF
}

// quoted reads up to the closing quote; a doubled one is a quote of the text.
func (s *csvSource) quoted(column int) error {
	start := s.line
	var last byte
	for {
		b, err := s.readByte()
		if errors.Is(err, io.EOF) {
			return broken(ErrFormat, start, "", "OPEN_QUOTE", "此处的引号没有配对；请补上结束引号", "a quote opened here is never closed: close it")
		}
		if err != nil {
			return err
		}
		if b == '"' {
			if next, err := s.in.Peek(1); err != nil || next[0] != '"' {
				return nil
			}
			_, _ = s.readByte()
		}
		if b == '\r' || b == '\n' && last != '\r' {
			s.line++
		}
		last = b
		if err := s.put(b, start, column); err != nil {
			return err
		}
	}
}

func (s *csvSource) put(b byte, line, column int) error {
	if len(s.cell) >= MaxCell {
		return cellTooLarge(line, column)
	}
	s.cell = append(s.cell, b)
	return nil
}

// keep adds the cell to the row. Empty cells past the last column allowed are dropped, as a spreadsheet's blank ones.
func (s *csvSource) keep(row *Row) error {
	if len(row.Cells) < MaxColumns {
		row.Cells = append(row.Cells, string(s.cell))
		return nil
	}
	if len(s.cell) > 0 {
		return tooManyColumns(row.Line)
	}
	return nil
}
