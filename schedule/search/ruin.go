package search

import (
	"math/bits"
	"slices"
)

// How much is torn out, after the paper: about meanRemoved units in strings of at most longestString.
const (
	meanRemoved   = 10
	longestString = 10
	wanting       = 30 // percent of ruins that make room for a unit left out, while there is one
)

// ruin tears units out and lists them in removed. With whole false only single visits were torn out: their units keep
// their options.
func (s *state) ruin() (whole bool) {
	s.removed, s.forced = s.removed[:0], s.forced[:0]
	if len(s.left.all) > 0 && s.dice.IntN(100) < wanting && s.makeRoom() {
		return true
	}
	seed, ok := s.seed()
	if !ok {
		return true
	}
	switch p := s.dice.IntN(100); {
	case p < 10:
		s.tearRoute(s.of(seed)[s.anyDay(seed)])
	case p < 20 && s.Days > 1:
		s.permute(seed)
	case p < 27 && s.Days > 1 && s.meanLength(s.anyDay(seed)) < 2*meanRemoved:
		s.tearTwo(seed)
	case p < 32:
		s.tearStrings(seed, s.anyDay(seed), false)
		return false
	default:
		s.tearStrings(seed, s.anyDay(seed), true)
	}
	return true
}

// seed draws a unit that is not left out.
func (s *state) seed() (int32, bool) {
	for range 20 {
		if len(s.moving) == 0 {
			break
		}
		if u := s.moving[s.dice.IntN(len(s.moving))]; s.option[u] >= 0 {
			return u, true
		}
	}
	return 0, false
}

func (s *state) anyDay(u int32) int32 {
	days := s.days[u][s.option[u]]
	return days[s.dice.IntN(len(days))]
}

// remove tears a unit out with all its visits, once.
func (s *state) remove(u int32) {
	if s.option[u] >= 0 && !s.Units[u].Held && s.drop(u) {
		s.removed = append(s.removed, u)
	}
}

// tearRoute tears all units of a route out.
func (s *state) tearRoute(r int32) {
	s.ruined = append(s.ruined[:0], s.on.Seq(r)...)
	for _, u := range s.ruined {
		s.remove(u)
	}
}

// tearTwo tears two routes of different days out: one with the seed and one with a neighbour of it.
func (s *state) tearTwo(seed int32) {
	r := s.of(seed)[s.anyDay(seed)]
	for _, u := range s.Near[seed] {
		if s.option[u] < 0 || s.Units[u].Held {
			continue
		}
		if o := s.of(u)[s.anyDay(u)]; s.DayOf[o] != s.DayOf[r] && s.dice.IntN(3) == 0 {
			s.tearRoute(o)
			break
		}
	}
	s.tearRoute(r)
}

// makeRoom tears strings out where a unit that was left out could lie, and lists it with what was torn out.
func (s *state) makeRoom() bool {
	u := s.left.all[s.dice.IntN(len(s.left.all))]
	options := s.days[u]
	if s.Units[u].Held || len(options) == 0 {
		return false
	}
	days := options[s.dice.IntN(len(options))]
	s.tearStrings(u, days[s.dice.IntN(len(days))], true)
	s.removed = append(s.removed, u)
	return true
}

// tearStrings tears strings of neighbours out of routes near a seed: of a day, or with all visits of their units and then
// of other days too.
func (s *state) tearStrings(seed, day int32, whole bool) {
	longest := min(float64(longestString), s.meanLength(day))
	strings := int(s.dice.Float64()*(4*meanRemoved/(1+longest)-1) + 1)
	s.ruined = s.ruined[:0]
	for _, u := range s.Near[seed] {
		if len(s.ruined) >= strings {
			break
		}
		if s.option[u] < 0 || s.Units[u].Held {
			continue
		}
		r := s.of(u)[day]
		if r < 0 && whole {
			r = s.of(u)[s.anyDay(u)]
		}
		if r < 0 || slices.Contains(s.ruined, r) {
			continue
		}
		s.ruined = append(s.ruined, r)
		s.tearString(r, u, longest, whole)
	}
}

func (s *state) meanLength(day int32) float64 {
	sum, n := 0, 0
	for _, r := range s.routes[day] {
		if s.count[r] > 0 {
			sum, n = sum+int(s.count[r]), n+1
		}
	}
	return float64(sum) / float64(max(n, 1))
}

// tearString tears a string with a unit in it out of a route; half of the strings leave some units in their middle.
func (s *state) tearString(r, u int32, longest float64, whole bool) {
	seq := s.on.Seq(r)
	length := min(int(s.dice.Float64()*min(float64(len(seq)), longest)+1), len(seq))
	spare := s.spare(length, len(seq))
	k := slices.Index(seq, u)
	from, to := max(0, k-length-spare+1), min(k, len(seq)-length-spare)
	first := from + s.dice.IntN(to-from+1)
	gap := len(seq)
	if spare > 0 {
		gap = first + 1 + s.dice.IntN(length-1)
	}
	torn := make([]int32, 0, longestString)
	for j := first; j < first+length+spare; j++ {
		if j < gap || j >= gap+spare {
			torn = append(torn, seq[j])
		}
	}
	for _, v := range torn {
		s.tear(v, r, whole)
	}
}

// spare is how many units a string of that length leaves in its middle.
func (s *state) spare(length, of int) int {
	if length < 2 || length >= of || s.dice.IntN(2) == 0 {
		return 0
	}
	n := 1
	for length+n < of && s.dice.IntN(2) > 0 {
		n++
	}
	return n
}

func (s *state) tear(u, r int32, whole bool) {
	switch {
	case s.Units[u].Held:
	case whole:
		s.remove(u)
	case s.take(u, s.DayOf[r]):
		s.removed = append(s.removed, u)
	}
}

// farthestPermuted bounds how many units change their days together.
const farthestPermuted = 80

// permute lets the units around a seed change days together: where one of them could have another option, its days are
// exchanged for those of that option, and so are the days of all others near it that have an option for it.
func (s *state) permute(seed int32) {
	near := s.Near[seed]
	n := 2 + s.dice.IntN(min(farthestPermuted, max(len(near)-1, 1)))
	swap := s.exchange(near[s.dice.IntN(min(n, len(near)))])
	for _, u := range near {
		if len(s.removed) >= n {
			break
		}
		if s.option[u] < 0 || s.Units[u].Held {
			continue
		}
		if o := s.exchanged(u, &swap); o >= 0 && o != s.option[u] && s.drop(u) {
			s.removed, s.forced = append(s.removed, u), append(s.forced, o)
		}
	}
}

// exchange is a permutation of days: the one from a unit's option to another of its options, or of any two days.
func (s *state) exchange(u int32) (swap [MaxDays]int32) {
	for day := range swap {
		swap[day] = int32(day)
	}
	options := s.Units[u].Options
	if s.option[u] < 0 || len(options) < 2 {
		a, b := s.dice.IntN(s.Days), s.dice.IntN(s.Days)
		swap[a], swap[b] = int32(b), int32(a)
		return swap
	}
	other := s.dice.IntN(len(options) - 1)
	if other >= int(s.option[u]) {
		other++
	}
	from, to := options[s.option[u]].Days, options[other].Days
	from, to = from&^to, to&^from
	for ; from != 0 && to != 0; from, to = from&(from-1), to&(to-1) {
		a, b := bits.TrailingZeros64(from), bits.TrailingZeros64(to)
		swap[a], swap[b] = int32(b), int32(a)
	}
	return swap
}

// exchanged is a unit's option on the exchanged days, -1 for none.
func (s *state) exchanged(u int32, swap *[MaxDays]int32) int32 {
	days := uint64(0)
	for _, day := range s.days[u][s.option[u]] {
		days |= 1 << swap[day]
	}
	for o := range s.Units[u].Options {
		if s.Units[u].Options[o].Days == days {
			return int32(o)
		}
	}
	return -1
}
