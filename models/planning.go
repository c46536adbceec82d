package models

import (
	"slices"

	"gorm.io/gorm/clause"

	"huifang/civil"
	"huifang/id"
)

// RepBook is everything a rep's plan follows from, read in a fixed number of statements.
type RepBook struct {
	Rep      User
	Accounts []Account // held by the rep, and those of others the rep stands in for on days planned, in the order of their keys
	// By account:
	Purchases   map[id.ID][]Purchase
	Returns     map[id.ID][]Return
	Cases       map[id.ID][]Case
	Steps       map[id.ID][]CaseStep   // of those cases, by account
	Logs        map[id.ID][]ContactLog // what the rules see of them: see contactsOf
	Pauses      map[id.ID][]Pause      // own and of the area
	Dates       map[id.ID][]AccountDate
	Overrides   map[id.ID][]Override
	Items       map[id.ID][]PlanItem // open and started, and those a person cancelled since LogsFrom
	Projections map[id.ID]Projection // the latest
	Covers      map[id.ID][]Cover    // by active reps, whose days are not over, in the order of those

	Names    map[id.ID]string // of household members
	Shed     []ShedItem
	Leaves   []Leave // of the rep and the companions, from the first day planned
	Holidays []Holiday
	// Companions are the experts, supervisors and managers the rep may ask along, and former reps who come along to a first
	// visit; Busy is what they already have, and what others have asked of the rep.
	Companions []User
	Busy       []PlanItem
	// Holders are which reps of accounts with covers are active, and OthersShed is what other reps' plans had no room for.
	Holders    map[id.ID]bool
	OthersShed []ShedItem
}

// BookSpan is which days a RepBook covers.
type BookSpan struct {
	LogsFrom civil.Date // logs and cancelled items from this day on
	From, To civil.Date // days planned
}

// RepBook reads the book of a rep; ErrNotFound when there is no such active rep. Only the planner calls it: it takes
// no scope because it shows nothing to anybody.
//
// It locks the accounts and then the rep until the transaction ends, as whoever changes an account does: nobody moves an
// item or hands an account over between the reading of a plan and its saving, and a rep has one planner at a time. Two reps
// who share accounts, one standing in for the other, are planned one after the other.
func (tx *Tx) RepBook(rep id.ID, span BookSpan) (RepBook, error) {
	accounts, err := tx.lockBook(rep, span)
	if err != nil {
		return RepBook{}, err
	}
	holder, err := tx.lockActiveRep(rep)
	if err != nil {
		return RepBook{}, err
	}
	return tx.readBook(holder, accounts, span)
}

// LookAtBook reads the book of a rep as RepBook does, without a lock and in a read transaction too: for plans that are
// reckoned and never saved. Nobody waits for it. It also reads what somebody holds who has left.
func (tx *Tx) LookAtBook(rep id.ID, span BookSpan) (RepBook, error) {
	holder, err := tx.User(rep)
	if err != nil {
		return RepBook{}, err
	}
	accounts, err := tx.lookAtAccounts(rep, span)
	if err != nil {
		return RepBook{}, err
	}
	return tx.readBook(holder, accounts, span)
}

// readBook reads what belongs to a rep and their accounts.
func (tx *Tx) readBook(rep User, accounts []Account, span BookSpan) (RepBook, error) {
	b := RepBook{Rep: rep, Accounts: accounts, Names: map[id.ID]string{}, Projections: map[id.ID]Projection{}}
	of := ownedBy(rep.ID, accounts)
	steps := []func() error{
		func() error { return tx.readCovers(&b, of, span.From) },
		func() error { return tx.readHistories(&b, of, span) },
		func() error { return tx.readPlanned(&b, of, span) },
		func() error { return tx.readShared(&b) },
		func() error { return tx.readCalendars(&b, span) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return b, err
		}
	}
	b.Accounts = slices.DeleteFunc(b.Accounts, func(a Account) bool {
		mine := func(c Cover) bool { return c.RepID == rep.ID }
		return a.RepID != rep.ID && !slices.ContainsFunc(b.Covers[a.ID], mine)
	})
	return b, nil
}

func (tx *Tx) lockActiveRep(rep id.ID) (User, error) {
	var u User
	return u, tx.lock(&u, "id = ? AND role = 'REP' AND disabled_at IS NULL", rep)
}

func (tx *Tx) readHistories(b *RepBook, of owned, span BookSpan) error {
	var err error
	if b.Purchases, err = grouped(tx, Purchase.account, "day, id", of.where, of.arg); err != nil {
		return err
	}
	if b.Returns, err = grouped(tx, Return.account, "day, id", of.where, of.arg); err != nil {
		return err
	}
	if b.Cases, err = grouped(tx, Case.account, "opened_on, id", of.where, of.arg); err != nil {
		return err
	}
	if b.Logs, err = tx.contactsOf(of, span.LogsFrom); err != nil {
		return err
	}
	if b.Dates, err = grouped(tx, AccountDate.account, "id", of.where, of.arg); err != nil {
		return err
	}
	if b.Overrides, err = grouped(tx, Override.account, "created_at, id", of.where+" AND ended_at IS NULL", of.arg); err != nil {
		return err
	}
	if err := tx.readSteps(b, of); err != nil {
		return err
	}
	if err := tx.readMemberNames(b, of); err != nil {
		return err
	}
	return tx.readPauses(b, of, span)
}

// contactsOf reads of each contact only what the rules see: contacts are most of the rows of a book, and wide ones. The
// index knows them by instant, so the instant bounds the search; a day earlier, for the day is that of the zone then.
func (tx *Tx) contactsOf(of owned, from civil.Date) (map[id.ID][]ContactLog, error) {
	var rows []ContactLog
	err := tx.db.Select("id", "account_id", "by_role", "fulfils", "kind", "outcome", "day").
		Where(of.where+" AND started_at >= ? AND day >= ?", of.arg, tx.At(from-1, 0), from).Order("started_at, id").Find(&rows).Error
	return group(rows, ContactLog.account), wrap("read the contacts of a rep", err)
}

func (tx *Tx) readSteps(b *RepBook, of owned) error {
	var steps []CaseStep
	err := tx.sorted(&steps, "case_id, seq", "case_id IN (SELECT id FROM cases WHERE "+of.where+" AND status = ?)", of.arg, CaseOpen)
	if err != nil {
		return err
	}
	accountOf := map[id.ID]id.ID{}
	for account, cases := range b.Cases {
		for _, c := range cases {
			accountOf[c.ID] = account
		}
	}
	b.Steps = map[id.ID][]CaseStep{}
	for _, s := range steps {
		account := accountOf[s.CaseID]
		b.Steps[account] = append(b.Steps[account], s)
	}
	return nil
}

func (tx *Tx) readMemberNames(b *RepBook, of owned) error {
	var members []Member
	if err := tx.find(&members, of.where, of.arg); err != nil {
		return err
	}
	for _, m := range members {
		b.Names[m.ID] = m.Name
	}
	return nil
}

// readPauses gives every account its own pauses and those of its area, as far back as contacts: nobody is late for days on which
// no contact was allowed (story 9).
func (tx *Tx) readPauses(b *RepBook, of owned, span BookSpan) error {
	var pauses []Pause
	err := tx.sorted(&pauses, "id", "(ended_at IS NULL OR ended_at >= ?) AND (to_day IS NULL OR to_day >= ?) AND (account_id IS NULL OR "+of.where+")",
		tx.At(span.LogsFrom, 0), span.LogsFrom, of.arg)
	if err != nil {
		return err
	}
	pauses = slices.DeleteFunc(pauses, func(p Pause) bool { return p.EndedAt != nil && tx.Day(*p.EndedAt) <= p.FromDay })
	for i, p := range pauses {
		pauses[i].ToDay = tx.lastHeld(p)
	}
	b.Pauses = map[id.ID][]Pause{}
	for _, a := range b.Accounts {
		for _, p := range pauses {
			if p.Covers(a) {
				b.Pauses[a.ID] = append(b.Pauses[a.ID], p)
			}
		}
	}
	return nil
}

// lastHeld is the last day a pause held: on the day somebody ended it contacts were allowed again. Nil while there is no end.
func (tx *Tx) lastHeld(p Pause) *civil.Date {
	if p.EndedAt == nil {
		return p.ToDay
	}
	last := tx.Day(*p.EndedAt) - 1
	if p.ToDay != nil {
		last = min(last, *p.ToDay)
	}
	return &last
}

// Covers tells whether the pause is the account's own or of its area.
func (p Pause) Covers(a Account) bool {
	if p.AccountID != nil {
		return *p.AccountID == a.ID
	}
	return p.StoreID != nil && *p.StoreID == a.StoreID && p.District == a.District
}

func (tx *Tx) readPlanned(b *RepBook, of owned, span BookSpan) error {
	var err error
	b.Items, err = grouped(tx, PlanItem.account, "day, seq, id",
		of.where+" AND (status IN (?, ?) OR (status = ? AND day >= ?))",
		of.arg, ItemOpen, ItemStarted, ItemCancelled, span.LogsFrom)
	if err != nil {
		return err
	}
	var last []Projection
	err = tx.find(&last, of.where+" AND day = (SELECT MAX(p.day) FROM projections p WHERE p.account_id = projections.account_id)", of.arg)
	if err != nil {
		return err
	}
	for _, p := range last {
		b.Projections[p.AccountID] = p
	}
	return tx.sorted(&b.Shed, "`rank`, id", "rep_id = ?", b.Rep.ID)
}

// alongWith are who comes along to open items of a rep: after a move also former reps.
const alongWith = "SELECT p.expert_id FROM plan_items p WHERE p.rep_id = ? AND p.status IN ('OPEN', 'STARTED') AND p.expert_id IS NOT NULL"

func (tx *Tx) readCalendars(b *RepBook, span BookSpan) error {
	if err := tx.sorted(&b.Holidays, "day", "day BETWEEN ? AND ?", span.From, span.To); err != nil {
		return err
	}
	err := tx.sorted(&b.Companions, "number",
		"("+companionOf+") OR (disabled_at IS NULL AND role = 'REP' AND id <> ? AND id IN ("+alongWith+"))",
		b.Rep.TeamID, b.Rep.StoreID, b.Rep.ID, b.Rep.ID)
	if err != nil {
		return err
	}
	rep := b.Rep.ID
	people := []id.ID{rep}
	for _, c := range b.Companions {
		people = append(people, c.ID)
	}
	err = tx.sorted(&b.Leaves, "id", "user_id IN ? AND granted = ? AND to_day >= ? AND from_day <= ?", people, true, span.From, span.To)
	if err != nil {
		return err
	}
	b.Busy, err = tx.busy(rep, people, span)
	return err
}

// busy are the open items of other reps that name one of some people.
func (tx *Tx) busy(rep id.ID, people []id.ID, span BookSpan) ([]PlanItem, error) {
	var rows []PlanItem
	return rows, tx.sorted(&rows, "id", "expert_id IN ? AND rep_id <> ? AND status IN (?, ?) AND day BETWEEN ? AND ?",
		people, rep, ItemOpen, ItemStarted, span.From, span.To)
}

// LockBusy locks some companions until the transaction ends and reads what other reps have asked of them by now: whoever
// plans with them meanwhile waits, so nobody is promised twice.
func (tx *Tx) LockBusy(rep id.ID, companions []id.ID, span BookSpan) ([]PlanItem, error) {
	var people []User
	err := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id IN ?", companions).Order("id").Find(&people).Error
	if err != nil {
		return nil, wrap("lock companions", err)
	}
	return tx.busy(rep, companions, span)
}

func (p Purchase) account() id.ID    { return p.AccountID }
func (r Return) account() id.ID      { return r.AccountID }
func (c Case) account() id.ID        { return c.AccountID }
func (l ContactLog) account() id.ID  { return l.AccountID }
func (d AccountDate) account() id.ID { return d.AccountID }
func (o Override) account() id.ID    { return o.AccountID }
func (i PlanItem) account() id.ID    { return i.AccountID }

// sorted is find in an order.
func (tx *Tx) sorted(rows any, order, where string, args ...any) error {
	return wrap("find rows", tx.db.Where(where, args...).Order(order).Find(rows).Error)
}

// grouped reads rows and groups them by account, keeping their order.
func grouped[T any](tx *Tx, account func(T) id.ID, order, where string, args ...any) (map[id.ID][]T, error) {
	var rows []T
	if err := tx.sorted(&rows, order, where, args...); err != nil {
		return nil, err
	}
	return group(rows, account), nil
}

func group[T any](rows []T, account func(T) id.ID) map[id.ID][]T {
	out := map[id.ID][]T{}
	for _, row := range rows {
		of := account(row)
		out[of] = append(out[of], row)
	}
	return out
}

// IsOpen tells whether the item still should happen.
func (i PlanItem) IsOpen() bool { return i.Status == ItemOpen || i.Status == ItemStarted }

// Held tells whether a person fixed the item: made by hand, pinned, an appointment, or started. The planner never
// moves or drops it.
func (i PlanItem) Held() bool {
	return i.IsOpen() && (i.Source == FromPerson || i.Pinned || i.AtFixed || i.Status == ItemStarted)
}

// Skipped tells whether a person cancelled a planned contact without choosing another day.
func (i PlanItem) Skipped() bool {
	return i.Status == ItemCancelled && i.MovedTo == nil && i.DemandKey != ""
}
