package models

import (
	"huifang/auth"
	"huifang/civil"
	"huifang/id"
)

// LeavesWithin are the granted leaves of some users that touch some days.
func (tx *Tx) LeavesWithin(users []id.ID, from, to civil.Date) ([]Leave, error) {
	var rows []Leave
	return rows, tx.sorted(&rows, "from_day, id", "user_id IN ? AND granted = ? AND from_day <= ? AND to_day >= ?", users, true, to, from)
}

// LeaveAhead is a granted leave of a rep who holds accounts.
type LeaveAhead struct {
	Leave    Leave `gorm:"embedded"`
	Name     string
	Accounts int
}

// LeavesAhead are the granted leaves of the reps of a scope that are not over, the next one first.
func (tx *Tx) LeavesAhead(sc auth.Scope) ([]LeaveAhead, error) {
	where, args := staff(sc)
	var rows []LeaveAhead
	err := tx.db.Table("leaves").
		Select("leaves.*, u.name, (SELECT COUNT(*) FROM accounts a WHERE a.rep_id = leaves.user_id AND a.erased_at IS NULL) AS accounts").
		Joins("JOIN users u ON u.id = leaves.user_id").
		Where("leaves.granted = ? AND leaves.to_day >= ? AND u.role = 'REP' AND u.disabled_at IS NULL", true, tx.Today).
		Where("leaves.user_id IN (SELECT id FROM users WHERE "+where+")", args...).
		Order("leaves.from_day, leaves.id").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list leaves to cover", err)
}

// DueOnLeave is how many accounts have a contact due on the days of a leave, and for how many nobody stands in then.
type DueOnLeave struct {
	LeaveID   id.ID
	Due, Bare int
}

// dueOf is what is due of the accounts of some reps: planned, or without room in a plan.
const dueOf = "SELECT a.rep_id, p.account_id, p.due_on FROM accounts a JOIN plan_items p ON p.account_id = a.id" +
	" WHERE a.rep_id IN ? AND a.erased_at IS NULL AND p.status IN ('OPEN', 'STARTED')" +
	" UNION ALL SELECT a.rep_id, s.account_id, s.due_on FROM accounts a JOIN shed_items s ON s.account_id = a.id" +
	" WHERE a.rep_id IN ? AND a.erased_at IS NULL"

// DueOnLeaves counts, by leave, the accounts with a contact that belongs to its days: due then, or, on today, before.
func (tx *Tx) DueOnLeaves(leaves []Leave) (map[id.ID]DueOnLeave, error) {
	if len(leaves) == 0 {
		return nil, nil
	}
	var reps, keys []id.ID
	for _, l := range leaves {
		reps, keys = append(reps, l.UserID), append(keys, l.ID)
	}
	var rows []DueOnLeave
	err := tx.db.Raw("SELECT l.id AS leave_id, COUNT(DISTINCT d.account_id) AS due,"+
		" COUNT(DISTINCT CASE WHEN c.id IS NULL THEN d.account_id END) AS bare"+
		" FROM leaves l JOIN ("+dueOf+") d ON d.rep_id = l.user_id AND d.due_on <= l.to_day"+
		" AND (d.due_on >= l.from_day OR l.from_day <= ?)"+
		" LEFT JOIN covers c ON c.account_id = d.account_id AND c.to_day >= ? AND c.rep_id <> l.user_id"+
		" AND (COALESCE(c.work_from, c.from_day) <= d.due_on OR COALESCE(c.work_from, c.from_day) <= ?)"+
		" AND COALESCE(c.work_to, c.to_day) >= d.due_on AND COALESCE(c.work_to, c.to_day) >= ?"+
		" WHERE l.id IN ? GROUP BY l.id", reps, reps, tx.Today, tx.Today, tx.Today, tx.Today, keys).Scan(&rows).Error
	return byID(rows, func(d DueOnLeave) id.ID { return d.LeaveID }), wrap("count what is due on leaves", err)
}
