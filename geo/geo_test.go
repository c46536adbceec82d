package geo_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"huifang/geo"
	"huifang/schedule"
)

// centimetre is about one, in degrees; makers of the published figures took slightly different ellipsoids.
const centimetre = 1e-7

func vectors[T any](t *testing.T, file string) []T {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d vectors in %s", len(all), file)
	}
	return all
}

func TestTheSharedVectorsOfGCJ02(t *testing.T) {
	for _, v := range vectors[struct {
		Name     string
		WGS, GCJ geo.Point
	}](t, "testdata/gcj02.json") {
		t.Run(v.Name, func(t *testing.T) {
			if got := geo.ToGCJ(v.WGS); off(got, v.GCJ) > centimetre {
				t.Errorf("to GCJ-02: %v, want %v", got, v.GCJ)
			}
			if got := geo.ToWGS(v.GCJ); off(got, v.WGS) > centimetre {
				t.Errorf("to WGS-84: %v, want %v", got, v.WGS)
			}
			if !geo.InChina(v.WGS) && geo.ToGCJ(v.WGS) != v.WGS {
				t.Error("moved outside China")
			}
		})
	}
}

// The vectors of distance stand here, where the phone looks for geography; the one who measures is the schedule.
func TestTheSharedVectorsOfDistance(t *testing.T) {
	for _, v := range vectors[struct {
		Name           string
		From, To       schedule.Point
		Meters, Within float64
	}](t, "testdata/distance.json") {
		t.Run(v.Name, func(t *testing.T) {
			for _, got := range []float64{schedule.Meters(v.From, v.To), schedule.Meters(v.To, v.From)} {
				if !(math.Abs(got-v.Meters) <= v.Within) {
					t.Errorf("%f m, want %f ± %f", got, v.Meters, v.Within)
				}
			}
		})
	}
}

func TestThereAndBackIsTheSamePlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lat: rapid.Float64Range(1, 55.7).Draw(t, "lat"), Lng: rapid.Float64Range(72.1, 137.7).Draw(t, "lng")}
		moved := geo.ToGCJ(p)
		if off(moved, p) > 0.02 || moved == p {
			t.Fatalf("%v moved to %v", p, moved)
		}
		back := geo.ToWGS(moved)
		if m := schedule.Meters(schedule.Point(p), schedule.Point(back)); m > 0.01 {
			t.Fatalf("%v came back as %v, %f m off", p, back, m)
		}
	})
}

// off is by how many degrees two places differ, the worse of the two numbers.
func off(a, b geo.Point) float64 { return max(math.Abs(a.Lat-b.Lat), math.Abs(a.Lng-b.Lng)) }
