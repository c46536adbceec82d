package road

import (
	"slices"
	"strconv"
	"strings"
)

// tableSize is how many places one request names: as many as OSRM takes unless it is told otherwise (--max-table-size).
const tableSize = 100

// ask is one request: the ways from some spots of a table to others, by number.
type ask struct{ from, to []int }

// asks are the requests that complete a table.
func (t *Table) asks() []ask {
	var out []ask
	groups := t.groups()
	for _, sources := range groups {
		for _, targets := range groups {
			if a := t.lacking(sources, targets); len(a.from) > 0 {
				out = append(out, a)
			}
		}
	}
	return out
}

// groups are the spots in parts, any two of which one request may name. Everything is one where it may.
func (t *Table) groups() [][]int {
	all := make([]int, len(t.spots))
	for i := range all {
		all[i] = i
	}
	if len(all) <= tableSize {
		return [][]int{all}
	}
	return slices.Collect(slices.Chunk(all, tableSize/2))
}

// lacking are the sources and targets between which something is unknown.
func (t *Table) lacking(sources, targets []int) ask {
	var a ask
	wanted := map[int]bool{}
	for _, i := range sources {
		lacks := false
		for _, j := range targets {
			if *t.cell(i, j) == unknown {
				lacks, wanted[j] = true, true
			}
		}
		if lacks {
			a.from = append(a.from, i)
		}
	}
	for _, j := range targets {
		if wanted[j] {
			a.to = append(a.to, j)
		}
	}
	return a
}

// path is the request as OSRM writes it: each spot once, longitude first, then the numbers of sources and destinations.
func (t *Table) path(a ask) string {
	spots := slices.Concat(a.from, a.to)
	slices.Sort(spots)
	spots = slices.Compact(spots)
	var places []string
	number := map[int]int{}
	for n, i := range spots {
		number[i] = n
		places = append(places, t.spots[i].text())
	}
	return strings.Join(places, ";") + "?annotations=duration&generate_hints=false" +
		"&sources=" + numbers(a.from, number) + "&destinations=" + numbers(a.to, number)
}

func numbers(spots []int, number map[int]int) string {
	out := make([]string, len(spots))
	for n, i := range spots {
		out[n] = strconv.Itoa(number[i])
	}
	return strings.Join(out, ";")
}

func (s spot) text() string { return degrees(s.lng) + "," + degrees(s.lat) }

func degrees(v int32) string { return strconv.FormatFloat(float64(v)/perDegree, 'f', 5, 64) }

// take writes an answer, in seconds, nil where there is no way, into the table. It tells whether the answer has the shape
// that was asked for.
func (t *Table) take(a ask, durations [][]*float64) bool {
	if len(durations) != len(a.from) {
		return false
	}
	for _, row := range durations {
		if len(row) != len(a.to) || slices.ContainsFunc(row, func(v *float64) bool { return v != nil && *v < 0 }) {
			return false
		}
	}
	for n, i := range a.from {
		for m, j := range a.to {
			if i != j {
				*t.cell(i, j) = read10(durations[n][m])
			}
		}
	}
	return true
}

func read10(seconds *float64) tenths {
	if seconds == nil {
		return noWay
	}
	return tenths(min(*seconds*10+0.5, float64(longest)))
}
