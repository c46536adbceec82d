package cadence

import (
	"slices"

	"huifang/civil"
)

// Touch is how often an account must hear of us by the rules in force: a contact as close as a call (D3, D4).
type Touch struct {
	// Every is the distance in days; 0 while the rules ask for no rhythm.
	Every int
	// From is what it is reckoned from: the last such contact, or the day from which the rule holds when that was later. While
	// the account may not be in touch it cannot be late: after a pause, an opt-out or a matter that held it, its last day (story 9).
	From civil.Date
}

// InTouchUntil is the last day on which the next contact is in time.
func (t Touch) InTouchUntil() civil.Date { return t.From + civil.Date(t.Every) }

// NeglectedOn is the first day on which the account counts as neglected: after factor times the distance without a contact.
func (t Touch) NeglectedOn(factor float64) civil.Date {
	days := civil.Date(float64(t.Every) * factor)
	if float64(days) < float64(t.Every)*factor {
		days++
	}
	return t.From + days + 1
}

// Touches tells whether a contact counts for Touch: it reached the customer, as closely as a call. A message answers no call.
func (o Outcome) Touches(kind Kind) bool { return o.Reached() && kind.answers(Call) }

// TouchOf reckons how often an account must hear of us. The precedence is that of Demands: pause and opt-out, then a stop
// case, then what holds all care, then the plan to win back, then onboarding, then the rhythm of the horizon. The policy must
// be valid.
func TouchOf(f Facts, p Policy, today civil.Date) Touch {
	pl := &planner{Facts: inOrder(f, today), policy: p, today: today, end: today}
	t, by := pl.touch()
	t.From = max(t.From, pl.Since, pl.lastHeld(by), pl.lastSettled())
	if last, ok := pl.lastTalk(); ok {
		t.From = max(t.From, last)
	}
	return t
}

// lastHeld is the last day before today on which none of the kinds was allowed; the first of all days when there is none.
func (pl *planner) lastHeld(kinds []Kind) civil.Date {
	last := civil.Date(0)
	look := func(span civil.Span) {
		if end := span.To; end != nil && *end >= span.From && *end > last && *end < pl.today && !slices.ContainsFunc(kinds, func(k Kind) bool { return pl.allowed(k, *end) }) {
			last = *end
		}
	}
	for _, p := range pl.Pauses {
		look(p.Span)
	}
	for _, o := range pl.OptOuts {
		look(o.Span)
	}
	return last
}

// lastSettled is the day on which the last of the matters that held all care was settled.
func (pl *planner) lastSettled() civil.Date {
	last := civil.Date(0)
	look := func(on *civil.Date) {
		if pl.happened(on) {
			last = max(last, *on)
		}
	}
	for _, r := range pl.Returns {
		look(r.Settled)
	}
	for _, r := range pl.Reactions {
		look(r.Settled)
	}
	for _, c := range pl.Complaints {
		look(c.Settled)
	}
	return last
}

// touch returns the distance by the rule in force, and the kinds any of which keeps it.
func (pl *planner) touch() (Touch, []Kind) {
	either := []Kind{Call, HomeVisit}
	if !pl.allowed(Call, pl.today) && !pl.allowed(HomeVisit, pl.today) {
		return Touch{}, either
	}
	switch {
	case pl.Stop != nil:
		return pl.stopTouch(*pl.Stop), either
	case pl.held():
		return Touch{}, either // worked as a case, which has its own due days
	case pl.gone():
		return pl.winBackTouch()
	}
	if l, ok := pl.ladder(); ok {
		return pl.ladderTouch(l), either
	}
	every, by := pl.least(pl.rhythmOf(nil).Rhythm)
	return Touch{Every: every}, []Kind{by}
}

// stopTouch is the follow-up of an open stop case; one that waits for the rep's self-review asks for none (D7).
func (pl *planner) stopTouch(s Stop) Touch {
	since := s.OpenedOn
	if s.Cause == Competitor {
		if !pl.happened(s.SelfReviewOn) || !pl.happened(s.AgreedOn) {
			return Touch{}
		}
		since = max(since, *s.SelfReviewOn, *s.AgreedOn)
	}
	rule, ok := pl.policy.Stops[s.Cause]
	if !ok {
		rule = pl.policy.Stops[EffectOrQuality]
	}
	return Touch{rule.FollowUpEvery, since}
}

func (pl *planner) winBackTouch() (Touch, []Kind) {
	w := pl.WinBack
	if w == nil || w.OpenedOn > pl.today || w.Deadline < pl.today {
		return Touch{}, []Kind{Call, HomeVisit}
	}
	every, by := pl.least(pl.policy.WinBack)
	return Touch{every, w.OpenedOn}, []Kind{by}
}

// ladderTouch is the distance of the next phase from the one before, reckoned from the day of that one.
func (pl *planner) ladderTouch(l ladder) Touch {
	t := Touch{int(pl.phaseDay(l.met + 1)), l.purchase.Day}
	if l.met > 0 {
		before := pl.phaseDay(l.met)
		t.Every, t.From = t.Every-int(before), t.From+before
	}
	return t
}

// least is the smaller of the distances of a rhythm, of those kinds the customer allows, and whose it is.
func (pl *planner) least(r Rhythm) (every int, by Kind) {
	for _, one := range []struct {
		kind  Kind
		every int
	}{{Call, r.CallEvery}, {HomeVisit, r.VisitEvery}} {
		if one.every > 0 && pl.allowed(one.kind, pl.today) && (every == 0 || one.every < every) {
			every, by = one.every, one.kind
		}
	}
	return every, by
}
