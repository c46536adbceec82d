package balance_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huifang/balance"
)

// rule is the one of the tests: that of care.DefaultPolicy.
var rule = balance.Rule{Low: 0.75, High: 0.95, MaxMoves: 100, Worth: 60, Weights: balance.Weights{Fairness: 1, Travel: 1, Bond: 60}}

// off is what sums of thousands of minutes may differ by.
const off = 1e-6

// near is what minutes of travel may differ by: the root of a difference of large sums keeps half their digits, so places that lie
// nearly in one point are up to a few centimetres apart.
const near = 1e-3

// apply is a problem after the first n moves of a proposal.
func apply(p balance.Problem, moves []balance.Move) balance.Problem {
	to := map[string]string{}
	for _, m := range moves {
		to[m.Account] = m.To
	}
	p.Accounts = slices.Clone(p.Accounts)
	for i, a := range p.Accounts {
		if rep, ok := to[a.ID]; ok {
			p.Accounts[i].Rep = rep
		}
	}
	return p
}

// town is a problem drawn by rapid, with everything that may be odd about one.
func town(t *rapid.T) balance.Problem {
	reps := rapid.IntRange(0, 5).Draw(t, "reps")
	p := balance.Problem{Rule: rule}
	p.Rule.MaxMoves = rapid.IntRange(0, 20).Draw(t, "most")
	place := func(name string) *balance.Place {
		if rapid.IntRange(0, 5).Draw(t, name+" unknown") == 0 {
			return nil
		}
		return &balance.Place{Lat: 36.6 + rapid.Float64Range(0, 0.2).Draw(t, name+" lat"), Lng: 117 + rapid.Float64Range(0, 0.2).Draw(t, name+" lng")}
	}
	for i := range reps {
		p.Reps = append(p.Reps, balance.Rep{ID: fmt.Sprint("r", i), Capacity: rapid.SampledFrom([]float64{0, 3000, 6000, 9600}).Draw(t, "capacity"),
			Days: float64(rapid.IntRange(0, 26).Draw(t, "days")), Start: place("start")})
	}
	for i := range rapid.IntRange(0, 30).Draw(t, "accounts") {
		a := balance.Account{ID: fmt.Sprint("a", i), Rep: fmt.Sprint("r", rapid.IntRange(0, max(0, reps-1)).Draw(t, "rep")),
			Minutes: float64(rapid.IntRange(0, 900).Draw(t, "minutes")), Visits: float64(rapid.IntRange(0, 8).Draw(t, "visits")), Place: place("home"),
			Stays: rapid.IntRange(0, 5).Draw(t, "stays") == 0, Bond: rapid.Float64Range(0, 1).Draw(t, "bond")}
		if rapid.Bool().Draw(t, "known") {
			a.Known = []string{"r0", "nobody"}
		}
		p.Accounts = append(p.Accounts, a)
	}
	return p
}

func TestNoPartOfAProposalIsWorseThanDoingNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := town(t)
		got := balance.Propose(p)
		for n := 1; n <= len(got.Moves); n++ {
			then := balance.Measure(apply(p, got.Moves[:n]), p)
			if then.Spread > got.Before.Spread+off || then.Travel > got.Before.Travel+near {
				t.Fatalf("after %d of %d moves %+v, before %+v", n, len(got.Moves), then, got.Before)
			}
		}
		if last := balance.Measure(apply(p, got.Moves), p); math.Abs(last.Spread-got.After.Spread) > off || math.Abs(last.Travel-got.After.Travel) > near {
			t.Fatalf("the moves come to %+v, the proposal says %+v", last, got.After)
		}
	})
}

func TestMovesAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := town(t)
		got := balance.Propose(p)
		if len(got.Moves) > p.Rule.MaxMoves {
			t.Fatalf("%d moves of at most %d", len(got.Moves), p.Rule.MaxMoves)
		}
		seen := map[string]bool{}
		for _, m := range got.Moves {
			a := p.Accounts[slices.IndexFunc(p.Accounts, func(a balance.Account) bool { return a.ID == m.Account })]
			to := p.Reps[slices.IndexFunc(p.Reps, func(r balance.Rep) bool { return r.ID == m.To })]
			if seen[m.Account] || a.Stays || m.From != a.Rep || m.To == a.Rep || to.Capacity == 0 || m.Known != slices.Contains(a.Known, m.To) {
				t.Fatalf("%+v of %+v to %+v", m, a, to)
			}
			seen[m.Account] = true
			if !(math.Abs(m.Saved-m.Added-m.Travel) < off) || m.Saved < -near || m.Added < -near || m.Care != a.Minutes {
				t.Fatalf("%+v: travel is saved less added, both monotone", m)
			}
		}
		fair, travel, band := 0.0, 0.0, 0.0
		for _, m := range got.Moves {
			fair, travel, band = fair+m.Fairness, travel+m.Travel, band+m.Band
		}
		sum := []float64{got.Before.Spread - got.After.Spread - fair, got.Before.Travel - got.After.Travel - travel, got.Before.Outside - got.After.Outside - band}
		if slices.ContainsFunc(sum, func(v float64) bool { return !(math.Abs(v) < off) }) {
			t.Fatalf("the gains of the moves miss that of the whole by %v", sum)
		}
	})
}

func TestTheOrderOfTheInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := town(t)
		q := p
		q.Reps, q.Accounts = slices.Clone(p.Reps), slices.Clone(p.Accounts)
		r := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		r.Shuffle(len(q.Reps), func(i, j int) { q.Reps[i], q.Reps[j] = q.Reps[j], q.Reps[i] })
		r.Shuffle(len(q.Accounts), func(i, j int) { q.Accounts[i], q.Accounts[j] = q.Accounts[j], q.Accounts[i] })
		if diff := cmp.Diff(balance.Propose(p), balance.Propose(q)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// one overloaded rep beside free ones who live next door, all homes in one street: the band is within reach of single moves.
func TestTheBandIsReachedWhereSingleMovesReachIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reps := rapid.IntRange(2, 5).Draw(t, "reps")
		each := rapid.IntRange(20, 30).Draw(t, "accounts each")
		p := balance.Problem{Rule: rule}
		p.Rule.MaxMoves = 500
		for i := range reps {
			p.Reps = append(p.Reps, balance.Rep{ID: fmt.Sprint("r", i), Capacity: 1000, Days: 20})
		}
		minutes := 850 / float64(each)
		for i := range reps * each {
			rep := i / each
			if rapid.IntRange(0, 3).Draw(t, "to the first") == 0 {
				rep = 0
			}
			p.Accounts = append(p.Accounts, balance.Account{ID: fmt.Sprintf("a%04d", i), Rep: fmt.Sprint("r", rep), Minutes: minutes})
		}
		if got := balance.Propose(p); !got.Within {
			t.Fatalf("%d moves, after %+v, band %.3f to %.3f", len(got.Moves), got.After, got.Low, got.High)
		}
	})
}

func TestOddTeams(t *testing.T) {
	here := &balance.Place{Lat: 36.6, Lng: 117}
	busy := []balance.Account{{ID: "a", Rep: "r", Minutes: 900, Visits: 4, Place: here}, {ID: "b", Rep: "r", Minutes: 900, Visits: 4}}
	for name, c := range map[string]struct {
		problem balance.Problem
		moves   int
		within  bool
	}{
		"nobody":                 {balance.Problem{}, 0, true},
		"a rep without accounts": {balance.Problem{Reps: []balance.Rep{{ID: "r", Capacity: 1000}}}, 0, true},
		"one rep alone is the mean of their team":  {balance.Problem{Reps: []balance.Rep{{ID: "r", Capacity: 1000}}, Accounts: busy}, 0, true},
		"nobody has time":                          {balance.Problem{Reps: []balance.Rep{{ID: "r"}, {ID: "s"}}, Accounts: busy}, 0, true},
		"who is away neither gives nor receives":   {balance.Problem{Reps: []balance.Rep{{ID: "r"}, {ID: "s", Capacity: 1000}}, Accounts: busy}, 0, true},
		"half of two goes to who has none":         {balance.Problem{Reps: []balance.Rep{{ID: "r", Capacity: 1000}, {ID: "s", Capacity: 1000}}, Accounts: busy}, 1, true},
		"no moves are allowed":                     {balance.Problem{Rule: balance.Rule{MaxMoves: -1}, Reps: []balance.Rep{{ID: "r", Capacity: 1000}, {ID: "s", Capacity: 1000}}, Accounts: busy}, 0, false},
		"accounts of nobody are left out":          {balance.Problem{Reps: []balance.Rep{{ID: "x", Capacity: 1000}, {ID: "s", Capacity: 1000}}, Accounts: busy}, 0, true},
		"amounts that are no numbers are nothing":  {balance.Problem{Reps: []balance.Rep{{ID: "r", Capacity: math.NaN(), Days: math.Inf(1)}}, Accounts: []balance.Account{{ID: "a", Rep: "r", Minutes: math.Inf(1), Visits: math.NaN(), Bond: -3, Place: &balance.Place{Lat: math.NaN()}}}}, 0, true},
		"who has no time is not brought up to low": {balance.Problem{Reps: []balance.Rep{{ID: "r", Capacity: 2000}, {ID: "s"}}, Accounts: busy}, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			most := c.problem.Rule.MaxMoves
			c.problem.Rule = rule
			if most < 0 {
				c.problem.Rule.MaxMoves = 0
			}
			got := balance.Propose(c.problem)
			if len(got.Moves) != c.moves || got.Within != c.within {
				t.Errorf("%+v", got)
			}
			for _, v := range []float64{got.Before.Spread, got.Before.Travel, got.After.Spread, got.After.Travel, got.Low, got.High} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Errorf("not a number in %+v", got)
				}
			}
		})
	}
}
