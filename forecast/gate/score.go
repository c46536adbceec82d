package gate

import (
	"math"

	"huifang/forecast/backtest"
)

func scoreOf(all []backtest.Foretold) Score {
	s := backtest.ScoreOf(all)
	return Score{LogLoss: s.LogLoss, Accuracy: s.Accuracy, ECE: s.MeanECE}
}

// horizons are those of a forecast: 30, 60 and 90 days.
const horizons = 3

// mostECE is MostECE with what chance adds to it: of a perfect forecast too, few customers in a bin do not come in quite the
// share that was said. Both errors are independent, so their squares add up.
func mostECE(all []backtest.Foretold) float64 {
	chance := 0.0
	for horizon := range horizons {
		chance += byChance(backtest.Bins(all, horizon)) / horizons
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
func clearlyLess(own, old []backtest.Foretold) bool {
	n, mean, square := float64(len(own)), 0.0, 0.0
	for i := range own {
		d := old[i].Loss() - own[i].Loss()
		mean += d / n
		square += d * d / n
	}
	return mean >= gain && mean >= certainty*math.Sqrt((square-mean*mean)/n)
}

// spread takes as many of a list as a trial reads, evenly over it.
func spread[T any](all []T) []T {
	picked := make([]T, most)
	for i := range picked {
		picked[i] = all[i*len(all)/most]
	}
	return picked
}
