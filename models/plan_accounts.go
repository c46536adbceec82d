package models

import (
	"slices"

	"gorm.io/gorm/clause"

	"huifang/id"
)

// heldBy restricts accounts to those of a rep.
const heldBy = "rep_id = ? AND erased_at IS NULL"

// ofRep restricts a table with an account_id to the accounts of a rep.
const ofRep = "account_id IN (SELECT id FROM accounts WHERE rep_id = ? AND erased_at IS NULL)"

// owned restricts a table with an account_id to the accounts of a book.
type owned struct {
	where string
	arg   any
}

// ownedBy names the accounts of a book by who holds them, and one by one only where some are another's.
func ownedBy(rep id.ID, accounts []Account) owned {
	if !slices.ContainsFunc(accounts, func(a Account) bool { return a.RepID != rep }) {
		return owned{ofRep, rep}
	}
	keys := make([]id.ID, len(accounts))
	for i, a := range accounts {
		keys[i] = a.ID
	}
	return owned{"account_id IN ?", keys}
}

// lockBook holds the accounts of a book in the order of their keys. An account that comes meanwhile is left for the plan
// that was asked for with it; what is covered no more is left out once the covers are read, behind the lock.
func (tx *Tx) lockBook(rep id.ID, span BookSpan) ([]Account, error) {
	covered, err := tx.coveredOn(rep, span.From, span.To)
	if err != nil {
		return nil, err
	}
	if len(covered) == 0 {
		return tx.lockAccountsOf(rep)
	}
	held, err := tx.HeldKeys(rep)
	if err != nil {
		return nil, err
	}
	rows, err := tx.HoldAll(append(held, covered...))
	return inBook(rows, rep, covered), err
}

func (tx *Tx) lockAccountsOf(rep id.ID) ([]Account, error) {
	var rows []Account
	err := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where(heldBy, rep).Order("id").Find(&rows).Error
	tx.holdAll(rows)
	return rows, wrap("lock the accounts of a rep", err)
}

// lookAtAccounts reads the accounts of a book without a lock.
func (tx *Tx) lookAtAccounts(rep id.ID, span BookSpan) ([]Account, error) {
	covered, err := tx.coveredOn(rep, span.From, span.To)
	if err != nil {
		return nil, err
	}
	var rows []Account
	if err := tx.sorted(&rows, "id", heldBy, rep); err != nil || len(covered) == 0 {
		return rows, err
	}
	err = inBatches(covered, func(some []id.ID) error {
		var more []Account
		err := tx.find(&more, "id IN ? AND rep_id <> ?", some, rep)
		rows = append(rows, more...)
		return err
	})
	slices.SortFunc(rows, func(x, y Account) int { return x.ID.Compare(y.ID) })
	return inBook(rows, rep, covered), err
}

// inBook leaves those a rep holds or stands in for.
func inBook(rows []Account, rep id.ID, covered []id.ID) []Account {
	return slices.DeleteFunc(rows, func(a Account) bool {
		_, mine := slices.BinarySearchFunc(covered, a.ID, id.ID.Compare)
		return a.ErasedAt != nil || a.RepID != rep && !mine
	})
}
