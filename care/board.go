package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// BoardInput says which cases to list; empty fields ask for nothing.
type BoardInput struct {
	Kinds  []models.CaseKind
	Causes []cadence.StopCause
	Steps  []models.StepKind // of the step whose turn it is
	Owner  *id.ID
	Team   *id.ID
	Closed bool // those closed in the last 90 days instead of open ones
}

// closedDays is for how long the board shows closed cases.
const closedDays = 90

// Board is a page of cases.
type Board struct {
	Rows []BoardRow
	More bool
}

// BoardRow is one case on the board.
type BoardRow struct {
	Case        models.Case
	AccountName string
	Tier        string
	Owner       Person
	Steps       []models.CaseStep
	Next        *models.CaseStep // whose turn it is
	DaysLeft    *int             // until that step is due; below 0 it is late
	Item        *models.PlanItem // planned for the case
	Joint       *JointCard
	Cursor      string
}

// CaseBoard lists the cases of the accounts the viewer leads, by what is due first, in four statements.
func (s *Service) CaseBoard(ctx context.Context, in BoardInput, page Page) (Board, error) {
	var b Board
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		n, err := page.size()
		if err != nil {
			return err
		}
		after, err := boardPlace(page.After)
		if err != nil {
			return err
		}
		rows, err := tx.Board(v.Scope(), in.search(tx.Today), after, n+1)
		if err != nil {
			return err
		}
		if b.More = len(rows) > n; b.More {
			rows = rows[:n]
		}
		return b.fill(tx, rows)
	})
	return b, err
}

func (in BoardInput) search(today civil.Date) models.BoardSearch {
	s := models.BoardSearch{Kinds: in.Kinds, Causes: in.Causes, Steps: in.Steps, Owner: in.Owner, Team: in.Team}
	if in.Closed {
		since := today - closedDays
		s.ClosedSince = &since
	}
	return s
}

// boardPlace reads a cursor, nil for the first page.
func boardPlace(cursor string) (*models.After, error) {
	if cursor == "" {
		return nil, nil
	}
	var place models.After
	if err := readCursor(cursor, &place); err != nil {
		return nil, err
	}
	if _, err := civil.Parse(place.Value); err != nil {
		return nil, Invalid("after", "is no cursor of this list").By("cursor")
	}
	return &place, nil
}

// fill reads what hangs on a page of cases.
func (b *Board) fill(tx *models.Tx, rows []models.BoardCase) error {
	keys := make([]id.ID, len(rows))
	for i, r := range rows {
		keys[i] = r.Case.ID
	}
	steps, err := tx.StepsOfCases(keys)
	if err != nil {
		return err
	}
	items, err := tx.ItemsOfCases(keys)
	if err != nil {
		return err
	}
	joints, err := tx.JointsOfCases(keys)
	if err != nil {
		return err
	}
	for _, r := range rows {
		row, err := boardRow(r, tx.Today)
		if err != nil {
			return err
		}
		row.Steps = steps[r.Case.ID]
		if of := items[r.Case.ID]; len(of) > 0 {
			row.Item = &of[0]
		}
		if of := joints[r.Case.ID]; len(of) > 0 {
			card := jointCard(of[0])
			row.Joint = &card
		}
		b.Rows = append(b.Rows, row)
	}
	return nil
}

func boardRow(r models.BoardCase, today civil.Date) (BoardRow, error) {
	row := BoardRow{Case: r.Case, AccountName: r.AccountName, Tier: r.Tier, Owner: Person{r.Case.OwnerID, r.OwnerName}}
	if r.Case.Status == models.CaseOpen && !r.Next.ID.IsZero() {
		left := int(r.Next.DueOn - today)
		row.Next, row.DaysLeft = &r.Next, &left
	}
	var err error
	row.Cursor, err = cursorOf(models.After{Value: r.Sorted.String(), ID: r.Case.ID})
	return row, err
}

// GiveCase gives a case to somebody else to answer for.
type GiveCase struct {
	ID      id.ID // of the command
	CaseID  id.ID
	OwnerID id.ID
}

// GiveCase gives a case to its account's rep, to a supervisor of that rep's team or to a manager (D7). CONFLICT when it is
// closed.
func (s *Service) GiveCase(ctx context.Context, in GiveCase) (models.CaseFile, error) {
	c := command{in.ID, "GiveCase", in}
	return commanded(ctx, s, auth.DecideCase, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		f, a, err := lockCase(tx, v, in.CaseID)
		if err != nil {
			return id.ID{}, err
		}
		if f.Case.Status != models.CaseOpen {
			return id.ID{}, Conflict("the case is closed already, as %s", f.Case.Status)
		}
		if err := mayOwn(tx, a, in.OwnerID); err != nil {
			return id.ID{}, err
		}
		before := f.Case.OwnerID
		f.Case.OwnerID, f.Case.UpdatedAt = in.OwnerID, tx.Now
		if err := tx.ChangeCase(&f.Case, "owner_id", "updated_at"); err != nil {
			return id.ID{}, err
		}
		return in.CaseID, tx.AddAudit(deed(v, "GIVE_CASE", "cases", in.CaseID, a.ID, map[string]any{"owner_id": []any{before, in.OwnerID}}))
	}, result((*models.Tx).CaseMade))
}

// mayOwn asks whether somebody can answer for a case of an account.
func mayOwn(tx *models.Tx, a models.Account, owner id.ID) error {
	rep, err := tx.User(a.RepID)
	if err != nil || owner == rep.ID && rep.DisabledAt == nil {
		return err
	}
	leaders, err := tx.CompanionsOf(rep)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(leaders, func(u models.User) bool { return u.ID == owner && u.Role != string(auth.Expert) }) {
		return NotFound("owner for this case: choose its rep, a supervisor of the team or a manager")
	}
	return nil
}
