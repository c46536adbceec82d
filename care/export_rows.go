package care

import (
	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// exporter reads rows page by page, in the order of the company's own numbers.
type exporter struct {
	*Service
	tx       *models.Tx
	staff    []models.User
	users    map[id.ID]string // what files call them
	numbers  map[id.ID]string // of accounts that are not erased
	products map[id.ID]models.Product
	shops    map[id.ID]models.Shop
	teams    map[id.ID]models.Team
}

// names reads what rows call each other.
func (ex *exporter) names() error {
	if err := ex.staffNames(); err != nil {
		return err
	}
	accounts, err := ex.tx.AccountNumbers()
	if err != nil {
		return err
	}
	ex.numbers = make(map[id.ID]string, len(accounts))
	for number, a := range accounts {
		if !a.Erased {
			ex.numbers[a.ID] = number
		}
	}
	products, err := ex.tx.Catalog()
	ex.products = make(map[id.ID]models.Product, len(products))
	for _, p := range products {
		ex.products[p.ID] = p
	}
	return err
}

func (ex *exporter) staffNames() error {
	shops, teams, err := ex.tx.Places()
	if err != nil {
		return err
	}
	ex.shops, ex.teams, ex.users = map[id.ID]models.Shop{}, map[id.ID]models.Team{}, map[id.ID]string{}
	for _, s := range shops {
		ex.shops[s.ID] = s
	}
	for _, t := range teams {
		ex.teams[t.ID] = t
	}
	ex.staff, err = ex.tx.Staff()
	for _, u := range ex.staff {
		ex.users[u.ID] = staffNumber(u)
	}
	return err
}

func (ex *exporter) reps(write func(repRow) error) error {
	for _, u := range ex.staff {
		row, err := ex.rep(u)
		if err != nil {
			return err
		}
		if err := write(row); err != nil {
			return err
		}
	}
	return nil
}

func (ex *exporter) rep(u models.User) (repRow, error) {
	row := repRow{
		Number: staffNumber(u), Name: u.Name, Login: u.Login, Role: auth.Role(u.Role), Mode: u.Mode, Lat: u.StartLat, Lng: u.StartLng,
	}
	if u.StoreID != nil {
		s := ex.shops[*u.StoreID]
		row.Store, row.StoreName, row.City, row.Address = s.Number, s.Name, s.City, s.Address
	}
	if u.TeamID != nil {
		t := ex.teams[*u.TeamID]
		row.Team, row.TeamName = t.Number, t.Name
	}
	if len(u.Phone) == 0 {
		return row, nil
	}
	var err error
	row.Phone, err = ex.open(sealedAt{"users", "phone", u.ID}, u.Phone)
	return row, err
}

func (ex *exporter) accounts(write func(accountRow) error) error {
	for last := ""; ; {
		filed, err := ex.tx.AccountsAfter(last, chunk)
		if err != nil || len(filed.Accounts) == 0 {
			return err
		}
		for _, a := range filed.Accounts {
			row, err := ex.account(a, filed)
			if err != nil {
				return err
			}
			if err := write(row); err != nil {
				return err
			}
		}
		last = filed.Accounts[len(filed.Accounts)-1].Number
	}
}

func (ex *exporter) account(a models.Account, filed models.Filed) (accountRow, error) {
	row := filedRow(a, filed)
	row.today, row.Rep = ex.tx.Today, ex.users[a.RepID]
	if a.ReferredBy != nil {
		row.Referrer = ex.numbers[*a.ReferredBy]
	}
	err := ex.unseal(&row)
	return row, err
}

func (ex *exporter) purchases(write func(purchaseRow) error) error {
	for last := ""; ; {
		orders, lines, err := ex.tx.PurchasesAfter(last, chunk)
		if err != nil || len(orders) == 0 {
			return err
		}
		for _, p := range orders {
			total := totalOf(p, lines[p.ID])
			for _, l := range lines[p.ID] {
				if err := write(ex.line(p, l, total)); err != nil {
					return err
				}
			}
		}
		last = orders[len(orders)-1].Number
	}
}

// totalOf is what an order cost, where its lines do not say so themselves.
func totalOf(p models.Purchase, lines []models.PurchaseLine) *models.Fen {
	var sum models.Fen
	for _, l := range lines {
		sum += l.Amount
	}
	if sum == p.Amount {
		return nil
	}
	return &p.Amount
}

func (ex *exporter) line(p models.Purchase, l models.PurchaseLine, total *models.Fen) purchaseRow {
	product := ex.products[l.ProductID]
	return purchaseRow{
		Order: p.Number, Account: ex.numbers[p.AccountID], Channel: p.Channel, Day: p.Day, Amount: l.Amount, Total: total,
		Product: product.Number, ProductName: product.Name, Category: product.Category, Quantity: l.Quantity, Supply: &l.SupplyDays,
	}
}
