// Package search spreads units of work over routes at the least cost, by slack-induction ruin and recreate
// (Christiaens & Vanden Berghe, Transportation Science 54, 2020) under simulated annealing, with a small elite of
// solutions that inherit from each other (after Vidal et al., Operations Research 60, 2012).
//
// It knows days, routes and what a unit costs where; what a route is, with its hours, loads and roads, is the caller's
// Routes. Everything is counted in whole numbers and drawn from seeded dice: the same problem, seed and number of steps
// give the same solution on every machine and on any number of cores.
package search

import (
	"context"
	"math"
)

// Never is the cost of what cannot be.
const Never = math.MaxInt64 / 4

// MaxDays bounds Problem.Days.
const MaxDays = 64

// Problem is what is searched; it is never changed.
type Problem struct {
	Days  int // at most MaxDays
	Units []Unit
	// Routes is how many routes there are; DayOf is the day of each.
	DayOf []int32
	// Near lists for each unit itself and then others, the nearest first. What is torn out together is taken from it.
	Near [][]int32
	// Rising says that nothing gets cheaper when a unit is put in: a step that already costs too much can be given up.
	Rising bool
	// Alike says that empty routes of one set are the same: only the first is looked at.
	Alike bool
}

// Unit is one piece of work: a customer with all visits, or a single stop.
type Unit struct {
	// Sets are the routes a visit may lie on, by day; nothing for a day on which it may not lie.
	Sets [][]int32
	// Options are the days that may be chosen together; each day has a set.
	Options []Option
	// Shed is the cost of leaving the unit out; the sum over all units stays far below Never.
	Shed int64
	// Size and Far order what is put in again: the largest first, the farthest or the nearest first.
	Size, Far int64
	// Held units stay where the start has them.
	Held bool
}

// Option is a choice of days.
type Option struct {
	Days uint64 // one bit a day, the first day lowest
	Cost int64  // beside what the routes cost
}

// Routes are the routes of one solution under change. One search uses one Routes; it need not be safe for several.
// Costs are those of the routes alone.
type Routes interface {
	// Seq is the units of a route in order, not to be written to.
	Seq(r int32) []int32
	// Probe finds the cheapest place of a unit in a route but one, -1 for none, soft limits aside. It depends on the route
	// alone.
	Probe(u, r int32, but int16) Probe
	// Extra is what soft limits add to a place that Probe found. It is never below 0.
	Extra(u, r int32, cost int64) int64
	// Insert puts a unit at a place; false when it does not fit after all and nothing has changed.
	Insert(u, r, at int32) bool
	// Remove takes a unit out; false when the rest would not fit and nothing has changed, which only routes of units
	// with one visit may answer.
	Remove(u, r int32) bool
	// Load makes a route of units, the empty one included.
	Load(r int32, seq []int32)
	// Save keeps a route until the next Save of it; Restore brings it back.
	Save(r int32)
	Restore(r int32)
	// Cost is that of all routes, with what is paid for breaking soft limits; Broken tells whether any is.
	Cost() int64
	Broken() bool
	// Weigh makes breaking soft limits dearer or cheaper; true when Probe now answers otherwise.
	Weigh(dearer bool) bool
}

// Probe is the cheapest place of a unit in a route: cost Never when there is none.
type Probe struct {
	Cost    int64
	At      int16
	version uint32
}

// Coupling is what the days of one unit mean to another: even distances, one contact a day, caps. Nil is none.
type Coupling interface {
	// Price is the cost of giving an absent unit an option as the others lie; false when it may not have it.
	Price(u, option int32) (int64, bool)
	// Choose notes that a unit has an option, or none with -1.
	Choose(u, option int32)
}

// Solution is a choice for every unit.
type Solution struct {
	Option []int32   // by unit, -1 for one left out
	Seqs   [][]int32 // by route
	Cost   int64
}

// Budget bounds a search. The steps of a smaller budget are the first ones of a larger, so more is never worse.
type Budget struct {
	Steps int // of each of the two searchers; 0 for no bound but the context's
}

// Searcher makes what one searcher changes.
type Searcher func() (Routes, Coupling)

// Improve searches from a start until the budget or ctx ends, and returns the best seen: never worse than the start.
func Improve(ctx context.Context, p Problem, with Searcher, start Solution, budget Budget, seed uint64) Solution {
	return run(ctx, newLayout(p), with, &start, budget, seed)
}

// Find searches from nothing. It is false when no solution within the soft limits was met.
func Find(ctx context.Context, p Problem, with Searcher, budget Budget, seed uint64) (Solution, bool) {
	out := run(ctx, newLayout(p), with, nil, budget, seed)
	return out, out.Seqs != nil
}
