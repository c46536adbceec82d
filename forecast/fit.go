package forecast

import (
	"math"
	"slices"
	"sync"

	"gonum.org/v1/gonum/floats"

	"huifang/civil"
)

const (
	// sample is the most buyers a fit reads; more say nothing new about a grid of this size.
	sample = 4_000
	// trial is the most buyers the clock is chosen on.
	trial = 600
	// suppliedGaps is the number of gaps with known supply from which data choose the clock.
	suppliedGaps = 20
)

// Fit learns from what all accounts bought up to today (empirical Bayes: weights over kinds of buyers, by EM, shrunk
// towards a cautious expectation). One-time buyers count: they show how many never return. With fewer than 20 buyers
// it is the shipped Prior. The same histories in the same order give the same model.
func Fit(histories []History, today civil.Date) Model {
	paths := buyers(histories, today)
	if len(paths) < enough {
		return Prior()
	}
	c := chooseClock(paths)
	var m Model
	var r rival
	var fits sync.WaitGroup
	fits.Go(func() { m, _ = fitClock(spread(paths, sample), c, rounds) })
	fits.Go(func() { r = newRival(histories, c, today) })
	fits.Wait()
	m.rival = r
	m.customers = len(paths)
	if !m.valid() {
		return Prior()
	}
	return m
}

// buyers leaves out who never bought.
func buyers(histories []History, today civil.Date) []path {
	paths := make([]path, 0, len(histories))
	for _, h := range histories {
		if p := pathOf(h, today); p.bought > 0 {
			paths = append(paths, p)
		}
	}
	return paths
}

// spread takes at most n of a list, evenly over it.
func spread[T any](paths []T, n int) []T {
	if len(paths) <= n {
		return paths
	}
	picked := make([]T, n)
	for i := range picked {
		picked[i] = paths[i*len(paths)/n]
	}
	return picked
}

// chooseClock picks by likelihood how much the supply matters; with too few supplied gaps to tell, the prior's word.
func chooseClock(paths []path) clock {
	usual, supplied := usualSupply(paths)
	best := clock{usual: usual, power: 1}
	if supplied < suppliedGaps {
		return best
	}
	few, powers := spread(paths, trial), []float64{0, .25, .5, .75, 1}
	likelihoods := make([]float64, len(powers))
	var fits sync.WaitGroup
	for i, power := range powers {
		fits.Go(func() { _, likelihoods[i] = fitClock(few, clock{usual: usual, power: power}, trialRounds) })
	}
	fits.Wait()
	best.power = powers[floats.MaxIdx(likelihoods)]
	return best
}

// usualSupply is the median of the known supplies, and how many gaps have one.
func usualSupply(paths []path) (float64, int) {
	var known []int
	gaps := 0
	for _, p := range paths {
		for _, g := range p.gaps {
			if g.supply > 0 {
				known = append(known, g.supply)
				gaps++
			}
		}
		if p.supply > 0 {
			known = append(known, p.supply)
		}
	}
	if len(known) == 0 {
		return priorSupply, 0
	}
	slices.Sort(known)
	return float64(known[len(known)/2]), gaps
}

// fitClock fits the weights on one clock and tells the log-likelihood reached.
func fitClock(paths []path, c clock, steps int) (Model, float64) {
	low, center, high := axis(paths, c)
	m := newModel(c, low, high)
	expected := m.expectation(0.65, 2, func(mu float64) float64 { return normal(mu, center, 0.8) })
	w, likelihood := m.learn(m.evidence(paths), expected, steps)
	m.setWeights(w)
	return m, likelihood
}

// axis spans the typical gaps, as logarithms: from the 2nd percentile of gaps to 2.5 times the longest history,
// with the median gap as the centre of what is expected.
func axis(paths []path, c clock) (low, center, high float64) {
	var logs []float64
	longestSpan := 1.0
	for _, p := range paths {
		span := p.elapsed
		for _, g := range p.gaps {
			logs = append(logs, math.Log(g.days*c.speed(g.supply)))
			span += g.days
		}
		longestSpan = max(longestSpan, span)
	}
	high = math.Log(2.5 * longestSpan)
	if len(logs) == 0 {
		center = math.Log(priorLate * priorSupply)
		return center - 2, center, max(high, center+2)
	}
	slices.Sort(logs)
	low, center = logs[len(logs)/50], logs[len(logs)/2]
	return low, center, max(high, center+1)
}

// valid tells whether every number of the model can be reckoned with.
func (m Model) valid() bool {
	if t := m.rival.trust; !(t >= 0 && t <= 1) || t > 0 && !m.rival.Sound() {
		return false
	}
	if len(m.weights) == 0 || len(m.weights) != len(m.cells)*len(m.drops) || !(m.low < m.high) || !(m.clock.usual > 0) {
		return false
	}
	sum := m.low + m.high + m.clock.usual + m.clock.power
	for _, w := range m.weights {
		if !(w > 0) {
			return false
		}
		sum += float64(w)
	}
	return !math.IsNaN(sum) && !math.IsInf(sum, 0) && m.clock.power >= 0 && m.clock.power <= 1
}
