package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// WorkloadBy is what the rows of a workload are.
type WorkloadBy string

// The rows there are.
const (
	ByStore WorkloadBy = "STORE"
	ByTeam  WorkloadBy = "TEAM"
	ByRep   WorkloadBy = "REP"
	ByWeek  WorkloadBy = "WEEK"
)

// WorkloadInput says which workload to read. What is left out means all the viewer leads, and this month.
type WorkloadInput struct {
	By               WorkloadBy
	Month            *civil.Date // any day of it
	Store, Team, Rep *id.ID
}

// Workload is who does how much, and what it brings (D30): a month beside the one before.
type Workload struct {
	Month, Before            civil.Date // their first days
	Elapsed                  float64
	Rows                     []WorkloadRow
	Total                    WorkloadRow
	Fairness, FairnessBefore Fairness
}

// WorkloadRow is a store, team, rep or week.
type WorkloadRow struct {
	ID          *id.ID
	Week        *civil.Date
	Name        string
	Now, Before Figures
}

// maxWorkers caps the reps of a workload: their keys are variables of statements, of which engines take 32,766.
const maxWorkers = 2000

// Workload reads the figures of those the viewer leads, in twelve statements. NOT_FOUND for a store, team or rep beyond;
// INVALID for a month that no plan reaches; LIMITED for more than 2,000 reps.
func (s *Service) Workload(ctx context.Context, in WorkloadInput) (Workload, error) {
	var w Workload
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		sheet, err := s.timesheet(tx, v, in)
		if err != nil {
			return err
		}
		w = sheet.workload(in.By)
		return nil
	})
	return w, err
}

func (s *Service) timesheet(tx *models.Tx, v auth.Viewer, in WorkloadInput) (*timesheet, error) {
	if !slices.Contains([]WorkloadBy{ByStore, ByTeam, ByRep, ByWeek}, in.By) {
		return nil, Invalid("by", "is STORE, TEAM, REP or WEEK").By("enum")
	}
	month, err := monthAsked(tx, in.Month)
	if err != nil {
		return nil, err
	}
	people, err := workers(tx, v, models.WorkerFilter{Rep: in.Rep, Team: in.Team, Store: in.Store})
	if err != nil {
		return nil, err
	}
	policy, err := s.policy(tx)
	if err != nil {
		return nil, err
	}
	t := newTimesheet(tx, policy, people, month, in.By)
	return t, t.read(tx)
}

// planReach is how far ahead plans reach: numbers of later months would all be nothing.
const planReach = 92

// monthAsked is the month of a day, this month when none is named.
func monthAsked(tx *models.Tx, day *civil.Date) (models.Stretch, error) {
	if day == nil {
		return monthOf(tx.Today), nil
	}
	if *day > tx.Today+planReach {
		return models.Stretch{}, Invalid("month", "no plan reaches %s: choose a month up to %s", *day, tx.Today+planReach).By("future")
	}
	if year, _, _ := day.YMD(); year < 2000 {
		return models.Stretch{}, Invalid("month", "%s: choose a month since 2000", *day).By("past")
	}
	return monthOf(*day), nil
}

// workers are the reps the viewer leads, those that a filter leaves. NOT_FOUND for what lies beyond the viewer's reach.
func workers(tx *models.Tx, v auth.Viewer, f models.WorkerFilter) ([]models.Worker, error) {
	people, err := tx.Workers(v.Scope(), f, maxWorkers+1)
	if err != nil {
		return nil, err
	}
	if len(people) > maxWorkers {
		return nil, Limited("reps", "more than %d reps: choose a store or a team", maxWorkers)
	}
	if len(people) > 0 {
		return people, nil
	}
	return nil, known(tx, v, f)
}

// known tells whether what a filter names is there, for the viewer: with nobody in it, it counts nothing.
func known(tx *models.Tx, v auth.Viewer, f models.WorkerFilter) error {
	all := v.Scope().Reach == auth.ReachCompany
	if f.Rep != nil {
		u, err := tx.UserInScope(v.Scope(), *f.Rep)
		if err != nil || auth.Role(u.Role) != auth.Rep {
			return missing(or(err, models.ErrNotFound), "rep")
		}
	}
	if f.Team != nil {
		if _, err := tx.Team(*f.Team); err != nil || !all && *f.Team != v.Team {
			return missing(or(err, models.ErrNotFound), "team")
		}
	}
	if f.Store != nil {
		if _, err := tx.Shop(*f.Store); err != nil || !all && *f.Store != v.Store {
			return missing(or(err, models.ErrNotFound), "store")
		}
	}
	return nil
}

func or(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func keysOfWorkers(people []models.Worker) []id.ID {
	keys := make([]id.ID, len(people))
	for i, p := range people {
		keys[i] = p.User.ID
	}
	return keys
}
