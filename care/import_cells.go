package care

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"huifang/civil"
	"huifang/models"
	"huifang/sheets"
)

// What fits into the columns of numbers and places, in characters.
const (
	maxNumber  = 64
	maxPlace   = 64
	maxAddress = 255 // of a store
	maxPinyin  = 255
)

// text reads plain text of at most some characters into a field.
func text[T any](most int, field func(*T) *string) func(*T, string) error {
	return func(row *T, cell string) error {
		if utf8.RuneCountInString(cell) > most {
			return tooLong(most)
		}
		*field(row) = cell
		return nil
	}
}

// name reads a person's name; its spelling must fit the search too.
func name[T any](field func(*T) *string) func(*T, string) error {
	return func(row *T, cell string) error {
		if len(models.Pinyin(cell)) > maxPinyin {
			return tooLong(maxPinyin / 7)
		}
		return text(maxShort, field)(row, cell)
	}
}

// number reads a number of the company's own. Signs nobody sees would make it another number than the one on paper.
func number[T any](field func(*T) *string) func(*T, string) error {
	return func(row *T, cell string) error {
		if strings.ContainsFunc(cell, func(r rune) bool { return unicode.Is(unicode.C, r) }) {
			return fault("INVISIBLE", "编号中有看不见的字符，请重新输入", "the number holds invisible characters: type it again")
		}
		return text(maxNumber, field)(row, cell)
	}
}

// phone reads a telephone number in the one spelling that searches look for.
func phone[T any](field func(*T) *string) func(*T, string) error {
	return func(row *T, cell string) (err error) {
		*field(row), err = sheets.Phone(cell)
		return err
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
			if slices.ContainsFunc(w.words, func(s string) bool { return strings.EqualFold(s, cell) }) {
				*field(row) = w.value
				return nil
			}
		}
		return notAChoice(words)
	}
}

func notAChoice[V any](words []word[V]) error {
	var zh, en []string
	for _, w := range words {
		zh, en = append(zh, w.words[0]), append(en, w.words[1])
	}
	return fault("NOT_A_CHOICE", "请填其中之一："+strings.Join(zh, "、"), "write one of: "+strings.Join(en, ", "))
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

// list reads a short list of short texts; one without any entry says nothing.
func list[T any](items, most int, field func(*T) *[]string) func(*T, string) error {
	return func(row *T, cell string) error {
		entries := sheets.List(cell)
		long := slices.ContainsFunc(entries, func(s string) bool { return utf8.RuneCountInString(s) > most })
		if len(entries) > items || long {
			return faultf("TOO_LONG", "最多 %d 项，每项最多 %d 字", "at most %d entries of at most %d characters", items, most)
		}
		if len(entries) > 0 {
			*field(row) = entries
		}
		return nil
	}
}

// listCell writes a list; what would part an entry in two is written as a stroke.
func listCell(entries []string) string {
	var out []string
	for _, e := range entries {
		e = strings.TrimSpace(strings.Map(unparted, e))
		if e != "" && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return strings.Join(out, "、")
}

func unparted(r rune) rune {
	if len(sheets.List("a"+string(r)+"b")) > 1 {
		return '/'
	}
	return r
}

// windows reads hours of the day such as "09:00-11:30、14:00-17:00". Hours over midnight become two windows.
func windows[T any](field func(*T) *[]civil.Window) func(*T, string) error {
	return func(row *T, cell string) error {
		var all []civil.Window
		for _, part := range sheets.List(cell) {
			w, err := parseWindow(part)
			if err != nil {
				return err
			}
			all = append(all, w...)
		}
		slices.SortFunc(all, func(a, b civil.Window) int { return int(a.From - b.From) })
		if len(all) == 0 || len(all) > maxList || validWindows("", all) != nil {
			return badHours()
		}
		*field(row) = all
		return nil
	}
}

func parseWindow(s string) ([]civil.Window, error) {
	from, to, ok := strings.Cut(dashes.Replace(s), "-")
	f, err := civil.ParseClock(strings.TrimSpace(from))
	t, err2 := civil.ParseClock(strings.TrimSpace(to))
	switch {
	case !ok || err != nil || err2 != nil || f == t:
		return nil, badHours()
	case t < f && t > 0:
		return []civil.Window{{To: t}, {From: f, To: 24 * 60}}, nil
	case t < f:
		return []civil.Window{{From: f, To: 24 * 60}}, nil
	}
	return []civil.Window{{From: f, To: t}}, nil
}

var dashes = strings.NewReplacer("—", "-", "–", "-", "~", "-", "～", "-", "至", "-", "：", ":")

func badHours() error {
	return fault("HOURS", "请写成 09:00-11:30、14:00-17:00 的样子，互不重叠", "write hours like 09:00-11:30, 14:00-17:00, without overlap")
}

func windowsCell(all []civil.Window) string {
	parts := make([]string, len(all))
	for i, w := range all {
		parts[i] = w.From.Clock() + "-" + w.To.Clock()
	}
	return strings.Join(parts, "、")
}

func positionCell(lat, lng float64) string {
	return strconv.FormatFloat(lat, 'f', -1, 64) + "," + strconv.FormatFloat(lng, 'f', -1, 64)
}
