package care

import (
	"slices"

	"huifang/id"
	"huifang/models"
	"huifang/sheets"
)

// writePurchases writes the purchases file in chunks of whole orders.
func (im *importer) writePurchases(report *FileReport) error {
	var orders []order
	err := lines(im, "write", im.in.Purchases, purchaseTable(), &FileReport{}, func(line int, row purchaseRow, _ []sheets.Problem) error {
		row.complete(line, im.tx.Today)
		if n := len(orders); n > 0 && orders[n-1].number() == row.Order {
			orders[n-1] = append(orders[n-1], row)
			return nil
		}
		if len(orders) == chunk {
			if err := im.writeOrders(report, orders); err != nil {
				return err
			}
			orders = orders[:0]
		}
		orders = append(orders, order{row})
		return nil
	})
	if err != nil || len(orders) == 0 {
		return err
	}
	return im.writeOrders(report, orders)
}

// order is the lines of one order.
type order []purchaseRow

func (o order) number() string { return o[0].Order }

func (o order) amount() models.Fen {
	var sum models.Fen
	for _, l := range o {
		sum += l.Amount
	}
	return sum
}

// supply is for how many days the order lasts: its longest line.
func (o order) supply() int {
	longest := 0
	for _, l := range o {
		longest = max(longest, l.Supply)
	}
	return longest
}

// bought is orders with their lines, to be written together.
type bought struct {
	orders []models.Purchase
	lines  []models.PurchaseLine
}

func (im *importer) writeOrders(report *FileReport, orders []order) error {
	known, oldLines, err := im.knownOrders(orders)
	if err != nil {
		return err
	}
	if err := im.readReps(orders); err != nil {
		return err
	}
	var fresh, changed bought
	for _, o := range orders {
		old, ok := known[o.number()]
		p, lines, err := im.purchase(o, old)
		if err != nil {
			return err
		}
		switch {
		case !ok:
			report.Added++
			fresh.add(p, lines)
		case old == p && sameLines(oldLines[p.ID], lines):
			report.Unchanged++
			continue
		default:
			report.Updated++
			changed.add(p, lines)
			im.touched[old.AccountID] = true
		}
		im.touched[p.AccountID] = true
	}
	if len(fresh.orders) > 0 {
		if err := im.tx.AddPurchases(fresh.orders, fresh.lines); err != nil {
			return err
		}
	}
	if len(changed.orders) > 0 {
		return im.tx.ReplacePurchases(changed.orders, changed.lines)
	}
	return nil
}

func (b *bought) add(p models.Purchase, lines []models.PurchaseLine) {
	b.orders = append(b.orders, p)
	b.lines = append(b.lines, lines...)
}

func (im *importer) knownOrders(orders []order) (map[string]models.Purchase, map[id.ID][]models.PurchaseLine, error) {
	numbers := make([]string, len(orders))
	for i, o := range orders {
		numbers[i] = o.number()
	}
	return im.tx.PurchasesNumbered(numbers)
}

// readReps learns who cares for the accounts of some orders.
func (im *importer) readReps(orders []order) error {
	if im.repOf == nil {
		im.repOf = map[id.ID]id.ID{}
	}
	var missing []id.ID
	for _, o := range orders {
		account := im.accounts[o[0].Account]
		if _, ok := im.repOf[account]; !ok {
			im.repOf[account] = id.ID{}
			missing = append(missing, account)
		}
	}
	reps, err := im.tx.RepsOf(missing)
	for account, rep := range reps {
		im.repOf[account] = rep
	}
	return err
}

// purchase is an order as rows; one that is there keeps its key and who cared then.
func (im *importer) purchase(o order, old models.Purchase) (models.Purchase, []models.PurchaseLine, error) {
	account := im.accounts[o[0].Account]
	p := models.Purchase{
		ID: old.ID, Number: o.number(), AccountID: account, RepID: old.RepID, Day: o[0].Day,
		Amount: o.amount(), SupplyDays: o.supply(), Channel: o[0].Channel, CreatedAt: old.CreatedAt,
	}
	if p.ID.IsZero() {
		p.ID, p.RepID, p.CreatedAt = im.tx.NewID(), im.repOf[account], im.tx.Now
	}
	lines := make([]models.PurchaseLine, len(o))
	for i, row := range o {
		product, err := im.product(row)
		if err != nil {
			return p, nil, err
		}
		lines[i] = models.PurchaseLine{
			ID: im.tx.NewID(), PurchaseID: p.ID, Line: i + 1, ProductID: product,
			Quantity: row.Quantity, Amount: row.Amount, SupplyDays: row.Supply,
		}
	}
	return p, lines, nil
}

// product finds a product by number, or makes it from the first line that names it.
func (im *importer) product(row purchaseRow) (id.ID, error) {
	if x, ok := im.products[row.Product]; ok {
		return x, nil
	}
	p := models.Product{
		ID: im.tx.NewID(), Number: row.Product, Name: row.ProductName, Category: row.Category,
		Price: row.Amount / models.Fen(row.Quantity), SupplyDays: row.Supply / row.Quantity, CreatedAt: im.tx.Now,
	}
	im.products[row.Product] = p.ID
	return p.ID, im.tx.AddProducts([]models.Product{p})
}

func sameLines(a, b []models.PurchaseLine) bool {
	return slices.EqualFunc(a, b, func(x, y models.PurchaseLine) bool {
		return x.Line == y.Line && x.ProductID == y.ProductID && x.Quantity == y.Quantity && x.Amount == y.Amount && x.SupplyDays == y.SupplyDays
	})
}
