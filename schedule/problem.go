package schedule

import (
	"errors"
	"fmt"
	"math"

	"huifang/civil"
)

// ErrProblem is wrapped with what is wrong and where when a problem makes no sense.
var ErrProblem = errors.New("invalid schedule problem")

// The bounds of a problem.
const (
	MaxDays     = 60
	MaxStops    = 50_000
	MaxPriority = 1000
	MaxWeight   = 1e6
	dayEnd      = 24 * 60
)

// DefaultWeights order lateness before spacing before travel before comfort.
func DefaultWeights() Weights {
	return Weights{LateDay: 1000, EarlyDay: 5, Spacing: 60, Travel: 1, Move: 100, Balance: 0.02, Wish: 15}
}

// normal is the weights to plan with: the zero value means DefaultWeights.
func (w Weights) normal() Weights {
	if w == (Weights{}) {
		return DefaultWeights()
	}
	return w
}

// Validate returns ErrProblem with the first thing wrong.
func (p Problem) Validate() error {
	for _, check := range []func() error{p.checkPeriod, p.checkWeights, p.checkWorkers, p.checkCompanions, p.checkStops} {
		if err := check(); err != nil {
			return fmt.Errorf("%w: %w", ErrProblem, err)
		}
	}
	return nil
}

func (p Problem) checkPeriod() error {
	if p.To < p.From {
		return fmt.Errorf("the last day %v lies before the first %v", p.To, p.From)
	}
	if days := int(p.To) - int(p.From) + 1; days > MaxDays {
		return fmt.Errorf("%d days planned: at most %d", days, MaxDays)
	}
	if p.Frozen < 0 {
		return fmt.Errorf("%d days frozen: 0 is none", p.Frozen)
	}
	if p.CapPerWeek < 0 {
		return fmt.Errorf("a cap of %d contacts a week: 0 is none", p.CapPerWeek)
	}
	return nil
}

func (p Problem) checkWeights() error {
	w := p.Weights
	for _, v := range []float64{w.LateDay, w.EarlyDay, w.Spacing, w.Travel, w.Move, w.Balance, w.Wish} {
		if !(v >= 0 && v <= MaxWeight) { // NaN fails too
			return fmt.Errorf("a weight of %g: choose 0 to %g", v, MaxWeight)
		}
	}
	return nil
}

func (p Problem) checkWorkers() error {
	seen := map[string]bool{}
	for i, w := range p.Workers {
		if seen[w.ID] {
			return fmt.Errorf("worker %d: a second worker %q", i, w.ID)
		}
		seen[w.ID] = true
		if err := errors.Join(checkPoint(w.Start), checkPoint(w.End), checkCalendar(w.Shifts)); err != nil {
			return fmt.Errorf("worker %d: %w", i, err)
		}
	}
	return nil
}

func (p Problem) checkCompanions() error {
	seen := map[string]bool{}
	for i, c := range p.Companions {
		if seen[c.ID] {
			return fmt.Errorf("companion %d: a second companion %q", i, c.ID)
		}
		seen[c.ID] = true
		if err := checkCalendar(c.Free); err != nil {
			return fmt.Errorf("companion %d: %w", i, err)
		}
	}
	return nil
}

func (p Problem) checkStops() error {
	if len(p.Stops) > MaxStops {
		return fmt.Errorf("%d stops: at most %d", len(p.Stops), MaxStops)
	}
	seen := map[string]bool{}
	for i, s := range p.Stops {
		if seen[s.ID] {
			return fmt.Errorf("stop %d: a second stop %q", i, s.ID)
		}
		seen[s.ID] = true
		if err := p.checkStop(s); err != nil {
			return fmt.Errorf("stop %d: %w", i, err)
		}
	}
	return nil
}

func (p Problem) checkStop(s Stop) error {
	switch {
	case s.Worker < 0 || s.Worker >= len(p.Workers):
		return fmt.Errorf("worker %d of %d", s.Worker, len(p.Workers))
	case s.Latest < s.Earliest:
		return fmt.Errorf("latest %v before earliest %v", s.Latest, s.Earliest)
	case s.Minutes <= 0 || s.Minutes > dayEnd:
		return fmt.Errorf("%d minutes", s.Minutes)
	case s.Priority < 0 || s.Priority > MaxPriority:
		return fmt.Errorf("priority %d: choose 0 to %d", s.Priority, MaxPriority)
	case !s.Fixed.valid():
		return fmt.Errorf("fixed at minute %d", *s.Fixed.At)
	case !s.Was.valid():
		return fmt.Errorf("was at minute %d", *s.Was.At)
	}
	for _, c := range s.Companions {
		if c < 0 || c >= len(p.Companions) {
			return fmt.Errorf("companion %d of %d", c, len(p.Companions))
		}
	}
	return errors.Join(checkPoint(s.Place), checkWindows(s.Windows), checkWindows(s.Preferred))
}

// valid tells whether a moment, if any, lies within its day.
func (m *Moment) valid() bool { return m == nil || m.At == nil || *m.At >= 0 && *m.At < dayEnd }

func checkPoint(p *Point) error {
	if p == nil || math.Abs(p.Lat) <= 90 && math.Abs(p.Lng) <= 180 {
		return nil
	}
	return fmt.Errorf("no place on earth: %g, %g", p.Lat, p.Lng)
}

func checkCalendar(days map[civil.Date][]civil.Window) error {
	for day, windows := range days {
		if err := checkWindows(windows); err != nil {
			return fmt.Errorf("%v: %w", day, err)
		}
	}
	return nil
}

// checkWindows asks for windows within the day, in order and apart.
func checkWindows(windows []civil.Window) error {
	end := civil.Minute(0)
	for _, w := range windows {
		if w.From < end || w.To <= w.From || w.To > dayEnd {
			return fmt.Errorf("window %s–%s is empty, out of the day or out of order", w.From.Clock(), w.To.Clock())
		}
		end = w.To
	}
	return nil
}
