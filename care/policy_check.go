package care

import (
	"slices"
	"strings"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/schedule"
)

// Validate returns an Invalid error that names the first field out of range.
func (p Policy) Validate() error {
	if err := p.Cadence.Validate(); err != nil {
		return Invalid("cadence."+faulty(err), "%w", err)
	}
	if err := knownNames(p.Cadence); err != nil {
		return err
	}
	if f := p.Forecast; !(f.Threshold > 0 && f.Threshold < 1) || !(f.Hysteresis >= 0 && f.Hysteresis < 0.5) {
		return Invalid("forecast", "threshold must lie between 0 and 1, hysteresis between 0 and 0.5")
	}
	if p.Cases.DecideDays < 1 || p.Cases.DecideDays > 365 {
		return Invalid("cases.decideDays", "%d days to decide a case: choose 1 to 365", p.Cases.DecideDays)
	}
	return firstError(p.Field.validate(), p.Inbox.validate(), p.Review.validate(), p.Planning.validate())
}

// longestLease is 30 days: whoever finds a phone then reads a month-old list at worst.
const longestLease = 720

func (f Field) validate() error {
	if f.LeaseHours < 1 || f.LeaseHours > longestLease {
		return Invalid("field.leaseHours", "%d hours without contact: choose 1 to %d", f.LeaseHours, longestLease)
	}
	return nil
}

// knownNames refuses rules for what does not exist: a misspelt horizon would leave the default in force, unseen.
func knownNames(p cadence.Policy) error {
	return firstError(
		knownName("cadence.rhythms", p.Rhythms, cadence.AllHorizons()),
		knownName("cadence.stops", p.Stops, cadence.AllStopCauses()),
		knownName("cadence.minutes", p.Minutes, cadence.AllKinds()),
	)
}

func knownName[K ~string, V any](field string, rules map[K]V, known []K) error {
	for name := range rules {
		if !slices.Contains(known, name) {
			return Invalid(field, "%q is not one of %v", name, known)
		}
	}
	return nil
}

// faulty is the first field cadence complains of: its errors read "policy: field: what is wrong".
func faulty(err error) string {
	first, _, _ := strings.Cut(err.Error(), "\n")
	_, rest, _ := strings.Cut(first, cadence.ErrPolicy.Error()+": ")
	field, _, _ := strings.Cut(rest, ":")
	return field
}

func (p Planning) validate() error {
	if p.Days < 7 || p.Days > schedule.MaxDays {
		return Invalid("planning.days", "%d days planned: choose 7 to %d", p.Days, schedule.MaxDays)
	}
	if p.PromisePriority < 0 || p.PromisePriority > 1000 {
		return Invalid("planning.promisePriority", "%d: choose 0 to 1000", p.PromisePriority)
	}
	if !(p.Detour >= 1 && p.Detour <= 5) {
		return Invalid("planning.detour", "a detour factor of %g: choose 1 to 5", p.Detour)
	}
	for mode, speed := range p.Speeds {
		if _, known := defaultPlanning().Speeds[mode]; !known || !(speed >= 1 && speed <= 130) {
			return Invalid("planning.speeds", "%g km/h for %s: choose 1 to 130 for a known way to travel", speed, mode)
		}
	}
	// A problem of no stops is as good as another: its weights are held to what the scheduler takes.
	if err := (schedule.Problem{Weights: p.Weights}).Validate(); err != nil {
		return Invalid("planning.weights", "%w", err)
	}
	return p.validateHours()
}

func (p Planning) validateHours() error {
	var week []civil.Window
	for weekday, windows := range p.Hours {
		if weekday < int(time.Sunday) || weekday > int(time.Saturday) {
			return Invalid("planning.hours", "weekday %d: 0 is Sunday, 6 is Saturday", weekday)
		}
		if err := validWindows("planning.hours", windows); err != nil {
			return err
		}
		week = append(week, windows...)
	}
	if len(week) == 0 {
		return Invalid("planning.hours", "nobody works on any day")
	}
	return firstError(
		someWindows("planning.visitHours", p.VisitHours),
		someWindows("planning.callHours", p.CallHours),
	)
}

// someWindows asks for at least one window: without any, nothing could ever be planned.
func someWindows(field string, windows []civil.Window) error {
	if len(windows) == 0 {
		return Invalid(field, "no hours at all: nothing could be planned")
	}
	return validWindows(field, windows)
}

// validWindows asks for windows within a day, in order and apart.
func validWindows(field string, windows []civil.Window) error {
	end := civil.Minute(0)
	for _, w := range windows {
		if w.From < end || w.To <= w.From || w.To > 24*60 {
			return Invalid(field, "%s–%s: windows must lie within the day, in order, without overlap", w.From.Clock(), w.To.Clock())
		}
		end = w.To
	}
	return nil
}
