package graph

import (
	"context"
	"errors"

	"huifang/care"
	"huifang/graph/view"
	"huifang/id"
	"huifang/models"
)

// Resolver answers the fields of the schema by calling use cases. Its fields are set once, before serving.
type Resolver struct {
	Release string // what Query.version answers
	Care    *care.Door
}

// one returns a use case's result as the executor wants it.
func one[T any](row T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return &row, nil
}

// done answers a change that has nothing to show.
func done(err error) (bool, error) { return err == nil, err }

// item shows the plan item a use case changed.
func (r *Resolver) item(ctx context.Context, i models.PlanItem, err error) (*view.PlanItem, error) {
	if err != nil {
		return nil, err
	}
	today, err := r.Care.Today(ctx)
	return one(view.ItemOf(i, today), err)
}

// day shows a day.
func (r *Resolver) day(ctx context.Context, d care.Day, err error) (*view.Day, error) {
	if err != nil {
		return nil, err
	}
	today, err := r.Care.Today(ctx)
	return one(view.DayOf(d, today), err)
}

// stillSeen reads the account of a plan item that came without: nil when the viewer no longer sees it, because an
// answer to a command sent again shows what its author made, and not the account that has gone to somebody else.
func (r *Resolver) stillSeen(ctx context.Context, account id.ID) (*models.Account, error) {
	a, err := r.Care.Account(ctx, account)
	var known *care.Error
	if errors.As(err, &known) && known.Code == care.CodeNotFound {
		return nil, nil
	}
	return one(a, err)
}
