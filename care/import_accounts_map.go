package care

import (
	"math"

	"huifang/geo"
	"huifang/sheets"
)

// datum is what the numbers of a position are measured in.
type datum string

// The datums. Rows hold WGS-84, as phones measure; Chinese maps show GCJ-02.
const (
	wgs84 datum = "WGS84"
	gcj02 datum = "GCJ02"
)

func datumWords() []word[datum] {
	return []word[datum]{
		{wgs84, []string{"WGS84", "WGS-84", "GPS"}},
		{gcj02, []string{"GCJ02", "GCJ-02", "高德", "腾讯", "火星坐标", "Amap", "Tencent"}},
	}
}

// datumCell: rows that were read from nowhere hold WGS-84.
func datumCell(r accountRow) string {
	if r.Datum == "" && r.Lat != nil {
		return string(wgs84)
	}
	return chosen(r.Datum, datumWords())
}

// readHome reads the position of the home in the datum of its line, whose column comes before.
func readHome(r *accountRow, cell string) error {
	at, err := sheets.ReadPosition(cell)
	if err != nil {
		return err
	}
	if r.Datum == gcj02 {
		at = sheets.Position(rounded(geo.ToWGS(geo.Point(at))))
	}
	r.Lat, r.Lng = &at.Lat, &at.Lng
	return nil
}

// homeCell is the position in the datum of its line.
func homeCell(r accountRow) string {
	if r.Datum != gcj02 || r.Lat == nil || r.Lng == nil {
		return positionCell(r.Lat, r.Lng)
	}
	at := rounded(geo.ToGCJ(geo.Point{Lat: *r.Lat, Lng: *r.Lng}))
	return positionCell(&at.Lat, &at.Lng)
}

// rounded to a millionth of a degree, a tenth of a metre.
func rounded(p geo.Point) geo.Point {
	return geo.Point{Lat: math.Round(p.Lat*1e6) / 1e6, Lng: math.Round(p.Lng*1e6) / 1e6}
}
