package schedule

import (
	"math"
	"testing"
)

// people is the square of Shanghai, tower the far bank of its river.
var (
	people = Point{Lat: 31.2304, Lng: 121.4737}
	tower  = Point{Lat: 31.2397, Lng: 121.4998}
)

func TestMeters(t *testing.T) {
	degree := earthRadius * math.Pi / 180
	for _, test := range []struct {
		name string
		a, b Point
		want float64
	}{
		{"nowhere to go", people, people, 0},
		{"a degree along the equator", Point{}, Point{Lng: 1}, degree},
		{"a degree along a meridian", Point{Lat: 30, Lng: 120}, Point{Lat: 31, Lng: 120}, degree},
		{"a degree of longitude at 60 north is half as long, less the bend", Point{Lat: 60}, Point{Lat: 60, Lng: 1}, 55_597},
		{"to the other end of the world", Point{Lat: 90}, Point{Lat: -90}, 180 * degree},
		{"across the date line", Point{Lng: 179.5}, Point{Lng: -179.5}, degree},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Meters(test.a, test.b); math.Abs(got-test.want) > 1 {
				t.Errorf("%.1f m, want %.1f", got, test.want)
			}
		})
	}
}

func TestHaversineMinutes(t *testing.T) {
	north := Point{Lat: people.Lat + 10_000/(earthRadius*math.Pi/180), Lng: people.Lng} // 10 km
	for _, test := range []struct {
		name string
		by   Haversine
		to   Point
		want int
	}{
		{"from a point to itself", Haversine{}, people, 0},
		{"10 km without detour at 60 km/h: 10 minutes", Haversine{1, 60}, north, 10},
		{"rounded up", Haversine{1, 59}, north, 11},
		{"by default a car, 13 km at 28 km/h", Haversine{}, north, 28},
		{"on foot", Haversine{KmPerHour: WalkSpeed}, north, 156},
		{"by e-bike", Haversine{KmPerHour: EBikeSpeed}, north, 44},
		{"by bus", Haversine{KmPerHour: BusSpeed}, north, 52},
		{"nonsense means the defaults", Haversine{math.NaN(), -3}, north, 28},
		{"never more than a week", Haversine{KmPerHour: 1e-9}, tower, longestTravel},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.by.Minutes(people, test.to); got != test.want {
				t.Errorf("%d minutes, want %d", got, test.want)
			}
		})
	}
}

// wild is a Travel that answers nonsense.
type wild int

func (w wild) Minutes(Point, Point) int { return int(w) }

func TestWildTravelIsBounded(t *testing.T) {
	p := based(week(1, fullDay, visitAt("a", 10, 0, 0, 0), visitAt("b", 20, 0, 0, 0)), at(0), at(0))
	p.Travel = wild(-50)
	if got, want := tell(p, solve(t, p)), "0 09:00 a | 0 10:00 b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	p.Travel = wild(math.MaxInt)
	if got, want := tell(p, solve(t, p)), "shed a TOO_LONG | shed b TOO_LONG"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
