package sheets

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Field is a column that a table may have.
type Field struct {
	// Key is what the program calls it.
	Key string
	// Headers are the accepted headers; case, spaces, underscores, hyphens and full-width forms do not matter.
	// The first one is what messages call it.
	Headers  []string
	Required bool
}

// Columns tells where the fields of a table stand.
type Columns struct {
	fields []Field
	header Row
	index  map[string]int
}

// Match finds the fields in a header. Problems, all of them at once: a column unknown (with the nearest known header),
// a field twice, a required field missing.
func Match(header Row, fields []Field) (Columns, []Problem) {
	c := Columns{fields: fields, header: header, index: map[string]int{}}
	var problems []Problem
	for i, text := range header.Cells {
		if text == "" {
			continue
		}
		if p := c.place(i, text); p != nil {
			problems = append(problems, *p)
		}
	}
	for _, f := range fields {
		if f.Required && !c.Has(f.Key) {
			problems = append(problems, *missingColumn(header.Line, f))
		}
	}
	return c, problems
}

// place gives the column to the field it is for.
func (c Columns) place(i int, text string) *Problem {
	f := slices.IndexFunc(c.fields, func(f Field) bool { return f.accepts(text) })
	if f < 0 {
		return unknownColumn(c.header.Line, text, nearest(text, c.fields))
	}
	key := c.fields[f].Key
	if first, twice := c.index[key]; twice {
		return duplicateColumn(c.header.Line, text, c.header.Cells[first])
	}
	c.index[key] = i
	return nil
}

func (f Field) accepts(text string) bool {
	return slices.ContainsFunc(f.Headers, func(h string) bool { return folded(h) == folded(text) })
}

// folded is a header without what does not matter.
func folded(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("_-*:：\uFEFF", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(header))
}

// Has tells whether the table has the field.
func (c Columns) Has(key string) bool {
	_, ok := c.index[key]
	return ok
}

// Cell is the row's value of a field without blanks around, "" when the table has no such column.
func (c Columns) Cell(row Row, key string) string {
	i, ok := c.index[key]
	if !ok || i >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[i])
}

// Header is how the file calls a field, or how it should where the column is missing.
func (c Columns) Header(key string) string {
	if i, ok := c.index[key]; ok {
		return c.header.Cells[i]
	}
	for _, f := range c.fields {
		if f.Key == key {
			return f.Headers[0]
		}
	}
	return key
}

// Problem places what is wrong with a field of a row.
func (c Columns) Problem(row Row, key string, err error) Problem {
	return At(row.Line, c.Header(key), c.Cell(row, key), err)
}

// Stray finds values in columns without a header, which would be lost silently.
func (c Columns) Stray(row Row) []Problem {
	var problems []Problem
	for i, cell := range row.Cells {
		if strings.TrimSpace(cell) != "" && (i >= len(c.header.Cells) || c.header.Cells[i] == "") {
			problems = append(problems, At(row.Line, fmt.Sprint(i+1), cell, strayCell()))
		}
	}
	return problems
}

// nearest is the known header that a mistyped one most likely means, "" when none is near.
func nearest(text string, fields []Field) string {
	best, least := "", 0
	typed := []rune(folded(text))
	for _, f := range fields {
		for _, h := range f.Headers {
			known := []rune(folded(h))
			d := distance(typed, known)
			if d <= max(1, len(known)/3) && d < len(known) && (best == "" || d < least) {
				best, least = h, d
			}
		}
	}
	return best
}

// distance is the number of letters to insert, delete or change (Levenshtein).
func distance(a, b []rune) int {
	costs := make([]int, len(b)+1)
	for j := range costs {
		costs[j] = j
	}
	for i, x := range a {
		diagonal := costs[0]
		costs[0] = i + 1
		for j, y := range b {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = costs[j+1]
			costs[j+1] = min(change, costs[j]+1, costs[j+1]+1)
		}
	}
	return costs[len(b)]
}
