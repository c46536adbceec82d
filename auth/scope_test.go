package auth

import (
	"context"
	"errors"
	"testing"

	"huifang/id"
)

var (
	user1 = id.ID{15: 1}
	team1 = id.ID{15: 2}
)

func TestScope(t *testing.T) {
	for _, c := range []struct {
		name   string
		viewer Viewer
		want   Scope
	}{
		{"a rep sees the own accounts", Viewer{User: user1, Role: Rep, Team: team1}, Scope{ReachOwn, user1, team1}},
		{"an expert sees the accounts of items naming them", Viewer{User: user1, Role: Expert}, Scope{ReachExpert, user1, id.ID{}}},
		{"a supervisor sees the team", Viewer{User: user1, Role: Supervisor, Team: team1}, Scope{ReachTeam, user1, team1}},
		{"a supervisor without a team sees nothing", Viewer{User: user1, Role: Supervisor}, Scope{}},
		{"a manager sees the company", Viewer{User: user1, Role: Manager}, Scope{ReachCompany, user1, id.ID{}}},
		{"an admin sees no account", Viewer{User: user1, Role: Admin, Team: team1}, Scope{}},
		{"a role nobody knows sees nothing", Viewer{User: user1, Role: "OWNER", Team: team1}, Scope{}},
		{"nobody sees nothing, whatever the role says", Viewer{Role: Manager}, Scope{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.viewer.Scope(); got != c.want {
				t.Errorf("scope %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestTheZeroScopeReachesNothing(t *testing.T) {
	if (Scope{}).Reach != ReachNone {
		t.Fatal("a forgotten scope must see nothing")
	}
}

func TestNoViewerHasTheScopeOfTheSystem(t *testing.T) {
	for _, role := range append(Roles(), "", "SYSTEM") {
		if (Viewer{User: user1, Role: role, Team: team1}).Scope().Reach == System().Reach {
			t.Errorf("%q has the scope of the system", role)
		}
	}
}

func TestFrom(t *testing.T) {
	rep := Viewer{User: user1, Role: Rep}
	for _, c := range []struct {
		name string
		ctx  context.Context
		want error
	}{
		{"a signed-in rep", With(t.Context(), rep), nil},
		{"nobody", t.Context(), ErrUnauthenticated},
		{"a viewer without a user", With(t.Context(), Viewer{Role: Rep}), ErrUnauthenticated},
		{"a viewer of an unknown role", With(t.Context(), Viewer{User: user1, Role: "ROOT"}), ErrUnauthenticated},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := From(c.ctx)
			if !errors.Is(err, c.want) || (err == nil && got != rep) {
				t.Errorf("viewer %+v, error %v, want error %v", got, err, c.want)
			}
		})
	}
}
