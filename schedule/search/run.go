package search

import (
	"context"
	"math"
	"math/rand/v2"
	"sync"
	"time"
)

// searchers work side by side and meet after every round; there are always two, so that the answer does not depend on
// the machine.
const searchers = 2

// Temperatures, in mean costs of a visit on the road.
const (
	hotFirst, coldFirst = 1.0, 0.01 // from nothing
	hotChild, coldChild = 0.1, 0.01 // of what was inherited
)

// searcher is one of them.
type searcher struct {
	*state
	steps int // left to take, -1 for no end
	child int // steps of a round with what was inherited
	ctx   context.Context
	best  Solution // of this round
}

func run(ctx context.Context, l *layout, with Searcher, start *Solution, budget Budget, seed uint64) Solution {
	all := make([]*searcher, searchers)
	for k := range all {
		all[k] = &searcher{state: newState(l, with, rand.New(rand.NewPCG(seed, uint64(k)))), ctx: ctx, steps: budget.Steps}
		if budget.Steps == 0 {
			all[k].steps = -1
		}
	}
	e := &elite{layout: l}
	if start != nil {
		all[0].load(start)
		start.Cost = all[0].cost()
		e.add(*start)
	}
	for round := 0; all[0].steps != 0 && ctx.Err() == nil && len(l.moving) > 0; round++ {
		var together sync.WaitGroup
		for _, s := range all {
			together.Go(func() {
				if s.best = (Solution{}); start != nil {
					s.again(e, round)
				} else {
					s.breed(e, round)
				}
			})
		}
		together.Wait()
		for _, s := range all {
			if s.best.Seqs != nil {
				e.add(s.best)
			}
		}
	}
	if len(e.all) == 0 {
		return Solution{}
	}
	return e.all[0]
}

// breed is a round of a search from nothing: the first ones start from nothing, the others from what two inherit to them.
func (s *searcher) breed(e *elite, round int) {
	s.load(&Solution{})
	least := max(8000, 20*s.visits) // more when there is more to arrange
	if round*searchers < firstborn || len(e.all) < 2 {
		s.putEverything()
		taken := s.round(s.first(least*5/2, max(least, roomy*s.visits)), hotFirst, coldFirst)
		s.child = max(least, taken/12)
		return
	}
	s.inherit(e.parents(s.dice))
	s.round(steady(s.child), hotChild, coldChild)
}

// roomy are the steps for each visit that make a round from nothing long enough for a second one to be worth its time.
const roomy = 200

// first is how long a round from nothing goes on: so many steps, or longer when the steps are not counted and there is
// time. Long rounds find better solutions than many short ones: there are two when each has enough steps, else one.
func (s *searcher) first(steps, enough int) pace {
	deadline, ok := s.ctx.Deadline()
	if s.steps > 0 || !ok {
		return steady(steps)
	}
	begin := time.Now()
	return timed(enough, begin, deadline.Sub(begin))
}

func (s *searcher) putEverything() {
	s.removed = append(s.removed[:0], s.moving...)
	s.sort()
	for _, u := range s.removed {
		s.putCheapest(u)
	}
}

// again is a round of a search from a given solution: the best so far is shaken and settles. The first rounds are short and
// shake the roads alone; in the longer ones what is left out may change, too, which costs so much more.
func (s *searcher) again(e *elite, round int) {
	s.load(&e.all[0])
	hot := hotFirst
	if round >= shortRounds {
		hot *= math.Max(1, s.meanChoice()/s.meanRoad())
	}
	s.round(steady(firstRound<<min(round, longestRound)), hot, coldFirst)
}

const (
	firstRound   = 500
	shortRounds  = 4
	longestRound = 8 // doublings
)

// round anneals at a pace, or until the budget ends, and tells how many steps it took.
func (s *searcher) round(at pace, hot, cold float64) int {
	mean := s.meanRoad()
	return s.anneal(hot*mean, cold*mean, &s.best, func(n int) float64 {
		if s.steps > 0 {
			s.steps -= min(coolEvery, s.steps)
		}
		if s.steps == 0 || s.ctx.Err() != nil {
			return 1
		}
		return at(n)
	})
}

// meanRoad is what the routes cost for each visit and each route that is used.
func (s *searcher) meanRoad() float64 {
	visits, used := 0, 0
	for _, n := range s.count {
		visits += int(n)
		used += min(int(n), 1)
	}
	return math.Max(1, float64(s.on.Cost())/float64(max(1, visits+used)))
}

// meanChoice is what the options of units, and leaving units out, cost for each unit.
func (s *searcher) meanChoice() float64 { return float64(s.fixed) / float64(len(s.moving)) }
