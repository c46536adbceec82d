package models

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"huifang/auth"
	"huifang/civil"
)

// reached is the one place where a scope becomes SQL: a condition on a row of accounts, which goes by the given name. A
// reach it does not know reaches nothing, and no erased account is ever visible.
func reached(sc auth.Scope, today civil.Date, row string) (condition string, args []any) {
	switch sc.Reach {
	case auth.ReachOwn:
		return row + ".erased_at IS NULL AND (" + row + ".rep_id = ? OR " + row + ".id IN (" + coveredBy + ") OR " + row + ".id IN (" + naming + "))",
			list(sc.User, sc.User, today, today, sc.User)
	case auth.ReachExpert:
		return row + ".erased_at IS NULL AND " + row + ".id IN (" + naming + ")", list(sc.User)
	case auth.ReachTeam:
		return row + ".erased_at IS NULL AND (" + row + ".rep_id IN (" + ofTeam + ") OR " + row + ".id IN (" + coveredByTeam + "))",
			list(sc.Team, sc.Team, today, today)
	case auth.ReachCompany, auth.ReachSystem:
		return row + ".erased_at IS NULL", nil
	}
	return "1 = 0", nil
}

const (
	coveredBy     = "SELECT c.account_id FROM covers c WHERE c.rep_id = ? AND c.from_day <= ? AND c.to_day >= ?"
	coveredByTeam = "SELECT c.account_id FROM covers c WHERE c.rep_id IN (" + ofTeam + ") AND c.from_day <= ? AND c.to_day >= ?"
	ofTeam        = "SELECT u.id FROM users u WHERE u.team_id = ?"
	naming        = "SELECT p.account_id FROM plan_items p WHERE p.expert_id = ? AND p.status IN ('OPEN', 'STARTED')"
	held          = "SELECT h.id FROM accounts h WHERE h.rep_id = ?"
)

func list(args ...any) []any { return args }

// accountKey is the column that names an account in its own table.
const accountKey = "accounts.id"

// in is a query that sees only rows whose account, named by the column, lies in the scope: in(sc, "accounts.id") for
// accounts themselves, in(sc, "plan_items.account_id") for what hangs on them.
func (tx *Tx) in(sc auth.Scope, column string) *gorm.DB { return tx.db.Where(tx.within(sc, column)) }

// within is the condition of in, for queries that combine it with others. Its shapes are those that were fast on 40,000
// accounts, for one row as well as for lists.
func (tx *Tx) within(sc auth.Scope, column string) clause.Expr {
	if column != accountKey {
		condition, args := reached(sc, tx.Today, "a")
		return gorm.Expr("EXISTS (SELECT 1 FROM accounts a WHERE a.id = "+column+" AND "+condition+")", args...)
	}
	if sc.Reach == auth.ReachOwn && tx.store.dialect == MySQL {
		return heldOrCovered(sc, tx.Today)
	}
	condition, args := reached(sc, tx.Today, "accounts")
	return gorm.Expr("("+condition+")", args...)
}

// heldOrCovered is reached of a rep, for MySQL: it reads the whole table for an OR with a subquery, but starts at the few
// accounts of a UNION.
func heldOrCovered(sc auth.Scope, today civil.Date) clause.Expr {
	return gorm.Expr("(accounts.erased_at IS NULL AND accounts.id IN (SELECT v.id FROM ("+held+" UNION "+coveredBy+" UNION "+naming+") v))",
		sc.User, sc.User, today, today, sc.User)
}
