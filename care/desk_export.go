package care

import (
	"context"
	"io"
	"strconv"

	"huifang/auth"
	"huifang/civil"
	"huifang/models"
	"huifang/sheets"
)

// DeskExport says which table of a desk to write to a file, with what it was asked for on the screen.
type DeskExport struct {
	What     string // workload, figure-rows or inbox
	Format   string // xlsx or csv
	Lang     string // of headers and words, "zh" or "en"
	Workload WorkloadInput
	Figure   FigureInput
	Inbox    InboxInput
	// Filter is what was asked for, as the audit keeps it.
	Filter map[string]string
}

// deskTable is a table that waits to be written.
type deskTable struct {
	sheet sheets.Words
	write func(tx *models.Tx, w sheets.Writer) error
}

// maxExported caps the rows of a file.
const maxExported = 100_000

// ExportDesk writes a table of a desk, the same numbers as on its screen, to what open returns. Nothing is opened before
// everything is checked and the export is audited: errors before come as they do on the screen, NOT_FOUND for what lies
// beyond the viewer's reach, INVALID for what is no table, LIMITED for more than 100,000 rows. Telephone numbers and
// addresses are never in it.
func (s *Service) ExportDesk(ctx context.Context, in DeskExport, open func() io.Writer) error {
	if _, err := auth.Authorize(ctx, auth.ReadTeam); err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	if err := s.audited(ctx, in); err != nil {
		return err
	}
	return s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		table, err := s.deskTable(tx, v, in)
		if err != nil {
			return err
		}
		w, err := sheets.New(sheets.Format(in.Format), table.sheet.In(in.Lang), open())
		if err != nil {
			return err
		}
		if err := table.write(tx, w); err != nil {
			return err
		}
		return w.Close()
	})
}

func (in DeskExport) check() error {
	if f := sheets.Format(in.Format); f != sheets.CSV && f != sheets.XLSX {
		return Invalid("format", "a file is .xlsx or .csv").By("enum")
	}
	if in.Lang != "zh" && in.Lang != "en" {
		return Invalid("lang", "is zh or en").By("enum")
	}
	return nil
}

// audited looks whether there is anything to export, and writes down who did.
func (s *Service) audited(ctx context.Context, in DeskExport) error {
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		_, err := s.deskTable(tx, v, in)
		return err
	})
	if err != nil {
		return err
	}
	return s.write(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		detail := map[string]any{"format": in.Format}
		for name, value := range in.Filter {
			detail[name] = value
		}
		return tx.AddAudit(models.Audit{UserID: &v.User, Action: string(auth.Export), Entity: in.What, Detail: detail})
	})
}

func (s *Service) deskTable(tx *models.Tx, v auth.Viewer, in DeskExport) (deskTable, error) {
	switch in.What {
	case "workload":
		return s.workloadTable(tx, v, in)
	case "figure-rows":
		return s.figureTable(tx, v, in)
	case "inbox":
		return s.inboxTable(tx, v, in)
	}
	return deskTable{}, NotFound("table to export")
}

// writeRows writes a header and rows.
func writeRows[T any](w sheets.Writer, columns table[T], lang string, rows []T) error {
	if err := w.Write(columns.headers(lang)); err != nil {
		return err
	}
	return addRows(w, columns, rows)
}

func addRows[T any](w sheets.Writer, columns table[T], rows []T) error {
	for _, row := range rows {
		if err := w.Write(columns.cells(row)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) figureTable(tx *models.Tx, v auth.Viewer, in DeskExport) (deskTable, error) {
	o, err := s.openFigure(tx, v, in.Figure)
	if err != nil {
		return deskTable{}, err
	}
	total, err := tx.CountFigure(o.ask)
	if err != nil {
		return deskTable{}, err
	}
	if total > maxExported {
		return deskTable{}, Limited("rows", "%d rows, at most %d go into a file: choose a store, a team or a rep", total, maxExported)
	}
	columns := figureColumns(in.Lang)
	return deskTable{sheets.Words{ZH: "明细", EN: "Rows"}, func(tx *models.Tx, w sheets.Writer) error {
		if err := w.Write(columns.headers(in.Lang)); err != nil {
			return err
		}
		return o.each(tx, func(rows []FigureRow) error { return addRows(w, columns, rows) })
	}}, nil
}

// each hands over all rows behind a number, a page at a time.
func (o openedFigure) each(tx *models.Tx, write func([]FigureRow) error) error {
	o.tx = tx
	for after := (*models.FigureAfter)(nil); ; {
		rows, err := tx.FigureRows(o.ask, after, chunk)
		if err != nil || len(rows) == 0 {
			return err
		}
		shown, err := o.show(rows)
		if err != nil {
			return err
		}
		if err := write(shown); err != nil {
			return err
		}
		last := rows[len(rows)-1]
		after = &models.FigureAfter{Place: last.Place, ID: last.ID, User: last.UserID}
	}
}

func figureColumns(lang string) table[FigureRow] {
	text := func(zh, en string, write func(FigureRow) string) column[FigureRow] {
		return column[FigureRow]{zh: zh, en: en, write: write}
	}
	return table[FigureRow]{
		text("会员", "Account", func(r FigureRow) string { return r.AccountName }),
		text("代表", "Rep", func(r FigureRow) string { return r.Rep.Name }),
		text("日期", "Day", func(r FigureRow) string { return dayText(r.Day) }),
		text("方式", "Kind", func(r FigureRow) string { return r.Kind.In(lang) }),
		text("状态", "Status", func(r FigureRow) string { return statusWords(r, lang) }),
		text("结果", "Outcome", func(r FigureRow) string { return textOf(r.Outcome, func() string { return r.Outcome.In(lang) }) }),
		text("天数", "Days", func(r FigureRow) string { return numberText(r.Days) }),
		text("分钟", "Minutes", func(r FigureRow) string { return numberText(r.Minutes) }),
		text("路上（分钟）", "Travel (minutes)", func(r FigureRow) string { return numberText(r.Travel) }),
		text("金额（元）", "Amount (yuan)", func(r FigureRow) string { return textOf(r.Amount, func() string { return yuanText(*r.Amount) }) }),
	}
}

// textOf is the text of what is there.
func textOf[T any](p *T, text func() string) string {
	if p == nil {
		return ""
	}
	return text()
}

func dayText(d *civil.Date) string { return textOf(d, func() string { return d.String() }) }

func numberText(n *int) string { return textOf(n, func() string { return strconv.Itoa(*n) }) }

func yuanText(f models.Fen) string { return strconv.FormatFloat(float64(f)/100, 'f', 2, 64) }

// shareText is a share in percent, to a tenth.
func shareText(p *float64) string {
	return textOf(p, func() string { return strconv.FormatFloat(100**p, 'f', 1, 64) + "%" })
}

func tenths(p *float64) string {
	return textOf(p, func() string { return strconv.FormatFloat(*p, 'f', 1, 64) })
}

func statusWords(r FigureRow, lang string) string {
	if r.Status == nil {
		return ""
	}
	words := map[models.ItemStatus]sheets.Words{
		models.ItemOpen: {ZH: "待办", EN: "Open"}, models.ItemStarted: {ZH: "进行中", EN: "Started"}, models.ItemDone: {ZH: "已完成", EN: "Done"},
	}
	return words[*r.Status].In(lang)
}
