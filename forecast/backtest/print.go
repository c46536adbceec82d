package backtest

import (
	"fmt"
	"io"
	"strings"

	"huifang/civil"
	"huifang/sheets"
)

// none stands where there is no figure.
const none = "—"

// Print writes the report for a person: what the file is, the table, and what it comes to.
func (r Report) Print(w io.Writer, lang string) {
	say := func(zh, en string, args ...any) {
		fmt.Fprintf(w, sheets.Words{ZH: zh, EN: en}.In(lang)+"\n", args...)
	}
	say("%[1]s：%[4]d 位顾客的 %[3]d 次购买（%[2]d 行），%[6]s 至 %[7]s；其中 %[5]d 次有可用天数",
		"%s: %d rows, %d purchases of %d customers, %d of them with days of supply, %s to %s",
		r.File, r.Rows, r.Purchases, r.Customers, r.Supplied, r.From, r.To)
	say("截止日：%s", "cut-offs: %s", days(r.Cuts))
	fmt.Fprintln(w)
	write(w, r.table(lang))
	fmt.Fprintln(w)
	for _, l := range r.Results {
		if l.Failed != "" {
			say("%s：%s", "%s: %s", l.Name, l.Failed)
		}
	}
	say("prior：随程序提供的模型，没有用这些数据拟合", "prior: the model shipped for companies without data; nothing was fitted")
	say("对数损失最小：%s", "Best by log-loss: %s", r.Best)
	r.printWorse(say)
}

// printWorse tells wherein the grid falls short of BG/NBD.
func (r Report) printWorse(say func(zh, en string, args ...any)) {
	switch {
	case !r.Compared:
		say("没有 BG/NBD 可比", "There is no BG/NBD to hold the grid against")
	case len(r.Worse) == 0:
		say("grid 没有一项不如 BG/NBD", "The grid is nowhere worse than BG/NBD")
	default:
		say("grid 在 %d 项上不如 BG/NBD：", "The grid is worse than BG/NBD in %d:", len(r.Worse))
	}
	for _, m := range r.Worse {
		say("  %s %s：%.4f，BG/NBD %.4f", "  %s %s: %.4f, BG/NBD %.4f", m.Part, m.Measure, m.Grid, m.BGNBD)
	}
}

func days(cuts []civil.Date) string {
	var out []string
	for _, c := range cuts {
		out = append(out, c.String())
	}
	return strings.Join(out, ", ")
}

// column is a figure of a score.
type column struct {
	head sheets.Words
	of   func(Score) string
}

func measured(zh, en string, of func(Score) float64) column {
	return column{sheets.Words{ZH: zh, EN: en}, func(s Score) string { return fmt.Sprintf("%.4f", of(s)) }}
}

// allColumns are the figures of all customers, activeColumns those of the active ones.
func allColumns() []column {
	return []column{
		customers(), accuracy(), logLoss(),
		measured("Brier", "Brier", func(s Score) float64 { return s.Brier }),
		meanECE(),
		measured("ECE≤30", "ECE≤30", func(s Score) float64 { return s.ECE[0] }),
		measured("ECE≤60", "ECE≤60", func(s Score) float64 { return s.ECE[1] }),
		measured("ECE≤90", "ECE≤90", func(s Score) float64 { return s.ECE[2] }),
	}
}

func activeColumns() []column { return []column{customers(), logLoss(), accuracy(), meanECE()} }

func customers() column {
	return column{sheets.Words{ZH: "人次", EN: "customers"}, func(s Score) string { return fmt.Sprint(s.Customers) }}
}

func accuracy() column {
	return measured("准确率", "accuracy", func(s Score) float64 { return s.Accuracy })
}

func logLoss() column {
	return measured("对数损失", "log-loss", func(s Score) float64 { return s.LogLoss })
}

func meanECE() column { return measured("ECE", "ECE", func(s Score) float64 { return s.MeanECE }) }

// table is the figures as cells, below two rows of headings.
func (r Report) table(lang string) [][]string {
	groups, heads := []string{""}, []string{sheets.Words{ZH: "模型", EN: "model"}.In(lang)}
	for _, part := range []struct {
		title   sheets.Words
		columns []column
	}{{sheets.Words{ZH: "全部", EN: "all"}, allColumns()}, {sheets.Words{ZH: "活跃", EN: "active"}, activeColumns()}} {
		groups = append(append(groups, part.title.In(lang)), make([]string, len(part.columns)-1)...)
		for _, c := range part.columns {
			heads = append(heads, c.head.In(lang))
		}
	}
	groups = append(groups, sheets.Words{ZH: "秒", EN: "seconds"}.In(lang))
	heads = append(heads, sheets.Words{ZH: "拟合", EN: "fit"}.In(lang), sheets.Words{ZH: "打分", EN: "score"}.In(lang))
	rows := [][]string{groups, heads}
	for _, l := range r.Results {
		rows = append(rows, l.cells())
	}
	return rows
}

func (l Line) cells() []string {
	cells := append([]string{l.Name}, figures(l.All, allColumns())...)
	cells = append(cells, figures(l.Active, activeColumns())...)
	if l.All == nil {
		return append(cells, none, none)
	}
	return append(cells, fmt.Sprintf("%.2f", l.FitSeconds), fmt.Sprintf("%.2f", l.ScoreSeconds))
}

// figures are dashes when there is no score.
func figures(s *Score, columns []column) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		if out[i] = none; s != nil {
			out[i] = c.of(*s)
		}
	}
	return out
}

// write aligns the first column to the left and figures to the right.
func write(w io.Writer, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		line.WriteString(row[0] + strings.Repeat(" ", widths[0]-width(row[0])))
		for i, cell := range row[1:] {
			line.WriteString(strings.Repeat(" ", 2+widths[i+1]-width(cell)) + cell)
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// width is how many columns of a terminal a text takes: Chinese characters two.
func width(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x2E80 {
			n++
		}
	}
	return n
}
