package classic

import (
	"context"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"huifang/schedule/search"
)

func solveBriefly(t interface{ Fatal(...any) }, p *Problem) (Solution, bool) {
	s, ok := Solve(context.Background(), p, search.Budget{Steps: 2000}, 1)
	if ok {
		if err := Verify(p, s); err != nil {
			t.Fatal(err)
		}
	}
	return s, ok
}

func TestSolveFindsWhatIsBestBySight(t *testing.T) {
	square := "1 1 4 2\n0 2\n0 2\n0 0 0 0 0 0 0\n1 1 0 0 1 1 2 1 2\n2 2 0 0 1 1 2 1 2\n3 0 1 0 1 1 2 1 2\n4 0 2 0 1 1 2 1 2\n"
	depots := "2 1 2 2\n0 9\n0 9\n1 0 1 0 1 1 2 1 2\n2 9 1 0 1 1 2 1 2\n3 0 0 0 0 0 0\n4 9 0 0 0 0 0\n"
	for name, tt := range map[string]struct {
		text string
		cost float64
	}{
		"two arms on two days":               {square, 8},
		"everybody by the nearer depot":      {depots, 4},
		"a traveller in time":                {matrix, 16},
		"two vehicles, as one is too late":   {strings.NewReplacer("20          5", "12          5", "50          5", "15          5").Replace(solomon), 20},
		"one vehicle round":                  {solomon, 10 + math.Hypot(3, 1)},
		"a third customer on its first day":  {strings.Replace(periodic, "8.5 12", "20 12", 1), 10 + 15 + math.Hypot(6, 3)},
		"a duration that holds two together": {"0 2 2 1\n4.5 9\n0 0 0 0 0 0 0\n1 1 0 0 1 1 1 1\n2 2 0 0 1 1 1 1\n", 4},
		"a duration that parts two":          {"0 2 2 1\n4.5 9\n0 0 0 0 0 0 0\n1 1 0 .3 1 1 1 1\n2 2 0 .3 1 1 1 1\n", 6},
	} {
		t.Run(name, func(t *testing.T) {
			p := read(t, tt.text)
			s, ok := solveBriefly(t, &p)
			if !ok || math.Abs(s.Cost-tt.cost) > 1e-6 {
				t.Errorf("cost %v (%v), want %v, by %+v", s.Cost, ok, tt.cost, s.Routes)
			}
		})
	}
}

func TestSolveSaysWhenNothingFits(t *testing.T) {
	for name, text := range map[string]string{
		"too much to carry": "0 1 1 1\n0 1\n0 0 0 0 0 0 0\n1 1 0 0 2 1 1 1\n",
		"too far":           "0 1 1 1\n1 9\n0 0 0 0 0 0 0\n1 1 0 0 2 1 1 1\n",
		"too late":          strings.Replace(matrix, "4 8", "1 3", 1),
	} {
		t.Run(name, func(t *testing.T) {
			p := read(t, text)
			if s, ok := solveBriefly(t, &p); ok {
				t.Errorf("found %+v", s)
			}
		})
	}
}

func TestVerifyFindsEveryBrokenRule(t *testing.T) {
	for name, tt := range map[string]struct {
		text   string
		routes []Route
		cost   float64
		want   string
	}{
		"too many vehicles":    {strings.Replace(periodic, "8.5 12", "20 12", 1), []Route{{0, []int{2, 3}}, {1, []int{2}}, {1, []int{1}}}, 0, "more than 1 vehicles on day 2"},
		"not every day":        {periodic, []Route{{0, []int{1, 2, 3}}}, 23, "node 2 is visited on 1 days"},
		"nobody":               {periodic, nil, 0, "visited on 0 days"},
		"twice a day":          {periodic, []Route{{0, []int{2, 2}}}, 0, "twice on day 1"},
		"an unknown node":      {periodic, []Route{{0, []int{7}}}, 0, "node 7 is unknown"},
		"an unknown day":       {periodic, []Route{{2, []int{1}}}, 0, "day 2 of 2"},
		"the depot":            {periodic, []Route{{0, []int{0}}}, 0, "node 0 is visited on 1 days"},
		"too long":             {periodic, []Route{{0, []int{3}}, {1, []int{1, 2}}}, 0, "of day 2 takes"},
		"too full":             {strings.Replace(periodic, "0 10\n", "0 4\n", 1), []Route{{0, []int{2, 3}}, {1, []int{1}}}, 0, "carries 5 of 4"},
		"a cost made better":   {matrix, []Route{{0, []int{1, 2}}}, 15, "the cost is 16"},
		"a window missed":      {matrix, []Route{{0, []int{2, 1}}}, 17, "node 1 is reached at 12"},
		"home too late":        {strings.Replace(matrix, "0 100", "0 15", 1), []Route{{0, []int{1, 2}}}, 16, "node 0 is reached at 16"},
		"waiting that is long": {"4 1 2 1\n20 9\n0 0 0 0 0 0 0 0 99\n1 1 0 0 1 1 1 1 0 5\n2 2 0 0 1 1 1 1 40 50\n", []Route{{0, []int{1, 2}}}, 4, "takes 38.000000 of 20"},
	} {
		t.Run(name, func(t *testing.T) {
			p := read(t, tt.text)
			err := Verify(&p, Solution{Routes: tt.routes, Cost: tt.cost})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// drawProblem makes small problems of every kind.
func drawProblem(t *rapid.T) *Problem {
	days, customers := rapid.IntRange(1, 4).Draw(t, "days"), rapid.IntRange(1, 14).Draw(t, "customers")
	limit := func(name string, from, to int) float64 {
		if rapid.Bool().Draw(t, name+" unlimited") {
			return math.Inf(1)
		}
		return float64(rapid.IntRange(from, to).Draw(t, name))
	}
	p := &Problem{Vehicles: rapid.IntRange(1, 3).Draw(t, "vehicles"), Windows: rapid.Bool().Draw(t, "windows")}
	for range days {
		p.Days = append(p.Days, Day{Longest: limit("longest", 20, 200), Capacity: limit("capacity", 5, 40)})
	}
	coordinate := rapid.IntRange(0, 40)
	for i := range customers + 1 {
		n := Node{Number: i, X: float64(coordinate.Draw(t, "x")), Y: float64(coordinate.Draw(t, "y")), Due: math.Inf(1)}
		if p.Windows {
			n.Ready = float64(rapid.IntRange(0, 100).Draw(t, "ready"))
			n.Due = n.Ready + float64(rapid.IntRange(5, 200).Draw(t, "width"))
		}
		if i == 0 {
			n.Ready, n.Due = 0, math.Inf(1)
			p.Nodes = append(p.Nodes, n)
			continue
		}
		n.Service, n.Demand = float64(rapid.IntRange(0, 5).Draw(t, "service")), float64(rapid.IntRange(0, 9).Draw(t, "demand"))/2
		for range rapid.IntRange(1, 3).Draw(t, "combinations") {
			n.Combinations = append(n.Combinations, rapid.Uint64Range(1, 1<<days-1).Draw(t, "combination"))
		}
		p.Nodes = append(p.Nodes, n)
	}
	return p
}

func TestEverySolutionKeepsEveryRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { solveBriefly(t, drawProblem(t)) })
}

// TestRoutesKeepTheirBooks holds what routes say of themselves, change by change, against routes made anew, and what a probe
// foretells against what an insertion costs.
func TestRoutesKeepTheirBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		g := newGrid(p)
		routes, _ := g.searcher()()
		in := map[int32]int32{}
		for range rapid.IntRange(1, 40).Draw(t, "changes") {
			u := int32(rapid.IntRange(0, len(g.units)-1).Draw(t, "unit"))
			before := routes.Cost()
			if r, ok := in[u]; ok {
				routes.Save(r)
				routes.Remove(u, r)
				delete(in, u)
				if rapid.Bool().Draw(t, "undo") {
					routes.Restore(r)
					in[u] = r
					if routes.Cost() != before {
						t.Fatalf("%d after undoing, %d before", routes.Cost(), before)
					}
				}
			} else {
				r := int32(rapid.IntRange(0, len(g.dayOf)-1).Draw(t, "route"))
				probe := routes.Probe(u, r, -1)
				want := probe.Cost + routes.Extra(u, r, probe.Cost)
				routes.Insert(u, r, int32(probe.At))
				in[u] = r
				// A price is rounded down for each of several sums, so they may differ by as many.
				if got := routes.Cost() - before; math.Abs(float64(got-want)) > 4 {
					t.Fatalf("inserting cost %d, foretold %d", got, want)
				}
			}
			again(t, g, routes)
		}
	})
}

func again(t *rapid.T, g *grid, routes search.Routes) {
	fresh, _ := g.searcher()()
	for r := range g.dayOf {
		fresh.Load(int32(r), routes.Seq(int32(r)))
	}
	if fresh.Cost() != routes.Cost() || fresh.Broken() != routes.Broken() {
		t.Fatalf("cost %d, made anew %d; broken %v, %v", routes.Cost(), fresh.Cost(), routes.Broken(), fresh.Broken())
	}
}
