package forecast

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// distribution is a shape as gonum knows it, its pauses aside.
func (c cell) distribution(src rand.Source) interface {
	Prob(float64) float64
	Rand() float64
} {
	if c.k > 0 {
		return distuv.Gamma{Alpha: float64(c.k), Beta: c.rate, Src: src}
	}
	return distuv.LogNormal{Mu: c.mu, Sigma: c.sigma, Src: src}
}

// density of a gap, with its pause by sums over many lengths.
func (c cell) density(days, pause float64) float64 {
	steady := c.distribution(nil).Prob(days)
	if !c.pauses || c.width >= hidden*pause {
		return steady
	}
	gap := distuv.Normal{Mu: c.typical, Sigma: c.width}
	return steady + pauseShare*(paused(pause, func(length float64) float64 { return gap.Prob(days - length) })-steady)
}

// draw makes a gap.
func (c cell) draw(r *rand.Rand, src rand.Source, pause float64) float64 {
	if !c.pauses || c.width >= hidden*pause || r.Float64() >= pauseShare {
		return c.distribution(src).Rand()
	}
	return distuv.Normal{Mu: c.typical, Sigma: c.width, Src: src}.Rand() + distuv.Exponential{Rate: 1 / pause, Src: src}.Rand()
}

// TestTheGridAgreesWithMonteCarlo lives the future of buyers of each kind, drawn by how well it explains the past.
func TestTheGridAgreesWithMonteCarlo(t *testing.T) {
	m := fitted()
	m.rival.trust = 0
	for name, h := range map[string]History{
		"bought once":                       regular(1, 0, 25, 0),
		"twice, silent for long":            regular(2, 40, 90, 0),
		"a rhythm, due":                     regular(6, 30, 28, 0),
		"a rhythm on a large pack, not due": regular(4, 60, 10, 60),
	} {
		t.Run(name, func(t *testing.T) {
			p := m.Project(h, DefaultRule(), today, Unknown, nil)
			got := [3]float64{p.P30, p.P60, p.P90}
			for i, want := range m.lived(pathOf(h, today), 200_000) {
				if math.Abs(got[i]-want) > 0.005 {
					t.Errorf("P%d = %.4f, by Monte Carlo %.4f", 30*(i+1), got[i], want)
				}
			}
		})
	}
}

// lived is how often buyers who did what a path tells buy within 30, 60 and 90 days.
func (m Model) lived(p path, draws int) (within [3]float64) {
	src := rand.NewPCG(7, 11)
	r := rand.New(src)
	kinds := m.explained(p)
	speed := m.clock.speed(p.supply)
	stayed := 0
	for range draws {
		k := kinds.at(r.Float64())
		if r.Float64() < m.drops[k%len(m.drops)] {
			stayed++ // silent for ever
			continue
		}
		next := m.cells[k/len(m.drops)].draw(r, src, pauseDays*speed)
		if next <= p.elapsed*speed {
			continue // would have bought before today
		}
		stayed++
		for i := range within {
			if next <= (p.elapsed+float64(30*(i+1)))*speed {
				within[i]++
			}
		}
	}
	for i := range within {
		within[i] /= float64(stayed)
	}
	return within
}

// cumulative draws an index by weights added up.
type cumulative []float64

// at is the index at a share of the whole.
func (c cumulative) at(share float64) int {
	part := share * c[len(c)-1]
	low, high := 0, len(c)-1
	for low < high {
		if mid := (low + high) / 2; c[mid] > part {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// explained weighs the kinds by the gaps they explain and the drop-outs that did not happen.
func (m Model) explained(p path) cumulative {
	all, sum := make(cumulative, 0, len(m.weights)), 0.0
	for c := range m.cells {
		likelihood, weight := 1.0, 1.0
		for i := len(p.gaps) - 1; i >= 0; i-- {
			speed := m.clock.speed(p.gaps[i].supply)
			likelihood *= math.Pow(m.cells[c].density(p.gaps[i].days*speed, pauseDays*speed), weight)
			weight *= fade
		}
		for d, gone := range m.drops {
			sum += float64(m.weights[c*len(m.drops)+d]) * likelihood * math.Pow(1-gone, float64(len(p.gaps)))
			all = append(all, sum)
		}
	}
	return all
}
