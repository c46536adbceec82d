package care

import (
	"strconv"

	"huifang/auth"
	"huifang/cadence"
	"huifang/models"
	"huifang/sheets"
)

// workloadLine is a row of a workload in one of its months, as a file has it.
type workloadLine struct {
	row   WorkloadRow
	f     Figures
	month string
	total bool
}

// workloadTable is the workload with two lines for each row, the month and the one before, and the totals at the end.
// Minutes and counts are whole, so that columns add up to the totals as they do on the screen.
func (s *Service) workloadTable(tx *models.Tx, v auth.Viewer, in DeskExport) (deskTable, error) {
	sheet, err := s.timesheet(tx, v, in.Workload)
	if err != nil {
		return deskTable{}, err
	}
	w := sheet.workload(in.Workload.By)
	var lines []workloadLine
	for _, row := range w.Rows {
		lines = append(lines, linesOf(w, row)...)
	}
	for _, line := range linesOf(w, w.Total) {
		line.total = true
		lines = append(lines, line)
	}
	return deskTable{sheets.Words{ZH: "工作量", EN: "Workload"}, func(_ *models.Tx, out sheets.Writer) error {
		return writeRows(out, workloadColumns(in.Workload.By, in.Lang), in.Lang, lines)
	}}, nil
}

func linesOf(w Workload, row WorkloadRow) []workloadLine {
	return []workloadLine{
		{row: row, f: row.Now, month: w.Month.String()[:7]}, {row: row, f: row.Before, month: w.Before.String()[:7]},
	}
}

func workloadColumns(by WorkloadBy, lang string) table[workloadLine] {
	first := map[WorkloadBy][2]string{ByStore: {"门店", "Store"}, ByTeam: {"团队", "Team"}, ByRep: {"代表", "Rep"}, ByWeek: {"周", "Week"}}[by]
	columns := table[workloadLine]{
		{zh: first[0], en: first[1], write: func(l workloadLine) string { return l.name(lang) }},
		{zh: "月份", en: "Month", write: func(l workloadLine) string { return l.month }},
	}
	text := func(zh, en string, write func(Figures) string) {
		columns = append(columns, column[workloadLine]{zh: zh, en: en, write: func(l workloadLine) string { return write(l.f) }})
	}
	number := func(zh, en string, of func(Figures) int) {
		text(zh, en, func(f Figures) string { return strconv.Itoa(of(f)) })
	}
	known := func(zh, en string, of func(Figures) *int) {
		text(zh, en, func(f Figures) string { return numberText(of(f)) })
	}
	share := func(zh, en string, of func(Figures) *float64) {
		text(zh, en, func(f Figures) string { return shareText(of(f)) })
	}

	known("会员数", "Accounts", func(f Figures) *int { return f.Accounts })
	known("代管", "Standing in for", func(f Figures) *int { return f.Covering })
	number("工时（分钟）", "Working time (minutes)", func(f Figures) int { return f.Capacity })
	number("计划（分钟）", "Planned (minutes)", func(f Figures) int { return f.Load })
	number("路上（分钟）", "Travel (minutes)", func(f Figures) int { return f.Travel })
	share("负荷率", "Utilisation", func(f Figures) *float64 { return f.Utilisation })
	columns = append(columns, kindColumns(lang)...)
	share("完成率", "Attainment", func(f Figures) *float64 { return f.Attainment })
	share("时间已过", "Time passed", func(f Figures) *float64 { return f.Elapsed })
	text("进度", "Pace", func(f Figures) string { return textOf(f.Pace, func() string { return f.Pace.In(lang) }) })
	known("有间隔要求的会员", "Accounts with a rhythm", func(f Figures) *int { return f.Rhythmic })
	known("按时联系的会员", "Accounts in touch", func(f Figures) *int { return f.InTouch })
	share("覆盖率", "Coverage", func(f Figures) *float64 { return f.Coverage })
	number("有间隔要求的回访", "Contacts with a rhythm", func(f Figures) int { return f.Spaced })
	number("按间隔的回访", "Contacts in time", func(f Figures) int { return f.Regular })
	share("规律性", "Regularity", func(f Figures) *float64 { return f.Regularity })
	known("逾期", "Overdue", func(f Figures) *int { return f.Overdue })
	text("平均逾期天数", "Days overdue, mean", func(f Figures) string { return tenths(f.OverdueDays) })
	known("久未联系", "Neglected", func(f Figures) *int { return f.Neglected })
	text("每小时家访", "Visits per hour", func(f Figures) string { return tenths(f.VisitsPerHour) })
	number("回访后续购", "Repurchases after contact", func(f Figures) int { return f.Repurchases })
	text("金额（元）", "Amount (yuan)", func(f Figures) string { return yuanText(f.Amount) })
	number("转介绍", "Referrals", func(f Figures) int { return f.Referrals })
	return columns
}

// kindColumns are the numbers of contacts: of all kinds, then of each.
func kindColumns(lang string) table[workloadLine] {
	numbers := []struct {
		zh, en string
		of     func(MonthNumbers) int
	}{
		{"计划", "Planned", func(n MonthNumbers) int { return n.Planned }}, {"待做", "To come", func(n MonthNumbers) int { return n.Scheduled }},
		{"完成", "Done", func(n MonthNumbers) int { return n.Done }}, {"剩余", "Remaining", func(n MonthNumbers) int { return n.Remaining }},
		{"联系上", "Reached", func(n MonthNumbers) int { return n.Reached }}, {"没联系上", "Not reached", func(n MonthNumbers) int { return n.Attempts }},
	}
	var out table[workloadLine]
	for _, kind := range append([]cadence.Kind{""}, cadence.AllKinds()...) {
		name := ""
		if kind != "" {
			name = kind.In(lang) + " "
		}
		for _, n := range numbers {
			out = append(out, column[workloadLine]{zh: name + n.zh, en: name + n.en, write: func(l workloadLine) string {
				return strconv.Itoa(l.f.kinds(kind, n.of))
			}})
		}
	}
	return out
}

// kinds sums up a number over one kind, or all.
func (f Figures) kinds(kind cadence.Kind, of func(MonthNumbers) int) int {
	n := 0
	for _, k := range f.Kinds {
		if kind == "" || k.Kind == kind {
			n += of(k)
		}
	}
	return n
}

func (l workloadLine) name(lang string) string {
	switch {
	case l.total:
		return sheets.Words{ZH: "合计", EN: "Total"}.In(lang)
	case l.row.Week != nil:
		return l.row.Week.String()
	}
	return l.row.Name
}

// In tells a pace in words.
func (p Pace) In(lang string) string {
	words := map[Pace]sheets.Words{PaceUnder: {ZH: "落后", EN: "Behind"}, PaceOn: {ZH: "正常", EN: "On time"}, PaceOver: {ZH: "超前", EN: "Ahead"}}
	return words[p].In(lang)
}
