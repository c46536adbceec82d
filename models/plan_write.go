package models

import (
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// PlanDiff is what a new plan of a rep changes: nothing else is written.
type PlanDiff struct {
	Insert []PlanItem
	Update []PlanItem // the planner's columns of open items
	// Delete are the planner's items of today or later that are no longer due; Drop those whose day has passed.
	Delete []id.ID
	Drop   []id.ID
	// Shed replaces the list of what found no room, nil when it stays as it is.
	Shed        *[]ShedItem
	Projections []Projection
	Standings   []Standing
	// Moves are those of the standings, as they are kept.
	Moves []StandingChange
}

// Standing is what the plan writes on an account.
type Standing struct {
	AccountID  id.ID
	Lifecycle  cadence.Lifecycle
	Activity   cadence.Activity
	Horizon    cadence.Horizon
	ExpectedOn *civil.Date
	NextDueOn  *civil.Date
	// How often the account must hear of us: see Account.
	ContactEvery int
	InTouchUntil *civil.Date
	NeglectedOn  *civil.Date
}

// Put writes the standing on its account as it would be read again, without saving it.
func (s Standing) Put(a *Account) {
	a.Lifecycle, a.Activity, a.Horizon = s.Lifecycle, s.Activity, s.Horizon
	a.ExpectedOn, a.NextDueOn = s.ExpectedOn, s.NextDueOn
	a.ContactEvery, a.InTouchUntil, a.NeglectedOn = s.ContactEvery, s.InTouchUntil, s.NeglectedOn
}

// Empty tells whether the plan changes nothing.
func (d PlanDiff) Empty() bool {
	return len(d.Insert)+len(d.Update)+len(d.Delete)+len(d.Drop)+len(d.Projections)+len(d.Standings) == 0 && d.Shed == nil
}

// SavePlan writes the differences of a rep's plan.
func (tx *Tx) SavePlan(rep id.ID, d PlanDiff) error {
	steps := []func() error{
		func() error { return tx.deleteItems(d.Delete) },
		func() error { return tx.dropItems(d.Drop) },
		func() error { return tx.updateItems(d.Update) },
		func() error { return tx.insertAll(len(d.Insert), &d.Insert) },
		func() error { return tx.replaceShed(rep, d.Shed) },
		func() error { return tx.putProjections(d.Projections) },
		func() error { return tx.putStandings(d.Standings) },
		func() error { return tx.keepMoves(d.Moves) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) insertAll(n int, rows any) error {
	if n == 0 {
		return nil
	}
	return tx.insert(rows)
}

// deleteItems takes off only what is still the planner's to move: a person may have started one meanwhile.
func (tx *Tx) deleteItems(items []id.ID) error {
	if len(items) == 0 {
		return nil
	}
	return tx.remove(&PlanItem{}, "id IN ? AND status = ? AND source = ?", items, ItemOpen, FromPlanner)
}

func (tx *Tx) dropItems(items []id.ID) error {
	if len(items) == 0 {
		return nil
	}
	_, err := tx.change(&PlanItem{}, map[string]any{"status": ItemDropped, "closed_at": tx.Now, "updated_at": tx.Now},
		"id IN ? AND status = ?", items, ItemOpen)
	return err
}

// planned are the columns of an item that belong to the planner.
var planned = []string{
	"rep_id", "demand_key", "kind", "or_kind", "day", "start_min", "seq", "minutes", "travel",
	"earliest_on", "due_on", "latest_on", "priority", "urgent", "by", "with_roles", "expert_id",
	"objectives", "script", "also_scripts", "reasons", "joined", "case_id", "updated_at",
}

func (tx *Tx) updateItems(items []PlanItem) error {
	for i := range items {
		items[i].UpdatedAt = tx.Now
		items[i].touch(&tx.touched)
		err := tx.db.Model(&items[i]).Select(planned).Where("status IN ?", []ItemStatus{ItemOpen, ItemStarted}).Updates(&items[i]).Error
		if err != nil {
			return wrap("update a plan item", err)
		}
	}
	return nil
}

func (tx *Tx) replaceShed(rep id.ID, shed *[]ShedItem) error {
	if shed == nil {
		return nil
	}
	tx.touched.world(rep)
	if err := tx.drop(&ShedItem{}, "rep_id = ?", rep); err != nil {
		return err
	}
	if len(*shed) == 0 { // a want of room that comes back later is another one
		return tx.dropSnooze("NO_ROOM", rep)
	}
	return tx.insertAll(len(*shed), shed)
}

// putProjections keeps one projection an account and day: the last one of the day.
func (tx *Tx) putProjections(rows []Projection) error {
	if len(rows) == 0 {
		return nil
	}
	keys := make([]id.ID, len(rows))
	for i, p := range rows {
		keys[i] = p.AccountID
	}
	for start := 0; start < len(keys); start += insertBatch {
		chunk := keys[start:min(start+insertBatch, len(keys))]
		if err := tx.drop(&Projection{}, "day = ? AND account_id IN ?", rows[0].Day, chunk); err != nil {
			return err
		}
	}
	return tx.insert(&rows)
}

func (tx *Tx) keepMoves(moves []StandingChange) error {
	for i := range moves {
		moves[i].CreatedAt = tx.Now
	}
	return tx.AddStandingChanges(moves)
}

func (tx *Tx) putStandings(standings []Standing) error {
	for _, s := range standings {
		columns := map[string]any{
			"lifecycle": s.Lifecycle, "activity": s.Activity, "horizon": s.Horizon,
			"expected_on": s.ExpectedOn, "next_due_on": s.NextDueOn,
			"contact_every": s.ContactEvery, "in_touch_until": s.InTouchUntil, "neglected_on": s.NeglectedOn,
		}
		tx.touched.account(s.AccountID)
		if err := tx.updateOne(&Account{}, columns, "id = ?", s.AccountID); err != nil {
			return err
		}
	}
	return nil
}

// Replans are the reps whose plan should be made anew, longest waiting first.
func (tx *Tx) Replans() ([]Replan, error) {
	var rows []Replan
	return rows, tx.sorted(&rows, "asked_at, rep_id", "1 = 1")
}

// ReplanAsked is when a rep's plan was last asked for, zero when nobody waits.
func (tx *Tx) ReplanAsked(rep id.ID) (time.Time, error) {
	var rows []Replan
	if err := tx.find(&rows, "rep_id = ?", rep); err != nil || len(rows) == 0 {
		return time.Time{}, err
	}
	return rows[0].AskedAt, nil
}

// ReplanDone takes a request off that a plan has seen; one made later stays.
func (tx *Tx) ReplanDone(rep id.ID, seen time.Time) error {
	if seen.IsZero() {
		return nil
	}
	return tx.remove(&Replan{}, "rep_id = ? AND asked_at <= ?", rep, seen)
}

// RepsToPlan are the active reps who hold accounts or stand in for others.
func (tx *Tx) RepsToPlan() ([]id.ID, error) {
	var users []User
	err := tx.sorted(&users, "number, id",
		"role = 'REP' AND disabled_at IS NULL AND "+
			"(id IN (SELECT rep_id FROM accounts WHERE erased_at IS NULL) OR id IN (SELECT rep_id FROM covers WHERE to_day >= ?))", tx.Today)
	out := make([]id.ID, len(users))
	for i, u := range users {
		out[i] = u.ID
	}
	return out, err
}

// Supply is one purchase as the forecast sees it.
type Supply struct {
	AccountID  id.ID
	Day        civil.Date
	SupplyDays int
}

// Supplies are all purchases not given back whole, by account and day.
func (tx *Tx) Supplies() ([]Supply, error) {
	var rows []Supply
	err := tx.db.Model(&Purchase{}).Select("account_id", "day", "supply_days").
		Where("id NOT IN (SELECT purchase_id FROM returns WHERE whole = ?)", true).
		Order("account_id, day").Find(&rows).Error
	return rows, wrap("read purchases for the forecast", err)
}

// LastProjections are the latest projections of some accounts, by account.
func (tx *Tx) LastProjections(accounts []id.ID) (map[id.ID]Projection, error) {
	var rows []Projection
	err := tx.find(&rows, "account_id IN ? AND day = (SELECT MAX(p.day) FROM projections p WHERE p.account_id = projections.account_id)", accounts)
	return byID(rows, func(p Projection) id.ID { return p.AccountID }), err
}

// PutProjections keeps one projection an account and day, the last one of the day; all are of the same day.
func (tx *Tx) PutProjections(rows []Projection) error { return tx.putProjections(rows) }
