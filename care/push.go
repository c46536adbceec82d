package care

import (
	"context"
	"errors"
	"time"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// PushedCommand is something done on a device: a trusted document with its variables, JSON text.
type PushedCommand struct {
	ID        id.ID // made by the device
	Counter   int   // its number on the device, from 1
	WrittenAt time.Time
	Document  string
	Variables string
	Attempt   int // the how-many-eth its user asked for, from 1; 0: not told, it runs whenever it comes
}

// Pushed is what became of a push.
type Pushed struct {
	Epoch   id.ID
	Wipe    bool // the device must wipe the user's rows
	Answers []CommandAnswer
}

// CommandAnswer is what became of one command.
type CommandAnswer struct {
	ID       id.ID
	Status   AnswerStatus
	Code     string
	Field    string
	Rule     string
	Words    string
	Review   []Flag
	Sequence int64 // among the accepted ones of the user; 0 when it is not
	Receipt  string
}

// AnswerStatus is what became of a command.
type AnswerStatus string

// The answers. Only RETRY leaves the command as if it had never come.
const (
	Applied    AnswerStatus = "APPLIED"
	Duplicate  AnswerStatus = "DUPLICATE"          // accepted before
	Reassigned AnswerStatus = "APPLIED_REASSIGNED" // accepted, and the account is not the author's any more
	Conflicted AnswerStatus = "CONFLICT"
	Rejected   AnswerStatus = "REJECTED"
	Retry      AnswerStatus = "RETRY"
)

// Runner runs the documents that commands name.
type Runner interface {
	// Name tells the name of a document's operation: INVALID when it is none that carries work.
	Name(document string) (string, error)
	// Run runs it as any request is run; the first error of its answer is the error.
	Run(ctx context.Context, document, variables string) error
}

// maxPush is how many commands a push carries.
const maxPush = 20

// Push takes what was done on a device, in the order it was done, and answers each command by itself (design §4). The
// viewer must have signed in on the device, or deliver for it. The author is the viewer, as the database knows them now.
// INVALID for a report or a number of commands that cannot be, NOT_FOUND for another's device.
func (s *Service) Push(ctx context.Context, r DeviceReport, commands []PushedCommand, run Runner) (Pushed, error) {
	v, err := auth.Authorize(ctx, auth.PushWork)
	if err != nil {
		return Pushed{}, err
	}
	if len(commands) > maxPush {
		return Pushed{}, Invalid("commands", "%d at once: at most %d", len(commands), maxPush).By("length")
	}
	if err := r.check(v); err != nil {
		return Pushed{}, err
	}
	p := push{Service: s, runner: run}
	if err := p.hear(ctx, v, r, commands); err != nil {
		return Pushed{}, err
	}
	out := Pushed{Epoch: p.epoch, Wipe: !p.barredAt().IsZero()}
	for _, c := range commands {
		out.Answers = append(out.Answers, p.answer(ctx, c))
	}
	return out, nil
}

// push is one push being answered.
type push struct {
	*Service
	runner Runner
	author auth.Viewer
	user   models.User
	device models.Device
	epoch  id.ID
	key    []byte // of receipts
	known  map[id.ID]models.Operation
}

// hear reads who speaks and what is known of the commands, and writes down what the device says of itself.
func (p *push) hear(ctx context.Context, v auth.Viewer, r DeviceReport, commands []PushedCommand) error {
	keys := make([]id.ID, len(commands))
	for i, c := range commands {
		keys[i] = c.ID
	}
	return p.Store.Write(ctx, func(tx *models.Tx) error {
		var err error
		if p.user, err = tx.User(v.User); err != nil {
			return err
		}
		if p.device, err = tx.LockDevice(v.User, r.ID); err != nil {
			return missing(err, "device")
		}
		company, err := tx.Company()
		if err != nil {
			return err
		}
		p.author, p.epoch = viewerOf(p.user), company.Epoch
		p.author.Device = r.ID
		if p.known, err = tx.Operations(keys); err != nil {
			return err
		}
		if p.key, err = p.receiptKey(v.User, r.ID); err != nil {
			return err
		}
		return heard(tx, &p.device, r)
	})
}

// barredAt is from when on nothing new is taken from the device: it was revoked, or its user disabled. Zero for never.
func (p *push) barredAt() time.Time {
	var at time.Time
	for _, t := range []*time.Time{p.device.RevokedAt, p.user.DisabledAt} {
		if t != nil && (at.IsZero() || t.Before(at)) {
			at = *t
		}
	}
	return at
}

// answer runs one command and answers it, whatever happens.
func (p *push) answer(ctx context.Context, c PushedCommand) CommandAnswer {
	c.WrittenAt = c.WrittenAt.UTC().Truncate(time.Millisecond)
	w := &pushed{command: c, hash: commandHash(c), author: p.author, device: p.device, late: !p.barredAt().IsZero()}
	a := p.decide(ctx, w)
	a.ID = c.ID
	if a.Status != Retry {
		a.Receipt = receipt(p.key, a, w.hash, p.epoch)
	}
	return a
}

func (p *push) decide(ctx context.Context, w *pushed) CommandAnswer {
	if old, found := p.known[w.command.ID]; found && w.bars(old) {
		return p.repeated(ctx, w)
	}
	err := p.run(ctx, w)
	switch {
	case w.written: // what failed after it was only reading
		return accepted(AnswerStatus(w.row.Status), w.row)
	case w.earlier != nil:
		return p.repeated(ctx, w)
	}
	return p.refuse(ctx, w, err)
}

// run runs the command under its author.
func (p *push) run(ctx context.Context, w *pushed) error {
	if err := w.command.check(); err != nil {
		return err
	}
	var err error
	if w.name, err = p.runner.Name(w.command.Document); err != nil {
		return err
	}
	if err := p.inTime(w.command); err != nil {
		return err
	}
	if err := p.runner.Run(w.under(ctx), w.command.Document, w.command.Variables); err != nil || w.written {
		return err
	}
	// It changed nothing, and was not refused: that too happened once.
	return w.wrote(p.Store.Write(ctx, func(tx *models.Tx) error {
		return w.within(tx, p.author, func(*models.Tx, auth.Viewer) error { return nil })
	}))
}

// inTime refuses what was written when the author could not work on the device any more (D23).
func (p *push) inTime(c PushedCommand) error {
	at := p.barredAt()
	if at.IsZero() || !c.WrittenAt.After(at) {
		return nil
	}
	if p.user.DisabledAt != nil && p.user.DisabledAt.Equal(at) {
		return Refused("disabled", "written after the user was disabled: only what was done before is taken")
	}
	return Refused("revoked", "written after the device was revoked: only what was done before is taken")
}

func accepted(status AnswerStatus, row models.Operation) CommandAnswer {
	return CommandAnswer{Status: status, Sequence: row.Sequence, Review: splitFlags(row.Review)}
}

// repeated answers a command whose id is known.
func (p *push) repeated(ctx context.Context, w *pushed) CommandAnswer {
	switch old := w.earlier; {
	case w.isRepeated():
		return accepted(Duplicate, *old)
	case !old.Accepted() && old.UserID == w.author.User:
		return CommandAnswer{Status: AnswerStatus(old.Status), Code: old.Code, Field: old.Field, Rule: old.Rule}
	}
	return p.refuse(ctx, w, otherContent("command"))
}

// refuse answers a command that was not accepted, and records it: unless nothing can be said yet.
func (p *push) refuse(ctx context.Context, w *pushed, err error) CommandAnswer {
	e := AsError(err)
	a := CommandAnswer{Status: statusOf(e.Code), Code: string(e.Code), Field: e.Field, Rule: e.Rule, Words: e.Words}
	if a.Status == Retry || w.command.check() != nil {
		return a
	}
	err = p.Store.Write(ctx, func(tx *models.Tx) error { return w.refused(tx, models.OperationStatus(a.Status), *e) })
	switch {
	case err != nil:
		return p.refuse(ctx, w, errUnrecorded)
	case w.isRepeated(): // accepted meanwhile, from another connection
		return accepted(Duplicate, *w.earlier)
	}
	return a
}

// errUnrecorded makes the device send the command again.
var errUnrecorded = errors.New("what became of a command could not be recorded")

// statusOf is what a code means for a command.
func statusOf(c Code) AnswerStatus {
	switch c {
	case CodeInvalid, CodeRefused, CodeNotFound:
		return Rejected
	case CodeConflict:
		return Conflicted
	}
	return Retry
}

// What a command may hold. The database stores years of four digits.
const (
	maxDocumentID = 128
	maxVariables  = 64 << 10 // bytes
	maxCounter    = 1 << 30
)

// check refuses what no app of ours sends.
func (c PushedCommand) check() error {
	switch {
	case c.ID.IsZero():
		return Invalid("id", "make a UUIDv7 for the command").By("required")
	case c.Counter < 1 || c.Counter > maxCounter:
		return Invalid("counter", "commands of a device are numbered from 1").By("counter")
	case c.Attempt < 0 || c.Attempt > maxCounter:
		return Invalid("attempt", "tries are numbered from 1").By("counter")
	case c.WrittenAt.Year() < 2000 || c.WrittenAt.Year() > 9998:
		return Invalid("writtenAt", "set the clock of the phone").By("past")
	case len(c.Document) > maxDocumentID:
		return Invalid("document", "is not the id of a trusted document").By("TrustedDocument")
	case len(c.Variables) > maxVariables:
		return Invalid("variables", "%d bytes: at most %d", len(c.Variables), maxVariables).By("length")
	}
	return nil
}
