package care

import (
	"slices"
	"strconv"

	"huifang/auth"
	"huifang/models"
	"huifang/sheets"
)

// inboxTable is what goes wrong, in the order of the inbox.
func (s *Service) inboxTable(tx *models.Tx, v auth.Viewer, in DeskExport) (deskTable, error) {
	d, err := s.sortedDesk(tx, v, in.Inbox)
	if err != nil {
		return deskTable{}, err
	}
	if len(d.rows) > maxExported {
		return deskTable{}, Limited("rows", "%d rows, at most %d go into a file: choose a team or a rep", len(d.rows), maxExported)
	}
	columns := inboxColumns(in.Lang)
	return deskTable{sheets.Words{ZH: "异常", EN: "Inbox"}, func(_ *models.Tx, w sheets.Writer) error {
		if err := w.Write(columns.headers(in.Lang)); err != nil {
			return err
		}
		return d.each(func(rows []Exception) error { return addRows(w, columns, rows) })
	}}, nil
}

// each hands over all rows, a page at a time.
func (d *inboxDesk) each(write func([]Exception) error) error {
	for rows := range slices.Chunk(d.rows, chunk) {
		f, err := d.fill(rows)
		if err != nil {
			return err
		}
		page := make([]Exception, len(rows))
		for i, w := range rows {
			page[i] = f.exception(w)
		}
		if err := write(page); err != nil {
			return err
		}
	}
	return nil
}

func inboxColumns(lang string) table[Exception] {
	text := func(zh, en string, write func(Exception) string) column[Exception] {
		return column[Exception]{zh: zh, en: en, write: write}
	}
	return table[Exception]{
		text("类别", "Kind", func(e Exception) string { return e.Kind.In(lang) }),
		text("紧急", "Urgent", func(e Exception) string { return yes(e.Urgent, lang) }),
		text("代表", "Rep", func(e Exception) string { return e.RepName }),
		text("会员", "Account", func(e Exception) string { return e.AccountName }),
		text("分层", "Tier", func(e Exception) string { return e.Tier }),
		text("起始日", "Since", func(e Exception) string { return e.Since.String() }),
		text("天数", "Days", func(e Exception) string { return strconv.Itoa(e.Days) }),
		text("说明", "What", func(e Exception) string { return e.Words(lang) }),
		text("代表的答复", "Answer", func(e Exception) string { return e.Answer }),
	}
}

// In tells a kind in words.
func (k ExceptionKind) In(lang string) string {
	words := map[ExceptionKind]sheets.Words{
		NeglectedAccount: {ZH: "久未联系", EN: "Neglected"}, MissedContact: {ZH: "错过的回访", EN: "Missed"}, PlanWithoutRoom: {ZH: "排不下", EN: "No room"},
		CaseNearDeadline: {ZH: "停服个案", EN: "Cases"}, OpenComplaint: {ZH: "投诉与不适", EN: "Complaints, reactions"},
		ContactToReview: {ZH: "待查回访", EN: "To look at"}, SilentPhone: {ZH: "手机失联", EN: "Silent phones"},
		WordWithoutReason: {ZH: "改期无理由", EN: "Unreasoned forecast"}, LeaveUncovered: {ZH: "请假无人代", EN: "Uncovered leave"},
		ForecastKeptBack: {ZH: "预测未更新", EN: "Forecast not renewed"},
	}
	return words[k].In(lang)
}

func yes(is bool, lang string) string {
	if !is {
		return ""
	}
	return sheets.Words{ZH: "是", EN: "yes"}.In(lang)
}
