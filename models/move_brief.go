package models

import (
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// Handover is what a brief tells of some accounts, each part by account, read in a fixed number of statements. It holds
// nothing sealed.
type Handover struct {
	Items  map[id.ID][]PlanItem   // open and started, the earliest due first
	Cases  map[id.ID][]Case       // open
	Logs   map[id.ID][]ContactLog // since a day, the latest first, without what is sealed
	Orders map[id.ID][]Order      // all, by day
	Bought map[id.ID][]Bought     // of the last order day
	Held   map[id.ID]Assignment   // the open one
	Pauses []Pause                // of the accounts and of areas, now or to come
	Covers map[id.ID][]Cover      // not ended
	Names  map[id.ID]string       // of who made those contacts and held the accounts
}

// Bought is a line of the last order of an account.
type Bought struct {
	AccountID id.ID
	Name      string
	Quantity  int
}

// OpenWork reads of a Handover what goes along with the accounts: items, cases and covers.
func (tx *Tx) OpenWork(accounts []id.ID) (Handover, error) {
	h := Handover{Names: map[id.ID]string{}}
	var err error
	open := []ItemStatus{ItemOpen, ItemStarted}
	if h.Items, err = grouped(tx, PlanItem.account, "due_on, day, id", "account_id IN ? AND status IN ?", accounts, open); err != nil {
		return h, err
	}
	if h.Cases, err = grouped(tx, Case.account, "opened_on, id", "account_id IN ? AND status = ?", accounts, CaseOpen); err != nil {
		return h, err
	}
	h.Covers, err = grouped(tx, Cover.account, "from_day, id", "account_id IN ? AND to_day >= ?", accounts, tx.Today)
	return h, err
}

// Handover reads what a brief tells of some accounts.
func (tx *Tx) Handover(accounts []id.ID, since civil.Date) (Handover, error) {
	h, err := tx.OpenWork(accounts)
	if err != nil {
		return h, err
	}
	for _, read := range []func([]id.ID) error{
		func(keys []id.ID) error { return h.talks(tx, keys, since) },
		func(keys []id.ID) error { return h.bought(tx, keys) },
		func(keys []id.ID) error { return h.holders(tx, keys) },
		func(keys []id.ID) error {
			return tx.sorted(&h.Pauses, "from_day, id", "ended_at IS NULL AND (to_day IS NULL OR to_day >= ?) AND (account_id IS NULL OR account_id IN ?)", tx.Today, keys)
		},
	} {
		if err := read(accounts); err != nil {
			return h, err
		}
	}
	return h, h.names(tx)
}

func (c Cover) account() id.ID { return c.AccountID }

// talks reads the contacts, of which there are many, without notes, pictures and positions.
func (h *Handover) talks(tx *Tx, accounts []id.ID, since civil.Date) error {
	var rows []ContactLog
	err := tx.db.Select("id", "account_id", "user_id", "kind", "outcome", "day", "started_at", "feeling", "next_step", "next_on", "next_kind").
		Where("account_id IN ? AND started_at >= ?", accounts, tx.At(since, 0)).Order("started_at DESC, id DESC").Find(&rows).Error
	h.Logs = group(rows, ContactLog.account)
	return wrap("read the last contacts", err)
}

func (h *Handover) bought(tx *Tx, accounts []id.ID) error {
	var err error
	if h.Orders, err = tx.OrdersOf(accounts); err != nil {
		return err
	}
	var rows []Bought
	err = tx.db.Raw("SELECT o.account_id, p.name, SUM(l.quantity) AS quantity FROM purchases o"+
		" JOIN purchase_lines l ON l.purchase_id = o.id JOIN products p ON p.id = l.product_id JOIN accounts a ON a.id = o.account_id"+
		" WHERE o.account_id IN ? AND o.day = a.last_purchase_on GROUP BY o.account_id, p.name ORDER BY o.account_id, p.name", accounts).Scan(&rows).Error
	h.Bought = group(rows, func(b Bought) id.ID { return b.AccountID })
	return wrap("read the last orders", err)
}

func (h *Handover) holders(tx *Tx, accounts []id.ID) error {
	var rows []Assignment
	err := tx.find(&rows, "account_id IN ? AND to_at IS NULL", accounts)
	h.Held = byID(rows, func(a Assignment) id.ID { return a.AccountID })
	return err
}

func (h *Handover) names(tx *Tx) error {
	people := map[id.ID]bool{}
	for _, logs := range h.Logs {
		for _, l := range logs {
			people[l.UserID] = true
		}
	}
	for _, a := range h.Held {
		people[a.RepID] = true
	}
	users, err := tx.UsersAmong(keysOf(people))
	for x, u := range users {
		h.Names[x] = u.Name
	}
	return err
}

// Booked is how many minutes of a day a person has fixed for a rep.
type Booked struct {
	RepID   id.ID
	Day     civil.Date
	Minutes int
}

// BookedOf are the minutes people have fixed for some reps, those they are to come along to included.
func (tx *Tx) BookedOf(reps []id.ID, from, to civil.Date) ([]Booked, error) {
	const fixed = " status IN ? AND day BETWEEN ? AND ? AND (source = ? OR pinned = ? OR at_fixed = ?)"
	open := []ItemStatus{ItemOpen, ItemStarted}
	var rows []Booked
	err := tx.db.Raw("SELECT rep_id, day, SUM(minutes) AS minutes FROM plan_items WHERE rep_id IN ? AND"+fixed+" GROUP BY rep_id, day"+
		" UNION ALL SELECT expert_id, day, SUM(minutes) FROM plan_items WHERE expert_id IN ? AND"+fixed+" GROUP BY expert_id, day",
		reps, open, from, to, FromPerson, true, true, reps, open, from, to, FromPerson, true, true).Scan(&rows).Error
	return rows, wrap("read what is fixed", err)
}

// BriefRow is the last handover of an account to who holds it now.
type BriefRow struct {
	Moved        MovedAccount `gorm:"embedded"`
	Reason, Note string
	CreatedBy    id.ID
	FromName     string
	ByName       string
	JointDay     *civil.Date // of the first visit, while it was not called off
}

// BriefsAmong are the last handovers of some accounts to who holds them now, with their briefs, by account. The accounts
// have been read under a scope.
func (tx *Tx) BriefsAmong(accounts []id.ID) (map[id.ID]BriefRow, error) {
	var rows []BriefRow
	if len(accounts) == 0 {
		return nil, nil
	}
	err := tx.db.Table("moved_accounts").
		Select("moved_accounts.*, m.reason, m.note, m.created_by, f.name AS from_name, b.name AS by_name, i.day AS joint_day").
		Joins("JOIN moves m ON m.id = moved_accounts.move_id").
		Joins("JOIN accounts a ON a.id = moved_accounts.account_id AND a.rep_id = moved_accounts.to_rep_id").
		Joins("JOIN users f ON f.id = moved_accounts.from_rep_id").Joins("JOIN users b ON b.id = m.created_by").
		Joins("LEFT JOIN plan_items i ON i.id = moved_accounts.joint_item_id AND i.status <> ?", ItemCancelled).
		Where("moved_accounts.account_id IN ? AND moved_accounts.status = ?", accounts, MovedDone).
		Order("moved_accounts.at, moved_accounts.move_id").Find(&rows).Error
	out := make(map[id.ID]BriefRow, len(rows))
	for _, r := range rows {
		out[r.Moved.AccountID] = r // the last one stays
	}
	return out, wrap("read handovers", err)
}

// StepsEnded tells of which next steps of some accounts the planned contact was made or called off since an instant.
func (tx *Tx) StepsEnded(accounts []id.ID, since time.Time) (map[NextStep]bool, error) {
	var rows []NextStep
	err := tx.db.Model(&PlanItem{}).Select("account_id, due_on, kind").
		Where("account_id IN ? AND source = ? AND status IN ? AND closed_at >= ?", accounts, FromPerson, []ItemStatus{ItemDone, ItemCancelled}, since).
		Scan(&rows).Error
	out := make(map[NextStep]bool, len(rows))
	for _, r := range rows {
		out[r] = true
	}
	return out, wrap("read which next steps ended", err)
}

// NextStep names a contact agreed on: account, day and kind.
type NextStep struct {
	AccountID id.ID
	DueOn     civil.Date
	Kind      cadence.Kind
}
