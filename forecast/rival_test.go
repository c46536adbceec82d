package forecast

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTheRivalIsTrustedAsFarAsItHelps: buyers who keep the clock of their packs leave nothing to a model of chance.
func TestTheRivalIsTrustedAsFarAsItHelps(t *testing.T) {
	if m := Fit(made(11, 600, today), today); m.Trust() != 0 {
		t.Errorf("a share of %v for the rival among buyers with a rhythm", m.Trust())
	}
}

func TestAModelWithARivalIsStoredWhole(t *testing.T) {
	m := Fit(made(3, 200, today), today)
	paths := buyers(made(3, 200, today), today)
	m.rival.R, m.rival.Alpha, m.rival.A, m.rival.B, m.rival.K, m.rival.FromFirst, m.rival.trust = .3, 40, .8, 2.4, 1, true, .5
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var read Model
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	for _, p := range paths[:50] {
		a, _ := m.project(p, DefaultRule(), today, Unknown)
		b, _ := read.project(p, DefaultRule(), today, Unknown)
		if diff := cmp.Diff(a, b); diff != "" {
			t.Fatal(diff)
		}
		sane(t, a, today)
	}
}

// TestTheRivalHasItsShare: a probability lies between the grid's and the rival's, as far as it is trusted.
func TestTheRivalHasItsShare(t *testing.T) {
	m := Fit(made(3, 200, today), today)
	m.rival.trust = 0
	p := pathOf(regular(5, 30, 10, 0), today)
	own := m.believe(p)
	m.rival.R, m.rival.Alpha, m.rival.A, m.rival.B, m.rival.K, m.rival.FromFirst = .3, 40, .8, 2.4, 1, true
	for _, trust := range []float64{.25, .5, 1} {
		m.rival.trust = trust
		both := m.believe(p)
		want := (1-trust)*own.within(30) + trust*(1-m.rival.Silent(m.clock.buyer(p), 30*own.speed))
		if got := both.within(30); got < want-1e-12 || got > want+1e-12 {
			t.Errorf("trust %v: %v, want %v", trust, got, want)
		}
	}
}
