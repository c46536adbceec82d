package forecast

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"huifang/civil"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sane reports what no projection may ever be.
func sane(t interface{ Errorf(string, ...any) }, p Projection, today civil.Date) {
	for _, v := range []float64{p.P30, p.P60, p.P90, p.Active} {
		if !(v >= 0 && v <= 1) {
			t.Errorf("probability %v", v)
		}
	}
	if p.P30 > p.P60 || p.P60 > p.P90 {
		t.Errorf("not monotone: %v %v %v", p.P30, p.P60, p.P90)
	}
	if p.Expected != nil && *p.Expected < today {
		t.Errorf("expected %v before %v", *p.Expected, today)
	}
	if len(p.Evidence) == 0 || !p.Horizon.Known() && p.Horizon != Unknown {
		t.Errorf("horizon %q with evidence %v", p.Horizon, p.Evidence)
	}
	for _, e := range p.Evidence {
		if e.In("zh") == "" || e.In("en") == "" {
			t.Errorf("%s is silent", e.Code)
		}
	}
}

func histories(t *rapid.T) History {
	day := rapid.OneOf(rapid.Int32Range(int32(today)-1000, int32(today)+50), rapid.Int32())
	supply := rapid.OneOf(rapid.SampledFrom([]int{0, 30, 60, 90}), rapid.Int())
	purchase := rapid.Custom(func(t *rapid.T) Purchase {
		return Purchase{Day: civil.Date(day.Draw(t, "day")), Supply: supply.Draw(t, "supply")}
	})
	return History{Purchases: rapid.SliceOfN(purchase, 0, 40).Draw(t, "purchases")}
}

func TestAnyHistoryHasASaneProjection(t *testing.T) {
	models := []Model{Prior(), fitted()}
	rapid.Check(t, func(t *rapid.T) {
		h := histories(t)
		rule := Rule{Threshold: rapid.Float64().Draw(t, "threshold"), Hysteresis: rapid.Float64().Draw(t, "hysteresis")}
		previous := rapid.SampledFrom([]Horizon{ThisMonth, WithinTwo, WithinThree, Later, Unknown, ""}).Draw(t, "previous")
		for _, m := range models {
			p := m.Project(h, rule, today, previous, nil)
			sane(t, p, today)
			if diff := cmp.Diff(p, m.Project(h, rule, today, previous, nil)); diff != "" {
				t.Errorf("told otherwise the second time: %s", diff)
			}
		}
	})
}

func TestTheOrderOfPurchasesDoesNotMatter(t *testing.T) {
	m := Prior()
	rapid.Check(t, func(t *rapid.T) {
		h := histories(t)
		shuffled := History{Purchases: rapid.Permutation(h.Purchases).Draw(t, "shuffled")}
		a, b := m.Project(h, DefaultRule(), today, Later, nil), m.Project(shuffled, DefaultRule(), today, Later, nil)
		if diff := cmp.Diff(a, b); diff != "" {
			t.Error(diff)
		}
	})
}

func TestMoreDaysNeverLowerTheChance(t *testing.T) {
	m := Prior()
	rapid.Check(t, func(t *rapid.T) {
		p := pathOf(histories(t), today)
		if p.bought == 0 {
			return
		}
		b := m.believe(p)
		before := 0.0
		for _, h := range []float64{0, 1, 7, 30, 31, 60, 90, 400} {
			now := b.within(h)
			if now < before-1e-12 || h == 0 && now != 0 {
				t.Errorf("within %v days %v, before %v", h, now, before)
			}
			before = now
		}
	})
}

func TestTheCurveIsThatOfTheProjection(t *testing.T) {
	models := []Model{{}, Prior(), fitted()}
	rapid.Check(t, func(t *rapid.T) {
		h := histories(t)
		for _, m := range models {
			p, draw := m.ProjectCurve(h, DefaultRule(), today, Unknown, nil)
			curve := draw()
			if p.Horizon == Unknown {
				if curve != nil {
					t.Errorf("a curve of nothing: %v", curve)
				}
				continue
			}
			if len(curve) != CurvePoints || !slices.IsSorted(curve) || !(curve[0] >= 0 && curve[CurvePoints-1] <= 1) {
				t.Fatalf("no curve of probabilities: %v", curve)
			}
			for days, want := range map[int]float64{30: p.P30, 60: p.P60, 90: p.P90} {
				if got := curve[days/CurveStep-1]; math.Abs(got-want) > 1e-12 {
					t.Errorf("within %d days %v, the projection says %v", days, got, want)
				}
			}
		}
	})
}

func TestTenThousandPurchases(t *testing.T) {
	for _, ago := range []int{0, 1, 40, 5_000, math.MaxInt32 / 2} {
		sane(t, project(regular(10_000, 1, ago, 1)), today)
	}
	sane(t, Prior().Project(regular(3, 30, 0, 0), DefaultRule(), math.MaxInt32, Unknown, nil), math.MaxInt32)
}

func FuzzProject(f *testing.F) {
	f.Add([]byte{}, int32(20_000))
	f.Add(make([]byte, 64), int32(0))
	f.Add([]byte{255, 255, 255, 127, 255, 255, 255, 127, 0, 0, 0, 128, 1, 0, 0, 128}, int32(math.MaxInt32))
	m := Prior()
	f.Fuzz(func(t *testing.T, data []byte, day int32) {
		var h History
		for len(data) >= 8 {
			h.Purchases = append(h.Purchases, Purchase{
				Day:    civil.Date(binary.LittleEndian.Uint32(data)),
				Supply: int(int32(binary.LittleEndian.Uint32(data[4:])))})
			data = data[8:]
		}
		sane(t, m.Project(h, DefaultRule(), civil.Date(day), Later, nil), civil.Date(day))
		sane(t, Fit(repeat(h, 25), civil.Date(day)).Project(h, DefaultRule(), civil.Date(day), Unknown, nil), civil.Date(day))
	})
}

func repeat(h History, n int) []History {
	all := make([]History, n)
	for i := range all {
		all[i] = h
	}
	return all
}

// made draws accounts of a known kind: packs of 30 or 60 days reordered near their end, some with every drop-out.
func made(seed uint64, n int, until civil.Date) []History {
	r := rand.New(rand.NewPCG(seed, 1))
	all := make([]History, n)
	for i := range all {
		lag := math.Exp(0.2 * r.NormFloat64())
		day := float64(until) - 30 - r.Float64()*500
		for day <= float64(until) {
			supply := 30 * (1 + r.IntN(2))
			all[i].Purchases = append(all[i].Purchases, Purchase{Day: civil.Date(day), Supply: supply})
			if r.Float64() < 0.08 {
				break
			}
			day += max(1, float64(supply)*1.1*lag*math.Exp(0.25*r.NormFloat64()))
		}
	}
	return all
}

func fitted() Model { return Fit(made(7, 200, today), today) }
