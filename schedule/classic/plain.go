package classic

import (
	"math"
	"slices"

	"huifang/schedule/search"
)

// plain are routes without time windows: distance, with capacity and duration as soft limits.
type plain struct {
	*grid
	routes []tour
	kept   []tour
	length int64 // of all routes
	over   int64 // load above capacity
	long   int64 // duration above the longest
	heavy  price
	late   price
}

// tour is one route.
type tour struct {
	seq     []int32 // units
	legs    []leg   // to each of them and home
	length  int64
	load    int64
	service int64
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
	for r := range p.routes {
		p.Load(int32(r), nil)
	}
	return p
}

func (p *plain) Seq(r int32) []int32 { return p.routes[r].seq }

func (p *plain) Probe(u, r int32, but int16) search.Probe {
	node := int(p.units[u])
	to := p.way[node*p.nodes : node*p.nodes+p.nodes] // distances are the same both ways
	before := to[p.depot[p.dayOf[r]]]
	least, at := int32(math.MaxInt32), -1
	for k, l := range p.routes[r].legs {
		after := to[l.to]
		if d := before + after - l.way; d < least && k != int(but) {
			least, at = d, k
		}
		before = after
	}
	if at < 0 {
		return search.Probe{Cost: search.Never}
	}
	return search.Probe{Cost: int64(least), At: int16(at)}
}

func (p *plain) Extra(u, r int32, cost int64) int64 {
	t, day, node := &p.routes[r], p.dayOf[r], p.units[u]
	extra := int64(0)
	if load := t.load + p.demand[node] - p.capacity[day]; load > 0 {
		extra += p.heavy.of(load - max(0, load-p.demand[node]))
	}
	if long := t.length + t.service + cost + p.service[node] - p.longest[day]; long > 0 {
		extra += p.late.of(max(0, long-max(0, t.length+t.service-p.longest[day])))
	}
	return extra
}

// count adds a route to the sums, or takes it out.
func (p *plain) count(r int32, sign int64) {
	t, day := &p.routes[r], p.dayOf[r]
	p.length += sign * t.length
	p.over += sign * max(0, t.load-p.capacity[day])
	p.long += sign * max(0, t.length+t.service-p.longest[day])
}

func (p *plain) Insert(u, r, at int32) bool {
	p.count(r, -1)
	t, node := &p.routes[r], p.units[u]
	next := &t.legs[at]
	to, from := p.between(p.before(r, at), node), p.between(node, next.to)
	t.length += int64(to) + int64(from) - int64(next.way)
	next.way = from
	t.load, t.service = t.load+p.demand[node], t.service+p.service[node]
	t.seq, t.legs = slices.Insert(t.seq, int(at), u), slices.Insert(t.legs, int(at), leg{node, to})
	p.count(r, 1)
	return true
}

func (p *plain) Remove(u, r int32) bool {
	p.count(r, -1)
	t, node := &p.routes[r], p.units[u]
	k := slices.Index(t.seq, u)
	next := &t.legs[k+1]
	way := p.between(p.before(r, int32(k)), next.to)
	t.length += int64(way) - int64(t.legs[k].way) - int64(next.way)
	next.way = way
	t.load, t.service = t.load-p.demand[node], t.service-p.service[node]
	t.seq, t.legs = slices.Delete(t.seq, k, k+1), slices.Delete(t.legs, k, k+1)
	p.count(r, 1)
	return true
}

// before is the node before a place of a route.
func (p *plain) before(r, at int32) int32 {
	if at == 0 {
		return p.depot[p.dayOf[r]]
	}
	return p.routes[r].legs[at-1].to
}

func (p *plain) Load(r int32, seq []int32) {
	p.count(r, -1)
	t, home := &p.routes[r], p.depot[p.dayOf[r]]
	*t = tour{seq: append(t.seq[:0], seq...), legs: t.legs[:0]}
	at := home
	for _, u := range seq {
		node := p.units[u]
		t.legs = append(t.legs, leg{node, p.between(at, node)})
		t.load, t.service = t.load+p.demand[node], t.service+p.service[node]
		at = node
	}
	t.legs = append(t.legs, leg{home, p.between(at, home)})
	for _, l := range t.legs {
		t.length += int64(l.way)
	}
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
