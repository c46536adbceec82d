package care

import (
	"context"
	"fmt"
	"io"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
	"huifang/sheets"
)

// ExportFile is where one file of an export goes.
type ExportFile struct {
	Out    io.Writer
	Format sheets.Format
}

// ExportInput is what to export; files left nil are left out. Lang is the language of the headers, "zh" or "en".
type ExportInput struct {
	Reps, Accounts, Purchases *ExportFile
	Lang                      string
}

// Export writes the files that Import reads, for a manager. They hold clear text: the export is audited.
func (s *Service) Export(ctx context.Context, in ExportInput) error {
	v, err := auth.Authorize(ctx, auth.Export)
	if err != nil {
		return err
	}
	return s.exportAs(ctx, &v.User, in)
}

// ExportNow is Export on nobody's behalf, for the command line.
func (s *Service) ExportNow(ctx context.Context, in ExportInput) error {
	return s.exportAs(ctx, nil, in)
}

func (s *Service) exportAs(ctx context.Context, by *id.ID, in ExportInput) error {
	if in.Reps == nil && in.Accounts == nil && in.Purchases == nil {
		return Invalid("files", "name at least one file to write: reps, accounts or purchases")
	}
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.AddAudit(models.Audit{UserID: by, Action: string(auth.Export), Entity: "exports"})
	})
	if err != nil {
		return err
	}
	return s.Store.Read(ctx, func(tx *models.Tx) error {
		ex := exporter{Service: s, tx: tx, lang: in.Lang}
		if err := ex.names(); err != nil {
			return err
		}
		if err := export(in.Reps, "员工", repTable(), in.Lang, ex.reps); err != nil {
			return err
		}
		if err := export(in.Accounts, "会员", accountTable(), in.Lang, ex.accounts); err != nil {
			return err
		}
		return export(in.Purchases, "订单", purchaseTable(), in.Lang, ex.purchases)
	})
}

// export writes one file: the header, then the rows that each hands over.
func export[T any](file *ExportFile, sheet string, columns table[T], lang string, each func(func(T) error) error) error {
	if file == nil {
		return nil
	}
	w, err := sheets.New(file.Format, sheet, file.Out)
	if err != nil {
		return err
	}
	if err := w.Write(columns.headers(lang)); err != nil {
		return err
	}
	if err := each(func(row T) error { return w.Write(columns.cells(row)) }); err != nil {
		return err
	}
	return w.Close()
}

// exporter reads rows page by page, in the order of the company's own numbers.
type exporter struct {
	*Service
	tx       *models.Tx
	lang     string
	users    map[id.ID]string
	numbers  map[id.ID]string // of accounts
	products map[id.ID]models.Product
	shops    map[id.ID]models.Shop
	teams    map[id.ID]models.Team
}

func (ex *exporter) names() error {
	users, err := ex.tx.UserNumbers()
	if err != nil {
		return err
	}
	accounts, err := ex.tx.AccountNumbers()
	if err != nil {
		return err
	}
	ex.users, ex.numbers = turned(users), turned(accounts)
	shops, err := ex.tx.Shops()
	if err != nil {
		return err
	}
	ex.shops = map[id.ID]models.Shop{}
	for _, s := range shops {
		ex.shops[s.ID] = s
	}
	teams, err := ex.tx.Teams()
	ex.teams = map[id.ID]models.Team{}
	for _, t := range teams {
		ex.teams[t.ID] = t
	}
	ex.products = map[id.ID]models.Product{}
	return err
}

func turned(numbers map[string]id.ID) map[id.ID]string {
	out := make(map[id.ID]string, len(numbers))
	for number, x := range numbers {
		out[x] = number
	}
	return out
}

func (ex *exporter) reps(write func(repRow) error) error {
	for last := ""; ; {
		users, err := ex.tx.UsersAfter(last, chunk)
		if err != nil || len(users) == 0 {
			return err
		}
		for _, u := range users {
			row, err := ex.rep(u)
			if err != nil {
				return err
			}
			if err := write(row); err != nil {
				return err
			}
		}
		last = users[len(users)-1].Number
	}
}

func (ex *exporter) rep(u models.User) (repRow, error) {
	row := repRow{
		Number: u.Number, Name: u.Name, Login: u.Login, Role: auth.Role(u.Role), Mode: u.Mode, Lat: u.StartLat, Lng: u.StartLng,
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
			row := filedRow(a, filed)
			if err := ex.unseal(&row); err != nil {
				return fmt.Errorf("open account %s: %w", a.Number, err)
			}
			row.Rep = ex.users[a.RepID]
			if a.ReferredBy != nil {
				row.Referrer = ex.numbers[*a.ReferredBy]
			}
			if err := write(row); err != nil {
				return err
			}
		}
		last = filed.Accounts[len(filed.Accounts)-1].Number
	}
}

func (ex *exporter) purchases(write func(purchaseRow) error) error {
	for last := ""; ; {
		orders, lines, err := ex.tx.PurchasesAfter(last, chunk)
		if err != nil || len(orders) == 0 {
			return err
		}
		if err := ex.learnProducts(lines); err != nil {
			return err
		}
		for _, p := range orders {
			for _, l := range lines[p.ID] {
				if err := write(ex.line(p, l)); err != nil {
					return err
				}
			}
		}
		last = orders[len(orders)-1].Number
	}
}

func (ex *exporter) line(p models.Purchase, l models.PurchaseLine) purchaseRow {
	product := ex.products[l.ProductID]
	return purchaseRow{
		Order: p.Number, Account: ex.numbers[p.AccountID], Channel: p.Channel, Day: p.Day, Amount: l.Amount,
		Product: product.Number, ProductName: product.Name, Category: product.Category, Quantity: l.Quantity, Supply: l.SupplyDays,
	}
}

// learnProducts reads the products of some lines that are not known yet.
func (ex *exporter) learnProducts(lines map[id.ID][]models.PurchaseLine) error {
	var missing []id.ID
	for _, of := range lines {
		for _, l := range of {
			if _, ok := ex.products[l.ProductID]; !ok {
				ex.products[l.ProductID] = models.Product{}
				missing = append(missing, l.ProductID)
			}
		}
	}
	found, err := ex.tx.ProductsAmong(missing)
	for x, p := range found {
		ex.products[x] = p
	}
	return err
}
