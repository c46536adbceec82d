package models

import (
	"reflect"

	"huifang/id"
)

// touched is what a transaction changed of what devices keep. The writing helpers of rows.go fill it, for every row that
// is inserted, saved, changed or removed: a write method cannot forget it. What it holds is published before the commit.
type touched struct {
	rows     map[entity]id.ID // the account of each, zero when not known yet
	areas    []area
	worlds   map[id.ID]bool // users whose world moved
	everyone bool           // the world of all moved
	held     map[id.ID]bool // accounts whose rows this transaction holds
}

type entity struct {
	kind EntryKind
	id   id.ID
}

type area struct {
	store    id.ID
	district string
}

func (t *touched) empty() bool {
	return len(t.rows) == 0 && len(t.areas) == 0 && len(t.worlds) == 0 && !t.everyone
}

func (t *touched) row(kind EntryKind, x, account id.ID) {
	if t.rows == nil {
		t.rows = map[entity]id.ID{}
	}
	e := entity{kind, x}
	if known := t.rows[e]; account.IsZero() {
		account = known
	}
	t.rows[e] = account
}

func (t *touched) account(x id.ID) { t.row(AccountEntry, x, x) }

func (t *touched) world(user id.ID) {
	if t.worlds == nil {
		t.worlds = map[id.ID]bool{}
	}
	t.worlds[user] = true
}

func (t *touched) hold(account id.ID) {
	if t.held == nil {
		t.held = map[id.ID]bool{}
	}
	t.held[account] = true
}

// synced is a noun that devices are told of.
type synced interface{ touch(t *touched) }

func (m *Member) touch(t *touched)       { t.account(m.AccountID) }
func (d *AccountDate) touch(t *touched)  { t.account(d.AccountID) }
func (g *AccountTag) touch(t *touched)   { t.account(g.AccountID) }
func (a *Assignment) touch(t *touched)   { t.account(a.AccountID) }
func (c *Cover) touch(t *touched)        { t.account(c.AccountID) }
func (p *Purchase) touch(t *touched)     { t.account(p.AccountID) }
func (r *Return) touch(t *touched)       { t.account(r.AccountID) }
func (o *Override) touch(t *touched)     { t.account(o.AccountID) }
func (p *Projection) touch(t *touched)   { t.account(p.AccountID) }
func (i *PlanItem) touch(t *touched)     { t.row(ItemEntry, i.ID, i.AccountID) }
func (c *Case) touch(t *touched)         { t.row(CaseEntry, c.ID, c.AccountID) }
func (s *CaseStep) touch(t *touched)     { t.row(CaseEntry, s.CaseID, id.ID{}) }
func (s *ShedItem) touch(t *touched)     { t.world(s.RepID) }
func (l *Leave) touch(t *touched)        { t.world(l.UserID) }
func (u *User) touch(t *touched)         { t.everyone = true }
func (p *Product) touch(t *touched)      { t.everyone = true }
func (h *Holiday) touch(t *touched)      { t.everyone = true }
func (c *Company) touch(t *touched)      { t.everyone = true }
func (p *Policy) touch(t *touched)       { t.everyone = true }
func (l *PurchaseLine) touch(t *touched) {} // written with its order, which is touched

// Whoever writes an account holds its row.
func (a *Account) touch(t *touched) {
	t.account(a.ID)
	t.hold(a.ID)
}

// A contact also counts in the numbers of who made it.
func (l *ContactLog) touch(t *touched) {
	t.row(LogEntry, l.ID, l.AccountID)
	t.world(l.UserID)
}

// An area stands for its accounts, which are looked up when it is published.
func (p *Pause) touch(t *touched) {
	switch {
	case p.AccountID != nil:
		t.account(*p.AccountID)
	case p.StoreID != nil:
		t.areas = append(t.areas, area{*p.StoreID, p.District})
	}
}

// touchRows notes a row or a slice of rows, given as GORM takes them: by pointer or by value.
func (tx *Tx) touchRows(rows any) {
	v := reflect.ValueOf(rows)
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Slice {
		tx.touchRow(v)
		return
	}
	if !isSynced(v.Type().Elem()) {
		return
	}
	for i := range v.Len() {
		tx.touchRow(v.Index(i))
	}
}

func (tx *Tx) touchRow(v reflect.Value) {
	if !isSynced(v.Type()) {
		return
	}
	if !v.CanAddr() {
		p := reflect.New(v.Type())
		p.Elem().Set(v)
		v = p.Elem()
	}
	v.Addr().Interface().(synced).touch(&tx.touched)
}

func isSynced(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[synced]())
}

// touchFound notes the rows of a synced noun that meet a condition, before they are changed or removed.
func (tx *Tx) touchFound(model any, where string, args ...any) error {
	t := reflect.TypeOf(model).Elem()
	if !isSynced(t) {
		return nil
	}
	rows := reflect.New(reflect.SliceOf(t))
	if err := tx.find(rows.Interface(), where, args...); err != nil {
		return err
	}
	tx.touchRows(rows.Interface())
	return nil
}
