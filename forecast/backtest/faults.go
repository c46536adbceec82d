package backtest

import (
	"errors"
	"fmt"

	"huifang/civil"
	"huifang/forecast/btyd"
	"huifang/sheets"
)

// Every fault of a file, of cut-offs and of a fit is a *sheets.Fault: a code, and in both languages what to do.

func fault(code, zh, en string, args ...any) *sheets.Fault {
	return &sheets.Fault{Code: code, Words: sheets.Words{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}}
}

func notTable() *sheets.Fault {
	return fault("NOT_A_TABLE", "文件不是 CSV 文本；请在表格软件中另存为“CSV UTF-8”", "not CSV: save it from the spreadsheet as \"CSV UTF-8\"")
}

func empty() *sheets.Fault {
	return fault("EMPTY_FILE", "文件没有数据行；请选择有表头和购买记录的文件", "the file has no rows: choose one with a header and purchases")
}

func oneCustomer() *sheets.Fault {
	return fault("ONE_CUSTOMER", "文件里只有一位顾客；预测要在多位顾客身上检验，请选择更完整的文件", "there is only one customer: a forecast is measured on several, choose a file with more")
}

func widths(row, header int) *sheets.Fault {
	return fault("CELLS", "此行有 %d 个单元格，表头有 %d 个；含逗号的内容请加引号", "the row has %d cells, the header %d: put what holds a comma into quotes", row, header)
}

func strayQuote() *sheets.Fault {
	return fault("QUOTE", "引号没有配对或位置不对；请把整个单元格加引号，并把其中的引号写两次", "a quote is not closed or stands inside a cell: put the whole cell into quotes and double those inside")
}

func negativeSupply() *sheets.Fault {
	return fault("SUPPLY", "可用天数不能为负；请更正，不知道时留空", "days of supply are not negative: correct them, or leave the cell empty when they are not known")
}

func tooShort(f File) *sheets.Fault {
	return fault("SHORT_PERIOD", "购买记录只有 %s 至 %s；截止日之后须有 %d 天数据，请选择时间更长的文件",
		"the purchases are of %s to %s: a cut-off takes %d days of data after it and some before, choose a file of a longer time", f.From, f.To, horizon)
}

func cutOutside(f File, cut civil.Date) *sheets.Fault {
	return fault("CUT_OUTSIDE", "截止日 %s 之前须有数据，之后须有 %d 天数据；可选 %s 至 %s",
		"a cut-off takes data before it and %[2]d days after it, which %[1]s has not: days from %[3]s to %[4]s are possible", cut, horizon, f.From+1, f.To-horizon)
}

func cutTwice(cut civil.Date) *sheets.Fault {
	return fault("CUT_TWICE", "截止日 %s 重复；请只写一次", "%s is given twice: name each cut-off once", cut)
}

func cutNoDay(text string) *sheets.Fault {
	return fault("CUT_DAY", "“%s”不是日期；请写成 2026-11-22 的形式", "%q is not a day: write it like 2026-11-22", text)
}

// unfit says at which cut-off no model came of the purchases.
func unfit(day civil.Date, err error) *sheets.Fault {
	if errors.Is(err, btyd.ErrFit) {
		return fault("NOT_FITTED", "%s 时顾客太少，或没有人再次购买，无法拟合", "not fitted at %s: too few customers, or none who came back", day)
	}
	return fault("NOT_FITTED", "%s 时无法拟合：%v", "not fitted at %s: %v", day, err)
}

func unsound(day civil.Date, told [3]float64) *sheets.Fault {
	return fault("NOT_FITTED", "%s 时给出的不是概率：%v", "not fitted at %s: it tells %v, which are no probabilities", day, told)
}
