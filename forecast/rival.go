package forecast

import (
	"errors"
	"math"
	"sync"

	"huifang/civil"
	"huifang/forecast/btyd"
)

const (
	// lookBack is how many days ago the past is taken for the future, to see how far the rival is to be trusted.
	lookBack = 90
	// enoughRivals is the number of buyers then from which it is looked at; before, the grid speaks alone.
	enoughRivals = 100
)

// trusts are the shares of the rival that are tried.
func trusts() []float64 { return []float64{0, .25, .5} }

// rival is MBG/NBD on the grid's clock with the share it has in every probability. Two models that err in different ways
// err less together; how much is left to the data.
type rival struct {
	btyd.Model
	trust float64
}

// newRival is MBG/NBD fitted on histories up to today, trusted as far as it would have helped 90 days ago. The zero rival has no share.
func newRival(histories []History, c clock, today civil.Date) rival {
	then := today - lookBack
	past := spread(buyers(histories, then), sample)
	if len(past) < enoughRivals {
		return rival{}
	}
	var grid Model
	var before, now btyd.Model
	var failed [2]error
	var fits sync.WaitGroup
	fits.Go(func() { grid, _ = fitClock(past, c, rounds) })
	fits.Go(func() { before, failed[0] = btyd.RoughMBG(c.all(past), 1) })
	fits.Go(func() { now, failed[1] = btyd.RoughMBG(c.all(spread(buyers(histories, today), sample)), 1) })
	fits.Wait()
	if errors.Join(failed[:]...) != nil {
		return rival{}
	}
	grid.rival.Model = before
	return rival{Model: now, trust: grid.bestTrust(histories, then)}
}

// bestTrust is the share of the rival that would have foretold best what came after a day.
func (m Model) bestTrust(histories []History, day civil.Date) float64 {
	losses := make([]float64, len(trusts()))
	for _, h := range spread(histories, sample) {
		p := pathOf(h, day)
		if p.bought == 0 {
			continue
		}
		m.rival.trust = 1
		b := m.believe(p)
		came := h.next(day)
		for i, trust := range trusts() {
			b.rival.trust = trust
			losses[i] -= math.Log(max(b.chanceOf(came), leastChance))
		}
	}
	best := 0
	for i, l := range losses {
		if l < losses[best] {
			best = i
		}
	}
	return trusts()[best]
}

// leastChance keeps one surprise from outweighing all others.
const leastChance = 5e-4

// next is how many days after a day the next purchase came, lookBack+1 when none did until then.
func (h History) next(day civil.Date) int {
	next := lookBack + 1
	for _, p := range h.Purchases {
		if p.Day > day && p.Day-day <= lookBack {
			next = min(next, int(p.Day-day))
		}
	}
	return next
}

// chanceOf is the probability that the next purchase came in the 30 days it did, or after all of them.
func (b belief) chanceOf(next int) float64 {
	month := (next - 1) / 30
	if month >= lookBack/30 {
		return 1 - b.within(lookBack)
	}
	return b.within(float64(30*month+30)) - b.within(float64(30*month))
}

// all are paths as the rival knows buyers.
func (c clock) all(paths []path) []btyd.Buyer {
	out := make([]btyd.Buyer, len(paths))
	for i, p := range paths {
		out[i] = c.buyer(p)
	}
	return out
}

// buyer sums up a path on the clock.
func (c clock) buyer(p path) btyd.Buyer {
	b := btyd.Buyer{Repeats: len(p.gaps)}
	for _, g := range p.gaps {
		b.Last += g.days * c.speed(g.supply)
	}
	b.Age = b.Last + p.elapsed*c.speed(p.supply)
	return b
}

// Trust is the share that MBG/NBD has in every probability, beside the grid: 0 to 0.5.
func (m Model) Trust() float64 { return m.rival.trust }
