package models

import (
	"errors"

	"huifang/auth"
	"huifang/id"
)

// Account reads an account: ErrNotFound when the scope does not reach it.
func (tx *Tx) Account(sc auth.Scope, x id.ID) (Account, error) {
	var a Account
	return a, tx.seen(&a, sc, "accounts.id", "accounts.id = ?", x)
}

// AccountByNumber reads an account by the company's member number.
func (tx *Tx) AccountByNumber(sc auth.Scope, number string) (Account, error) {
	var a Account
	return a, tx.seen(&a, sc, "accounts.id", "number = ?", number)
}

// LockAccount reads an account and holds its row until the transaction ends. Every write that changes an account or
// what hangs on it does this first: so two writers never see half of each other (design §10).
func (tx *Tx) LockAccount(sc auth.Scope, x id.ID) (Account, error) {
	var a Account
	if err := tx.lock(&a, "id = ?", x); err != nil {
		return Account{}, err
	}
	tx.touched.hold(x)
	tx.held = append(tx.held, x)
	// Judged after the lock: only now is it certain whose account it is. A query that joined would lock more rows.
	return tx.Account(sc, x)
}

// Held are the accounts that were locked in this transaction: what it changes is theirs.
func (tx *Tx) Held() []id.ID { return tx.held }

// AddAccount writes a new account; ErrConflict when the number is taken.
func (tx *Tx) AddAccount(a *Account) error { return tx.insert(a) }

// AddAccounts writes many accounts.
func (tx *Tx) AddAccounts(rows []Account) error { return tx.insert(&rows) }

// ChangeAccount writes chosen columns of the file and makes the next version of it. ErrConflict when the row is no
// longer at a.Version: somebody else changed it since it was read.
func (tx *Tx) ChangeAccount(a *Account, columns ...string) error {
	known := a.Version
	a.Version++
	err := tx.save(a, append([]string{"version"}, columns...), "version = ?", known)
	if err == nil {
		return nil
	}
	a.Version = known
	if errors.Is(err, ErrNotFound) {
		return wrap("change an account", ErrConflict)
	}
	return err
}

// SumUpAccount writes columns that follow from other rows, such as the last contact: no new version of the file.
func (tx *Tx) SumUpAccount(a *Account, columns ...string) error { return tx.save(a, columns) }

// AddMembers writes people of households.
func (tx *Tx) AddMembers(rows []Member) error { return tx.insert(&rows) }

// Member reads a person of a household.
func (tx *Tx) Member(sc auth.Scope, x id.ID) (Member, error) {
	var m Member
	return m, tx.seen(&m, sc, "members.account_id", "id = ?", x)
}

// ChangeMember writes chosen columns of a person.
func (tx *Tx) ChangeMember(m *Member, columns ...string) error { return tx.save(m, columns) }

// RemoveMember takes a person and their special days out of a household.
func (tx *Tx) RemoveMember(x id.ID) error {
	if err := tx.touchFound(&Member{}, "id = ?", x); err != nil {
		return err
	}
	if err := tx.drop(&AccountDate{}, "member_id = ?", x); err != nil {
		return err
	}
	return tx.drop(&Member{}, "id = ?", x)
}

// AddDates writes special days.
func (tx *Tx) AddDates(rows []AccountDate) error { return tx.insert(&rows) }

// Date reads a special day.
func (tx *Tx) Date(sc auth.Scope, x id.ID) (AccountDate, error) {
	var d AccountDate
	return d, tx.seen(&d, sc, "account_dates.account_id", "id = ?", x)
}

// ChangeDate writes chosen columns of a special day.
func (tx *Tx) ChangeDate(d *AccountDate, columns ...string) error { return tx.save(d, columns) }

// RemoveDate takes a special day away.
func (tx *Tx) RemoveDate(x id.ID) error { return tx.remove(&AccountDate{}, "id = ?", x) }

// AddTags writes tags of many accounts at once; ErrConflict when one is there.
func (tx *Tx) AddTags(rows []AccountTag) error { return tx.insert(&rows) }

// PutTags makes these the tags of an account.
func (tx *Tx) PutTags(account id.ID, tags []string) error {
	tx.touched.account(account)
	if err := tx.drop(&AccountTag{}, "account_id = ?", account); err != nil {
		return err
	}
	rows := make([]AccountTag, len(tags))
	for i, tag := range tags {
		rows[i] = AccountTag{AccountID: account, Tag: tag}
	}
	return tx.insert(&rows)
}
