package care

import (
	"errors"
	"fmt"
	"strings"

	"huifang/sheets"
)

// column is one column of a file that import reads and export writes, for rows held as T.
type column[T any] struct {
	field    string // its name in reports and in the API
	zh, en   string // headers export writes
	also     []string
	required bool
	// read puts a cell that is not blank into the row. A blank cell leaves what was known: a partial file erases nothing.
	read func(row *T, cell string) error
	// write is the cell of a row, blank when there is nothing to say.
	write func(row T) string
}

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
		out[i] = c.zh
		if lang == "en" {
			out[i] = c.en
		}
	}
	return out
}

// cells are a row as export writes it.
func (t table[T]) cells(row T) []string {
	out := make([]string, len(t))
	for i, c := range t {
		out[i] = c.write(row)
	}
	return out
}

// fill reads the cells of a line into a row and returns what is wrong with them.
func (t table[T]) fill(row *T, line sheets.Row, columns sheets.Columns) []sheets.Problem {
	problems := columns.Stray(line)
	for _, c := range t {
		if err := c.fill(row, columns.Cell(line, c.field)); err != nil {
			problems = append(problems, columns.Problem(line, c.field, err))
		}
	}
	return problems
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

func fault(code, zh, en string) error {
	return &sheets.Fault{Code: code, Words: sheets.Words{ZH: zh, EN: en}}
}

// longest is the most characters of a plain text cell; longer ones belong into a note.
const longest = 2000

// text reads a cell of plain text into a field.
func text[T any](field func(*T) *string) func(*T, string) error {
	return func(row *T, cell string) error {
		if len([]rune(cell)) > longest {
			return fault("TOO_LONG", "文字太长（最多 2000 字），请缩短", "too long: at most 2,000 characters")
		}
		*field(row) = cell
		return nil
	}
}

// short is text for names and numbers.
func short[T any](field func(*T) *string) func(*T, string) error {
	return func(row *T, cell string) error {
		if len([]rune(cell)) > 100 {
			return fault("TOO_LONG", "文字太长（最多 100 字），请缩短", "too long: at most 100 characters")
		}
		*field(row) = cell
		return nil
	}
}

// word is one of a few words a column may hold, in either language.
type word[V any] struct {
	value V
	words []string // the Chinese one first, then the English one, then others
}

// choose reads one of a few words.
func choose[T, V any](field func(*T) *V, words []word[V]) func(*T, string) error {
	return func(row *T, cell string) error {
		for _, w := range words {
			for _, spelled := range w.words {
				if strings.EqualFold(spelled, cell) {
					*field(row) = w.value
					return nil
				}
			}
		}
		var zh, en []string
		for _, w := range words {
			zh, en = append(zh, w.words[0]), append(en, w.words[1])
		}
		return fault("NOT_A_CHOICE", "请填其中之一："+strings.Join(zh, "、"), "write one of: "+strings.Join(en, ", "))
	}
}

// chosen writes the Chinese word of a value.
func chosen[V comparable](value V, words []word[V]) string {
	for _, w := range words {
		if w.value == value {
			return w.words[0]
		}
	}
	return ""
}

// sorry turns an error of a cell into one for people; nil stays nil.
func sorry(err error) error {
	var e *Error
	if errors.As(err, &e) {
		return fault(e.Rule, e.Words, e.Words)
	}
	return err
}

func faultf(code, zh, en string, args ...any) error {
	return fault(code, fmt.Sprintf(zh, args...), fmt.Sprintf(en, args...))
}
