package models

import (
	"database/sql"
	"strings"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// CountedRow is one of the rows behind a number.
type CountedRow struct {
	ID, AccountID, UserID id.ID
	Day                   *civil.Date
	Kind                  cadence.Kind
	Status                ItemStatus
	Outcome               cadence.Outcome
	Since                 *civil.Date // due, neglected
	Days                  int         // since the contact before, -1 for none
	Minutes, Travel       int
	Amount                Fen
	Place                 civil.Date // what the list is ordered by
}

const figureColumns = 13

// figureNames are the columns of a row, in the order of a figure's.
const figureNames = "id account_id user_id day kind status outcome since days minutes travel amount place"

// FigureKind is a number of a workload that can be opened.
type FigureKind string

// The numbers.
const (
	FigureAccounts    FigureKind = "ACCOUNTS"
	FigureCovering    FigureKind = "COVERING"
	FigurePlanned     FigureKind = "PLANNED"
	FigureScheduled   FigureKind = "SCHEDULED"
	FigureDone        FigureKind = "DONE"
	FigureRemaining   FigureKind = "REMAINING"
	FigureLoad        FigureKind = "LOAD"
	FigureReached     FigureKind = "REACHED"
	FigureAttempts    FigureKind = "ATTEMPTS"
	FigureInTouch     FigureKind = "IN_TOUCH"
	FigureOutOfTouch  FigureKind = "OUT_OF_TOUCH"
	FigureRegular     FigureKind = "REGULAR"
	FigureIrregular   FigureKind = "IRREGULAR"
	FigureOverdue     FigureKind = "OVERDUE"
	FigureNeglected   FigureKind = "NEGLECTED"
	FigureRepurchases FigureKind = "REPURCHASES"
	FigureReferrals   FigureKind = "REFERRALS"
)

// FigureAsk says which rows of a number to read.
type FigureAsk struct {
	Figure  FigureKind
	Users   []id.ID
	Stretch Stretch
	Kind    cadence.Kind // empty for all
	Credit  Credit
}

// OfNow tells whether a number is known of today only.
func (k FigureKind) OfNow() bool {
	switch k {
	case FigureAccounts, FigureCovering, FigureInTouch, FigureOutOfTouch, FigureOverdue, FigureNeglected:
		return true
	}
	return false
}

// HasKinds tells whether a number is counted by kind of contact.
func (k FigureKind) HasKinds() bool {
	switch k {
	case FigurePlanned, FigureScheduled, FigureDone, FigureRemaining, FigureLoad, FigureReached, FigureAttempts, FigureRegular,
		FigureIrregular, FigureOverdue:
		return true
	}
	return false
}

// Newest tells whether a list has its newest rows first: what has happened, other than what waits.
func (k FigureKind) Newest() bool {
	switch k {
	case FigureDone, FigureReached, FigureAttempts, FigureRegular, FigureIrregular, FigureRepurchases, FigureReferrals:
		return true
	}
	return false
}

// figures are what a number is the sum of; none for one nobody knows.
func (a FigureAsk) figures(today civil.Date) []figure {
	u, s := a.Users, a.Stretch
	switch a.Figure {
	case FigureAccounts:
		return []figure{heldAccounts(u, "a.last_contact_on")}
	case FigureCovering:
		return []figure{coveredAccounts(u, today)}
	case FigureInTouch:
		return []figure{heldAccounts(u, "a.in_touch_until").and(inTouch, today)}
	case FigureOutOfTouch:
		return []figure{heldAccounts(u, "a.in_touch_until").and(outOfTouch, today)}
	case FigureNeglected:
		return []figure{heldAccounts(u, "a.neglected_on").and(neglected, today)}
	case FigureRepurchases:
		return []figure{creditedOrders(u, []Stretch{s}, a.Credit)}
	case FigureReferrals:
		return []figure{broughtAccounts(u, s)}
	case FigureOverdue:
		return a.kinds(lateItems(u, today))
	}
	return a.kinds(a.work(today)...)
}

// work is what is planned and done.
func (a FigureAsk) work(today civil.Date) []figure {
	u, s := a.Users, a.Stretch
	open, along := openItems(u, s), alongItems(u, s)
	switch a.Figure {
	case FigurePlanned:
		return []figure{open, along, doneItems(u, s), shedDemands(u, s)}
	case FigureRemaining:
		return []figure{open, along, shedDemands(u, s)}
	case FigureLoad:
		return []figure{open, along, doneItems(u, s)}
	case FigureScheduled:
		return []figure{open.and("p.day >= ?", today), along.and("p.day >= ?", today)}
	case FigureDone:
		return []figure{doneItems(u, s)}
	}
	return a.logged()
}

func (a FigureAsk) logged() []figure {
	conditions := map[FigureKind]string{
		FigureReached: reachedThem(), FigureAttempts: missedThem(), FigureRegular: regularLog, FigureIrregular: irregularLog,
	}
	if c, ok := conditions[a.Figure]; ok {
		return []figure{contacts(a.Users, a.Stretch).and(c)}
	}
	return nil
}

func (a FigureAsk) kinds(all ...figure) []figure {
	if a.Kind == "" {
		return all
	}
	for i := range all {
		all[i] = all[i].of(a.Kind)
	}
	return all
}

// CountFigure is how many rows there are behind a number.
func (tx *Tx) CountFigure(a FigureAsk) (int, error) {
	var q union
	for n, f := range a.figures(tx.Today) {
		q.add(n, "COUNT(*) FROM "+f.from+" WHERE "+f.where, f.args)
	}
	total := 0
	err := q.each(tx, func(rows *sql.Rows) error {
		var which, n int
		err := rows.Scan(&which, &n)
		total += n
		return err
	})
	return total, wrap("count the rows of a number", err)
}

// FigureAfter is where a page of rows ended.
type FigureAfter struct {
	Place civil.Date
	ID    id.ID
	User  id.ID
}

// FigureRows reads a page of the rows behind a number, after a row when one is given.
func (tx *Tx) FigureRows(a FigureAsk, after *FigureAfter, n int) ([]CountedRow, error) {
	desc := a.Figure.Newest()
	var q union
	for i, f := range a.figures(tx.Today) {
		text, args := f.page(after, desc, n)
		q.add(i, "x.* FROM ("+text+") x", args)
	}
	if len(q.selects) == 0 {
		return nil, nil
	}
	statement := "SELECT " + strings.ReplaceAll(figureNames, " ", ", ") + " FROM (" + strings.Join(q.selects, " UNION ALL ") + ") y ORDER BY " +
		placed("place", "id", "user_id", desc) + " LIMIT ?"
	var out []CountedRow
	err := eachRow(tx.db.Raw(statement, append(q.args, n)...), func(rows *sql.Rows) error {
		var r CountedRow
		err := rows.Scan(&r.ID, &r.AccountID, &r.UserID, &r.Day, &r.Kind, &r.Status, &r.Outcome, &r.Since, &r.Days, &r.Minutes, &r.Travel, &r.Amount, &r.Place)
		out = append(out, r)
		return err
	})
	return out, wrap("read the rows of a number", err)
}

// page is a SELECT of the first rows of a figure after a row: every part of a number is cut before they are put together.
func (f figure) page(after *FigureAfter, desc bool, n int) (string, []any) {
	columns := make([]string, figureColumns)
	for i, name := range strings.Fields(figureNames) {
		columns[i] = f.columns[i] + " AS " + name
	}
	key, user, place := f.columns[0], f.columns[2], f.columns[figureColumns-1]
	if after != nil {
		op := ">"
		if desc {
			op = "<"
		}
		f = f.and("("+place+" "+op+" ? OR "+place+" = ? AND ("+key+" "+op+" ? OR "+key+" = ? AND "+user+" "+op+" ?))",
			after.Place, after.Place, after.ID, after.ID, after.User)
	}
	text := "SELECT " + strings.Join(columns, ", ") + " FROM " + f.from + " WHERE " + f.where +
		" ORDER BY " + placed(place, key, user, desc) + " LIMIT ?"
	return text, append(f.args[:len(f.args):len(f.args)], n)
}

func placed(place, key, user string, desc bool) string {
	if desc {
		return place + " DESC, " + key + " DESC, " + user + " DESC"
	}
	return place + ", " + key + ", " + user
}

// FigureKinds lists the numbers. The caller owns the slice.
func FigureKinds() []FigureKind {
	return []FigureKind{
		FigureAccounts, FigureCovering, FigurePlanned, FigureScheduled, FigureDone, FigureRemaining, FigureLoad, FigureReached,
		FigureAttempts, FigureInTouch, FigureOutOfTouch, FigureRegular, FigureIrregular, FigureOverdue, FigureNeglected,
		FigureRepurchases, FigureReferrals,
	}
}

// AccountNames are the names of those of some accounts that the scope reaches.
func (tx *Tx) AccountNames(sc auth.Scope, keys []id.ID) (map[id.ID]string, error) {
	out := map[id.ID]string{}
	if len(keys) == 0 {
		return out, nil
	}
	var rows []Account
	if err := tx.in(sc, accountKey).Select("accounts.id", "accounts.name").Where("accounts.id IN ?", keys).Find(&rows).Error; err != nil {
		return nil, wrap("read the names of accounts", err)
	}
	for _, a := range rows {
		out[a.ID] = a.Name
	}
	return out, nil
}
