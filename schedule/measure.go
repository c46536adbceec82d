package schedule

import (
	"cmp"
	"math"
	"slices"

	"huifang/civil"
)

// Measures are what a plan costs, by what it costs for, in hundredths of a minute's travel at its default weight. Solve
// looks for the least Total.
type Measures struct {
	Shed    int64 // stops left out
	Late    int64 // days after Due
	Early   int64 // days before Due
	Moved   int64 // stops on another day than the one they Was on
	Spacing int64 // uneven distances within a Series
	Travel  int64 // minutes on the road
	Wish    int64 // stops outside their Preferred hours
	Balance int64 // work unlike each day's share
	Total   int64
}

// Measure adds a plan up from the problem alone; it shares no reasoning with Solve. Fixed stops cost travel, wishes and work,
// and count for the distances of their series only against others.
func Measure(p Problem, plan Plan) Measures {
	w := p.Weights.normal()
	cents := func(v float64) int64 { return int64(math.Round(v * 100)) }
	var out Measures
	worst := 1 + cents(w.LateDay+w.EarlyDay+w.Spacing+w.Travel+w.Move+w.Balance+w.Wish)
	for _, s := range plan.Shed {
		stop := &p.Stops[s.Stop]
		out.Shed += worst * shedFactor * int64(stop.Priority+1) * gravity(stop)
	}
	days := map[[2]int][]Visit{}
	for _, v := range plan.Visits {
		if v.Day >= p.From && v.Day <= p.To {
			key := [2]int{v.Worker, int(v.Day)}
			days[key] = append(days[key], v)
		}
		p.measureDay(&out, v, w)
	}
	for _, visits := range days {
		p.measureRoad(&out, visits, w)
	}
	p.measureWork(&out, days, w)
	out.Spacing = cents(w.Spacing) * p.unevenness(plan)
	out.Total = out.Shed + out.Late + out.Early + out.Moved + out.Spacing + out.Travel + out.Wish + out.Balance
	return out
}

func gravity(s *Stop) int64 {
	if s.Urgent {
		return urgentFactor
	}
	return 1
}

// measureDay is what the day of one stop costs.
func (p *Problem) measureDay(out *Measures, v Visit, w Weights) {
	s := &p.Stops[v.Stop]
	if s.Fixed != nil {
		return
	}
	due := max(s.Due, p.From-1) // what was late before the first day is as late as one that was due the day before
	out.Late += int64(math.Round(w.LateDay*100)) * int64(max(s.Priority, 1)) * gravity(s) * int64(max(0, int(v.Day-due)))
	out.Early += int64(math.Round(w.EarlyDay*100)) * int64(max(0, int(s.Due-v.Day)))
	if s.Was != nil && s.Was.Day != v.Day && s.Was.Day >= p.From {
		out.Moved += int64(math.Round(w.Move * 100))
	}
}

// measureRoad is the travel of one worker's day, from start to end, and the wishes not met.
func (p *Problem) measureRoad(out *Measures, visits []Visit, w Weights) {
	slices.SortFunc(visits, func(a, b Visit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(p.Stops[a.Stop].ID, p.Stops[b.Stop].ID))
	})
	c := checker{problem: p}
	worker := &p.Workers[visits[0].Worker]
	at, road := worker.Start, 0
	for _, v := range visits {
		s := &p.Stops[v.Stop]
		if s.Place != nil {
			road += c.minutes(at, s.Place)
			at = s.Place
		}
		if len(s.Preferred) > 0 && !inside(booking{v, s}, s.Preferred) {
			out.Wish += int64(math.Round(w.Wish * 100))
		}
	}
	out.Travel += int64(math.Round(w.Travel*100)) * int64(road+c.minutes(at, worker.End))
}

// measureWork is by how much each day's work differs from its share of all the worker's work, by its hours.
func (p *Problem) measureWork(out *Measures, days map[[2]int][]Visit, w Weights) {
	work := make([]int, len(p.Workers))
	for _, s := range p.Stops {
		work[s.Worker] += s.Minutes
	}
	for k := range p.Workers {
		all := 0
		for day := p.From; day <= p.To; day++ {
			all += length(p.Workers[k].Shifts[day])
		}
		for day := p.From; day <= p.To; day++ {
			hours, load := length(p.Workers[k].Shifts[day]), 0
			for _, v := range days[[2]int{k, int(day)}] {
				load += p.Stops[v.Stop].Minutes
			}
			share := min(hours, work[k]*hours/max(all, 1))
			out.Balance += int64(math.Round(w.Balance*100)) * int64(max(load-share, share-load))
		}
	}
}

// unevenness is by how many days the stops of series, in the order they are due, lie at other distances than they are due:
// what fixed stops do among themselves is nobody's choice and left out.
func (p *Problem) unevenness(plan Plan) (sum int64) {
	series := map[string][]Visit{}
	for _, v := range plan.Visits {
		s := &p.Stops[v.Stop]
		if s.Series != "" && v.Day >= p.From && v.Day <= p.To {
			series[s.Series] = append(series[s.Series], v)
		}
	}
	for _, visits := range series {
		slices.SortFunc(visits, func(a, b Visit) int {
			x, y := &p.Stops[a.Stop], &p.Stops[b.Stop]
			return cmp.Or(cmp.Compare(p.near(x.Due), p.near(y.Due)), p.compareRank(x, y))
		})
		sum += p.gaps(visits) - p.gaps(slices.DeleteFunc(slices.Clone(visits), func(v Visit) bool { return p.Stops[v.Stop].Fixed == nil }))
	}
	return sum
}

// near is a day, bounded to what still makes a difference.
func (p *Problem) near(d civil.Date) civil.Date {
	return min(max(d, p.From-farAway), p.From+farAway)
}

func (p *Problem) gaps(visits []Visit) (sum int64) {
	for k := 1; k < len(visits); k++ {
		a, b := visits[k-1], visits[k]
		wanted := p.near(p.Stops[b.Stop].Due) - p.near(p.Stops[a.Stop].Due)
		sum += int64(max(b.Day-a.Day-wanted, wanted-b.Day+a.Day))
	}
	return sum
}
