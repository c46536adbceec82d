package cadence

import (
	"cmp"
	"slices"

	"huifang/civil"
)

const week = 7

// diary says by what a day is taken; a missing day is free.
type diary map[civil.Date]entry

type entry int

const (
	made     entry = iota + 1 // a contact reached the customer
	fixed                     // somebody fixed a contact
	demanded                  // a demand lies there
)

// holdCap gives every demand a day on which the weekly cap holds, the most important first, and drops what finds none: as
// long as its facts stand it comes back tomorrow. Urgent demands look a week beyond their window before they are dropped.
func (pl *planner) holdCap() {
	book := pl.diary()
	slices.SortFunc(pl.drafts, compareWeight)
	kept := pl.drafts[:0]
	for _, d := range pl.drafts {
		day, ok := pl.freeDay(d, book)
		if !ok {
			continue
		}
		if day != pl.expected(d.Demand) {
			pl.shift(&d, day)
		}
		pl.dropOther(&d)
		book[day] = demanded
		kept = append(kept, d)
	}
	pl.drafts = kept
}

// shift moves a draft and closes its window on the side where the cap left no room.
func (pl *planner) shift(d *draft, day civil.Date) {
	if day > pl.expected(d.Demand) {
		d.Earliest, d.Due, d.Latest = day, day, pl.lastAllowed(d.Kind, day, max(d.Latest, day))
		return
	}
	d.Earliest, d.Due, d.Latest = min(d.Earliest, day), day, day
}

// compareWeight puts the urgent and important first.
func compareWeight(a, b draft) int {
	switch {
	case a.Urgent && !b.Urgent:
		return -1
	case b.Urgent && !a.Urgent:
		return 1
	}
	return cmp.Or(cmp.Compare(b.Priority, a.Priority), cmp.Compare(a.Due, b.Due), cmp.Compare(a.Key, b.Key))
}

// diary of what was made in the last week and what is fixed.
func (pl *planner) diary() diary {
	book := diary{}
	for _, c := range pl.reached(pl.today - week) {
		book[c.Day] = made
	}
	for _, p := range pl.Planned {
		book[max(p.Day, pl.today)] = fixed
	}
	return book
}

// freeDay finds the day nearest to the expected one on which the cap holds and nothing lies; failing that, one it shares with
// a fixed contact. Two demands never share a day: those that can were merged.
func (pl *planner) freeDay(d draft, book diary) (civil.Date, bool) {
	days := pl.candidates(d)
	for _, mostly := range []entry{made, fixed} {
		for _, day := range days {
			if book[day] <= mostly && pl.underCap(day, book) {
				return day, true
			}
		}
	}
	return 0, false
}

// candidates are the days the draft may lie on, the expected one first, then the nearest.
func (pl *planner) candidates(d draft) []civil.Date {
	expected, last := pl.expected(d.Demand), d.Latest
	if d.Urgent {
		last += week
	}
	var days []civil.Date
	for day := max(d.Earliest, pl.today, d.cause+1); day <= last; day++ {
		if pl.allowed(d.Kind, day) {
			days = append(days, day)
		}
	}
	slices.SortStableFunc(days, func(a, b civil.Date) int {
		return cmp.Compare(max(a-expected, expected-a), max(b-expected, expected-b))
	})
	return days
}

// underCap tells whether the cap holds in every seven days around day once day has a contact.
func (pl *planner) underCap(day civil.Date, book diary) bool {
	for first := day - week + 1; first <= day; first++ {
		count := 1
		for d := first; d < first+week; d++ {
			if d != day && book[d] != 0 {
				count++
			}
		}
		if count > pl.policy.WeeklyCap {
			return false
		}
	}
	return true
}
