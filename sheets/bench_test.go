package sheets

import (
	"strconv"
	"testing"
)

// BenchmarkRead100k reads 100,000 purchases.
func BenchmarkRead100k(b *testing.B) {
	rows := [][]string{{"订单号", "会员编号", "日期", "产品", "数量", "金额"}}
	for i := range 100_000 {
		n := strconv.Itoa(i)
		rows = append(rows, []string{"PO" + n, "M" + n, "2026-11-22", "产品" + n[:1], "1", "1234.50"})
	}
	for _, format := range []Format{CSV, XLSX} {
		data := written(b, format, rows)
		b.Run(string(format), func(b *testing.B) {
			for b.Loop() {
				if _, got, err := read(data); err != nil || len(got) != 100_000 {
					b.Fatal(len(got), err)
				}
			}
		})
	}
}
