// Package gate decides whether a newly fitted forecast may stand. It lets the recipe try itself 90 days ago, on what was
// known then, and holds it against what came, the version that stood then, and BG/NBD. It is pure.
package gate

import (
	"math"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/backtest"
)

const (
	// Back is how many days ago the cut-off lies: what came since is what is judged by.
	Back = 90
	// Enough is the number of customers at the cut-off from which anything is judged; a company with fewer is too young.
	Enough = 20
	// SegmentCustomers is the number of customers from which a segment may have a model of its own.
	SegmentCustomers = 500
	// MostECE is the calibration error a forecast may have, the mean of those for 30, 60 and 90 days.
	MostECE = .06
	// tolerance is the difference of log-losses that is none.
	tolerance = .005
	// gain is the least by which a segment's model must beat the company's, and certainty how many standard errors of the
	// difference it must be at least: a gain that may be chance is none.
	gain      = .01
	certainty = 2
	// most is the number of customers a trial reads; more say nothing new.
	most = 8_000
)

// Reason is why a version was kept back; empty: it was not.
type Reason string

// The reasons.
const (
	TooYoung          Reason = "TOO_YOUNG"           // too few customers 90 days ago to judge by
	Failed            Reason = "FAILED"              // the fit gave no usable model
	WorseThanStanding Reason = "WORSE_THAN_STANDING" // than the version that stood at the cut-off
	WorseThanBGNBD    Reason = "WORSE_THAN_BGNBD"
	BadlyCalibrated   Reason = "BADLY_CALIBRATED" // what was said with so many percent did not come in as many of a hundred
	NoGain            Reason = "NO_GAIN"          // of a segment: the company's model does as well
)

// AllReasons returns the reasons.
func AllReasons() []Reason {
	return []Reason{TooYoung, Failed, WorseThanStanding, WorseThanBGNBD, BadlyCalibrated, NoGain}
}

// Score is how well one way to foretell did.
type Score struct {
	LogLoss  float64 `json:"logLoss"`  // natural, of 30, 60, 90 days and later
	Accuracy float64 `json:"accuracy"` // of the most probable of those
	ECE      float64 `json:"ece"`      // mean of those of the probabilities within 30, 60 and 90 days
}

// Judged are the figures of a trial.
type Judged struct {
	Cut       civil.Date `json:"cut"`
	Customers int        `json:"customers"`
	Candidate Score      `json:"candidate"`
	Standing  Score      `json:"standing"`
	// Rival is BG/NBD, nil where it could not be fitted.
	Rival *Score `json:"rival,omitempty"`
	// MostECE is the calibration error that was let pass: with few customers chance alone makes some.
	MostECE float64 `json:"mostEce"`
}

// Trial is one look at the past of some customers.
type Trial struct {
	cut    civil.Date
	past   []forecast.History
	class  []int
	enough bool
}

// NewTrial looks at customers as they were 90 days ago.
func NewTrial(histories []forecast.History, today civil.Date) Trial {
	t := Trial{cut: today - Back}
	for _, h := range histories {
		past, class := backtest.Split(h, t.cut)
		if len(past.Purchases) > 0 {
			t.past, t.class = append(t.past, past), append(t.class, class)
		}
	}
	t.enough = len(t.past) >= Enough
	if len(t.past) > most {
		t.past, t.class = spread(t.past), spread(t.class)
	}
	return t
}

// Fit is the recipe of today on what was known then.
func (t Trial) Fit() forecast.Model { return forecast.Fit(t.past, t.cut) }

// Judge holds a candidate and the version that stood then against what came. The reason is empty when the recipe may be
// promoted; the figures are nil when there was nothing to judge by.
func (t Trial) Judge(candidate, standing forecast.Model) (*Judged, Reason) {
	if !t.enough {
		return nil, TooYoung
	}
	own, old := t.ask(backtest.Projected(candidate, t.cut)), t.ask(backtest.Projected(standing, t.cut))
	j := t.judged(own, old)
	return &j, j.reason()
}

// JudgeSegment holds a segment's candidate against the company's, both fitted on what was known then, on the customers of
// the segment: it must do better by more than chance.
func (t Trial) JudgeSegment(candidate, company forecast.Model) (*Judged, Reason) {
	if !t.enough {
		return nil, TooYoung
	}
	own, old := t.ask(backtest.Projected(candidate, t.cut)), t.ask(backtest.Projected(company, t.cut))
	j := t.judged(own, old)
	reason := j.reason()
	if reason == "" && !clearlyLess(own, old) {
		reason = NoGain
	}
	return &j, reason
}

func (t Trial) judged(own, old []backtest.Foretold) Judged {
	j := Judged{Cut: t.cut, Customers: len(t.past), Candidate: scoreOf(own), Standing: scoreOf(old), MostECE: mostECE(own)}
	if rival := t.rival(); rival != nil {
		s := scoreOf(t.ask(rival))
		j.Rival = &s
	}
	return j
}

// reason compares so that what is no number never passes.
func (j Judged) reason() Reason {
	switch {
	case math.IsNaN(j.Candidate.LogLoss + j.Candidate.ECE):
		return Failed
	case !(j.Candidate.LogLoss <= j.Standing.LogLoss+tolerance):
		return WorseThanStanding
	case j.Rival != nil && !(j.Candidate.LogLoss <= j.Rival.LogLoss+tolerance):
		return WorseThanBGNBD
	case !(j.Candidate.ECE <= j.MostECE):
		return BadlyCalibrated
	}
	return ""
}

// foreteller tells the probabilities that the next purchase comes within 30, 60 and 90 days of the cut-off.
type foreteller func(forecast.History) [3]float64

// rival is BG/NBD fitted on what was known then, nil where that fails.
func (t Trial) rival() foreteller {
	within, err := backtest.BGNBD().Fit(t.past, t.cut)
	if err != nil {
		return nil
	}
	return within
}

func (t Trial) ask(f foreteller) []backtest.Foretold {
	out := make([]backtest.Foretold, len(t.past))
	for i, h := range t.past {
		out[i] = backtest.Foretold{Within: f(h), Class: t.class[i]}
	}
	return out
}
