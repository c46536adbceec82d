package schedule

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestAShorterOrderFoundInADraftDoesNotChangeLater(t *testing.T) {
	p := week(1, fullDay, rated(visitAt("a", 10, 0, 0, 0), 2), visitAt("b", 20, 0, 0, 0))
	s := newSolver(context.Background(), newModel(&p))
	d := s.plans[0][0].clone()
	if !s.push(d, 0) {
		t.Fatal("a has no place")
	}
	short := s.shorter(d.routes[0])
	s.price(d)
	if at, ok := s.cheapest(short, 1, s.allowed(d, 1)); !ok || s.inserted(short, 1, at) == nil {
		t.Fatal("b has no place")
	}
	if n := len(s.shorter(d.routes[0]).seq); n != 1 {
		t.Errorf("the day that was shown has %d stops, it had 1", n)
	}
}

// TestWaysTellWhatAnOrderSaves holds what is told in constant time against the way driven from start to end.
func TestWaysTellWhatAnOrderSaves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := week(1, fullDay)
		p.Workers[0].Start = at(rapid.IntRange(0, 50).Draw(t, "start"))
		n := rapid.IntRange(1, 9).Draw(t, "stops")
		var order []int
		for i := range n {
			order = append(order, i)
			if rapid.IntRange(0, 2).Draw(t, "call") == 0 {
				p.Stops = append(p.Stops, call(fmt.Sprint(i), 0, 0, 0))
			} else {
				p.Stops = append(p.Stops, visitAt(fmt.Sprint(i), rapid.IntRange(0, 50).Draw(t, "place"), 0, 0, 0))
			}
		}
		p.Travel = uphill{}
		m := newModel(&p)
		r := &route{}
		for _, i := range rapid.Permutation(order).Draw(t, "order") {
			r.seq = append(r.seq, visit{stop: i, at: floating})
		}
		var w ways
		w.read(m, r)
		for i := range n {
			for j := range n {
				if i == j {
					continue
				}
				next := r.clone()
				rearrange(next.seq, i, j)
				if want := m.travel(next) < m.travel(r); w.shorter(i, j) != want {
					t.Fatalf("%d to %d of %v: shorter %v, want %v", i, j, w.place, !want, want)
				}
			}
		}
	})
}

// uphill is a line on which the way out takes longer than the way back.
type uphill struct{}

func (uphill) Minutes(a, b Point) int { return int(max(2*(b.Lng-a.Lng), a.Lng-b.Lng)) }
