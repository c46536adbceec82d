package backtest

import (
	"math"
	"slices"

	"huifang/civil"
)

// Report is a back-test of a file. Its JSON is what `huifang check forecast --json` prints: names stay as they are.
type Report struct {
	File      string       `json:"file"`
	Rows      int          `json:"rows"`
	Purchases int          `json:"purchases"` // rows of one customer and day are one
	Supplied  int          `json:"supplied"`  // purchases with days of supply
	Customers int          `json:"customers"`
	From      civil.Date   `json:"from"`
	To        civil.Date   `json:"to"`
	Cuts      []civil.Date `json:"cuts"`
	Results   []Line       `json:"results"`
	// Best is the forecaster of the least log-loss, the first of equals.
	Best string `json:"best"`
	// Compared tells whether there is a BG/NBD to hold the grid against, Worse wherein the grid falls short of it.
	Compared bool    `json:"compared"`
	Worse    []Worse `json:"gridWorse"`
}

// Line is what a forecaster did.
type Line struct {
	Name string `json:"name"`
	// All is null when the forecaster could not be fitted, Active also when no customer is active.
	All          *Score  `json:"all"`
	Active       *Score  `json:"active"`
	FitSeconds   float64 `json:"fitSeconds"`   // all cut-offs together
	ScoreSeconds float64 `json:"scoreSeconds"` // all customers at all cut-offs
	Failed       string  `json:"failed"`       // why there are no scores, "" when there are
}

// Worse is a measure by which the grid does less well than BG/NBD.
type Worse struct {
	Part    string  `json:"part"`    // "all" or "active"
	Measure string  `json:"measure"` // as the fields of Score are called
	Grid    float64 `json:"grid"`
	BGNBD   float64 `json:"bgNbd"`
}

// NewReport sums up a run; lang is the language of why somebody failed.
func NewReport(name string, f File, cuts []civil.Date, results []Result, lang string) Report {
	r := Report{File: name, Rows: f.Rows, Purchases: f.Purchases(), Supplied: f.Supplied(), Customers: len(f.Histories),
		From: f.From, To: f.To, Cuts: cuts, Worse: []Worse{}}
	for _, one := range results {
		r.Results = append(r.Results, lineOf(one, lang))
	}
	r.Best = r.best()
	grid, rival := r.line(nameGrid), r.line(nameBGNBD)
	if r.Compared = grid.All != nil && rival.All != nil; r.Compared {
		r.Worse = append(r.Worse, worse("all", *grid.All, *rival.All)...)
	}
	if grid.Active != nil && rival.Active != nil {
		r.Worse = append(r.Worse, worse("active", *grid.Active, *rival.Active)...)
	}
	return r
}

func lineOf(r Result, lang string) Line {
	l := Line{Name: r.Name, FitSeconds: r.Fit.Seconds(), ScoreSeconds: r.Score.Seconds()}
	if r.Failed != nil {
		l.Failed = r.Failed.Words.In(lang)
		return l
	}
	l.All = &r.All
	if r.Active.Customers > 0 {
		l.Active = &r.Active
	}
	return l
}

func (r Report) best() string {
	name, least := "", math.Inf(1)
	for _, l := range r.Results {
		if l.All != nil && l.All.LogLoss < least {
			name, least = l.Name, l.All.LogLoss
		}
	}
	return name
}

// line is that of a forecaster, an empty one when it took no part.
func (r Report) line(name string) Line {
	i := slices.IndexFunc(r.Results, func(l Line) bool { return l.Name == name })
	if i < 0 {
		return Line{}
	}
	return r.Results[i]
}

// worse lists the measures by which the grid falls short, by what is shown of them: four decimals.
func worse(part string, grid, rival Score) []Worse {
	var out []Worse
	for _, m := range []struct {
		name        string
		grid, rival float64
		sign        float64 // −1: more is better
	}{
		{"accuracy", grid.Accuracy, rival.Accuracy, -1},
		{"logLoss", grid.LogLoss, rival.LogLoss, 1},
		{"brier", grid.Brier, rival.Brier, 1},
		{"meanEce", grid.MeanECE, rival.MeanECE, 1},
	} {
		if m.sign*(shown(m.grid)-shown(m.rival)) > 0 {
			out = append(out, Worse{Part: part, Measure: m.name, Grid: m.grid, BGNBD: m.rival})
		}
	}
	return out
}

// shown is a figure as it is printed.
func shown(v float64) float64 { return math.Round(v*1e4) / 1e4 }
