package care

import (
	"context"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// PipelineInput says whose accounts; what is left out means all the viewer leads.
type PipelineInput struct{ Team, Store, Rep *id.ID }

// PipelineWeek is what was expected to be bought in a week, and what was.
type PipelineWeek struct {
	Week     civil.Date // its Monday
	Expected int
	Came     *int
	Orders   *int
	Amount   *models.Fen
}

// How far a pipeline looks, in weeks beside this one.
const (
	pipelineBack  = 8
	pipelineAhead = 12
)

// Pipeline reads what was expected and what came of the accounts that the reps the viewer leads hold now, in four
// statements. Weeks that have begun say what was projected when they did; weeks to come, what is projected now.
func (s *Service) Pipeline(ctx context.Context, in PipelineInput) ([]PipelineWeek, error) {
	var out []PipelineWeek
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		people, err := workers(tx, v, models.WorkerFilter{Team: in.Team, Store: in.Store, Rep: in.Rep})
		if err != nil {
			return err
		}
		out, err = pipeline(tx, keysOfWorkers(people))
		return err
	})
	return out, err
}

func pipeline(tx *models.Tx, users []id.ID) ([]PipelineWeek, error) {
	weeks := make([]models.Stretch, 0, pipelineBack+1+pipelineAhead)
	for n := -pipelineBack; n <= pipelineAhead; n++ {
		monday := mondayOf(tx.Today) + civil.Date(7*n)
		weeks = append(weeks, models.Stretch{From: monday, To: monday + 6})
	}
	begun := weeks[:pipelineBack+1]
	out := make([]PipelineWeek, len(weeks))
	for i, w := range weeks {
		out[i].Week = w.From
		if i < len(begun) {
			out[i].Orders, out[i].Amount = new(int), new(models.Fen)
		}
	}
	then, err := tx.ExpectedThen(users, begun)
	if err != nil {
		return nil, err
	}
	for _, e := range then {
		out[e.Week].Expected = e.Accounts
		if weeks[e.Week].To < tx.Today {
			out[e.Week].Came = &e.Came
		}
	}
	ahead, err := tx.ExpectedNow(users, weeks[len(begun):])
	if err != nil {
		return nil, err
	}
	for _, e := range ahead {
		out[len(begun)+e.Week].Expected = e.Accounts
	}
	orders, err := tx.OrdersBy(users, begun)
	for _, o := range orders {
		out[o.Stretch].Orders, out[o.Stretch].Amount = &o.N, &o.Amount
	}
	return out, err
}
