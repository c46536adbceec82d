package backtest

import (
	"math"
	"slices"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/btyd"
)

// The forecasters that are told apart by name.
const (
	nameBGNBD = "BG/NBD"
	nameGrid  = "grid"
	namePrior = "prior"
)

// Forecasters are those that a file is measured with.
func Forecasters() []Forecaster {
	return []Forecaster{
		{"naive", fitNaive},
		BGNBD(),
		{"MBG/NBD", challenger(func(b []btyd.Buyer) (btyd.Model, error) { return btyd.FitMBG(b, 1) })},
		{nameGrid, fitGrid},
		{namePrior, fitPrior},
	}
}

// BGNBD is the model of Fader, Hardie and Lee (2005), in weeks.
func BGNBD() Forecaster { return Forecaster{nameBGNBD, challenger(btyd.FitBGNBD)} }

func fitGrid(histories []forecast.History, day civil.Date) (func(forecast.History) [3]float64, error) {
	return Projected(forecast.Fit(histories, day), day), nil
}

// fitPrior learns nothing: it is the model shipped for companies without data.
func fitPrior(_ []forecast.History, day civil.Date) (func(forecast.History) [3]float64, error) {
	return Projected(forecast.Prior(), day), nil
}

// Projected asks a model on a day.
func Projected(m forecast.Model, day civil.Date) func(forecast.History) [3]float64 {
	return func(h forecast.History) [3]float64 {
		p := m.Project(h, forecast.DefaultRule(), day, forecast.Unknown, nil)
		return [3]float64{p.P30, p.P60, p.P90}
	}
}

// sure is how likely the naive forecaster holds the one outcome it believes in; the others share the rest.
const sure = .97

// fitNaive believes that a customer comes back after her median gap, or everybody's when she has none; after three of
// them she is gone.
func fitNaive(histories []forecast.History, day civil.Date) (func(forecast.History) [3]float64, error) {
	var all []float64
	for _, h := range histories {
		all = append(all, gapsOf(h)...)
	}
	usual := median(all, 30)
	return func(h forecast.History) [3]float64 {
		last := h.Purchases[0].Day
		for _, b := range h.Purchases {
			last = max(last, b.Day)
		}
		gap, ago := median(gapsOf(h), usual), float64(day-last)
		if ago > 3*gap {
			return believing(classes - 1)
		}
		return believing(classOf(int(math.Ceil(max(1, gap-ago)))))
	}, nil
}

// believing is the word of somebody who is sure of a class.
func believing(class int) (within [3]float64) {
	sum := 0.0
	for i := range within {
		if i == class {
			sum += sure
		} else {
			sum += (1 - sure) / (classes - 1)
		}
		within[i] = sum
	}
	return within
}

func gapsOf(h forecast.History) []float64 {
	days := make([]civil.Date, len(h.Purchases))
	for i, p := range h.Purchases {
		days[i] = p.Day
	}
	slices.Sort(days)
	days = slices.Compact(days)
	var gaps []float64
	for i := 1; i < len(days); i++ {
		gaps = append(gaps, float64(days[i]-days[i-1]))
	}
	return gaps
}

func median(values []float64, otherwise float64) float64 {
	if len(values) == 0 {
		return otherwise
	}
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}

func challenger(fit func([]btyd.Buyer) (btyd.Model, error)) func([]forecast.History, civil.Date) (func(forecast.History) [3]float64, error) {
	return func(histories []forecast.History, day civil.Date) (func(forecast.History) [3]float64, error) {
		buyers := make([]btyd.Buyer, len(histories))
		for i, h := range histories {
			buyers[i] = buyerOf(h, day)
		}
		m, err := fit(buyers)
		return func(h forecast.History) (p [3]float64) {
			b := buyerOf(h, day)
			for i, days := range []float64{30, 60, 90} {
				p[i] = 1 - m.Silent(b, days/7)
			}
			return p
		}, err
	}
}

// buyerOf sums up a history in weeks, as the papers do.
func buyerOf(h forecast.History, day civil.Date) btyd.Buyer {
	first := h.Purchases[0].Day
	for _, p := range h.Purchases {
		first = min(first, p.Day)
	}
	b := btyd.Buyer{Age: float64(day-first) / 7}
	for _, gap := range gapsOf(h) {
		b.Repeats, b.Last, b.LogGaps = b.Repeats+1, b.Last+gap/7, b.LogGaps+math.Log(gap/7)
	}
	return b
}
