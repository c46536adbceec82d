package schedule

import (
	"context"
	"errors"
	"testing"

	"huifang/civil"
)

// tape hands out the fuzzer's input as numbers, 0 when it is used up.
type tape []byte

func (b *tape) next() int {
	if len(*b) == 0 {
		return 0
	}
	v := (*b)[0]
	*b = (*b)[1:]
	return int(v)
}

func (b *tape) windows() []civil.Window {
	var out []civil.Window
	for range b.next() % 4 {
		out = append(out, civil.Window{From: civil.Minute(b.next()*8 - 100), To: civil.Minute(b.next() * 8)})
	}
	return out
}

func (b *tape) place() *Point {
	if b.next()%3 == 0 {
		return nil
	}
	return &Point{Lat: float64(b.next()-128) / 1.3, Lng: float64(b.next() - 60)}
}

func (b *tape) calendar() map[civil.Date][]civil.Window {
	out := map[civil.Date][]civil.Window{}
	for range b.next() % 8 {
		out[civil.Date(b.next()%10)] = b.windows()
	}
	return out
}

func (b *tape) day() civil.Date {
	if d := b.next(); d > 20 {
		return civil.Date(d-128) * 30_000_000 // far away, out of range soon
	} else {
		return civil.Date(d - 5)
	}
}

func (b *tape) problem() Problem {
	p := Problem{From: civil.Date(b.next() % 3), To: civil.Date(b.next() % 12), Travel: line{}}
	for range b.next() % 3 {
		p.Workers = append(p.Workers, Worker{ID: string(rune(b.next())), Start: b.place(), End: b.place(), Shifts: b.calendar()})
	}
	for range b.next() % 3 {
		p.Companions = append(p.Companions, Companion{ID: string(rune(b.next())), Free: b.calendar()})
	}
	for range b.next() % 20 {
		p.Stops = append(p.Stops, b.stop())
	}
	p.CapPerWeek, p.Contacts = (b.next()+1)%5-1, map[string][]civil.Date{}
	for range b.next() % 6 {
		customer := string(rune('a' + b.next()%4))
		p.Contacts[customer] = append(p.Contacts[customer], b.day())
	}
	return p
}

func (b *tape) stop() Stop {
	s := Stop{ID: string(rune(b.next())), Customer: string(rune('a' + b.next()%4)), Worker: b.next() % 3, Place: b.place(),
		Earliest: b.day(), Due: b.day(), Latest: b.day(), Minutes: b.next() * 4, Priority: b.next() - 1, Urgent: b.next()%5 == 0,
		Windows: b.windows(), Preferred: b.windows()}
	for range b.next() % 3 {
		s.Companions = append(s.Companions, b.next()%3)
	}
	if b.next()%3 == 0 {
		at := civil.Minute(b.next()*8 - 20)
		s.Fixed = &Moment{Day: b.day(), At: &at}
	}
	if b.next()%3 == 0 {
		at := civil.Minute(b.next() * 5)
		s.Was = &Moment{Day: b.day(), At: &at}
	}
	return s
}

// FuzzSolve wants no panic, ErrProblem or a plan that keeps every rule; and no panic of Check on any plan.
func FuzzSolve(f *testing.F) {
	f.Add([]byte("\x00\x07\x01a\x00\x00\x07\x00\x01\x46\xa0\x01\x01\x46\xa0\x00\x05b\x01\x00\x01\x50\x60\x05\x06\x07\x0f\x03"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, in []byte) {
		b := tape(in)
		p := b.problem()
		plan, err := Solve(context.Background(), p, Budget{Steps: 50}, 1)
		if err != nil && !errors.Is(err, ErrProblem) {
			t.Fatal(err)
		}
		if found := Check(p, plan); err == nil && len(found) > 0 {
			t.Fatal(found)
		}
		for range b.next() % 8 {
			plan.Visits = append(plan.Visits, Visit{Stop: b.next() - 9, Worker: b.next() - 9, Day: b.day(), Start: civil.Minute(b.next()*20 - 900)})
			plan.Conflicts = append(plan.Conflicts, Conflict{Stop: b.next() - 9, Rule: RuleHours})
		}
		Check(p, plan)
	})
}
