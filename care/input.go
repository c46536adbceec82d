package care

import (
	"errors"
	"strings"
	"unicode/utf8"

	"huifang/civil"
	"huifang/models"
)

// What fits into the columns, in characters.
const (
	maxShort = 100
	maxText  = 1000
	maxNote  = 4000
)

// checkText checks a text of the input: valid, and not longer than a limit in characters.
func checkText(field, s string, limit int) error {
	if !utf8.ValidString(s) {
		return Invalid(field, "is not valid UTF-8").By("utf8")
	}
	if n := utf8.RuneCountInString(s); n > limit {
		return Invalid(field, "has %d characters: at most %d", n, limit).By("length")
	}
	return nil
}

// needed is a text that must not be blank.
func needed(field, s string, limit int) error {
	if strings.TrimSpace(s) == "" {
		return Invalid(field, "say why or what: it must not be empty").By("required")
	}
	return checkText(field, s, limit)
}

// furthest is how far ahead a day may lie that a person chooses.
const furthest = 400

// ahead asks for a day from today on, not too far.
func ahead(field string, day, today civil.Date) error {
	if day < today {
		return Invalid(field, "%s is over: choose today or a later day", day).By("future")
	}
	if day > today+furthest {
		return Invalid(field, "%s is more than %d days away", day, furthest).By("future")
	}
	return nil
}

// past asks for a day up to today.
func past(field string, day, today civil.Date) error {
	if day > today {
		return Invalid(field, "%s has not come yet: choose today or an earlier day", day).By("past")
	}
	return nil
}

// minuteOfDay checks a time of the day.
func minuteOfDay(field string, m *civil.Minute) error {
	if m != nil && (*m < 0 || *m >= 24*60) {
		return Invalid(field, "minute %d is not within a day", *m).By("minute")
	}
	return nil
}

// position checks coordinates: both or none, on the globe.
func position(field string, lat, lng *float64) error {
	if lat == nil && lng == nil {
		return nil
	}
	if lat == nil || lng == nil {
		return Invalid(field, "give latitude and longitude, or neither").By("position")
	}
	if !(*lat >= -90 && *lat <= 90 && *lng >= -180 && *lng <= 180) { // so that NaN fails too
		return Invalid(field, "is not on the globe").By("position")
	}
	return nil
}

// missing turns what storage does not find into NOT_FOUND of a noun.
func missing(err error, noun string) error {
	if errors.Is(err, models.ErrNotFound) {
		return NotFound(noun)
	}
	return err
}

// firstError returns the first error of a list of checks.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// taken turns a key that exists already into CONFLICT.
func taken(err error) error {
	if errors.Is(err, models.ErrConflict) {
		return Conflict("this key is taken: make a new id")
	}
	return err
}
