package balance

import "math"

const (
	// earthRadius is the mean one, in metres.
	earthRadius = 6_371_008.8
	// zone is Daganzo's constant for the way between the stops of a tour that is one of many through an area.
	zone = 0.57
	// grouped is what is left of the way when each day holds neighbours instead of whoever comes up: see tally.
	grouped = 0.8
	// spreadArea makes an area of a variance: a square's is 6, a disc's 2π times the sum of its variances on two axes.
	spreadArea = 6
	// bicycle is the straight distance of 18 km/h over a detour of 1.3, in metres a minute.
	bicycle = 18_000.0 / 60 / 1.3
)

// tally is what the travel of a set of accounts is reckoned from. It takes in or gives away an account in a few additions.
//
// Travel in a month is estimated by continuous approximation, after Beardwood, Halton and Hammersley (1959: the shortest tour
// through n places in an area A is about 0.7124·√(n·A) long) and Daganzo (1984: the tours that serve an area take 2·r̄·n/C
// for the way out and back, C stops to a tour, and 0.57·√(n·A) between the stops). Here a day is a tour: with D days and v
// visits a month to each place,
//
//	metres = 0.8 · (2·Σ v·r ÷ C + 0.57·√(6·D·S))
//
// where r is the distance from the start of the day, C the visits a day of the whole team, and S = Σ v·|p−c|² the scatter about
// the middle c of the visits: V visits in an area of 6·S/V, V/D of them on each of D days, make √(6·D·S). Both parts only grow
// when an account comes or is visited more often, so the estimate is monotone.
//
// Without the 0.8 it is 0.9 to 1.2 of the best tours through days drawn at random; the planner groups neighbours, and bench/balance holds
// the whole against its plans: what it says of a rep's change agrees with them by r = 0.9 and more. It is there to compare, not to promise.
type tally struct {
	accounts int
	care     float64
	lost     float64 // visits to unknown places
	visits   float64 // to known places
	radial   float64 // Σ v·r
	x, y, q  float64 // Σ v·x, Σ v·y, Σ v·(x²+y²)
}

// stop is an account on the plane.
type stop struct {
	placed       bool
	x, y         float64 // metres from the middle of the team
	care, visits float64
}

// with is the tally with an account more, or with sign -1 one less; from is where its rep starts.
func (t tally) with(s stop, from stop, sign float64) tally {
	t.accounts += int(sign)
	t.care += sign * s.care
	v := sign * s.visits
	if !s.placed {
		t.lost += v
		return t
	}
	t.visits += v
	t.radial += v * math.Hypot(s.x-from.x, s.y-from.y)
	t.x += v * s.x
	t.y += v * s.y
	t.q += v * (float64(s.x*s.x) + float64(s.y*s.y))
	return t
}

// metres is the estimate for known places.
func (t tally) metres(days, perDay float64) float64 {
	if t.visits <= 0 {
		return 0
	}
	scatter := max(0, t.q-(float64(t.x*t.x)+float64(t.y*t.y))/t.visits)
	return grouped * (2*max(0, t.radial)/perDay + zone*math.Sqrt(spreadArea*days*scatter))
}

// plane lays places around their middle on a plane: good for a city and its villages.
type plane struct{ lat, lng, shrink float64 }

func newPlane(places []Place) plane {
	var p plane
	for _, at := range places {
		p.lat += at.Lat / float64(len(places))
		p.lng += at.Lng / float64(len(places))
	}
	p.shrink = math.Cos(p.lat * math.Pi / 180)
	return p
}

func (p plane) point(at Place) (x, y float64) {
	const metresPerDegree = earthRadius * math.Pi / 180
	return (at.Lng - p.lng) * p.shrink * metresPerDegree, (at.Lat - p.lat) * metresPerDegree
}
