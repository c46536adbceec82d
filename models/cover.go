package models

import (
	"cmp"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
)

// AddCovers lets reps stand in for others. The accounts must be held.
func (tx *Tx) AddCovers(rows []Cover) error { return tx.insert(&rows) }

// Cover reads one.
func (tx *Tx) Cover(sc auth.Scope, x id.ID) (Cover, error) {
	var c Cover
	return c, tx.seen(&c, sc, "covers.account_id", "id = ?", x)
}

// CoversOf are the covers of an account that have not ended.
func (tx *Tx) CoversOf(sc auth.Scope, account id.ID) ([]Cover, error) {
	var rows []Cover
	return rows, tx.listed(&rows, sc, "covers.account_id", "from_day, id", "account_id = ? AND to_day >= ?", account, tx.Today)
}

// EndCover makes a day the last of a cover.
func (tx *Tx) EndCover(x id.ID, last civil.Date) error {
	return tx.changeOne(&Cover{}, map[string]any{"to_day": last}, "id = ?", x)
}

// The days of a cover whose contacts are of who stands in, as Cover.Days has them.
const (
	workFrom = "COALESCE(covers.work_from, covers.from_day)"
	workTo   = "COALESCE(covers.work_to, covers.to_day)"
)

// NamedCover is a cover with its names.
type NamedCover struct {
	Cover       Cover `gorm:"embedded"`
	AccountName string
	RepName     string
	HolderID    id.ID // who holds the account
	HolderName  string
}

// NamedCovers are the covers that are not over of accounts in a scope, the next one first: all, or those for which a
// user stands in or whose accounts they hold.
func (tx *Tx) NamedCovers(sc auth.Scope, user *id.ID, limit int) ([]NamedCover, error) {
	where, args := "covers.to_day >= ?", list(tx.Today)
	if user != nil {
		where, args = where+" AND (covers.rep_id = ? OR h.rep_id = ?)", append(args, *user, *user)
	}
	return tx.namedCovers(sc, limit, where, args)
}

// CoversMade are the covers a command made that were not taken back.
func (tx *Tx) CoversMade(command id.ID) ([]NamedCover, error) {
	return tx.namedCovers(auth.System(), maxCovers, "covers.command_id = ?", list(command))
}

// maxCovers caps a list of covers: what one command may make.
const maxCovers = 1000

func (tx *Tx) namedCovers(sc auth.Scope, limit int, where string, args []any) ([]NamedCover, error) {
	var rows []NamedCover
	err := tx.in(sc, "covers.account_id").Table("covers").
		Select("covers.*, h.name AS account_name, r.name AS rep_name, o.id AS holder_id, o.name AS holder_name").
		Joins("JOIN accounts h ON h.id = covers.account_id").Joins("JOIN users r ON r.id = covers.rep_id").
		Joins("JOIN users o ON o.id = h.rep_id").
		Where(where, args...).Order("covers.from_day, covers.account_id, covers.id").Limit(limit).Find(&rows).Error
	return rows, wrap("list covers", err)
}

// CoversAmong are those of some covers whose accounts lie in the scope.
func (tx *Tx) CoversAmong(sc auth.Scope, keys []id.ID) ([]Cover, error) {
	var rows []Cover
	err := tx.in(sc, "covers.account_id").Where("id IN ?", keys).Order("account_id, id").Find(&rows).Error
	return rows, wrap("read covers", err)
}

// CoversOfLeave are the covers for a leave that are not over.
func (tx *Tx) CoversOfLeave(leave id.ID) ([]Cover, error) {
	var rows []Cover
	return rows, tx.sorted(&rows, "account_id, id", "leave_id = ? AND to_day >= ?", leave, tx.Today)
}

// CoversWithin are the covers of some accounts that give somebody contacts of any of some days.
func (tx *Tx) CoversWithin(accounts []id.ID, from, to civil.Date) ([]Cover, error) {
	var all []Cover
	err := inBatches(accounts, func(some []id.ID) error {
		var rows []Cover
		err := tx.sorted(&rows, "account_id, id",
			"account_id IN ? AND to_day >= ? AND "+workFrom+" <= ? AND "+workTo+" >= ?", some, from, to, from)
		all = append(all, rows...)
		return err
	})
	return all, err
}

// StandIn is who has the contacts of a day of an account its rep does not have: ErrNotFound when the rep has them.
func (tx *Tx) StandIn(account id.ID, day civil.Date) (id.ID, error) {
	var rows []Cover
	err := tx.db.Joins("JOIN users u ON u.id = covers.rep_id").Joins("JOIN accounts h ON h.id = covers.account_id").
		Where("u.role = 'REP' AND u.disabled_at IS NULL AND covers.rep_id <> h.rep_id").
		Where("covers.account_id = ? AND covers.to_day >= ? AND "+workFrom+" <= ? AND "+workTo+" >= ?", account, day, day, day).
		Order(workFrom + ", covers.id").Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return id.ID{}, wrap("read who stands in", err)
	}
	return rows[0].RepID, nil
}

// StandInsOf are the active reps who stand in for accounts a rep holds, now or later.
func (tx *Tx) StandInsOf(rep id.ID) ([]id.ID, error) {
	var reps []id.ID
	err := tx.db.Model(&Cover{}).Distinct("covers.rep_id").
		Joins("JOIN accounts h ON h.id = covers.account_id").Joins("JOIN users u ON u.id = covers.rep_id").
		Where("h.rep_id = ? AND covers.rep_id <> ? AND covers.to_day >= ? AND u.role = 'REP' AND u.disabled_at IS NULL", rep, rep, tx.Today).
		Order("covers.rep_id").Pluck("covers.rep_id", &reps).Error
	return reps, wrap("read who stands in for a rep", err)
}

// EndCovers ends covers now: their contacts from today on are of who holds the account again, and who stood in sees it
// no longer. One that has not begun is taken off. The accounts must be held.
func (tx *Tx) EndCovers(rows []Cover) error {
	var begun, ahead []id.ID
	for _, c := range rows {
		switch {
		case c.ToDay < tx.Today: // over
		case c.FromDay > tx.Today:
			ahead = append(ahead, c.ID)
		default:
			begun = append(begun, c.ID)
		}
	}
	err := inBatches(ahead, func(some []id.ID) error { return tx.remove(&Cover{}, "id IN ?", some) })
	if err != nil {
		return err
	}
	return inBatches(begun, func(some []id.ID) error {
		_, err := tx.change(&Cover{}, map[string]any{"to_day": tx.Today - 1, "ended_at": tx.Now}, "id IN ?", some)
		return err
	})
}

// MoveCovers lets the covers of accounts that move follow them: their owner is who holds the account, and nobody stands in
// for themselves, so the receiver's own covers end. Others stay. The accounts must be held.
func (tx *Tx) MoveCovers(accounts []id.ID, to id.ID) error {
	return inBatches(accounts, func(some []id.ID) error {
		var rows []Cover
		if err := tx.find(&rows, "account_id IN ? AND to_day >= ?", some, tx.Today); err != nil || len(rows) == 0 {
			return err
		}
		own := slices.DeleteFunc(slices.Clone(rows), func(c Cover) bool { return c.RepID != to })
		if err := tx.EndCovers(own); err != nil {
			return err
		}
		_, err := tx.change(&Cover{}, map[string]any{"owner_id": to}, "account_id IN ? AND to_day >= ?", some, tx.Today)
		return err
	})
}

// GiveItemsOn makes a rep the one of the open items of some accounts that are planned from one day to another, of today
// also those left over. They keep their day; an hour that was not agreed on with the customer is the new rep's to choose.
func (tx *Tx) GiveItemsOn(accounts []id.ID, to id.ID, from, until civil.Date) error {
	if from <= tx.Today {
		from = 0
	}
	return inBatches(accounts, func(some []id.ID) error {
		_, err := tx.change(&PlanItem{}, map[string]any{"rep_id": to, "seq": 0, "start_min": 0, "updated_at": tx.Now},
			"account_id IN ? AND rep_id <> ? AND status = ? AND at_fixed = ? AND day BETWEEN ? AND ?",
			some, to, ItemOpen, false, from, until)
		if err != nil {
			return err
		}
		_, err = tx.change(&PlanItem{}, map[string]any{"rep_id": to, "updated_at": tx.Now},
			"account_id IN ? AND rep_id <> ? AND status = ? AND at_fixed = ? AND day BETWEEN ? AND ?",
			some, to, ItemOpen, true, from, until)
		return err
	})
}

// HeldKeys are the accounts a rep holds, in the order of their keys.
func (tx *Tx) HeldKeys(rep id.ID) ([]id.ID, error) {
	var keys []id.ID
	err := tx.db.Model(&Account{}).Where(heldBy, rep).Order("id").Pluck("id", &keys).Error
	return keys, wrap("read the accounts of a rep", err)
}

// HoldAll reads some accounts and holds them until the transaction ends, in the order of their keys: so that two who hold
// many never wait for each other in a ring.
func (tx *Tx) HoldAll(accounts []id.ID) ([]Account, error) {
	var all []Account
	keys := slices.Compact(slices.SortedFunc(slices.Values(accounts), id.ID.Compare))
	err := inBatches(keys, func(some []id.ID) error {
		rows, err := tx.HoldAccounts(some)
		all = append(all, rows...)
		return err
	})
	return all, err
}

// readCovers reads who stands in for the accounts of a book, now and later, and which of their reps are active.
func (tx *Tx) readCovers(b *RepBook, of owned, from civil.Date) error {
	var rows []Cover
	err := tx.db.Joins("JOIN users u ON u.id = covers.rep_id").Where("u.role = 'REP' AND u.disabled_at IS NULL").
		Where("covers."+of.where, of.arg).Where("covers.to_day >= ? AND "+workTo+" >= ?", from, from).Find(&rows).Error
	if err != nil {
		return wrap("read who stands in", err)
	}
	slices.SortFunc(rows, func(x, y Cover) int {
		a, _ := x.Days()
		b, _ := y.Days()
		return cmp.Or(cmp.Compare(a, b), x.ID.Compare(y.ID))
	})
	b.Covers = group(rows, func(c Cover) id.ID { return c.AccountID })
	return nil
}

// readShared reads what concerns the accounts a rep shares with others on the days planned.
func (tx *Tx) readShared(b *RepBook) error {
	if len(b.Covers) == 0 {
		return nil
	}
	var holders []User
	var shared, reps []id.ID
	for _, a := range b.Accounts {
		if len(b.Covers[a.ID]) > 0 {
			shared, reps = append(shared, a.ID), append(reps, a.RepID)
		}
	}
	if err := tx.find(&holders, "id IN ? AND role = 'REP' AND disabled_at IS NULL", slices.Compact(reps)); err != nil {
		return err
	}
	b.Holders = map[id.ID]bool{}
	for _, u := range holders {
		b.Holders[u.ID] = true
	}
	return tx.find(&b.OthersShed, "account_id IN ? AND rep_id <> ?", shared, b.Rep.ID)
}

// coveredOn are the accounts of others of which a rep has contacts on some days.
func (tx *Tx) coveredOn(rep id.ID, from, to civil.Date) ([]id.ID, error) {
	var keys []id.ID
	err := tx.db.Model(&Cover{}).Distinct("account_id").
		Where("rep_id = ? AND to_day >= ? AND "+workFrom+" <= ? AND "+workTo+" >= ?", rep, from, to, from).
		Order("account_id").Pluck("account_id", &keys).Error
	return keys, wrap("read for which accounts a rep stands in", err)
}
