package gate

import (
	"math"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/backtest"
)

// classes of outcomes: the next purchase in ≤ 30, 31–60, 61–90 days, and later or never.
const classes = 4

// leastChance is the least probability that a logarithm is taken of: certainty that is wrong costs this much.
const leastChance = 5e-4

// told is what was said of a customer, and what came.
type told struct {
	within [3]float64
	class  int
}

func (t told) shares() [classes]float64 {
	w := t.within
	return [classes]float64{w[0], w[1] - w[0], w[2] - w[1], 1 - w[2]}
}

func (t told) loss() float64 { return -math.Log(max(t.shares()[t.class], leastChance)) }

func score(all []told) Score {
	var s Score
	n := float64(len(all))
	for _, t := range all {
		s.LogLoss += t.loss() / n
		if likeliest(t.shares()) == t.class {
			s.Accuracy += 1 / n
		}
	}
	for horizon := range classes - 1 {
		s.ECE += ece(backtest.Calibration(said(all, horizon))) / (classes - 1)
	}
	return s
}

func likeliest(shares [classes]float64) int {
	best := 0
	for c, p := range shares {
		if p > shares[best] {
			best = c
		}
	}
	return best
}

func said(all []told, horizon int) []backtest.Said {
	out := make([]backtest.Said, len(all))
	for i, t := range all {
		out[i] = backtest.Said{P: t.within[horizon], Came: t.class <= horizon}
	}
	return out
}

// ece is the mean distance of what was said from what came, over bins.
func ece(bins []backtest.Bin) float64 {
	sum, n := 0.0, 0
	for _, b := range bins {
		sum += float64(b.N) * math.Abs(b.Said-b.Came)
		n += b.N
	}
	return sum / float64(max(n, 1))
}

// mostECE is MostECE with what chance adds to it: of a perfect forecast too, few customers in a bin do not come in quite the
// share that was said. Both errors are independent, so their squares add up.
func mostECE(all []told) float64 {
	chance := 0.0
	for horizon := range classes - 1 {
		chance += byChance(backtest.Calibration(said(all, horizon))) / (classes - 1)
	}
	return math.Hypot(MostECE, chance)
}

// byChance is the calibration error to be expected of a perfect forecast: the mean distance of a share from its probability.
func byChance(bins []backtest.Bin) float64 {
	sum, n := 0.0, 0.0
	for _, b := range bins {
		k := float64(b.N)
		sum += k * math.Sqrt(2/math.Pi*b.Said*(1-b.Said)/k)
		n += k
	}
	return sum / max(n, 1)
}

// clearlyLess tells whether the losses of own are less than those of old by what matters and by more than chance, customer by
// customer.
func clearlyLess(own, old []told) bool {
	n, mean, square := float64(len(own)), 0.0, 0.0
	for i := range own {
		d := old[i].loss() - own[i].loss()
		mean += d / n
		square += d * d / n
	}
	return mean >= gain && mean >= certainty*math.Sqrt((square-mean*mean)/n)
}

// split parts a history at a day; next is how many days after it the first purchase came, 0 for never.
func split(h forecast.History, cut civil.Date) (past forecast.History, next int) {
	for _, p := range h.Purchases {
		switch days := int(p.Day - cut); {
		case days <= 0:
			past.Purchases = append(past.Purchases, p)
		case next == 0 || days < next:
			next = days
		}
	}
	return past, next
}

func classOf(next int) int {
	if next == 0 || next > Back {
		return classes - 1
	}
	return (next - 1) / 30
}

// spread takes as many of a list as a trial reads, evenly over it.
func spread[T any](all []T) []T {
	picked := make([]T, most)
	for i := range picked {
		picked[i] = all[i*len(all)/most]
	}
	return picked
}
