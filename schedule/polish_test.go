package schedule

import (
	"context"
	"testing"
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
