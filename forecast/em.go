package forecast

import (
	"maps"
	"math"
	"slices"
)

// The weights are found by EM with a step of smoothing in each round (EMS: Silverman, Jones, Nychka and Wilson 1990). Without it the
// likeliest distribution of buyers is a handful of spikes, which fits the past too closely.
const (
	// strength is the weight of the expectation, in buyers.
	strength = 20
	// rounds and trialRounds are the steps: of a fit, and of one that only compares clocks.
	rounds, trialRounds = 60, 8
	// gapShare and dropShare are what a kind gives in each round to either neighbour: next gap, next chance to drop out.
	gapShare, dropShare = 0.25, 0.15
)

// row is what one buyer says of the cells, the drop-outs aside: the likelihood of the gaps, scaled to a best of 1, and the
// survival of the silence since.
type row struct{ gaps, silent []float64 }

// evidence is the rows of all buyers by their number of repeats: on it alone depends what they say of drop-outs.
type evidence struct {
	byRepeats map[int][]row
	buyers    float64
	base      float64 // the sum of the logarithms of the rows' scales, with the clock's Jacobian
}

func (m Model) evidence(paths []path) evidence {
	e := evidence{byRepeats: map[int][]row{}, buyers: float64(len(paths))}
	for _, p := range paths {
		r, scale := m.row(p)
		e.byRepeats[len(p.gaps)] = append(e.byRepeats[len(p.gaps)], r)
		e.base += scale
	}
	return e
}

func (m Model) row(p path) (row, float64) {
	g := m.clock.sums(p.gaps)
	logs, best := m.gapLikelihoods(g)
	speed := m.clock.speed(p.supply)
	w := waiting(p.elapsed*speed, pauseDays*speed)
	r := row{gaps: logs, silent: make([]float64, len(logs))}
	for c, l := range logs {
		r.gaps[c] = math.Exp(l - best)
		r.silent[c] = m.cells[c].survival(w, m.tail)
	}
	return r, best + g.jacobian
}

// learn starts from what is expected and returns the weights after so many rounds, with the log-likelihood before the last.
func (m Model) learn(e evidence, expected []float64, rounds int) (w []float64, likelihood float64) {
	w = slices.Clone(expected)
	for range rounds {
		likelihood = e.base + m.round(e, w, expected)
		m.smooth(w)
	}
	return w, likelihood
}

// round is one of EM in place: every buyer is shared out over the kinds, the shares are the new weights, with the
// expectation as so many buyers more. It returns the log-likelihood before, without the rows' scales.
func (m Model) round(e evidence, w, expected []float64) float64 {
	shares := make([]float64, len(w))
	likelihood := 0.0
	for _, repeats := range slices.Sorted(maps.Keys(e.byRepeats)) {
		likelihood += m.share(e.byRepeats[repeats], m.stays(repeats), w, shares)
	}
	for k := range w {
		w[k] = (w[k]*shares[k] + strength*expected[k]) / (e.buyers + strength)
	}
	return likelihood
}

// share adds buyers of one number of repeats to the shares, each as its likelihood over the weighed sum of all. Drop-outs come
// in by two sums per cell: gone after the last purchase, or still here and silent.
func (m Model) share(rows []row, stays, w, shares []float64) float64 {
	gone, here := m.ends(stays, w)
	ends, waits := make([]float64, len(m.cells)), make([]float64, len(m.cells))
	likelihood := 0.0
	for _, r := range rows {
		sum := 0.0
		for c, g := range r.gaps {
			sum += g * (gone[c] + here[c]*r.silent[c])
		}
		if !(sum > 0) {
			continue
		}
		likelihood += math.Log(sum)
		for c, g := range r.gaps {
			g /= sum
			ends[c] += g
			waits[c] += g * r.silent[c]
		}
	}
	for c := range m.cells {
		for i, p := range m.drops {
			shares[c*len(m.drops)+i] += stays[i] * (p*ends[c] + (1-p)*waits[c])
		}
	}
	return likelihood
}

// ends are the weights of a cell's kinds after these stays: of having dropped out after the last purchase, and of not having.
func (m Model) ends(stays, w []float64) (gone, here []float64) {
	gone, here = make([]float64, len(m.cells)), make([]float64, len(m.cells))
	for c := range m.cells {
		for i, p := range m.drops {
			v := w[c*len(m.drops)+i] * stays[i]
			gone[c] += v * p
			here[c] += v * (1 - p)
		}
	}
	return gone, here
}

// smooth lets neighbours on the axes of gaps and drop-outs share in place; the sum stays.
func (m Model) smooth(w []float64) {
	drops := len(m.drops)
	for c := range m.cells {
		spill(w[c*drops:], drops, 1, dropShare)
	}
	stride := len(w) / gapSteps
	for k := range stride {
		spill(w[k:], gapSteps, stride, gapShare)
	}
}

// spill gives a share of each of n values, so many apart, to either neighbour; at the ends it stays.
func spill(w []float64, n, stride int, share float64) {
	before := w[0]
	for i := range n {
		now := w[i*stride]
		after := w[min(i+1, n-1)*stride]
		w[i*stride] = (1-2*share)*now + share*(before+after)
		before = now
	}
}
