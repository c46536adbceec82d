package care

import (
	"math"
	"slices"
	"strings"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// order is the lines of one order.
type order struct {
	rows        []purchaseRow
	first, last int // lines of the file
}

func (o order) number() string { return o.rows[0].Order }

// amount is the order's total, or what its lines come to.
func (o order) amount() models.Fen {
	if o.rows[0].Total != nil {
		return *o.rows[0].Total
	}
	var sum models.Fen
	for _, l := range o.rows {
		sum += l.Amount
	}
	return sum
}

// channel is the first one its lines name, or what was known.
func (o order) channel(known string) string {
	i := slices.IndexFunc(o.rows, func(r purchaseRow) bool { return r.Channel != "" })
	if i < 0 || o.rows[i].Channel == strings.TrimSpace(known) {
		return known
	}
	return o.rows[i].Channel
}

// writePurchases writes the purchases file in chunks of whole orders.
func (im *importer) writePurchases(report *FileReport, file *ImportFile) error {
	var orders []order
	flush := func() error {
		if len(orders) == 0 {
			return nil
		}
		err := near(im.writeOrders(report, orders), file, orders[0].first, orders[len(orders)-1].last)
		orders = orders[:0]
		return err
	}
	err := again(im, purchasesFile, file, purchaseTable(), func(l line[purchaseRow]) error {
		var row purchaseRow
		if len(l.fill(&row)) > 0 {
			return changedMeanwhile(file)
		}
		if n := len(orders); n > 0 && orders[n-1].number() == row.Order {
			orders[n-1].rows, orders[n-1].last = append(orders[n-1].rows, row), l.row.Line
			return nil
		}
		if len(orders) == chunk {
			if err := flush(); err != nil {
				return err
			}
		}
		orders = append(orders, order{[]purchaseRow{row}, l.row.Line, l.row.Line})
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// orderRows are orders with their lines, to be written together.
type orderRows struct {
	orders []models.Purchase
	lines  []models.PurchaseLine
	audits []models.Audit
}

func (b *orderRows) add(p models.Purchase, lines []models.PurchaseLine) {
	b.orders = append(b.orders, p)
	b.lines = append(b.lines, lines...)
}

func (im *importer) writeOrders(report *FileReport, orders []order) error {
	numbers := make([]string, len(orders))
	for i, o := range orders {
		numbers[i] = o.number()
	}
	known, oldLines, err := im.tx.PurchasesNumbered(numbers)
	if err != nil {
		return err
	}
	var fresh, changed orderRows
	for _, o := range orders {
		old := known[o.number()]
		p, lines, err := im.purchase(o, old, oldLines[old.ID])
		if err != nil {
			return err
		}
		switch {
		case old.ID.IsZero():
			report.Added++
			fresh.add(p, lines)
			im.touch(p.AccountID, p.Day)
		case old == p && slices.EqualFunc(oldLines[p.ID], lines, sameLine):
			report.Unchanged++
		default:
			report.Updated++
			changed.add(p, lines)
			im.noteChange(&changed, old, p)
		}
	}
	return im.writeRows(fresh, changed)
}

// noteChange audits a changed order; both the account it was of and the one it is of are summed up.
func (im *importer) noteChange(changed *orderRows, old, p models.Purchase) {
	changed.audits = append(changed.audits, im.audit("purchases", p.ID, &p.AccountID, changedOrder(old, p)))
	im.touch(old.AccountID, noDay)
	im.touch(p.AccountID, noDay)
}

func (im *importer) writeRows(fresh, changed orderRows) error {
	if len(fresh.orders) > 0 {
		if err := im.tx.AddPurchases(fresh.orders, fresh.lines); err != nil {
			return err
		}
	}
	if len(changed.orders) > 0 {
		if err := im.tx.ReplacePurchases(changed.orders, changed.lines); err != nil {
			return err
		}
	}
	return models.AddAll(im.tx, changed.audits)
}

// noDay is the latest new order of an account without one.
const noDay civil.Date = math.MinInt32

// touch notes an account to be summed up, with the day of a new order.
func (im *importer) touch(account id.ID, day civil.Date) {
	if known, ok := im.touched[account]; !ok || day > known {
		im.touched[account] = day
	}
}

func changedOrder(old, p models.Purchase) map[string]any {
	d := difference{detail: map[string]any{}}
	differ(&d, "account_id", old.AccountID, p.AccountID)
	differ(&d, "day", old.Day, p.Day)
	differ(&d, "amount", old.Amount, p.Amount)
	differ(&d, "supply_days", old.SupplyDays, p.SupplyDays)
	differ(&d, "channel", old.Channel, p.Channel)
	return d.detail
}

// purchase is an order as rows; one that is there keeps its key, and who cared then unless it was another's.
func (im *importer) purchase(o order, old models.Purchase, oldLines []models.PurchaseLine) (models.Purchase, []models.PurchaseLine, error) {
	account, ok := im.accounts[o.rows[0].Account]
	if !ok {
		return models.Purchase{}, nil, changedMeanwhile(im.in.Purchases)
	}
	p := models.Purchase{
		ID: old.ID, Number: o.number(), AccountID: account.ID, RepID: old.RepID, Day: o.rows[0].Day,
		Amount: o.amount(), Channel: o.channel(old.Channel), CreatedAt: old.CreatedAt,
	}
	if p.ID.IsZero() {
		p.ID, p.CreatedAt = im.tx.NewID(), im.tx.Now
	}
	if p.AccountID != old.AccountID {
		p.RepID = account.RepID
	}
	lines := make([]models.PurchaseLine, len(o.rows))
	for i, row := range o.rows {
		l, err := im.purchaseLine(row, oldLines)
		if err != nil {
			return p, nil, err
		}
		l.ID, l.PurchaseID, l.Line = im.tx.NewID(), p.ID, i+1
		p.SupplyDays = max(p.SupplyDays, l.SupplyDays)
		lines[i] = l
	}
	return p, lines, nil
}

// purchaseLine reads what a row leaves blank off the line that was there for the product: else it is one unit, and lasts
// as long as the product does.
func (im *importer) purchaseLine(row purchaseRow, oldLines []models.PurchaseLine) (models.PurchaseLine, error) {
	product, err := im.product(row)
	if err != nil {
		return models.PurchaseLine{}, err
	}
	var old models.PurchaseLine
	if i := slices.IndexFunc(oldLines, func(l models.PurchaseLine) bool { return l.ProductID == product.ID }); i >= 0 {
		old = oldLines[i]
	}
	l := models.PurchaseLine{ProductID: product.ID, Quantity: row.Quantity, Amount: row.Amount}
	if l.Quantity == 0 {
		l.Quantity = max(1, old.Quantity)
	}
	switch {
	case row.Supply != nil:
		l.SupplyDays = *row.Supply
	case l.Quantity == old.Quantity:
		l.SupplyDays = old.SupplyDays
	default:
		l.SupplyDays = l.Quantity * product.SupplyDays
	}
	return l, nil
}

// product finds a product, or makes it from the first line that names it.
func (im *importer) product(row purchaseRow) (models.Product, error) {
	number := im.catalog.number(row)
	if p, ok := im.catalog.byNumber[number]; ok {
		return p, nil
	}
	units := max(1, row.Quantity)
	p := models.Product{
		ID: im.tx.NewID(), Number: number, Name: number, Category: row.Category, Price: row.Amount / models.Fen(units), CreatedAt: im.tx.Now,
	}
	unlessBlank(&p.Name, row.ProductName)
	if row.Supply != nil {
		p.SupplyDays = *row.Supply / units
	}
	im.catalog.add(p)
	return p, im.tx.AddProducts([]models.Product{p})
}

func sameLine(a, b models.PurchaseLine) bool {
	return a.Line == b.Line && a.ProductID == b.ProductID && a.Quantity == b.Quantity && a.Amount == b.Amount && a.SupplyDays == b.SupplyDays
}
