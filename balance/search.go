package balance

import "slices"

// step is an account that goes to a rep.
type step struct{ account, to int }

// few is how many accounts of a rep are looked at for a swap with another.
const few = 6

// Propose finds a small set of moves that brings everybody into the band and cuts travel.
//
// It goes from one step to the next best: first those that bring minutes into the band, each weighed with the travel it saves and
// the bond it breaks; where no single account can go without harm, two change places, or one that saves travel pays for another;
// then those that save travel worth a move. It does so several times, with travel weighed and without, strict at every step or only
// in the end, and with its scores shaken a little (after Feo and Resende 1995: greedy randomized adaptive search; the dice are numbers
// of the accounts, so the same team gets the same proposal), more often the smaller the team. Of each list it drops every move
// without which the band holds all the same, and puts the rest in order. The best list has least outside the band, then fewest moves
// and least travel, a move being worth Rule.Worth minutes. No first part of it leaves the team worse than at the start on either measure, and before it is returned it is
// measured once more from nothing, move by move.
func Propose(p Problem) Proposal {
	t := newTeam(p)
	begin := newState(t)
	var best found
	for n := range t.runs() {
		if f := t.run(begin, n); n == 0 || f.better(best, t.rule.Worth) {
			best = f
		}
	}
	return t.proposal(best.steps)
}

// runs is how often the search begins anew.
func (t *team) runs() int {
	const work, most = 300_000, 64
	return min(most, max(4, work/max(1, len(t.accounts)*len(t.reps))))
}

// found is a list of steps and what it comes to.
type found struct {
	steps []step
	ends  Measures
}

// better compares two lists: less outside the band, then fewer moves and less travel, a move being worth so many minutes.
func (f found) better(than found, worth float64) bool {
	if d := f.ends.Outside - than.ends.Outside; d < -tiny || d > tiny {
		return d < 0
	}
	return worth*float64(len(f.steps))+f.ends.Travel < worth*float64(len(than.steps))+than.ends.Travel-tiny
}

func (t *team) run(begin *state, n int) found {
	w := t.rule.Weights
	if n%2 == 1 {
		w.Travel = 0
	}
	s := newSearch(begin, w)
	s.shaken, s.loose = uint64(n/4), n%4 >= 2
	s.fill()
	s.repair()
	s.save()
	steps := t.ordered(t.pruned(s.steps), begin.copy())
	return found{steps, t.measures(t.sums(t.carried(steps)))}
}

type search struct {
	*state
	weights Weights
	steps   []step
	shaken  uint64 // 0 for not at all
	loose   bool   // harm on the way is allowed
	// mine are the accounts of each rep that may still move; best are the best moves between each two reps, as long as
	// neither changes.
	mine [][]int
	best []option
}

// option is the best move from one rep to another by some judge.
type option struct {
	step
	value    float64
	by       int // which judge, 0 for not known
	any      bool
	harmless bool
}

func newSearch(begin *state, w Weights) *search {
	n := len(begin.reps)
	s := &search{state: begin.copy(), weights: w, mine: make([][]int, n), best: make([]option, n*n)}
	for i, r := range s.holders {
		if s.free(i) {
			s.mine[r] = append(s.mine[r], i)
		}
	}
	return s
}

func (s *search) take(steps ...step) {
	for _, m := range steps {
		s.move(m.account, m.to)
		s.steps = append(s.steps, m)
	}
}

// move applies a move, or takes one back, and forgets what is known of the two reps.
func (s *search) move(i, to int) {
	home := s.accounts[i].holds
	at, in := slices.BinarySearch(s.mine[home], i)
	if in {
		s.mine[home] = slices.Delete(s.mine[home], at, at+1)
	} else {
		s.mine[home] = slices.Insert(s.mine[home], at, i)
	}
	n, from := len(s.reps), s.holders[i]
	for r := range s.reps {
		for _, pair := range []int{from*n + r, r*n + from, to*n + r, r*n + to} {
			s.best[pair].by = 0
		}
	}
	s.apply(i, to)
}

func (s *search) room() int { return s.rule.MaxMoves - len(s.steps) }

// fill brings minutes into the band.
func (s *search) fill() {
	for s.beyond > tiny && s.room() > 0 {
		if m, ok := s.single(s.fairer()); ok {
			s.take(m)
			continue
		}
		if s.room() < 2 {
			return
		}
		pair := s.pair(s.fairer())
		if pair == nil {
			pair = s.paid()
		}
		if pair == nil {
			return
		}
		s.take(pair...)
	}
}

// repair takes moves that save travel until the team is no worse off than at the start; what then is still worse is left out when the
// list is put in order.
func (s *search) repair() {
	for s.loose && !s.state.harmless(effect{all: s.all}) && s.room() > 0 {
		m, ok := s.single(s.cheaper())
		if !ok {
			break
		}
		s.take(m)
	}
	s.loose = false
}

// lessTravel scores a step that saves travel and leaves the band alone.
func lessTravel(e effect, _ int) (float64, bool) {
	return -e.travel, e.outside < tiny && e.travel < -tiny
}

// harmless is that of the state, unless harm on the way is allowed.
func (s *search) harmless(e effect) bool { return s.loose || s.state.harmless(e) }

// dice is a number between 0.5 and 1 that belongs to a move and to the run.
func (s *search) dice(i, to int) float64 {
	if s.shaken == 0 {
		return 1
	}
	x := s.shaken<<40 ^ uint64(i)<<12 ^ uint64(to)
	x = (x + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>29) * 0x94d049bb133111eb
	return 1 - float64((x^x>>32)&0xffff)/0x20000
}

// save cuts travel, as long as a move is worth it.
func (s *search) save() {
	for s.room() > 0 {
		if m, ok := s.single(s.nearer()); ok {
			s.take(m)
			continue
		}
		if s.room() < 2 {
			return
		}
		pair := s.pair(s.nearer())
		if pair == nil {
			return
		}
		s.take(pair...)
	}
}

// intoBand scores a step that brings minutes into the band; false when it does not.
func (s *search) intoBand(e effect, _ int) (float64, bool) {
	return -s.weights.Fairness*e.outside - s.weights.Travel*e.travel, e.outside < -tiny
}

// worthIt scores a step of so many moves that saves travel worth them.
func (s *search) worthIt(e effect, moves int) (float64, bool) {
	return -e.travel, e.outside < tiny && -e.travel >= s.rule.Worth*float64(moves)-tiny && e.travel < -tiny
}

// judge scores a step of so many moves; false when it is not what is looked for.
type judge struct {
	number int
	score  func(e effect, moves int) (float64, bool)
}

// The judges.
const (
	fairer = iota + 1
	cheaper
	nearer
)

func (s *search) fairer() judge  { return judge{fairer, s.intoBand} }
func (s *search) cheaper() judge { return judge{cheaper, lessTravel} }
func (s *search) nearer() judge  { return judge{nearer, s.worthIt} }

// single finds the best harmless move; the first by ID of equals.
func (s *search) single(by judge) (step, bool) {
	options := s.options(by)
	for {
		top := -1
		for k, o := range options {
			if o.any && (top < 0 || o.value > options[top].value+tiny) {
				top = k
			}
		}
		if top < 0 {
			return step{}, false
		}
		if o := options[top]; o.harmless || s.harmless(s.effect(o.account, o.to)) {
			return o.step, true
		}
		options[top] = s.option(top, by, s.harmless)
	}
}

// options are the best moves between each two reps, harmless or not.
func (s *search) options(by judge) []option {
	for k := range s.best {
		if s.best[k].by != by.number {
			s.best[k] = s.option(k, by, func(effect) bool { return true })
			s.best[k].harmless = false
		}
	}
	return slices.Clone(s.best)
}

// option finds the best move of a pair of reps among those that are good enough.
func (s *search) option(pair int, by judge, good func(effect) bool) option {
	from, to := pair/len(s.reps), pair%len(s.reps)
	out := option{by: by.number, harmless: true}
	if from == to || !s.works(to) || by.number == fairer && !s.apart(from, to) {
		return out
	}
	for _, i := range s.mine[from] {
		e := s.effect(i, to)
		v, ok := by.score(e, 1)
		if !ok {
			continue
		}
		v = (v + s.liking(i, to)) * s.dice(i, to)
		if (!out.any || v > out.value+tiny) && good(e) {
			out.step, out.value, out.any = step{i, to}, v, true
		}
	}
	return out
}

// apart tells whether a move between two reps can bring anything into the band.
func (s *search) apart(from, to int) bool {
	return s.used[from] > s.high || s.used[to] < s.low
}

// pair finds the best harmless swap, in an order whose first half is harmless too.
func (s *search) pair(by judge) []step {
	var best []step
	top := 0.0
	lists := s.shortlists()
	for a := range s.reps {
		for b := a + 1; b < len(s.reps); b++ {
			for _, i := range lists[a*len(s.reps)+b] {
				for _, j := range lists[b*len(s.reps)+a] {
					e := s.swap(i, j)
					v, ok := by.score(e, 2)
					v = (v + s.liking(i, b) + s.liking(j, a)) * s.dice(i, b)
					if !ok || !s.harmless(e) || best != nil && v <= top+tiny {
						continue
					}
					if order := s.order(step{i, b}, step{j, a}); order != nil {
						best, top = order, v
					}
				}
			}
		}
	}
	return best
}

// order puts two steps so that the first is harmless by itself; nil when neither is.
func (s *search) order(one, two step) []step {
	switch {
	case s.harmless(s.effect(one.account, one.to)):
		return []step{one, two}
	case s.harmless(s.effect(two.account, two.to)):
		return []step{two, one}
	}
	return nil
}

// shortlists are, for each pair of reps, the accounts of the first that would best go to the second, by travel; and the heaviest, for
// these change loads most.
func (s *search) shortlists() [][]int {
	n := len(s.reps)
	near, heavy := make([]shortlist, n*n), make([]shortlist, n)
	for i := range s.accounts {
		if s.moved[i] || !s.free(i) {
			continue
		}
		heavy[s.holders[i]].offer(i, s.accounts[i].stop.care)
		for to := range s.reps {
			if s.may(i, to) {
				near[s.holders[i]*n+to].offer(i, s.leave[i]-s.join[i*n+to]+s.liking(i, to))
			}
		}
	}
	out := make([][]int, n*n)
	for k := range near {
		if k%n != k/n && s.works(k%n) {
			out[k] = append(near[k].accounts, heavy[k/n].accounts...)
			slices.Sort(out[k])
			out[k] = slices.Compact(out[k])
		}
	}
	return out
}

// shortlist keeps the few accounts with the greatest value, the first of equals.
type shortlist struct {
	accounts []int
	values   []float64
}

func (l *shortlist) offer(i int, v float64) {
	at := len(l.values)
	for at > 0 && v > l.values[at-1]+tiny {
		at--
	}
	if at == few {
		return
	}
	l.accounts, l.values = slices.Insert(l.accounts, at, i), slices.Insert(l.values, at, v)
	if len(l.values) > few {
		l.accounts, l.values = l.accounts[:few], l.values[:few]
	}
}

// paid finds a move that brings minutes into the band but costs travel, and one that saves that much: the saver comes first.
func (s *search) paid() []step {
	var savers shortlist
	n := len(s.reps)
	for i := range s.accounts {
		for to := range s.reps {
			if !s.may(i, to) {
				continue
			}
			if e := s.effect(i, to); e.travel < -tiny && e.outside < tiny && s.harmless(e) {
				savers.offer(i*n+to, -e.travel)
			}
		}
	}
	for _, k := range savers.accounts {
		saver := step{k / n, k % n}
		back := s.holders[saver.account]
		s.move(saver.account, saver.to)
		next, ok := s.single(s.fairer())
		s.move(saver.account, back)
		if ok {
			return []step{saver, next}
		}
	}
	return nil
}
