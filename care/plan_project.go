package care

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"

	"huifang/cadence"
	"huifang/civil"
	"huifang/forecast"
	"huifang/id"
	"huifang/models"
)

const (
	// probabilityStep is how far a probability must move before the projection is kept anew.
	probabilityStep = 0.05
	// expectedStep is how many days the expected day must move: it creeps ahead a little every day nothing is bought.
	expectedStep = 7
)

// project asks the forecast. The projection is kept when it says something new; until then the one kept before speaks, so
// that nothing on the phones changes from one morning to the next without a cause.
func (p planner) project(a models.Account, diff *models.PlanDiff) models.Projection {
	last, known := p.book.Projections[a.ID]
	var before forecast.Horizon
	if known {
		before = forecast.Horizon(last.Model) // without the rep's word: that has its own end
	}
	history := historyOf(p.book, a.ID)
	version := p.model.of(a)
	out, curve := version.model.ProjectCurve(history, p.policy.Forecast, p.today, before, overrideOf(p.book.Overrides[a.ID]))
	row := version.row(a.ID, p.today, out)
	if known && !boughtSince(history, last.Day) && !saysMore(last, row) {
		return last
	}
	row.Curve = curveRow(curve())
	diff.Projections = append(diff.Projections, row)
	return row
}

// row is a projection of this version as it is kept, its curve aside: that is drawn only where the row is kept.
func (v version) row(account id.ID, day civil.Date, p forecast.Projection) models.Projection {
	evidence, err := json.Marshal(p.Evidence)
	if err != nil {
		evidence = nil // strings and maps of strings always marshal
	}
	return models.Projection{
		AccountID: account, Day: day, ModelID: v.id, Expected: p.Expected, P30: p.P30, P60: p.P60, P90: p.P90, Active: p.Active,
		Horizon: string(p.Horizon), Model: string(p.Model), Source: string(p.Source), Evidence: evidence,
	}
}

// curveRow writes a curve as it is kept: in thousandths, two bytes each.
func curveRow(curve []float64) []byte {
	var row []byte
	for _, p := range curve {
		row = binary.BigEndian.AppendUint16(row, uint16(math.Round(1000*p)))
	}
	return row
}

// Curve is the probability of a purchase within 5, 10 … 120 days of the day of a projection; nil when none is kept with it.
func Curve(p models.Projection) []float64 {
	var curve []float64
	for row := p.Curve; len(row) >= 2; row = row[2:] {
		curve = append(curve, float64(binary.BigEndian.Uint16(row))/1000)
	}
	return curve
}

func boughtSince(h forecast.History, day civil.Date) bool {
	for _, p := range h.Purchases {
		if p.Day > day {
			return true
		}
	}
	return false
}

// saysMore tells whether a projection differs enough from the last one kept to be kept too.
func saysMore(last, now models.Projection) bool {
	moved := max(math.Abs(last.P30-now.P30), math.Abs(last.P60-now.P60), math.Abs(last.P90-now.P90))
	switch {
	case last.Horizon != now.Horizon || last.Model != now.Model || last.Source != now.Source || moved >= probabilityStep:
		return true
	case last.Day == now.Day && !bytes.Equal(last.Evidence, now.Evidence):
		return true // the day is the same, so it is something that happened
	case now.Source == string(forecast.FromRep) && !bytes.Equal(firstEvidence(last), firstEvidence(now)):
		return true // the rep has another word
	}
	return expectedMoved(last.Expected, now.Expected, now.Day)
}

func expectedMoved(last, now *civil.Date, today civil.Date) bool {
	if last == nil || now == nil {
		return last != now
	}
	return *last < today || *now-*last >= expectedStep || *last-*now >= expectedStep
}

// firstEvidence is the sentence a projection rests on most.
func firstEvidence(p models.Projection) []byte {
	var all []json.RawMessage
	if err := json.Unmarshal(p.Evidence, &all); err != nil || len(all) == 0 {
		return nil
	}
	return all[0]
}

// stand recomputes lifecycle and activity from the purchases (D13, D14).
func (p planner) stand(a models.Account) models.Account {
	days := p.days(a.ID)
	a.Activity = p.policy.Cadence.ActivityOf(days, p.today)
	a.Lifecycle = p.policy.Cadence.LifecycleOf(days, p.today)
	return a
}

// standing notes what the account's row should say, when it says otherwise.
func (p planner) standing(before, now models.Account, f cadence.Facts, wishes []wish, diff *models.PlanDiff) {
	row := models.Standing{
		AccountID: now.ID, Lifecycle: now.Lifecycle, Activity: now.Activity,
		Horizon: f.Horizon, ExpectedOn: f.NextPurchase, NextDueOn: nextDue(wishes),
	}
	p.policy.Inbox.touch(&row, cadence.TouchOf(f, p.policy.Cadence, p.today))
	if !standsAt(before, row) {
		diff.Standings = append(diff.Standings, row)
	}
	diff.Moves = append(diff.Moves, p.moves(before, now)...)
}

// moves are those that the day brought: an order and a return keep theirs when they are recorded. What no day since the account
// moved last explains is the rules' doing.
func (p planner) moves(before, now models.Account) []models.StandingChange {
	if before.Lifecycle == now.Lifecycle && before.Activity == now.Activity {
		return nil
	}
	days := p.days(now.ID)
	cause := models.CauseRules
	for back := civil.Date(1); back <= timeLooksBack && cause == models.CauseRules; back++ {
		rules, then := p.policy.Cadence, p.today-back
		if rules.LifecycleOf(days, then) == before.Lifecycle && rules.ActivityOf(days, then) == before.Activity {
			cause = models.CauseTime
		}
	}
	changes := moves(before, now, days, cause, p.policy, p.today)
	for i := range changes {
		changes[i].ID = p.newID()
	}
	return changes
}

// timeLooksBack is how many days may have passed without a plan before a move counts as the rules' doing.
const timeLooksBack = 60

// days are those of an account's orders that stand.
func (p planner) days(account id.ID) []civil.Date {
	var days []civil.Date
	for _, purchase := range historyOf(p.book, account).Purchases {
		days = append(days, purchase.Day)
	}
	return days
}

func standsAt(a models.Account, row models.Standing) bool {
	return a.Lifecycle == row.Lifecycle && a.Activity == row.Activity && a.Horizon == row.Horizon &&
		sameDay(a.ExpectedOn, row.ExpectedOn) && sameDay(a.NextDueOn, row.NextDueOn) && a.ContactEvery == row.ContactEvery &&
		sameDay(a.InTouchUntil, row.InTouchUntil) && sameDay(a.NeglectedOn, row.NeglectedOn)
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
