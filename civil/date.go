// Package civil is the calendar the whole product shares: days without a clock and minutes of a day.
//
// A day is what stands on a rep's plan: it has no time zone. Which day it is now depends on the
// store's zone, and only In decides that. See docs/adr/0001-civil-days.md.
package civil

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Date is a day of the proleptic Gregorian calendar, counted from 1970-01-01 (day 0).
// Days compare and subtract as integers: d+7 is a week later.
type Date int32

// ErrDate is returned for text that is not a day written YYYY-MM-DD.
var ErrDate = errors.New("not a day written YYYY-MM-DD")

const layout = "2006-01-02"

const secondsPerDay = 24 * 60 * 60

// Of returns the day of a year, month and day of month; values out of range carry over as in time.Date.
func Of(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// In returns the day it is at instant t in zone loc: the one place where an instant becomes a day.
func In(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return Of(y, m, d)
}

// Parse reads YYYY-MM-DD.
func Parse(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return 0, fmt.Errorf("%q is %w", s, ErrDate)
	}
	return Of(t.Date()), nil
}

// Must is Parse for constants in tests and tables; it panics on bad text.
func Must(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// At returns the instant at minute m of the day in zone loc.
func (d Date) At(m Minute, loc *time.Location) time.Time {
	year, month, day := d.YMD()
	return time.Date(year, month, day, int(m)/60, int(m)%60, 0, 0, loc)
}

// YMD returns year, month and day of month.
func (d Date) YMD() (int, time.Month, int) { return d.Time().Date() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// AddMonths moves by n months and clamps to the last day of a shorter month: 31 January + 1 = 28 February.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.YMD()
	last := Of(y, m+time.Month(n)+1, 0)
	first := Of(y, m+time.Month(n), 1)
	return min(first+Date(day-1), last)
}

// String writes YYYY-MM-DD.
func (d Date) String() string { return d.Time().Format(layout) }

// MarshalJSON writes the day as "YYYY-MM-DD".
func (d Date) MarshalJSON() ([]byte, error) { return []byte(strconv.Quote(d.String())), nil }

// UnmarshalJSON reads "YYYY-MM-DD".
func (d *Date) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("%s is %w", b, ErrDate)
	}
	parsed, err := Parse(s)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// MarshalGQL writes the day as a GraphQL Date scalar.
func (d Date) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(d.String())) }

// UnmarshalGQL reads a GraphQL Date scalar.
func (d *Date) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("%v is %w", v, ErrDate)
	}
	parsed, err := Parse(s)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value stores the day in a DATE column.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// GormDataType names the column type for the schema drift test.
func (Date) GormDataType() string { return "date" }

// Scan reads a DATE column of MySQL or SQLite.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case time.Time:
		*d = Of(v.Date())
		return nil
	case []byte:
		return d.Scan(string(v))
	case string:
		if len(v) > len(layout) {
			v = v[:len(layout)]
		}
		parsed, err := Parse(v)
		*d = parsed
		return err
	}
	return fmt.Errorf("scan %T into a day", src)
}
