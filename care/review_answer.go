package care

import (
	"context"
	"errors"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// AnswerReview is an author's word on a contact of theirs that looked odd (story 16).
type AnswerReview struct {
	ID     id.ID // of the command
	LogID  id.ID
	Answer string // replaces the one before
}

// AnswerReview keeps the author's answer, whoever holds the account by now. NOT_FOUND for a contact of somebody else or one
// that never looked odd, CONFLICT once the review is settled.
func (s *Service) AnswerReview(ctx context.Context, in AnswerReview) (ReviewCard, error) {
	c := command{in.ID, "AnswerReview", in}
	return commanded(ctx, s, auth.LogContact, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := needed("answer", in.Answer, maxText); err != nil {
			return id.ID{}, err
		}
		r, _, err := lockReview(tx, in.LogID, func(l models.ContactLog) error {
			if l.UserID != v.User {
				return NotFound("contact log")
			}
			return nil
		})
		if err != nil {
			return id.ID{}, err
		}
		if r.Answer, err = s.seal(sealedAt{"reviews", "answer", r.LogID}, in.Answer); err != nil {
			return id.ID{}, err
		}
		r.AnsweredAt = &tx.Now
		if err := tx.ChangeReview(&r, "answer", "answered_at"); err != nil {
			return id.ID{}, err
		}
		return r.LogID, tx.AddAudit(deed(v, "ANSWER_REVIEW", "reviews", r.LogID, r.AccountID, nil))
	}, s.reviewMade)
}

// SettleReview ends the review of a contact.
type SettleReview struct {
	ID      id.ID // of the command
	LogID   id.ID
	Verdict models.Verdict
	Why     string // needed unless it was fine
}

// SettleReview notes what a leader thinks of a contact of somebody they lead. Nobody settles their own but a manager, who
// has nobody above. CONFLICT when it is settled.
func (s *Service) SettleReview(ctx context.Context, in SettleReview) (ReviewCard, error) {
	c := command{in.ID, "SettleReview", in}
	return commanded(ctx, s, auth.ReadTeam, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(); err != nil {
			return id.ID{}, err
		}
		r, l, err := lockReview(tx, in.LogID, func(l models.ContactLog) error { return leads(tx, v, l) })
		if err != nil {
			return id.ID{}, err
		}
		if l.UserID == v.User && v.Role != auth.Manager {
			return id.ID{}, Refused("D9", "a manager settles the review of your own contact: ask yours")
		}
		r.Open, r.Verdict, r.Why, r.SettledAt, r.SettledBy = false, in.Verdict, in.Why, &tx.Now, &v.User
		if err := tx.ChangeReview(&r, "open", "verdict", "why", "settled_at", "settled_by"); err != nil {
			return id.ID{}, err
		}
		return r.LogID, tx.AddAudit(deed(v, "SETTLE_REVIEW", "reviews", r.LogID, r.AccountID, map[string]any{"verdict": in.Verdict}))
	}, s.reviewMade)
}

func (in SettleReview) check() error {
	switch in.Verdict {
	case models.VerdictFine:
		return checkText("why", in.Why, maxText)
	case models.VerdictTalk:
		return needed("why", in.Why, maxText)
	}
	return Invalid("verdict", "%q is no verdict", in.Verdict).By("enum")
}

// leads tells whether the viewer leads the author of a contact or sees its account: NOT_FOUND when neither.
func leads(tx *models.Tx, v auth.Viewer, l models.ContactLog) error {
	_, err := tx.UserInScope(v.Scope(), l.UserID)
	if errors.Is(err, models.ErrNotFound) {
		_, err = tx.Account(v.Scope(), l.AccountID)
	}
	return missing(err, "contact log")
}

// lockReview locks the account of a contact the viewer may judge and reads its open review. CONFLICT when it is settled.
func lockReview(tx *models.Tx, log id.ID, may func(models.ContactLog) error) (models.Review, models.ContactLog, error) {
	l, err := tx.Log(auth.System(), log)
	if err != nil {
		return models.Review{}, l, missing(err, "contact log")
	}
	if err := may(l); err != nil {
		return models.Review{}, l, err
	}
	if _, err := tx.LockAccount(auth.System(), l.AccountID); err != nil {
		return models.Review{}, l, missing(err, "contact log")
	}
	r, err := tx.Review(log)
	if err != nil {
		return r, l, missing(err, "review of this contact")
	}
	if !r.Open {
		return r, l, Conflict("the review is settled: read it again")
	}
	return r, l, nil
}

// Review reads the review of a contact the viewer made or whose account they see; nil when it was never odd.
func (s *Service) Review(ctx context.Context, log id.ID) (*ReviewCard, error) {
	var card *ReviewCard
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		l, err := tx.Log(auth.System(), log)
		if err == nil && l.UserID != v.User {
			err = seesReview(tx, v, l)
		}
		if err != nil {
			return missing(err, "contact log")
		}
		reviews, err := tx.ReviewsOf([]id.ID{log})
		if err != nil {
			return err
		}
		card, err = s.reviewCard(l, reviews)
		return err
	})
	return card, err
}

// seesReview: a leader also sees that of an account which has gone to another team.
func seesReview(tx *models.Tx, v auth.Viewer, l models.ContactLog) error {
	if auth.Can(v, auth.ReadTeam) == nil {
		return leads(tx, v, l)
	}
	_, err := tx.Account(v.Scope(), l.AccountID)
	return err
}

func (s *Service) reviewMade(tx *models.Tx, _ auth.Viewer, log id.ID) (ReviewCard, error) {
	l, err := tx.Log(auth.System(), log)
	if err != nil {
		return ReviewCard{LogID: log}, missing(err, "contact log")
	}
	r, err := tx.Review(log)
	if err != nil {
		return ReviewCard{}, err
	}
	card, err := s.reviewCard(l, map[id.ID]models.Review{log: r})
	if err != nil {
		return ReviewCard{}, err
	}
	return *card, nil
}

// reviewCard is the review of a contact among some, opened; nil when there is none.
func (s *Service) reviewCard(l models.ContactLog, reviews map[id.ID]models.Review) (*ReviewCard, error) {
	r, ok := reviews[l.ID]
	if !ok {
		return nil, nil
	}
	answer, err := s.open(sealedAt{"reviews", "answer", r.LogID}, r.Answer)
	if err != nil {
		return nil, err
	}
	return &ReviewCard{
		LogID: r.LogID, Flags: ReviewFlags(l), Open: r.Open, Answer: answer, AnsweredAt: r.AnsweredAt,
		Verdict: r.Verdict, Why: r.Why, SettledAt: r.SettledAt,
	}, nil
}
