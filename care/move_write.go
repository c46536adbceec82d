package care

import "huifang/models"

// write keeps the moves, the briefs and who did it.
func (h *handing) write() error {
	for _, l := range h.legs {
		if l.move == nil {
			continue
		}
		if err := h.writeLeg(l); err != nil {
			return err
		}
	}
	return h.audit("ASSIGN")
}

func (h *handing) writeLeg(l leg) error {
	l.move.Status, l.move.DoneAt = models.MoveDone, &h.tx.Now
	rows, err := h.moved(l)
	if err != nil {
		return err
	}
	if l.planned {
		err = h.tx.ChangeMove(l.move, "status", "done_at")
	} else {
		err = taken(h.tx.AddMoves([]models.Move{*l.move}))
	}
	if err != nil {
		return err
	}
	return h.tx.PutMoved(l.move.ID, append(rows, l.skipped...))
}

// moved are the accounts of a leg with their sealed briefs.
func (h *handing) moved(l leg) ([]models.MovedAccount, error) {
	rows := l.rows()
	for i, a := range l.accounts {
		row := &rows[i]
		row.Status, row.At, row.JointItemID = models.MovedDone, &h.tx.Now, h.first[a.ID].item
		var err error
		if row.Brief, err = h.s.sealBrief(l.move.ID, a.ID, h.brief(l, a)); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// audit writes who moved which account from whom to whom.
func (h *handing) audit(action string) error {
	var rows []models.Audit
	for _, l := range h.legs {
		for _, a := range l.accounts {
			detail := map[string]any{"rep_id": []any{a.RepID, l.to.ID}}
			if l.move != nil {
				detail["move"] = l.move.ID
			}
			account := a.ID
			rows = append(rows, models.Audit{UserID: &h.by, Action: action, Entity: "accounts", EntityID: &account, AccountID: &account, Detail: detail})
		}
	}
	return h.tx.AddAudits(rows)
}
