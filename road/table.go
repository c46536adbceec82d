package road

import (
	"math"

	"huifang/schedule"
)

// spot is a place to a hundred-thousandth of a degree, about a metre: what a server is asked for.
type spot struct{ lat, lng int32 }

const perDegree = 1e5

func spotOf(p schedule.Point) spot {
	return spot{int32(math.Round(p.Lat * perDegree)), int32(math.Round(p.Lng * perDegree))}
}

// tenths are a travel time in tenths of a second, in which OSRM answers.
type tenths int32

const (
	unknown   tenths = -1 // not asked for yet
	noWay     tenths = -2 // the server knows no way
	longest   tenths = 7 * 24 * 3600 * 10
	perMinute        = 600
)

// Table is the travel times among some places by road. It does not change. The nil value knows no way.
type Table struct {
	index map[spot]int
	spots []spot
	cells []tenths // row by row, from and to
}

// blank is a table in which nothing is known but that it takes no time to stay.
func blank(places []schedule.Point) *Table {
	t := &Table{index: map[spot]int{}}
	for _, p := range places {
		s := spotOf(p)
		if _, known := t.index[s]; !known {
			t.index[s] = len(t.spots)
			t.spots = append(t.spots, s)
		}
	}
	t.cells = make([]tenths, len(t.spots)*len(t.spots))
	for i := range t.cells {
		t.cells[i] = unknown
	}
	for i := range t.spots {
		*t.cell(i, i) = 0
	}
	return t
}

func (t *Table) cell(from, to int) *tenths { return &t.cells[from*len(t.spots)+to] }

// Travel is travel by the table, with every time multiplied by slower, 0 meaning 1. Where the table knows no way it is
// otherwise.
func (t *Table) Travel(slower float64, otherwise schedule.Travel) schedule.Travel {
	if t == nil {
		return otherwise
	}
	if slower == 0 {
		slower = 1
	}
	return trip{t, slower, otherwise}
}

type trip struct {
	table     *Table
	slower    float64
	otherwise schedule.Travel
}

// Minutes implements schedule.Travel.
func (t trip) Minutes(from, to schedule.Point) int {
	if from == to {
		return 0
	}
	i, here := t.table.index[spotOf(from)]
	j, there := t.table.index[spotOf(to)]
	if !here || !there || *t.table.cell(i, j) < 0 {
		return t.otherwise.Minutes(from, to)
	}
	// A millionth of a minute less, so that the last bit of a float never decides about a minute.
	return int(math.Ceil(float64(*t.table.cell(i, j))*t.slower/perMinute - 1e-6))
}
