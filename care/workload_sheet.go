package care

import (
	"cmp"
	"slices"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// timesheet is what the rows of a workload are added up from: the portion of each rep in each period.
type timesheet struct {
	today    civil.Date
	policy   Policy
	people   []models.Worker
	month    models.Stretch
	before   models.Stretch
	periods  []models.Stretch // first those of the month, then as many of the month before
	portions map[share]*portion
	weekly   bool
}

func newTimesheet(tx *models.Tx, policy Policy, people []models.Worker, month models.Stretch, by WorkloadBy) *timesheet {
	t := &timesheet{today: tx.Today, policy: policy, people: people, month: month, before: monthOf(month.From - 1),
		portions: map[share]*portion{}, weekly: by == ByWeek}
	t.periods = []models.Stretch{month}
	if t.weekly {
		t.periods = weeksOf(month)
	}
	t.periods = append(t.periods, besides(t.periods, month, t.before)...)
	return t
}

// weeksOf are the weeks of a month, Monday to Sunday, cut at its ends.
func weeksOf(month models.Stretch) []models.Stretch {
	var out []models.Stretch
	for from := month.From; from <= month.To; {
		to := min(sundayOf(from), month.To)
		out = append(out, models.Stretch{From: from, To: to})
		from = to + 1
	}
	return out
}

// mondayOf and sundayOf are the ends of the week of a day.
func mondayOf(day civil.Date) civil.Date { return day - civil.Date((int(day.Weekday())+6)%7) }
func sundayOf(day civil.Date) civil.Date { return mondayOf(day) + 6 }

// besides are the same days of the month before, the last stretch with what is left of it: so they add up to that month.
func besides(stretches []models.Stretch, month, before models.Stretch) []models.Stretch {
	out := make([]models.Stretch, len(stretches))
	for i, s := range stretches {
		out[i] = models.Stretch{From: before.From + s.From - month.From, To: min(before.From+s.To-month.From, before.To)}
	}
	out[len(out)-1].To = before.To
	return out
}

// current tells whether the month holds today: what is held, neglected and overdue is known of now only.
func (t *timesheet) current() bool { return t.month.Holds(t.today) }

// at is the portion of a rep in a period.
func (t *timesheet) at(user id.ID, period int) *portion {
	key := share{user, period}
	if t.portions[key] == nil {
		t.portions[key] = &portion{}
	}
	return t.portions[key]
}

// read fills in the portions, in ten statements.
func (t *timesheet) read(tx *models.Tx) error {
	users := keysOfWorkers(t.people)
	if len(users) == 0 {
		return nil
	}
	for _, step := range []func(*models.Tx, []id.ID) error{t.readNumbers, t.readHours, t.readHoldings, t.readLate, t.readFruits} {
		if err := step(tx, users); err != nil {
			return err
		}
	}
	t.forgetIdle()
	return nil
}

func (t *timesheet) readNumbers(tx *models.Tx, users []id.ID) error {
	numbers, err := countNumbers(tx, users, t.periods)
	for key, n := range numbers {
		t.at(key.user, key.period).tally = *n
	}
	return err
}

// readHours reckons working time: weekly hours less holidays and leave, by the rules in force now.
func (t *timesheet) readHours(tx *models.Tx, users []id.ID) error {
	hours, err := readHours(tx, t.policy, users, models.Stretch{From: t.before.From, To: t.month.To})
	if err != nil {
		return err
	}
	for _, w := range t.people {
		for i, p := range t.periods {
			t.at(w.User.ID, i).work(hours, w.User, p, t.today)
		}
	}
	return nil
}

func (t *timesheet) readHoldings(tx *models.Tx, users []id.ID) error {
	rows, err := tx.Holdings(users)
	for _, h := range rows {
		t.at(h.User, 0).hold(h)
	}
	return err
}

func (t *timesheet) readLate(tx *models.Tx, users []id.ID) error {
	rows, err := tx.LateItems(users)
	for _, l := range rows {
		p := t.at(l.User, 0)
		p.overdue, p.overdueDays = p.overdue+l.N, p.overdueDays+l.N*int(t.today-l.DueOn)
	}
	return err
}

func (t *timesheet) readFruits(tx *models.Tx, users []id.ID) error {
	bought, err := tx.Repurchases(users, t.periods, models.Credit(t.policy.Workload.CreditDays))
	if err != nil {
		return err
	}
	for _, f := range bought {
		p := t.at(f.User, f.Stretch)
		p.repurchases, p.amount = p.repurchases+f.N, p.amount+f.Amount
	}
	brought, err := tx.Referrals(users, t.periods)
	for _, f := range brought {
		t.at(f.User, f.Stretch).referrals += f.N
	}
	return err
}

// forgetIdle leaves out who has left and has nothing in these months.
func (t *timesheet) forgetIdle() {
	t.people = slices.DeleteFunc(t.people, func(w models.Worker) bool {
		if w.User.DisabledAt == nil {
			return false
		}
		for i := range t.periods {
			if !t.at(w.User.ID, i).idle() {
				return false
			}
		}
		return true
	})
}

// workload adds up the rows.
func (t *timesheet) workload(by WorkloadBy) Workload {
	w := Workload{Month: t.month.From, Before: t.before.From, Total: t.row(t.people, span{0, len(t.periods)})}
	if e := w.Total.Now.Elapsed; e != nil {
		w.Elapsed = *e
	} else if t.month.To < t.today {
		w.Elapsed = 1
	}
	w.Fairness, w.FairnessBefore = t.fairness(0), t.fairness(1)
	if by == ByWeek {
		w.Rows = t.weeks()
		return w
	}
	for _, g := range grouped(t.people, by) {
		row := t.row(g.people, span{0, len(t.periods)})
		row.ID, row.Name = g.id, g.name
		w.Rows = append(w.Rows, row)
	}
	return w
}

// span is some periods in a row, of both months: the second half of the list is the month before.
type span struct{ from, to int }

// row adds up some reps over some periods.
func (t *timesheet) row(people []models.Worker, s span) WorkloadRow {
	half := len(t.periods) / 2
	var now, before portion
	for _, w := range people {
		for i := s.from; i < min(s.to, half); i++ {
			now.add(t.at(w.User.ID, i))
			before.add(t.at(w.User.ID, half+i))
		}
	}
	whole := s.to-s.from >= half
	return WorkloadRow{Now: now.figures(t, t.month.From, whole && t.current()), Before: before.figures(t, t.before.From, false)}
}

func (t *timesheet) weeks() []WorkloadRow {
	var rows []WorkloadRow
	for i := range len(t.periods) / 2 {
		row := t.row(t.people, span{i, i + 1})
		row.Week = &t.periods[i].From
		rows = append(rows, row)
	}
	return rows
}

// group is the reps of a row.
type group struct {
	id     *id.ID
	name   string
	number string
	people []models.Worker
}

// grouped puts reps together by what the rows are. Who belongs to no store or team is one row more, without a name.
func grouped(people []models.Worker, by WorkloadBy) []group {
	var out []group
	for _, w := range people {
		g := groupOf(w, by)
		i := slices.IndexFunc(out, func(o group) bool { return sameKey(o.id, g.id) })
		if i < 0 {
			i = len(out)
			out = append(out, g)
		}
		out[i].people = append(out[i].people, w)
	}
	slices.SortStableFunc(out, func(a, b group) int { return cmp.Compare(a.number, b.number) })
	return out
}

func groupOf(w models.Worker, by WorkloadBy) group {
	switch by {
	case ByStore:
		return group{id: w.User.StoreID, name: w.StoreName, number: w.StoreNo}
	case ByTeam:
		return group{id: w.User.TeamID, name: w.TeamName, number: w.TeamNo}
	}
	return group{id: &w.User.ID, name: w.User.Name} // in the order they were read: by store, team and number
}

func sameKey(a, b *id.ID) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
