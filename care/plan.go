package care

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/forecast"
	"huifang/id"
	"huifang/models"
	"huifang/schedule"
)

// logDays is how far back a plan looks at contacts: longer than the longest rhythm and the onboarding ladder.
const logDays = 180

// ErrUnsafePlan says that a plan broke a hard rule of the schedule: it was not saved, the one before stands.
var ErrUnsafePlan = errors.New("the plan breaks a rule and was not saved")

// PlanResult tells what planning a rep came to.
type PlanResult struct {
	Rep       id.ID
	Accounts  int
	Planned   int // contacts in the plan
	Shed      int // demands without room
	Added     int
	Changed   int
	Removed   int
	Conflicts []PlanConflict
}

// PlanConflict is an item a person fixed where a rule says no: an appointment on a day off, say.
type PlanConflict struct {
	Item id.ID
	Rule schedule.Rule
}

// Wrote tells whether the plan differs from the one before.
func (r PlanResult) Wrote() bool { return r.Added+r.Changed+r.Removed > 0 }

// planRep makes the plan of a rep and writes the differences: forecast → cadence → schedule → difference (design §5).
// It holds the rep's row, so that two planners never write the same plan.
func (s *Service) planRep(tx *models.Tx, rep id.ID, model forecast.Model) (PlanResult, error) {
	policy, err := s.policy(tx)
	if err != nil {
		return PlanResult{}, err
	}
	asked, err := tx.ReplanAsked(rep)
	if err != nil {
		return PlanResult{}, err
	}
	last := tx.Today + civil.Date(policy.Planning.Days) - 1
	book, err := tx.RepBook(rep, models.BookSpan{LogsFrom: tx.Today - logDays, From: tx.Today, To: last})
	if err != nil {
		return PlanResult{}, err
	}
	p := planner{book: &book, policy: policy, model: model, today: tx.Today, last: last, newID: tx.NewID}
	p.opens = tx.TodayMinute()
	plan, err := p.plan(tx.Context())
	if err != nil {
		return PlanResult{}, err
	}
	if err := tx.SavePlan(rep, plan.diff); err != nil {
		return PlanResult{}, err
	}
	return plan.result, tx.ReplanDone(rep, asked)
}

// planner makes one plan of one rep. It is pure but for newID.
type planner struct {
	book   *models.RepBook
	policy Policy
	model  forecast.Model
	today  civil.Date
	last   civil.Date
	opens  civil.Minute
	newID  func() id.ID
}

// made is a plan and what it changes.
type made struct {
	diff   models.PlanDiff
	result PlanResult
}

func (p planner) plan(ctx context.Context) (made, error) {
	var wishes []wish
	var diff models.PlanDiff
	for _, a := range p.book.Accounts {
		needs := p.account(a, &diff)
		wishes = append(wishes, needs...)
	}
	d := draft{book: p.book, policy: p.policy.Planning, weeklyCap: p.policy.Cadence.WeeklyCap, today: p.today, wishes: wishes}
	d.calendar = newCalendar(p.book, p.policy.Planning, p.today, p.last, p.opens)
	problem := d.problem()
	plan, err := schedule.Solve(ctx, problem, schedule.Budget{}, uint64(p.today))
	if err != nil {
		return made{}, fmt.Errorf("schedule rep %s: %w", p.book.Rep.Number, err)
	}
	if broken := schedule.Check(problem, plan); len(broken) > 0 {
		return made{}, fmt.Errorf("%w: rep %s, %s (%d in all)", ErrUnsafePlan, p.book.Rep.Number, broken[0].Words, len(broken))
	}
	return p.differences(diff, wishes, plan), nil
}

// account projects an account, asks the care rules what it needs, and matches that with the items there are.
func (p planner) account(a models.Account, diff *models.PlanDiff) []wish {
	projection := p.project(a, diff)
	a = p.stand(a)
	facts := factsOf(p.book, a, projection, p.today)
	demands := cadence.Demands(facts, p.policy.Cadence, p.today, p.last)
	joins := cadence.Joins(facts, p.policy.Cadence, p.today, p.last)
	wishes := match(a, demands, p.book.Items[a.ID])
	for i := range wishes {
		wishes[i].joined = joinedTo(wishes[i], joins)
		wishes[i].with = companions(p.book, wishes[i].roles(), wishes[i].item)
	}
	p.standing(a, projection, wishes, diff)
	return wishes
}

// joinedTo are the demands a held item takes up; one that is the item's own is no addition.
func joinedTo(w wish, joins []cadence.Join) []models.Joined {
	if !w.held() {
		return nil
	}
	var out []models.Joined
	for _, j := range joins {
		if j.Planned == w.item.ID.String() && j.Demand.Key != w.item.DemandKey {
			out = append(out, models.Joined{Key: j.Demand.Key, Script: j.Demand.Script, Objectives: j.Demand.Objectives, Reasons: j.Demand.Reasons})
		}
	}
	return out
}

// roles are who is asked along besides the rep.
func (w wish) roles() []cadence.Role {
	if w.held() {
		return w.item.With
	}
	if w.demand.By != "" && w.demand.By != cadence.Rep {
		return append([]cadence.Role{w.demand.By}, w.demand.With...)
	}
	return w.demand.With
}

// probabilityStep is how far a probability must move before the projection is kept anew.
const probabilityStep = 0.05

// project asks the forecast and keeps the projection when it says something new.
func (p planner) project(a models.Account, diff *models.PlanDiff) forecast.Projection {
	last, known := p.book.Projections[a.ID]
	var before forecast.Horizon
	if known {
		before = forecast.Horizon(last.Model)
	}
	out := p.model.Project(historyOf(p.book, a.ID), p.policy.Forecast, p.today, before, overrideOf(p.book.Overrides[a.ID]))
	row := projectionRow(a.ID, p.today, out)
	if !known || saysMore(last, row) {
		diff.Projections = append(diff.Projections, row)
	}
	return out
}

func projectionRow(account id.ID, day civil.Date, p forecast.Projection) models.Projection {
	evidence, err := json.Marshal(p.Evidence)
	if err != nil {
		evidence = nil // strings and maps of strings always marshal
	}
	return models.Projection{
		AccountID: account, Day: day, Expected: p.Expected, P30: p.P30, P60: p.P60, P90: p.P90, Active: p.Active,
		Horizon: string(p.Horizon), Model: string(p.Model), Source: string(p.Source), Evidence: evidence,
	}
}

// saysMore tells whether a projection differs enough from the last one kept to be kept too.
func saysMore(last, now models.Projection) bool {
	moved := max(abs(last.P30-now.P30), abs(last.P60-now.P60), abs(last.P90-now.P90))
	return last.Horizon != now.Horizon || last.Model != now.Model || last.Source != now.Source || moved >= probabilityStep
}

func abs(x float64) float64 { return max(x, -x) }

// stand recomputes lifecycle and activity from the purchases (D13, D14).
func (p planner) stand(a models.Account) models.Account {
	var days []civil.Date
	for _, purchase := range historyOf(p.book, a.ID).Purchases {
		days = append(days, purchase.Day)
	}
	a.Activity = p.policy.Cadence.ActivityOf(days, p.today)
	a.Lifecycle = p.policy.Cadence.LifecycleOf(days, p.today)
	return a
}

// standing notes what the account's row should say, when it says otherwise.
func (p planner) standing(a models.Account, f forecast.Projection, wishes []wish, diff *models.PlanDiff) {
	now := models.Standing{
		AccountID: a.ID, Lifecycle: a.Lifecycle, Activity: a.Activity,
		Horizon: cadence.Horizon(f.Horizon), ExpectedOn: f.Expected, NextDueOn: nextDue(wishes),
	}
	before := p.stored(a.ID)
	if before.Lifecycle != now.Lifecycle || before.Activity != now.Activity || before.Horizon != now.Horizon ||
		!sameDay(before.ExpectedOn, now.ExpectedOn) || !sameDay(before.NextDueOn, now.NextDueOn) {
		diff.Standings = append(diff.Standings, now)
	}
}

// stored is the account as the database has it.
func (p planner) stored(account id.ID) models.Account {
	i, _ := slices.BinarySearchFunc(p.book.Accounts, account, func(a models.Account, x id.ID) int { return a.ID.Compare(x) })
	return p.book.Accounts[i]
}

func nextDue(wishes []wish) *civil.Date {
	var first *civil.Date
	for _, w := range wishes {
		due := w.demand.Due
		if w.held() {
			due = w.item.DueOn
		}
		if first == nil || due < *first {
			first = &due
		}
	}
	return first
}

func sameDay(a, b *civil.Date) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// match pairs demands with the planner's open items: by key first, then by kind in order of days, so that an item keeps
// its identity when the contact it follows from has happened and its key moves on. Held items are wishes of their own.
func match(a models.Account, demands []cadence.Demand, items []models.PlanItem) []wish {
	var wishes []wish
	var free []*models.PlanItem
	for i := range items {
		switch item := &items[i]; {
		case item.Held():
			wishes = append(wishes, wish{account: a, item: item})
		case item.IsOpen():
			free = append(free, item)
		}
	}
	slices.SortStableFunc(free, func(x, y *models.PlanItem) int { return cmp.Compare(x.Day, y.Day) })
	first := len(wishes)
	for _, d := range demands {
		w := wish{account: a, demand: d}
		w.item, free = takeItem(free, func(i *models.PlanItem) bool { return i.DemandKey == d.Key })
		wishes = append(wishes, w)
	}
	for i := range wishes[first:] {
		w := &wishes[first+i]
		if w.item == nil {
			w.item, free = takeItem(free, func(i *models.PlanItem) bool { return i.Kind == w.demand.Kind })
		}
	}
	return wishes
}

func takeItem(items []*models.PlanItem, fits func(*models.PlanItem) bool) (*models.PlanItem, []*models.PlanItem) {
	i := slices.IndexFunc(items, fits)
	if i < 0 {
		return nil, items
	}
	return items[i], slices.Delete(slices.Clone(items), i, i+1)
}
