// Package geo turns positions between WGS-84, in which phones measure, and GCJ-02, in which Chinese maps (Amap, Tencent)
// draw: the same numbers mean places some 500 m apart. Positions are stored in WGS-84; see docs/domain.md.
//
// The phone computes the same (app/src/rules); the files of testdata hold both to it.
package geo

import "math"

// Point is a place on the earth, in degrees.
type Point struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

// The ellipsoid of GCJ-02 is that of Krasovsky.
const (
	axis         = 6378245.0
	eccentricity = 0.00669342162296594323 // squared
)

// InChina tells whether GCJ-02 differs from WGS-84 at a place. Every map goes by this rectangle and not by the border.
func InChina(p Point) bool {
	return p.Lat >= 0.8293 && p.Lat <= 55.8271 && p.Lng >= 72.004 && p.Lng <= 137.8347
}

// ToGCJ turns a WGS-84 position into GCJ-02. Outside China it stays as it is.
func ToGCJ(p Point) Point {
	if !InChina(p) {
		return p
	}
	d := shift(p)
	return Point{p.Lat + d.Lat, p.Lng + d.Lng}
}

// rounds of the inverse: each leaves less than a hundredth of the error before it, so five are below a micrometre.
const rounds = 5

// ToWGS turns a GCJ-02 position into WGS-84. There is no formula for it: the shift is taken off where it leads from.
func ToWGS(p Point) Point {
	if !InChina(p) {
		return p
	}
	at := p
	for range rounds {
		d := shift(at)
		at = Point{p.Lat - d.Lat, p.Lng - d.Lng}
	}
	return at
}

// shift is what GCJ-02 adds to a WGS-84 position.
func shift(p Point) Point {
	x, y := p.Lng-105, p.Lat-35
	lat := radians(p.Lat)
	sin := math.Sin(lat)
	w := 1 - eccentricity*sin*sin
	north := axis * (1 - eccentricity) / (w * math.Sqrt(w)) // radius of curvature along the meridian
	east := axis / math.Sqrt(w) * math.Cos(lat)
	return Point{Lat: degrees(northward(x, y) / north), Lng: degrees(eastward(x, y) / east)}
}

// northward and eastward are the shift in metres.
func northward(x, y float64) float64 {
	return -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) +
		thirds(wave(20, 6*x)+wave(20, 2*x)+wave(20, y)+wave(40, y/3)+wave(160, y/12)+wave(320, y/30))
}

func eastward(x, y float64) float64 {
	return 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) +
		thirds(wave(20, 6*x)+wave(20, 2*x)+wave(20, x)+wave(40, x/3)+wave(150, x/12)+wave(300, x/30))
}

func wave(height, halfTurns float64) float64 { return height * math.Sin(halfTurns*math.Pi) }

func thirds(v float64) float64 { return v * 2 / 3 }

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

func degrees(radians float64) float64 { return radians * 180 / math.Pi }
