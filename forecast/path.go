package forecast

import (
	"math"
	"slices"

	"huifang/civil"
)

const (
	// longest is the longest time in days that is told apart: a century.
	longest = 36_500
	// longestSupply is the longest supply in days that is believed; more is a slip of the pen.
	longestSupply = 1_095
	// fade is how much less a gap weighs than the one after it: habits change.
	fade = 0.92
)

// path is a history made ready: what was bought up to a day, in order, one purchase a day.
type path struct {
	gaps    []gap   // oldest first
	elapsed float64 // days since the last purchase
	supply  int     // days of supply of the last purchase, 0 unknown
	bought  int     // purchases, 0 = never
}

// gap is the time between two purchases and the supply bought at the first of them.
type gap struct {
	days   float64
	supply int
}

// pathOf reads a history as known on a day: later purchases are not known yet.
func pathOf(h History, today civil.Date) path {
	days := merge(h.Purchases, today)
	if len(days) == 0 {
		return path{}
	}
	last := days[len(days)-1]
	p := path{bought: len(days), supply: last.Supply, elapsed: between(last.Day, today)}
	for i, next := range days[1:] {
		p.gaps = append(p.gaps, gap{days: between(days[i].Day, next.Day), supply: days[i].Supply})
	}
	return p
}

// merge sorts the purchases up to today and makes one of those of a day. What is bought together is used side by
// side, so the longest supply of the day counts, not the sum.
func merge(purchases []Purchase, today civil.Date) []Purchase {
	known := make([]Purchase, 0, len(purchases))
	for _, p := range purchases {
		if p.Day <= today {
			known = append(known, Purchase{Day: p.Day, Supply: believed(p.Supply)})
		}
	}
	slices.SortFunc(known, func(a, b Purchase) int {
		if a.Day != b.Day {
			return compare(a.Day, b.Day)
		}
		return b.Supply - a.Supply
	})
	return slices.CompactFunc(known, func(a, b Purchase) bool { return a.Day == b.Day })
}

func compare(a, b civil.Date) int {
	if a < b {
		return -1
	}
	return 1
}

// believed makes a supply unknown when it is not positive and cuts it at three years.
func believed(supply int) int { return max(0, min(supply, longestSupply)) }

// between counts days without overflow, at most a century.
func between(a, b civil.Date) float64 { return min(float64(b)-float64(a), longest) }

// clock is the supply clock: who bought for longer comes back later.
type clock struct {
	usual float64 // days of supply the clock runs true at
	power float64 // γ: 0 = supply says nothing, 1 = gaps grow as the supply does
}

// speed is what a day counts for after a purchase of that supply; 1 when the supply is unknown.
func (c clock) speed(supply int) float64 {
	if supply <= 0 || c.power == 0 {
		return 1
	}
	return math.Pow(c.usual/float64(supply), c.power)
}

// sums are all that a gap shape needs to know of the gaps: weighted, on the clock's time.
type sums struct {
	weight, log, square, days float64
	jacobian                  float64 // log of the clock's speed: makes likelihoods of clocks comparable
	each                      []weighed
}

// weighed is a gap with its logarithm, the mean of a pause on its clock, and its weight.
type weighed struct{ log, days, pause, weight float64 }

// sums adds up the gaps, the latest in full, older ones faded.
func (c clock) sums(gaps []gap) sums {
	s := sums{each: make([]weighed, 0, len(gaps))}
	w := 1.0
	for i := len(gaps) - 1; i >= 0 && w > 1e-9; i-- {
		speed := c.speed(gaps[i].supply)
		days := gaps[i].days * speed
		l := math.Log(days)
		s.weight += w
		s.log += w * l
		s.square += w * l * l
		s.days += w * days
		s.jacobian += w * math.Log(speed)
		s.each = append(s.each, weighed{l, days, pauseDays * speed, w})
		w *= fade
	}
	return s
}
