package models

import (
	"time"

	"gorm.io/gorm/clause"

	"huifang/civil"
	"huifang/id"
)

// AccountKeys are the keys of an account that files speak of by its number.
type AccountKeys struct {
	ID     id.ID
	RepID  id.ID // who cares now
	Erased bool
}

// AccountNumbers are the keys of all accounts by member number: of every store, for imports and exports.
func (tx *Tx) AccountNumbers() (map[string]AccountKeys, error) {
	var rows []struct {
		ID, RepID id.ID
		Number    string
		ErasedAt  *time.Time
	}
	if err := tx.db.Model(&Account{}).Select("id", "rep_id", "number", "erased_at").Find(&rows).Error; err != nil {
		return nil, wrap("read member numbers", err)
	}
	out := make(map[string]AccountKeys, len(rows))
	for _, r := range rows {
		out[r.Number] = AccountKeys{r.ID, r.RepID, r.ErasedAt != nil}
	}
	return out, nil
}

// Catalog is all products.
func (tx *Tx) Catalog() ([]Product, error) {
	var rows []Product
	return rows, tx.sorted(&rows, "number", "1 = 1")
}

// Places are all stores and all teams.
func (tx *Tx) Places() (shops []Shop, teams []Team, err error) {
	if err := tx.sorted(&shops, "number", "1 = 1"); err != nil {
		return nil, nil, err
	}
	return shops, teams, tx.sorted(&teams, "number", "1 = 1")
}

// Staff is all users, the disabled too, in order of the number files know them by: the staff number, or the login of
// who has none.
func (tx *Tx) Staff() ([]User, error) {
	var rows []User
	return rows, tx.sorted(&rows, "CASE WHEN number <> '' THEN number ELSE login END, id", "1 = 1")
}

// AccountsNumbered reads accounts by their numbers, and what hangs on them that files speak of. The accounts are held
// until the transaction ends.
func (tx *Tx) AccountsNumbered(numbers []string) (Filed, error) {
	var rows []Account
	err := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where("number IN ?", numbers).Order("id").Find(&rows).Error
	if err != nil {
		return Filed{}, wrap("read accounts by their numbers", err)
	}
	tx.holdAll(rows)
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

// PurchasesAfter reads the next n orders in order of number, with their lines, for exports. Orders of erased accounts
// are nobody's any more.
func (tx *Tx) PurchasesAfter(number string, n int) ([]Purchase, map[id.ID][]PurchaseLine, error) {
	var rows []Purchase
	err := tx.db.Where("number > ? AND account_id NOT IN (SELECT id FROM accounts WHERE erased_at IS NOT NULL)", number).
		Order("number").Limit(n).Find(&rows).Error
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
	if err := tx.drop(&PurchaseLine{}, "purchase_id IN ?", keys); err != nil {
		return err
	}
	return tx.insert(&lines)
}

// Order is what the sums of an account need to know of an order.
type Order struct {
	AccountID  id.ID
	Day        civil.Date
	SupplyDays int
	Amount     Fen
	Back       Fen  // given back of it
	Whole      bool // given back whole: it no longer counts
}

// OrdersOf are the orders of some accounts, by account and day.
func (tx *Tx) OrdersOf(accounts []id.ID) (map[id.ID][]Order, error) {
	var rows []Order
	err := tx.db.Raw("SELECT p.account_id, p.day, p.supply_days, p.amount,"+
		" COALESCE((SELECT SUM(r.amount) FROM returns r WHERE r.purchase_id = p.id), 0) AS back,"+
		" EXISTS (SELECT 1 FROM returns r WHERE r.purchase_id = p.id AND r.whole = ?) AS whole"+
		" FROM purchases p WHERE p.account_id IN ? ORDER BY p.day, p.id", true, accounts).Scan(&rows).Error
	out := map[id.ID][]Order{}
	for _, r := range rows {
		out[r.AccountID] = append(out[r.AccountID], r)
	}
	return out, wrap("read the orders of accounts", err)
}

// HoldAccounts reads some accounts and holds them until the transaction ends.
func (tx *Tx) HoldAccounts(keys []id.ID) ([]Account, error) {
	var rows []Account
	err := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id IN ?", keys).Order("id").Find(&rows).Error
	tx.holdAll(rows)
	return rows, wrap("hold accounts", err)
}

// LostAmong are the open cases of some accounts about a customer who stopped or left.
func (tx *Tx) LostAmong(accounts []id.ID) (map[id.ID][]Case, error) {
	return grouped(tx, Case.account, "opened_on, id", "account_id IN ? AND status = ? AND kind IN ?",
		accounts, CaseOpen, []CaseKind{StopCase, WinBackCase})
}

// OverridesAmong are the reps' words in force on some accounts, by account.
func (tx *Tx) OverridesAmong(accounts []id.ID) (map[id.ID]Override, error) {
	var rows []Override
	err := tx.find(&rows, "account_id IN ? AND ended_at IS NULL AND until_day >= ?", accounts, tx.Today)
	return byID(rows, func(o Override) id.ID { return o.AccountID }), err
}
