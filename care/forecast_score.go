package care

import (
	"math"
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// Calibration is what was said with a probability, held against how often it came.
type Calibration struct {
	Days int // the probability is of a purchase within so many
	N    int
	Said float64 // means, 0 to 1
	Came float64
	Off  float64 // mean distance of said and came over the bins
	Bins []CalibrationBin
}

// CalibrationBin is a tenth of the scale: what was told with 20 to 30 %, say.
type CalibrationBin struct {
	From       float64
	N          int
	Said, Came float64
}

// calibrations are those of 30, 60 and 90 days, without the tenths nobody was told.
func calibrations(tallies []models.SaidTally) []Calibration {
	var out []Calibration
	for _, days := range []int{30, 60, 90} {
		c := Calibration{Days: days}
		for _, t := range tallies {
			if t.Days == days {
				c.add(t)
			}
		}
		c.finish()
		out = append(out, c)
	}
	return out
}

func (c *Calibration) add(t models.SaidTally) {
	n := float64(t.N)
	b := CalibrationBin{From: float64(t.Tenth) / 10, N: t.N, Said: t.Said / n, Came: float64(t.Came) / n}
	c.Bins = append(c.Bins, b)
	c.N, c.Said, c.Came = c.N+t.N, c.Said+t.Said, c.Came+float64(t.Came)
	c.Off += n * math.Abs(b.Said-b.Came)
}

func (c *Calibration) finish() {
	slices.SortFunc(c.Bins, func(a, b CalibrationBin) int { return int(10 * (a.From - b.From)) })
	if c.N > 0 {
		n := float64(c.N)
		c.Said, c.Came, c.Off = c.Said/n, c.Came/n, c.Off/n
	}
}

// ForecastHits is how often the horizon that counted was right: the first purchase came in it. Of LATER that none came within
// 90 days.
type ForecastHits struct {
	N      int
	Hits   int
	Sooner int // it came before the horizon began
	After  int // it came after the horizon, or not within 90 days
}

// Rate is the share of hits, nil without any row.
func (h ForecastHits) Rate() *float64 { return rateOf(h.Hits, h.N) }

func rateOf(part, all int) *float64 {
	if all == 0 {
		return nil
	}
	s := float64(part) / float64(all)
	return &s
}

func (h *ForecastHits) add(said, came, n int) {
	h.N += n
	switch {
	case came == said:
		h.Hits += n
	case came < said:
		h.Sooner += n
	default:
		h.After += n
	}
}

// ForecastMonth is how often what was told in a month was right.
type ForecastMonth struct {
	Month civil.Date
	ForecastHits
}

// HorizonRecord is how often a horizon that was told was right.
type HorizonRecord struct {
	Horizon cadence.Horizon
	ForecastHits
}

// classHorizons are the horizons in the order of what comes: 0 to 2 the thirty days, 3 none within ninety.
func classHorizons() []cadence.Horizon {
	return []cadence.Horizon{cadence.ThisMonth, cadence.WithinTwo, cadence.WithinThree, cadence.Later}
}

func classOf(horizon string) int { return slices.Index(classHorizons(), cadence.Horizon(horizon)) }

func hitsOf(tallies []models.ForetoldTally) ForecastHits {
	var h ForecastHits
	for _, t := range tallies {
		h.add(classOf(t.Horizon), t.Came, t.N)
	}
	return h
}

// monthsOf expects tallies by month.
func monthsOf(tallies []models.ForetoldTally) []ForecastMonth {
	var out []ForecastMonth
	for i, t := range tallies {
		if i == 0 || tallies[i-1].Month != t.Month {
			out = append(out, ForecastMonth{Month: t.Month})
		}
		out[len(out)-1].add(classOf(t.Horizon), t.Came, t.N)
	}
	return out
}

// horizonsOf are the records of all four, also of those nobody was told.
func horizonsOf(tallies []models.ForetoldTally) []HorizonRecord {
	out := make([]HorizonRecord, 0, len(classHorizons()))
	for class, horizon := range classHorizons() {
		r := HorizonRecord{Horizon: horizon}
		for _, t := range tallies {
			if classOf(t.Horizon) == class {
				r.add(class, t.Came, t.N)
			}
		}
		out = append(out, r)
	}
	return out
}

// WordRecord is who was right where a rep's word counted: the rep or the model, on the same accounts.
type WordRecord struct {
	N          int
	RepHits    int // the rep's horizon was right
	ModelHits  int // the model's was
	OnlyRep    int // the rep's was right and the model's was not
	OnlyModel  int
	RepLoss    *float64 // log-losses, nil without words
	ModelLoss  *float64
	RepsFavour bool // the words foretold better than the model, by log-loss
}

// leastChance is the least probability that a logarithm is taken of.
const leastChance = 5e-4

// wordRecord scores words and model alike. A word tells no probability: it is read as just as sure as words have proved to be,
// its horizon with the share of words that were right (one in four to begin with), the other three with equal parts of the rest.
func wordRecord(words []models.SaidWord) WordRecord {
	r := WordRecord{N: len(words)}
	if r.N == 0 {
		return r
	}
	for _, w := range words {
		rep, model := classOf(w.Horizon) == w.Came, classOf(w.Model) == w.Came
		r.RepHits, r.ModelHits = r.RepHits+oneIf(rep), r.ModelHits+oneIf(model)
		r.OnlyRep, r.OnlyModel = r.OnlyRep+oneIf(rep && !model), r.OnlyModel+oneIf(model && !rep)
	}
	sure := float64(r.RepHits+1) / float64(r.N+4)
	var rep, model float64
	for _, w := range words {
		model -= math.Log(max(chancesOf(w)[w.Came], leastChance)) / float64(r.N)
		if classOf(w.Horizon) == w.Came {
			rep -= math.Log(sure) / float64(r.N)
		} else {
			rep -= math.Log((1-sure)/3) / float64(r.N)
		}
	}
	r.RepLoss, r.ModelLoss, r.RepsFavour = &rep, &model, rep < model
	return r
}

func oneIf(is bool) int {
	if is {
		return 1
	}
	return 0
}

// chancesOf are the model's probabilities of the four things that may come.
func chancesOf(w models.SaidWord) [4]float64 {
	return [4]float64{w.P30, w.P60 - w.P30, w.P90 - w.P60, 1 - w.P90}
}
