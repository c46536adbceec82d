package forecast

import (
	"math"

	"huifang/civil"
)

// holds tells whether the rep's word still stands: it says something, its last day has not passed, and nothing was
// bought after the day it was given. Purchases after today are not known yet.
func (o *Override) holds(h History, today civil.Date) bool {
	if o == nil || today > o.Until || (o.On == nil && !o.Horizon.Known()) {
		return false
	}
	for _, p := range h.Purchases {
		if p.Day > o.Given && p.Day <= today {
			return false
		}
	}
	return true
}

// apply lets the rep's word win; the model's horizon and its probabilities stay visible.
func (o *Override) apply(p *Projection, today civil.Date) {
	p.Source = FromRep
	p.Evidence = append([]Evidence{o.evidence()}, p.Evidence...)
	if o.On != nil {
		day := max(*o.On, today)
		p.Expected = &day
		p.Horizon = ahead(int64(day) - int64(today))
		return
	}
	p.Horizon = o.Horizon
	p.Expected = into(p.Expected, reaches()[o.Horizon.rank()], today)
}

// into moves an expected day to the nearest day of the horizon; none stays none.
func into(day *civil.Date, r reach, today civil.Date) *civil.Date {
	if day == nil {
		return nil
	}
	first := min(int64(today)+int64(r.from), math.MaxInt32)
	last := min(int64(today)+int64(r.to), math.MaxInt32)
	moved := civil.Date(min(max(int64(*day), first), last))
	return &moved
}

func (o *Override) evidence() Evidence {
	if o.On != nil {
		return Evidence{Code: repDay, Args: map[string]string{
			"day": o.On.String(), "given": o.Given.String(), "until": o.Until.String(), "reason": o.Reason}}
	}
	return Evidence{Code: repHorizon, Args: map[string]string{
		"horizon": string(o.Horizon), "given": o.Given.String(), "until": o.Until.String(), "reason": o.Reason}}
}
