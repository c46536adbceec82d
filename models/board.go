package models

import (
	"time"

	"gorm.io/gorm"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// BoardSearch says which cases the board shows; empty fields ask for nothing.
type BoardSearch struct {
	Kinds       []CaseKind
	Causes      []cadence.StopCause
	Steps       []StepKind // of the step whose turn it is
	Owner, Team *id.ID
	ClosedSince *civil.Date // closed cases since then instead of open ones
}

// BoardCase is a case with its account, who answers for it, and the step whose turn it is.
type BoardCase struct {
	Case        Case `gorm:"embedded"`
	AccountName string
	Tier        string
	OwnerName   string
	Next        CaseStep `gorm:"embedded;embeddedPrefix:st_"` // zero when all are done
	// Sorted is what the board is sorted by: the day its step, or else the case, is due; of closed ones the day they ended.
	Sorted civil.Date
}

// noStepBefore: the joined step is the first of its case that waits, or there is none.
const noStepBefore = "(st.id IS NULL OR NOT EXISTS (SELECT 1 FROM case_steps e WHERE e.case_id = cases.id AND e.done_on IS NULL AND e.seq < st.seq))"

// Board reads a page of cases of a scope: open ones by what is due first, closed ones the latest first; up to n after a
// row when one is given.
func (tx *Tx) Board(sc auth.Scope, s BoardSearch, after *After, n int) ([]BoardCase, error) {
	key, desc := "COALESCE(st.due_on, cases.due_on)", false
	if s.ClosedSince != nil {
		key, desc = "cases.closed_on", true
	}
	q := s.narrow(tx.in(sc, "cases.account_id").Table("cases")).
		Select("cases.*, b.name AS account_name, b.tier AS tier, u.name AS owner_name, " + key + " AS sorted, " +
			prefixed("st", "id", "case_id", "seq", "kind", "due_on", "done_on", "done_by", "log_id", "note")).
		Joins("JOIN accounts b ON b.id = cases.account_id").
		Joins("JOIN users u ON u.id = cases.owner_id").
		Joins("LEFT JOIN case_steps st ON st.case_id = cases.id AND st.done_on IS NULL").
		Where(noStepBefore)
	if after != nil {
		q = keysetAfter(q, key, "cases.id", desc, after.Value, after.ID)
	}
	var rows []BoardCase
	return rows, wrap("read the board", q.Order(ordered(key, "cases.id", desc)).Limit(n).Find(&rows).Error)
}

func (s BoardSearch) narrow(q *gorm.DB) *gorm.DB {
	if s.ClosedSince == nil {
		q = q.Where("cases.status = ?", CaseOpen)
	} else {
		q = q.Where("cases.status <> ? AND cases.closed_on >= ?", CaseOpen, *s.ClosedSince)
	}
	if len(s.Kinds) > 0 {
		q = q.Where("cases.kind IN ?", s.Kinds)
	}
	if len(s.Causes) > 0 {
		q = q.Where("cases.cause IN ?", s.Causes)
	}
	if len(s.Steps) > 0 {
		q = q.Where("st.kind IN ?", s.Steps)
	}
	if s.Owner != nil {
		q = q.Where("cases.owner_id = ?", *s.Owner)
	}
	return casesOfTeam(q, s.Team)
}

// casesOfTeam narrows cases to those of a team's accounts, when one is named.
func casesOfTeam(q *gorm.DB, team *id.ID) *gorm.DB {
	if team == nil {
		return q
	}
	return q.Where("cases.account_id IN (SELECT t.id FROM accounts t WHERE t.rep_id IN ("+ofTeam+"))", *team)
}

// StepsOfCases are the steps of cases the caller has read, in order.
func (tx *Tx) StepsOfCases(cases []id.ID) (map[id.ID][]CaseStep, error) {
	var rows []CaseStep
	if len(cases) == 0 {
		return nil, nil
	}
	if err := tx.sorted(&rows, "case_id, seq", "case_id IN ?", cases); err != nil {
		return nil, err
	}
	return group(rows, func(s CaseStep) id.ID { return s.CaseID }), nil
}

// ItemsOfCases are the open contacts planned for cases the caller has read, the soonest first.
func (tx *Tx) ItemsOfCases(cases []id.ID) (map[id.ID][]PlanItem, error) {
	var rows []PlanItem
	if len(cases) == 0 {
		return nil, nil
	}
	err := tx.sorted(&rows, "day, seq, id", "case_id IN ? AND status IN ?", cases, []ItemStatus{ItemOpen, ItemStarted})
	return group(rows, func(i PlanItem) id.ID { return *i.CaseID }), err
}

// CaseRun is how one case went.
type CaseRun struct {
	Kind        CaseKind
	Cause       cadence.StopCause
	Status      CaseStatus
	DueOn       civil.Date
	CreatedAt   time.Time
	ContactedAt *time.Time
}

// CaseRuns are the cases of a scope opened between two days, of one team when it is named.
func (tx *Tx) CaseRuns(sc auth.Scope, from, to civil.Date, team *id.ID) ([]CaseRun, error) {
	var rows []CaseRun
	err := casesOfTeam(tx.in(sc, "cases.account_id").Table("cases"), team).
		Select("cases.kind, cases.cause, cases.status, cases.due_on, cases.created_at, cases.contacted_at").
		Where("cases.opened_on BETWEEN ? AND ?", from, to).
		Order("cases.kind, cases.cause, cases.id").Find(&rows).Error
	return rows, wrap("read how cases went", err)
}
