package backtest

import (
	"math"
	"slices"

	"huifang/civil"
	"huifang/forecast"
)

// The classes of outcomes: the next purchase in ≤ 30, 31–60, 61–90 days, and later or never.
const classes = 4

// floor is the least probability that a logarithm is taken of: certainty that is wrong costs this much.
const floor = 5e-4

// Score is how well a forecaster did: means over customers and cut-offs.
type Score struct {
	Customers int     `json:"customers"`
	Accuracy  float64 `json:"accuracy"` // of the most probable class
	LogLoss   float64 `json:"logLoss"`  // natural
	Brier     float64 `json:"brier"`    // summed over the classes, 0 to 2
	// ECE is the expected calibration error of the cumulative probabilities for 30, 60 and 90 days, and their mean.
	ECE     [3]float64 `json:"ece"`
	MeanECE float64    `json:"meanEce"`
}

// Split parts a history at a day into what was known then and the class of what came: 0 for a purchase in 30 days, 1 in 60, 2 in
// 90, 3 for later or never.
func Split(h forecast.History, cut civil.Date) (past forecast.History, class int) {
	next := 0
	for _, p := range h.Purchases {
		switch days := int(p.Day - cut); {
		case days <= 0:
			past.Purchases = append(past.Purchases, p)
		case next == 0 || days < next:
			next = days
		}
	}
	return past, classOf(next)
}

func classOf(next int) int {
	if next == 0 || next > 90 {
		return classes - 1
	}
	return (next - 1) / 30
}

// Foretold is what was said of a customer, and what came.
type Foretold struct {
	Within [3]float64 // probabilities of a purchase within 30, 60 and 90 days
	Class  int        // as Split has it
}

// Loss is the natural log-loss of the class that came.
func (f Foretold) Loss() float64 { return -math.Log(max(f.shares()[f.Class], floor)) }

// sound tells whether these are probabilities.
func (f Foretold) sound() bool {
	for _, p := range f.Within {
		if !(p >= 0 && p <= 1) {
			return false
		}
	}
	return true
}

func (f Foretold) shares() [classes]float64 {
	w := f.Within
	return [classes]float64{w[0], w[1] - w[0], w[2] - w[1], 1 - w[2]}
}

// ScoreOf sums up what was said of many.
func ScoreOf(all []Foretold) Score {
	s := Score{Customers: len(all)}
	if len(all) == 0 {
		return s
	}
	n := float64(len(all))
	for _, f := range all {
		shares := f.shares()
		likeliest := 0
		for c, p := range shares {
			if p > shares[likeliest] {
				likeliest = c
			}
			came := 0.0
			if c == f.Class {
				came = 1
			}
			s.Brier += (p - came) * (p - came) / n
		}
		if likeliest == f.Class {
			s.Accuracy += 1 / n
		}
		s.LogLoss += f.Loss() / n
	}
	for i := range s.ECE {
		s.ECE[i] = calibrationError(all, i)
		s.MeanECE += s.ECE[i] / float64(len(s.ECE))
	}
	return s
}

// bins are the groups of equal size that calibration is looked at in.
const bins = 10

// calibrationError is the mean distance between what was said of a horizon and how often it came, over bins.
func calibrationError(all []Foretold, horizon int) float64 {
	sum := 0.0
	for _, b := range Bins(all, horizon) {
		sum += float64(b.N) / float64(len(all)) * math.Abs(b.Said-b.Came)
	}
	return sum
}

// Bins is the calibration of one of the three horizons, 0 for 30 days.
func Bins(all []Foretold, horizon int) []Bin {
	said := make([]Said, len(all))
	for i, f := range all {
		said[i] = Said{P: f.Within[horizon], Came: f.Class <= horizon}
	}
	return Calibration(said)
}

// Said is a probability that was told and whether it came so.
type Said struct {
	P    float64
	Came bool
}

// Bin is a group of customers of whom about the same was said.
type Bin struct {
	N          int
	Said, Came float64 // means
}

// Calibration puts what was said into ten bins of equal size, the least likely first.
func Calibration(said []Said) []Bin {
	sorted := slices.Clone(said)
	slices.SortStableFunc(sorted, func(a, b Said) int {
		switch {
		case a.P < b.P:
			return -1
		case a.P > b.P:
			return 1
		}
		return 0
	})
	var out []Bin
	for i := range bins {
		part := sorted[i*len(sorted)/bins : (i+1)*len(sorted)/bins]
		if len(part) == 0 {
			continue
		}
		b := Bin{N: len(part)}
		for _, s := range part {
			b.Said += s.P / float64(len(part))
			if s.Came {
				b.Came += 1 / float64(len(part))
			}
		}
		out = append(out, b)
	}
	return out
}
