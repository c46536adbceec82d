package care

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/road"
	"huifang/schedule"
)

var (
	// ErrUnsafePlan says that a plan broke a hard rule of the schedule: it was not saved, the one before stands.
	ErrUnsafePlan = errors.New("the plan breaks a rule and was not saved")
	// errRepGone says that there is no such rep, or not any more.
	errRepGone = errors.New("no such active rep")
	// errTaken says that another rep's plan has just asked for the same companion: plan again.
	errTaken = errors.New("a companion was taken meanwhile")
)

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
// It returns errRepGone for a rep who left, ErrUnsafePlan, and errTaken.
func (s *Service) planRep(tx *models.Tx, rep id.ID, model outlook, roads *road.Table) (PlanResult, error) {
	policy, err := s.policy(tx)
	if err != nil {
		return PlanResult{}, err
	}
	// Before the book is read: what is asked for after this is not seen by this plan, and stays.
	asked, err := tx.ReplanAsked(rep)
	if err != nil {
		return PlanResult{}, err
	}
	span := models.BookSpan{
		LogsFrom: tx.Today - policy.lookBack(), From: tx.Today, To: tx.Today + civil.Date(policy.Planning.Days) - 1,
	}
	book, err := tx.RepBook(rep, span)
	if errors.Is(err, models.ErrNotFound) {
		return PlanResult{}, fmt.Errorf("%w: %w", errRepGone, err)
	}
	if err != nil {
		return PlanResult{}, err
	}
	p := planner{
		book: &book, policy: policy, model: model, roads: roads, today: span.From, last: span.To, newID: tx.NewID, dayOf: tx.Day,
	}
	p.calendar = newCalendar(&book, policy.Planning, span.From, span.To, tx.TodayMinute())
	plan, err := p.plan(tx.Context())
	if err != nil {
		return PlanResult{}, err
	}
	if err := save(tx, &book, plan.diff, span); err != nil {
		return PlanResult{}, err
	}
	for _, other := range plan.ask {
		if err := tx.AskReplan(other); err != nil {
			return PlanResult{}, err
		}
	}
	return plan.result, tx.ReplanDone(rep, asked)
}

// save writes the differences, once nobody else has asked for the companions they name.
func save(tx *models.Tx, b *models.RepBook, d models.PlanDiff, span models.BookSpan) error {
	if people := named(d); len(people) > 0 {
		busy, err := tx.LockBusy(b.Rep.ID, people, span)
		if err != nil {
			return err
		}
		if !sameBusy(busy, b.Busy, people) {
			return errTaken
		}
	}
	if err := tx.SavePlan(b.Rep.ID, d); err != nil {
		return err
	}
	return replanFormer(tx, b, d)
}

// replanFormer asks for new plans of the former reps who come along to visits that this plan has put on an hour.
func replanFormer(tx *models.Tx, b *models.RepBook, d models.PlanDiff) error {
	people := named(d)
	for _, c := range b.Companions {
		if auth.Role(c.Role) != auth.Rep || !slices.Contains(people, c.ID) {
			continue
		}
		if err := tx.AskReplan(c.ID); err != nil {
			return err
		}
	}
	return nil
}

// planner makes one plan of one rep. It is pure but for newID.
type planner struct {
	book     *models.RepBook
	policy   Policy
	model    outlook
	roads    *road.Table // nil: great circles
	today    civil.Date
	last     civil.Date
	calendar calendar
	newID    func() id.ID
	dayOf    func(time.Time) civil.Date // in the company's zone
	// elsewhere are the days of contacts other reps have with the same customers, by account.
	elsewhere map[id.ID][]civil.Date
}

// made is a plan and what it changes.
type made struct {
	diff   models.PlanDiff
	result PlanResult
	items  []models.PlanItem // all contacts of the plan, those that stay as they are too
	ask    []id.ID           // reps of shared accounts whose plans do not fit the facts any more
}

func (p planner) plan(ctx context.Context) (made, error) {
	var wishes []wish
	var diff models.PlanDiff
	for _, a := range p.book.Accounts {
		wishes = append(wishes, p.account(a, &diff)...)
	}
	wishes, others := p.part(wishes)
	p.elsewhere = elsewhere(others, p.today)
	plan, err := p.settle(ctx, wishes)
	if err != nil {
		return made{}, err
	}
	if err := safe(p.draft(wishes).problem(), plan); err != nil {
		return made{}, fmt.Errorf("rep %s: %w", p.book.Rep.Number, err)
	}
	ask := p.handOn(wishes, others, &diff)
	out := p.differences(diff, wishes, others, plan)
	out.ask = ask
	return out, nil
}

func (p planner) draft(wishes []wish) draft {
	return draft{
		book: p.book, policy: p.policy.Planning, weeklyCap: p.policy.Cadence.WeeklyCap, today: p.today,
		calendar: p.calendar, wishes: wishes, elsewhere: p.elsewhere, roads: p.roads,
	}
}

// safe holds a plan to every hard rule, independently of how it was made: ErrUnsafePlan for one that breaks any.
func safe(problem schedule.Problem, plan schedule.Plan) error {
	if broken := schedule.Check(problem, plan); len(broken) > 0 {
		return fmt.Errorf("%w: %s (%d in all)", ErrUnsafePlan, broken[0].Words, len(broken))
	}
	return nil
}

// account projects an account, asks the care rules what it needs, and matches that with the items there are.
func (p planner) account(a models.Account, diff *models.PlanDiff) []wish {
	projection := p.project(a, diff)
	now := p.stand(a)
	facts := factsOf(p.book, now, projection, p.today, p.dayOf(a.CreatedAt))
	demands, joins := cadence.Reckon(facts, p.policy.Cadence, p.today, p.last)
	wishes := p.match(now, demands)
	for i := range wishes {
		wishes[i].joined = joinedTo(wishes[i], joins)
		wishes[i].with = p.along(wishes[i])
	}
	p.standing(a, now, facts, wishes, diff)
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

// along is who comes along: whom a person named, else who fills the roles asked for.
func (p planner) along(w wish) []id.ID {
	if w.held() && w.item.ExpertID != nil {
		return []id.ID{*w.item.ExpertID}
	}
	from, to := p.span(w)
	return companions(p.book, w.roles(), w.item, func(u models.User) bool {
		for day := from; day <= to; day++ {
			if len(p.calendar.on(u, day)) > 0 {
				return true
			}
		}
		return false
	})
}

// span are the planned days on which a wish may come true.
func (p planner) span(w wish) (from, to civil.Date) {
	from, to = w.demand.Earliest, w.demand.Latest
	if w.held() {
		from, to = w.item.Day, w.item.Day
	}
	from, to = w.turn.within(max(from, p.today), max(to, p.today))
	return from, min(to, p.last)
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
