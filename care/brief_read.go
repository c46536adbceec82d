package care

import (
	"context"
	"time"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Story tells who the customer is, what they bought and how the last talks went, "zh" or "en".
func (b HandoverBrief) Story(lang string) []string {
	if lang == "en" {
		return b.StoryEN
	}
	return b.StoryZH
}

// Words tells what waits, "zh" or "en".
func (m OpenMatter) Words(lang string) string {
	if lang == "en" {
		return m.EN
	}
	return m.ZH
}

// Handover is the brief of the last handover of an account to who holds it now; nil when there was none, or it was taken
// back.
func (s *Service) Handover(ctx context.Context, account id.ID) (*HandoverBrief, error) {
	var out *HandoverBrief
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		if _, err := tx.Account(v.Scope(), account); err != nil {
			return missing(err, "account")
		}
		rows, err := tx.BriefsAmong([]id.ID{account})
		if err != nil {
			return err
		}
		if row, ok := rows[account]; ok {
			out, err = s.handoverBrief(row)
		}
		return err
	})
	return out, err
}

// ReadHandover says that the viewer has read the brief of an account that came to them. Reading twice is reading once.
// NOT_FOUND for whoever is not the receiver.
func (s *Service) ReadHandover(ctx context.Context, account id.ID) (HandoverBrief, error) {
	var out HandoverBrief
	err := s.write(ctx, auth.AnswerMove, func(tx *models.Tx, v auth.Viewer) error {
		row, err := received(tx, v, account)
		if err != nil {
			return err
		}
		if row.Moved.ReadAt == nil {
			at := pushedIn(tx.Context()).doneAt(*row.Moved.At, tx.Now)
			row.Moved.ReadAt = &at
			if err := tx.ChangeMoved(&row.Moved, "read_at"); err != nil {
				return err
			}
			if err := tx.AddAudit(deed(v, "READ_HANDOVER", "accounts", account, account, map[string]any{"move": row.Moved.MoveID})); err != nil {
				return err
			}
		}
		b, err := s.handoverBrief(row)
		if err == nil {
			out = *b
		}
		return err
	})
	return out, err
}

// received locks an account that the viewer holds, and reads how it came to them.
func received(tx *models.Tx, v auth.Viewer, account id.ID) (models.BriefRow, error) {
	a, err := tx.LockAccount(v.Scope(), account)
	if err != nil || a.RepID != v.User {
		return models.BriefRow{}, unseen(err, "account")
	}
	rows, err := tx.BriefsAmong([]id.ID{account})
	if err != nil {
		return models.BriefRow{}, err
	}
	row, ok := rows[account]
	if !ok {
		return row, NotFound("handover")
	}
	return row, nil
}

// doneAt is when a pushed command was written, between two instants; the later one for a request that comes by itself.
func (p *pushed) doneAt(from, to time.Time) time.Time {
	if p == nil || p.command.WrittenAt.After(to) {
		return to
	}
	if p.command.WrittenAt.Before(from) {
		return from
	}
	return p.command.WrittenAt
}

// handoverBrief opens a brief.
func (s *Service) handoverBrief(row models.BriefRow) (*HandoverBrief, error) {
	brief, err := s.openBrief(row.Moved)
	if err != nil {
		return nil, err
	}
	return &HandoverBrief{
		MoveID: row.Moved.MoveID, AccountID: row.Moved.AccountID, FromRep: Person{row.Moved.FromRepID, row.FromName},
		By: Person{row.CreatedBy, row.ByName}, At: *row.Moved.At, Reason: row.Reason, Note: row.Note, Brief: brief,
		JointVisitOn: row.JointDay, ReadAt: row.Moved.ReadAt,
	}, nil
}
