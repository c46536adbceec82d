package cadence

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"huifang/civil"
)

// ladder is how far the onboarding of a purchase has come (D2).
type ladder struct {
	purchase Purchase
	// met is the highest phase met, 0 for none; phases below it are over.
	met int
	// on is the day of the last contact that met a phase, the day of purchase before.
	on civil.Date
	// home and calls count the contacts since the purchase; open tells of an earlier phase still to come.
	home, calls int
	open        bool
}

// anchor is what a rhythm is reckoned from.
type anchor struct {
	day civil.Date
	id  string
}

// onboarding asks for the phases still to come and returns what routine care is reckoned from after them; nil when the
// account is past onboarding.
func (pl *planner) onboarding() *anchor {
	l, ok := pl.ladder()
	if !ok {
		return nil
	}
	end := anchor{day: l.on, id: l.purchase.ID}
	var missed []int
	for k := l.met + 1; k <= len(pl.policy.Onboarding); k++ {
		due := pl.phaseDue(l, k)
		if pl.overtaken(k, due, l) {
			missed = append(missed, k)
			continue
		}
		d := pl.phase(l, k, due, missed)
		if day, ok := pl.add(d); ok {
			end.day = max(end.day, day)
			l = pl.foresee(l, d.Demand, day)
		}
		missed = nil
	}
	return &end
}

// ladder finds the purchase whose onboarding runs and how far it has come; false when none runs.
func (pl *planner) ladder() (ladder, bool) {
	if len(pl.Purchases) == 0 || len(pl.policy.Onboarding) == 0 || pl.Lifecycle == Established {
		return ladder{}, false
	}
	days := make([]civil.Date, len(pl.Purchases))
	for i, p := range pl.Purchases {
		days[i] = p.Day
	}
	start := pl.policy.ladderStart(days)
	first := slices.IndexFunc(pl.Purchases, func(p Purchase) bool { return p.Day == start })
	l := ladder{purchase: pl.Purchases[first], on: start}
	for _, c := range pl.reached(start) {
		l = pl.climb(l, c)
	}
	return l, l.met < len(pl.policy.Onboarding) && !pl.givenUp(l)
}

// ladderStart returns the purchase day onboarding is reckoned from: the first, or a later one while the ladder of the one
// before still ran. Days are in order and not empty.
func (p Policy) ladderStart(days []civil.Date) civil.Date {
	start := days[0]
	for _, d := range days[1:] {
		if d > start+p.ladderDays() {
			break
		}
		start = d
	}
	return start
}

// givenUp tells whether the last phase was left undone for so long that routine care takes over.
func (pl *planner) givenUp(l ladder) bool {
	k := len(pl.policy.Onboarding)
	due := pl.phaseDue(l, k)
	if day, ok := pl.next(pl.policy.Onboarding[k-1].Kind, due); ok {
		due = day
	}
	return pl.today > due+civil.Date(pl.policy.OnboardingGraceDays)
}

// climb takes a contact up the ladder: it meets the phase it was made for, else the latest one whose time had come.
func (pl *planner) climb(l ladder, c Contact) ladder {
	k := pl.phaseOf(l, c)
	if k > l.met && pl.phaseSuits(l, k, c) {
		l.met, l.on = k, c.Day
	}
	return l.count(c.Kind)
}

func (pl *planner) phaseSuits(l ladder, k int, c Contact) bool {
	if pl.homeAfterCalls(l, k, c.Day) {
		return c.Kind == HomeVisit
	}
	rule := pl.policy.Onboarding[k-1]
	return Demand{Kind: rule.Kind, OrKind: rule.OrKind}.suits(c.Kind)
}

// homeAfterCalls tells whether the phase must be a home visit because the ones before were calls. An opt-out of home visits
// lifts that duty.
func (pl *planner) homeAfterCalls(l ladder, k int, day civil.Date) bool {
	return pl.policy.Onboarding[k-1].HomeAfterCalls && l.calls > 0 && l.home == 0 && !l.open && !pl.optedOut(HomeVisit, day)
}

func (l ladder) count(kind Kind) ladder {
	switch kind {
	case HomeVisit:
		l.home++
	case Call:
		l.calls++
	}
	return l
}

func (pl *planner) phaseOf(l ladder, c Contact) int {
	at := 0
	for i := range pl.policy.Onboarding {
		k := i + 1
		if c.Fulfils == l.key(k) {
			return k
		}
		if l.purchase.Day+pl.phaseDay(k)-pl.phaseTolerance(k) <= c.Day {
			at = k
		}
	}
	if strings.HasPrefix(c.Fulfils, onboardingKey) {
		return 0 // made for another phase or ladder
	}
	return at
}

const onboardingKey = "onboarding:"

func (l ladder) key(k int) string { return fmt.Sprintf("%s%s:%d", onboardingKey, l.purchase.ID, k) }

func (pl *planner) phaseDay(k int) civil.Date { return civil.Date(pl.policy.Onboarding[k-1].Day) }

func (pl *planner) phaseTolerance(k int) civil.Date {
	gap := pl.policy.Onboarding[k-1].Day
	if k > 1 {
		gap -= pl.policy.Onboarding[k-2].Day
	}
	return pl.policy.tolerance(gap)
}

// phaseDue is the day of the phase, later when the phase before was late: two contacts never come back to back.
func (pl *planner) phaseDue(l ladder, k int) civil.Date {
	due := l.purchase.Day + pl.phaseDay(k)
	if l.on == l.purchase.Day {
		return due
	}
	return max(due, l.on+civil.Date(pl.policy.OnboardingGapDays))
}

// overtaken tells whether the day of the next phase has come before this one can be made: then the next one takes over what
// this one was for, so that missed phases never pile up.
func (pl *planner) overtaken(k int, due civil.Date, l ladder) bool {
	if k == len(pl.policy.Onboarding) {
		return false
	}
	day, ok := pl.nextOfPhase(k, due)
	return !ok || max(day, pl.today) >= l.purchase.Day+pl.phaseDay(k+1)
}

// nextOfPhase is the first day either way of making the phase is allowed.
func (pl *planner) nextOfPhase(k int, due civil.Date) (civil.Date, bool) {
	rule := pl.policy.Onboarding[k-1]
	day, ok := pl.nextExpected(rule.Kind, due)
	if rule.OrKind == "" {
		return day, ok
	}
	other, can := pl.nextExpected(rule.OrKind, due)
	if can && (!ok || other < day) {
		return other, true
	}
	return day, ok
}

// phase is the demand of phase k with what earlier missed phases were for.
func (pl *planner) phase(l ladder, k int, due civil.Date, missed []int) draft {
	rule := pl.policy.Onboarding[k-1]
	tolerance := pl.phaseTolerance(k)
	d := draft{cause: l.on, Demand: Demand{
		Key: l.key(k), Kind: rule.Kind, OrKind: rule.OrKind, By: rule.By, OrBy: rule.OrBy, With: slices.Clone(rule.With),
		Earliest: due - tolerance, Due: due, Latest: due + tolerance,
		Script: "ONBOARDING_" + strconv.Itoa(k), Priority: pl.policy.OnboardingPriority,
		Objectives: pl.phaseObjectives(append(slices.Clone(missed), k)),
		Reasons: []Reason{{Rule: "D2", Code: "ONBOARDING", Args: map[string]string{
			"phase": strconv.Itoa(k), "day": strconv.Itoa(rule.Day), "bought": l.purchase.Day.String()}}},
	}}
	pl.phaseHome(&d, l, k, due)
	if len(missed) > 0 {
		d.Reasons = append(d.Reasons, Reason{Rule: "D2", Code: "ONBOARDING_MISSED", Args: map[string]string{"phases": joinInts(missed)}})
	}
	if k == len(pl.policy.Onboarding) {
		d.Reasons = append(d.Reasons, Reason{Rule: "D3", Code: "ROUTINE_BEGINS"})
	}
	return d
}

// phaseHome settles when the contact must be, or had better be, at home.
func (pl *planner) phaseHome(d *draft, l ladder, k int, due civil.Date) {
	silent := pl.unanswered()
	switch {
	case pl.optedOut(HomeVisit, max(due, pl.today)):
		return
	case pl.homeAfterCalls(l, k, due):
		d.Kind, d.OrKind, d.OrBy = HomeVisit, "", ""
		d.Reasons = append(d.Reasons, Reason{Rule: "D2", Code: "HOME_AFTER_CALLS"})
	case silent != nil && !l.open:
		d.Kind, d.OrKind, d.OrBy = HomeVisit, "", ""
		d.Reasons = append(d.Reasons, silent.reason())
	case pl.Frail && d.Kind == Call && d.OrKind == HomeVisit:
		d.Kind, d.OrKind = HomeVisit, Call
		d.Reasons = append(d.Reasons, Reason{Rule: "D5", Code: "FRAIL_HOME"})
	}
}

// foresee counts a phase asked for: as it was fixed, or as open when nobody knows yet how it will be made.
func (pl *planner) foresee(l ladder, d Demand, day civil.Date) ladder {
	l.on = day
	if p, found := pl.joinedTo(d.Key); found {
		return l.count(p.Kind)
	}
	l.open = true
	return l
}

func (pl *planner) joinedTo(key string) (Planned, bool) {
	for _, j := range pl.joins {
		if j.Demand.Key != key {
			continue
		}
		i := slices.IndexFunc(pl.Planned, func(p Planned) bool { return p.ID == j.Planned })
		return pl.Planned[i], true
	}
	return Planned{}, false
}

func (pl *planner) phaseObjectives(phases []int) []Objective {
	var all []Objective
	for _, k := range phases {
		all = appendNew(all, pl.policy.Onboarding[k-1].Objectives...)
	}
	return all
}

// appendNew appends what the list does not hold yet.
func appendNew[T comparable](list []T, more ...T) []T {
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

func joinInts(ns []int) string {
	words := make([]string, len(ns))
	for i, n := range ns {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}
