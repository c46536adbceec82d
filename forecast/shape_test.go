package forecast

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

func TestHalfOfTheGapsAreShorterThanTheTypicalOne(t *testing.T) {
	for _, s := range shapes() {
		if s.pauses {
			continue // half of those without a pause
		}
		if got := s.at(math.Log(42)).survival(waiting(42, pauseDays), newTail()); math.Abs(got-0.5) > 1e-6 {
			t.Errorf("%+v: survival of the typical gap %v", s, got)
		}
	}
}

// paused integrates a function of a gap without its pause over all pauses up to a length that hardly any exceeds.
func paused(pause float64, of func(length float64) float64) float64 {
	long := distuv.Exponential{Rate: 1 / pause}
	return quad.Fixed(func(length float64) float64 { return long.Prob(length) * of(length) }, 0, 40*pause, 4_000, quad.Legendre{}, 0)
}

func TestSurvivalAgreesWithGonum(t *testing.T) {
	table := newTail()
	for _, days := range []float64{0.5, 3, 20, 42, 100, 900} {
		for _, pause := range []float64{1, 12, pauseDays} {
			for _, s := range shapes() {
				c := s.at(math.Log(42))
				want := distuv.LogNormal{Mu: c.mu, Sigma: s.sigma}.Survival(days)
				if s.pauses && c.width < hidden*pause {
					gap := distuv.Normal{Mu: 42, Sigma: 42 * s.sigma}
					want += pauseShare * (paused(pause, func(length float64) float64 { return gap.Survival(days - length) }) - want)
				}
				if s.k > 0 {
					want = mathext.GammaIncRegComp(float64(s.k), days*c.rate)
				}
				if got := c.survival(waiting(days, pause), table); math.Abs(got-want) > 2e-6 {
					t.Errorf("%+v after %v days, pauses of %v: %v, want %v", s, days, pause, got, want)
				}
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
			if s.pauses {
				gap := distuv.Normal{Mu: 42, Sigma: 42 * s.sigma}
				with := paused(pauseDays, func(length float64) float64 { return gap.Prob(days - length) })
				want = math.Log((1-pauseShare)*math.Exp(want) + pauseShare*with)
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
