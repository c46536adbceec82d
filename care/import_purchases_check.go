package care

import (
	"unicode/utf8"

	"huifang/civil"
	"huifang/models"
	"huifang/sheets"
)

// catalog finds products by number, and by name where no number is given.
type catalog struct {
	byNumber map[string]models.Product
	byName   map[string]string // a number; the first one of several
}

func catalogOf(products []models.Product) catalog {
	c := catalog{map[string]models.Product{}, map[string]string{}}
	for _, p := range products {
		c.add(p)
	}
	return c
}

func (c catalog) add(p models.Product) {
	c.byNumber[p.Number] = p
	if _, ok := c.byName[p.Name]; !ok {
		c.byName[p.Name] = p.Number
	}
}

// number is what the product of a row is called, or will be.
func (c catalog) number(row purchaseRow) string {
	if row.Product != "" {
		return row.Product
	}
	if number, ok := c.byName[row.ProductName]; ok {
		return number
	}
	return row.ProductName
}

// orderCheck looks at the lines of orders one after the other.
type orderCheck struct {
	*importer
	orders seen
	last   purchaseRow // the line before; of an order the last good one
	good   bool        // whether it was good: only then others are held to it
	lines  int         // of its order, so far
}

func (im *importer) checkPurchases(report *FileReport, file *ImportFile) error {
	c := orderCheck{importer: im, orders: seen{}}
	return lines(pass{im, "check", file, report}, purchaseTable(), func(l line[purchaseRow]) error {
		report.Rows++
		var row purchaseRow
		problems := l.fill(&row)
		good := len(problems) == 0
		problems = append(problems, c.badAccount(l, row)...)
		problems = append(problems, c.badOrder(l, row, good)...)
		if good {
			problems = append(problems, badPurchaseDay(l, row, im.tx.Today)...)
			problems = append(problems, c.badProduct(l, row)...)
		}
		report.add(problems...)
		return nil
	})
}

func (c *orderCheck) badAccount(l line[purchaseRow], row purchaseRow) []sheets.Problem {
	known, ok := c.accounts[row.Account]
	switch {
	case ok && known.Erased:
		return []sheets.Problem{l.problem("account", erased())}
	case ok || row.Account == "" || c.unread[accountsFile]:
		return nil
	}
	return []sheets.Problem{l.problem("account", unknownMember("请先导入会员表，或改正会员号", "import the accounts first, or correct it"))}
}

// badOrder holds the lines of an order together, to one member and one day. An order whose lines stand apart would be
// taken for two.
func (c *orderCheck) badOrder(l line[purchaseRow], row purchaseRow, good bool) []sheets.Problem {
	last, lastGood := c.last, c.good
	if row.Order == "" || row.Order != last.Order {
		c.last, c.good, c.lines = row, good, 1
		return c.apart(l, row)
	}
	c.lines++
	if good {
		c.last, c.good = row, true
	}
	switch {
	case c.lines == maxLines+1:
		return []sheets.Problem{l.problem("order", faultf("TOO_MANY_LINES", "一个订单最多 %d 行，请拆成多个订单", "an order has at most %d lines: split it", maxLines))}
	case good && lastGood && (row.Account != last.Account || row.Day != last.Day || !same(row.Total, last.Total)):
		return []sheets.Problem{l.problem("order", fault("DIFFERS", "同一订单的各行会员号、日期和订单实付必须相同；不同订单请用不同单号",
			"the lines of one order have the same member, date and order total: give different orders different numbers"))}
	}
	return nil
}

func (c *orderCheck) apart(l line[purchaseRow], row purchaseRow) []sheets.Problem {
	first := c.orders.before(row.Order, l.row.Line)
	if first == 0 {
		return nil
	}
	return []sheets.Problem{l.problem("order", faultf("APART",
		"此订单号在第 %d 行出现过；同一订单的各行请排在一起，不同订单请用不同单号",
		"this order stood on line %d already: keep the lines of an order together, and give each order its own number", first))}
}

func badPurchaseDay(l line[purchaseRow], row purchaseRow, today civil.Date) []sheets.Problem {
	switch {
	case row.Day > today:
		return []sheets.Problem{l.problem("day", future())}
	case longAgo(row.Day, today) != nil:
		return []sheets.Problem{l.problem("day", fault("LONG_AGO", "日期在三十年以前，请核对", "more than thirty years ago: check the date"))}
	}
	return nil
}

func (c *orderCheck) badProduct(l line[purchaseRow], row purchaseRow) []sheets.Problem {
	number := c.catalog.number(row)
	switch {
	case number == "":
		return []sheets.Problem{l.problem("product", fault("REQUIRED", "请填写产品编号或产品名称", "fill in the product's number or its name"))}
	case utf8.RuneCountInString(number) > maxNumber:
		return []sheets.Problem{l.problem("product", tooLong(maxNumber))}
	}
	return nil
}
