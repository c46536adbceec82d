package care

import (
	"strconv"

	"huifang/civil"
	"huifang/models"
	"huifang/sheets"
)

// purchaseRow is a line of the purchases file: one product of one order. Lines of an order stand together.
type purchaseRow struct {
	Order, Account, Channel        string
	Day                            civil.Date
	Amount                         models.Fen  // of the line, paid
	Total                          *models.Fen // of the order, where it is not the sum of its lines
	Product, ProductName, Category string
	Quantity                       int  // 0: not given
	Supply                         *int // days the line lasts
}

// purchaseTable are the columns of the purchases file.
func purchaseTable() table[purchaseRow] {
	return table[purchaseRow]{
		{field: "order", zh: "订单号", en: "Order no", also: []string{"单号", "小票号", "订单编号"}, required: true,
			read: number(func(r *purchaseRow) *string { return &r.Order }), write: func(r purchaseRow) string { return r.Order }},
		{field: "account", zh: "会员号", en: "Member no", also: []string{"会员编号", "卡号"}, required: true,
			read: number(func(r *purchaseRow) *string { return &r.Account }), write: func(r purchaseRow) string { return r.Account }},
		{field: "day", zh: "日期", en: "Date", also: []string{"购买日期", "销售日期", "下单日期"}, required: true,
			read: func(r *purchaseRow, c string) (err error) { r.Day, err = sheets.Day(c); return err }, write: func(r purchaseRow) string { return r.Day.String() }},
		{field: "amount", zh: "金额", en: "Amount", also: []string{"实付金额", "实付", "付款金额"}, required: true,
			read: readAmount, write: func(r purchaseRow) string { return yuan(r.Amount) }},
		{field: "productNo", zh: "产品编号", en: "Product no", also: []string{"货号", "商品编号"},
			read: number(func(r *purchaseRow) *string { return &r.Product }), write: func(r purchaseRow) string { return r.Product }},
		{field: "product", zh: "产品", en: "Product", also: []string{"产品名称", "商品", "品名", "商品名称"},
			read: text(maxShort, func(r *purchaseRow) *string { return &r.ProductName }), write: func(r purchaseRow) string { return r.ProductName }},
		{field: "category", zh: "品类", en: "Category", also: []string{"类别"},
			read: text(maxShort, func(r *purchaseRow) *string { return &r.Category }), write: func(r purchaseRow) string { return r.Category }},
		{field: "quantity", zh: "数量", en: "Quantity", read: readQuantity, write: func(r purchaseRow) string { return strconv.Itoa(r.Quantity) }},
		{field: "supply", zh: "可用天数", en: "Days of supply", also: []string{"可服用天数", "天数", "days supply"}, read: readSupply, write: func(r purchaseRow) string { return integerCell(r.Supply) }},
		{field: "total", zh: "订单实付", en: "Order total", also: []string{"整单实付", "订单金额"}, read: readTotal, write: func(r purchaseRow) string { return yuanCell(r.Total) }},
		{field: "channel", zh: "渠道", en: "Channel", read: text(maxPlace, func(r *purchaseRow) *string { return &r.Channel }), write: func(r purchaseRow) string { return r.Channel }},
	}
}

// mostAmount is the most a line or an order may cost: ten million yuan. More is a slip of the hand.
const mostAmount = 1_000_000_000

func paid(cell string) (models.Fen, error) {
	fen, err := sheets.Fen(cell)
	if err == nil && fen > mostAmount {
		err = fault("TOO_MUCH", "金额超过一千万元，请核对", "that is over ten million yuan: check the amount")
	}
	return models.Fen(fen), err
}

func readAmount(r *purchaseRow, cell string) (err error) {
	r.Amount, err = paid(cell)
	return err
}

func readTotal(r *purchaseRow, cell string) error {
	fen, err := paid(cell)
	r.Total = &fen
	return err
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
	if err == nil && (n < 0 || n > 3660) {
		err = fault("SUPPLY", "可用天数应为 0 到 3660 的整数", "days of supply are a whole number from 0 to 3,660")
	}
	r.Supply = &n
	return err
}
