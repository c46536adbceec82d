package sheets

import (
	"regexp"
	"strings"
)

var (
	mobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^(010|02\d|0[3-9]\d{2})-?(\d{7,8})(?:(?:-|转|X|EXT\.?)(\d{1,6}))?$`)
	service  = regexp.MustCompile(`^[48]00\d{7}$`)
	foreign  = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
	country  = regexp.MustCompile(`^(?:\+|00)86-?`)
	clutter  = strings.NewReplacer(" ", "", "\u00a0", "", "(", "", ")", "-", "–", "-", "—", "-", "‐", "-", "‑", "-", "·", "")
)

// Phone reads a phone number: mobiles as 11 digits, landlines as 010-12345678 or 010-12345678-801, 400 and 800 numbers as
// digits, other countries' as +85291234567. +86 is taken away.
func Phone(s string) (string, error) {
	s = clutter.Replace(strings.ToUpper(plainText(s)))
	if shortened.MatchString(s) {
		return "", shortenedNumber()
	}
	rest := country.ReplaceAllString(s, "")
	bare := strings.ReplaceAll(rest, "-", "")
	if len(bare) == 13 {
		bare = strings.TrimPrefix(bare, "86")
	}
	switch {
	case mobile.MatchString(bare):
		return bare, nil
	case service.MatchString(bare):
		return bare, nil
	case foreign.MatchString(s) && rest == s:
		return s, nil
	}
	return landlineOf(rest, rest != s)
}

// landlineOf reads a landline; after +86 the area code has lost its 0.
func landlineOf(s string, abroad bool) (string, error) {
	if abroad && !strings.HasPrefix(s, "0") {
		s = "0" + s
	}
	m := landline.FindStringSubmatch(strings.ReplaceAll(s, "--", "-"))
	if m == nil {
		return "", badPhone()
	}
	if m[3] != "" {
		return m[1] + "-" + m[2] + "-" + m[3], nil
	}
	return m[1] + "-" + m[2], nil
}
