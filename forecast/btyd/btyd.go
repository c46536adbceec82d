// Package btyd holds the buy-till-you-die models that the forecast is measured against: BG/NBD (Fader, Hardie and Lee
// 2005) and MBG/CNBD-k (Platzer and Reutterer 2016), of which MBG/NBD (Batislam, Denizel and Filiztekin 2007) is k = 1.
//
// A customer buys at a rate of her own and drops out for ever after a purchase by a chance of her own; both are spread
// over customers, the rate by a gamma, the chance by a beta distribution. The unit of time is the caller's.
package btyd

import "math"

// Buyer is all that the models know of a customer.
type Buyer struct {
	Repeats int     // x: purchases after the first
	Last    float64 // tx: from the first to the last purchase
	Age     float64 // T: from the first purchase to now
	// LogGaps is the sum of the logarithms of the gaps between purchases; only regularity k > 1 needs it, to fit.
	LogGaps float64
}

// Model is one of the models with its parameters.
type Model struct {
	// Rate is gamma with shape R and rate Alpha; drop-out is beta with A and B.
	R, Alpha, A, B float64
	// K is the regularity: gaps are Erlang with K steps. 1 or more.
	K int
	// FromFirst tells that a customer may drop out right after the first purchase (MBG); in BG/NBD only after a repeat.
	FromFirst bool
}

// LogLikelihood of what a customer did.
func (m Model) LogLikelihood(b Buyer) float64 { return m.after(b.Repeats).logLikelihood(b) }

// Silent is the probability of no purchase in so much time from now on: L(T+h) / L(T).
func (m Model) Silent(b Buyer, time float64) float64 {
	t := m.after(b.Repeats)
	now, later, gone := t.here(b, b.Age), t.here(b, b.Age+time), t.left(b)
	return min(1, math.Exp(logSum(later, gone)-logSum(now, gone)))
}

// Active is the probability that the customer has not dropped out.
func (m Model) Active(b Buyer) float64 {
	t := m.after(b.Repeats)
	here := t.here(b, b.Age)
	return math.Exp(here - logSum(here, t.left(b)))
}

// terms are the parts of a likelihood that follow from the number of repeats alone, as logarithms.
type terms struct {
	Model
	shape        float64 // of the rate, once these purchases are known
	common       float64 // to both parts
	atHome, away float64
}

func (m Model) after(repeats int) terms {
	x, k := float64(repeats), float64(m.K)
	chances := x // to drop out
	if m.FromFirst {
		chances++
	}
	t := terms{Model: m, shape: m.R + k*x, away: math.Inf(-1)}
	t.common = lgamma(t.shape) - lgamma(m.R) + m.R*math.Log(m.Alpha) + lgamma(m.A+m.B) - lgamma(m.B) - lgamma(m.A+m.B+chances) - x*lgamma(k)
	t.atHome = lgamma(m.B + chances)
	if chances > 0 {
		t.away = math.Log(m.A) + lgamma(m.B+chances-1)
	}
	return t
}

func (t terms) logLikelihood(b Buyer) float64 {
	return t.common + float64(t.K-1)*b.LogGaps + logSum(t.here(b, b.Age), t.left(b))
}

// here is the part of a customer who has not dropped out, watched until an age.
func (t terms) here(b Buyer, age float64) float64 {
	return t.atHome + t.waiting(t.shape, age-b.Last, age)
}

// left is the part of one who dropped out after the last purchase.
func (t terms) left(b Buyer) float64 { return t.away - t.shape*math.Log(t.Alpha+b.Last) }

// waiting is the logarithm of the likelihood of a gap that is not over, its rate averaged out: steps 0 to K-1 are done.
func (m Model) waiting(shape, gap, age float64) float64 {
	first := -shape * math.Log(m.Alpha+age)
	if m.K == 1 {
		return first
	}
	sum, term := 1.0, 1.0
	for j := 1; j < m.K; j++ {
		term *= (shape + float64(j-1)) / float64(j) * gap / (m.Alpha + age)
		sum += term
	}
	return first + math.Log(sum)
}

// Sound tells whether the parameters are of a model.
func (m Model) Sound() bool {
	for _, v := range []float64{m.R, m.Alpha, m.A, m.B} {
		if !(v > 0) || math.IsInf(v, 0) {
			return false
		}
	}
	return m.K >= 1
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// logSum is log(e^a + e^b).
func logSum(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	return a + math.Log1p(math.Exp(b-a))
}
