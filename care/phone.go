package care

import (
	"strings"
	"unicode"
)

// Phone brings a telephone number to its one spelling: digits only, without the prefix of the country; full-width
// digits count. INVALID when it has fewer than 5 digits or more than 15, or holds something that is no part of a number.
func Phone(field, s string) (string, error) {
	var digits strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r >= '０' && r <= '９':
			digits.WriteRune(r - '０' + '0')
		case unicode.IsSpace(r) || strings.ContainsRune("+-()（）－—–.·", r):
		default:
			return "", Invalid(field, "a telephone number has digits only").By("phone")
		}
	}
	number := homeNumber(digits.String())
	if len(number) < 5 || len(number) > 15 {
		return "", Invalid(field, "a telephone number has 5 to 15 digits").By("phone")
	}
	return number, nil
}

// homeNumber takes 0086 and, off what is too long for a number at home, 86.
func homeNumber(digits string) string {
	switch {
	case strings.HasPrefix(digits, "0086"):
		return homeNumber(digits[4:])
	case len(digits) > 11 && strings.HasPrefix(digits, "86"):
		return homeNumber(digits[2:])
	}
	return digits
}

// lastFour are the digits people know a number by.
func lastFour(number string) string {
	if len(number) < 4 {
		return ""
	}
	return number[len(number)-4:]
}
