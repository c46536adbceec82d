package care

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/schedule"
)

// Validate returns an Invalid error that names the first value out of range and lists all of them: see Error.All. Every
// section checks itself: its validate returns what it finds, joined, each with the path of its value in the document.
func (p Policy) Validate() error {
	return gathered(
		ofCadence(p.Cadence.Validate()), knownNames(p.Cadence), scriptsNamed(p.Cadence),
		between("forecast.threshold", p.Forecast.Threshold, 0.01, 0.99),
		between("forecast.hysteresis", p.Forecast.Hysteresis, 0, 0.49),
		between("cases.decideDays", p.Cases.DecideDays, 1, 365),
		p.Planning.validate(), p.Field.validate(), p.Inbox.validate(), p.Moves.validate(), p.Balance.validate(), p.Workload.validate(), p.Standing.validate(), p.Review.validate(), p.Scripts.validate(),
	)
}

// longestLease is 30 days: whoever finds a phone then reads a month-old list at worst.
const longestLease = 720

func (f Field) validate() error { return between("field.leaseHours", f.LeaseHours, 1, longestLease) }

// knownNames refuses rules for what does not exist: a misspelt horizon would leave the default in force, unseen.
func knownNames(p cadence.Policy) error {
	return errors.Join(
		knownName("cadence.rhythms", p.Rhythms, cadence.AllHorizons()),
		knownName("cadence.stops", p.Stops, cadence.AllStopCauses()),
		knownName("cadence.minutes", p.Minutes, cadence.AllKinds()),
	)
}

func knownName[K ~string, V any](field string, rules map[K]V, known []K) error {
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		if !slices.Contains(known, name) {
			return Invalid(field, "%q is not one of %v", name, known).By("enum")
		}
	}
	return nil
}

// scriptsNamed refuses an activation whose script nobody knows.
func scriptsNamed(p cadence.Policy) error {
	var errs []error
	for level, a := range p.Activation {
		if !slices.Contains(ScriptCodes(), a.Script) {
			errs = append(errs, Invalid("cadence.activation."+string(level)+".script", "%q is not one of %v", a.Script, ScriptCodes()).By("enum"))
		}
	}
	return byField(errs)
}

func (p Planning) validate() error {
	return errors.Join(
		between("planning.days", p.Days, 7, schedule.MaxDays),
		between("planning.frozenDays", p.FrozenDays, 0, schedule.MaxDays),
		between("planning.promisePriority", p.PromisePriority, 0, 1000),
		between("planning.detour", p.Detour, 1, 5),
		p.validateSpeeds(), p.validateWeights(), p.validateHours(),
	)
}

func (p Planning) validateSpeeds() error {
	var errs []error
	for _, mode := range slices.Sorted(maps.Keys(p.Speeds)) {
		field := "planning.speeds." + string(mode)
		if _, known := defaultPlanning().Speeds[mode]; !known {
			errs = append(errs, Invalid(field, "%q is no way to travel", mode).By("enum"))
			continue
		}
		errs = append(errs, between(field, p.Speeds[mode], 1, 130))
	}
	return errors.Join(errs...)
}

func (p Planning) validateWeights() error {
	w := p.Weights
	var errs []error
	for _, f := range []struct {
		name  string
		value float64
	}{
		{"lateDay", w.LateDay}, {"earlyDay", w.EarlyDay}, {"spacing", w.Spacing}, {"travel", w.Travel}, {"move", w.Move},
		{"balance", w.Balance}, {"wish", w.Wish},
	} {
		errs = append(errs, between("planning.weights."+f.name, f.value, 0, schedule.MaxWeight))
	}
	return errors.Join(errs...)
}

func (p Planning) validateHours() error {
	worked := 0
	var errs []error
	for _, weekday := range slices.Sorted(maps.Keys(p.Hours)) {
		field := fmt.Sprintf("planning.hours.%d", weekday)
		if weekday < int(time.Sunday) || weekday > int(time.Saturday) {
			errs = append(errs, Invalid(field, "weekday %d: 0 is Sunday, 6 is Saturday", weekday).By("enum"))
		}
		errs = append(errs, validWindows(field, p.Hours[weekday]))
		worked += len(p.Hours[weekday])
	}
	if worked == 0 {
		errs = append(errs, Invalid("planning.hours", "nobody works on any day").By("required"))
	}
	return errors.Join(append(errs,
		someWindows("planning.visitHours", p.VisitHours),
		someWindows("planning.callHours", p.CallHours),
	)...)
}

// someWindows asks for at least one window: without any, nothing could ever be planned.
func someWindows(field string, windows []civil.Window) error {
	if len(windows) == 0 {
		return Invalid(field, "no hours at all: nothing could be planned").By("required")
	}
	return validWindows(field, windows)
}

// validWindows asks for windows within a day, in order and apart.
func validWindows(field string, windows []civil.Window) error {
	var errs []error
	end := civil.Minute(0)
	for i, w := range windows {
		const words = "%s–%s: windows must lie within the day, in order, without overlap"
		if w.From < end || w.From >= dayEnds {
			errs = append(errs, Invalid(fmt.Sprintf("%s[%d].from", field, i), words, w.From.Clock(), w.To.Clock()).By("order"))
		} else if w.To <= w.From || w.To > dayEnds {
			errs = append(errs, Invalid(fmt.Sprintf("%s[%d].to", field, i), words, w.From.Clock(), w.To.Clock()).By("order"))
		}
		end = max(end, w.To)
	}
	return errors.Join(errs...)
}

// dayEnds is the minute after the last of a day.
const dayEnds = 24 * 60
