package models

import (
	"huifang/id"
)

// Numbered is the key of a row by the company's own number.
type Numbered struct {
	ID     id.ID
	Number string
}

// AccountNumbers are the keys of all accounts by member number: of every store, for imports.
func (tx *Tx) AccountNumbers() (map[string]id.ID, error) { return tx.numbers(&Account{}) }

// UserNumbers are the keys of all users by staff number.
func (tx *Tx) UserNumbers() (map[string]id.ID, error) { return tx.numbers(&User{}) }

// ProductNumbers are the keys of all products by number.
func (tx *Tx) ProductNumbers() (map[string]id.ID, error) { return tx.numbers(&Product{}) }

func (tx *Tx) numbers(model any) (map[string]id.ID, error) {
	var rows []Numbered
	if err := tx.db.Model(model).Select("id", "number").Where("number <> ''").Find(&rows).Error; err != nil {
		return nil, wrap("read numbers", err)
	}
	out := make(map[string]id.ID, len(rows))
	for _, r := range rows {
		out[r.Number] = r.ID
	}
	return out, nil
}

// AccountsNumbered reads accounts by their numbers, and what hangs on them that files speak of.
func (tx *Tx) AccountsNumbered(numbers []string) (Filed, error) {
	var rows []Account
	if err := tx.find(&rows, "number IN ?", numbers); err != nil {
		return Filed{}, err
	}
	return tx.file(rows)
}

// Filed is some accounts with their dates, people and tags.
type Filed struct {
	Accounts []Account
	Dates    map[id.ID][]AccountDate
	Members  map[id.ID][]Member
	Tags     map[id.ID][]string
}

// AccountsAfter reads the next n accounts in order of number, for exports: pass the last number, "" at first.
func (tx *Tx) AccountsAfter(number string, n int) (Filed, error) {
	var rows []Account
	err := tx.db.Where("number > ? AND erased_at IS NULL", number).Order("number").Limit(n).Find(&rows).Error
	if err != nil {
		return Filed{}, wrap("read accounts", err)
	}
	return tx.file(rows)
}

func (tx *Tx) file(rows []Account) (Filed, error) {
	f := Filed{Accounts: rows, Tags: map[id.ID][]string{}}
	keys := make([]id.ID, len(rows))
	for i, a := range rows {
		keys[i] = a.ID
	}
	if len(keys) == 0 {
		return f, nil
	}
	var err error
	if f.Dates, err = grouped(tx, AccountDate.account, "id", "account_id IN ?", keys); err != nil {
		return f, err
	}
	if f.Members, err = grouped(tx, Member.account, "id", "account_id IN ?", keys); err != nil {
		return f, err
	}
	var tags []AccountTag
	if err := tx.sorted(&tags, "account_id, tag", "account_id IN ?", keys); err != nil {
		return f, err
	}
	for _, t := range tags {
		f.Tags[t.AccountID] = append(f.Tags[t.AccountID], t.Tag)
	}
	return f, nil
}

func (m Member) account() id.ID { return m.AccountID }

// PurchasesNumbered reads orders by their numbers, with their lines by order.
func (tx *Tx) PurchasesNumbered(numbers []string) (map[string]Purchase, map[id.ID][]PurchaseLine, error) {
	var rows []Purchase
	if err := tx.find(&rows, "number IN ?", numbers); err != nil || len(rows) == 0 {
		return nil, nil, err
	}
	lines, err := tx.linesByOrder(rows)
	byNumber := make(map[string]Purchase, len(rows))
	for _, p := range rows {
		byNumber[p.Number] = p
	}
	return byNumber, lines, err
}

func (tx *Tx) linesByOrder(rows []Purchase) (map[id.ID][]PurchaseLine, error) {
	keys := make([]id.ID, len(rows))
	for i, p := range rows {
		keys[i] = p.ID
	}
	if len(keys) == 0 {
		return nil, nil
	}
	var lines []PurchaseLine
	if err := tx.sorted(&lines, "purchase_id, line", "purchase_id IN ?", keys); err != nil {
		return nil, err
	}
	out := map[id.ID][]PurchaseLine{}
	for _, l := range lines {
		out[l.PurchaseID] = append(out[l.PurchaseID], l)
	}
	return out, nil
}

// PurchasesAfter reads the next n orders in order of number, with their lines, for exports.
func (tx *Tx) PurchasesAfter(number string, n int) ([]Purchase, map[id.ID][]PurchaseLine, error) {
	var rows []Purchase
	err := tx.db.Where("number > ?", number).Order("number").Limit(n).Find(&rows).Error
	if err != nil {
		return nil, nil, wrap("read orders", err)
	}
	lines, err := tx.linesByOrder(rows)
	return rows, lines, err
}

// ReplacePurchases writes orders anew that are there already, lines included.
func (tx *Tx) ReplacePurchases(rows []Purchase, lines []PurchaseLine) error {
	keys := make([]id.ID, len(rows))
	for i := range rows {
		keys[i] = rows[i].ID
		if err := tx.save(&rows[i], []string{"account_id", "rep_id", "day", "amount", "supply_days", "channel"}); err != nil {
			return err
		}
	}
	if err := tx.remove(&PurchaseLine{}, "purchase_id IN ?", keys); err != nil {
		return err
	}
	return tx.insert(&lines)
}

// sumUp counts an account's orders, less those given back whole. Service and start follow from them.
const sumUp = `UPDATE accounts SET
	purchases = (SELECT COUNT(*) FROM purchases p WHERE p.account_id = accounts.id AND p.id NOT IN (SELECT r.purchase_id FROM returns r WHERE r.whole = ?)),
	spent = (SELECT COALESCE(SUM(p.amount), 0) FROM purchases p WHERE p.account_id = accounts.id) -
		(SELECT COALESCE(SUM(r.amount), 0) FROM returns r WHERE r.account_id = accounts.id),
	last_purchase_on = (SELECT MAX(p.day) FROM purchases p WHERE p.account_id = accounts.id AND p.id NOT IN (SELECT r.purchase_id FROM returns r WHERE r.whole = ?)),
	since = COALESCE((SELECT MIN(p.day) FROM purchases p WHERE p.account_id = accounts.id AND p.day < accounts.since), since),
	service = CASE WHEN service = 'NOT_YET' AND EXISTS (SELECT 1 FROM purchases p WHERE p.account_id = accounts.id) THEN 'ON_PRODUCT' ELSE service END,
	updated_at = ?
	WHERE id IN ?`

// SumUpAccounts recomputes what accounts say of their orders.
func (tx *Tx) SumUpAccounts(accounts []id.ID) error {
	for start := 0; start < len(accounts); start += insertBatch {
		chunk := accounts[start:min(start+insertBatch, len(accounts))]
		if err := tx.db.Exec(sumUp, true, true, tx.Now, chunk).Error; err != nil {
			return wrap("sum up orders", err)
		}
	}
	return nil
}

// UsersAfter reads the next n users in order of staff number, for exports.
func (tx *Tx) UsersAfter(number string, n int) ([]User, error) {
	var rows []User
	err := tx.db.Where("number > ?", number).Order("number").Limit(n).Find(&rows).Error
	return rows, wrap("read users", err)
}

// RepsOf tells who cares for some accounts now.
func (tx *Tx) RepsOf(accounts []id.ID) (map[id.ID]id.ID, error) {
	out := make(map[id.ID]id.ID, len(accounts))
	if len(accounts) == 0 {
		return out, nil
	}
	var rows []Account
	err := tx.db.Select("id", "rep_id").Where("id IN ?", accounts).Find(&rows).Error
	for _, a := range rows {
		out[a.ID] = a.RepID
	}
	return out, wrap("read who cares for accounts", err)
}

// ReferAccount notes who brought an account (D22).
func (tx *Tx) ReferAccount(account, referrer id.ID) error {
	return tx.changeOne(&Account{}, map[string]any{"referred_by": referrer}, "id = ?", account)
}
