package auth

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ErrWeakPassword says that a new password is not good enough; the text around it says why.
var ErrWeakPassword = errors.New("password refused")

const minPassword = 10 // characters, not bytes: ten Chinese characters are plenty

const minDistinct = 4 // characters that differ: refuses 1111111111 and 1212121212

// CheckPassword judges a new password for a login and returns an error that wraps ErrWeakPassword when it is too
// short, too long, too plain, one of the very common ones, or the login itself.
func CheckPassword(login, password string) error {
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return fmt.Errorf("%w: use at least %d characters", ErrWeakPassword, minPassword)
	case len(password) > maxPassword:
		return tooLong()
	case strings.EqualFold(password, login):
		return fmt.Errorf("%w: it is the login", ErrWeakPassword)
	case distinct(password) < minDistinct:
		return fmt.Errorf("%w: use at least %d different characters", ErrWeakPassword, minDistinct)
	case isCommon(strings.ToLower(password)):
		return fmt.Errorf("%w: too many people use it", ErrWeakPassword)
	}
	return nil
}

func tooLong() error { return fmt.Errorf("%w: longer than %d bytes", ErrWeakPassword, maxPassword) }

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// isCommon knows the passwords of ten characters and more that stand on top of every leaked list, the Chinese ones
// (love in digits) and our own name. Shorter ones are refused by their length.
func isCommon(lower string) bool {
	switch lower {
	case "1234567890", "0123456789", "0987654321", "9876543210", "12345678910", "123456789a", "a123456789",
		"123456789q", "q123456789", "1234567890a", "a1234567890", "aa123456789",
		"abc123456789", "abcd123456", "abc1234567", "abcdefghij",
		"qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "qwer123456", "qwe123456789", "asdfghjkl;", "asdfghjkl1",
		"1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5", "1qaz2wsx3edc", "qazwsxedcrfv",
		"password12", "password123", "password1234", "password1!", "passw0rd123", "p@ssw0rd123", "p@ssword123",
		"iloveyou123", "iloveyou520", "woaini1314", "woaini5201314", "5201314520", "52013145201314", "1314520woaini",
		"administrator", "admin12345", "admin123456", "admin@123456", "welcome123", "changeme123", "letmein123",
		"huifang123", "huifang1234", "huifang12345", "huifang123456", "huifang2024", "huifang2025", "huifang2026":
		return true
	}
	return false
}
