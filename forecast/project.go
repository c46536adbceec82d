package forecast

import (
	"math"

	"huifang/civil"
)

// Project says what is to be expected of an account today, knowing its purchases up to then. The previous horizon damps
// flapping (Unknown or "" when there was none). An account that never bought has the horizon Unknown and no numbers:
// Active is 0, since there is nothing to drop out of. The override may be nil.
func (m Model) Project(h History, rule Rule, today civil.Date, previous Horizon, override *Override) Projection {
	out, _ := m.ProjectCurve(h, rule, today, previous, override)
	return out
}

// ProjectCurve is Project with its curve, which is drawn when it is asked for: it costs about as much again. The curve is the
// probability of a purchase within 5, 10 … 120 days: it never falls, and at 30, 60 and 90 days it is that of the projection. It is nil
// for an account that never bought.
func (m Model) ProjectCurve(h History, rule Rule, today civil.Date, previous Horizon, override *Override) (Projection, func() []float64) {
	if len(m.weights) == 0 {
		m = Prior()
	}
	out, b := m.project(pathOf(h, today), rule.sound(), today, previous)
	if override.holds(h, today) {
		override.apply(&out, today)
	}
	return out, func() []float64 { return b.curve(out) }
}

func (m Model) project(p path, rule Rule, today civil.Date, previous Horizon) (Projection, belief) {
	if p.bought == 0 {
		return Projection{Horizon: Unknown, Model: Unknown, Source: FromPopulation, Evidence: []Evidence{{Code: neverBought}}}, belief{}
	}
	b := m.believe(p)
	chance := [3]float64{b.within(30), b.within(60), b.within(90)}
	// Survival is monotone but for the last bit of rounding.
	chance[1] = max(chance[0], chance[1])
	chance[2] = max(chance[1], chance[2])
	horizon := rule.horizon(chance, previous)
	out := Projection{
		P30: chance[0], P60: chance[1], P90: chance[2], Active: b.active(),
		Horizon: horizon, Model: horizon, Source: m.source(p), Expected: after(today, b.median()),
	}
	out.Evidence = explain(p, out)
	return out, b
}

// The curve of a projection looks ahead four months, in steps of five days.
const (
	CurveStep   = 5
	CurvePoints = 24
)

// curve draws the curve through the probabilities already known; none through nothing.
func (b belief) curve(p Projection) []float64 {
	if b.kinds == nil {
		return nil
	}
	known := map[int]float64{30: p.P30, 60: p.P60, 90: p.P90}
	curve, before := make([]float64, CurvePoints), 0.0
	for i := range curve {
		days := CurveStep * (i + 1)
		chance, ok := known[days]
		if !ok {
			chance = b.within(float64(days))
		}
		before = max(before, chance)
		curve[i] = before
	}
	return curve
}

// after is the day so many days from today; nil for none, and beyond the end of the calendar.
func after(today civil.Date, days int) *civil.Date {
	if days <= 0 || int64(today)+int64(days) > math.MaxInt32 {
		return nil
	}
	day := today + civil.Date(days)
	return &day
}

// ownGaps is the number of gaps from which an account has a rhythm of its own.
const ownGaps = 2

// source is what the projection rests on most.
func (m Model) source(p path) Source {
	switch {
	case p.supply > 0 && m.clock.power > 0:
		return FromSupply
	case len(p.gaps) >= ownGaps:
		return FromRhythm
	default:
		return FromPopulation
	}
}
