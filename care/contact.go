package care

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// LogContact is what happened, as the app says it. ID is made when it is written and becomes the key of the log.
type LogContact struct {
	ID        id.ID
	AccountID id.ID
	ItemID    *id.ID // the plan item it answers, nil for an unplanned contact
	Kind      cadence.Kind
	Outcome   cadence.Outcome
	StartedAt time.Time
	EndedAt   *time.Time
	Lat, Lng  *float64 // missing when the phone had no position
	Datum     Datum    `json:",omitempty"` // of the position; left out of the hash when empty: old phones do not send it
	Accuracy  *float64 // metres

	Usage      Usage
	Effect     Effect
	Reaction   bool // an adverse reaction: opens a case
	Objectives []cadence.Objective
	Feeling    string
	Note       string
	Present    []string
	Took       []models.Took `json:",omitempty"` // left out of the hash when empty: old phones do not send it

	NextStep string
	NextOn   *civil.Date // plans a contact on exactly that day
	NextKind cadence.Kind
}

// Usage is whether the product is used.
type Usage string

// The answers; empty when it was not asked.
const (
	UsesRegularly   Usage = "REGULAR"
	UsesIrregularly Usage = "IRREGULAR"
	NotStarted      Usage = "NOT_STARTED"
	StoppedUsing    Usage = "STOPPED"
)

// Effect is what the product does for the customer.
type Effect string

// The answers; empty when it was not asked.
const (
	GoodEffect Effect = "GOOD"
	SomeEffect Effect = "SOME"
	NoEffect   Effect = "NONE"
	Discomfort Effect = "DISCOMFORT"
)

// LogContact writes down a contact or an attempt, late or in time, once however often it is sent. It closes the items
// the contact answers, opens a case for a reaction, and plans the next step. What is odd about it is flagged for review
// and never blocks; whoever made it keeps it, even when the account has gone to another rep (stories 1, 3, 10, 16).
func (s *Service) LogContact(ctx context.Context, in LogContact) (models.ContactLog, error) {
	in.StartedAt = in.StartedAt.UTC().Truncate(time.Millisecond)
	var log models.ContactLog
	once := func(tx *models.Tx, v auth.Viewer) error {
		var err error
		log, err = s.logOnce(tx, v, in)
		pushedIn(tx.Context()).logged(log)
		return err
	}
	err := s.write(ctx, auth.LogContact, once)
	if errors.Is(err, errTwin) {
		err = s.write(ctx, auth.LogContact, once)
	}
	return log, err
}

// logOnce logs a contact unless it was logged before.
func (s *Service) logOnce(tx *models.Tx, v auth.Viewer, in LogContact) (models.ContactLog, error) {
	hash, err := hashOf("LogContact", in)
	if err != nil {
		return models.ContactLog{}, err
	}
	old, err := tx.Log(auth.System(), in.ID)
	if err == nil {
		return old, sameLog(old, v, hash)
	}
	if !errors.Is(err, models.ErrNotFound) {
		return models.ContactLog{}, err
	}
	if err := in.check(tx); err != nil {
		return models.ContactLog{}, err
	}
	return s.log(tx, v, in, hash)
}

func sameLog(old models.ContactLog, v auth.Viewer, hash []byte) error {
	if old.UserID != v.User || !bytes.Equal(old.BodyHash, hash) {
		return otherContent("contact log")
	}
	return nil
}

// log writes a contact that is new, with everything that follows from it.
func (s *Service) log(tx *models.Tx, v auth.Viewer, in LogContact, hash []byte) (models.ContactLog, error) {
	account, late, err := logTarget(tx, v, in)
	if err != nil {
		return models.ContactLog{}, err
	}
	w := logging{s: s, tx: tx, v: v, in: in, account: account, flags: late}
	w.flags = append(w.flags, pushedIn(tx.Context()).flags()...)
	if w.policy, err = s.policy(tx); err != nil {
		return models.ContactLog{}, err
	}
	if w.log, err = s.logRow(tx, v, in, hash); err != nil {
		return models.ContactLog{}, err
	}
	for _, step := range []func() error{w.answer, w.judge, w.meetCases, w.react, w.next, w.since, w.save, w.sum, w.rise} {
		if err := step(); err != nil {
			return models.ContactLog{}, err
		}
	}
	return w.log, noted(tx, account.RepID, deed(v, "LOG_CONTACT", "contact_logs", w.log.ID, account.ID, nil))
}

// logTarget locks the account of a log. Whoever held it once, covered it or was to come along may still log: a visit made before the cut-over is theirs,
// a later one is accepted for review (story 1, design §4).
func logTarget(tx *models.Tx, v auth.Viewer, in LogContact) (models.Account, []Flag, error) {
	a, err := tx.LockAccount(v.Scope(), in.AccountID)
	if !errors.Is(err, models.ErrNotFound) {
		return a, nil, err
	}
	until, err := tx.TiedUntil(in.AccountID, v.User)
	if err != nil {
		return a, nil, missing(err, "account")
	}
	if a, err = tx.LockAccount(auth.System(), in.AccountID); err != nil {
		return a, nil, missing(err, "account")
	}
	if !in.StartedAt.Before(until) {
		return a, []Flag{FlagAfterHandover}, nil
	}
	return a, nil, nil
}

func (s *Service) logRow(tx *models.Tx, v auth.Viewer, in LogContact, hash []byte) (models.ContactLog, error) {
	note, err := s.seal(sealedAt{"contact_logs", "note", in.ID}, in.Note)
	lat, lng := in.Datum.storedMaybe(in.Lat, in.Lng)
	return models.ContactLog{
		ID: in.ID, AccountID: in.AccountID, UserID: v.User, ByRole: roleOf(v), ItemID: in.ItemID,
		Kind: in.Kind, Outcome: in.Outcome, Day: tx.Day(in.StartedAt), StartedAt: in.StartedAt, EndedAt: in.EndedAt,
		Lat: lat, Lng: lng, Accuracy: in.Accuracy, Usage: string(in.Usage), Effect: string(in.Effect),
		Reaction: in.Reaction, Objectives: in.Objectives, Feeling: in.Feeling, Note: note, Present: in.Present, Took: in.Took,
		NextStep: in.NextStep, NextOn: in.NextOn, NextKind: in.NextKind, BodyHash: hash, CreatedAt: tx.Now,
	}, err
}

// roleOf is as what a viewer makes a contact.
func roleOf(v auth.Viewer) cadence.Role { return cadence.Role(v.Role) }

// check refuses what cannot be: outcomes of other kinds, times that run backwards or lie ahead of the clock.
func (in LogContact) check(tx *models.Tx) error {
	if in.ID.IsZero() {
		return Invalid("id", "make a UUIDv7 for the log").By("required")
	}
	if !in.Outcome.For(in.Kind) {
		return Invalid("outcome", "a %s cannot end as %s", in.Kind, in.Outcome).By("outcome")
	}
	return firstError(in.checkTimes(tx.Now), in.checkAnswers(), in.checkNext(tx),
		position("position", in.Lat, in.Lng), in.Datum.check("position"), in.checkTexts())
}

// longestContact is how long a contact may have lasted.
const longestContact = 12 * time.Hour

func (in LogContact) checkTimes(now time.Time) error {
	if in.StartedAt.After(now.Add(clockSkew)) {
		return Invalid("startedAt", "lies in the future: set the clock of the phone").By("past")
	}
	if in.StartedAt.Before(now.AddDate(-2, 0, 0)) {
		return Invalid("startedAt", "lies more than two years back").By("past")
	}
	if in.EndedAt == nil {
		return nil
	}
	if lasted := in.EndedAt.Sub(in.StartedAt); lasted < 0 || lasted > longestContact {
		return Invalid("endedAt", "a contact ends after it began, within 12 hours").By("duration")
	}
	if in.EndedAt.After(now.Add(clockSkew)) {
		return Invalid("endedAt", "lies in the future: set the clock of the phone").By("past")
	}
	return nil
}

func (in LogContact) checkAnswers() error {
	if !slices.Contains([]Usage{"", UsesRegularly, UsesIrregularly, NotStarted, StoppedUsing}, in.Usage) {
		return Invalid("usage", "%q is no answer", in.Usage).By("enum")
	}
	if !slices.Contains([]Effect{"", GoodEffect, SomeEffect, NoEffect, Discomfort}, in.Effect) {
		return Invalid("effect", "%q is no answer", in.Effect).By("enum")
	}
	if in.Accuracy != nil && !(*in.Accuracy >= 0) {
		return Invalid("accuracy", "must be metres, not negative").By("position")
	}
	if err := in.checkTook(); err != nil {
		return err
	}
	if len(in.Objectives) > maxList || len(in.Present) > maxList {
		return Invalid("objectives", "at most %d objectives and people", maxList).By("length")
	}
	return nil
}

func (in LogContact) checkTook() error {
	for i, t := range in.Took {
		if t != models.TookRepurchase && t != models.TookReferral || slices.Contains(in.Took[:i], t) {
			return Invalid("took", "%q is nothing a contact brings, or stands there twice", t).By("enum")
		}
	}
	return nil
}

// checkNext looks at the day agreed on. One that has passed by now is fine: the log may come late.
func (in LogContact) checkNext(tx *models.Tx) error {
	if in.NextOn == nil {
		return nil
	}
	if !slices.Contains(cadence.AllKinds(), in.NextKind) {
		return Invalid("nextKind", "say how: %q is no kind of contact", in.NextKind).By("enum")
	}
	day := tx.Day(in.StartedAt)
	if *in.NextOn < day || *in.NextOn > day+furthest {
		return Invalid("nextOn", "choose a day from the contact on, at most %d days ahead", furthest).By("future")
	}
	return nil
}

func (in LogContact) checkTexts() error {
	for _, o := range in.Objectives {
		if err := needed("objectives", string(o), maxShort); err != nil {
			return err
		}
	}
	return firstError(checkText("feeling", in.Feeling, maxShort), checkText("note", in.Note, maxNote),
		checkText("nextStep", in.NextStep, maxText), words("present", in.Present))
}
