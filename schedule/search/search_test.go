package search

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// line are routes along a line from 0: a unit is a place on it, a route costs its length, and what it carries beyond its
// room costs more. Units whose numbers add up to a multiple of seven never share a route, which Probe knows, and neither do
// those that add up to nine, which only Insert finds out.
type line struct {
	place []int64
	room  int
	seqs  [][]int32
	kept  [][]int32
	heavy int64
}

func newLine(place []int64, routes, room int) *line {
	return &line{place: place, room: room, seqs: make([][]int32, routes), kept: make([][]int32, routes), heavy: 10}
}

func away(a, b int64) int64 { return max(a-b, b-a) }

func (l *line) length(seq []int32) (sum int64) {
	at := int64(0)
	for _, u := range seq {
		sum += away(at, l.place[u])
		at = l.place[u]
	}
	return sum + at
}

func (l *line) Seq(r int32) []int32 { return l.seqs[r] }

func (l *line) Probe(u, r int32, but int16) Probe {
	out := Probe{Cost: Never}
	for k := range len(l.seqs[r]) + 1 {
		if l.clash(l.seqs[r], u, 7) {
			return out
		}
		cost := l.length(slices.Insert(slices.Clone(l.seqs[r]), k, u)) - l.length(l.seqs[r])
		if cost < out.Cost && k != int(but) {
			out.Cost, out.At = cost, int16(k)
		}
	}
	return out
}

// clash tells whether a unit may not share a route with one that is in it.
func (l *line) clash(seq []int32, u, by int32) bool {
	return slices.ContainsFunc(seq, func(v int32) bool { return (u+v)%by == 0 })
}

func (l *line) over() (n int64) {
	for _, seq := range l.seqs {
		n += int64(max(0, len(seq)-l.room))
	}
	return n
}

func (l *line) Extra(_, r int32, _ int64) int64 {
	if len(l.seqs[r]) >= l.room {
		return l.heavy
	}
	return 0
}

func (l *line) Insert(u, r, at int32) bool {
	if l.clash(l.seqs[r], u, 9) {
		return false
	}
	l.seqs[r] = slices.Insert(l.seqs[r], int(at), u)
	return true
}

func (l *line) Remove(u, r int32) bool {
	k := slices.Index(l.seqs[r], u)
	l.seqs[r] = slices.Delete(l.seqs[r], k, k+1)
	return true
}

func (l *line) Load(r int32, seq []int32) { l.seqs[r] = append(l.seqs[r][:0], seq...) }
func (l *line) Save(r int32)              { l.kept[r] = append(l.kept[r][:0], l.seqs[r]...) }
func (l *line) Restore(r int32)           { l.seqs[r] = append(l.seqs[r][:0], l.kept[r]...) }
func (l *line) Broken() bool              { return l.over() > 0 }

func (l *line) Cost() (sum int64) {
	for _, seq := range l.seqs {
		sum += l.length(seq)
	}
	return sum + l.heavy*l.over()
}

func (l *line) Weigh(dearer bool) bool {
	if dearer {
		l.heavy += l.heavy/10 + 1
	} else {
		l.heavy = max(1, l.heavy-l.heavy/11)
	}
	return false
}

// paired lets neither of two units lie on the same first day, and asks a price for every pair that does not.
type paired struct{ option []int32 }

func (p *paired) Price(u, option int32) (int64, bool) {
	other := u ^ 1
	if int(other) >= len(p.option) || p.option[other] < 0 {
		return 0, true
	}
	return int64(p.option[other]+option) % 3, u%8 > 1 || p.option[other] != option
}

func (p *paired) Choose(u, option int32) { p.option[u] = option }

// draw makes a problem with held units, units that may be left out, and options of one to three days.
func draw(t *rapid.T) (Problem, Searcher) {
	days, fleet := rapid.IntRange(1, 5).Draw(t, "days"), rapid.IntRange(1, 3).Draw(t, "routes a day")
	n := rapid.IntRange(1, 24).Draw(t, "units")
	p := Problem{Days: days, Rising: rapid.Bool().Draw(t, "rising"), Alike: rapid.Bool().Draw(t, "alike")}
	sets := make([][]int32, days)
	for day := range days {
		for range fleet {
			sets[day] = append(sets[day], int32(len(p.DayOf)))
			p.DayOf = append(p.DayOf, int32(day))
		}
	}
	place := make([]int64, n)
	for u := range n {
		place[u] = rapid.Int64Range(0, 100).Draw(t, "place")
		unit := Unit{Sets: sets, Shed: rapid.Int64Range(0, 2000).Draw(t, "shed"), Size: place[u] % 7, Far: place[u]}
		for range rapid.IntRange(1, 4).Draw(t, "options") {
			unit.Options = append(unit.Options, Option{
				Days: rapid.Uint64Range(1, 1<<days-1).Draw(t, "option"), Cost: rapid.Int64Range(0, 30).Draw(t, "cost")})
		}
		p.Units = append(p.Units, unit)
	}
	for u := range n {
		near := rand.New(rand.NewPCG(uint64(u), 1)).Perm(n)
		slices.SortStableFunc(near, func(a, b int) int { return int(away(place[a], place[u]) - away(place[b], place[u])) })
		all := []int32{int32(u)}
		for _, v := range near {
			if v != u {
				all = append(all, int32(v))
			}
		}
		p.Near = append(p.Near, all)
	}
	room, coupled := rapid.IntRange(2, 9).Draw(t, "room"), rapid.Bool().Draw(t, "coupled")
	return p, func() (Routes, Coupling) {
		l := newLine(place, len(p.DayOf), room)
		if !coupled {
			return l, nil
		}
		return l, &paired{slices.Repeat([]int32{-1}, n)}
	}
}

// sound holds a state to what it says of itself: routes, days, options, what is left out, and every cost recomputed.
func sound(t *rapid.T, s *state, with Searcher) {
	fresh := newState(s.layout, with, s.dice)
	var sol Solution
	s.copyTo(&sol)
	fresh.load(&sol)
	fresh.on.(*line).heavy = s.on.(*line).heavy
	if got, want := s.cost(), fresh.cost(); got != want {
		t.Fatalf("the cost is kept as %d, recomputed it is %d", got, want)
	}
	if diff := cmp.Diff(fresh.at, s.at); diff != "" {
		t.Fatalf("where units lie (recomputed, kept): %s", diff)
	}
	if diff := cmp.Diff(fresh.count, s.count); diff != "" {
		t.Fatalf("units by route (recomputed, kept): %s", diff)
	}
	for u, option := range s.option {
		if left := slices.Contains(s.left.all, int32(u)); left != (option < 0) {
			t.Fatalf("unit %d has option %d and left out %v", u, option, left)
		}
		for day, r := range s.of(int32(u)) {
			chosen := option >= 0 && s.Units[u].Options[option].Days>>day&1 == 1
			if chosen != (r >= 0) || r >= 0 && (s.DayOf[r] != int32(day) || !slices.Contains(s.on.Seq(r), int32(u))) {
				t.Fatalf("unit %d with option %d lies on route %d on day %d", u, option, r, day)
			}
		}
	}
	visits := 0
	for r := range s.DayOf {
		visits += len(s.on.Seq(int32(r)))
	}
	for _, r := range s.at {
		visits -= min(1, int(r)+1)
	}
	if visits != 0 {
		t.Fatalf("%d visits more in routes than units have", visits)
	}
}

func TestEveryStepKeepsTheBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, with := draw(t)
		s := newState(newLayout(p), with, rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
		for range 30 {
			var before, after Solution
			s.begin()
			s.copyTo(&before)
			s.recreate(s.ruin(), s.cost()+s.dice.Int64N(100))
			sound(t, s, with)
			if s.dice.IntN(2) == 0 {
				s.rollback()
				sound(t, s, with)
				s.copyTo(&after)
				if diff := cmp.Diff(before, after); diff != "" {
					t.Fatalf("a step was not taken back: %s", diff)
				}
			}
		}
	})
}

// What is given up early would have cost too much in the end.
func TestNoStepIsGivenUpThatIsWorthIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, with := draw(t)
		at := Solution{}
		for step := range uint64(30) {
			more := rapid.Int64Range(-20, 50).Draw(t, "more")
			attempt := func(rising bool) (*state, bool) {
				p.Rising = rising
				s := newState(newLayout(p), with, rand.New(rand.NewPCG(step, 0)))
				s.load(&at)
				return s, s.recreate(s.ruin(), s.cost()+more)
			}
			hasty, worth := attempt(true)
			patient, want := attempt(false)
			if worth != want || worth && hasty.cost() != patient.cost() {
				t.Fatalf("step %d: %v at %d when given up early, %v at %d at the end", step, worth, hasty.cost(), want, patient.cost())
			}
			if worth {
				patient.copyTo(&at)
			}
		}
	})
}

func TestWhatIsInheritedIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, with := draw(t)
		l := newLayout(p)
		s := newState(l, with, rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
		var parents [2]Solution
		for k := range parents {
			s.load(&Solution{})
			for range 20 {
				s.begin()
				s.recreate(s.ruin(), math.MaxInt64)
			}
			s.copyTo(&parents[k])
		}
		s.load(&Solution{})
		s.inherit(&parents[0], &parents[1])
		sound(t, s, with)
	})
}

func TestAnswersDependOnNothingButProblemSeedAndSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, with := draw(t)
		one, _ := Find(context.Background(), p, with, Budget{Steps: 800}, 7)
		cores := runtime.GOMAXPROCS(1)
		two, _ := Find(context.Background(), p, with, Budget{Steps: 800}, 7)
		runtime.GOMAXPROCS(cores)
		if diff := cmp.Diff(one, two); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestMoreStepsAreNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, with := draw(t)
		best := int64(Never)
		for _, steps := range []int{64, 200, 1000} {
			s, ok := Find(context.Background(), p, with, Budget{Steps: steps}, 3)
			if cost := s.Cost; ok && cost > best {
				t.Fatalf("%d steps cost %d, fewer %d", steps, cost, best)
			} else if ok {
				best = cost
			} else if best < Never {
				t.Fatalf("%d steps found nothing, fewer did", steps)
			}
		}
	})
}

func TestNothingFoundIsWorseThanTheStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, with := draw(t)
		start, ok := Find(context.Background(), p, with, Budget{Steps: 64}, 1)
		if !ok {
			return
		}
		out := Improve(context.Background(), p, with, start, Budget{Steps: 500}, 2)
		if out.Cost > start.Cost {
			t.Fatalf("%d from %d", out.Cost, start.Cost)
		}
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		if diff := cmp.Diff(start, Improve(ended, p, with, start, Budget{}, 2)); diff != "" {
			t.Fatalf("ended before it began: %s", diff)
		}
	})
}

func TestHeldUnitsStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, with := draw(t)
		start, ok := Find(context.Background(), p, with, Budget{Steps: 64}, 1)
		if !ok {
			return
		}
		for u := range p.Units {
			p.Units[u].Held = u%3 == 0
		}
		out := Improve(context.Background(), p, with, start, Budget{Steps: 1000}, 2)
		for u := range p.Units {
			if p.Units[u].Held && out.Option[u] != start.Option[u] {
				t.Fatalf("unit %d went from option %d to %d", u, start.Option[u], out.Option[u])
			}
		}
	})
}

// TestSmallProblemsAreSolved holds the search against every way to spread a few units.
func TestSmallProblemsAreSolved(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 5))
			const units, days, room = 6, 3, 3
			p := Problem{Days: days, DayOf: []int32{0, 1, 2}}
			place := make([]int64, units)
			for u := range units {
				place[u] = dice.Int64N(60) + 1
				unit := Unit{Sets: [][]int32{{0}, {1}, {2}}, Shed: 40 + dice.Int64N(60)}
				for range 2 {
					unit.Options = append(unit.Options, Option{Days: 1 + dice.Uint64N(1<<days-1), Cost: dice.Int64N(20)})
				}
				p.Units = append(p.Units, unit)
				near := []int32{int32(u)}
				for v := range int32(units) {
					if v != int32(u) {
						near = append(near, v)
					}
				}
				p.Near = append(p.Near, near)
			}
			l := newLine(place, days, room)
			got, ok := Find(context.Background(), p, func() (Routes, Coupling) { return newLine(place, days, room), nil }, Budget{Steps: 4000}, 1)
			if want := cheapest(p, l, 0, make([]int32, units)); !ok || got.Cost != want {
				t.Errorf("found %d (%v), the cheapest is %d", got.Cost, ok, want)
			}
		})
	}
}

// cheapest tries every option of every unit, and every order of every day.
func cheapest(p Problem, l *line, u int, chosen []int32) int64 {
	if u == len(p.Units) {
		return costOf(p, l, chosen)
	}
	best := int64(Never)
	for o := range len(p.Units[u].Options) + 1 {
		chosen[u] = int32(o) - 1
		best = min(best, cheapest(p, l, u+1, chosen))
	}
	return best
}

func costOf(p Problem, l *line, chosen []int32) int64 {
	sum := int64(0)
	days := make([][]int32, p.Days)
	for u, o := range chosen {
		if o < 0 {
			sum += p.Units[u].Shed
			continue
		}
		sum += p.Units[u].Options[o].Cost
		for _, day := range list(p.Units[u].Options[o].Days) {
			days[day] = append(days[day], int32(u))
		}
	}
	for _, day := range days {
		if len(day) > l.room {
			return Never
		}
		sum += shortest(l, nil, day)
		if sum >= Never {
			return Never
		}
	}
	return sum
}

func shortest(l *line, seq, rest []int32) int64 {
	if len(rest) == 0 {
		return l.length(seq)
	}
	best := int64(Never)
	for k, u := range rest {
		if !l.clash(seq, u, 7) && !l.clash(seq, u, 9) {
			best = min(best, shortest(l, append(slices.Clone(seq), u), slices.Delete(slices.Clone(rest), k, k+1)))
		}
	}
	return best
}
