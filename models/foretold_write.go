package models

import (
	"huifang/civil"
	"huifang/id"
)

const (
	// foretoldDays are the days a row looks ahead.
	foretoldDays = 90
	// settleDays is how much longer what came of a row may change: orders are imported late, and goods come back.
	settleDays = 30
	// farDay stands for no day where days are compared.
	farDay civil.Date = 2_932_896 // 9999-12-31
)

// Foretell keeps what stands today for every account that has bought and has no row of this month yet. A rep's word counts
// while it is in force. Run again it adds who came since. It shows nothing to anybody.
func (tx *Tx) Foretell() error {
	year, month, _ := tx.Today.YMD()
	first := civil.Of(year, month, 1)
	err := tx.db.Exec("INSERT INTO foretold (account_id, month, rep_id, day, by30, by60, by90, told_at, p30, p60, p90,"+
		" horizon, model, model_id, override_id, came_on, settled)"+
		" SELECT a.id, ?, a.rep_id, ?, ?, ?, ?, ?, p.p30, p.p60, p.p90,"+
		" CASE WHEN o.id IS NULL THEN p.model ELSE p.horizon END, p.model, p.model_id, o.id, NULL, ?"+
		" FROM accounts a JOIN projections p ON p.account_id = a.id"+
		" LEFT JOIN overrides o ON o.account_id = a.id AND o.ended_at IS NULL AND o.until_day >= ? AND p.source = 'REP'"+
		" WHERE a.erased_at IS NULL AND a.rep_id IN (SELECT u.id FROM users u WHERE u.disabled_at IS NULL)"+
		" AND p.day = (SELECT MAX(q.day) FROM projections q WHERE q.account_id = a.id) AND p.model <> 'UNKNOWN'"+
		" AND NOT EXISTS (SELECT 1 FROM foretold f WHERE f.account_id = a.id AND f.month = ?)",
		first, tx.Today, tx.Today+30, tx.Today+60, tx.Today+foretoldDays, tx.Now, false, tx.Today, first).Error
	return wrap("keep what is foretold", err)
}

// OpenMonths are the months with rows that are not settled, the oldest first.
func (tx *Tx) OpenMonths() ([]civil.Date, error) {
	var months []civil.Date
	err := tx.db.Model(&Foretold{}).Where("settled = ?", false).Distinct().Order("month").Pluck("month", &months).Error
	return months, wrap("list the months foretold", err)
}

// FillForetold writes what came of the open rows of a month: the first order since that was not given back whole. An order of
// the very day counts when it was recorded after the row was kept. What has not changed is not written again.
func (tx *Tx) FillForetold(month civil.Date) error {
	came := "(SELECT MIN(o.day) FROM purchases o WHERE o.account_id = foretold.account_id AND o.day <= foretold.by90" +
		" AND (o.day > foretold.day OR o.day = foretold.day AND o.created_at > foretold.told_at) AND " + kept("o") + ")"
	err := tx.db.Exec("UPDATE foretold SET came_on = "+came+
		" WHERE month = ? AND settled = ? AND COALESCE(came_on, ?) <> COALESCE("+came+", ?)",
		true, month, false, farDay, true, farDay).Error
	return wrap("write what came of what was foretold", err)
}

// SettleForetold closes the rows of which nothing changes any more.
func (tx *Tx) SettleForetold() error {
	_, err := tx.update(&Foretold{}, map[string]any{"settled": true}, "settled = ? AND by90 < ?", false, tx.Today-settleDays)
	return err
}

// ForetoldOf are the rows of an account, the newest first.
func (tx *Tx) ForetoldOf(account id.ID) ([]Foretold, error) {
	var rows []Foretold
	return rows, tx.sorted(&rows, "month DESC", "account_id = ?", account)
}
