package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// CaseFigures is how cases of a kind and cause go (D7, D15, D18).
type CaseFigures struct {
	Kind    models.CaseKind
	Cause   cadence.StopCause // of stops
	Opened  int
	Open    int // of those opened
	WonBack int
	GivenUp int
	Settled int
	Late    int // open past the day by which something must have happened
	// HoursToContact until the customer was first reached: the median over those who were; nil when nobody was.
	HoursToContact *float64
	// WonBackRate is the share of those that ended, 0 to 1; nil when none ended.
	WonBackRate *float64
}

// maxFigureDays caps the time figures are read for: a year.
const maxFigureDays = 366

// CaseFigures tells how the cases go that were opened between two days, by kind and cause, in one statement.
func (s *Service) CaseFigures(ctx context.Context, from, to civil.Date, team *id.ID) ([]CaseFigures, error) {
	var out []CaseFigures
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		if to < from {
			return Invalid("to", "%s is before %s", to, from).By("span")
		}
		if to-from >= maxFigureDays {
			return Limited("days", "at most %d days at once", maxFigureDays)
		}
		runs, err := tx.CaseRuns(v.Scope(), from, to, team)
		out = figuresOf(runs, tx.Today)
		return err
	})
	return out, err
}

// figuresOf sums up runs that come in order of kind and cause.
func figuresOf(runs []models.CaseRun, today civil.Date) []CaseFigures {
	var out []CaseFigures
	for len(runs) > 0 {
		kind, cause := runs[0].Kind, runs[0].Cause
		n := slices.IndexFunc(runs, func(r models.CaseRun) bool { return r.Kind != kind || r.Cause != cause })
		if n < 0 {
			n = len(runs)
		}
		f := CaseFigures{Kind: kind, Cause: cause}
		f.count(runs[:n], today)
		out, runs = append(out, f), runs[n:]
	}
	return out
}

func (f *CaseFigures) count(runs []models.CaseRun, today civil.Date) {
	var hours []float64
	for _, r := range runs {
		f.Opened++
		switch r.Status {
		case models.CaseOpen:
			f.Open++
			if r.DueOn < today {
				f.Late++
			}
		case models.CaseWonBack:
			f.WonBack++
		case models.CaseGivenUp:
			f.GivenUp++
		case models.CaseSettled:
			f.Settled++
		}
		if r.ContactedAt != nil {
			hours = append(hours, r.ContactedAt.Sub(r.CreatedAt).Hours())
		}
	}
	f.HoursToContact = median(hours)
	if ended := f.Opened - f.Open; ended > 0 {
		rate := float64(f.WonBack) / float64(ended)
		f.WonBackRate = &rate
	}
}

// median is the middle of some numbers, of two in the middle their mean; nil of none.
func median(of []float64) *float64 {
	if len(of) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(of))
	middle := len(sorted) / 2
	m := sorted[middle]
	if len(sorted)%2 == 0 {
		m = (m + sorted[middle-1]) / 2
	}
	return &m
}
