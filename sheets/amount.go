package sheets

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	amountUnit = strings.NewReplacer("¥", "", "元", "", "人民币", "", "RMB", "", "CNY", "", "圆", "", " ", "", "\u00a0", "")
	grouped    = regexp.MustCompile(`^\d{1,3}(,\d{3})+$`)
	digits     = regexp.MustCompile(`^\d+$`)
	// shortened is how a spreadsheet writes a long number that does not fit.
	shortened = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+?\d+$`)
)

// mostDigits keeps fen within an int64 with room to add up.
const mostDigits = 13

// Fen reads an amount of yuan as fen: "1234.5", "¥1,234.50", "1234.5元", "2万", full-width digits too. It refuses negative
// amounts, also in the bookkeeper's brackets, and fractions of a fen.
func Fen(s string) (int64, error) {
	s = amountUnit.Replace(strings.ToUpper(plainText(s)))
	s, negative := sign(s)
	s, tenThousands := strings.CutSuffix(s, "万")
	whole, fraction, pointed := strings.Cut(s, ".")
	if !digits.MatchString(whole) && !grouped.MatchString(whole) || pointed && !digits.MatchString(fraction) {
		return 0, badAmount()
	}
	return fen(strings.ReplaceAll(whole, ",", ""), fraction, tenThousands, negative)
}

// sign takes away a minus or the bookkeeper's brackets.
func sign(s string) (rest string, negative bool) {
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		return s[1 : len(s)-1], true
	}
	for _, minus := range []string{"-", "−", "–"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			return rest, true
		}
	}
	return strings.TrimPrefix(s, "+"), false
}

func fen(whole, fraction string, tenThousands, negative bool) (int64, error) {
	places := 2
	if tenThousands {
		places = 6
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > places {
		return 0, fineAmount()
	}
	all := strings.TrimLeft(whole+fraction+strings.Repeat("0", places-len(fraction)), "0")
	switch {
	case all == "":
		return 0, nil
	case negative:
		return 0, negativeAmount()
	case len(all) > mostDigits:
		return 0, largeAmount()
	}
	return strconv.ParseInt(all, 10, 64)
}

// Integer reads a whole number: "30", "1,200", "30.0", full-width digits too.
func Integer(s string) (int, error) {
	s, negative := sign(plainText(s))
	if whole, zeros, ok := strings.Cut(s, "."); ok && zeros != "" && strings.Trim(zeros, "0") == "" {
		s = whole
	}
	if !digits.MatchString(s) && !grouped.MatchString(s) {
		return 0, badInteger()
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(s, ",", ""), 10, 32)
	if err != nil {
		return 0, badInteger()
	}
	if negative {
		n = -n
	}
	return int(n), nil
}

// YesNo reads 是/否, yes/no, true/false, y/n, 1/0, 有/无.
func YesNo(s string) (bool, error) {
	switch strings.ToLower(plainText(s)) {
	case "是", "yes", "y", "true", "1", "有", "对", "√":
		return true, nil
	case "否", "no", "n", "false", "0", "无", "不", "×", "x":
		return false, nil
	}
	return false, badYesNo()
}

// List reads what is separated by 、 ; , or |, in order, without empty ones and repeats.
func List(s string) []string {
	var all []string
	seen := map[string]bool{}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、;；,，|｜\n", r) }) {
		if part = strings.TrimSpace(part); part != "" && !seen[part] {
			seen[part] = true
			all = append(all, part)
		}
	}
	return all
}
