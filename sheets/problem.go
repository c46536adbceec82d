// Package sheets reads and writes tables as spreadsheets have them, and says what is wrong with a cell in words.
//
// It knows nothing of the domain: rows of text in, rows of text out. Memory is bounded however long the table is.
package sheets

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The errors that end the reading or writing of a file; the error returned is a *Problem that wraps one of them.
var (
	ErrEmpty      = errors.New("the file is empty")
	ErrHeaderOnly = fmt.Errorf("%w: there is a header but no row", ErrEmpty)
	ErrEncoding   = errors.New("the text is neither UTF-8, UTF-16 nor GB18030")
	ErrTooLarge   = errors.New("too large")
	ErrFormat     = errors.New("not a table in CSV or XLSX")
)

// Words are one sentence in both languages: what is wrong and what to do.
type Words struct{ ZH, EN string }

// In returns the sentence in a language: "en…" is English, all else Chinese.
func (w Words) In(lang string) string {
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		return w.EN
	}
	return w.ZH
}

// Fault is what is wrong with a value, wherever it stands. Callers add their own codes.
type Fault struct {
	Code  string
	Words Words
}

// Error is the English sentence.
func (f *Fault) Error() string { return f.Words.EN }

// Problem is a fault at its place in a file.
type Problem struct {
	Line   int    // 1 is the first line of the file; 0: the file as a whole
	Column string // text of the header, "" for the whole row
	Value  string // as it stands in the file, at most 40 runes
	Code   string
	Words  Words
	cause  error
}

// shown is the number of runes of a value that a report shows.
const shown = 40

// At places a fault; an err that is no *Fault is told as it is, with the code INVALID.
func At(line int, column, value string, err error) Problem {
	p := Problem{Line: line, Column: column, Value: cut(value), Code: "INVALID", cause: err}
	var f *Fault
	if errors.As(err, &f) {
		p.Code, p.Words = f.Code, f.Words
		return p
	}
	p.Words = Words{ZH: err.Error(), EN: err.Error()}
	return p
}

// cut keeps the start of a value and marks that more followed.
func cut(value string) string {
	if len(value) <= shown {
		return value
	}
	n := 0
	for i := range value {
		if n++; n > shown {
			return lead(value[:i]) + "…"
		}
	}
	return value
}

// lead drops the last rune.
func lead(s string) string {
	_, size := utf8.DecodeLastRuneInString(s)
	return s[:len(s)-size]
}

// Error tells the problem in English.
func (p *Problem) Error() string { return p.In("en") }

// Unwrap gives the sentinel of the file's errors, or the fault.
func (p *Problem) Unwrap() error { return p.cause }

// In tells place, value and what to do in a language: "en…" is English, all else Chinese.
func (p Problem) In(lang string) string {
	english := strings.HasPrefix(strings.ToLower(lang), "en")
	var place []string
	if p.Line > 0 {
		place = append(place, pick(english, fmt.Sprintf("line %d", p.Line), fmt.Sprintf("第 %d 行", p.Line)))
	}
	if p.Column != "" {
		place = append(place, pick(english, fmt.Sprintf("column %q", p.Column), "“"+p.Column+"”列"))
	}
	if p.Value != "" {
		place = append(place, pick(english, fmt.Sprintf("%q", p.Value), "“"+p.Value+"”"))
	}
	if len(place) == 0 {
		return p.Words.In(lang)
	}
	return strings.Join(place, pick(english, ", ", "，")) + pick(english, ": ", "：") + p.Words.In(lang)
}

func pick(english bool, en, zh string) string {
	if english {
		return en
	}
	return zh
}

// broken makes the error that ends a file.
func broken(cause error, line int, column, code, zh, en string) *Problem {
	return &Problem{Line: line, Column: column, Code: code, Words: Words{zh, en}, cause: cause}
}
