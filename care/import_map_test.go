package care_test

import (
	"math"
	"testing"

	"huifang/care"
)

func TestPositionsOfChineseMapsAreConverted(t *testing.T) {
	onEachWithFiles(t, func(t *testing.T, w *files) {
		w.loads(book())
		file := func(cells string) care.ImportInput {
			return care.ImportInput{Accounts: accounts("会员号,姓名,负责人工号,坐标系,坐标", "C1,王秀兰,R1,"+cells)}
		}
		home := func(lat, lng float64) {
			t.Helper()
			if a := w.numbered("C1"); a.Lat == nil || math.Abs(*a.Lat-lat) > 1e-6 || math.Abs(*a.Lng-lng) > 1e-6 {
				t.Errorf("the home is at %v,%v, want %v,%v", deref(a.Lat), deref(a.Lng), lat, lng)
			}
		}
		for _, step := range []struct {
			name, cells string
			lat, lng    float64
			tally       string
		}{
			{"taken for what it is not", `,"39.913345,116.384047"`, 39.913345, 116.384047, "1 updated, 0 unchanged"},
			{"said to be of a Chinese map", `GCJ02,"39.913345,116.384047"`, 39.911954, 116.377817, "1 updated, 0 unchanged"},
			{"again", `高德,"39.913345,116.384047"`, 39.911954, 116.377817, "0 updated, 1 unchanged"},
			{"a datum alone says nothing", `腾讯,`, 39.911954, 116.377817, "0 updated, 1 unchanged"},
			{"measured by a phone", `gps,"39.911954,116.377817"`, 39.911954, 116.377817, "0 updated, 1 unchanged"},
		} {
			t.Run(step.name, func(t *testing.T) {
				r := w.loads(file(step.cells))
				if got, want := tallies(r), "ACCOUNTS 1: 0 added, "+step.tally; got != want {
					t.Errorf("%s, want %s", got, want)
				}
				home(step.lat, step.lng)
			})
		}
	})
}

func TestStartsOfRepsAreConverted(t *testing.T) {
	onEachWithFiles(t, func(t *testing.T, w *files) {
		w.loads(book())
		for _, step := range []struct{ name, cells string }{
			{"of a Chinese map", `GCJ02,"39.913345,116.384047"`},
			{"of a phone", `,"39.911954,116.377817"`},
		} {
			w.loads(care.ImportInput{Reps: reps("工号,姓名,坐标系,出发位置", "R1,张伟,"+step.cells)})
			u := w.staffed("R1")
			lies(t, "the start "+step.name, u.StartLat, u.StartLng, byAPhone)
		}
	})
}

func deref(f *float64) float64 {
	if f == nil {
		return math.NaN()
	}
	return *f
}
