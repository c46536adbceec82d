package models

import (
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"huifang/id"
)

const (
	// manyAccounts: from here on a transaction takes all feeds at once instead of asking whose they are.
	manyAccounts = 500
	// keyBatch is how many keys one statement names.
	keyBatch = 500
)

// publish tells the feeds what the transaction touched (design §4). It is the last step before the commit: each affected
// user's counter is taken in user order, so that numbers become visible in the order of commits and no reader ever
// passes one that comes later.
//
// Who sees an account changes only under the lock of its row, which is taken here unless it is held already.
func (tx *Tx) publish() error {
	if tx.touched.empty() {
		return nil
	}
	accounts, err := tx.touchedAccounts()
	if err != nil {
		return err
	}
	feeds, err := tx.takeFeeds(accounts)
	if err != nil || len(feeds) == 0 {
		return err
	}
	p := publication{tx: tx, accounts: accounts}
	if err := p.read(feeds); err != nil {
		return err
	}
	for i := range feeds {
		if err := p.publish(&feeds[i]); err != nil {
			return err
		}
	}
	return nil
}

// touchedAccounts are the accounts of everything touched, in order and held.
func (tx *Tx) touchedAccounts() ([]id.ID, error) {
	if err := tx.findAreas(); err != nil {
		return nil, err
	}
	if err := tx.findAccountsOfCases(); err != nil {
		return nil, err
	}
	set := map[id.ID]bool{}
	for _, account := range tx.touched.rows {
		set[account] = true
	}
	delete(set, id.ID{}) // of a case that is not there
	accounts := keysOf(set)
	return accounts, tx.holdMissing(accounts)
}

// findAreas touches the accounts of the areas that were paused or resumed.
func (tx *Tx) findAreas() error {
	for _, a := range tx.touched.areas {
		var rows []Account
		err := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").
			Where("store_id = ? AND district = ? AND erased_at IS NULL", a.store, a.district).Order("id").Find(&rows).Error
		if err != nil {
			return wrap("read the accounts of an area", err)
		}
		tx.holdAll(rows)
		tx.touchRows(&rows)
	}
	return nil
}

// findAccountsOfCases looks up whose the cases are of which only a step was touched.
func (tx *Tx) findAccountsOfCases() error {
	var cases []id.ID
	for e, account := range tx.touched.rows {
		if account.IsZero() {
			cases = append(cases, e.id)
		}
	}
	if len(cases) == 0 {
		return nil
	}
	return inBatches(cases, func(some []id.ID) error { return tx.touchFound(&Case{}, "id IN ?", some) })
}

// holdMissing locks the accounts that the transaction does not hold yet. SQLite has one writer.
func (tx *Tx) holdMissing(accounts []id.ID) error {
	if tx.store.dialect == SQLite {
		return nil
	}
	missing := slices.DeleteFunc(slices.Clone(accounts), func(x id.ID) bool { return tx.touched.held[x] })
	return inBatches(missing, func(some []id.ID) error { _, err := tx.HoldAccounts(some); return err })
}

func (tx *Tx) holdAll(rows []Account) {
	for _, a := range rows {
		tx.touched.hold(a.ID)
	}
}

// takeFeeds locks the counters of everybody who may have to be told, and returns those that are in use.
func (tx *Tx) takeFeeds(accounts []id.ID) ([]Feed, error) {
	q := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Order("user_id")
	if !tx.touched.everyone && len(accounts) < manyAccounts {
		users, err := tx.concerned(accounts)
		if err != nil || len(users) == 0 {
			return nil, err
		}
		q = q.Where("user_id IN ?", users)
	}
	var feeds []Feed
	if err := q.Find(&feeds).Error; err != nil {
		return nil, wrap("take the feeds", err)
	}
	// Judged after the lock: whoever builds a feed holds it until they have seen what we wrote.
	if err := tx.stir(feeds); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(feeds, func(f Feed) bool { return f.Built == nil }), nil
}

// stir counts in the feeds that no device asked for yet. They have no entries, but desks hear by the counters of a team that
// something moved: see TeamCounters.
func (tx *Tx) stir(feeds []Feed) error {
	var users []id.ID
	for _, f := range feeds {
		if f.Built == nil {
			users = append(users, f.UserID)
		}
	}
	return inBatches(users, func(some []id.ID) error {
		err := tx.db.Model(&Feed{}).Where("user_id IN ?", some).Update("seq", gorm.Expr("seq + 1")).Error
		return wrap("count in feeds that nobody asked for", err)
	})
}

// follows are the users who see accounts: their rep, who covers them today, and whom their open items name.
const follows = "SELECT a.rep_id AS user_id, a.id AS account_id FROM accounts a WHERE a.id IN ? AND a.erased_at IS NULL" +
	" UNION SELECT c.rep_id, c.account_id FROM covers c JOIN accounts a ON a.id = c.account_id" +
	" WHERE c.account_id IN ? AND c.from_day <= ? AND c.to_day >= ? AND a.erased_at IS NULL" +
	" UNION SELECT p.expert_id, p.account_id FROM plan_items p JOIN accounts a ON a.id = p.account_id" +
	" WHERE p.account_id IN ? AND p.expert_id IS NOT NULL AND p.status IN ('OPEN', 'STARTED') AND a.erased_at IS NULL"

func (tx *Tx) follows(accounts []id.ID) []any {
	return list(accounts, accounts, tx.Today, tx.Today, accounts)
}

// concerned are the users who follow accounts or did, and those whose world moved.
func (tx *Tx) concerned(accounts []id.ID) ([]id.ID, error) {
	users := map[id.ID]bool{}
	for u := range tx.touched.worlds {
		users[u] = true
	}
	if len(accounts) == 0 {
		return keysOf(users), nil
	}
	var found []id.ID
	err := tx.db.Raw("SELECT f.user_id FROM ("+follows+") f UNION SELECT e.user_id FROM feed_entries e WHERE e.kind = ? AND e.entity_id IN ? AND e.gone = ?",
		append(tx.follows(accounts), AccountEntry, accounts, false)...).Scan(&found).Error
	for _, u := range found {
		users[u] = true
	}
	return keysOf(users), wrap("read who follows accounts", err)
}

// addFeeds gives new users their counters. They are there from the beginning, so that there is always a row to lock.
func (tx *Tx) addFeeds(users []User) error {
	feeds := make([]Feed, len(users))
	for i, u := range users {
		feeds[i].UserID = u.ID
	}
	return tx.insert(&feeds)
}

func keysOf(set map[id.ID]bool) []id.ID {
	keys := make([]id.ID, 0, len(set))
	for x := range set {
		keys = append(keys, x)
	}
	slices.SortFunc(keys, id.ID.Compare)
	return keys
}

// inBatches calls f with some keys at a time.
func inBatches(keys []id.ID, f func([]id.ID) error) error {
	for some := range slices.Chunk(keys, keyBatch) {
		if err := f(some); err != nil {
			return err
		}
	}
	return nil
}
