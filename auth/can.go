package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// ErrForbidden says that the viewer's role may not do this. The transport shows it as REFUSED, or as NOT_FOUND where
// the answer would tell that something exists.
var ErrForbidden = errors.New("not allowed for this role")

// Can returns nil when the viewer's role may do the action, else an error that wraps ErrUnauthenticated (nobody) or
// ErrForbidden. What no row of the table allows is forbidden: unknown actions and unknown roles too.
func Can(v Viewer, a Action) error {
	if v.User.IsZero() {
		return fmt.Errorf("%s: %w", a, ErrUnauthenticated)
	}
	if v.Delivering && a != PushWork {
		return fmt.Errorf("%s with a delivery token: %w", a, ErrForbidden)
	}
	if !slices.Contains(rolesFor(a), v.Role) {
		return fmt.Errorf("%s as %s: %w", a, v.Role, ErrForbidden)
	}
	return nil
}

// Authorize is the first line of every use case: it returns the viewer of the context when they may do the action,
// else the error of From or Can. Whatever it decides, it notes that a decision was made (see WithCheck).
func Authorize(ctx context.Context, a Action) (Viewer, error) {
	note(ctx)
	v, err := From(ctx)
	if err != nil {
		return Viewer{}, fmt.Errorf("%s: %w", a, err)
	}
	if err := Can(v, a); err != nil {
		return Viewer{}, err
	}
	return v, nil
}

// rolesFor is the permission table. It is a switch and not a map so that nothing can change it while the program runs.
func rolesFor(a Action) []Role {
	switch a {
	case OwnLogin, PushWork, ReadPolicy:
		return Roles()

	// Everyone who meets accounts. The expert moves only the contacts that name them: scope and use case see to it.
	case ReadAccounts, ReadHealth, LogContact, PlanContact, WorkCase, AskLeave:
		return []Role{Rep, Expert, Supervisor, Manager}

	// Who answers for the account: the rep and those above.
	case EditFile, PauseAccount, StopAccount, RecordPurchase, RecordReturn, OverrideHorizon, ProposeGrade, AnswerMove:
		return []Role{Rep, Supervisor, Manager}

	// Who leads: a rep never moves accounts, nor decides their own case.
	case PauseArea, ConfirmGrade, DecideCase, Reassign, GrantLeave, PlanReps, ReadTeam:
		return []Role{Supervisor, Manager}

	// Whole-company data leaves and enters only through a manager, who also owns the policy.
	case ReadCompany, Import, Export, ChangePolicy:
		return []Role{Manager}

	case ManageUsers:
		return []Role{Admin}

	// Both, so that neither watches only themselves; the admin's scope keeps entries about accounts from them.
	case ReadAudit:
		return []Role{Manager, Admin}
	}
	return nil
}
