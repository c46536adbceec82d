package care

import (
	"cmp"
	"context"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// MoveFile is a move with its accounts.
type MoveFile struct {
	Move     MoveCard
	Accounts []MovedCard // by name
}

// MoveFilter narrows a list of moves; a zero field narrows nothing.
type MoveFilter struct {
	Statuses []models.MoveStatus
	Rep      *id.ID // who gives or receives
}

// MovePage is a page of moves, the latest first.
type MovePage struct {
	Moves   []MoveCard
	Cursors []string // of each
	More    bool
}

// Moves lists moves of accounts the viewer leads, in four statements.
func (s *Service) Moves(ctx context.Context, f MoveFilter, page Page) (MovePage, error) {
	var out MovePage
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		n, err := page.size()
		if err != nil {
			return err
		}
		var after models.Cursor
		if page.After != "" {
			if err := readCursor(page.After, &after); err != nil {
				return err
			}
		}
		rows, err := tx.Moves(v.Scope(), models.MoveFilter(f), after, n+1)
		if err != nil {
			return err
		}
		out = MovePage{More: len(rows) > n}
		rows = rows[:min(n, len(rows))]
		for _, m := range rows {
			cursor, err := cursorOf(models.Cursor{At: m.CreatedAt, ID: m.ID})
			if err != nil {
				return err
			}
			out.Cursors = append(out.Cursors, cursor)
		}
		out.Moves, err = s.moveCards(tx, rows)
		return err
	})
	return out, err
}

// Move reads a move with those of its accounts that the viewer leads. NOT_FOUND when it has none.
func (s *Service) Move(ctx context.Context, move id.ID) (MoveFile, error) {
	var out MoveFile
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		m, err := tx.Move(v.Scope(), move)
		if err != nil {
			return missing(err, "move")
		}
		cards, err := s.moveCards(tx, []models.Move{m})
		if err != nil {
			return err
		}
		rows, err := tx.MovedSeen(v.Scope(), move)
		out = MoveFile{Move: cards[0], Accounts: movedCards(rows)}
		return err
	})
	return out, err
}

func movedCards(rows []models.NamedMoved) []MovedCard {
	out := make([]MovedCard, len(rows))
	for i, r := range rows {
		out[i] = movedCard(r)
	}
	return out
}

func movedCard(r models.NamedMoved) MovedCard {
	return MovedCard{
		AccountID: r.Moved.AccountID, AccountName: r.AccountName, FromRep: Person{r.Moved.FromRepID, r.FromName},
		Status: r.Moved.Status, ReadAt: r.Moved.ReadAt, Objection: r.Moved.Objection,
	}
}

// moveCards puts names and counts beside moves, in three statements.
func (s *Service) moveCards(tx *models.Tx, moves []models.Move) ([]MoveCard, error) {
	if len(moves) == 0 {
		return nil, nil
	}
	policy, err := s.policy(tx)
	if err != nil {
		return nil, err
	}
	keys, people := make([]id.ID, len(moves)), []id.ID{}
	for i, m := range moves {
		keys[i] = m.ID
		people = append(people, m.ToRepID, m.CreatedBy)
	}
	tallies, err := tx.MovedTallies(keys)
	if err != nil {
		return nil, err
	}
	for _, t := range tallies {
		people = append(people, t.FromRepID)
	}
	names, err := tx.UsersAmong(distinct(people))
	if err != nil {
		return nil, err
	}
	out := make([]MoveCard, len(moves))
	for i, m := range moves {
		out[i] = moveCard(m, tallies, names)
		out[i].UndoUntil = undoUntil(tx, m, policy.Moves)
	}
	return out, nil
}

func moveCard(m models.Move, tallies []models.MovedTally, names map[id.ID]models.User) MoveCard {
	person := func(x id.ID) Person { return Person{x, names[x].Name} }
	c := MoveCard{
		ID: m.ID, ToRep: person(m.ToRepID), Reason: m.Reason, Note: m.Note, OnDay: m.OnDay, Joint: m.Joint, Status: m.Status,
		By: person(m.CreatedBy), CreatedAt: m.CreatedAt, DoneAt: m.DoneAt, EndWhy: m.EndWhy,
	}
	for _, t := range tallies {
		if t.MoveID != m.ID {
			continue
		}
		c.FromReps = append(c.FromReps, person(t.FromRepID))
		c.Accounts, c.Read, c.Objected = c.Accounts+t.Accounts, c.Read+t.Read, c.Objected+t.Objected
	}
	slices.SortStableFunc(c.FromReps, func(a, b Person) int { return cmp.Compare(a.Name, b.Name) })
	return c
}

// undoUntil is the last day on which a move can be undone, nil when it cannot.
func undoUntil(tx *models.Tx, m models.Move, p Moves) *civil.Date {
	if m.Status != models.MoveDone || m.DoneAt == nil {
		return nil
	}
	last := tx.Day(*m.DoneAt) + civil.Date(p.UndoDays)
	if last < tx.Today {
		return nil
	}
	return &last
}
