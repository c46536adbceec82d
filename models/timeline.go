package models

import (
	"time"

	"gorm.io/gorm"

	"huifang/auth"
	"huifang/id"
)

// History is a stretch of what happened with an account, each kind latest first.
type History struct {
	Logs        []ContactLog
	Purchases   []Purchase
	Returns     []Return
	Cases       []Case
	Assignments []Assignment
	Cancelled   []PlanItem
	Overrides   []Override
	Pauses      []Pause
}

// Before is where a page of the timeline ended.
type Before struct {
	At time.Time
	ID id.ID
}

// HistoryBefore reads up to n rows of each kind, the latest first, before a place when one is given.
func (tx *Tx) HistoryBefore(sc auth.Scope, a Account, before *Before, n int) (History, error) {
	h := History{}
	for _, part := range []struct {
		rows  any
		table string
		when  string
		day   bool
		where string
	}{
		{&h.Logs, "contact_logs", "started_at", false, ""},
		{&h.Purchases, "purchases", "day", true, ""},
		{&h.Returns, "returns", "day", true, ""},
		{&h.Cases, "cases", "created_at", false, ""},
		{&h.Assignments, "assignments", "from_at", false, ""},
		{&h.Cancelled, "plan_items", "closed_at", false, "status = 'CANCELLED'"},
		{&h.Overrides, "overrides", "created_at", false, ""},
		{&h.Pauses, "pauses", "created_at", false, ""},
	} {
		q := tx.in(sc, part.table+".account_id").Where("account_id = ?", a.ID)
		if part.where != "" {
			q = q.Where(part.where)
		}
		if before != nil {
			q = tx.past(q, part.when, part.day, *before)
		}
		if err := q.Order(ordered(part.when, "id", true)).Limit(n).Find(part.rows).Error; err != nil {
			return History{}, wrap("read a timeline", err)
		}
	}
	return h, nil
}

// past leaves only rows before a place. A day counts as its first instant.
func (tx *Tx) past(q *gorm.DB, column string, day bool, before Before) *gorm.DB {
	if !day {
		return keysetAfter(q, column, "id", true, before.At, before.ID)
	}
	d := tx.Day(before.At)
	if before.At.Equal(d.At(0, tx.zone)) {
		return keysetAfter(q, column, "id", true, d, before.ID)
	}
	return q.Where(column+" <= ?", d)
}
