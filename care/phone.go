package care

import (
	"strings"

	"huifang/sheets"
)

// phoneNumber brings a telephone number to its one spelling, the same as import does: only so do people find it again.
func phoneNumber(field, s string) (string, error) {
	number, err := sheets.Phone(s)
	if err != nil {
		return "", Invalid(field, "is no telephone number: %w", err).By("phone")
	}
	return number, nil
}

// lastFour are the digits people know a number by.
func lastFour(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
	if len(digits) < 4 {
		return ""
	}
	return digits[len(digits)-4:]
}
