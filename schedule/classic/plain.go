package classic

import (
	"math"
	"slices"

	"huifang/schedule/search"
)

// plain are routes without time windows: distance, with capacity and duration as soft limits.
type plain struct {
	*grid
	visits []visit // by unit
	routes []tour
	kept   []tour
	length int64 // of all routes
	over   int64 // load above capacity
	long   int64 // duration above the longest
	heavy  price
	late   price
}

// visit is what a unit needs.
type visit struct {
	ways            []int32 // to every node, and from it: distances are the same both ways
	demand, service int64
}

// tour is one route.
type tour struct {
	seq    []int32 // units
	legs   []leg   // to each of them and home
	length int64
	room   int64 // capacity left, below 0 when there is too much
	spare  int64 // time left, below 0 when it takes too long
	home   int32
}

// leg is a way of a route to a node.
type leg struct{ to, way int32 }

// price is what a soft limit costs for each unit of breaking it, in 2^-20 of a tick.
type price int64

const priceUnit = 20

func (w price) of(n int64) int64 { return n * int64(w) >> priceUnit }

// weigh changes a price by a tenth.
func (w *price) weigh(dearer bool) {
	if dearer {
		*w = min(*w+*w/10+1, 1<<(priceUnit+20))
	} else {
		*w = max(*w-*w/11, 1)
	}
}

// newPrices are the first prices: a route too full by the largest demand costs a mean way, a tick too long a tick.
func (g *grid) newPrices() (heavy, late price) {
	return price(max(1, g.mean<<priceUnit/max(1, slices.Max(g.demand)))), 1 << priceUnit
}

func newPlain(g *grid) *plain {
	p := &plain{grid: g, routes: make([]tour, len(g.dayOf)), kept: make([]tour, len(g.dayOf))}
	p.heavy, p.late = g.newPrices()
	for _, node := range g.units {
		ways := g.way[int(node)*g.nodes : int(node+1)*g.nodes]
		p.visits = append(p.visits, visit{ways, g.demand[node], g.service[node]})
	}
	for r := range p.routes {
		p.Load(int32(r), nil)
	}
	return p
}

func (p *plain) Seq(r int32) []int32 { return p.routes[r].seq }

func (p *plain) Probe(u, r int32, but int16) search.Probe {
	to, t := p.visits[u].ways, &p.routes[r]
	before, least := to[t.home], int64(math.MaxInt64) // cost and place in one number: the least is found without branches
	for k, l := range t.legs {
		after := to[l.to]
		if k != int(but) {
			least = min(least, int64(before+after-l.way)<<16|int64(k))
		}
		before = after
	}
	if least == math.MaxInt64 {
		return search.Probe{Cost: search.Never}
	}
	return search.Probe{Cost: least >> 16, At: int16(least & 0xffff)}
}

func (p *plain) Extra(u, r int32, cost int64) int64 {
	t, v := &p.routes[r], &p.visits[u]
	extra := int64(0)
	if v.demand > t.room {
		extra += p.heavy.of(v.demand - max(0, t.room))
	}
	if longer := cost + v.service; longer > t.spare {
		extra += p.late.of(max(0, longer-max(0, t.spare)))
	}
	return extra
}

// count adds a route to the sums, or takes it out.
func (p *plain) count(r int32, sign int64) {
	t := &p.routes[r]
	p.length += sign * t.length
	p.over += sign * max(0, -t.room)
	p.long += sign * max(0, -t.spare)
}

func (p *plain) Insert(u, r, at int32) bool {
	p.count(r, -1)
	t, v := &p.routes[r], &p.visits[u]
	next := &t.legs[at]
	to, from := v.ways[t.before(int(at))], v.ways[next.to]
	t.add(int64(to)+int64(from)-int64(next.way), v.demand, v.service)
	next.way = from
	t.seq, t.legs = slices.Insert(t.seq, int(at), u), slices.Insert(t.legs, int(at), leg{p.units[u], to})
	p.count(r, 1)
	return true
}

func (p *plain) Remove(u, r int32) bool {
	p.count(r, -1)
	t, v := &p.routes[r], &p.visits[u]
	k := slices.Index(t.seq, u)
	next := &t.legs[k+1]
	way := p.between(t.before(k), next.to)
	t.add(int64(way)-int64(t.legs[k].way)-int64(next.way), -v.demand, -v.service)
	next.way = way
	t.seq, t.legs = slices.Delete(t.seq, k, k+1), slices.Delete(t.legs, k, k+1)
	p.count(r, 1)
	return true
}

// add makes a tour longer, fuller and slower.
func (t *tour) add(way, demand, service int64) {
	t.length += way
	t.room -= demand
	t.spare -= way + service
}

// before is the node before a place of a tour.
func (t *tour) before(at int) int32 {
	if at == 0 {
		return t.home
	}
	return t.legs[at-1].to
}

func (p *plain) Load(r int32, seq []int32) {
	p.count(r, -1)
	t, day := &p.routes[r], p.dayOf[r]
	*t = tour{
		seq: append(t.seq[:0], seq...), legs: t.legs[:0], home: p.depot[day], room: p.capacity[day], spare: p.longest[day],
	}
	at := t.home
	for _, u := range seq {
		v, to := &p.visits[u], p.units[u]
		way := v.ways[at]
		t.legs = append(t.legs, leg{to, way})
		t.add(int64(way), v.demand, v.service)
		at = to
	}
	way := p.between(at, t.home)
	t.legs = append(t.legs, leg{t.home, way})
	t.add(int64(way), 0, 0)
	p.count(r, 1)
}

func (p *plain) Save(r int32) { p.kept[r].assign(&p.routes[r]) }

func (p *plain) Restore(r int32) {
	p.count(r, -1)
	p.routes[r].assign(&p.kept[r])
	p.count(r, 1)
}

// assign copies a tour, keeping the room of the old one.
func (t *tour) assign(from *tour) {
	seq, legs := append(t.seq[:0], from.seq...), append(t.legs[:0], from.legs...)
	*t = *from
	t.seq, t.legs = seq, legs
}

func (p *plain) Cost() int64  { return p.length + p.heavy.of(p.over) + p.late.of(p.long) }
func (p *plain) Broken() bool { return p.over > 0 || p.long > 0 }

func (p *plain) Weigh(dearer bool) bool {
	p.heavy.weigh(dearer)
	p.late.weigh(dearer)
	return false
}
