package balance

import "slices"

// tiny is what sums of the same amounts in another order may differ by.
const tiny = 1e-7

// state is a team in the middle of the search. What a move changes is known in a few additions: an account's leaving changes only
// its holder's travel, its coming only the receiver's.
type state struct {
	*team
	holders []int
	moved   []bool
	sums    []tally
	loads   []float64 // care and travel by rep
	used    []float64 // utilisation by rep
	gaps    []float64 // minutes outside the band by rep
	all     moments   // of utilisation
	travels float64
	beyond  float64   // minutes outside the band
	leave   []float64 // by account: minutes of travel the holder saves without it
	join    []float64 // by account and rep: minutes of travel it would add
	start   Measures
}

func newState(t *team) *state {
	n := len(t.reps)
	s := &state{team: t, holders: t.holders(), moved: make([]bool, len(t.accounts)),
		loads: make([]float64, n), used: make([]float64, n), gaps: make([]float64, n),
		leave: make([]float64, len(t.accounts)), join: make([]float64, len(t.accounts)*n)}
	s.sums = t.sums(s.holders)
	s.start = t.measures(s.sums)
	s.beyond = s.start.Outside
	for r := range s.reps {
		s.travels += s.travel(r, s.sums[r])
		if s.works(r) {
			s.load(r)
			s.all = s.all.with(s.used[r], 1)
		}
		s.reckon(r)
	}
	return s
}

func (s *state) load(r int) {
	s.loads[r] = s.sums[r].care + s.travel(r, s.sums[r])
	s.used[r] = s.loads[r] / s.reps[r].capacity
	s.gaps[r] = s.outside(r, s.loads[r])
}

// copy is another state that may go its own way.
func (s *state) copy() *state {
	c := *s
	c.holders, c.moved, c.sums, c.loads = slices.Clone(s.holders), slices.Clone(s.moved), slices.Clone(s.sums), slices.Clone(s.loads)
	c.used, c.gaps = slices.Clone(s.used), slices.Clone(s.gaps)
	c.leave, c.join = slices.Clone(s.leave), slices.Clone(s.join)
	return &c
}

// reckon anew what a rep's travel would gain or lose by each account.
func (s *state) reckon(r int) {
	now := s.travel(r, s.sums[r])
	for i := range s.accounts {
		a := &s.accounts[i]
		if s.holders[i] == r {
			s.leave[i] = now - s.travel(r, s.sums[r].with(a.stop, s.reps[r].start, -1))
			continue
		}
		s.join[i*len(s.reps)+r] = s.travel(r, s.sums[r].with(a.stop, s.reps[r].start, 1)) - now
	}
}

// effect is what a step would change, below 0 is better; and the utilisation of all after it.
type effect struct {
	outside, travel float64
	all             moments
}

// effect of one account going to a rep.
func (s *state) effect(i, to int) effect {
	a := &s.accounts[i]
	from := s.holders[i]
	join := s.join[i*len(s.reps)+to]
	return s.shift(from, s.loads[from]-a.stop.care-s.leave[i], to, s.loads[to]+a.stop.care+join, join-s.leave[i])
}

// shift is the effect of two reps having other loads.
func (s *state) shift(a int, loadA float64, b int, loadB, travel float64) effect {
	outside := s.outside(a, loadA) + s.outside(b, loadB) - s.gaps[a] - s.gaps[b]
	usedA, usedB := loadA/s.reps[a].capacity, loadB/s.reps[b].capacity
	all := s.all
	all.sum += usedA + usedB - s.used[a] - s.used[b]
	all.squares += usedA*usedA + usedB*usedB - s.used[a]*s.used[a] - s.used[b]*s.used[b]
	return effect{outside, travel, all}
}

// swap is the effect of two accounts changing places: what each brings depends on the other's leaving.
func (s *state) swap(i, j int) effect {
	a, b := s.holders[i], s.holders[j]
	one, two := s.accounts[i].stop, s.accounts[j].stop
	sumA := s.sums[a].with(one, s.reps[a].start, -1).with(two, s.reps[a].start, 1)
	sumB := s.sums[b].with(two, s.reps[b].start, -1).with(one, s.reps[b].start, 1)
	travelA, travelB := s.travel(a, sumA), s.travel(b, sumB)
	return s.shift(a, sumA.care+travelA, b, sumB.care+travelB, travelA+travelB-s.travel(a, s.sums[a])-s.travel(b, s.sums[b]))
}

// harmless tells whether the team would still be no worse than in the beginning on either measure.
func (s *state) harmless(e effect) bool {
	return s.travels+e.travel <= s.start.Travel+tiny && 100*e.all.deviation() <= s.start.Spread+tiny
}

// may tells whether an account may go to a rep.
func (s *state) may(i, to int) bool {
	return !s.moved[i] && s.free(i) && to != s.holders[i] && s.works(to)
}

func (s *state) free(i int) bool { return !s.accounts[i].stays && s.works(s.holders[i]) }

// apply moves an account.
func (s *state) apply(i, to int) {
	e, from := s.effect(i, to), s.holders[i]
	for _, step := range []struct {
		rep  int
		sign float64
	}{{from, -1}, {to, 1}} {
		r := step.rep
		s.all = s.all.with(s.used[r], -1)
		s.sums[r] = s.sums[r].with(s.accounts[i].stop, s.reps[r].start, step.sign)
		s.load(r)
		s.all = s.all.with(s.used[r], 1)
	}
	s.holders[i], s.moved[i] = to, to != s.accounts[i].holds
	s.travels += e.travel
	s.beyond += e.outside
	s.reckon(from)
	s.reckon(to)
}

// liking is what a move is worth beside its measures: a bond is kept, and who knows the account is preferred.
func (s *state) liking(i, to int) float64 {
	w, like := s.rule.Weights.Bond, -s.accounts[i].bond
	for _, k := range s.accounts[i].known {
		if k == to {
			like++
		}
	}
	return w * like
}
