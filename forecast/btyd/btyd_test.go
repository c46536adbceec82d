package btyd_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"huifang/forecast/btyd"
)

// cdnow are the parameters of BG/NBD for the CDNOW sample in weeks (Fader, Hardie and Lee 2005, table 2).
var cdnow = btyd.Model{R: .2425945, Alpha: 4.4136019, A: .7929199, B: 2.4258881, K: 1}

// regular are parameters of MBG/CNBD-2 in weeks.
var regular = btyd.Model{R: 1.3291753, Alpha: 2.8125511, A: .424709, B: .7900288, K: 2, FromFirst: true}

func TestSpotProbabilities(t *testing.T) {
	for _, c := range []struct {
		model          btyd.Model
		x              int
		last, age      float64
		active         float64
		p30, p60, p90d float64
	}{
		{cdnow, 2, 30.43, 38.86, .72661, .13868, .24211, .32116},
		{cdnow, 0, 0, 38.86, 1, .02265, .04289, .06116},
		{cdnow, 7, 29.43, 38.86, .64180, .31793, .46843, .54426},
		{cdnow, 1, 1.71, 38.86, .21223, .02350, .04269, .05862},
		{regular, 19, 48.5714, 52, .92706, .84197, .91960, .92636},
		{regular, 5, 47.5714, 52, .90953, .36907, .60522, .73964},
		{regular, 2, 40.4286, 52, .79778, .18702, .33158, .44070},
		{regular, 0, 0, 52, .07509, .00700, .01294, .01802},
	} {
		b := btyd.Buyer{Repeats: c.x, Last: c.last, Age: c.age}
		for what, v := range map[string][2]float64{"active": {c.model.Active(b), c.active}, "30 days": {1 - c.model.Silent(b, 30./7), c.p30},
			"60 days": {1 - c.model.Silent(b, 60./7), c.p60}, "90 days": {1 - c.model.Silent(b, 90./7), c.p90d}} {
			if math.Abs(v[0]-v[1]) > 1e-4 {
				t.Errorf("k=%d x=%d tx=%v, %s: %.5f, want %.5f", c.model.K, c.x, c.last, what, v[0], v[1])
			}
		}
	}
}

// made draws customers from a model, by its own story.
func made(m btyd.Model, n int, age float64, r *rand.Rand) []btyd.Buyer {
	buyers := make([]btyd.Buyer, n)
	for i := range buyers {
		rate, drop := gamma(r, m.R)/m.Alpha, beta(r, m.A, m.B)
		b := btyd.Buyer{Age: age}
		for alive := !m.FromFirst || r.Float64() >= drop; alive; {
			gap := 0.0
			for range m.K {
				gap += r.ExpFloat64() / rate
			}
			if b.Last+gap > age {
				break
			}
			b.Repeats, b.Last, b.LogGaps = b.Repeats+1, b.Last+gap, b.LogGaps+math.Log(gap)
			alive = r.Float64() >= drop
		}
		buyers[i] = b
	}
	return buyers
}

// gamma by Marsaglia and Tsang.
func gamma(r *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(r, shape+1) * math.Pow(r.Float64(), 1/shape)
	}
	d := shape - 1./3
	for {
		x := r.NormFloat64()
		v := math.Pow(1+x/math.Sqrt(9*d), 3)
		if v > 0 && math.Log(r.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

func beta(r *rand.Rand, a, b float64) float64 {
	x, y := gamma(r, a), gamma(r, b)
	return x / (x + y)
}

func TestFitFindsTheModelThatMadeTheCustomers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, m := range []btyd.Model{
		{R: .9, Alpha: 8, A: .8, B: 2.5, K: 1},
		{R: .9, Alpha: 8, A: .8, B: 2.5, K: 1, FromFirst: true},
		{R: 1.3, Alpha: 5, A: .5, B: 1.5, K: 2, FromFirst: true},
	} {
		buyers := made(m, 6_000, 60, r)
		got, err := btyd.FitBGNBD(buyers)
		if m.FromFirst {
			got, err = btyd.FitMBG(buyers, m.K)
		}
		if err != nil {
			t.Fatal(err)
		}
		// Far apart parameters may mean the same: what is foretold is compared.
		for _, b := range buyers[:200] {
			if d := math.Abs(got.Silent(b, 10) - m.Silent(b, 10)); d > .03 {
				t.Fatalf("%+v fitted as %+v: %+v is silent %.3f, want %.3f", m, got, b, got.Silent(b, 10), m.Silent(b, 10))
			}
		}
	}
}

func TestNothingCanBeFittedOnWhoNeverCameBack(t *testing.T) {
	for _, buyers := range [][]btyd.Buyer{nil, {{Age: 10}}, {{}, {}}, {{Repeats: 3}}} {
		if m, err := btyd.FitBGNBD(buyers); err == nil {
			t.Errorf("%v fitted as %+v", buyers, m)
		}
	}
}

func FuzzSilence(f *testing.F) {
	f.Add(2, 30.43, 38.86, 4.3)
	f.Add(0, 0., 0., 0.)
	f.Add(100_000, 1e9, 1e9, 1e9)
	f.Fuzz(func(t *testing.T, x int, last, age, time float64) {
		if x < 0 || x > 1e6 || !(last >= 0 && last <= age && age < 1e12) || !(time >= 0 && time < 1e12) || (x == 0) != (last == 0) {
			t.Skip("no customer")
		}
		b := btyd.Buyer{Repeats: x, Last: last, Age: age}
		for _, m := range []btyd.Model{cdnow, regular} {
			now, soon, later, active := m.Silent(b, 0), m.Silent(b, time/2), m.Silent(b, time), m.Active(b)
			if now != 1 || !(soon <= 1 && later <= soon+1e-12 && later >= 0) || !(active >= 0 && active <= 1) {
				t.Errorf("%+v: silent %v, %v, %v, active %v", b, now, soon, later, active)
			}
		}
	})
}
