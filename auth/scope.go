package auth

import "huifang/id"

// Reach is how far a scope goes over the accounts. The zero value sees nothing, so a forgotten scope leaks nothing.
type Reach int

// The reaches, each wider than a mistake should make it. Storage must treat a value it does not know as ReachNone.
const (
	ReachNone    Reach = iota // no account
	ReachOwn                  // accounts Scope.User holds or covers now, or comes along to: an open plan item names them
	ReachExpert               // accounts with an open plan item that names Scope.User
	ReachTeam                 // accounts held or covered now by a rep of Scope.Team
	ReachCompany              // every account of every store
	ReachSystem               // every account, for jobs without a viewer; only System makes it
)

// Scope is which accounts a query may see. Every query of the storage layer takes one and turns it into a WHERE clause;
// what lies outside does not exist for the caller (NOT_FOUND, never FORBIDDEN).
type Scope struct {
	Reach Reach
	User  id.ID // whose accounts, for ReachOwn and ReachExpert
	Team  id.ID // whose accounts, for ReachTeam
}

// Scope returns which accounts the viewer sees. An admin sees none: settings, not health data. A supervisor without a
// team sees none either, rather than those of everybody without a team.
func (v Viewer) Scope() Scope {
	reach := v.reach()
	if reach == ReachNone {
		return Scope{}
	}
	return Scope{Reach: reach, User: v.User, Team: v.Team}
}

func (v Viewer) reach() Reach {
	switch {
	case v.User.IsZero(), v.Delivering:
		return ReachNone
	case v.Role == Rep:
		return ReachOwn
	case v.Role == Expert:
		return ReachExpert
	case v.Role == Supervisor && !v.Team.IsZero():
		return ReachTeam
	case v.Role == Manager:
		return ReachCompany
	}
	return ReachNone
}

// System is the scope of jobs that no user asked for: the nightly planner, import from the command line, backup.
// No request may use it.
func System() Scope { return Scope{Reach: ReachSystem} }
