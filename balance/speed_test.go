package balance_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"huifang/balance"
)

// big is a town of reps who each hold accounts around them; every third has a third more than their share, and every tenth account
// lies with the next rep.
func big(reps, each int) balance.Problem {
	r := rand.New(rand.NewPCG(7, 7))
	p := balance.Problem{Rule: rule}
	side := int(math.Ceil(math.Sqrt(float64(reps))))
	for i := range reps {
		lat, lng := 36.6+0.03*float64(i/side), 117+0.03*float64(i%side)
		p.Reps = append(p.Reps, balance.Rep{ID: fmt.Sprintf("r%02d", i), Capacity: 9600, Days: 24, Start: &balance.Place{Lat: lat, Lng: lng}})
		n := each
		if i%3 == 0 {
			n += each / 3
		} else {
			n -= each / 6
		}
		for k := range n {
			rep := i
			if k%10 == 0 {
				rep = (i + 1) % reps
			}
			p.Accounts = append(p.Accounts, balance.Account{ID: fmt.Sprintf("a%02d-%03d", i, k), Rep: fmt.Sprintf("r%02d", rep),
				Minutes: 20 + 100*r.Float64(), Visits: 1 + 3*r.Float64(), Bond: r.Float64(),
				Place: &balance.Place{Lat: lat + 0.015*r.NormFloat64(), Lng: lng + 0.015*r.NormFloat64()}})
		}
	}
	return p
}

func BenchmarkPropose(b *testing.B) {
	for _, size := range []struct{ reps, each int }{{24, 100}, {60, 150}} {
		p := big(size.reps, size.each)
		b.Run(fmt.Sprintf("%d×%d", size.reps, size.each), func(b *testing.B) {
			for range b.N {
				got := balance.Propose(p)
				b.ReportMetric(float64(len(got.Moves)), "moves")
				b.ReportMetric(got.Before.Spread-got.After.Spread, "points")
				b.ReportMetric(got.Before.Travel-got.After.Travel, "travel")
				b.ReportMetric(got.After.Outside, "outside")
				b.ReportMetric(got.Before.Outside, "outsideBefore")
				b.ReportMetric(got.Before.Mean*100, "mean")
			}
		})
	}
}
