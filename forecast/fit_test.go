package forecast

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"huifang/civil"

	"github.com/google/go-cmp/cmp"
)

func TestFewBuyersUseTheShippedPrior(t *testing.T) {
	if m := Fit(append(made(3, 19, today), make([]History, 100)...), today); m.Customers() != 0 {
		t.Errorf("fitted on %d buyers", m.Customers())
	}
	if m := Fit(made(3, 20, today), today); m.Customers() != 20 {
		t.Errorf("fitted on %d buyers, want 20", m.Customers())
	}
}

func TestFitIsDeterministic(t *testing.T) {
	a, err := json.Marshal(fitted())
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(fitted())
	if err != nil {
		t.Fatal(err)
	}
	if string(a) != string(b) {
		t.Error("two fits of the same histories differ")
	}
}

func TestFitKnowsNothingOfTheFuture(t *testing.T) {
	all := made(3, 100, today)
	past := make([]History, len(all))
	cut := today - 90
	for i, h := range all {
		for _, p := range h.Purchases {
			if p.Day <= cut {
				past[i].Purchases = append(past[i].Purchases, p)
			}
		}
	}
	a, _ := json.Marshal(Fit(all, cut))
	b, _ := json.Marshal(Fit(past, cut))
	if string(a) != string(b) {
		t.Error("later purchases changed the fit")
	}
}

func TestFitFindsThatSupplyMatters(t *testing.T) {
	if got := fitted().Power(); got < 0.75 {
		t.Errorf("γ = %v where gaps grow in proportion to supply", got)
	}
}

func TestFitFindsThatSupplyDoesNotMatter(t *testing.T) {
	all := made(5, 300, today)
	for i := range all {
		for j := range all[i].Purchases {
			all[i].Purchases[j].Supply = []int{10, 200}[(i+j)%2]
		}
	}
	if got := Fit(all, today).Power(); got > 0.25 {
		t.Errorf("γ = %v where supply is noise", got)
	}
}

func TestOneTimeBuyersTeachCaution(t *testing.T) {
	loyal, fickle := made(3, 60, today), made(3, 60, today)
	for range 240 {
		fickle = append(fickle, regular(1, 0, 400, 0))
	}
	h := regular(1, 0, 20, 0)
	a := Fit(loyal, today).Project(h, DefaultRule(), today, Unknown, nil)
	b := Fit(fickle, today).Project(h, DefaultRule(), today, Unknown, nil)
	if b.P60 > a.P60-0.2 {
		t.Errorf("P60 %.2f among the loyal, %.2f among one-time buyers", a.P60, b.P60)
	}
}

func TestOnlyOneTimeBuyersCanBeFitted(t *testing.T) {
	var all []History
	for i := range 50 {
		all = append(all, regular(1, 0, i*10, 30))
	}
	m := Fit(all, today)
	if m.Customers() != 50 {
		t.Errorf("fitted on %d", m.Customers())
	}
	sane(t, m.Project(all[3], DefaultRule(), today, Unknown, nil), today)
}

// TestBackTest cuts a made book 90 days ago and scores what was foretold by what came.
func TestBackTest(t *testing.T) {
	cut := today - 90
	all := made(11, 600, today)
	m := Fit(all, cut)
	model, naive, prior, n := 0.0, 0.0, 0.0, 0.0
	for _, h := range all {
		p := pathOf(h, cut)
		if p.bought == 0 {
			continue
		}
		b := bucket(h, cut)
		model += loss(shares(m.Project(h, DefaultRule(), cut, Unknown, nil)), b)
		prior += loss(shares(Prior().Project(h, DefaultRule(), cut, Unknown, nil)), b)
		naive += loss(naiveShares(p), b)
		n++
	}
	t.Logf("log-loss over %v accounts: model %.3f, prior %.3f, naive %.3f", n, model/n, prior/n, naive/n)
	if model > 0.6*naive || model > prior {
		t.Errorf("log-loss %.3f, naive %.3f, prior %.3f", model/n, naive/n, prior/n)
	}
}

func shares(p Projection) [4]float64 {
	return [4]float64{p.P30, p.P60 - p.P30, p.P90 - p.P60, 1 - p.P90}
}

// naiveShares is certain that the median gap (30 days for one purchase) comes again.
func naiveShares(p path) (s [4]float64) {
	gap := 30.0
	if len(p.gaps) > 0 {
		gap = middle(p.gaps, gapDays)
	}
	if p.elapsed > 3*gap {
		s[3] = 1
		return s
	}
	s[ahead(int64(gap-p.elapsed)).rank()] = 1
	return s
}

func bucket(h History, cut civil.Date) int {
	next := int64(math.MaxInt32)
	for _, p := range h.Purchases {
		if p.Day > cut {
			next = min(next, int64(p.Day-cut))
		}
	}
	return ahead(next).rank()
}

func loss(shares [4]float64, b int) float64 { return -math.Log(max(shares[b], 5e-4)) }

func TestAStoredModelProjectsTheSame(t *testing.T) {
	for _, m := range []Model{Prior(), fitted()} {
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > 12_000 {
			t.Errorf("%d bytes", len(b))
		}
		var read Model
		if err := json.Unmarshal(b, &read); err != nil {
			t.Fatal(err)
		}
		for _, h := range made(2, 30, today) {
			want, got := m.Project(h, DefaultRule(), today, Unknown, nil), read.Project(h, DefaultRule(), today, Unknown, nil)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		}
		if read.Customers() != m.Customers() || read.Power() != m.Power() {
			t.Errorf("read %d buyers, power %v", read.Customers(), read.Power())
		}
	}
}

func TestAnUnusableModelIsRefused(t *testing.T) {
	good, err := json.Marshal(Prior())
	if err != nil {
		t.Fatal(err)
	}
	change := func(old, new string) string { return strings.Replace(string(good), old, new, 1) }
	tests := []struct {
		name, text string
		want       error
	}{
		{"a later version", change(`"version":2`, `"version":3`), ErrVersion},
		{"no version", `{}`, ErrVersion},
		{"another kind of value", `[]`, ErrModel},
		{"too few weights", `{"version":2,"supply":30,"low":1,"high":2,"weights":"AAAA"}`, ErrModel},
		{"an axis upside down", change(`"low":`, `"low":99,"x":`), ErrModel},
		{"a power out of range", change(`"power":1`, `"power":7`), ErrModel},
		{"a rival that is none", change(`"customers":0`, `"customers":0,"trust":0.5,"rival":[1,1,0,1]`), ErrModel},
		{"a rival trusted too much", change(`"customers":0`, `"customers":0,"trust":2,"rival":[1,1,1,1]`), ErrModel},
		{"a rival that is missing", change(`"customers":0`, `"customers":0,"trust":0.5`), ErrModel},
		{"negative customers", change(`"customers":0`, `"customers":-1`), ErrModel},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := fitted()
			if err := m.UnmarshalJSON([]byte(test.text)); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
			if m.Customers() != 200 {
				t.Error("a failed read changed the model")
			}
		})
	}
}

func BenchmarkFit2400(b *testing.B) {
	all := made(1, 2_400, today)
	for b.Loop() {
		Fit(all, today)
	}
}

func BenchmarkProject(b *testing.B) {
	m, all := fitted(), made(1, 500, today)
	i := 0
	for b.Loop() {
		m.Project(all[i%len(all)], DefaultRule(), today, Unknown, nil)
		i++
	}
}
