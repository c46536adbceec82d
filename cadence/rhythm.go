package cadence

import (
	"cmp"
	"fmt"
	"strconv"

	"huifang/civil"
)

// pace is a rhythm with its grounds: why it is kept, and from when to when.
type pace struct {
	Rhythm
	rule, code string // reasons are code_VISIT and code_CALL
	script     string
	prefix     string // of the keys
	since      anchor // what the first contact is reckoned from when there was none
	soon       bool   // the first contact comes within the tolerance instead of a whole interval
	until      civil.Date
	percent    int // of the distances the policy says, where they are stretched or shortened
}

// rhythmOf chooses the rhythm by D4 and D3, D13 and D14. After is the end of onboarding, nil when there is none.
func (pl *planner) rhythmOf(after *anchor) pace {
	p := pace{script: "ROUTINE", prefix: "rhythm", since: anchor{pl.Since, sinceID}, until: pl.end}
	if after != nil {
		p.since = *after
	}
	inSight := pl.Horizon == ThisMonth || pl.Horizon == WithinTwo || pl.Horizon == WithinThree
	switch {
	case pl.Lifecycle == Potential || pl.Service == NotYet:
		p.Rhythm, p.rule, p.code, p.script = pl.policy.Potential, "D13", "POTENTIAL", "POTENTIAL"
	case inSight:
		p.Rhythm, p.rule, p.code, p.script = pl.policy.Rhythms[pl.Horizon], "D4", "HORIZON", "REPURCHASE"
	case pl.Activity == Dormant:
		p.Rhythm, p.rule, p.code = pl.policy.Dormant, "D14", "DORMANT"
	case pl.Horizon == Later:
		p.Rhythm, p.rule, p.code = pl.policy.Rhythms[Later], "D4", "HORIZON"
	default:
		p.Rhythm, p.rule, p.code = pl.policy.Rhythms[HorizonUnknown], "D3", "ROUTINE"
	}
	p.percent = pl.policy.Distances.of(pl.Tier, pl.Grade)
	p.Rhythm = p.stretched(p.percent)
	return p
}

// winBack keeps in touch with a lost account until the deadline of the plan to win it back (D15); without a plan, or after
// the deadline, nothing is asked for: somebody decides whether to go on.
func (pl *planner) winBack() {
	w := pl.WinBack
	if w == nil || w.OpenedOn > pl.today || w.Deadline < pl.today {
		return
	}
	pl.rhythm(pace{Rhythm: pl.policy.WinBack, rule: "D15", code: "WIN_BACK", script: "WIN_BACK", prefix: "winback:" + w.ID,
		since: anchor{w.OpenedOn, "open"}, soon: true, until: w.Deadline})
}

// sinceID stands in keys for the day the account came into care.
const sinceID = "since"

// chain is the contacts of one kind, one every so many days.
type chain struct {
	kind  Kind
	every int // 0: only the first
	from  anchor
	first civil.Date // due day of the first
}

// hasten returns the first due day when a visit is wanted by a day.
func (c chain) hasten(by civil.Date) civil.Date {
	by = max(by, c.from.day+1)
	if c.every == 0 {
		return by
	}
	return min(c.first, by)
}

// rhythm asks for the visits, then for the calls that no visit makes needless.
func (pl *planner) rhythm(p pace) {
	visits := pl.chain(HomeVisit, p.VisitEvery, p)
	calls := pl.chain(Call, p.CallEvery, p)
	if silent := pl.unanswered(); silent != nil && !pl.optedOut(HomeVisit, pl.today) {
		visits.first = visits.hasten(silent.visitBy)
		calls.first = max(calls.first, visits.first+civil.Date(p.CallEvery))
		pl.run(p, visits, silent)
	} else if p.VisitEvery > 0 {
		pl.run(p, visits, nil)
	}
	if p.CallEvery > 0 {
		pl.run(p, calls, nil)
	}
}

// chain reckons from the last contact that answers the kind: late work counts, and the rhythm goes on from the day it was
// done (story 3); an attempt without contact does not count (story 10).
func (pl *planner) chain(kind Kind, every int, p pace) chain {
	c := chain{kind: kind, every: every, from: p.since}
	first := civil.Date(every)
	switch {
	case p.soon:
		first = pl.policy.tolerance(every)
	case p.since.id == sinceID && pl.Spread > 0 && every > 0:
		first = civil.Date(1 + (pl.Spread-1)%every)
	}
	if last, ok := pl.lastAnswering(kind, p.since); ok {
		c.from, first = last, civil.Date(every)
	}
	c.first = c.from.day + first
	return c
}

// lastAnswering finds the last contact that answers the kind, not before the rhythm began; of several on one day the first
// by id, so that the second call of a day changes nothing.
func (pl *planner) lastAnswering(kind Kind, since anchor) (anchor, bool) {
	found := false
	last := anchor{}
	for _, c := range pl.reached(since.day - 1) {
		if c.Kind.answers(kind) && (!found || c.Day > last.day) {
			last, found = anchor{c.Day, c.ID}, true
		}
	}
	return last, found
}

// run walks a chain day by due day: a contact that is fixed or asked for already near it takes the place of the next one, and
// after an overdue one the next is reckoned from today, so that two never come back to back.
func (pl *planner) run(p pace, c chain, silent *silence) {
	from, due := c.from.day, c.first
	for n := 1; ; {
		day, ok := pl.nextExpected(c.kind, due)
		if !ok || day > p.until {
			return
		}
		touch, taken := pl.takenUp(c, from, day)
		if !taken {
			touch = pl.ask(p, c, n, day, silent)
			n++
		}
		if c.every == 0 {
			return
		}
		silent = nil
		from = max(from, touch)
		due = from + civil.Date(c.every)
	}
}

// takenUp finds another contact that takes the place of one due: within the tolerance, and for an overdue one, when somebody
// fixed it, within the tolerance from today, else by tomorrow.
func (pl *planner) takenUp(c chain, after, due civil.Date) (civil.Date, bool) {
	tolerance := pl.policy.tolerance(c.every)
	return pl.nextTouch(c.kind, after, max(due, pl.today)+tolerance, max(due+tolerance, pl.today+min(tolerance, 1)))
}

// ask adds the n-th contact of a chain and returns the day it is expected.
func (pl *planner) ask(p pace, c chain, n int, due civil.Date, silent *silence) civil.Date {
	tolerance := pl.policy.tolerance(c.every)
	d := draft{cause: c.from.day, flexible: true, Demand: Demand{
		Key:  fmt.Sprintf("%s:%s:%s:%d", p.prefix, c.kind, c.from.id, n),
		Kind: c.kind, By: Rep, Earliest: due - tolerance, Due: due, Latest: min(due+tolerance, max(p.until, due)),
		Script: p.script, Priority: p.Priority, Reasons: pl.rhythmReasons(p, c, due, silent),
	}}
	day, ok := pl.add(d)
	if !ok {
		return max(due, pl.today)
	}
	return day
}

func (pl *planner) rhythmReasons(p pace, c chain, due civil.Date, silent *silence) []Reason {
	var reasons []Reason
	if silent != nil {
		reasons = append(reasons, silent.reason())
	}
	if c.every > 0 {
		reasons = append(reasons, pl.rhythmReason(p, c, due))
		if p.percent != 0 && p.percent != 100 {
			reasons = append(reasons, Reason{Rule: "D12", Code: "DISTANCE", Args: map[string]string{
				"tier": cmp.Or(pl.Tier, "–"), "grade": strconv.Itoa(pl.Grade), "percent": strconv.Itoa(p.percent),
			}})
		}
	}
	return reasons
}

func (pl *planner) rhythmReason(p pace, c chain, due civil.Date) Reason {
	code := p.code + "_CALL"
	if c.kind == HomeVisit {
		code = p.code + "_VISIT"
	}
	r := Reason{Rule: p.rule, Code: code, Args: map[string]string{"every": strconv.Itoa(c.every)}}
	if p.code != "HORIZON" {
		return r
	}
	r.Args["horizon"] = string(pl.Horizon)
	if pl.NextPurchase != nil && *pl.NextPurchase > due {
		r.Code += "_DATED"
		r.Args["on"] = pl.NextPurchase.String()
	}
	return r
}
