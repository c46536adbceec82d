package order_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huifang/civil"
	"huifang/schedule/order"
)

// someDay draws a day with everything that may be odd about one; a fifth of the ways are no shortest ones.
func someDay(t *rapid.T, most int) order.Day {
	places := rapid.IntRange(1, most+2).Draw(t, "places")
	minutes := rapid.IntRange(0, 40)
	d := order.Day{
		Now:  rapid.IntRange(0, 200).Draw(t, "now"),
		From: rapid.IntRange(-1, places-1).Draw(t, "from"), To: rapid.IntRange(-1, places-1).Draw(t, "to"),
		Wish: rapid.IntRange(0, 30).Draw(t, "wish"),
	}
	if rapid.Bool().Draw(t, "bounded") {
		d.Until = rapid.IntRange(1, 600).Draw(t, "until")
	}
	for range places {
		d.Travel = append(d.Travel, rapid.SliceOfN(minutes, places, places).Draw(t, "ways"))
	}
	d.Shifts = someWindows(t, "shifts", 600)
	for range rapid.IntRange(0, most).Draw(t, "stops") {
		d.Stops = append(d.Stops, someStop(t, places))
	}
	return d
}

func someStop(t *rapid.T, places int) order.Stop {
	s := order.Stop{
		Place: rapid.IntRange(-1, places-1).Draw(t, "place"), Minutes: rapid.IntRange(1, 60).Draw(t, "minutes"),
		Priority: rapid.IntRange(0, 2).Draw(t, "priority"),
	}
	if rapid.IntRange(0, 2).Draw(t, "hours") == 0 {
		s.Windows = someWindows(t, "windows", 600)
	}
	if rapid.IntRange(0, 2).Draw(t, "wishes") == 0 {
		s.Preferred = someWindows(t, "preferred", 600)
	}
	if rapid.IntRange(0, 5).Draw(t, "agreed") == 0 {
		at := rapid.IntRange(0, 600).Draw(t, "at")
		s.At = &at
	}
	return s
}

// someWindows are up to three windows in order, without overlap.
func someWindows(t *rapid.T, name string, until int) []civil.Window {
	var out []civil.Window
	at := 0
	for range rapid.IntRange(0, 3).Draw(t, name) {
		from := at + rapid.IntRange(0, 150).Draw(t, "from")
		to := from + rapid.IntRange(1, 300).Draw(t, "long")
		if to > until {
			break
		}
		out = append(out, civil.Window{From: civil.Minute(from), To: civil.Minute(to)})
		at = to + 1
	}
	return out
}

func TestNoOrderIsBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { holdsTheBest(t, someDay(t, 5)) })
}

func TestNoOrderOfSevenIsBetter(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	rapid.Check(t, func(t *rapid.T) {
		d := someDay(t, 7)
		if len(d.Shifts) > 0 && len(d.Stops) == 7 && rapid.IntRange(0, 3).Draw(t, "rare") > 0 {
			d.Stops = d.Stops[:6]
		}
		holdsTheBest(t, d)
	})
}

func holdsTheBest(t *rapid.T, d order.Day) {
	p, err := order.Best(d)
	if err != nil {
		t.Fatal(err)
	}
	got, wrong := judged(d, p)
	if wrong != "" {
		t.Fatalf("%s: %+v", wrong, p)
	}
	if want := bruteForce(d); want.less(got) || got.less(want) || !p.Best || len(p.Visits) > 0 && got.done != p.Done {
		t.Fatalf("got %+v, the best is %+v: %+v", got, want, p)
	}
}

// FuzzBest throws days of any size at it: whatever comes out keeps every rule, and is no worse than the order given.
func FuzzBest(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(keepsTheRules))
}

func TestLongDaysKeepTheRules(t *testing.T) { rapid.Check(t, keepsTheRules) }

func keepsTheRules(t *rapid.T) {
	d := someDay(t, 18)
	p, err := order.Best(d)
	if err != nil {
		t.Fatal(err)
	}
	got, wrong := judged(d, p)
	if wrong != "" {
		t.Fatalf("%s: %+v", wrong, p)
	}
	if given, ok := asGiven(d); ok && given.less(got) {
		t.Fatalf("the order given is better: %+v, not %+v", given, got)
	}
	again, _ := order.Best(d)
	if diff := cmp.Diff(p, again); diff != "" {
		t.Fatalf("the same day gives another plan:\n%s", diff)
	}
}

// asGiven is the outcome of the order given, every stop as early as can be; false when not all fit.
func asGiven(d order.Day) (outcome, bool) {
	b := &brute{day: d}
	s, ok := state{place: d.From, free: d.Now, left: setOut(d)}, true
	for i := range d.Stops {
		if s, ok = b.do(s, i, false); !ok {
			return outcome{}, false
		}
	}
	b.end(s, 1<<len(d.Stops)-1)
	return b.best, b.seen
}

func at(minute int) *int { return &minute }

// line is places on a road, ten minutes from one to the next.
func line(places int) [][]int {
	out := make([][]int, places)
	for i := range out {
		for j := range places {
			out[i] = append(out[i], 10*max(i-j, j-i))
		}
	}
	return out
}

func hours(fromTo ...int) []civil.Window {
	var out []civil.Window
	for i := 0; i < len(fromTo); i += 2 {
		out = append(out, civil.Window{From: civil.Minute(fromTo[i]), To: civil.Minute(fromTo[i+1])})
	}
	return out
}

func visit(place int) order.Stop { return order.Stop{Place: place, Minutes: 30} }

func onADay(d order.Day, stops ...order.Stop) order.Day {
	d.Now, d.Until, d.Travel, d.Wish = 540, 1080, line(6), 15
	if d.Shifts == nil {
		d.Shifts = hours(540, 720, 780, 1080)
	}
	d.Stops = stops
	return d
}

// known is a day of which one can tell by hand how it goes best.
type known struct {
	name   string
	day    order.Day
	order  []int
	starts []int
	left   []order.Left
}

func knownDays() []known {
	return []known{
		{"on a road nobody goes back and forth", onADay(order.Day{To: -1}, visit(3), visit(1), visit(2)), []int{1, 2, 0}, []int{550, 590, 630}, nil},
		{"of equal orders the given one stays", onADay(order.Day{}, visit(2), visit(1)), []int{0, 1}, []int{560, 600}, nil},
		{"an appointment is kept to the minute, the rest goes around it",
			onADay(order.Day{To: -1}, order.Stop{Place: 3, Minutes: 30, At: at(570)}, visit(1)), []int{0, 1}, []int{570, 620}, nil},
		{"what ends by noon does not begin before it and end after",
			onADay(order.Day{To: -1}, order.Stop{Place: 1, Minutes: 180}), []int{0}, []int{780}, nil},
		{"a call is made while waiting for an appointment, on the way",
			onADay(order.Day{To: -1}, order.Stop{Place: 1, Minutes: 30, At: at(560)}, order.Stop{Place: -1, Minutes: 10}), []int{1, 0}, []int{540, 560}, nil},
		{"preferred hours are waited for when that costs less than the wish",
			onADay(order.Day{To: -1}, order.Stop{Place: 1, Minutes: 30, Preferred: hours(600, 700)}), []int{0}, []int{600}, nil},
		{"the least important is left out when not all fit",
			onADay(order.Day{To: -1, Shifts: hours(540, 610)}, visit(1), order.Stop{Place: 1, Minutes: 30, Priority: 1}, order.Stop{Place: 1, Minutes: 10, Priority: 2}),
			[]int{1, 2}, []int{550, 580}, []order.Left{{Stop: 0, Why: order.NoRoom}}},
		{"two that fit are worth more than a long one of the same importance",
			onADay(order.Day{To: -1, Shifts: hours(540, 620)}, order.Stop{Place: 1, Minutes: 70}, visit(1), visit(1)),
			[]int{1, 2}, []int{550, 580}, []order.Left{{Stop: 0, Why: order.NoRoom}}},
		{"one of importance is worth more than two without",
			onADay(order.Day{To: -1, Shifts: hours(540, 620)}, order.Stop{Place: 1, Minutes: 70, Priority: 1}, visit(1), visit(1)),
			[]int{0}, []int{550}, []order.Left{{Stop: 1, Why: order.NoRoom}, {Stop: 2, Why: order.NoRoom}}},
		{"hours that are over, and a way that is too long, are told apart",
			onADay(order.Day{To: 0, Shifts: hours(540, 640)}, order.Stop{Place: 1, Minutes: 30, Windows: hours(480, 560)}, order.Stop{Place: 5, Minutes: 60}),
			nil, nil, []order.Left{{Stop: 0, Why: order.HoursOver}, {Stop: 1, Why: order.TooFar}}},
		{"an appointment that is missed is left out, and holds nothing up",
			onADay(order.Day{To: -1}, order.Stop{Place: 1, Minutes: 30, At: at(500)}, visit(2)), []int{1}, []int{560}, []order.Left{{Stop: 0, Why: order.HoursOver}}},
		{"without a start the first stop takes no way", onADay(order.Day{From: -1, To: -1}, visit(4)), []int{0}, []int{540}, nil},
	}
}

func TestDays(t *testing.T) {
	for _, c := range knownDays() {
		t.Run(c.name, func(t *testing.T) {
			p, err := order.Best(c.day)
			if err != nil {
				t.Fatal(err)
			}
			var visited, starts []int
			for _, v := range p.Visits {
				visited, starts = append(visited, v.Stop), append(starts, v.Start)
			}
			if diff := cmp.Diff([]any{c.order, c.starts, append([]order.Left{}, c.left...)}, []any{visited, starts, p.Left}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatIsNoDayIsSaid(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*order.Day)
	}{
		{"a way that is missing", func(d *order.Day) { d.Travel[0] = d.Travel[0][:2] }},
		{"a way below nothing", func(d *order.Day) { d.Travel[0][1] = -1 }},
		{"a start that is no place", func(d *order.Day) { d.From = 6 }},
		{"an end that is no place", func(d *order.Day) { d.To = -2 }},
		{"a stop that is no place", func(d *order.Day) { d.Stops[0].Place = 9 }},
		{"a stop without minutes", func(d *order.Day) { d.Stops[0].Minutes = 0 }},
		{"an appointment before midnight", func(d *order.Day) { d.Stops[0].At = at(-5) }},
		{"too many stops", func(d *order.Day) { d.Stops = make([]order.Stop, order.MostStops+1) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := onADay(order.Day{}, visit(1))
			c.spoil(&d)
			if _, err := order.Best(d); !errors.Is(err, order.ErrDay) {
				t.Errorf("got %v", err)
			}
		})
	}
}
