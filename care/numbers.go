package care

import (
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// MonthNumbers are numbers of a month, of one kind of contact: a user's on their phone, and a row's in a workload.
type MonthNumbers struct {
	Month     civil.Date // its first day
	Kind      cadence.Kind
	Planned   int // done, still open, and what did not fit
	Scheduled int // open from today on
	Done      int
	Remaining int // planned and not done
	Reached   int // contacts that reached the customer, planned or not
	Attempts  int // contacts that did not
}

// monthNumbers are a user's numbers of this month and the one before, by kind, in four statements.
func monthNumbers(tx *models.Tx, user id.ID) ([]MonthNumbers, error) {
	this := monthOf(tx.Today)
	months := []models.Stretch{monthOf(this.From - 1), this}
	n, err := countNumbers(tx, []id.ID{user}, months)
	var out []MonthNumbers
	for i, month := range months {
		out = append(out, n[share{user, i}].rows(month.From)...)
	}
	return out, err
}

// share is the part of a user in one of the periods that are counted.
type share struct {
	user   id.ID
	period int
}

// countNumbers counts what users did and have to do in some periods, in four statements: the one function behind the
// numbers of phones and of desks.
//
// What is done counts for whoever made the contact that closed it, in the period of that contact, also when the account
// has gone to somebody else since; what is open counts for whoever it is planned for now, and for who is named to come
// along (story 1). So of what is done no contact counts for two.
func countNumbers(tx *models.Tx, users []id.ID, periods []models.Stretch) (map[share]*tally, error) {
	c := counting{shares: map[share]*tally{}, cuts: cutAt(tx.Today, periods), today: tx.Today}
	stretches := c.stretches()
	open, err := tx.OpenTally(users, stretches)
	if err != nil {
		return nil, err
	}
	done, err := tx.DoneTally(users, stretches)
	if err != nil {
		return nil, err
	}
	shed, err := tx.ShedTally(users, stretches)
	if err != nil {
		return nil, err
	}
	logs, err := tx.LogTally(users, stretches)
	c.add(open, done, shed, logs)
	return c.shares, err
}

// cut is a part of a period that lies before today, or not.
type cut struct {
	models.Stretch
	period int
}

// cutAt cuts periods at today, so that what is scheduled can be told from what was missed.
func cutAt(today civil.Date, periods []models.Stretch) []cut {
	var out []cut
	for i, p := range periods {
		for _, part := range []models.Stretch{{From: p.From, To: min(p.To, today-1)}, {From: max(p.From, today), To: p.To}} {
			if part.From <= part.To {
				out = append(out, cut{part, i})
			}
		}
	}
	return out
}

// counting sums up by user, period and kind.
type counting struct {
	shares map[share]*tally
	cuts   []cut
	today  civil.Date
}

func (c counting) stretches() []models.Stretch {
	out := make([]models.Stretch, len(c.cuts))
	for i, part := range c.cuts {
		out[i] = part.Stretch
	}
	return out
}

func (c counting) at(user id.ID, stretch int, kind cadence.Kind) *kindTally {
	key := share{user, c.cuts[stretch].period}
	if c.shares[key] == nil {
		c.shares[key] = &tally{}
	}
	return c.shares[key].of(kind)
}

func (c counting) add(open, done, shed []models.Tally, logs []models.ContactTally) {
	for _, t := range open {
		k := c.at(t.User, t.Stretch, t.Kind)
		k.open, k.minutes, k.travel = k.open+t.N, k.minutes+t.Minutes, k.travel+t.Travel
		if c.cuts[t.Stretch].From >= c.today {
			k.scheduled += t.N
		}
	}
	for _, t := range done {
		k := c.at(t.User, t.Stretch, t.Kind)
		k.done, k.minutes, k.travel = k.done+t.N, k.minutes+t.Minutes, k.travel+t.Travel
		k.doneMinutes += t.Minutes + t.Travel
	}
	for _, t := range shed {
		c.at(t.User, t.Stretch, t.Kind).shed += t.N
	}
	for _, t := range logs {
		k := c.at(t.User, t.Stretch, t.Kind)
		k.reached, k.attempts = k.reached+t.Reached, k.attempts+t.Attempts
		k.spaced, k.regular = k.spaced+t.Spaced, k.regular+t.Regular
	}
}

// tally is sums by kind, in the order people list them.
type tally [5]kindTally

type kindTally struct {
	open, scheduled, done, shed, reached, attempts int
	spaced, regular                                int
	minutes, travel                                int // of what is open and done
	doneMinutes                                    int // contacts and ways of what is done
}

func (t *tally) of(kind cadence.Kind) *kindTally { return &t[slices.Index(cadence.AllKinds(), kind)] }

func (t *tally) add(more *tally) {
	if more == nil {
		return
	}
	for i, m := range more {
		k := &t[i]
		k.open, k.scheduled, k.done, k.shed = k.open+m.open, k.scheduled+m.scheduled, k.done+m.done, k.shed+m.shed
		k.reached, k.attempts = k.reached+m.reached, k.attempts+m.attempts
		k.spaced, k.regular = k.spaced+m.spaced, k.regular+m.regular
		k.minutes, k.travel, k.doneMinutes = k.minutes+m.minutes, k.travel+m.travel, k.doneMinutes+m.doneMinutes
	}
}

// rows are the numbers of a month, the kinds as people list them; a kind without any number is left out.
func (t *tally) rows(month civil.Date) []MonthNumbers {
	if t == nil {
		return nil
	}
	var out []MonthNumbers
	for i, kind := range cadence.AllKinds() {
		k := t[i]
		if k.open+k.done+k.shed+k.reached+k.attempts == 0 {
			continue
		}
		planned := k.done + k.open + k.shed
		out = append(out, MonthNumbers{
			Month: month, Kind: kind, Planned: planned, Scheduled: k.scheduled, Done: k.done, Remaining: planned - k.done,
			Reached: k.reached, Attempts: k.attempts,
		})
	}
	return out
}

func firstOfMonth(day civil.Date) civil.Date {
	year, month, _ := day.YMD()
	return civil.Of(year, month, 1)
}

// monthOf is the month of a day.
func monthOf(day civil.Date) models.Stretch {
	first := firstOfMonth(day)
	return models.Stretch{From: first, To: first.AddMonths(1) - 1}
}
