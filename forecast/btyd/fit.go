package btyd

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
)

// ErrFit tells that no parameters explain the customers: too few of them, or none that came back.
var ErrFit = errors.New("no parameters explain these customers")

// FitBGNBD finds the BG/NBD of greatest likelihood. Buyers of no age count: the order does not matter.
func FitBGNBD(buyers []Buyer) (Model, error) { return fit(Model{K: 1}, buyers, thorough()) }

// FitMBG finds the MBG/CNBD-k of greatest likelihood; k = 1 is MBG/NBD.
func FitMBG(buyers []Buyer, k int) (Model, error) {
	return fit(Model{K: k, FromFirst: true}, buyers, thorough())
}

// RoughMBG is FitMBG in a fraction of the time: likelihoods differ in the seventh digit, probabilities hardly in the third.
func RoughMBG(buyers []Buyer, k int) (Model, error) {
	return fit(Model{K: k, FromFirst: true}, buyers, effort{climbs: 1, still: 12, change: 1e-7})
}

// effort is how hard a maximum is looked for: a climb ends when so many steps change the likelihood by no greater a share. A simplex
// that shrank too early climbs again from where it stopped.
type effort struct {
	climbs, still int
	change        float64
}

func thorough() effort { return effort{climbs: 2, still: 100, change: 1e-12} }

// widest keeps the logarithms of parameters within what doubles can reckon with.
const widest = 12

// fit climbs the likelihood by Nelder and Mead over the logarithms of the parameters; time is scaled so that the mean age is
// ten.
func fit(kind Model, buyers []Buyer, e effort) (Model, error) {
	rows, scale := tallied(buyers)
	if scale == 0 {
		return Model{}, ErrFit
	}
	with := func(x []float64) Model {
		m := kind
		m.R, m.Alpha, m.A, m.B = math.Exp(x[0]), math.Exp(x[1]), math.Exp(x[2]), math.Exp(x[3])
		return m
	}
	worse := func(x []float64) float64 {
		for _, v := range x {
			if math.Abs(v) > widest || math.IsNaN(v) {
				return math.Inf(1)
			}
		}
		m, sum := with(x), 0.0
		var t terms
		for i, row := range rows { // by number of repeats
			if i == 0 || row.Repeats != rows[i-1].Repeats {
				t = m.after(row.Repeats)
			}
			sum -= row.n * t.logLikelihood(row.Buyer)
		}
		if math.IsNaN(sum) {
			return math.Inf(1)
		}
		return sum
	}
	best := &optimize.Result{Location: optimize.Location{X: make([]float64, 4)}}
	for range e.climbs {
		r, err := optimize.Minimize(optimize.Problem{Func: worse}, best.X, &optimize.Settings{MajorIterations: 2_000,
			Converger: &optimize.FunctionConverge{Absolute: 1e-9, Relative: e.change, Iterations: e.still}}, &optimize.NelderMead{})
		if r == nil || err != nil && r.X == nil {
			return Model{}, fmt.Errorf("%w: %w", ErrFit, err)
		}
		best = r
	}
	m := with(best.X)
	m.Alpha *= scale
	if !m.Sound() || math.IsInf(best.F, 0) {
		return Model{}, ErrFit
	}
	return m, nil
}

// row is a buyer who stands for n alike.
type row struct {
	Buyer
	n float64
}

// tallied puts buyers who are alike together, in time scaled by the mean age over ten; scale is 0 when nothing can be learned.
func tallied(buyers []Buyer) (rows []row, scale float64) {
	repeats := 0
	for _, b := range buyers {
		scale += b.Age / float64(len(buyers)) / 10
		repeats += b.Repeats
	}
	if repeats == 0 || !(scale > 0) {
		return nil, 0
	}
	sorted := slices.Clone(buyers)
	slices.SortFunc(sorted, func(a, b Buyer) int {
		return cmp.Or(cmp.Compare(a.Repeats, b.Repeats), cmp.Compare(a.Age, b.Age), cmp.Compare(a.Last, b.Last), cmp.Compare(a.LogGaps, b.LogGaps))
	})
	for i, b := range sorted {
		if i > 0 && b == sorted[i-1] {
			rows[len(rows)-1].n++
			continue
		}
		rows = append(rows, row{Buyer: Buyer{Repeats: b.Repeats, Last: b.Last / scale, Age: b.Age / scale,
			LogGaps: b.LogGaps - float64(b.Repeats)*math.Log(scale)}, n: 1})
	}
	return rows, scale
}
