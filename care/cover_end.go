package care

import (
	"context"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// EndCovers ends covers today, or takes them off when they have not begun: what is planned from today on goes back to
// whoever holds the accounts. Ending one that is over changes nothing. NOT_FOUND unless the viewer sees all of them.
func (s *Service) EndCovers(ctx context.Context, covers []id.ID) error {
	return s.write(ctx, auth.Reassign, func(tx *models.Tx, v auth.Viewer) error {
		if len(covers) == 0 {
			return Invalid("covers", "name the covers to end").By("required")
		}
		if len(covers) > maxCovered {
			return Limited("covers", "end at most %d covers at once", maxCovered)
		}
		wanted := map[id.ID]bool{}
		for _, x := range covers {
			wanted[x] = true
		}
		rows, err := tx.CoversAmong(v.Scope(), sortedIDs(wanted))
		if err != nil {
			return err
		}
		if len(rows) < len(wanted) {
			return NotFound("cover")
		}
		return endCovers(tx, v, rows)
	})
}

// endCovers ends covers that are not over and gives back what is planned.
func endCovers(tx *models.Tx, v auth.Viewer, rows []models.Cover) error {
	var accounts, keys []id.ID
	for _, c := range rows {
		if c.ToDay >= tx.Today {
			accounts, keys = append(accounts, c.AccountID), append(keys, c.ID)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	held, err := tx.HoldAll(accounts)
	if err != nil {
		return err
	}
	// Again, behind the lock: somebody else may have ended one meanwhile.
	if rows, err = tx.CoversAmong(auth.System(), keys); err != nil {
		return err
	}
	e := ending{tx: tx, v: v, holders: map[id.ID]id.ID{}}
	for _, a := range held {
		e.holders[a.ID] = a.RepID
	}
	return e.run(rows)
}

// ending is some covers being ended. The accounts are held.
type ending struct {
	tx      *models.Tx
	v       auth.Viewer
	holders map[id.ID]id.ID
}

// back is to whom items of some days go back.
type back struct {
	holder   id.ID
	from, to civil.Date
}

func (e ending) run(rows []models.Cover) error {
	given, reps := map[back][]id.ID{}, map[id.ID]bool{}
	var over []models.Cover
	var audits []models.Audit
	for _, c := range rows {
		from, to := c.Days()
		if c.ToDay < e.tx.Today {
			continue
		}
		holder := e.holders[c.AccountID]
		if to >= e.tx.Today {
			row := back{holder, max(from, e.tx.Today), to}
			given[row] = append(given[row], c.AccountID)
		}
		reps[holder], reps[c.RepID] = true, true
		over, audits = append(over, c), append(audits, coverDeed(e.v, "END_COVER", c))
	}
	if err := e.tx.EndCovers(over); err != nil {
		return err
	}
	for row, accounts := range given {
		if err := e.tx.GiveItemsOn(accounts, row.holder, row.from, row.to); err != nil {
			return err
		}
	}
	if err := auditAll(e.tx, audits); err != nil {
		return err
	}
	return replanAll(e.tx, reps)
}
