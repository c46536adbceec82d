package models

import (
	"time"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
)

// LoadBook is what the load of some reps follows from, read in six statements however many they are.
type LoadBook struct {
	// Accounts of the reps, in the order of their keys, with what their load and their bond follow from and nothing sealed.
	Accounts []Account
	Cases    map[id.ID][]Case // open ones, by account
	Pauses   []Pause          // of accounts and areas that hold or will hold
	Shops    map[id.ID]Shop   // where reps without a start of their own begin
	Leaves   []Leave          // granted, of the reps
	Holidays []Holiday
}

// loadColumns are those of accounts a load follows from.
const loadColumns = "id, store_id, rep_id, name, district, lat, lng, frail, opt_outs, service, stop_cause, lifecycle, activity, grade, tier," +
	" referred_by, since, last_contact_on, last_visit_on, last_purchase_on, purchases, horizon, created_at"

// ofReps restricts a table with an account_id to the accounts of some reps.
const ofReps = "account_id IN (SELECT id FROM accounts WHERE rep_id IN ? AND erased_at IS NULL)"

// Loads reads the load of some reps, with their days off in a stretch. It takes no scope: the caller has judged the reps.
func (tx *Tx) Loads(reps []id.ID, from, to civil.Date) (LoadBook, error) {
	var b LoadBook
	if len(reps) == 0 {
		return b, nil
	}
	err := tx.db.Select(loadColumns).Where("rep_id IN ? AND erased_at IS NULL", reps).Order("id").Find(&b.Accounts).Error
	if err != nil {
		return b, wrap("read the accounts of reps", err)
	}
	if b.Cases, err = tx.openCases(reps); err != nil {
		return b, err
	}
	err = tx.sorted(&b.Pauses, "id", "ended_at IS NULL AND (to_day IS NULL OR to_day >= ?) AND (account_id IS NULL OR "+ofReps+")", from, reps)
	if err != nil {
		return b, err
	}
	shops, err := tx.Shops()
	if err != nil {
		return b, err
	}
	b.Shops = byID(shops, func(s Shop) id.ID { return s.ID })
	if b.Leaves, err = tx.grantedTo(reps, from, to); err != nil {
		return b, err
	}
	b.Holidays, err = tx.Holidays(from, to)
	return b, err
}

func (tx *Tx) grantedTo(users []id.ID, from, to civil.Date) ([]Leave, error) {
	var rows []Leave
	return rows, tx.sorted(&rows, "from_day, id", "user_id IN ? AND granted = ? AND to_day >= ? AND from_day <= ?", users, true, from, to)
}

func (tx *Tx) openCases(reps []id.ID) (map[id.ID][]Case, error) {
	var rows []Case
	err := tx.db.Select("id", "account_id", "kind", "cause", "status", "opened_on", "due_on", "purchase_id", "closed_on").
		Where(ofReps+" AND status = ?", reps, CaseOpen).Order("opened_on, id").Find(&rows).Error
	return group(rows, Case.account), wrap("read open cases", err)
}

// Tie is why an account should stay where it is.
type Tie string

// The ties of accounts.
const (
	TieMoved Tie = "MOVED"         // it changed hands not long ago
	TieGoing Tie = "GOING"         // a move of it waits for its day
	TieJoint Tie = "JOINT_CONTACT" // somebody has promised to come along, or was asked to
)

// Ties are the accounts of some reps that changed hands on a day or later, that are to move anyway, or whose next contact somebody
// else has promised to share.
func (tx *Tx) Ties(reps []id.ID, since civil.Date) (map[id.ID]Tie, error) {
	if len(reps) == 0 {
		return map[id.ID]Tie{}, nil
	}
	var rows []struct {
		AccountID id.ID
		Tie       Tie
	}
	err := tx.db.Raw("SELECT s.account_id, 'MOVED' AS tie FROM assignments s WHERE s."+ofReps+" AND s.to_at IS NULL AND s.from_at >= ?"+
		" AND EXISTS (SELECT 1 FROM assignments b WHERE b.account_id = s.account_id AND b.to_at IS NOT NULL)"+
		" UNION ALL SELECT m.account_id, 'GOING' AS tie FROM moved_accounts m WHERE m."+ofReps+" AND m.status = ?"+
		" UNION ALL SELECT p.account_id, 'JOINT_CONTACT' AS tie FROM plan_items p WHERE p."+ofReps+" AND p.status IN (?, ?) AND p.expert_id IS NOT NULL AND p.day >= ?"+
		" UNION ALL SELECT j.account_id, 'JOINT_CONTACT' AS tie FROM joint_requests j WHERE j."+ofReps+" AND j.status = ?",
		reps, tx.At(since, 0), reps, MovedPlanned, reps, ItemOpen, ItemStarted, tx.Today, reps, JointAsked).Scan(&rows).Error
	out := make(map[id.ID]Tie, len(rows))
	for _, r := range rows {
		out[r.AccountID] = r.Tie
	}
	return out, wrap("read what ties accounts", err)
}

// HeldSince is since when some reps have held each of their accounts.
func (tx *Tx) HeldSince(reps []id.ID) (map[id.ID]time.Time, error) {
	var rows []Assignment
	err := tx.db.Select("account_id", "from_at").Where(ofReps+" AND to_at IS NULL", reps).Find(&rows).Error
	out := make(map[id.ID]time.Time, len(rows))
	for _, r := range rows {
		out[r.AccountID] = r.FromAt
	}
	return out, wrap("read since when accounts are held", err)
}

// Knower is a rep who has cared for an account that is not theirs: held, covered, visited or called it.
type Knower struct{ AccountID, RepID id.ID }

// KnownAmong are those of some reps who know some accounts, by account and rep. Contacts count from a day on.
func (tx *Tx) KnownAmong(accounts, reps []id.ID, since civil.Date) ([]Knower, error) {
	if len(accounts) == 0 || len(reps) == 0 {
		return nil, nil
	}
	return tx.knowers("a.id IN ?", accounts, reps, since)
}

// KnownWithin is KnownAmong for all accounts of the reps.
func (tx *Tx) KnownWithin(reps []id.ID, since civil.Date) ([]Knower, error) {
	if len(reps) == 0 {
		return nil, nil
	}
	return tx.knowers("a.rep_id IN ?", reps, reps, since)
}

func (tx *Tx) knowers(which string, of, reps []id.ID, since civil.Date) ([]Knower, error) {
	from := " JOIN accounts a ON a.id = k.account_id AND a.erased_at IS NULL AND " + which
	var rows []Knower
	err := tx.db.Raw("SELECT k.account_id, k.rep_id FROM assignments k"+from+" WHERE k.rep_id IN ? AND k.rep_id <> a.rep_id"+
		" UNION SELECT k.account_id, k.rep_id FROM covers k"+from+" WHERE k.rep_id IN ? AND k.rep_id <> a.rep_id AND k.from_day <= ?"+
		" UNION SELECT k.account_id, k.user_id AS rep_id FROM contact_logs k"+from+" WHERE k.user_id IN ? AND k.user_id <> a.rep_id AND k.day >= ? AND k."+touching+
		" ORDER BY account_id, rep_id",
		of, reps, of, reps, tx.Today, of, reps, since).Scan(&rows).Error
	return rows, wrap("read who knows accounts", err)
}

// RepsInReach are the active reps whose accounts lie in the scope, by number.
func (tx *Tx) RepsInReach(sc auth.Scope) ([]User, error) {
	where, args := staff(sc)
	return tx.reps(where, args...)
}

// RepsOfTeam are the active reps of a team, by number.
func (tx *Tx) RepsOfTeam(team id.ID) ([]User, error) { return tx.reps("team_id = ?", team) }

func (tx *Tx) reps(where string, args ...any) ([]User, error) {
	var rows []User
	err := tx.db.Where(where, args...).Where("role = ? AND disabled_at IS NULL", auth.Rep).Order("number, id").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list reps", err)
}
