package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"huifang/bench/measure"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

// moveTarget is how long 500 accounts may take to change hands.
const moveTarget = 5 * time.Second

// moved is how many accounts of how many reps move at once.
const (
	moved     = 500
	movedFrom = 5
)

// measureMove moves 500 accounts of five reps to one, with a brief of each and a first visit together where there is room, and
// takes the move back. All six have feeds.
func measureMove(ctx context.Context, d desk) ([]measure.Row, error) {
	givers, receiver := d.users[:movedFrom], d.users[movedFrom]
	for _, u := range d.users[:movedFrom+1] {
		if _, err := d.service.Changes(as(ctx, u), "", 2000); err != nil {
			return nil, err
		}
	}
	var there, back []measure.Usage
	var counts [2]int64
	for n := range d.runs {
		in := d.toMove(n, givers, receiver)
		var moves []care.MoveCard
		move := func() (err error) {
			counted, statements := models.CountStatements(as(ctx, d.manager))
			moves, err = d.service.MoveAccounts(counted, in)
			counts[0] = *statements
			return err
		}
		undo := func() error {
			counted, statements := models.CountStatements(as(ctx, d.manager))
			_, err := d.service.EndMove(counted, care.EndMove{ID: d.key(time.Now()), MoveID: moves[0].ID, Why: "bench"})
			counts[1] = *statements
			return err
		}
		first, err := measure.Of(nil, move)
		second, undone := measure.Of(nil, undo)
		if err := errors.Join(err, undone); err != nil {
			return nil, err
		}
		there, back = append(there, first), append(back, second)
	}
	return []measure.Row{
		measure.Within("500 accounts of 5 reps move to one, with briefs and feeds", moveTarget, measure.MedianUsage(there), fmt.Sprintf("%d statements", counts[0])),
		measure.Within("the move is taken back", moveTarget, measure.MedianUsage(back), fmt.Sprintf("%d statements", counts[1])),
	}, nil
}

func (d desk) toMove(n int, givers []models.User, receiver models.User) care.MoveAccounts {
	to := care.MoveTo{ToRep: receiver.ID}
	from := map[id.ID]bool{}
	for _, u := range givers {
		from[u.ID] = true
	}
	for _, a := range d.people {
		if from[a.RepID] && len(to.Accounts) < moved {
			to.Accounts = append(to.Accounts, a.ID)
		}
	}
	return care.MoveAccounts{ID: d.key(time.Now()), Moves: []care.MoveTo{to}, Reason: fmt.Sprint("bench ", n), Joint: true}
}
