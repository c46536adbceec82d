package care

import (
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// MonthNumbers are a user's numbers of a month, of one kind of contact.
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

// monthNumbers are the viewer's numbers of this month and the one before, by kind, in three statements.
//
// What is done counts for whoever made the contact that closed it, in the month of that contact, also when the account has
// gone to somebody else since; what is open counts for whoever it is planned for now (story 1). So the numbers of two reps
// never count one contact twice.
func monthNumbers(tx *models.Tx, v auth.Viewer, shed []models.ShedItem) ([]MonthNumbers, error) {
	this := firstOfMonth(tx.Today)
	before, end := firstOfMonth(this-1), firstOfMonth(this+31)-1
	open, err := tx.OpenTally(v.Scope(), v.User, before, end)
	if err != nil {
		return nil, err
	}
	done, err := tx.DoneTally(v.User, before, end)
	if err != nil {
		return nil, err
	}
	logs, err := tx.LogTally(v.User, before, end)
	if err != nil {
		return nil, err
	}
	b := newNumbers(tx.Today, before, this)
	b.count(open, done, logs)
	for _, row := range shed {
		b.at(row.Kind, row.DueOn).shed++
	}
	return b.rows(), nil
}

// numbers sums up by month and kind.
type numbers struct {
	today  civil.Date
	months []civil.Date
	cells  map[cell]*monthSums
}

type cell struct {
	month civil.Date
	kind  cadence.Kind
}

type monthSums struct{ open, scheduled, done, shed, reached, attempts int }

func newNumbers(today civil.Date, months ...civil.Date) numbers {
	return numbers{today: today, months: months, cells: map[cell]*monthSums{}}
}

func (b numbers) at(kind cadence.Kind, day civil.Date) *monthSums {
	key := cell{firstOfMonth(day), kind}
	if b.cells[key] == nil {
		b.cells[key] = &monthSums{}
	}
	return b.cells[key]
}

func (b numbers) count(open, done, logs []models.Tally) {
	for _, t := range open {
		b.at(t.Kind, t.Day).open += t.N
		if t.Day >= b.today {
			b.at(t.Kind, t.Day).scheduled += t.N
		}
	}
	for _, t := range done {
		b.at(t.Kind, t.Day).done += t.N
	}
	for _, t := range logs {
		if t.Outcome.Reached() {
			b.at(t.Kind, t.Day).reached += t.N
		} else {
			b.at(t.Kind, t.Day).attempts += t.N
		}
	}
}

// rows are the months in order, the kinds as people list them; a kind without any number is left out.
func (b numbers) rows() []MonthNumbers {
	var out []MonthNumbers
	for _, month := range slices.Sorted(slices.Values(b.months)) {
		for _, kind := range cadence.AllKinds() {
			s := b.cells[cell{month, kind}]
			if s == nil {
				continue
			}
			planned := s.done + s.open + s.shed
			out = append(out, MonthNumbers{
				Month: month, Kind: kind, Planned: planned, Scheduled: s.scheduled, Done: s.done,
				Remaining: planned - s.done, Reached: s.reached, Attempts: s.attempts,
			})
		}
	}
	return out
}
