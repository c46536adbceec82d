package classic

import (
	"fmt"
	"math"
	"math/bits"
)

// slack is what sums of floating point may be off by.
const slack = 1e-6

// Verify holds a solution to every rule of its problem, from the numbers of the file alone: combinations, vehicles,
// capacity, duration, windows, and the cost it claims. Nil means it may be believed.
func Verify(p *Problem, s Solution) error {
	days := make([]uint64, len(p.Nodes))
	vehicles := make([]int, len(p.Days))
	cost := 0.0
	for _, r := range s.Routes {
		if r.Day < 0 || r.Day >= len(p.Days) {
			return fmt.Errorf("a route on day %d of %d", r.Day, len(p.Days))
		}
		if vehicles[r.Day]++; vehicles[r.Day] > p.Vehicles {
			return fmt.Errorf("more than %d vehicles on day %d", p.Vehicles, r.Day+1)
		}
		for _, n := range r.Nodes {
			if n < 0 || n >= len(p.Nodes) || days[n]>>r.Day&1 == 1 {
				return fmt.Errorf("node %d is unknown or visited twice on day %d", n, r.Day+1)
			}
			days[n] |= 1 << r.Day
		}
		if err := p.verifyRoute(r); err != nil {
			return err
		}
		cost += p.length(r)
	}
	for n, visited := range days {
		if err := p.verifyDays(n, visited); err != nil {
			return err
		}
	}
	if math.Abs(cost-s.Cost) > slack*math.Max(1, cost) {
		return fmt.Errorf("the cost is %.6f, not %.6f", cost, s.Cost)
	}
	return nil
}

func (p *Problem) verifyDays(n int, visited uint64) error {
	if len(p.Nodes[n].Combinations) == 0 && visited == 0 {
		return nil
	}
	for _, c := range p.Nodes[n].Combinations {
		if c == visited {
			return nil
		}
	}
	return fmt.Errorf("node %d is visited on %d days that are none of its combinations", n, bits.OnesCount64(visited))
}

// verifyRoute drives a route: it leaves as late as the first window lets it, and waits where it comes too early.
func (p *Problem) verifyRoute(r Route) error {
	day := p.Days[r.Day]
	at, load := day.Depot, 0.0
	now, work := p.Nodes[at].Ready, 0.0
	spare := math.Inf(1) // by how much the departure could be put off without delaying the end
	waited := 0.0
	for _, n := range append(append([]int{}, r.Nodes...), day.Depot) {
		node := p.Nodes[n]
		work += p.Nodes[at].Service + p.Distance(at, n)
		now += p.Nodes[at].Service + p.Distance(at, n)
		if p.Windows && now < node.Ready && n != day.Depot {
			waited += node.Ready - now
			now = node.Ready
		}
		if p.Windows && now > node.Due+slack {
			return fmt.Errorf("node %d is reached at %.6f, its window ends at %.6f", n, now, node.Due)
		}
		spare = math.Min(spare, node.Due-now+waited)
		load += node.Demand
		at = n
	}
	if load > day.Capacity+slack {
		return fmt.Errorf("a vehicle of day %d carries %g of %g", r.Day+1, load, day.Capacity)
	}
	if took := work + waited - math.Min(waited, math.Max(0, spare)); took > day.Longest+slack {
		return fmt.Errorf("a route of day %d takes %.6f of %.6f", r.Day+1, took, day.Longest)
	}
	return nil
}
