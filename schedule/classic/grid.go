package classic

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"huifang/schedule/search"
)

// grid is a problem in whole numbers: distances and times in ticks, rounded up so that what holds in ticks holds.
type grid struct {
	*Problem
	tick     float64 // ticks in a unit of distance
	nodes    int
	way      []int32 // from node to node
	service  []int64
	demand   []int64 // in millionths
	ready    []int64
	due      []int64
	longest  []int64 // by day
	capacity []int64 // by day, in millionths
	depot    []int32 // by day
	dayOf    []int32 // by route
	units    []int32 // the node of each unit
	mean     int64   // of all ways
}

const (
	finest   = 1_000_000
	largest  = 1 << 29 // ticks of the longest way
	endlessT = int64(1) << 50
)

func newGrid(p *Problem) *grid {
	g := &grid{Problem: p, nodes: len(p.Nodes)}
	g.tick = g.resolution()
	g.way = make([]int32, g.nodes*g.nodes)
	sum := int64(0)
	for i := range p.Nodes {
		for j := range p.Nodes {
			w := g.ticks(p.Distance(i, j))
			g.way[i*g.nodes+j] = int32(w)
			sum += w
		}
	}
	g.mean = max(1, sum/int64(len(g.way)))
	for _, n := range p.Nodes {
		g.service, g.demand = append(g.service, g.ticks(n.Service)), append(g.demand, int64(math.Ceil(n.Demand*finest-1e-3)))
		g.ready, g.due = append(g.ready, g.ticks(n.Ready)), append(g.due, floor(n.Due*g.tick))
	}
	for day, d := range p.Days {
		g.longest, g.capacity = append(g.longest, floor(d.Longest*g.tick)), append(g.capacity, floor(d.Capacity*finest))
		g.depot = append(g.depot, int32(d.Depot))
		for range p.Vehicles {
			g.dayOf = append(g.dayOf, int32(day))
		}
	}
	for i, n := range p.Nodes {
		if len(n.Combinations) > 0 {
			g.units = append(g.units, int32(i))
		}
	}
	return g
}

// resolution is the finest power of ten in which the longest way still fits; 1 when all ways and times are whole.
func (g *grid) resolution() float64 {
	whole, longest := true, 1.0
	for i, n := range g.Nodes {
		whole = whole && n.Service == math.Trunc(n.Service) && n.Ready == math.Trunc(n.Ready)
		for j := range g.Nodes {
			d := g.Distance(i, j)
			whole, longest = whole && d == math.Trunc(d), max(longest, d)
		}
	}
	if whole {
		return 1
	}
	tick := 1.0
	for tick < finest && tick*10*longest < largest {
		tick *= 10
	}
	return tick
}

func (g *grid) ticks(v float64) int64 { return int64(math.Ceil(v*g.tick - 1e-9)) }

func floor(v float64) int64 { return int64(math.Floor(math.Min(v+1e-9, float64(endlessT)))) }

// problem is the grid in the search's words: a unit for each customer, an option for each combination, a route for each
// vehicle and day.
func (g *grid) problem() search.Problem {
	// A way round may be shorter in a table of ways; on the plane it is not, but for what is rounded.
	out := search.Problem{Days: len(g.Days), DayOf: g.dayOf, Rising: g.Travel == nil, Alike: true}
	fleet := make([][]int32, len(g.Days))
	for r, day := range g.dayOf {
		fleet[day] = append(fleet[day], int32(r))
	}
	for u, node := range g.units {
		n := &g.Nodes[node]
		visits := bits.OnesCount64(n.Combinations[0])
		unit := search.Unit{Sets: fleet, Shed: g.mean << 12, Size: int64(visits) * g.demand[node], Far: int64(g.between(g.depot[0], node))}
		for _, days := range n.Combinations {
			unit.Options = append(unit.Options, search.Option{Days: days})
		}
		out.Units, out.Near = append(out.Units, unit), append(out.Near, g.near(int32(u)))
	}
	return out
}

func (g *grid) between(a, b int32) int32 { return g.way[int(a)*g.nodes+int(b)] }

// near lists the units by their way from one, itself first.
func (g *grid) near(u int32) []int32 {
	out := make([]int32, len(g.units))
	for i := range out {
		out[i] = int32(i)
	}
	from := g.units[u]
	slices.SortStableFunc(out, func(a, b int32) int {
		return cmp.Or(cmp.Compare(btoi(b == u), btoi(a == u)), cmp.Compare(g.between(from, g.units[a]), g.between(from, g.units[b])))
	})
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
