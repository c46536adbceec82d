package care

import (
	"math"

	"huifang/geo"
)

// Datum is what the numbers of a position are measured in. Empty is WGS84. Whatever comes in is kept in WGS-84.
type Datum string

// The datums: phones and road servers measure in WGS-84, Chinese maps show GCJ-02.
const (
	WGS84 Datum = "WGS84"
	GCJ02 Datum = "GCJ02"
)

func (d Datum) check(field string) error {
	switch d {
	case "", WGS84, GCJ02:
		return nil
	}
	return Invalid(field, "%q is no datum: choose WGS84 or GCJ02", string(d)).By("enum")
}

// stored is a position in this datum as rows hold it.
func (d Datum) stored(lat, lng float64) (float64, float64) {
	if d != GCJ02 {
		return lat, lng
	}
	at := rounded(geo.ToWGS(geo.Point{Lat: lat, Lng: lng}))
	return at.Lat, at.Lng
}

// shown is a stored position in this datum.
func (d Datum) shown(lat, lng float64) (float64, float64) {
	if d != GCJ02 {
		return lat, lng
	}
	at := rounded(geo.ToGCJ(geo.Point{Lat: lat, Lng: lng}))
	return at.Lat, at.Lng
}

// rounded to a millionth of a degree, a tenth of a metre.
func rounded(p geo.Point) geo.Point {
	return geo.Point{Lat: math.Round(p.Lat*1e6) / 1e6, Lng: math.Round(p.Lng*1e6) / 1e6}
}

// storedMaybe is stored for a position that may be missing.
func (d Datum) storedMaybe(lat, lng *float64) (*float64, *float64) {
	if lat == nil || lng == nil {
		return nil, nil
	}
	n, e := d.stored(*lat, *lng)
	return &n, &e
}
