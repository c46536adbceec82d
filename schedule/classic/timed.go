package classic

import (
	"slices"

	"huifang/schedule/search"
)

// timed are routes with time windows: distance, with capacity, duration and lateness as soft limits. What a change does
// to the hours of a route is told in constant time from what lies before and behind it.
type timed struct {
	*grid
	routes []ride
	kept   []ride
	length int64
	over   int64 // load above capacity
	late   int64 // lateness, and duration above the longest
	heavy  price
	rush   price
}

// ride is one route: ahead[k] is the part before visit k from the depot on, behind[k+1] the part from visit k to the depot
// (for the last visit and one more, the depot alone), and behind[0] the whole.
type ride struct {
	seq           []int32
	length, load  int64
	ahead, behind []stretch
}

// stretch is a part of a route in time (Vidal et al., Computers & Operations Research 40, 2013).
type stretch struct {
	duration    int64 // with waiting, and as if lateness were taken back at once
	lateness    int64 // taken back on it
	first, last int64 // it takes least and is least late when begun between these
}

// then is one stretch after another with a way between.
func (a stretch) then(way int64, b stretch) stretch {
	gap := a.duration - a.lateness + way
	wait := max(b.first-gap-a.last, 0)
	late := max(a.first+gap-b.last, 0)
	return stretch{
		duration: a.duration + b.duration + way + wait,
		lateness: a.lateness + b.lateness + late,
		first:    max(b.first-gap, a.first) - wait,
		last:     min(b.last-gap, a.last) + late,
	}
}

func newTimed(g *grid) *timed {
	t := &timed{grid: g, routes: make([]ride, len(g.dayOf)), kept: make([]ride, len(g.dayOf))}
	t.heavy, t.rush = g.newPrices()
	for r := range t.routes {
		t.refresh(int32(r))
	}
	return t
}

func (t *timed) Seq(r int32) []int32 { return t.routes[r].seq }

func (t *timed) single(node int32) stretch {
	return stretch{duration: t.service[node], first: t.ready[node], last: t.due[node]}
}

// home is the depot at either end of a route.
func (t *timed) home(r int32) (int32, stretch) {
	depot := t.depot[t.dayOf[r]]
	return depot, stretch{first: t.ready[depot], last: t.due[depot]}
}

// node is where the k-th visit of a route lies, the depot before the first and behind the last.
func (t *timed) node(r int32, k int) int32 {
	if seq := t.routes[r].seq; k >= 0 && k < len(seq) {
		return t.units[seq[k]]
	}
	return t.depot[t.dayOf[r]]
}

// tardy is by how much a route breaks the soft limits of time.
func (t *timed) tardy(r int32, whole stretch) int64 {
	return whole.lateness + max(0, whole.duration-whole.lateness-t.longest[t.dayOf[r]])
}

func (t *timed) whole(r int32) stretch { return t.routes[r].behind[0] }

func (t *timed) Probe(u, r int32, but int16) search.Probe {
	ride, node := &t.routes[r], t.units[u]
	out := search.Probe{Cost: search.Never}
	self, now := t.single(node), t.tardy(r, t.whole(r))
	for k := 0; k <= len(ride.seq); k++ {
		before, after := t.node(r, k-1), t.node(r, k)
		to, from := int64(t.between(before, node)), int64(t.between(node, after))
		cost := to + from - int64(t.between(before, after))
		if len(ride.seq) == 0 {
			cost = to + from
		}
		if cost >= out.Cost || k == int(but) {
			continue
		}
		whole := ride.ahead[k].then(to, self).then(from, ride.behind[k+1])
		if cost += t.rush.of(t.tardy(r, whole) - now); cost < out.Cost {
			out.Cost, out.At = cost, int16(k)
		}
	}
	return out
}

func (t *timed) Extra(u, r int32, _ int64) int64 {
	demand := t.demand[t.units[u]]
	load := t.routes[r].load + demand - t.capacity[t.dayOf[r]]
	return t.heavy.of(max(0, load) - max(0, load-demand))
}

// refresh works out what follows from the order of a route.
func (t *timed) refresh(r int32) {
	ride := &t.routes[r]
	n := len(ride.seq)
	depot, end := t.home(r)
	ride.length, ride.load = 0, 0
	ride.ahead = append(ride.ahead[:0], end)
	at := depot
	for k, u := range ride.seq {
		node := t.units[u]
		way := int64(t.between(at, node))
		ride.length, ride.load = ride.length+way, ride.load+t.demand[node]
		ride.ahead = append(ride.ahead, ride.ahead[k].then(way, t.single(node)))
		at = node
	}
	ride.length += int64(t.between(at, depot))
	ride.behind = slices.Grow(ride.behind[:0], n+2)[:n+2]
	ride.behind[n+1] = end
	next := depot
	for k := n - 1; k >= 0; k-- {
		node := t.units[ride.seq[k]]
		ride.behind[k+1] = t.single(node).then(int64(t.between(node, next)), ride.behind[k+2])
		next = node
	}
	ride.behind[0] = end
	if n > 0 {
		ride.behind[0] = end.then(int64(t.between(depot, next)), ride.behind[1])
	}
}

func (t *timed) count(r int32, sign int64) {
	ride := &t.routes[r]
	t.length += sign * ride.length
	t.over += sign * max(0, ride.load-t.capacity[t.dayOf[r]])
	if len(ride.seq) > 0 {
		t.late += sign * t.tardy(r, t.whole(r))
	}
}

func (t *timed) change(r int32, seq []int32) {
	t.count(r, -1)
	t.routes[r].seq = seq
	t.refresh(r)
	t.count(r, 1)
}

func (t *timed) Insert(u, r, at int32) bool {
	t.change(r, slices.Insert(t.routes[r].seq, int(at), u))
	return true
}

func (t *timed) Remove(u, r int32) bool {
	seq := t.routes[r].seq
	k := slices.Index(seq, u)
	t.change(r, slices.Delete(seq, k, k+1))
	return true
}

func (t *timed) Load(r int32, seq []int32) { t.change(r, append(t.routes[r].seq[:0], seq...)) }

func (t *timed) Save(r int32) { t.kept[r].assign(&t.routes[r]) }

func (t *timed) Restore(r int32) {
	t.count(r, -1)
	t.routes[r].assign(&t.kept[r])
	t.count(r, 1)
}

// assign copies a ride, keeping the room of the old one.
func (t *ride) assign(from *ride) {
	seq, ahead, behind := append(t.seq[:0], from.seq...), append(t.ahead[:0], from.ahead...), append(t.behind[:0], from.behind...)
	*t = *from
	t.seq, t.ahead, t.behind = seq, ahead, behind
}

func (t *timed) Cost() int64  { return t.length + t.heavy.of(t.over) + t.rush.of(t.late) }
func (t *timed) Broken() bool { return t.over > 0 || t.late > 0 }

func (t *timed) Weigh(dearer bool) bool {
	t.heavy.weigh(dearer)
	t.rush.weigh(dearer)
	return true
}
