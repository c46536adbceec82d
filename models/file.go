package models

import (
	"strings"

	"huifang/auth"
	"huifang/id"
)

// Head is an account with the names of who cares for it and where, what is expected of it, and the rep's word on that.
type Head struct {
	Account    Account `gorm:"embedded"`
	RepName    string
	StoreName  string
	Projection Projection `gorm:"embedded;embeddedPrefix:p_"` // zero before the first forecast
	Override   Override   `gorm:"embedded;embeddedPrefix:o_"` // zero when there is none in force
}

// Head reads the first page of an account's file: ErrNotFound when the scope does not reach it.
func (tx *Tx) Head(sc auth.Scope, account id.ID) (Head, error) {
	var rows []Head
	err := tx.in(sc, "accounts.id").Table("accounts").
		Select("accounts.*, u.name AS rep_name, s.name AS store_name, "+
			prefixed("p", "account_id", "day", "expected", "p30", "p60", "p90", "active", "horizon", "model", "source", "evidence", "curve")+", "+
			prefixed("o", "id", "account_id", "horizon", "on_day", "reason", "given_on", "until_day", "created_by", "created_at")).
		Joins("JOIN users u ON u.id = accounts.rep_id").
		Joins("JOIN stores s ON s.id = accounts.store_id").
		Joins("LEFT JOIN projections p ON p.account_id = accounts.id").
		Joins("LEFT JOIN overrides o ON o.account_id = accounts.id AND o.ended_at IS NULL AND o.until_day >= ?", tx.Today).
		Where("accounts.id = ?", account).
		Order("p.day DESC, o.created_at DESC, o.id DESC").Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		return Head{}, wrap("read an account's file", ErrNotFound)
	}
	if err != nil {
		return Head{}, wrap("read an account's file", err)
	}
	return rows[0], nil
}

// prefixed lists columns of a joined table under names of their own: p.day AS p_day.
func prefixed(table string, columns ...string) string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = table + "." + c + " AS " + table + "_" + c
	}
	return strings.Join(out, ", ")
}

// The caps of the parts of a file.
const (
	maxParts = 200 // people, dates, tags, pauses
	maxLogs  = 100
)

// MembersOf are the people of an account's household.
func (tx *Tx) MembersOf(sc auth.Scope, account id.ID) ([]Member, error) {
	var rows []Member
	err := tx.in(sc, "members.account_id").Where("account_id = ?", account).Order("id").Limit(maxParts).Find(&rows).Error
	return rows, wrap("read a household", err)
}

// DatesOf are the special days of an account.
func (tx *Tx) DatesOf(sc auth.Scope, account id.ID) ([]AccountDate, error) {
	var rows []AccountDate
	err := tx.in(sc, "account_dates.account_id").Where("account_id = ?", account).Order("month, day, id").Limit(maxParts).Find(&rows).Error
	return rows, wrap("read special days", err)
}

// TagsOf are the tags of an account, in order.
func (tx *Tx) TagsOf(sc auth.Scope, account id.ID) ([]string, error) {
	var tags []string
	err := tx.in(sc, "account_tags.account_id").Model(&AccountTag{}).Where("account_id = ?", account).
		Order("tag").Limit(maxParts).Pluck("tag", &tags).Error
	return tags, wrap("read tags", err)
}

// OpenItemsOf are the open plan items of an account, the earliest first.
func (tx *Tx) OpenItemsOf(sc auth.Scope, account id.ID) ([]PlanItem, error) {
	return agendaRows(tx.in(sc, "plan_items.account_id").
		Where("account_id = ? AND status IN ?", account, []ItemStatus{ItemOpen, ItemStarted}))
}

// LastLogsOf are the last contacts of an account, the latest first, at most a hundred.
func (tx *Tx) LastLogsOf(sc auth.Scope, account id.ID, n int) ([]ContactLog, error) {
	var rows []ContactLog
	err := tx.in(sc, "contact_logs.account_id").Where("account_id = ?", account).
		Order("started_at DESC, id DESC").Limit(min(n, maxLogs)).Find(&rows).Error
	return rows, wrap("read the last contacts", err)
}

// PausesOf are the pauses that hold an account now or will: its own and those of its area.
func (tx *Tx) PausesOf(a Account) ([]Pause, error) {
	var rows []Pause
	err := tx.db.Where("ended_at IS NULL AND (to_day IS NULL OR to_day >= ?)", tx.Today).
		Where("(account_id = ? OR (account_id IS NULL AND store_id = ? AND district = ?))", a.ID, a.StoreID, a.District).
		Order("from_day, id").Limit(maxParts).Find(&rows).Error
	return rows, wrap("read pauses", err)
}

// CaseFile is a case with its steps in order.
type CaseFile struct {
	Case  Case
	Steps []CaseStep
}

// OpenCasesOf are the open cases of an account with their steps, in one statement.
func (tx *Tx) OpenCasesOf(sc auth.Scope, account id.ID) ([]CaseFile, error) {
	var rows []struct {
		Case Case     `gorm:"embedded"`
		Step CaseStep `gorm:"embedded;embeddedPrefix:st_"`
	}
	err := tx.in(sc, "cases.account_id").Table("cases").
		Select("cases.*, "+prefixed("st", "id", "case_id", "seq", "kind", "due_on", "done_on", "done_by", "log_id", "note")).
		Joins("LEFT JOIN case_steps st ON st.case_id = cases.id").
		Where("cases.account_id = ? AND cases.status = ?", account, CaseOpen).
		Order("cases.opened_on, cases.id, st.seq").Limit(maxParts).Find(&rows).Error
	var out []CaseFile
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].Case.ID != r.Case.ID {
			out = append(out, CaseFile{Case: r.Case})
		}
		if last := &out[len(out)-1]; !r.Step.ID.IsZero() {
			last.Steps = append(last.Steps, r.Step)
		}
	}
	return out, wrap("read open cases", err)
}
