package civil

import "fmt"

// Minute is a minute of the day, 0 = midnight, 1440 = the end of the day.
type Minute int

// Clock writes the minute as HH:MM.
func (m Minute) Clock() string { return fmt.Sprintf("%02d:%02d", int(m)/60, int(m)%60) }

// ParseClock reads HH:MM, 00:00 to 24:00.
func ParseClock(s string) (Minute, error) {
	var h, m int
	if n, err := fmt.Sscanf(s, "%d:%d", &h, &m); err != nil || n != 2 || h < 0 || m < 0 || m > 59 || h*60+m > 1440 || len(s) > 5 {
		return 0, fmt.Errorf("%q is not a time of day written HH:MM", s)
	}
	return Minute(h*60 + m), nil
}

// Window is a span of minutes of one day, From included, To excluded.
type Window struct {
	From Minute `json:"from"`
	To   Minute `json:"to"`
}

// Span is a span of days, both ends included; To nil means without end.
type Span struct {
	From Date  `json:"from"`
	To   *Date `json:"to,omitempty"`
}

// Holds tells whether the span covers the day.
func (s Span) Holds(d Date) bool { return d >= s.From && (s.To == nil || d <= *s.To) }
