package care

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"huifang/models"
	"huifang/sheets"
)

// chunk is how many rows are looked up and written at once.
const chunk = 200

// mostProblems is how many problems of a file are listed.
const mostProblems = 200

// line is a line of a file, before its cells are read.
type line[T any] struct {
	row     sheets.Row
	columns sheets.Columns
	table   table[T]
}

// fill reads the line into an empty row.
func (l line[T]) fill(row *T) []sheets.Problem {
	problems := l.columns.Stray(l.row)
	for _, c := range l.table {
		if err := c.fill(row, l.cell(c.field)); err != nil {
			problems = append(problems, l.problem(c.field, err))
		}
	}
	return problems
}

// update reads the line into a row that says something already. What a cell says already it does not change, even where
// files tell less than rows do.
func (l line[T]) update(row *T) error {
	for _, c := range l.table {
		cell := l.cell(c.field)
		if cell == "" || cell == c.cell(*row) {
			continue
		}
		if err := c.read(row, cell); err != nil {
			return err
		}
	}
	return nil
}

func (l line[T]) cell(field string) string { return l.columns.Cell(l.row, field) }

// problem places what is wrong with a cell.
func (l line[T]) problem(field string, err error) sheets.Problem {
	return l.columns.Problem(l.row, field, err)
}

// pass is one reading of a file.
type pass struct {
	*importer
	step   string
	file   *ImportFile
	report *FileReport
}

// lines hands every line of a file to each. What ends the file early becomes a problem of the report.
func lines[T any](p pass, columns table[T], each func(line[T]) error) error {
	reader, err := sheets.Open(p.file.Data, p.file.Size)
	if reader != nil {
		defer reader.Close()
	}
	if err != nil {
		return p.broken(err)
	}
	matched, problems := sheets.Match(reader.Header(), columns.fields())
	if len(problems) > 0 {
		p.unread[p.report.Kind] = true
		p.report.add(problems...)
		return nil
	}
	for n := 0; ; n++ {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return p.progress(1)
		}
		if err != nil {
			return p.broken(err)
		}
		if n%500 == 0 {
			if err := p.progress(reader.Done()); err != nil {
				return err
			}
		}
		if err := each(line[T]{row, matched, columns}); err != nil {
			return err
		}
	}
}

// progress tells how far the reading is, and ends it when nobody waits for it any more.
func (p pass) progress(share float64) error {
	if p.in.Progress != nil {
		p.in.Progress(p.file.Name, p.step, share)
	}
	return p.tx.Context().Err()
}

// broken notes a problem that ends the file; other errors are ours and go on.
func (p pass) broken(err error) error {
	var problem *sheets.Problem
	if !errors.As(err, &problem) {
		return fmt.Errorf("read %s: %w", p.file.Name, err)
	}
	p.unread[p.report.Kind] = true
	p.report.add(*problem)
	return nil
}

// again reads a file that was found good once more, to write it. It must not have changed meanwhile.
func again[T any](im *importer, kind string, file *ImportFile, columns table[T], each func(line[T]) error) error {
	found := FileReport{Kind: kind}
	err := lines(pass{im, "write", file, &found}, columns, each)
	if err == nil && len(found.Problems) > 0 {
		return changedMeanwhile(file)
	}
	return err
}

func changedMeanwhile(file *ImportFile) error {
	return Conflict("%s changed while it was imported: import it again", file.Name)
}

// near says where in a file a write failed that the check had found good: somebody else was writing too.
func near(err error, file *ImportFile, first, last int) error {
	if errors.Is(err, models.ErrConflict) || errors.Is(err, models.ErrReference) {
		return Conflict("%s, lines %d to %d, do not fit what somebody else has just written: import again: %w", file.Name, first, last, err)
	}
	return err
}

func (r *FileReport) add(problems ...sheets.Problem) {
	r.Problems = append(r.Problems, problems...)
	if extra := len(r.Problems) - mostProblems; extra > 0 {
		r.More += extra
		r.Problems = r.Problems[:mostProblems]
	}
}

// merge adds problems that showed only at the end of the file, each in its place.
func (r *FileReport) merge(late []sheets.Problem) {
	all := append(r.Problems, late...)
	slices.SortStableFunc(all, func(a, b sheets.Problem) int { return cmp.Compare(a.Line, b.Line) })
	r.Problems = nil
	r.add(all...)
}

// seen notes on which line a number stood.
type seen map[string]int

// before tells on which line a number stood, 0 when it is new; it is noted.
func (s seen) before(number string, line int) int {
	if number == "" {
		return 0
	}
	if first, ok := s[number]; ok {
		return first
	}
	s[number] = line
	return 0
}

func duplicate(first int) error {
	return faultf("DUPLICATE", "与第 %d 行重复，请只保留一行", "the same as on line %d: keep one of the two", first)
}
