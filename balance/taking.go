package balance

import "math"

// Offer is what a rep would have if some accounts came to them, all of them.
type Offer struct {
	Rep           string
	Capacity      float64
	Before, After Share
	// Metres is how far the accounts lie from the rep's start or the nearest of their own accounts, on average, in a straight line;
	// Placed is false when no place is known.
	Metres float64
	Placed bool
}

// Offers are what each rep but the holders would have, by ID, if some accounts came to them.
func Offers(p Problem, accounts []string) []Offer {
	t := newTeam(p)
	coming := map[string]bool{}
	for _, a := range accounts {
		coming[a] = true
	}
	var these []int
	holders := map[int]bool{}
	for i, a := range t.accounts {
		if coming[a.id] {
			these = append(these, i)
			holders[a.holds] = true
		}
	}
	sums := t.sums(t.holders())
	var out []Offer
	for r := range t.reps {
		if holders[r] {
			continue
		}
		after := sums[r]
		for _, i := range these {
			after = after.with(t.accounts[i].stop, t.reps[r].start, 1)
		}
		o := Offer{Rep: t.reps[r].id, Capacity: t.reps[r].capacity, Before: t.share(r, sums[r]), After: t.share(r, after)}
		o.Metres, o.Placed = t.away(r, these)
		out = append(out, o)
	}
	return out
}

// away is how far some accounts lie from a rep, on average.
func (t *team) away(r int, these []int) (metres float64, placed bool) {
	own := []stop{t.reps[r].start}
	if !t.reps[r].begins {
		own = nil
	}
	for _, a := range t.accounts {
		if a.holds == r && a.stop.placed {
			own = append(own, a.stop)
		}
	}
	n := 0.0
	for _, i := range these {
		at := t.accounts[i].stop
		if !at.placed || len(own) == 0 {
			continue
		}
		nearest := math.Inf(1)
		for _, o := range own {
			nearest = min(nearest, (o.x-at.x)*(o.x-at.x)+(o.y-at.y)*(o.y-at.y))
		}
		metres, n = metres+math.Sqrt(nearest), n+1
	}
	if n == 0 {
		return 0, false
	}
	return metres / n, true
}
