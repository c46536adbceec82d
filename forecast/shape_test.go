package forecast

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

func TestHalfOfTheGapsAreShorterThanTheTypicalOne(t *testing.T) {
	for _, s := range shapes() {
		if s.slips {
			continue // half of those that are no slips
		}
		if got := s.at(math.Log(42)).survival(waiting(42), newTail()); math.Abs(got-0.5) > 1e-6 {
			t.Errorf("%+v: survival of the typical gap %v", s, got)
		}
	}
}

// slipped is the distribution of the gaps that are slips.
func slipped(c cell) distuv.LogNormal {
	return distuv.LogNormal{Mu: c.mu + slipBeyond, Sigma: math.Hypot(c.sigma, slipSpread)}
}

func TestSurvivalAgreesWithGonum(t *testing.T) {
	table := newTail()
	for _, days := range []float64{0.5, 3, 20, 42, 100, 900} {
		for _, s := range shapes() {
			c := s.at(math.Log(42))
			want := distuv.LogNormal{Mu: c.mu, Sigma: s.sigma}.Survival(days)
			if s.slips {
				want = (1-slipShare)*want + slipShare*slipped(c).Survival(days)
			}
			if s.k > 0 {
				want = mathext.GammaIncRegComp(float64(s.k), days*c.rate)
			}
			if got := c.survival(waiting(days), table); math.Abs(got-want) > 2e-6 {
				t.Errorf("%+v after %v days: %v, want %v", s, days, got, want)
			}
		}
	}
}

func TestDensityAgreesWithGonum(t *testing.T) {
	for _, days := range []float64{3, 42, 100} {
		g := clock{usual: 30}.sums([]gap{{days, 0}})
		for _, s := range shapes() {
			c := s.at(math.Log(42))
			want := distuv.LogNormal{Mu: c.mu, Sigma: s.sigma}.LogProb(days)
			if s.slips {
				want = math.Log((1-slipShare)*math.Exp(want) + slipShare*slipped(c).Prob(days))
			}
			if s.k > 0 {
				want = distuv.Gamma{Alpha: float64(s.k), Beta: c.rate}.LogProb(days)
			}
			if got := c.logLikelihood(g); math.Abs(got-want) > 1e-6*math.Abs(want) {
				t.Errorf("%+v at %v days: %v, want %v", s, days, got, want)
			}
		}
	}
}

func TestSpreadOfAnExponentialIsKnown(t *testing.T) {
	if got, want := (shape{k: 1}).spread(), math.Pi/math.Sqrt(6); math.Abs(got-want) > 1e-12 {
		t.Errorf("spread %v, want %v", got, want)
	}
}
