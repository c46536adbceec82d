package sheets

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"huifang/civil"

	"golang.org/x/text/unicode/norm"
)

// plainText folds full-width forms and takes away blanks around.
func plainText(s string) string { return strings.TrimSpace(norm.NFKC.String(s)) }

var (
	yearFirst  = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.)(\d{1,2})$`)
	chineseDay = regexp.MustCompile(`^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$`)
	compactDay = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	yearLast   = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$`)
	twoDigits  = regexp.MustCompile(`^\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$`)
	serial     = regexp.MustCompile(`^([1-9]\d{4})(?:\.\d+)?$`)
	clockTime  = regexp.MustCompile(`^(.*\d[日号]?)(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$`)
	zoned      = regexp.MustCompile(`\d:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$`)
)

// Day reads a day: 2026-11-22, 2026/11/22, 2026.11.22, 20261122, 2026年11月22日 or a spreadsheet's day number of five digits; a time of
// day after it does not matter. The error is a *Fault, as with every reader of cells here.
func Day(s string) (civil.Date, error) {
	s = plainText(s)
	if zoned.MatchString(s) {
		return 0, zonedDay()
	}
	if m := clockTime.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	for _, form := range []*regexp.Regexp{yearFirst, chineseDay, compactDay} {
		if m := form.FindStringSubmatch(s); m != nil {
			return dayOf(strings.Join(m[1:len(m)-1], ""), m[len(m)-1])
		}
	}
	if m := serial.FindStringSubmatch(s); m != nil {
		return civil.Of(1899, time.December, 30) + civil.Date(number(m[1])), nil
	}
	return 0, dayFault(s)
}

// dayOf makes a day of year and month, written together, and the day of the month.
func dayOf(yearMonth, day string) (civil.Date, error) {
	year, month := number(yearMonth[:4]), number(yearMonth[4:])
	if year < 1900 || year > 2199 || !onCalendar(year, month, number(day)) {
		return 0, noSuchDay()
	}
	return civil.Of(year, time.Month(month), number(day)), nil
}

func onCalendar(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	return day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func dayFault(s string) *Fault {
	switch {
	case yearLast.MatchString(s):
		return ambiguousDay()
	case twoDigits.MatchString(s):
		return shortYear()
	}
	return badDay()
}

// number reads digits that a pattern has already found; more than an int holds is 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
