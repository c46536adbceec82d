package cadence

import "huifang/civil"

// Touch is how often an account must hear of us by the rules in force: a contact as close as a call (D3, D4).
type Touch struct {
	// Every is the distance in days; 0 while the rules ask for no rhythm.
	Every int
	// From is what it is reckoned from: the last such contact, or the day from which the rule holds when that was later.
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
	t := pl.touch()
	t.From = max(t.From, pl.Since)
	if last, ok := pl.lastTalk(); ok {
		t.From = max(t.From, last)
	}
	return t
}

func (pl *planner) touch() Touch {
	if !pl.allowed(Call, pl.today) && !pl.allowed(HomeVisit, pl.today) {
		return Touch{}
	}
	switch {
	case pl.Stop != nil:
		return pl.stopTouch(*pl.Stop)
	case pl.held():
		return Touch{} // worked as a case, which has its own due days
	case pl.gone():
		return pl.winBackTouch()
	}
	if l, ok := pl.ladder(); ok {
		return pl.ladderTouch(l)
	}
	return Touch{Every: pl.least(pl.rhythmOf(nil).Rhythm)}
}

// stopTouch is the follow-up of an open stop case; one that waits for the rep's self-review asks for none (D7).
func (pl *planner) stopTouch(s Stop) Touch {
	if s.Cause == Competitor && (!pl.happened(s.SelfReviewOn) || !pl.happened(s.AgreedOn)) {
		return Touch{}
	}
	rule, ok := pl.policy.Stops[s.Cause]
	if !ok {
		rule = pl.policy.Stops[EffectOrQuality]
	}
	return Touch{rule.FollowUpEvery, s.OpenedOn}
}

func (pl *planner) winBackTouch() Touch {
	w := pl.WinBack
	if w == nil || w.OpenedOn > pl.today || w.Deadline < pl.today {
		return Touch{}
	}
	return Touch{pl.least(pl.policy.WinBack), w.OpenedOn}
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

// least is the smaller of the distances of a rhythm, of those kinds the customer allows.
func (pl *planner) least(r Rhythm) int {
	every := 0
	for kind, n := range map[Kind]int{Call: r.CallEvery, HomeVisit: r.VisitEvery} {
		if n > 0 && pl.allowed(kind, pl.today) && (every == 0 || n < every) {
			every = n
		}
	}
	return every
}
