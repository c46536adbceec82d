package models

import (
	"gorm.io/gorm"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
)

// maxAgenda caps a list of plan items: more than two thousand in six weeks no one can do.
const maxAgenda = 2000

// theirs are the plan items a user acts on: their own, which those of days they stand in for are, and those that name them.
const theirs = "(plan_items.rep_id = ? OR plan_items.expert_id = ?)"

// Agenda are the items of a user planned between two days, open, started and done ones, in the order of the plan.
func (tx *Tx) Agenda(sc auth.Scope, user id.ID, from, to civil.Date) ([]PlanItem, error) {
	return agendaRows(tx.agenda(sc, user).Where("plan_items.day BETWEEN ? AND ?", from, to).
		Where("plan_items.status IN ?", []ItemStatus{ItemOpen, ItemStarted, ItemDone}))
}

// LeftOver are the open items of a user planned for days before one.
func (tx *Tx) LeftOver(sc auth.Scope, user id.ID, before civil.Date) ([]PlanItem, error) {
	return agendaRows(tx.agenda(sc, user).Where("plan_items.day < ?", before).
		Where("plan_items.status IN ?", []ItemStatus{ItemOpen, ItemStarted}))
}

func (tx *Tx) agenda(sc auth.Scope, user id.ID) *gorm.DB {
	return tx.in(sc, "plan_items.account_id").Where(theirs, user, user)
}

func agendaRows(q *gorm.DB) ([]PlanItem, error) {
	var rows []PlanItem
	err := q.Order("plan_items.day, plan_items.seq, plan_items.start_min, plan_items.id").Limit(maxAgenda).Find(&rows).Error
	return rows, wrap("read an agenda", err)
}

// ShedOf are the demands a rep's plan had no room for, most important first.
func (tx *Tx) ShedOf(sc auth.Scope, rep id.ID) ([]ShedItem, error) {
	var rows []ShedItem
	err := tx.in(sc, "shed_items.account_id").Where("rep_id = ?", rep).Order("`rank`, id").Limit(maxAgenda).Find(&rows).Error
	return rows, wrap("read what found no room", err)
}

// AccountsAmong reads the visible ones of some accounts, by their keys.
func (tx *Tx) AccountsAmong(sc auth.Scope, keys []id.ID) (map[id.ID]Account, error) {
	out := map[id.ID]Account{}
	if len(keys) == 0 {
		return out, nil
	}
	var rows []Account
	if err := tx.in(sc, "accounts.id").Where("accounts.id IN ?", keys).Find(&rows).Error; err != nil {
		return nil, wrap("read accounts", err)
	}
	for _, a := range rows {
		out[a.ID] = a
	}
	return out, nil
}
