package care

import (
	"context"
	"strconv"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/standing"
)

// Standing is where an account stands on the four axes, why, and how it came there.
type Standing struct {
	Axes []AxisStanding
	// NextGrade is the next rung of the loyalty ladder, nil on the highest, and Missing what the record lacks for it.
	NextGrade *int
	Missing   standing.Evidence
	Proposal  *GradeCard // what waits for a supervisor's word
	Changes   []StandingMove
}

// AxisStanding is one axis.
type AxisStanding struct {
	Axis  standing.Axis
	Value string      // a code of the axis, or the grade in digits; empty: none
	Since *civil.Date // of the last move on record
	Basis standing.Basis
}

// StandingMove is a move as people read it.
type StandingMove struct {
	ID    id.ID
	Axis  standing.Axis
	From  string
	To    string
	Cause models.StandingCause
	Basis standing.Basis
	Why   string
	Day   civil.Date
	By    *Person
}

// AccountStanding tells where an account stands. NOT_FOUND outside the viewer's scope.
func (s *Service) AccountStanding(ctx context.Context, account id.ID) (Standing, error) {
	var out Standing
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		a, err := tx.Account(v.Scope(), account)
		if err != nil {
			return missing(err, "account")
		}
		out, err = s.standingOf(tx, v.Scope(), a)
		return err
	})
	return out, err
}

// In tells what the value rests on: "zh" or "en".
func (a AxisStanding) In(lang string) string { return a.Basis.In(lang) }

// In tells what the value rested on.
func (m StandingMove) In(lang string) string { return m.Basis.In(lang) }

// Lacking tells what is missing for the next grade, a sentence each.
func (st Standing) Lacking(lang string) []string { return st.Missing.Missing(lang) }

func (s *Service) standingOf(tx *models.Tx, sc auth.Scope, a models.Account) (Standing, error) {
	var out Standing
	policy, err := s.policy(tx)
	if err != nil {
		return out, err
	}
	if err := out.changes(tx, sc, a.ID); err != nil {
		return out, err
	}
	evidence, err := tx.Behaviour(a.ID)
	if err != nil {
		return out, err
	}
	if next, missing, found := policy.Standing.Grades.Next(a.Grade, evidence[a.ID]); found {
		out.NextGrade, out.Missing = &next.Grade, missing
	}
	out.add(standing.Grade, gradeValue(a.Grade), evidence[a.ID].Basis())
	return out, out.follow(tx, a, policy)
}

// follow adds the axes that follow from orders.
func (st *Standing) follow(tx *models.Tx, a models.Account, policy Policy) error {
	orders, _, err := tx.Bought(a.ID)
	if err != nil {
		return err
	}
	r, err := newRater(tx, policy.Standing, a.ID)
	if err != nil {
		return err
	}
	days, rule := daysOf(orders), policy.Cadence.Activity
	_, basis := r.tier(a)
	if a.Tier != "" {
		st.add(standing.Value, a.Tier, basis)
	} else {
		st.add(standing.Value, "", standing.Basis{Code: "NEVER_BOUGHT"})
	}
	st.add(standing.Lifecycle, string(a.Lifecycle), standing.LifecycleBasis(a.Lifecycle, days, rule))
	st.add(standing.Activity, string(a.Activity), standing.ActivityBasis(a.Activity, days, rule))
	return nil
}

func (st *Standing) changes(tx *models.Tx, sc auth.Scope, account id.ID) error {
	rows, err := tx.StandingChangesOf(sc, account)
	if err != nil {
		return err
	}
	for _, r := range rows {
		c := r.Change
		move := StandingMove{ID: c.ID, Axis: c.Axis, From: c.FromValue, To: c.ToValue, Cause: c.Cause, Basis: c.Basis, Why: c.Why, Day: c.Day}
		if c.MadeBy != nil {
			move.By = &Person{*c.MadeBy, r.ByName}
		}
		st.Changes = append(st.Changes, move)
	}
	open, err := tx.OpenProposalOf(sc, account)
	if open != nil {
		card := gradeCard(*open)
		st.Proposal = &card
	}
	return err
}

func (st *Standing) add(axis standing.Axis, value string, basis standing.Basis) {
	one := AxisStanding{Axis: axis, Value: value, Basis: basis}
	for _, c := range st.Changes {
		if c.Axis == axis {
			one.Since = &c.Day
			break
		}
	}
	st.Axes = append(st.Axes, one)
}

func gradeValue(grade int) string { return strconv.Itoa(grade) }
