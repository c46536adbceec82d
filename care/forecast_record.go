package care

import (
	"context"

	"huifang/auth"
	"huifang/civil"
	"huifang/forecast/gate"
	"huifang/id"
	"huifang/models"
)

// ForecastInput says which record to read. What is left out means all the viewer leads.
type ForecastInput struct {
	Store, Team, Rep *id.ID
	Months           int // how many back, the running one included
}

// ForecastRecord is what was foretold, held against what came.
type ForecastRecord struct {
	// FirstOn is the first day on which there is more to tell, while nothing is open nil: figures need time to come true.
	FirstOn     *civil.Date
	Calibration []Calibration
	Total       ForecastHits
	Months      []ForecastMonth
	Horizons    []HorizonRecord
	Words       WordRecord
	Versions    []ForecastVersion
}

const (
	// maxRecord is the most months of a record.
	maxRecord = 36
	// maxVersions is the most versions a record lists.
	maxVersions = 40
)

// ForecastRecord reads the record of the forecast for accounts that those the viewer leads cared for when it was told, in six
// statements. NOT_FOUND for a store, team or rep beyond; LIMITED for more than 2,000 reps.
func (s *Service) ForecastRecord(ctx context.Context, in ForecastInput) (ForecastRecord, error) {
	var out ForecastRecord
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		if in.Months < 1 || in.Months > maxRecord {
			return Invalid("months", "choose 1 to %d months", maxRecord).By("range")
		}
		people, err := workers(tx, v, models.WorkerFilter{Rep: in.Rep, Team: in.Team, Store: in.Store})
		if err != nil {
			return err
		}
		out, err = readRecord(tx, keysOfWorkers(people), monthOf(tx.Today.AddMonths(1-in.Months)).From)
		return err
	})
	return out, err
}

func readRecord(tx *models.Tx, reps []id.ID, since civil.Date) (ForecastRecord, error) {
	var out ForecastRecord
	said, err := tx.SaidTallies(reps, since)
	if err != nil {
		return out, err
	}
	tallies, err := tx.ForetoldTallies(reps, since)
	if err != nil {
		return out, err
	}
	words, err := tx.SaidWords(reps, since)
	if err != nil {
		return out, err
	}
	by30, by90, err := tx.ForetoldOpen(reps)
	if err != nil {
		return out, err
	}
	rows, err := tx.Versions(maxVersions)
	out.Calibration, out.Words, out.FirstOn = calibrations(said), wordRecord(words), nextOn(by30, by90, tx.Today)
	out.Total, out.Months, out.Horizons = hitsOf(tallies), monthsOf(tallies), horizonsOf(tallies)
	for _, row := range rows {
		out.Versions = append(out.Versions, versionOf(row))
	}
	return out, err
}

// nextOn is the day after the next of what is open comes true or does not.
func nextOn(by30, by90 *civil.Date, today civil.Date) *civil.Date {
	next := by90
	if by30 != nil && *by30 >= today {
		next = by30
	}
	if next == nil {
		return nil
	}
	day := *next + 1
	return &day
}

// ForecastVersion is a version of the model, with what it was judged by.
type ForecastVersion struct {
	ID        id.ID
	Segment   string // empty: the whole company
	State     models.ModelState
	FittedOn  civil.Date
	Customers int
	Reason    gate.Reason // empty: not kept back
	Judged    *gate.Judged
}

func versionOf(m models.ForecastModel) ForecastVersion {
	return ForecastVersion{
		ID: m.ID, Segment: m.Segment, State: m.State, FittedOn: m.FittedOn, Customers: m.Customers, Reason: gate.Reason(m.Reason),
		Judged: judgedOf(m),
	}
}

// Why tells why the version was kept back, "zh" or "en"; empty: it was not.
func (v ForecastVersion) Why(lang string) string {
	var zh, en string
	switch v.Reason {
	case "":
	case gate.TooYoung:
		zh, en = "90 天前的会员还太少，无法回测；先用随程序提供的模型", "too few customers 90 days ago to judge by; the model that comes with the program speaks until then"
	case gate.NoGain:
		zh, en = "不比全公司的模型明显更准，继续用全公司的", "not clearly better than the company's model, which goes on speaking"
	default:
		zh, en = whyKeptBack(v.Reason, v.Judged)
	}
	if lang == "en" {
		return en
	}
	return zh
}
