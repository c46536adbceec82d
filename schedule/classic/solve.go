package classic

import (
	"context"
	"math"
	"slices"

	"huifang/schedule/search"
)

// Solve looks for the shortest routes until the budget or ctx ends; false when it found none within the limits.
func Solve(ctx context.Context, p *Problem, budget search.Budget, seed uint64) (Solution, bool) {
	g := newGrid(p)
	found, ok := search.Find(ctx, g.problem(), g.searcher(), budget, seed)
	if !ok || slices.Contains(found.Option, -1) {
		return Solution{}, false
	}
	var out Solution
	for r, seq := range found.Seqs {
		if len(seq) == 0 {
			continue
		}
		route := Route{Day: int(g.dayOf[r])}
		for _, u := range seq {
			route.Nodes = append(route.Nodes, int(g.units[u]))
		}
		out.Routes = append(out.Routes, route)
		out.Cost += p.length(route)
	}
	return out, true
}

func (g *grid) searcher() search.Searcher {
	if g.Windows {
		return func() (search.Routes, search.Coupling) { return newTimed(g), nil }
	}
	return func() (search.Routes, search.Coupling) { return newPlain(g), nil }
}

// Gap is by how much a cost lies above the best known, in percent.
func Gap(cost, best float64) float64 { return math.Round((cost/best-1)*1e6) / 1e4 }
