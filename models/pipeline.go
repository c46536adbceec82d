package models

import (
	"database/sql"
	"strconv"

	"huifang/civil"
	"huifang/id"
)

// Expectation is how many accounts were expected to buy in a week, and did.
type Expectation struct {
	Week     int // its place among those asked for
	Accounts int
	Came     int
}

// nextWeek is until when after a week an expected order still comes from its expectation.
const nextWeek = 7

// ExpectedThen counts, for weeks that have begun, the accounts of users expected to buy in each, by the projection in force
// when it began, and those of them that bought in the week or the one after.
func (tx *Tx) ExpectedThen(users []id.ID, weeks []Stretch) ([]Expectation, error) {
	var q union
	for n, w := range weeks {
		bought := "EXISTS (SELECT 1 FROM purchases o WHERE o.account_id = p.account_id AND o.day BETWEEN ? AND ? AND " + kept("o") + ")"
		args := append([]any{w.From, w.To + nextWeek, true, w.From, w.To, w.From}, with(users, w.From)...)
		q.add(n, "COUNT(*), "+countIf(bought)+" FROM projections p CROSS JOIN accounts a"+
			" WHERE a.id = p.account_id AND p.expected BETWEEN ? AND ? AND p.day <= ? AND a.erased_at IS NULL AND "+anyOf("a.rep_id", users)+
			" AND NOT EXISTS (SELECT 1 FROM projections q WHERE q.account_id = p.account_id AND q.day > p.day AND q.day <= ?)", args)
	}
	return tx.expectations("count who was expected", q)
}

// ExpectedNow counts the accounts of users expected to buy in each of some weeks, by what is projected now.
func (tx *Tx) ExpectedNow(users []id.ID, weeks []Stretch) ([]Expectation, error) {
	if len(weeks) == 0 {
		return nil, nil
	}
	which := "CASE"
	var args []any
	for n, w := range weeks {
		which += " WHEN a.expected_on <= ? THEN " + strconv.Itoa(n)
		args = append(args, w.To)
	}
	args = append(args, with(users, weeks[0].From, weeks[len(weeks)-1].To)...)
	var out []Expectation
	err := eachRow(tx.db.Raw("SELECT "+which+" END AS week, COUNT(*), 0 FROM accounts a WHERE "+anyOf("a.rep_id", users)+
		" AND a.erased_at IS NULL AND a.expected_on BETWEEN ? AND ? GROUP BY week", args...), scanExpectation(&out))
	return out, wrap("count who is expected", err)
}

func (tx *Tx) expectations(doing string, q union) ([]Expectation, error) {
	var out []Expectation
	return out, wrap(doing, q.each(tx, scanExpectation(&out)))
}

func scanExpectation(into *[]Expectation) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var e Expectation
		err := rows.Scan(&e.Week, &e.Accounts, &e.Came)
		*into = append(*into, e)
		return err
	}
}

// OrdersBy sums up the orders of accounts of users by week, less what was given back.
func (tx *Tx) OrdersBy(users []id.ID, weeks []Stretch) ([]Fruit, error) {
	var q union
	for n, w := range weeks {
		q.add(n, "COUNT(*), COALESCE(SUM("+paidNet+"), 0) FROM purchases p"+givenBack+" CROSS JOIN accounts a"+
			" WHERE a.id = p.account_id AND p.day BETWEEN ? AND ? AND "+kept("p")+" AND a.erased_at IS NULL AND "+anyOf("a.rep_id", users),
			append([]any{w.From, w.To, true}, with(users)...))
	}
	var out []Fruit
	err := q.each(tx, func(rows *sql.Rows) error {
		var f Fruit
		err := rows.Scan(&f.Stretch, &f.N, &f.Amount)
		out = append(out, f)
		return err
	})
	return out, wrap("sum up orders", err)
}

// Placed is an account on the map.
type Placed struct {
	ID            id.ID
	Name          string
	RepID         id.ID
	Tier          string
	District      string
	Lat, Lng      float64
	LastContactOn *civil.Date
	InTouchUntil  *civil.Date
	NeglectedOn   *civil.Date
}

// PlacesOf are up to n accounts of users that have a place.
func (tx *Tx) PlacesOf(users []id.ID, n int) ([]Placed, error) {
	var out []Placed
	err := eachRow(tx.db.Raw("SELECT a.id, a.name, a.rep_id, a.tier, a.district, a.lat, a.lng, a.last_contact_on, a.in_touch_until, a.neglected_on"+
		" FROM accounts a WHERE "+anyOf("a.rep_id", users)+" AND a.erased_at IS NULL AND a.lat IS NOT NULL AND a.lng IS NOT NULL LIMIT ?",
		with(users, n)...), func(rows *sql.Rows) error {
		var p Placed
		err := rows.Scan(&p.ID, &p.Name, &p.RepID, &p.Tier, &p.District, &p.Lat, &p.Lng, &p.LastContactOn, &p.InTouchUntil, &p.NeglectedOn)
		out = append(out, p)
		return err
	})
	return out, wrap("read places", err)
}

// Placeless is how many accounts of users have no place.
func (tx *Tx) Placeless(users []id.ID) (int, error) {
	n := 0
	err := tx.db.Raw("SELECT COUNT(*) FROM accounts a WHERE "+anyOf("a.rep_id", users)+
		" AND a.erased_at IS NULL AND (a.lat IS NULL OR a.lng IS NULL)", with(users)...).Scan(&n).Error
	return n, wrap("count accounts without a place", err)
}
