package schedule

import "math"

// Speeds in km/h by mode and road distance by straight distance, where a company has not set its own (D5).
const (
	WalkSpeed     = 5.0
	EBikeSpeed    = 18.0
	CarSpeed      = 28.0
	BusSpeed      = 15.0
	DefaultDetour = 1.3
)

const earthRadius = 6_371_008.8 // mean, in metres

// longestTravel bounds what a Travel may answer: a week.
const longestTravel = 7 * 24 * 60

// Haversine is travel by great circle × detour ÷ speed. Zero fields mean DefaultDetour and CarSpeed.
type Haversine struct {
	Detour    float64
	KmPerHour float64
}

// Minutes implements Travel.
func (h Haversine) Minutes(from, to Point) int {
	if from == to {
		return 0
	}
	km := Meters(from, to) / 1000 * positive(h.Detour, DefaultDetour)
	// A millionth of a minute less, so that the last bit of a float never decides about a minute.
	return int(min(math.Ceil(km/positive(h.KmPerHour, CarSpeed)*60-1e-6), longestTravel))
}

func positive(v, otherwise float64) float64 {
	if v > 0 {
		return v
	}
	return otherwise
}

// Meters is the great-circle distance of two points.
func Meters(a, b Point) float64 {
	const radian = math.Pi / 180
	sinLat := math.Sin((b.Lat - a.Lat) * radian / 2)
	sinLng := math.Sin((b.Lng - a.Lng) * radian / 2)
	// The conversions keep every machine from fusing multiplication and addition: the same plan everywhere.
	h := float64(sinLat*sinLat) + float64(math.Cos(a.Lat*radian)*math.Cos(b.Lat*radian)*float64(sinLng*sinLng))
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}

// atlas numbers the places of a problem and remembers the way between two of them once it was asked for.
type atlas struct {
	travel Travel
	index  map[Point]int
	points []Point
	table  []int16 // -1 not asked yet; nil with more than maxTable places
}

const (
	nowhere  = -1
	maxTable = 1500
)

func (a *atlas) add(p *Point) int {
	if p == nil {
		return nowhere
	}
	if i, ok := a.index[*p]; ok {
		return i
	}
	a.index[*p] = len(a.points)
	a.points = append(a.points, *p)
	return len(a.points) - 1
}

// seal makes the table; no place is added afterwards.
func (a *atlas) seal() {
	if len(a.points) > maxTable {
		return
	}
	a.table = make([]int16, len(a.points)*len(a.points))
	for i := range a.table {
		a.table[i] = -1
	}
}

// fill asks for every way at once, so that several may look at the table.
func (a *atlas) fill() {
	for i := range a.points {
		for j := range a.points {
			if a.table != nil {
				a.minutes(i, j)
			}
		}
	}
}

// minutes is 0 from or to nowhere.
func (a *atlas) minutes(from, to int) int {
	if from < 0 || to < 0 || from == to {
		return 0
	}
	if a.table == nil {
		return a.ask(from, to)
	}
	cell := &a.table[from*len(a.points)+to]
	if *cell < 0 {
		*cell = int16(a.ask(from, to))
	}
	return int(*cell)
}

func (a *atlas) ask(from, to int) int {
	return min(max(a.travel.Minutes(a.points[from], a.points[to]), 0), longestTravel)
}
