package sheets

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A cell that begins with one of these may be run as a formula by a spreadsheet, some after blanks, some full-width.
const fuses = "=+-@\t\r\n＝＋－＠"

// blanks may stand before a formula.
const blanks = " \u00a0\u3000"

var plainNumber = regexp.MustCompile(`^[+-][0-9]+(\.[0-9]+)?$`)

// armed tells whether a cell needs an apostrophe in front: it could be run, or it has an apostrophe where defused cells
// have theirs. A plain number with its sign, a phone number with its +86 too, does no harm.
func armed(cell string) bool {
	if plainNumber.MatchString(cell) {
		return false
	}
	start := strings.TrimLeft(cell, blanks)
	return start != "" && strings.ContainsRune(fuses+"'", firstRune(start))
}

// defuse makes a cell safe to open in a spreadsheet.
func defuse(cell string) string {
	if armed(cell) {
		return "'" + cell
	}
	return cell
}

// undefuse gives back what was defused; a cell that never was stays as it is.
func undefuse(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && armed(rest) {
		return rest
	}
	return cell
}

func undefused(cells []string) []string {
	for i, c := range cells {
		cells[i] = undefuse(c)
	}
	return cells
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
