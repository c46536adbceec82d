package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Snooze puts an exception of the inbox aside.
type Snooze struct {
	ID      id.ID // of the command
	Kind    ExceptionKind
	Subject id.ID // Exception.ID
	Until   civil.Date
	Why     string
}

// longestSnooze is how many days an exception may be put aside.
const longestSnooze = 30

// Snooze puts an exception aside until a day, for everybody who would see it. What ends and goes wrong anew meanwhile shows
// again. NOT_FOUND for one that the viewer's inbox does not hold.
func (s *Service) Snooze(ctx context.Context, in Snooze) error {
	c := command{in.ID, "Snooze", in}
	_, err := commanded(ctx, s, auth.ReadTeam, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx.Today); err != nil {
			return id.ID{}, err
		}
		w, err := s.wrongNow(tx, v, in)
		if err != nil {
			return id.ID{}, err
		}
		row := models.Snooze{
			Kind: string(in.Kind), SubjectID: in.Subject, UntilDay: in.Until, Since: w.Since, Why: in.Why, CreatedBy: v.User, CreatedAt: tx.Now,
		}
		if err := tx.PutSnooze(row, w.RepID); err != nil {
			return id.ID{}, err
		}
		detail := map[string]any{"kind": in.Kind, "until": in.Until.String()}
		return in.Subject, tx.AddAudit(models.Audit{UserID: &v.User, Action: "SNOOZE", Entity: "snoozes", EntityID: &in.Subject, Detail: detail})
	}, func(_ *models.Tx, _ auth.Viewer, x id.ID) (id.ID, error) { return x, nil })
	return err
}

func (in Snooze) check(today civil.Date) error {
	if !slices.Contains(AllExceptionKinds(), in.Kind) {
		return Invalid("kind", "%q is no kind of exception", in.Kind).By("enum")
	}
	if in.Until <= today || in.Until > today+longestSnooze {
		return Invalid("until", "choose a day from tomorrow on, at most %d days ahead", longestSnooze).By("span")
	}
	return needed("why", in.Why, maxText)
}

// wrongNow finds the exception among those of the viewer, put aside before or not.
func (s *Service) wrongNow(tx *models.Tx, v auth.Viewer, in Snooze) (wrong, error) {
	d, err := s.desk(tx, v, InboxInput{})
	if err != nil {
		return wrong{}, err
	}
	d.asleep = nil
	if err := d.gather(in.Kind); err != nil {
		return wrong{}, err
	}
	at := slices.IndexFunc(d.rows, func(w wrong) bool { return w.kind == in.Kind && w.ID == in.Subject })
	if at < 0 {
		return wrong{}, NotFound("exception")
	}
	return d.rows[at], nil
}
