package models

import (
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// Tally is how many rows of a kind of contact a user has in a stretch of days.
type Tally struct {
	Stretch int // its place among those asked for
	User    id.ID
	Kind    cadence.Kind
	N       int
	Minutes int // of planned contacts
	Travel  int // minutes of the ways to them
}

// ContactTally is what a user's contacts of a kind in a stretch came to.
type ContactTally struct {
	Stretch  int
	User     id.ID
	Kind     cadence.Kind
	Reached  int
	Attempts int
	Spaced   int // with a contact before and a rhythm
	Regular  int // of those, in time
}

// OpenTally counts the open items planned for users and those that name them, by stretch. Most wait for days to come. The
// few others are read together and day by day, for to look for them in every stretch would take the most time: those of
// days that are over, those begun, and those of others that name users.
func (tx *Tx) OpenTally(users []id.ID, stretches []Stretch) ([]Tally, error) {
	ahead, over := tx.parted(stretches)
	q, all := byStretch(users, ahead, waitingItems, tallied("NULL")...), hull(stretches)
	for _, few := range []figure{waitingItems(users, over), begunItems(users, all), alongItems(users, all)} {
		few.group += ", p.day"
		q.add(eachDay, sums(few, tallied("p.day")...), few.args)
	}
	return tx.tallies("count open items", q, stretches)
}

// parted are stretches without those that are over, and the days of those.
func (tx *Tx) parted(stretches []Stretch) (ahead []Stretch, over Stretch) {
	ahead = slices.Clone(stretches)
	var gone []Stretch
	for i, s := range stretches {
		if s.To < tx.Today {
			gone, ahead[i] = append(gone, s), hull(nil)
		}
	}
	return ahead, hull(gone)
}

// DoneTally counts the items closed by contacts that users made, whoever holds the accounts now.
func (tx *Tx) DoneTally(users []id.ID, stretches []Stretch) ([]Tally, error) {
	return tx.tallies("count done items", byStretch(users, tx.gone(stretches), doneItems, tallied("NULL")...), stretches)
}

// ShedTally counts what found no room in the plans of users.
func (tx *Tx) ShedTally(users []id.ID, stretches []Stretch) ([]Tally, error) {
	q := byStretch(users, stretches, shedDemands, "NULL", "COUNT(*)", "0", "0")
	return tx.tallies("count what found no room", q, stretches)
}

// byStretch is the sums of a figure in each stretch that has days, with the stretch's place in front.
func byStretch(users []id.ID, stretches []Stretch, of func([]id.ID, Stretch) figure, columns ...string) union {
	var q union
	for n, s := range stretches {
		if s.empty() {
			continue
		}
		f := of(users, s)
		q.add(n, sums(f, columns...), f.args)
	}
	return q
}

// tallied are the columns of a Tally: of a whole stretch, or of each day where there is a column for it.
func tallied(day string) []string {
	return []string{day, "COUNT(*)", "SUM(p.minutes)", "SUM(p.travel)"}
}

// eachDay stands for the number of a stretch where rows are of days: it follows from the day.
const eachDay = -1

func (tx *Tx) tallies(doing string, q union, stretches []Stretch) ([]Tally, error) {
	var out []Tally
	err := q.each(tx, func(rows *sql.Rows) error {
		var t Tally
		var day *civil.Date
		if err := rows.Scan(&t.Stretch, &t.User, &t.Kind, &day, &t.N, &t.Minutes, &t.Travel); err != nil {
			return err
		}
		if t.Stretch != eachDay {
			out = append(out, t)
			return nil
		}
		for n, s := range stretches {
			if s.Holds(*day) {
				t.Stretch = n
				out = append(out, t)
			}
		}
		return nil
	})
	return out, wrap(doing, err)
}

// LogTally counts the contacts users made, whoever holds the accounts now.
func (tx *Tx) LogTally(users []id.ID, stretches []Stretch) ([]ContactTally, error) {
	q := byStretch(users, tx.gone(stretches), contacts, "COUNT(*)", countIf(reachedThem()), countIf(spacedLog), countIf(regularLog))
	var out []ContactTally
	err := q.each(tx, func(rows *sql.Rows) error {
		var t ContactTally
		var all int
		err := rows.Scan(&t.Stretch, &t.User, &t.Kind, &all, &t.Reached, &t.Spaced, &t.Regular)
		t.Attempts = all - t.Reached
		out = append(out, t)
		return err
	})
	return out, wrap("count contacts", err)
}

// gone are stretches without the days on which nothing can have been done yet: to look for it there takes its time, too.
// A contact may be of tomorrow, by the clock of a phone.
func (tx *Tx) gone(stretches []Stretch) []Stretch {
	out := slices.Clone(stretches)
	for i := range out {
		out[i].To = min(out[i].To, tx.Today+1)
	}
	return out
}

// Holding is what a user holds today.
type Holding struct {
	User      id.ID
	Accounts  int
	Rhythmic  int
	InTouch   int
	Neglected int
	Covering  int
}

// Holdings sums up the accounts users hold and cover today; a user may have two rows, one for each.
func (tx *Tx) Holdings(users []id.ID) ([]Holding, error) {
	held, covered := heldAccounts(users, "a.last_contact_on"), coveredAccounts(users, tx.Today)
	var q union
	q.add(0, sums(held, "COUNT(*)", countIf(rhythmic), countIf(inTouch), countIf(neglected), "0"), append([]any{tx.Today, tx.Today}, held.args...))
	q.add(0, sums(covered, "0", "0", "0", "0", "COUNT(*)"), covered.args)
	var out []Holding
	err := q.each(tx, func(rows *sql.Rows) error {
		var h Holding
		var none int
		err := rows.Scan(&none, &h.User, &h.Accounts, &h.Rhythmic, &h.InTouch, &h.Neglected, &h.Covering)
		out = append(out, h)
		return err
	})
	return out, wrap("sum up accounts", err)
}

// LateTally is how many open items of a user were due on a day.
type LateTally struct {
	User  id.ID
	DueOn civil.Date
	N     int
}

// LateItems counts the open items of users that were due before today, by due day.
func (tx *Tx) LateItems(users []id.ID) ([]LateTally, error) {
	f := lateItems(users, tx.Today)
	f.kind, f.group = "p.due_on", "p.rep_id, p.due_on"
	var q union
	q.add(0, sums(f, "COUNT(*)"), f.args)
	var out []LateTally
	err := q.each(tx, func(rows *sql.Rows) error {
		var t LateTally
		var none int
		err := rows.Scan(&none, &t.User, &t.DueOn, &t.N)
		out = append(out, t)
		return err
	})
	return out, wrap("count overdue items", err)
}

// Fruit is what came of the work of a user in a stretch.
type Fruit struct {
	Stretch int
	User    id.ID
	N       int
	Amount  Fen
}

// Repurchases sums up the repurchases within some days of a contact, for who cared then.
func (tx *Tx) Repurchases(users []id.ID, stretches []Stretch, days Credit) ([]Fruit, error) {
	f := creditedOrders(users, stretches, days)
	q := union{selects: []string{"SELECT w.stretch, " + sums(f, "COUNT(*)", "SUM("+paidNet+")")}, args: f.args}
	return tx.fruits("sum up repurchases", q)
}

// Referrals counts the new accounts that accounts of users brought.
func (tx *Tx) Referrals(users []id.ID, stretches []Stretch) ([]Fruit, error) {
	q := byStretch(users, stretches, broughtAccounts, "COUNT(*)", "0")
	return tx.fruits("count referrals", q)
}

func (tx *Tx) fruits(doing string, q union) ([]Fruit, error) {
	var out []Fruit
	err := q.each(tx, func(rows *sql.Rows) error {
		var f Fruit
		err := rows.Scan(&f.Stretch, &f.User, &f.N, &f.Amount)
		out = append(out, f)
		return err
	})
	return out, wrap(doing, err)
}

// sums is a SELECT of a figure's sums by user, and by kind where it knows kinds.
func sums(f figure, columns ...string) string {
	by := f.user
	if f.kind != "" {
		by += ", " + f.kind
	}
	return by + ", " + strings.Join(columns, ", ") + " FROM " + f.from + " WHERE " + f.where + " GROUP BY " + f.group
}

func countIf(condition string) string { return "COUNT(CASE WHEN " + condition + " THEN 1 END)" }

// union is a statement of several SELECTs, each with a number of its own in front. Rows of one form come by one statement,
// and every SELECT has the shape an index serves: one over all days, told apart by CASE, is sorted first.
type union struct {
	selects []string
	args    []any
}

func (u *union) add(n int, columns string, args []any) {
	u.selects = append(u.selects, "SELECT "+strconv.Itoa(n)+", "+columns)
	u.args = append(u.args, args...)
}

// each runs the statement and hands over row by row.
func (u *union) each(tx *Tx, scan func(*sql.Rows) error) error {
	if len(u.selects) == 0 {
		return nil
	}
	return eachRow(tx.db.Raw(strings.Join(u.selects, " UNION ALL "), u.args...), scan)
}

// eachRow reads rows one by one: there are thousands in a workload, and reflection would take most of its time.
func eachRow(q *gorm.DB, scan func(*sql.Rows) error) error {
	rows, err := q.Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Worker is a rep with the names of where they belong.
type Worker struct {
	User      User `gorm:"embedded"`
	TeamName  string
	TeamNo    string
	StoreName string
	StoreNo   string
}

// WorkerFilter narrows the reps of a scope; a zero field narrows nothing.
type WorkerFilter struct{ Rep, Team, Store *id.ID }

// Workers are the reps whose accounts lie in the scope, the disabled too, by team and number; at most n.
func (tx *Tx) Workers(sc auth.Scope, f WorkerFilter, n int) ([]Worker, error) {
	where, args := staff(sc)
	q := tx.db.Table("users u").
		Select("u.id, u.number, u.name, u.team_id, u.store_id, u.hours, u.disabled_at, COALESCE(t.name, '') AS team_name, COALESCE(t.number, '') AS team_no,"+
			" COALESCE(s.name, '') AS store_name, COALESCE(s.number, '') AS store_no").
		Joins("LEFT JOIN teams t ON t.id = u.team_id").Joins("LEFT JOIN stores s ON s.id = u.store_id").
		Where("u.role = ? AND u.id IN (SELECT id FROM users WHERE "+where+")", append([]any{auth.Rep}, args...)...)
	for column, only := range map[string]*id.ID{"u.id": f.Rep, "u.team_id": f.Team, "u.store_id": f.Store} {
		if only != nil {
			q = q.Where(column+" = ?", *only)
		}
	}
	var rows []Worker
	return rows, wrap("list reps", q.Order("s.number, t.number, u.number, u.id").Limit(n).Find(&rows).Error)
}

// LeavesAmong are the granted leaves of users that touch a stretch.
func (tx *Tx) LeavesAmong(users []id.ID, s Stretch) ([]Leave, error) {
	var rows []Leave
	if len(users) == 0 {
		return nil, nil
	}
	return rows, tx.sorted(&rows, "from_day, id", "user_id IN ? AND granted = ? AND to_day >= ? AND from_day <= ?", users, true, s.From, s.To)
}
