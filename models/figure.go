package models

import (
	"strconv"
	"strings"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// Stretch is some days that are counted together, both ends included. One that ends before it begins has no days.
type Stretch struct{ From, To civil.Date }

// Holds tells whether a day is one of the stretch.
func (s Stretch) Holds(day civil.Date) bool { return s.From <= day && day <= s.To }

func (s Stretch) empty() bool { return s.To < s.From }

// hull is the shortest stretch with all the days of some; without any, it has none.
func hull(stretches []Stretch) Stretch {
	out := Stretch{From: 1}
	for _, s := range stretches {
		switch {
		case s.empty():
		case out.empty():
			out = s
		default:
			out.From, out.To = min(out.From, s.From), max(out.To, s.To)
		}
	}
	return out
}

// figure is the rows that a number of users counts: sums and lists are read from the same one, so that a number always
// opens to as many rows as it says. Its parts are SQL of the four tables p (or n), a, c and l, never text of a request.
type figure struct {
	from  string
	where string
	args  []any
	// user whom a row counts for and kind of contact are what sums are grouped by; group begins with a column more where
	// the index has one between them, so that the rows come out grouped.
	user, kind, group string
	// columns are those of CountedRow, in its order.
	columns [figureColumns]string
}

// and is the figure of only those rows that meet a condition, too.
func (f figure) and(where string, args ...any) figure {
	f.where += " AND " + where
	f.args = append(f.args[:len(f.args):len(f.args)], args...)
	return f
}

// of is the figure of some kinds of contact only.
func (f figure) of(kind cadence.Kind) figure { return f.and(f.kind+" = ?", kind) }

// anyOf is a condition that a column has one of some keys.
func anyOf(column string, keys []id.ID) string {
	if len(keys) == 0 {
		return "1 = 0"
	}
	return column + " IN (?" + strings.Repeat(", ?", len(keys)-1) + ")"
}

// with puts the keys of users before other arguments.
func with(users []id.ID, more ...any) []any {
	args := make([]any, 0, len(users)+len(more))
	for _, u := range users {
		args = append(args, u)
	}
	return append(args, more...)
}

// quotedCodes are codes of ours as a list of SQL.
func quotedCodes[T ~string](codes []T) string {
	texts := make([]string, len(codes))
	for i, c := range codes {
		texts[i] = "'" + string(c) + "'"
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

// kindsOf names all kinds, where an index has the kind before the day: without it the whole index of a user is read.
func kindsOf(column string) string { return column + " IN " + quotedCodes(cadence.AllKinds()) }

const stillOpen = "p.status IN ('OPEN', 'STARTED')"

// itemColumns are what a planned contact shows, with whose it is and the day it counts for.
func itemColumns(user, day string) [figureColumns]string {
	return [figureColumns]string{"p.id", "p.account_id", user, day, "p.kind", "p.status", "''", "p.due_on", "0", "p.minutes", "p.travel", "0", day}
}

// openItems are the open contacts planned for users in a stretch.
func openItems(users []id.ID, s Stretch) figure { return itemsThat(stillOpen, users, s) }

// waitingItems and begunItems are those of them that nobody has begun, and the others.
func waitingItems(users []id.ID, s Stretch) figure { return itemsThat("p.status = 'OPEN'", users, s) }
func begunItems(users []id.ID, s Stretch) figure   { return itemsThat("p.status = 'STARTED'", users, s) }

func itemsThat(status string, users []id.ID, s Stretch) figure {
	return figure{
		from:  "plan_items p",
		where: anyOf("p.rep_id", users) + " AND " + status + " AND " + kindsOf("p.kind") + " AND p.day BETWEEN ? AND ?",
		args:  with(users, s.From, s.To), user: "p.rep_id", kind: "p.kind", group: "p.rep_id, p.status, p.kind",
		columns: itemColumns("p.rep_id", "p.day"),
	}
}

// alongItems are the open contacts of others that name users to come along: they take their time as well.
func alongItems(users []id.ID, s Stretch) figure {
	return figure{
		from:  "plan_items p",
		where: anyOf("p.expert_id", users) + " AND p.expert_id <> p.rep_id AND " + stillOpen + " AND p.day BETWEEN ? AND ?",
		args:  with(users, s.From, s.To), user: "p.expert_id", kind: "p.kind", group: "p.expert_id, p.kind",
		columns: itemColumns("p.expert_id", "p.day"),
	}
}

// doneItems are the items closed by contacts that users made in a stretch, whoever holds the accounts now.
func doneItems(users []id.ID, s Stretch) figure {
	return figure{
		from:  "plan_items p",
		where: anyOf("p.done_by", users) + " AND " + kindsOf("p.kind") + " AND p.done_on BETWEEN ? AND ?",
		args:  with(users, s.From, s.To), user: "p.done_by", kind: "p.kind", group: "p.done_by, p.kind",
		columns: itemColumns("p.done_by", "p.done_on"),
	}
}

// shedDemands are what found no room in the plans of users, due in a stretch.
func shedDemands(users []id.ID, s Stretch) figure {
	return figure{
		from:  "shed_items p",
		where: anyOf("p.rep_id", users) + " AND p.due_on BETWEEN ? AND ?",
		args:  with(users, s.From, s.To), user: "p.rep_id", kind: "p.kind", group: "p.rep_id, p.kind",
		columns: [figureColumns]string{"p.id", "p.account_id", "p.rep_id", "p.due_on", "p.kind", "''", "''", "p.due_on", "0", "0", "0", "0", "p.due_on"},
	}
}

// lateItems are the open contacts of users that were due before today.
func lateItems(users []id.ID, today civil.Date) figure {
	return figure{
		from:  "plan_items p",
		where: anyOf("p.rep_id", users) + " AND " + stillOpen + " AND p.due_on < ?",
		args:  with(users, today), user: "p.rep_id", kind: "p.kind",
		columns: [figureColumns]string{"p.id", "p.account_id", "p.rep_id", "p.day", "p.kind", "p.status", "''", "p.due_on", "0", "p.minutes", "p.travel", "0", "p.due_on"},
	}
}

// reachedCodes are the outcomes of contacts that reached the customer.
func reachedCodes() string {
	var codes []cadence.Outcome
	for _, o := range cadence.AllOutcomes() {
		if o.Reached() {
			codes = append(codes, o)
		}
	}
	return quotedCodes(codes)
}

// contacts are what users logged in a stretch, whoever holds the accounts now.
func contacts(users []id.ID, s Stretch) figure {
	return figure{
		from:  "contact_logs l",
		where: anyOf("l.user_id", users) + " AND " + kindsOf("l.kind") + " AND l.day BETWEEN ? AND ?",
		args:  with(users, s.From, s.To), user: "l.user_id", kind: "l.kind", group: "l.user_id, l.kind",
		columns: [figureColumns]string{"l.id", "l.account_id", "l.user_id", "l.day", "l.kind", "''", "l.outcome", "NULL", "COALESCE(l.since_last, -1)", "0", "0", "0", "l.day"},
	}
}

func reachedThem() string { return "l.outcome IN " + reachedCodes() }
func missedThem() string  { return "l.outcome NOT IN " + reachedCodes() }

// What a contact with a rhythm and a contact before it is counted as.
const (
	spacedLog    = "l.since_last IS NOT NULL AND l.due_every > 0"
	regularLog   = spacedLog + " AND l.since_last <= l.due_every"
	irregularLog = spacedLog + " AND l.since_last > l.due_every"
)

// What an account is counted as, today.
const (
	rhythmic   = "a.contact_every > 0"
	inTouch    = rhythmic + " AND a.in_touch_until >= ?"
	outOfTouch = rhythmic + " AND (a.in_touch_until IS NULL OR a.in_touch_until < ?)"
	neglected  = "a.neglected_on <= ?"
)

// long ago stands for a day that there is none of, so that lists have a place for the row.
const longAgo = "'0001-01-01'"

// heldAccounts are the accounts of users, ordered by a day.
func heldAccounts(users []id.ID, place string) figure {
	return figure{
		from:  "accounts a",
		where: anyOf("a.rep_id", users) + " AND a.erased_at IS NULL",
		args:  with(users), user: "a.rep_id", group: "a.rep_id",
		columns: accountColumns("a.rep_id", place),
	}
}

func accountColumns(user, place string) [figureColumns]string {
	return [figureColumns]string{"a.id", "a.id", user, "a.last_contact_on", "''", "''", "''", place, "0", "0", "0", "0", "COALESCE(" + place + ", " + longAgo + ")"}
}

// coveredAccounts are the accounts of others whose contacts are users' today.
func coveredAccounts(users []id.ID, today civil.Date) figure {
	return figure{
		from: "(SELECT DISTINCT c.account_id, c.rep_id FROM covers c WHERE " + anyOf("c.rep_id", users) +
			" AND COALESCE(c.work_from, c.from_day) <= ? AND COALESCE(c.work_to, c.to_day) >= ? AND c.from_day <= ? AND c.to_day >= ?) c" +
			" JOIN accounts a ON a.id = c.account_id",
		where: "a.erased_at IS NULL AND a.rep_id <> c.rep_id",
		args:  with(users, today, today, today, today), user: "c.rep_id", group: "c.rep_id",
		columns: accountColumns("c.rep_id", "a.last_contact_on"),
	}
}

// Credit is how many days after a contact a repurchase counts as its fruit.
type Credit int

// kept is a condition that an order was not given back whole.
func kept(order string) string {
	return order + ".id NOT IN (SELECT r.purchase_id FROM returns r WHERE r.whole = ?)"
}

// some is a condition that there is a row. EXISTS says the same; MariaDB makes a join of it that reads all of them.
func some(rows string) string { return "(SELECT 1 FROM " + rows + " LIMIT 1) IS NOT NULL" }

// paidNet is what an order came to, less what came back: of orders p joined with givenBack.
const (
	paidNet   = "(p.amount - COALESCE(b.amount, 0))"
	givenBack = " LEFT JOIN (SELECT r.purchase_id, SUM(r.amount) AS amount FROM returns r GROUP BY r.purchase_id) b ON b.purchase_id = p.id"
)

// creditedOrders are the repurchases of some stretches that came within some days of a contact that reached the customer,
// for who cared then. Orders given back whole are none, neither the first nor a later one.
func creditedOrders(users []id.ID, stretches []Stretch, days Credit) figure {
	table, args := creditTable(stretches, days)
	return figure{
		// CROSS JOIN is a join in this order for SQLite, which has no statistics to find it by.
		from: "(" + table + ") w CROSS JOIN purchases p" + givenBack,
		// COALESCE keeps the index by rep out: by day the orders of a month are one stretch of an index, by rep and day thousands.
		where: "p.day = w.day AND " + anyOf("COALESCE(p.rep_id, p.rep_id)", users) + " AND " + kept("p") +
			" AND " + some("purchases f WHERE f.account_id = p.account_id AND f.day <= p.day AND (f.day < p.day OR f.id < p.id) AND "+kept("f")) +
			" AND " + some("contact_logs l WHERE l.account_id = p.account_id AND l.started_at >= w.since_at AND "+reachedThem()+
			" AND l.day <= p.day AND l.day >= w.since"),
		args: append(args, with(users, true, true)...), user: "p.rep_id", group: "w.stretch, p.rep_id",
		columns: [figureColumns]string{"p.id", "p.account_id", "p.rep_id", "p.day", "''", "''", "''", "NULL", "0", "0", "0", paidNet, "p.day"},
	}
}

// creditTable is the days of stretches with the first day whose contact counts for an order of that day: no two engines
// subtract days alike. The instant is for the index, a day earlier, for a day is that of its zone.
func creditTable(stretches []Stretch, days Credit) (string, []any) {
	var rows []string
	var args []any
	for n, s := range stretches {
		for day := s.From; day <= s.To; day++ {
			since := day - civil.Date(days)
			rows = append(rows, "SELECT "+strconv.Itoa(n)+" AS stretch, ? AS day, ? AS since, ? AS since_at")
			args = append(args, day, since, (since-1).At(0, time.UTC))
		}
	}
	if len(rows) == 0 {
		return "SELECT 0 AS stretch, NULL AS day, NULL AS since, NULL AS since_at", nil
	}
	return strings.Join(rows, " UNION ALL "), args
}

// broughtAccounts are the new accounts of a stretch that accounts of users brought.
func broughtAccounts(users []id.ID, s Stretch) figure {
	return figure{
		from:  "accounts n CROSS JOIN accounts a",
		where: "a.id = n.referred_by AND n.since BETWEEN ? AND ? AND n.erased_at IS NULL AND a.erased_at IS NULL AND " + anyOf("a.rep_id", users),
		args:  append([]any{s.From, s.To}, with(users)...), user: "a.rep_id", group: "a.rep_id",
		columns: [figureColumns]string{"n.id", "n.id", "a.rep_id", "n.since", "''", "''", "''", "NULL", "0", "0", "0", "0", "n.since"},
	}
}
