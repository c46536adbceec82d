package search

import (
	"context"
	"math"
	"math/rand/v2"
	"sync"
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
	if round*searchers < firstborn || len(e.all) < 2 {
		s.putEverything()
		s.round(s.length(round)*5/2, hotFirst, coldFirst)
		return
	}
	s.inherit(e.parents(s.dice))
	s.round(s.length(round), hotChild, coldChild)
}

func (s *searcher) putEverything() {
	s.removed = append(s.removed[:0], s.moving...)
	s.sort()
	for _, u := range s.removed {
		s.putCheapest(u)
	}
}

// length is how many steps a round takes: more when there is more to arrange.
func (s *searcher) length(int) int { return max(8000, 20*s.visits) }

// again is a round of a search from a given solution: the best so far is shaken and settles.
func (s *searcher) again(e *elite, round int) {
	s.load(&e.all[0])
	steps := firstRound << min(round, longestRound)
	s.round(steps, hotFirst, coldFirst)
}

const (
	firstRound   = 500
	longestRound = 8 // doublings
)

// round anneals for that many steps or what is left of the budget.
func (s *searcher) round(steps int, hot, cold float64) {
	mean := s.meanRoad()
	stop := func() bool {
		if s.steps > 0 {
			s.steps -= min(coolEvery, s.steps)
		}
		return s.steps == 0 || s.ctx.Err() != nil
	}
	s.anneal(steps, hot*mean, cold*mean, &s.best, stop)
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
