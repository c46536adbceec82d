package models

import (
	"slices"

	"huifang/civil"
	"huifang/id"
)

// NamedJoint is a request to come along with the names people read.
type NamedJoint struct {
	Request     JointRequest `gorm:"embedded"`
	AccountName string
	District    string
	AskedName   string
	WithName    string
	// Of the contact it became, which may have moved since: nil when there is none.
	ItemDay   *civil.Date
	ItemStart *int
	ItemFixed *bool
}

// AddJoint writes a request; ErrConflict when its key is taken.
func (tx *Tx) AddJoint(r *JointRequest) error { return tx.insert(r) }

// ChangeJoint writes chosen columns of a request. Its account must be locked.
func (tx *Tx) ChangeJoint(r *JointRequest, columns ...string) error { return tx.save(r, columns) }

// Joint reads a request that a user made or that asks them; ErrNotFound for others'.
func (tx *Tx) Joint(user, x id.ID) (JointRequest, error) {
	var r JointRequest
	return r, tx.take(&r, "id = ? AND (asked_by = ? OR with_id = ?)", x, user, user)
}

// JointMade is the request of a command, with its names.
func (tx *Tx) JointMade(x id.ID) (NamedJoint, error) {
	rows, err := tx.joints("r.id = ?", x)
	if err == nil && len(rows) == 0 {
		return NamedJoint{}, wrap("read a request", ErrNotFound)
	}
	if err != nil {
		return NamedJoint{}, err
	}
	return rows[0], nil
}

// JointsOf are the requests to a user and by them whose day has not passed, the soonest first; accepted ones by the day of their
// contact.
func (tx *Tx) JointsOf(user id.ID) ([]NamedJoint, error) {
	return tx.joints("(r.with_id = ? OR r.asked_by = ?) AND COALESCE(i.day, r.day) >= ?", user, user, tx.Today)
}

// JointsAbout are all requests about a case the caller has read, whoever asked, also those that are over; the latest day first.
func (tx *Tx) JointsAbout(c id.ID) ([]NamedJoint, error) {
	rows, err := tx.joints("r.case_id = ?", c)
	slices.Reverse(rows)
	return rows, err
}

// JointsOfCases are the requests of cases that wait or were accepted, the soonest first.
func (tx *Tx) JointsOfCases(cases []id.ID) (map[id.ID][]NamedJoint, error) {
	if len(cases) == 0 {
		return nil, nil
	}
	rows, err := tx.joints("r.case_id IN ? AND r.status IN ?", cases, []JointStatus{JointAsked, JointAccepted})
	return group(rows, func(r NamedJoint) id.ID { return *r.Request.CaseID }), err
}

func (tx *Tx) joints(where string, args ...any) ([]NamedJoint, error) {
	var rows []NamedJoint
	err := tx.db.Table("joint_requests r").
		Select("r.*, a.name AS account_name, a.district AS district, b.name AS asked_name, w.name AS with_name, "+
			"i.day AS item_day, i.start_min AS item_start, i.at_fixed AS item_fixed").
		Joins("JOIN accounts a ON a.id = r.account_id").
		Joins("JOIN users b ON b.id = r.asked_by").
		Joins("JOIN users w ON w.id = r.with_id").
		Joins("LEFT JOIN plan_items i ON i.id = r.item_id").
		Where("a.erased_at IS NULL").Where(where, args...).Order("COALESCE(i.day, r.day), r.at, r.id").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("read requests to come along", err)
}

// companionOf is who may come along with a rep: the supervisor of the team, experts of the store or of all, managers.
const companionOf = "disabled_at IS NULL AND ((role = 'SUPERVISOR' AND team_id = ?) OR" +
	" (role = 'EXPERT' AND (store_id = ? OR store_id IS NULL)) OR role = 'MANAGER')"

// CompanionsOf are the experts, supervisors and managers a rep may ask along, by staff number.
func (tx *Tx) CompanionsOf(rep User) ([]User, error) {
	var rows []User
	return rows, tx.sorted(&rows, "number", companionOf, rep.TeamID, rep.StoreID)
}

// Engaged are the contacts some people have on days: their own, and those they come along to.
func (tx *Tx) Engaged(people []id.ID, from, to civil.Date) ([]PlanItem, error) {
	var rows []PlanItem
	err := tx.sorted(&rows, "day, start_min, id", "(rep_id IN ? OR expert_id IN ?) AND status IN ? AND day BETWEEN ? AND ?",
		people, people, []ItemStatus{ItemOpen, ItemStarted}, from, to)
	return rows, err
}

// GrantedLeaves are the days off of some people that touch a stretch of days.
func (tx *Tx) GrantedLeaves(people []id.ID, from, to civil.Date) ([]Leave, error) {
	var rows []Leave
	err := tx.sorted(&rows, "id", "user_id IN ? AND granted = ? AND to_day >= ? AND from_day <= ?", people, true, from, to)
	return rows, err
}
