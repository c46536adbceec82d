package forecast

import "math"

const (
	// priorSupply is the days of supply the shipped prior takes for usual, and for unknown ones: a month's pack.
	priorSupply = 30
	// priorLate is how much longer than its supply a pack lasts.
	priorLate = 1.1
	// enough is the number of buyers from which a company's own data are used.
	enough = 20
)

// Prior is the model shipped for companies without data: an account comes back about when its supply runs out, and
// some take a rhythm of their own, which few purchases already show.
func Prior() Model {
	m := newModel(clock{usual: priorSupply, power: 1}, math.Log(4), math.Log(1_000))
	center := math.Log(priorLate * priorSupply)
	m.setWeights(m.expectation(0.5, 3, func(mu float64) float64 {
		return 0.85*normal(mu, center, 0.35) + 0.15*normal(mu, center+0.5, 1.1)
	}))
	return m
}

// expectation is what is believed of the cells before any data: how far gaps spread, how firmly accounts stay, and a
// density of the typical gap's logarithm.
func (m Model) expectation(spread, loyalty float64, gaps func(mu float64) float64) []float64 {
	w := make([]float64, 0, len(m.weights))
	for _, c := range m.cells {
		for _, p := range m.drops {
			w = append(w, gaps(c.mu)*normal(math.Log(c.spread()), math.Log(spread), 0.6)*math.Pow(1-p, loyalty))
		}
	}
	return normalised(w)
}

// normal is the density of a normal distribution up to what all cells share, kept above zero.
func normal(x, mean, deviation float64) float64 {
	z := (x - mean) / deviation
	return math.Exp(-z*z/2)/deviation + 1e-9
}

func normalised(w []float64) []float64 {
	sum := 0.0
	for _, v := range w {
		sum += v
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}

// leastWeight keeps every kind of buyer possible.
const leastWeight = 1e-12

// setWeights keeps the weights as they come back from disk, so that a stored model projects exactly as the fitted one.
func (m Model) setWeights(w []float64) {
	for i, v := range w {
		m.weights[i] = weightOf(codeOf(v))
	}
}

// codeOf is a weight on disk: its logarithm between the least weight's and zero in 65,535 steps, right to 0.05 %.
func codeOf(weight float64) uint16 {
	share := 1 - math.Log(max(weight, leastWeight))/math.Log(leastWeight)
	return uint16(math.Round(math.MaxUint16 * min(1, share)))
}

func weightOf(code uint16) float32 {
	return float32(math.Pow(leastWeight, 1-float64(code)/math.MaxUint16))
}
