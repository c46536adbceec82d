package models

import (
	"huifang/auth"
	"huifang/id"
)

// AddProducts writes products; ErrConflict when a number is taken.
func (tx *Tx) AddProducts(rows []Product) error { return tx.insert(&rows) }

// Products are the products by number.
func (tx *Tx) Products() ([]Product, error) {
	var rows []Product
	return rows, wrap("list products", tx.db.Order("number").Limit(MaxPage).Find(&rows).Error)
}

// ProductsAmong reads some products, by their keys.
func (tx *Tx) ProductsAmong(keys []id.ID) (map[id.ID]Product, error) {
	if len(keys) == 0 {
		return map[id.ID]Product{}, nil
	}
	var rows []Product
	err := tx.find(&rows, "id IN ?", keys)
	return byID(rows, func(p Product) id.ID { return p.ID }), err
}

// ProductByNumber reads a product by the company's own number.
func (tx *Tx) ProductByNumber(number string) (Product, error) {
	var p Product
	return p, tx.take(&p, "number = ?", number)
}

// ChangeProduct writes chosen columns of a product.
func (tx *Tx) ChangeProduct(p *Product, columns ...string) error { return tx.save(p, columns) }

// AddPurchases writes orders with their lines; ErrConflict when a number is taken.
func (tx *Tx) AddPurchases(rows []Purchase, lines []PurchaseLine) error {
	if err := tx.insert(&rows); err != nil {
		return err
	}
	return tx.insert(&lines)
}

// Purchase reads an order.
func (tx *Tx) Purchase(sc auth.Scope, x id.ID) (Purchase, error) {
	var p Purchase
	return p, tx.seen(&p, sc, "purchases.account_id", "id = ?", x)
}

// PurchaseByNumber reads an order by the company's own number.
func (tx *Tx) PurchaseByNumber(sc auth.Scope, number string) (Purchase, error) {
	var p Purchase
	return p, tx.seen(&p, sc, "purchases.account_id", "number = ?", number)
}

// PurchasesOf are the orders of an account, the latest first.
func (tx *Tx) PurchasesOf(sc auth.Scope, account id.ID) ([]Purchase, error) {
	var rows []Purchase
	return rows, tx.listed(&rows, sc, "purchases.account_id", "day DESC, id DESC", "account_id = ?", account)
}

// LinesOf are the lines of orders the caller has read, by order and line.
func (tx *Tx) LinesOf(purchases []id.ID) ([]PurchaseLine, error) {
	if len(purchases) == 0 {
		return nil, nil
	}
	var rows []PurchaseLine
	return rows, tx.sorted(&rows, "purchase_id, line", "purchase_id IN ?", purchases)
}

// AddReturns writes goods given back; ErrConflict when a number is taken.
func (tx *Tx) AddReturns(rows []Return) error { return tx.insert(&rows) }

// ReturnByNumber reads a return by the company's own number.
func (tx *Tx) ReturnByNumber(sc auth.Scope, number string) (Return, error) {
	var r Return
	return r, tx.seen(&r, sc, "returns.account_id", "number = ? AND number <> ''", number)
}

// ReturnsOf are the returns of an account, the latest first.
func (tx *Tx) ReturnsOf(sc auth.Scope, account id.ID) ([]Return, error) {
	var rows []Return
	return rows, tx.listed(&rows, sc, "returns.account_id", "day DESC, id DESC", "account_id = ?", account)
}

// PutOverride makes a rep's word the one in force: the one before it ends. The account must be locked.
func (tx *Tx) PutOverride(o *Override) error {
	if err := tx.EndOverride(o.AccountID); err != nil {
		return err
	}
	return tx.insert(o)
}

// EndOverride ends the word in force, if there is one: the forecast speaks again.
func (tx *Tx) EndOverride(account id.ID) error {
	tx.touched.account(account)
	_, err := tx.update(&Override{}, map[string]any{"ended_at": tx.Now}, "account_id = ? AND ended_at IS NULL", account)
	return err
}

// OverrideOf is the word in force on an account today: ErrNotFound when there is none.
func (tx *Tx) OverrideOf(sc auth.Scope, account id.ID) (Override, error) {
	var o Override
	err := tx.in(sc, "overrides.account_id").Where("account_id = ? AND ended_at IS NULL AND until_day >= ?", account, tx.Today).
		Order("created_at DESC, id DESC").Take(&o).Error
	return o, wrap("read an override", err)
}

// ProjectionsOf are the last projections of an account, the latest first.
func (tx *Tx) ProjectionsOf(sc auth.Scope, account id.ID, limit int) ([]Projection, error) {
	var rows []Projection
	err := tx.in(sc, "projections.account_id").Where("account_id = ?", account).
		Order("day DESC").Limit(pageSize(limit)).Find(&rows).Error
	return rows, wrap("list projections", err)
}
