package models

import (
	"huifang/auth"
	"huifang/civil"
	"huifang/id"
)

// Bought are an account's orders, less those given back whole, by day, and what it has spent, less what came back.
// It takes no scope: the caller has locked the account.
func (tx *Tx) Bought(account id.ID) ([]Supply, Fen, error) {
	var rows []struct {
		Day        civil.Date
		SupplyDays int
		Amount     Fen
		Back       Fen
		Whole      bool
	}
	err := tx.db.Raw("SELECT p.day, p.supply_days, p.amount,"+
		" COALESCE((SELECT SUM(r.amount) FROM returns r WHERE r.purchase_id = p.id), 0) AS back,"+
		" EXISTS (SELECT 1 FROM returns r WHERE r.purchase_id = p.id AND r.whole = ?) AS whole"+
		" FROM purchases p WHERE p.account_id = ? ORDER BY p.day, p.id", true, account).Scan(&rows).Error
	var orders []Supply
	var spent Fen
	for _, r := range rows {
		if r.Whole {
			continue
		}
		orders = append(orders, Supply{AccountID: account, Day: r.Day, SupplyDays: r.SupplyDays})
		spent += r.Amount - r.Back
	}
	return orders, spent, wrap("sum up purchases", err)
}

// LinesAmong are the lines of those of some orders that the scope reaches, by order and line.
func (tx *Tx) LinesAmong(sc auth.Scope, purchases []id.ID) ([]PurchaseLine, error) {
	if len(purchases) == 0 {
		return nil, nil
	}
	var rows []PurchaseLine
	err := tx.in(sc, "purchases.account_id").Table("purchase_lines").Select("purchase_lines.*").
		Joins("JOIN purchases ON purchases.id = purchase_lines.purchase_id").
		Where("purchase_lines.purchase_id IN ?", purchases).
		Order("purchase_lines.purchase_id, purchase_lines.line").Limit(maxAgenda).Find(&rows).Error
	return rows, wrap("list the lines of orders", err)
}
