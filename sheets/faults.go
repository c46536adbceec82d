package sheets

func fault(code, zh, en string) *Fault { return &Fault{Code: code, Words: Words{ZH: zh, EN: en}} }

// placed puts a fault of the header in its place.
func placed(line int, column string, f *Fault) *Problem {
	p := At(line, column, "", f)
	return &p
}

func unknownColumn(line int, text, near string) *Problem {
	if near == "" {
		return placed(line, text, fault("UNKNOWN_COLUMN", "不认识的列；请删除该列或改用模板中的列名",
			"not a known column: delete it, or use a header of the template"))
	}
	return placed(line, text, fault("UNKNOWN_COLUMN", "不认识的列；是否应为“"+near+"”？请改名或删除该列",
		"not a known column: did you mean \""+near+"\"? Rename or delete it"))
}

func duplicateColumn(line int, text, first string) *Problem {
	return placed(line, text, fault("DUPLICATE_COLUMN", "与“"+first+"”列重复；请只保留一列",
		"means the same as column \""+first+"\": keep one of them"))
}

func missingColumn(line int, f Field) *Problem {
	return placed(line, f.Headers[0], fault("MISSING_COLUMN", "缺少必需的列；请添加该列", "a required column is missing: add it"))
}

func strayCell() *Fault {
	return fault("STRAY_CELL", "此单元格所在列没有列名；请补上列名或删除内容", "the column of this value has no header: name it, or delete the value")
}

// Required is the fault of an empty cell that must hold something.
func Required() *Fault {
	return fault("REQUIRED", "不能为空；请填写", "must not be empty: fill it in")
}

func badDay() *Fault {
	return fault("BAD_DAY", "不是日期；请写成 2026-11-22 的形式", "not a date: write it like 2026-11-22")
}

func ambiguousDay() *Fault {
	return fault("AMBIGUOUS_DAY", "日期有歧义；请把年份写在最前，如 2026-11-22", "may be read in two ways: write the year first, like 2026-11-22")
}

func shortYear() *Fault {
	return fault("SHORT_YEAR", "年份请写四位，如 2026-11-22", "write the year with four digits, like 2026-11-22")
}

func noSuchDay() *Fault {
	return fault("NO_SUCH_DAY", "日历上没有这一天；请更正", "the calendar has no such day: correct it")
}

func zonedDay() *Fault {
	return fault("ZONED_DAY", "带时区的时间无法确定日期；请只写日期，如 2026-11-22", "a time with a zone does not tell the day here: write the date only, like 2026-11-22")
}

func badAmount() *Fault {
	return fault("BAD_AMOUNT", "不是金额；请写成 1234.50 的形式（单位：元）", "not an amount: write it in yuan, like 1234.50")
}

func negativeAmount() *Fault {
	return fault("NEGATIVE_AMOUNT", "金额不能为负；退货请用退货登记", "must not be negative: record returns as returns")
}

func fineAmount() *Fault {
	return fault("FINE_AMOUNT", "金额最多两位小数（到分）", "more than two decimals: amounts go down to the fen")
}

func largeAmount() *Fault {
	return fault("LARGE_AMOUNT", "金额过大；请检查是否多写了数字", "too large: look for a digit too many")
}

func badInteger() *Fault {
	return fault("BAD_INTEGER", "不是整数；请只写数字，如 30", "not a whole number: write digits only, like 30")
}

func badYesNo() *Fault {
	return fault("BAD_YES_NO", "请填写“是”或“否”", "write yes or no")
}

func badPhone() *Fault {
	return fault("BAD_PHONE", "不是有效的电话号码；手机请写 11 位，座机请带区号，如 010-12345678", "not a phone number: 11 digits for a mobile, area code first for a landline, like 010-12345678")
}

func shortenedNumber() *Fault {
	return fault("SHORTENED_NUMBER", "号码被 Excel 缩写；请把该列设为文本格式后重新填写", "the spreadsheet shortened the number: format the column as text and enter it again")
}

func badOccasion() *Fault {
	return fault("BAD_OCCASION", "不是日期；公历请写 03-15 或 1956-03-15，农历请写 农历八月十五", "not a date: write 03-15 or 1956-03-15, for the lunar calendar lunar 8-15")
}

func lunarOrSolar() *Fault {
	return fault("LUNAR_OR_SOLAR", "看不出是公历还是农历；农历请在前面写“农历”，公历请用数字，如 08-15", "lunar or solar? Write \"lunar\" in front, or digits like 08-15 for a solar date")
}

func badPosition() *Fault {
	return fault("BAD_POSITION", "不是位置；请写成 纬度,经度，如 39.9042,116.4074", "not a position: write latitude,longitude like 39.9042,116.4074")
}

func abroad() *Fault {
	return fault("ABROAD", "位置在国境之外；请检查纬度和经度", "the position is outside the country: check latitude and longitude")
}

func swapped() *Fault {
	return fault("SWAPPED_POSITION", "纬度和经度似乎写反了；请写成 纬度,经度", "latitude and longitude seem to be swapped: write latitude,longitude")
}
