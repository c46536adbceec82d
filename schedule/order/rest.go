package order

// rest knows the shortest road over any choice of visits to the end, hours left aside: what no day can beat.
type rest struct {
	bit   []int // by stop: its number among the visits, -1 for calls
	n     int
	table []int32 // by choice and the visit it begins at
	start []int32 // by choice, from the place where the day begins
}

// mostRest is how many visits the table is made for.
const mostRest = MostExact

// newRest is nil where there are too many visits.
func newRest(d *Day) *rest {
	r := &rest{bit: make([]int, len(d.Stops))}
	var places []int
	for i, s := range d.Stops {
		r.bit[i] = -1
		if s.Place >= 0 {
			r.bit[i] = len(places)
			places = append(places, s.Place)
		}
	}
	if r.n = len(places); r.n > mostRest {
		return nil
	}
	r.fill(d, places)
	return r
}

// fill works from the end backwards: table[c][v] is the road from visit v over all of choice c, v not among them.
func (r *rest) fill(d *Day, places []int) {
	r.table, r.start = make([]int32, r.n<<r.n), make([]int32, 1<<r.n)
	ways := make([]int32, r.n*r.n)
	for v, from := range places {
		r.table[v] = int32(d.way(from, d.To))
		for u, to := range places {
			ways[v*r.n+u] = int32(d.way(from, to))
		}
	}
	r.start[0] = int32(d.way(d.From, d.To))
	for c := 1; c < 1<<r.n; c++ {
		for v := range r.n {
			if c>>v&1 == 0 {
				r.table[c*r.n+v] = r.over(c, ways[v*r.n:(v+1)*r.n])
			}
		}
		r.start[c] = r.fromStart(d, c, places)
	}
}

// over is the shortest road over a choice that is not empty.
func (r *rest) over(c int, ways []int32) int32 {
	best := int32(never)
	for u, way := range ways {
		if c>>u&1 == 1 {
			best = min(best, way+r.table[(c&^(1<<u))*r.n+u])
		}
	}
	return best
}

func (r *rest) fromStart(d *Day, c int, places []int) int32 {
	best := int32(never)
	for u, to := range places {
		if c>>u&1 == 1 {
			best = min(best, int32(d.way(d.From, to))+r.table[(c&^(1<<u))*r.n+u])
		}
	}
	return best
}
