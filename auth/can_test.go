package auth

import (
	"context"
	"errors"
	"strings"
	"testing"

	"huifang/id"
)

// permissions is the table once more, as a person would check it: the role where it may, a dot where it may not.
const permissions = `
OWN_LOGIN          REP EXPERT SUPERVISOR MANAGER ADMIN
PUSH_WORK          REP EXPERT SUPERVISOR MANAGER ADMIN
READ_ACCOUNTS      REP EXPERT SUPERVISOR MANAGER .
READ_HEALTH        REP EXPERT SUPERVISOR MANAGER .
EDIT_FILE          REP .      SUPERVISOR MANAGER .
LOG_CONTACT        REP EXPERT SUPERVISOR MANAGER .
PLAN_CONTACT       REP EXPERT SUPERVISOR MANAGER .
PAUSE_ACCOUNT      REP .      SUPERVISOR MANAGER .
PAUSE_AREA         .   .      SUPERVISOR MANAGER .
STOP_ACCOUNT       REP .      SUPERVISOR MANAGER .
RECORD_PURCHASE    REP .      SUPERVISOR MANAGER .
RECORD_RETURN      REP .      SUPERVISOR MANAGER .
OVERRIDE_HORIZON   REP .      SUPERVISOR MANAGER .
PROPOSE_GRADE      REP .      SUPERVISOR MANAGER .
CONFIRM_GRADE      .   .      SUPERVISOR MANAGER .
WORK_CASE          REP EXPERT SUPERVISOR MANAGER .
DECIDE_CASE        .   .      SUPERVISOR MANAGER .
REASSIGN           .   .      SUPERVISOR MANAGER .
ANSWER_MOVE        REP .      SUPERVISOR MANAGER .
ASK_LEAVE          REP EXPERT SUPERVISOR MANAGER .
GRANT_LEAVE        .   .      SUPERVISOR MANAGER .
PLAN_REPS          .   .      SUPERVISOR MANAGER .
READ_TEAM          .   .      SUPERVISOR MANAGER .
READ_COMPANY       .   .      .          MANAGER .
IMPORT             .   .      .          MANAGER .
EXPORT             .   .      .          MANAGER .
MANAGE_USERS       .   .      .          .       ADMIN
READ_POLICY        REP EXPERT SUPERVISOR MANAGER ADMIN
CHANGE_POLICY      .   .      .          MANAGER .
READ_AUDIT         .   .      .          MANAGER ADMIN
`

func TestPermissions(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(permissions), "\n")
	if len(lines) != len(Actions()) {
		t.Fatalf("%d rows for %d actions", len(lines), len(Actions()))
	}
	for i, action := range Actions() {
		columns := strings.Fields(lines[i])
		if Action(columns[0]) != action || len(columns) != 1+len(Roles()) {
			t.Fatalf("row %d is %q, want action %s and a column for each role", i, lines[i], action)
		}
		for j, role := range Roles() {
			checkPermission(t, Viewer{User: user1, Role: role}, action, columns[j+1] == string(role))
		}
	}
}

func checkPermission(t *testing.T, v Viewer, a Action, allowed bool) {
	t.Helper()
	err := Can(v, a)
	if allowed && err != nil {
		t.Errorf("%s may not %s: %v", v.Role, a, err)
	}
	if !allowed && !errors.Is(err, ErrForbidden) {
		t.Errorf("%s, %s: error %v, want ErrForbidden", v.Role, a, err)
	}
}

func TestWhatNoRowAllowsIsForbidden(t *testing.T) {
	for _, action := range append(Actions(), "", "DROP_EVERYTHING") {
		for _, role := range []Role{"", "OWNER", "manager"} {
			checkPermission(t, Viewer{User: user1, Role: role}, action, false)
		}
	}
	for _, role := range Roles() {
		checkPermission(t, Viewer{User: user1, Role: role}, "DROP_EVERYTHING", false)
		if err := Can(Viewer{Role: role}, OwnLogin); !errors.Is(err, ErrUnauthenticated) {
			t.Errorf("nobody as %s: error %v", role, err)
		}
	}
}

func TestAuthorize(t *testing.T) {
	rep := Viewer{User: user1, Role: Rep, Session: id.ID{15: 9}}
	for _, c := range []struct {
		name   string
		ctx    context.Context
		action Action
		want   error
	}{
		{"a rep logs a contact", With(t.Context(), rep), LogContact, nil},
		{"a rep moves accounts", With(t.Context(), rep), Reassign, ErrForbidden},
		{"nobody logs a contact", t.Context(), LogContact, ErrUnauthenticated},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := WithCheck(c.ctx)
			got, err := Authorize(ctx, c.action)
			if !errors.Is(err, c.want) || (err == nil) != (got == rep) {
				t.Errorf("viewer %+v, error %v, want error %v", got, err, c.want)
			}
			if !Checked(ctx) {
				t.Error("the decision was not noted")
			}
		})
	}
}

func TestChecked(t *testing.T) {
	ctx := WithCheck(t.Context())
	if Checked(ctx) {
		t.Error("a fresh context is checked")
	}
	child, cancel := context.WithCancel(ctx)
	defer cancel()
	Public(child)
	if !Checked(ctx) {
		t.Error("a decision made below does not show above")
	}
	if Checked(WithCheck(ctx)) {
		t.Error("a new request inherits the decision of another")
	}
	Public(t.Context())
	if Checked(t.Context()) {
		t.Error("a context without a marker is checked")
	}
}
