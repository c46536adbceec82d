// Package auth answers who asks and what they may: passwords, tokens, the Viewer, the permission table and the scope.
//
// It decides and never stores: it knows no database, no clock of its own and no randomness of its own. A use case asks
// two questions of it, in this order: may this role do this at all (Authorize), and on which accounts (Viewer.Scope).
package auth

import (
	"context"
	"errors"

	"huifang/id"
)

// ErrUnauthenticated says that nobody is signed in. The transport shows it as UNAUTHENTICATED.
var ErrUnauthenticated = errors.New("not signed in")

// Role is what a user is in the company. Every user has exactly one.
type Role string

// The roles, from the one who cares for accounts to the one who looks after the settings.
const (
	Rep        Role = "REP"        // 售后代表: cares for assigned accounts
	Expert     Role = "EXPERT"     // 专家: calls, or goes along on a visit
	Supervisor Role = "SUPERVISOR" // 主管: leads a team of reps
	Manager    Role = "MANAGER"    // 经理: sees every team, owns the policy
	Admin      Role = "ADMIN"      // 管理员: users and settings, never health data
)

// Roles lists every role, in the order of the constants. The caller owns the slice.
func Roles() []Role { return []Role{Rep, Expert, Supervisor, Manager, Admin} }

// Valid tells whether the role is one of the constants.
func (r Role) Valid() bool {
	switch r {
	case Rep, Expert, Supervisor, Manager, Admin:
		return true
	}
	return false
}

// Viewer is the signed-in user on whose behalf a request runs, as the database knew them when the request began.
type Viewer struct {
	User    id.ID
	Role    Role
	Team    id.ID // zero when the user belongs to no team
	Store   id.ID // zero when the user belongs to no store
	Session id.ID
	Device  id.ID // on which the session was opened; zero when it named none
	// Delivering: known by a delivery token only. Such a viewer may push and do nothing else, and sees no account.
	Delivering bool
}

type viewerKey struct{}

// With returns a context that carries the viewer.
func With(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// From returns the viewer the context carries, or ErrUnauthenticated when there is none.
func From(ctx context.Context) (Viewer, error) {
	v, ok := ctx.Value(viewerKey{}).(Viewer)
	if !ok || v.User.IsZero() || !v.Role.Valid() {
		return Viewer{}, ErrUnauthenticated
	}
	return v, nil
}
