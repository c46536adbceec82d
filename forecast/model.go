package forecast

import (
	"math"

	"huifang/forecast/btyd"
)

// gapSteps is the number of typical gaps of the grid, spaced evenly in their logarithm.
const gapSteps = 36

// Model is what a company's purchases have taught: how much weight each kind of buyer has. A kind is a typical gap,
// a spread of gaps around it, and a chance to drop out after each purchase. The zero Model projects as Prior does.
// A Model is not changed after it was made, so it may be used from many goroutines.
type Model struct {
	clock     clock
	customers int       // fitted on, 0 = the shipped prior
	low, high float64   // logarithms of the shortest and longest typical gap
	weights   []float32 // by gap, then shape, then drop-out; positive, adding up to 1
	cells     []cell    // by gap, then shape
	drops     []float64
	tail      tail
	rival     rival
}

// Customers is how many buyers the model was fitted on, 0 for the shipped prior.
func (m Model) Customers() int { return m.customers }

// Power is how strongly days of supply stretch the gap: 0 not at all, 1 in proportion.
func (m Model) Power() float64 { return m.clock.power }

func newModel(c clock, low, high float64) Model {
	m := Model{clock: c, low: low, high: high, drops: drops(), tail: theTail()}
	for i := range gapSteps {
		mu := low + (high-low)*float64(i)/(gapSteps-1)
		for _, s := range shapes() {
			m.cells = append(m.cells, s.at(mu))
		}
	}
	m.weights = make([]float32, len(m.cells)*len(m.drops))
	return m
}

// kind is a cell of the grid, its drop-outs summed, as it stands for one account.
type kind struct {
	cell *cell
	gone float64 // weight of having dropped out after the last purchase
	here float64 // weight of not having, before the time since then is looked at
}

// belief is the grid after seeing one account.
type belief struct {
	kinds   []kind
	tail    tail
	elapsed float64 // on the clock
	speed   float64 // of the clock since the last purchase
	total   float64 // likelihood of what was seen
	rival   rival
	buyer   btyd.Buyer // as the rival knows the account
}

// negligible is the share of the likelihood below which a kind is left out: 242 of them change no probability by 1e-5.
const negligible = 1e-8

// hopeless is the logarithm of a likelihood that no silence makes up for.
const hopeless = -80

// believe weighs the grid by what the account did: its gaps, the drop-outs it survived, its silence since.
func (m Model) believe(p path) belief {
	speed := m.clock.speed(p.supply)
	b := belief{tail: m.tail, elapsed: p.elapsed * speed, speed: speed, kinds: make([]kind, 0, len(m.cells))}
	logs, best := m.gapLikelihoods(m.clock.sums(p.gaps))
	stays := m.stays(len(p.gaps))
	for c, l := range logs {
		if l-best > hopeless {
			b.kinds = append(b.kinds, m.kind(c, math.Exp(l-best), stays))
		}
	}
	b.prune()
	if m.rival.trust > 0 {
		b.rival, b.buyer = m.rival, m.clock.buyer(p)
	}
	return b
}

// prune leaves out the kinds that hardly explain what was seen: they would only cost time.
func (b *belief) prune() {
	least := negligible * b.silent(0)
	now := waiting(b.elapsed, pauseDays*b.speed)
	kept := b.kinds[:0]
	for _, k := range b.kinds {
		if share := b.share(k, now); share >= least {
			kept = append(kept, k)
			b.total += share
		}
	}
	b.kinds = kept
}

// gapLikelihoods returns the log-likelihood of the gaps by cell, and the best of them.
func (m Model) gapLikelihoods(g sums) ([]float64, float64) {
	logs := make([]float64, len(m.cells))
	best := math.Inf(-1)
	for c := range logs {
		logs[c] = m.cells[c].logLikelihood(g)
		best = max(best, logs[c])
	}
	return logs, best
}

// stays is the chance of having come back so many times, by drop-out.
func (m Model) stays(repeats int) []float64 {
	s := make([]float64, len(m.drops))
	for i, p := range m.drops {
		s[i] = math.Pow(1-p, float64(repeats))
	}
	return s
}

// kind sums the drop-outs of cell c, which explains the gaps with the likelihood given.
func (m Model) kind(c int, likelihood float64, stays []float64) kind {
	k := kind{cell: &m.cells[c]}
	for i, p := range m.drops {
		w := float64(m.weights[c*len(m.drops)+i]) * likelihood * stays[i]
		k.gone += w * p
		k.here += w * (1 - p)
	}
	return k
}

// silent is the likelihood of the account when it stays silent for so many more days.
func (b belief) silent(days float64) float64 {
	sum, w := 0.0, waiting(b.elapsed+days*b.speed, pauseDays*b.speed)
	for _, k := range b.kinds {
		sum += b.share(k, w)
	}
	return sum
}

func (b belief) share(k kind, w wait) float64 { return k.gone + k.here*k.cell.survival(w, b.tail) }

// within is the probability of a purchase in the next so many days: one likelihood gives every horizon,
// P(none in h days) = L(T+h)/L(T).
func (b belief) within(days float64) float64 {
	if !(b.total > 0) {
		return 0
	}
	own := min(1, max(0, 1-b.silent(days)/b.total))
	if b.rival.trust == 0 {
		return own
	}
	return own + b.rival.trust*(1-b.rival.Silent(b.buyer, days*b.speed)-own)
}

// active is the probability that the account has not dropped out.
func (b belief) active() float64 {
	if !(b.total > 0) {
		return 0
	}
	gone := 0.0
	for _, k := range b.kinds {
		gone += k.gone
	}
	own := min(1, max(0, 1-gone/b.total))
	if b.rival.trust == 0 {
		return own
	}
	return own + b.rival.trust*(b.rival.Active(b.buyer)-own)
}

// furthest is how far ahead in days an expected day is looked for.
const furthest = 400

// median is the first day from tomorrow on by which a purchase is as likely as not; 0 when there is none in sight.
func (b belief) median() int {
	if b.within(furthest) < 0.5 {
		return 0
	}
	low, high := 0, furthest
	for high-low > 1 {
		if mid := (low + high) / 2; b.within(float64(mid)) >= 0.5 {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}
