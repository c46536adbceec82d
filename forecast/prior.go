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
	m.setWeights(m.expectation(0.5, 5, func(mu float64) float64 {
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

// setWeights stores the weights as they are kept on disk, so that a stored model projects exactly as the fitted one.
func (m Model) setWeights(w []float64) {
	for i, v := range w {
		m.weights[i] = float32(max(v, leastWeight))
	}
}
