package models

import "huifang/civil"

// Revenue is what came in since a day.
type Revenue struct {
	Orders, Buyers int
	Amount         Fen
	Best           Fen // what the best fifth of the buyers spent
}

// RevenueSince sums up the orders after a day, less what was given back. Of five buyers the best one counts, of six two.
func (tx *Tx) RevenueSince(day civil.Date) (Revenue, error) {
	var r Revenue
	err := tx.db.Raw("SELECT COALESCE(SUM(y.orders), 0) AS orders, COUNT(*) AS buyers, COALESCE(SUM(y.spent), 0) AS amount,"+
		" COALESCE(SUM(CASE WHEN 5 * y.place < y.buyers + 5 THEN y.spent ELSE 0 END), 0) AS best FROM ("+
		"SELECT x.orders, x.spent, ROW_NUMBER() OVER (ORDER BY x.spent DESC) AS place, COUNT(*) OVER () AS buyers FROM ("+
		"SELECT p.account_id, COUNT(*) AS orders, SUM("+paidNet+") AS spent FROM purchases p"+givenBack+" WHERE p.day > ? AND "+kept("p")+
		" GROUP BY p.account_id) x) y", day, true).Scan(&r).Error
	return r, wrap("sum up what came in", err)
}

// Clientele is how many accounts there are of each kind.
type Clientele struct {
	Accounts, Fresh, Churned, Loyal, Brought, PassersBy int
}

// ClienteleAsk is by what accounts are told apart.
type ClienteleAsk struct {
	FreshAfter civil.Date // new: in care since a later day
	GoneBefore civil.Date // no order since
	Small      Fen        // an order below this is small
	Loyal      int        // orders
}

// Clientele counts the accounts of the company.
func (tx *Tx) Clientele(a ClienteleAsk) (Clientele, error) {
	var c Clientele
	err := tx.db.Raw("SELECT COUNT(*) AS accounts, "+countIf("since > ?")+" AS fresh, "+countIf("lifecycle = 'CHURNED'")+" AS churned, "+
		countIf("purchases >= ? AND service = 'ON_PRODUCT'")+" AS loyal, "+countIf("referred_by IS NOT NULL")+" AS brought, "+
		countIf("purchases = 1 AND spent < ? AND last_purchase_on < ?")+" AS passers_by FROM accounts WHERE erased_at IS NULL",
		a.FreshAfter, a.Loyal, a.Small, a.GoneBefore).Scan(&c).Error
	return c, wrap("count accounts", err)
}

// BigOnce counts the accounts with one order, which is among the largest tenth of the first orders of all accounts.
func (tx *Tx) BigOnce() (int, error) {
	n := 0
	err := tx.db.Raw("SELECT "+countIf("10 * y.place < y.accounts + 10 AND y.purchases = 1")+" FROM ("+
		"SELECT a.purchases, ROW_NUMBER() OVER (ORDER BY x.amount DESC, x.account_id) AS place, COUNT(*) OVER () AS accounts FROM ("+
		"SELECT p.account_id, p.amount, ROW_NUMBER() OVER (PARTITION BY p.account_id ORDER BY p.day, p.id) AS n FROM purchases p WHERE "+kept("p")+") x"+
		" JOIN accounts a ON a.id = x.account_id WHERE x.n = 1 AND a.erased_at IS NULL) y", true).Scan(&n).Error
	return n, wrap("count large first orders", err)
}

// Stay is how many accounts came on a day and left on another: nil for those still in care.
type Stay struct {
	Since civil.Date
	Until *civil.Date
	N     int
}

// Stays counts accounts by the day they came, and left with their last order.
func (tx *Tx) Stays() ([]Stay, error) {
	var rows []Stay
	err := tx.db.Raw("SELECT since, CASE WHEN lifecycle = 'CHURNED' THEN last_purchase_on END AS until, COUNT(*) AS n FROM accounts" +
		" WHERE erased_at IS NULL GROUP BY since, CASE WHEN lifecycle = 'CHURNED' THEN last_purchase_on END").Scan(&rows).Error
	return rows, wrap("count how long accounts stay", err)
}
