package care

import "huifang/sheets"

// onMap is where a row keeps a place, in WGS-84, and the datum of its line, whose column comes before.
type onMap struct {
	datum    *Datum
	lat, lng **float64
}

func (r *accountRow) home() onMap { return onMap{&r.Datum, &r.Lat, &r.Lng} }

func (r *repRow) start() onMap { return onMap{&r.Datum, &r.Lat, &r.Lng} }

// datumColumn says what the position of the line is measured in.
func datumColumn[T any](place func(*T) onMap) column[T] {
	return column[T]{field: "coordinates", zh: "坐标系", en: "Coordinates", also: []string{"坐标类型", "datum"},
		read:  choose(func(r *T) *Datum { return place(r).datum }, datumWords()),
		write: func(r T) string { return place(&r).datumCell() }}
}

func datumWords() []word[Datum] {
	return []word[Datum]{
		{WGS84, []string{"WGS84", "WGS-84", "GPS"}},
		{GCJ02, []string{"GCJ02", "GCJ-02", "高德", "腾讯", "火星坐标", "Amap", "Tencent"}},
	}
}

// datumCell: rows that were read from nowhere hold WGS-84.
func (m onMap) datumCell() string {
	if *m.datum == "" && *m.lat != nil {
		return string(WGS84)
	}
	return chosen(*m.datum, datumWords())
}

// readPlace reads a position in the datum of its line.
func readPlace[T any](place func(*T) onMap) func(*T, string) error {
	return func(row *T, cell string) error {
		at, err := sheets.ReadPosition(cell)
		if err != nil {
			return err
		}
		m := place(row)
		*m.lat, *m.lng = m.datum.storedMaybe(&at.Lat, &at.Lng)
		return nil
	}
}

// writePlace writes a position in the datum of its line.
func writePlace[T any](place func(*T) onMap) func(T) string {
	return func(row T) string {
		m := place(&row)
		if *m.lat == nil || *m.lng == nil {
			return ""
		}
		return positionCell(m.datum.shown(**m.lat, **m.lng))
	}
}
