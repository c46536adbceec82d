package models

import (
	"time"

	"gorm.io/gorm"

	"huifang/civil"
	"huifang/id"
)

// Led is whose work an inbox looks at: that of some people, who may be everybody.
type Led struct {
	All  bool
	Reps []id.ID
}

// by narrows a query to those whose work it is, named by a column.
func (l Led) by(q *gorm.DB, column string) *gorm.DB {
	if l.All {
		return q
	}
	return q.Where(column+" IN ?", l.Reps)
}

// Wrong is one thing an inbox may show: what it is about, whose work it is, and since when it is wrong.
type Wrong struct {
	ID          id.ID
	RepID       id.ID
	AccountID   id.ID
	AccountName string
	Tier        string
	Since       civil.Date
	Urgent      bool
	Count       int
}

const ofAccount = ", a.name AS account_name, a.tier AS tier"

// NeglectedAccount is an account with how often it must hear of us, and until when it was in time.
type NeglectedAccount struct {
	Wrong        `gorm:"embedded"`
	Every        int
	InTouchUntil *civil.Date
}

// Neglected are the accounts that count as neglected today (D9), with the day from which they do.
func (tx *Tx) Neglected(l Led) ([]NeglectedAccount, error) {
	var rows []NeglectedAccount
	q := tx.db.Table("accounts a").Select("a.id, a.rep_id, a.id AS account_id, a.neglected_on AS since, a.contact_every AS every, a.in_touch_until"+ofAccount).
		Where("a.neglected_on <= ? AND a.erased_at IS NULL", tx.Today)
	return rows, wrap("list the neglected", l.by(q, "a.rep_id").Find(&rows).Error)
}

// Missed are the open contacts that are overdue by more than some days, or whose last day in time has passed, unless a person
// has put them on a day still to come; since is the day after they were due.
func (tx *Tx) Missed(l Led, days int) ([]Wrong, error) {
	var rows []Wrong
	q := tx.db.Table("plan_items i").Select("i.id, i.rep_id, i.account_id, i.due_on AS since, i.urgent"+ofAccount).
		Joins("JOIN accounts a ON a.id = i.account_id").
		Where("i.status IN (?, ?) AND i.due_on < ? AND (i.due_on < ? OR i.latest_on < ?) AND a.erased_at IS NULL",
			ItemOpen, ItemStarted, tx.Today, tx.Today-civil.Date(days), tx.Today).
		Where("i.day < ? OR (i.pinned = ? AND i.at_fixed = ?)", tx.Today, false, false)
	// Whoever they are, the index wants them by name.
	err := q.Where("i.rep_id IN ?", l.Reps).Find(&rows).Error
	for n := range rows {
		rows[n].Since++
	}
	return rows, wrap("list missed contacts", err)
}

// NoRoom are the reps whose plan has no room for all that is due: how much, and since when the first of it is due.
func (tx *Tx) NoRoom(l Led) ([]Wrong, error) {
	var rows []Wrong
	q := tx.db.Table("shed_items s").Select("s.rep_id AS id, s.rep_id, COUNT(*) AS count, MIN(s.due_on) AS since").Group("s.rep_id")
	return rows, wrap("list plans without room", l.by(q, "s.rep_id").Find(&rows).Error)
}

// DueCase is an open case with the day its next step is due.
type DueCase struct {
	Wrong `gorm:"embedded"`
	Kind  CaseKind
	DueOn civil.Date  // of the case
	Next  *civil.Date // of the next step, nil when none is left
}

// DueCases are the open cases.
func (tx *Tx) DueCases(l Led) ([]DueCase, error) {
	var rows []DueCase
	q := tx.db.Table("cases c").Select("c.id, a.rep_id, c.account_id, c.kind, c.due_on, c.opened_on AS since"+ofAccount+
		", (SELECT st.due_on FROM case_steps st WHERE st.case_id = c.id AND st.done_on IS NULL ORDER BY st.seq LIMIT 1) AS next").
		Joins("JOIN accounts a ON a.id = c.account_id").Where("c.status = ? AND a.erased_at IS NULL", CaseOpen)
	return rows, wrap("list open cases", l.by(q, "a.rep_id").Find(&rows).Error)
}

// OpenReviews are the contacts to look at: of reps led, whoever holds the account by now, and those that others made of
// accounts of reps led; not the viewer's own. The account shows while it is held by somebody led.
func (tx *Tx) OpenReviews(l Led, viewer id.ID) ([]Wrong, error) {
	var rows []Wrong
	q := tx.db.Table("reviews r").
		Joins("JOIN accounts a ON a.id = r.account_id").Joins("JOIN users u ON u.id = r.user_id").
		Where("r.`open` = ? AND a.erased_at IS NULL", true)
	if l.All {
		q = q.Select("r.log_id AS id, r.user_id AS rep_id, r.account_id, r.day AS since" + ofAccount)
		return rows, wrap("list reviews", q.Find(&rows).Error)
	}
	const held = "CASE WHEN a.rep_id IN ? THEN "
	q = q.Select("r.log_id AS id, r.user_id AS rep_id, r.account_id, r.day AS since, "+held+"a.name ELSE '' END AS account_name, "+
		held+"a.tier ELSE '' END AS tier", l.Reps, l.Reps).
		Where("r.user_id <> ? AND (r.user_id IN ? OR (u.role <> 'REP' AND a.rep_id IN ?))", viewer, l.Reps, l.Reps)
	return rows, wrap("list reviews", q.Find(&rows).Error)
}

// Phone is a device in use with the person who uses it.
type Phone struct {
	ID      id.ID
	UserID  id.ID
	SeenAt  time.Time
	Waiting []int `gorm:"serializer:json"`
}

// PhonesSince are the devices of active reps that were seen since an instant and not revoked, the latest seen first.
func (tx *Tx) PhonesSince(l Led, at time.Time) ([]Phone, error) {
	var rows []Phone
	q := tx.db.Table("devices d").Select("d.id, d.user_id, d.seen_at, d.waiting").Joins("JOIN users u ON u.id = d.user_id").
		Where("u.role = 'REP' AND u.disabled_at IS NULL AND d.revoked_at IS NULL AND d.wiped_at IS NULL AND d.seen_at >= ?", at)
	return rows, wrap("list phones", l.by(q, "d.user_id").Order("d.seen_at DESC, d.id").Find(&rows).Error)
}

// Word is a rep's word against the forecast, in force, with the day the forecast itself expected last.
type Word struct {
	Wrong    `gorm:"embedded"`
	Horizon  string
	OnDay    *civil.Date
	Reason   string
	Expected *civil.Date
}

// WordsInForce are the overrides in force.
func (tx *Tx) WordsInForce(l Led) ([]Word, error) {
	var rows []Word
	q := tx.db.Table("overrides o").Select("o.id, a.rep_id, o.account_id, o.horizon, o.on_day, o.reason, o.given_on AS since"+ofAccount+
		", (SELECT p.expected FROM projections p WHERE p.account_id = o.account_id AND p.source <> 'REP' ORDER BY p.day DESC LIMIT 1) AS expected").
		Joins("JOIN accounts a ON a.id = o.account_id").
		Where("o.ended_at IS NULL AND o.until_day >= ? AND a.erased_at IS NULL", tx.Today)
	return rows, wrap("list overrides", l.by(q, "a.rep_id").Find(&rows).Error)
}

// LeavesToCover are the granted leaves of active reps that run or begin by a day.
func (tx *Tx) LeavesToCover(l Led, by civil.Date) ([]Leave, error) {
	var rows []Leave
	q := tx.db.Table("leaves").Select("leaves.*").
		Joins("JOIN users u ON u.id = leaves.user_id AND u.role = 'REP' AND u.disabled_at IS NULL").
		Where("leaves.granted = ? AND leaves.to_day >= ? AND leaves.from_day <= ?", true, tx.Today, by)
	return rows, wrap("list leaves", l.by(q, "leaves.user_id").Find(&rows).Error)
}

// LedUser is somebody whose work an inbox may show.
type LedUser struct {
	ID         id.ID
	Name       string
	Role       string
	TeamID     *id.ID
	DisabledAt *time.Time
}

// LedUsers are everybody, the disabled too: an inbox names them.
func (tx *Tx) LedUsers() ([]LedUser, error) {
	var rows []LedUser
	return rows, wrap("list users", tx.db.Table("users").Select("id", "name", "role", "team_id", "disabled_at").Find(&rows).Error)
}

// Snoozes are those in force today.
func (tx *Tx) Snoozes() ([]Snooze, error) {
	var rows []Snooze
	return rows, tx.find(&rows, "until_day > ?", tx.Today)
}

// PutSnooze writes a snooze over one there may be. The desks of whose work it is hear of it.
func (tx *Tx) PutSnooze(s Snooze, rep id.ID) error {
	if err := tx.dropSnooze(s.Kind, s.SubjectID); err != nil {
		return err
	}
	tx.touched.world(rep)
	return tx.insert(&s)
}

func (tx *Tx) dropSnooze(kind string, subject id.ID) error {
	return tx.drop(&Snooze{}, "kind = ? AND subject_id = ?", kind, subject)
}

// ShedAbove are the demands without room of some reps, the most important n of each, by rep and rank, with the account's name.
type ShedAbove struct {
	ShedItem    `gorm:"embedded"`
	AccountName string
	Tier        string
}

// ShedOfReps reads the most important demands without room of some reps.
func (tx *Tx) ShedOfReps(reps []id.ID, n int) ([]ShedAbove, error) {
	var rows []ShedAbove
	if len(reps) == 0 {
		return nil, nil
	}
	err := tx.db.Table("shed_items s").Select("s.*"+ofAccount).Joins("JOIN accounts a ON a.id = s.account_id").
		Where("s.rep_id IN ? AND s.`rank` <= ?", reps, n).Order("s.rep_id, s.`rank`").Find(&rows).Error
	return rows, wrap("read what found no room", err)
}

// CasesByKey and the readers below read rows without a scope: the inbox has judged them.
func (tx *Tx) CasesByKey(keys []id.ID) (map[id.ID]Case, error) {
	return byKey(tx, keys, func(c Case) id.ID { return c.ID })
}

// ItemsByKey reads plan items.
func (tx *Tx) ItemsByKey(keys []id.ID) (map[id.ID]PlanItem, error) {
	return byKey(tx, keys, func(i PlanItem) id.ID { return i.ID })
}

func byKey[T any](tx *Tx, keys []id.ID, key func(T) id.ID) (map[id.ID]T, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var rows []T
	err := tx.find(&rows, "id IN ?", keys)
	return byID(rows, key), err
}

// ReviewedLog is a contact with its review.
type ReviewedLog struct {
	Log    ContactLog `gorm:"embedded"`
	Review Review     `gorm:"embedded;embeddedPrefix:re_"`
}

// ReviewedLogs reads contacts with their reviews, by the key of the contact.
func (tx *Tx) ReviewedLogs(keys []id.ID) (map[id.ID]ReviewedLog, error) {
	var rows []ReviewedLog
	if len(keys) == 0 {
		return nil, nil
	}
	err := tx.db.Table("contact_logs").Select("contact_logs.*, "+prefixed("re", "log_id", "account_id", "user_id", "answer", "answered_at")).
		Joins("JOIN reviews re ON re.log_id = contact_logs.id").Where("contact_logs.id IN ?", keys).Find(&rows).Error
	return byID(rows, func(r ReviewedLog) id.ID { return r.Log.ID }), wrap("read contacts to look at", err)
}
