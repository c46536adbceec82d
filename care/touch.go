package care

import (
	"errors"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// touch puts on a standing how often the account must hear of us; without a rhythm there is nothing to be late for.
func (i InboxRules) touch(row *models.Standing, t cadence.Touch) {
	row.ContactEvery = t.Every
	if t.Every == 0 {
		return
	}
	until, neglected := t.InTouchUntil(), t.NeglectedOn(i.NeglectFactor)
	row.InTouchUntil, row.NeglectedOn = &until, &neglected
}

// since reckons the distance of the contact from the one before it, and mends that of the one after it when this one comes
// late. It runs before the contact is saved.
func (w *logging) since() error {
	if !w.log.Outcome.Touches(w.log.Kind) {
		return nil
	}
	w.log.DueEvery = w.account.ContactEvery
	before, err := w.tx.TouchBefore(w.account.ID, w.log.StartedAt)
	if err == nil {
		w.log.SinceLast = distance(before.Day, w.log.Day)
	}
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return err
	}
	return w.mendNext()
}

// mendNext shortens the distance of the contact that came after a late one.
func (w *logging) mendNext() error {
	if w.account.LastContactOn == nil || *w.account.LastContactOn < w.log.Day {
		return nil
	}
	after, err := w.tx.TouchAfter(w.account.ID, w.log.StartedAt)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	after.SinceLast = distance(w.log.Day, after.Day)
	return w.tx.ChangeLog(&after, "since_last")
}

func distance(from, to civil.Date) *int {
	days := max(int(to-from), 0)
	return &days
}

// keepTouch moves the account's days ahead; a late or older contact never moves them back. The next plan reckons them anew.
func (w *logging) keepTouch() []string {
	a := &w.account
	if !w.log.Outcome.Touches(w.log.Kind) || a.ContactEvery == 0 {
		return nil
	}
	t := cadence.Touch{Every: a.ContactEvery, From: w.log.Day}
	if a.InTouchUntil != nil && *a.InTouchUntil >= t.InTouchUntil() {
		return nil
	}
	until, neglected := t.InTouchUntil(), t.NeglectedOn(w.policy.Inbox.NeglectFactor)
	a.InTouchUntil, a.NeglectedOn = &until, &neglected
	return []string{"in_touch_until", "neglected_on"}
}

// meetCases notes the first contact that reached the customer after a case was opened.
func (w *logging) meetCases() error {
	if !w.log.Outcome.Touches(w.log.Kind) {
		return nil
	}
	files, err := w.tx.OpenCasesOf(auth.System(), w.account.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !w.meets(f.Case) {
			continue
		}
		f.Case.ContactedAt = &w.log.StartedAt
		if err := w.tx.ChangeCase(&f.Case, "contacted_at"); err != nil {
			return err
		}
	}
	return nil
}

// meets tells whether the contact is the first one after the case was opened, as far as is known by now.
func (w *logging) meets(c models.Case) bool {
	after := w.log.Day > c.OpenedOn || !w.log.StartedAt.Before(c.CreatedAt)
	return after && (c.ContactedAt == nil || w.log.StartedAt.Before(*c.ContactedAt))
}
