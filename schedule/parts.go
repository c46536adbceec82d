package schedule

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// part is a problem of workers who have nothing to do with the others: no companion, customer or series is shared.
type part struct {
	problem Problem
	workers []int // in the whole problem
	stops   []int
}

// split parts a problem. Companions keep their numbers.
func (p *Problem) split() []part {
	groups := p.unite()
	var out []part
	at := map[int]int{} // part by head
	seat := make([]int, len(p.Workers))
	for w := range p.Workers {
		k, ok := at[groups.of(w)]
		if !ok {
			k = len(out)
			at[groups.of(w)] = k
			out = append(out, part{problem: *p})
			out[k].problem.Workers, out[k].problem.Stops = nil, nil
		}
		seat[w] = len(out[k].workers)
		out[k].workers = append(out[k].workers, w)
		out[k].problem.Workers = append(out[k].problem.Workers, p.Workers[w])
	}
	for i, s := range p.Stops {
		of := &out[at[groups.of(s.Worker)]]
		s.Worker = seat[s.Worker]
		of.stops = append(of.stops, i)
		of.problem.Stops = append(of.problem.Stops, s)
	}
	return out
}

// unite groups the workers who share a companion, a customer or a series.
func (p *Problem) unite() *kin {
	type customer string
	type series string
	out := newKin(len(p.Workers))
	for _, s := range p.Stops {
		for _, c := range s.Companions {
			out.share(c, s.Worker)
		}
		if s.Customer != "" {
			out.share(customer(s.Customer), s.Worker)
		}
		if s.Series != "" {
			out.share(series(s.Series), s.Worker)
		}
	}
	return out
}

// join plans the parts, as many at once as there are cores, and puts the plans together.
func (p *Problem) join(parts []part, solve func(*Problem) Plan) Plan {
	plans := make([]Plan, len(parts))
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for k := range parts {
		free <- struct{}{}
		all.Go(func() {
			plans[k] = solve(&parts[k].problem)
			<-free
		})
	}
	all.Wait()
	var out Plan
	for k, plan := range plans {
		of := &parts[k]
		for _, v := range plan.Visits {
			v.Stop, v.Worker = of.stops[v.Stop], of.workers[v.Worker]
			out.Visits = append(out.Visits, v)
		}
		for _, s := range plan.Shed {
			s.Stop = of.stops[s.Stop]
			for r := range s.Room {
				if at := &s.Room[r].Stop; *at >= 0 {
					*at = of.stops[*at]
				}
			}
			out.Shed = append(out.Shed, s)
		}
		for _, c := range plan.Conflicts {
			c.Stop = of.stops[c.Stop]
			out.Conflicts = append(out.Conflicts, c)
		}
	}
	p.sort(&out)
	return out
}

func (p *Problem) sort(out *Plan) {
	id := func(stop int) string { return p.Stops[stop].ID }
	slices.SortFunc(out.Visits, func(a, b Visit) int {
		return cmp.Or(cmp.Compare(a.Worker, b.Worker), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Start, b.Start),
			strings.Compare(id(a.Stop), id(b.Stop)))
	})
	slices.SortFunc(out.Shed, func(a, b Shed) int { return p.compareRank(&p.Stops[a.Stop], &p.Stops[b.Stop]) })
	slices.SortStableFunc(out.Conflicts, func(a, b Conflict) int { return strings.Compare(id(a.Stop), id(b.Stop)) })
}
