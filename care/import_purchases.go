package care

import (
	"strconv"

	"huifang/civil"
	"huifang/models"
	"huifang/sheets"
)

// purchaseRow is a line of the purchases file: one product of one order. Lines of an order stand together.
type purchaseRow struct {
	Order, Account, Channel string
	Day                     civil.Date
	Amount                  models.Fen // of the line, paid
	Product, ProductName    string
	Category                string
	Quantity                int
	Supply                  int // days the line lasts, 0 unknown
}

// purchaseTable are the columns of the purchases file.
func purchaseTable() table[purchaseRow] {
	return table[purchaseRow]{
		{field: "order", zh: "订单号", en: "Order no", also: []string{"单号", "小票号", "订单编号"}, required: true,
			read: short(func(r *purchaseRow) *string { return &r.Order }), write: func(r purchaseRow) string { return r.Order }},
		{field: "account", zh: "会员号", en: "Member no", also: []string{"会员编号", "卡号"}, required: true,
			read: short(func(r *purchaseRow) *string { return &r.Account }), write: func(r purchaseRow) string { return r.Account }},
		{field: "day", zh: "日期", en: "Date", also: []string{"购买日期", "销售日期", "下单日期"}, required: true,
			read: func(r *purchaseRow, c string) (err error) { r.Day, err = sheets.Day(c); return err }, write: func(r purchaseRow) string { return r.Day.String() }},
		{field: "amount", zh: "金额", en: "Amount", also: []string{"实付金额", "实付", "付款金额"}, required: true,
			read: readAmount, write: func(r purchaseRow) string { return yuan(r.Amount) }},
		{field: "product", zh: "产品编号", en: "Product no", also: []string{"货号", "商品编号"}, read: short(func(r *purchaseRow) *string { return &r.Product }), write: func(r purchaseRow) string { return r.Product }},
		{field: "productName", zh: "产品", en: "Product", also: []string{"产品名称", "商品", "品名", "商品名称"}, read: short(func(r *purchaseRow) *string { return &r.ProductName }), write: func(r purchaseRow) string { return r.ProductName }},
		{field: "category", zh: "品类", en: "Category", also: []string{"类别"}, read: short(func(r *purchaseRow) *string { return &r.Category }), write: func(r purchaseRow) string { return r.Category }},
		{field: "quantity", zh: "数量", en: "Quantity", read: readQuantity, write: func(r purchaseRow) string { return strconv.Itoa(r.Quantity) }},
		{field: "supply", zh: "可用天数", en: "Days of supply", also: []string{"可服用天数", "天数", "days supply"}, read: readSupply, write: func(r purchaseRow) string { return strconv.Itoa(r.Supply) }},
		{field: "channel", zh: "渠道", en: "Channel", read: short(func(r *purchaseRow) *string { return &r.Channel }), write: func(r purchaseRow) string { return r.Channel }},
	}
}

// mostAmount is the most a line may cost: ten million yuan. More is a slip of the hand.
const mostAmount = 1_000_000_000

func readAmount(r *purchaseRow, cell string) error {
	fen, err := sheets.Fen(cell)
	switch {
	case err != nil:
		return err
	case fen < 0:
		return fault("NEGATIVE", "金额不能为负数；退货请在系统里登记退货", "an amount is not negative; record a return instead")
	case fen > mostAmount:
		return fault("TOO_MUCH", "金额过大，请核对", "that is over ten million yuan: check the amount")
	}
	r.Amount = models.Fen(fen)
	return nil
}

func readQuantity(r *purchaseRow, cell string) error {
	n, err := sheets.Integer(cell)
	if err == nil && (n < 1 || n > 100_000) {
		err = fault("QUANTITY", "数量应为 1 到 100000 的整数", "a quantity is a whole number from 1 to 100,000")
	}
	r.Quantity = n
	return err
}

func readSupply(r *purchaseRow, cell string) error {
	n, err := sheets.Integer(cell)
	if err == nil && (n < 0 || n > 3650) {
		err = fault("SUPPLY", "可用天数应为 0 到 3650 的整数", "days of supply are a whole number from 0 to 3,650")
	}
	r.Supply = n
	return err
}

// complete fills what follows from other columns and holds the day to today.
func (r *purchaseRow) complete(line int, today civil.Date) []sheets.Problem {
	if r.Quantity == 0 {
		r.Quantity = 1
	}
	if r.Product == "" {
		r.Product = r.ProductName
	}
	if r.ProductName == "" {
		r.ProductName = r.Product
	}
	if r.Product == "" {
		return []sheets.Problem{sheets.At(line, "产品", "", fault("REQUIRED", "请填写产品编号或产品名称", "fill in the product's number or its name"))}
	}
	if r.Day > today {
		return []sheets.Problem{sheets.At(line, "日期", r.Day.String(), fault("FUTURE", "日期在今天之后，请核对", "this day lies in the future: check the date"))}
	}
	return nil
}
