package models

import (
	"huifang/auth"
	"huifang/civil"
	"huifang/id"
)

// Cards is all that a device keeps of some accounts, each part by account.
type Cards struct {
	Accounts    []CardHead // in the order of their keys
	Projections map[id.ID]Projection
	Overrides   map[id.ID]Override
	Members     map[id.ID][]Member
	Dates       map[id.ID][]AccountDate
	Tags        map[id.ID][]AccountTag
	Pauses      map[id.ID][]Pause // own and of the area
	Purchases   map[id.ID][]Purchase
	Lines       map[id.ID][]PurchaseLine // by order
	Returns     map[id.ID][]Return       // by order
	Assignments map[id.ID][]Assignment
	StandsIn    map[id.ID]Cover // by whom the scope is of, today
}

// CardHead is an account with the name of who cares.
type CardHead struct {
	Account Account `gorm:"embedded"`
	RepName string
}

// cardOrders is how many of the latest orders a card shows.
const cardOrders = 24

// Cards reads the cards of those of some accounts that the scope reaches, in twelve statements whatever their number.
func (tx *Tx) Cards(sc auth.Scope, keys []id.ID) (Cards, error) {
	var c Cards
	err := tx.in(sc, accountKey).Table("accounts").Select("accounts.*, u.name AS rep_name").
		Joins("JOIN users u ON u.id = accounts.rep_id").Where("accounts.id IN ?", keys).Order("accounts.id").Find(&c.Accounts).Error
	if err != nil || len(c.Accounts) == 0 {
		return c, wrap("read cards", err)
	}
	seen := make([]id.ID, len(c.Accounts))
	for i, a := range c.Accounts {
		seen[i] = a.Account.ID
	}
	for _, read := range []func([]id.ID) error{
		func(keys []id.ID) error { return c.expected(tx, keys) },
		func(keys []id.ID) error { return c.household(tx, keys) },
		func(keys []id.ID) error { return c.pauses(tx, keys) },
		func(keys []id.ID) error { return c.bought(tx, keys) },
		func(keys []id.ID) error { return c.standsIn(tx, sc.User, keys) },
	} {
		if err := read(seen); err != nil {
			return c, err
		}
	}
	c.Assignments, err = grouped(tx, Assignment.account, "from_at DESC, id DESC", "account_id IN ?", seen)
	return c, err
}

func (a Assignment) account() id.ID { return a.AccountID }
func (t AccountTag) account() id.ID { return t.AccountID }

// expected are the latest projections and the reps' words in force.
func (c *Cards) expected(tx *Tx, keys []id.ID) error {
	var last []Projection
	err := tx.find(&last, "account_id IN ? AND day = (SELECT MAX(p.day) FROM projections p WHERE p.account_id = projections.account_id)", keys)
	if err != nil {
		return err
	}
	c.Projections = byID(last, func(p Projection) id.ID { return p.AccountID })
	c.Overrides, err = tx.OverridesAmong(keys)
	return err
}

func (c *Cards) household(tx *Tx, keys []id.ID) (err error) {
	if c.Members, err = grouped(tx, Member.account, "id", "account_id IN ?", keys); err != nil {
		return err
	}
	if c.Dates, err = grouped(tx, AccountDate.account, "month, day, id", "account_id IN ?", keys); err != nil {
		return err
	}
	c.Tags, err = grouped(tx, AccountTag.account, "account_id, tag", "account_id IN ?", keys)
	return err
}

func (c *Cards) pauses(tx *Tx, keys []id.ID) error {
	var rows []Pause
	err := tx.sorted(&rows, "from_day, id", "ended_at IS NULL AND (to_day IS NULL OR to_day >= ?) AND (account_id IS NULL OR account_id IN ?)", tx.Today, keys)
	c.Pauses = map[id.ID][]Pause{}
	for _, a := range c.Accounts {
		for _, p := range rows {
			if p.Covers(a.Account) {
				c.Pauses[a.Account.ID] = append(c.Pauses[a.Account.ID], p)
			}
		}
	}
	return err
}

func (c *Cards) standsIn(tx *Tx, user id.ID, keys []id.ID) error {
	var rows []Cover
	err := tx.find(&rows, "account_id IN ? AND rep_id = ? AND from_day <= ? AND to_day >= ?", keys, user, tx.Today, tx.Today)
	c.StandsIn = byID(rows, func(c Cover) id.ID { return c.AccountID })
	return err
}

// latestOrders are the latest orders of each of some accounts.
const latestOrders = "SELECT o.id FROM (SELECT p.id, ROW_NUMBER() OVER (PARTITION BY p.account_id ORDER BY p.day DESC, p.id DESC) AS n" +
	" FROM purchases p WHERE p.account_id IN ?) o WHERE o.n <= ?"

func (c *Cards) bought(tx *Tx, keys []id.ID) (err error) {
	c.Purchases, err = grouped(tx, Purchase.account, "day DESC, id DESC", "id IN ("+latestOrders+")", keys, cardOrders)
	if err != nil {
		return err
	}
	c.Lines, err = grouped(tx, PurchaseLine.order, "purchase_id, line", "purchase_id IN ("+latestOrders+")", keys, cardOrders)
	if err != nil {
		return err
	}
	c.Returns, err = grouped(tx, Return.order, "day, id", "purchase_id IN ("+latestOrders+")", keys, cardOrders)
	return err
}

func (l PurchaseLine) order() id.ID { return l.PurchaseID }
func (r Return) order() id.ID       { return r.PurchaseID }

// NamedLog is a contact with the name of who made it.
type NamedLog struct {
	Log      ContactLog `gorm:"embedded"`
	UserName string
}

// LogsAmong reads those of some contacts whose accounts the scope reaches, in the order of their keys.
func (tx *Tx) LogsAmong(sc auth.Scope, keys []id.ID) ([]NamedLog, error) {
	var rows []NamedLog
	if len(keys) == 0 {
		return nil, nil
	}
	err := tx.in(sc, "contact_logs.account_id").Table("contact_logs").Select("contact_logs.*, u.name AS user_name").
		Joins("JOIN users u ON u.id = contact_logs.user_id").Where("contact_logs.id IN ?", keys).Order("contact_logs.id").Find(&rows).Error
	return rows, wrap("read contacts", err)
}

// ItemsAmong reads those of some plan items whose accounts the scope reaches, in the order of their keys.
func (tx *Tx) ItemsAmong(sc auth.Scope, keys []id.ID) ([]PlanItem, error) {
	var rows []PlanItem
	if len(keys) == 0 {
		return nil, nil
	}
	err := tx.in(sc, "plan_items.account_id").Where("plan_items.id IN ?", keys).Order("plan_items.id").Find(&rows).Error
	return rows, wrap("read plan items", err)
}

// CasesAmong reads those of some cases whose accounts the scope reaches, with their steps, in the order of their keys.
func (tx *Tx) CasesAmong(sc auth.Scope, keys []id.ID) ([]CaseFile, error) {
	var rows []Case
	if len(keys) == 0 {
		return nil, nil
	}
	if err := tx.in(sc, "cases.account_id").Where("cases.id IN ?", keys).Order("cases.id").Find(&rows).Error; err != nil {
		return nil, wrap("read cases", err)
	}
	steps, err := grouped(tx, CaseStep.file, "seq", "case_id IN ?", keys)
	out := make([]CaseFile, len(rows))
	for i, c := range rows {
		out[i] = CaseFile{Case: c, Steps: steps[c.ID]}
	}
	return out, err
}

func (s CaseStep) file() id.ID { return s.CaseID }

// People are the users a viewer of a store may know the names of: those of the store, and experts, supervisors and
// managers of all; everybody for who belongs to no store. Those who left too: the past names them.
func (tx *Tx) People(store *id.ID) ([]User, error) {
	q := tx.db.Select("id", "name", "role")
	if store != nil {
		q = q.Where("store_id = ? OR role IN ?", *store, []auth.Role{auth.Expert, auth.Supervisor, auth.Manager})
	}
	var rows []User
	return rows, wrap("list people", q.Order("id").Limit(maxAgenda).Find(&rows).Error)
}

// LeavesSince are the leaves of a user that end on a day or later, asked and granted.
func (tx *Tx) LeavesSince(user id.ID, day civil.Date) ([]Leave, error) {
	var rows []Leave
	return rows, tx.sorted(&rows, "from_day, id", "user_id = ? AND to_day >= ?", user, day)
}
