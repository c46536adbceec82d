package models

import (
	"gorm.io/gorm"

	"huifang/auth"
	"huifang/civil"
)

// No erased account is ever visible: every branch below says so. The ids come as a plain list from a derived table, so
// that MySQL starts at the few accounts of the viewer instead of asking for every row whether it is visible.
const (
	heldBy = "SELECT a.id FROM accounts a WHERE a.rep_id = ? AND a.erased_at IS NULL"

	coveredBy = "SELECT a.id FROM covers c JOIN accounts a ON a.id = c.account_id" +
		" WHERE c.rep_id = ? AND c.from_day <= ? AND c.to_day >= ? AND a.erased_at IS NULL"

	naming = "SELECT a.id FROM plan_items p JOIN accounts a ON a.id = p.account_id" +
		" WHERE p.expert_id = ? AND p.status IN ('OPEN', 'STARTED') AND a.erased_at IS NULL"

	heldByTeam = "SELECT a.id FROM users u JOIN accounts a ON a.rep_id = u.id" +
		" WHERE u.team_id = ? AND a.erased_at IS NULL"

	coveredByTeam = "SELECT a.id FROM users u JOIN covers c ON c.rep_id = u.id JOIN accounts a ON a.id = c.account_id" +
		" WHERE u.team_id = ? AND c.from_day <= ? AND c.to_day >= ? AND a.erased_at IS NULL"

	everybody = "SELECT a.id FROM accounts a WHERE a.erased_at IS NULL"
)

// visible is the one place where a scope becomes SQL: a SELECT of the ids of the accounts it reaches on a day. A reach
// it does not know reaches nothing, and says so with false.
func visible(sc auth.Scope, today civil.Date) (query string, args []any, some bool) {
	switch sc.Reach {
	case auth.ReachOwn:
		return heldBy + " UNION " + coveredBy, list(sc.User, sc.User, today, today), true
	case auth.ReachExpert:
		return naming, list(sc.User), true
	case auth.ReachTeam:
		return heldByTeam + " UNION " + coveredByTeam, list(sc.Team, sc.Team, today, today), true
	case auth.ReachCompany, auth.ReachSystem:
		return everybody, nil, true
	}
	return "", nil, false
}

func list(args ...any) []any { return args }

// in is a query that sees only rows whose account, named by the column, lies in the scope: in(sc, "accounts.id") for
// accounts themselves, in(sc, "plan_items.account_id") for what hangs on them.
func (tx *Tx) in(sc auth.Scope, column string) *gorm.DB {
	query, args, some := visible(sc, tx.Today)
	if !some {
		return tx.db.Where("1 = 0")
	}
	return tx.db.Where(column+" IN (SELECT v.id FROM ("+query+") v)", args...)
}
