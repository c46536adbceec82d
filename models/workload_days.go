package models

import (
	"database/sql"

	"huifang/civil"
	"huifang/id"
)

// DayLoad is what a user has to do on a day, and did.
type DayLoad struct {
	User     id.ID
	Day      civil.Date
	Contacts int
	Minutes  int // of contacts and ways
}

// DayLoads sums up the work of users by day: the rows of the load of a workload. A user may have several rows a day.
func (tx *Tx) DayLoads(users []id.ID, s Stretch) ([]DayLoad, error) {
	var q union
	for n, f := range []figure{openItems(users, s), alongItems(users, s), doneItems(users, s)} {
		f.kind = f.columns[3]
		f.group = f.user + ", " + f.kind
		q.add(n, sums(f, "COUNT(*)", "SUM(p.minutes + p.travel)"), f.args)
	}
	var out []DayLoad
	err := q.each(tx, func(rows *sql.Rows) error {
		var d DayLoad
		var none int
		err := rows.Scan(&none, &d.User, &d.Day, &d.Contacts, &d.Minutes)
		out = append(out, d)
		return err
	})
	return out, wrap("sum up days", err)
}
