package sheets

import (
	"regexp"
	"strconv"
)

// Position is a point on the map in degrees.
type Position struct{ Lat, Lng float64 }

var pair = regexp.MustCompile(`^\(?([+-]?\d{1,3}(?:\.\d+)?)(?: *[,;] *| +)([+-]?\d{1,3}(?:\.\d+)?)\)?$`)

// inCountry is China's bounding box, islands included.
func (p Position) inCountry() bool {
	return p.Lat >= 3.4 && p.Lat <= 53.6 && p.Lng >= 73.4 && p.Lng <= 135.1
}

// ReadPosition reads "latitude,longitude" in degrees, inside the country.
func ReadPosition(s string) (Position, error) {
	m := pair.FindStringSubmatch(plainText(s))
	if m == nil {
		return Position{}, badPosition()
	}
	lat, _ := strconv.ParseFloat(m[1], 64)
	lng, _ := strconv.ParseFloat(m[2], 64)
	p := Position{Lat: lat, Lng: lng}
	switch {
	case p.inCountry():
		return p, nil
	case (Position{Lat: lng, Lng: lat}).inCountry():
		return Position{}, swapped()
	}
	return Position{}, abroad()
}
