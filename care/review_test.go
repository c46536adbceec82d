package care

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huifang/cadence"
	"huifang/id"
	"huifang/models"
)

func TestReview(t *testing.T) {
	at := time.Date(2026, 3, 4, 2, 0, 0, 0, time.UTC)
	f := func(x float64) *float64 { return &x }
	other := id.ID{15: 9}
	visit := models.ContactLog{Kind: cadence.HomeVisit, Outcome: cadence.Met, StartedAt: at}
	near := func(minutes int, where *spot) neighbour {
		return neighbour{account: other, kind: cadence.HomeVisit, at: at.Add(time.Duration(minutes) * time.Minute), where: where}
	}
	for _, c := range []struct {
		name string
		in   func(*sight)
		want []Flag
	}{
		{"a plain visit", func(*sight) {}, nil},
		{"no position is not far", func(s *sight) { s.home = &spot{36, 117} }, nil},
		{"no home is not far", func(s *sight) { s.log.Lat, s.log.Lng = f(36), f(117) }, nil},
		{"999 m away", func(s *sight) { s.home, s.log.Lat, s.log.Lng = &spot{36, 117}, f(36.00898), f(117) }, nil},
		{"1001 m away", func(s *sight) { s.home, s.log.Lat, s.log.Lng = &spot{36, 117}, f(36.0091), f(117) }, []Flag{FlagFar}},
		{"a call may come from anywhere", func(s *sight) {
			s.log.Kind, s.log.Outcome = cadence.Call, cadence.Talked
			s.home, s.log.Lat, s.log.Lng = &spot{36, 117}, f(30), f(117)
		}, nil},
		{"two minutes are enough", func(s *sight) { end := at.Add(2 * time.Minute); s.log.EndedAt = &end }, nil},
		{"nobody at home takes no time", func(s *sight) { s.log.Outcome, s.log.EndedAt = cadence.NotHome, &at }, nil},
		{"thirty days late is late enough for a look", func(s *sight) { s.now = at.AddDate(0, 0, 31) }, []Flag{FlagVeryLate}},
		{"five homes in an hour can be", func(s *sight) {
			s.around = []neighbour{near(-25, nil), near(-15, nil), near(10, nil), near(25, nil)}
		}, nil},
		{"six cannot", func(s *sight) {
			s.around = []neighbour{near(-25, nil), near(-15, nil), near(10, nil), near(20, nil), near(25, nil)}
		}, []Flag{FlagMany}},
		{"twenty kilometres in ten minutes", func(s *sight) {
			s.home, s.around = &spot{36, 117}, []neighbour{near(-10, &spot{36.18, 117})}
		}, nil},
		{"thirty kilometres in ten minutes", func(s *sight) {
			s.home, s.around = &spot{36, 117}, []neighbour{near(-10, &spot{36.28, 117})}
		}, []Flag{FlagTravel}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sight{log: visit, now: at.Add(time.Hour)}
			c.in(&s)
			if diff := cmp.Diff(c.want, review(defaultReview(), s)); diff != "" {
				t.Errorf("flags (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMetresIsADistance(t *testing.T) {
	if d := metres(spot{36, 117}, spot{37, 117}); math.Abs(d-111195) > 1 {
		t.Errorf("a degree of latitude is %f m", d)
	}
	place := rapid.Custom(func(t *rapid.T) spot {
		return spot{rapid.Float64Range(-89, 89).Draw(t, "lat"), rapid.Float64Range(-179, 179).Draw(t, "lng")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := place.Draw(t, "a"), place.Draw(t, "b"), place.Draw(t, "c")
		if metres(a, a) != 0 || math.Abs(metres(a, b)-metres(b, a)) > 1e-6 {
			t.Fatal("not a distance")
		}
		if metres(a, c) > metres(a, b)+metres(b, c)+1e-3 {
			t.Fatal("a detour is shorter")
		}
		box := models.BoxAround(a.lat, a.lng, 2000)
		to := spot{a.lat + rapid.Float64Range(-0.03, 0.03).Draw(t, "dLat"), a.lng + rapid.Float64Range(-0.5, 0.5).Draw(t, "dLng")}
		inside := to.lat >= box.South && to.lat <= box.North && to.lng >= box.West && to.lng <= box.East
		if metres(a, to) <= 2000 && !inside && to.lng > -180 && to.lng < 180 {
			t.Fatal("the box misses a place within the circle")
		}
	})
}
