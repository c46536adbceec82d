package forecast

import (
	"math"
	"sync"

	"gonum.org/v1/gonum/mathext"
)

// shape is how gaps spread around the typical one: gamma with whole k, or log-normal with sigma. A tight log-normal has
// pauses: now and then a gap is some days longer than its rhythm, for the customer was away or had something left from
// elsewhere, and one such gap must not speak against a rhythm that all others keep.
type shape struct {
	k      int     // gamma when > 0
	sigma  float64 // log-normal otherwise
	pauses bool
}

// The gaps that hold a pause: their share, and the mean of the pause in days, exponential. A pause has its own length,
// whatever the supply.
const (
	pauseShare = 0.06
	pauseDays  = 50.0
)

// hidden is the spread of gaps, in lengths of a pause, from which on a gap with a pause is like any other.
const hidden = 4

// shapes is the grid's second axis, the same for every model of this version.
func shapes() []shape {
	s := []shape{{k: 1}, {k: 2}, {k: 5}}
	for _, sigma := range []float64{.12, .22, .35, .5} {
		s = append(s, shape{sigma: sigma, pauses: true})
	}
	for _, sigma := range []float64{.7, .95, 1.25, 1.7} {
		s = append(s, shape{sigma: sigma})
	}
	return s
}

// drops is the grid's third axis: the chance to drop out after a purchase.
func drops() []float64 { return []float64{0, .03, .08, .16, .3, .5, .7, .9} }

// spread is the standard deviation of the logarithm of a gap: what makes shapes of both kinds comparable.
func (s shape) spread() float64 {
	if s.k == 0 {
		return s.sigma
	}
	variance := math.Pi * math.Pi / 6 // trigamma(1)
	for i := 1; i < s.k; i++ {
		variance -= 1 / float64(i*i)
	}
	return math.Sqrt(variance)
}

// cell is a shape at one typical gap, with what is reckoned once for all accounts.
type cell struct {
	shape
	mu      float64 // logarithm of the typical gap in days
	typical float64 // gap in days
	width   float64 // standard deviation of the gap, about
	rate    float64 // gamma: per day
	logRate float64
	norm    float64 // logarithm of the density's constant
}

func (s shape) at(mu float64) cell {
	c := cell{shape: s, mu: mu}
	if s.k == 0 {
		c.norm = -math.Log(s.sigma) - 0.5*math.Log(2*math.Pi)
		c.typical = math.Exp(mu)
		c.width = s.sigma * c.typical
		return c
	}
	lgamma, _ := math.Lgamma(float64(s.k))
	c.logRate = math.Log(mathext.GammaIncRegInv(float64(s.k), 0.5)) - mu
	c.rate = math.Exp(c.logRate)
	c.norm = float64(s.k)*c.logRate - lgamma
	return c
}

// logLikelihood of the summed gaps.
func (c cell) logLikelihood(g sums) float64 {
	if g.weight == 0 {
		return 0
	}
	if c.k > 0 {
		return g.weight*c.norm + float64(c.k-1)*g.log - c.rate*g.days
	}
	if c.pauses {
		return g.weight*c.norm - g.log + c.pausing(g.each)
	}
	squares := g.square - 2*c.mu*g.log + c.mu*c.mu*g.weight
	return g.weight*c.norm - g.log - squares/(2*c.sigma*c.sigma)
}

// pausing is the logarithm of what makes gaps with pauses differ: a sum over gaps, for a mixture has no sums to know it by.
func (c cell) pausing(gaps []weighed) float64 {
	sum := 0.0
	for _, g := range gaps {
		if sum < hopelessGaps {
			return sum
		}
		z := (g.log - c.mu) / c.sigma
		density := math.Exp(-z * z / 2)
		if c.width < hidden*g.pause {
			paused := c.overdue(g.days, g.pause) / g.pause
			density += pauseShare * (paused*g.days*c.sigma*math.Sqrt(2*math.Pi) - density)
		}
		sum += g.weight * math.Log(density+1e-300)
	}
	return sum
}

// hopelessGaps is the logarithm of a likelihood that no further gaps make up for: together they weigh less than thirteen.
const hopelessGaps = -500

// overdue is the chance that a gap with a pause is past its rhythm's end and still in its pause. Gap and pause together are
// an exponentially modified Gaussian (Grushka 1972), whose density is this over the mean of the pause.
func (c cell) overdue(days, pause float64) float64 {
	late, wide := (days-c.typical)/c.width, c.width/pause
	return math.Exp(wide*wide/2-late*wide) * exactTail(wide-late)
}

// wait is a time without purchase; its logarithm is taken once for all cells.
type wait struct{ days, log, pause float64 } // pause: the mean of one, on the same clock

func waiting(days, pause float64) wait { return wait{days: days, log: math.Log(days), pause: pause} }

// survival is the probability of a gap longer than the wait.
func (c cell) survival(w wait, t tail) float64 {
	if w.days <= 0 {
		return 1
	}
	if c.k > 0 {
		return c.erlang(w.days * c.rate)
	}
	steadily := t.beyond((w.log - c.mu) / c.sigma)
	if !c.pauses || c.width >= hidden*w.pause {
		return steadily
	}
	late := (w.days - c.typical) / c.width
	return (1-pauseShare)*steadily + pauseShare*min(1, t.beyond(late)+c.overdue(w.days, w.pause))
}

// erlang is the closed survival of a gamma with whole k: e^-x Σ x^i/i!.
func (s shape) erlang(x float64) float64 {
	if x > 700 {
		return 0
	}
	term, sum := 1.0, 1.0
	for i := 1; i < s.k; i++ {
		term *= x / float64(i)
		sum += term
	}
	return math.Exp(-x) * sum
}

// tail is the upper tail of the normal distribution as a table: projections ask for little else.
type tail []float64

const (
	tailEnd   = 8.0
	tailSteps = 200 // per unit: linear in between is right to 1e-6
)

// theTail is the table all models share.
var theTail = sync.OnceValue(newTail)

func newTail() tail {
	t := make(tail, 2*tailEnd*tailSteps+2)
	for i := range t {
		t[i] = exactTail(float64(i)/tailSteps - tailEnd)
	}
	return t
}

func exactTail(z float64) float64 { return 0.5 * math.Erfc(z/math.Sqrt2) }

func (t tail) beyond(z float64) float64 {
	if !(z > -tailEnd && z < tailEnd) {
		return exactTail(z)
	}
	at := (z + tailEnd) * tailSteps
	i := int(at)
	return t[i] + (at-float64(i))*(t[i+1]-t[i])
}
