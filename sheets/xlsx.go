package sheets

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

const (
	// maxPart is the most bytes a part of the file may unpack to: a small file can hold an endless one.
	maxPart = 2 << 30
	// maxShared is the most bytes of shared text, which is kept in memory.
	maxShared = 256 << 20
)

// xlsxSource streams one sheet. It reads the parts of the file itself, because only the cell's style tells a date from
// a number, and because a cell's text must be cut off while it is read, not after.
type xlsxSource struct {
	part   *part
	book   book
	line   int // of the last row
	inside bool
}

// book is what the sheet's cells refer to.
type book struct {
	shared []string
	dates  []format // by style
	from4  bool     // days count from 1904
}

func openXLSX(sheet string, r io.ReaderAt, size int64) (source, error) {
	files, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(err)
	}
	a := archive{}
	for _, f := range files.File {
		a[strings.TrimPrefix(f.Name, "/")] = f
	}
	return a.source(sheet)
}

// archive is the parts of the file by name.
type archive map[string]*zip.File

func (a archive) source(sheet string) (source, error) {
	main := "xl/workbook.xml"
	for _, rel := range a.relations("_rels/.rels", "") {
		if strings.HasSuffix(rel.kind, "/officeDocument") {
			main = rel.target
		}
	}
	if a[main] == nil {
		return nil, notTable()
	}
	index, err := a.index(main)
	if err != nil {
		return nil, err
	}
	target, err := index.pick(sheet)
	if err != nil {
		return nil, err
	}
	return a.sheet(index, target)
}

func (a archive) sheet(index index, target string) (source, error) {
	shared, err := a.shared(index.shared)
	if err != nil {
		return nil, err
	}
	dates, err := a.dates(index.styles)
	if err != nil {
		return nil, err
	}
	p, err := a.open(target)
	if err != nil {
		return nil, err
	}
	return &xlsxSource{part: p, book: book{shared: shared, dates: dates, from4: index.from4}}, nil
}

// part is a part of the file as a stream of XML tokens.
type part struct {
	*scanner
	file io.ReadCloser
	read int64
	size int64
}

func (a archive) open(name string) (*part, error) {
	f := a[name]
	if f == nil {
		return nil, damaged(fmt.Errorf("no part %q", name))
	}
	if f.UncompressedSize64 > maxPart {
		return nil, broken(ErrTooLarge, 0, "", "FILE_TOO_LARGE", "表格展开后超过 2 GB；请拆分成几个文件", "the sheet unpacks to more than 2 GiB: split the file")
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	p := &part{file: r, size: int64(f.UncompressedSize64)}
	p.scanner = newScanner(&counted{io.LimitReader(r, maxPart), &p.read})
	return p, nil
}

// token is the next token; io.EOF at the end, otherwise a *Problem.
func (p *part) token() (token, error) {
	t, err := p.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, damaged(err)
	}
	return t, err
}

// text collects what stands inside the element that was just opened, up to its end; phonetic hints left out.
// It stops growing past MaxCell, so that what is too large is seen but not kept.
func (p *part) text(element string) (string, error) {
	value, hints := "", 0
	for {
		t, err := p.token()
		if err != nil {
			return "", cutOff(err)
		}
		switch {
		case t == text && hints == 0 && len(value) <= MaxCell:
			chars, err := p.chars()
			if err != nil {
				return "", damaged(err)
			}
			value += chars
		case t == opened && p.is("rPh"):
			hints++
		case t == closed && p.is("rPh"):
			hints--
		case t == closed && p.is(element):
			return unescape(value), nil
		}
	}
}

func (s *xlsxSource) close() error { return s.part.file.Close() }

func (s *xlsxSource) done() float64 { return float64(s.part.read) / float64(max(1, s.part.size)) }

func (s *xlsxSource) row() (Row, error) {
	for {
		t, err := s.part.token()
		if err != nil {
			return Row{}, cutOff(err)
		}
		switch {
		case t == opened && s.inside && s.part.is("row"):
			return s.cells()
		case t == opened && s.part.is("sheetData"):
			s.inside = true
		case t == closed && s.part.is("sheetData"):
			return Row{}, io.EOF
		}
	}
}

// cells reads the row just opened up to its end.
func (s *xlsxSource) cells() (Row, error) {
	s.line++
	if n, err := strconv.Atoi(s.part.attr("r")); err == nil && n > 0 {
		s.line = n
	}
	row, column := Row{Line: s.line}, -1
	for {
		t, err := s.part.token()
		if err != nil {
			return Row{}, cutOff(err)
		}
		switch {
		case t == opened && s.part.is("c"):
			column = columnOf(s.part.attr("r"), column+1)
			if err := s.cell(&row, column); err != nil {
				return Row{}, err
			}
		case t == closed && s.part.is("row"):
			return row, nil
		}
	}
}

// cell reads the cell just opened up to its end and puts its value into the row.
func (s *xlsxSource) cell(row *Row, column int) error {
	value, err := s.value(s.part.attr("t"), s.part.attr("s"))
	if err != nil || value == "" {
		return err
	}
	if len(value) > MaxCell {
		return cellTooLarge(row.Line, column)
	}
	if column >= MaxColumns {
		return tooManyColumns(row.Line)
	}
	for len(row.Cells) <= column {
		row.Cells = append(row.Cells, "")
	}
	row.Cells[column] = value
	return nil
}

func (s *xlsxSource) value(kind, style string) (string, error) {
	value := ""
	for {
		t, err := s.part.token()
		if err != nil {
			return "", cutOff(err)
		}
		switch {
		case t == opened && s.part.is("v"):
			value, err = s.part.text("v")
		case t == opened && s.part.is("is"):
			value, err = s.part.text("is")
		case t == closed && s.part.is("c"):
			return s.book.shown(kind, style, value)
		}
		if err != nil {
			return "", err
		}
	}
}

// columnOf reads the letters of a cell's name, "AB7" is 27; a cell without a name follows the one before.
func columnOf(name string, next int) int {
	n := 0
	for _, c := range name {
		if c < 'A' || c > 'Z' || n > MaxColumns*26 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	if n == 0 {
		return next
	}
	return n - 1
}

// relation is a link from one part to another.
type relation struct{ id, kind, target string }

// relations reads a part of links; a missing or broken one has none.
func (a archive) relations(name, folder string) []relation {
	var all []relation
	p, err := a.open(name)
	if err != nil {
		return nil
	}
	defer p.file.Close()
	for {
		t, err := p.token()
		if err != nil {
			return all
		}
		if t == opened && p.is("Relationship") {
			target := p.attr("Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(folder, target)
			}
			all = append(all, relation{p.attr("Id"), p.attr("Type"), strings.TrimPrefix(target, "/")})
		}
	}
}

func damaged(err error) *Problem {
	return broken(errors.Join(ErrFormat, err), 0, "", "DAMAGED_FILE", "文件已损坏，无法读取；请在 Excel 中重新保存后再导入", "the file is damaged: open it in the spreadsheet, save it again and import that")
}

// cutOff makes the end of a part where more must come a damaged file.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return damaged(io.ErrUnexpectedEOF)
	}
	return err
}
