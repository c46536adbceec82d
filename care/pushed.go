package care

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"huifang/auth"
	"huifang/models"
)

// pushed is a command of a device while it runs. It travels in the context to the one place where use cases write, so
// that what became of it is recorded in the transaction of the change: the command happens exactly once. A nil pushed is
// a request that comes by itself.
type pushed struct {
	command PushedCommand
	name    string // of the operation its document holds
	hash    []byte
	author  auth.Viewer
	device  models.Device
	late    bool // delivered after the device was revoked or the author disabled

	known   bool              // a row is there, of a run that was not accepted
	earlier *models.Operation // the command is done, or its id is another's: it must not run
	row     models.Operation  // as recorded
	written bool              // and committed
	review  string
}

type pushedKey struct{}

func pushedIn(ctx context.Context) *pushed {
	p, _ := ctx.Value(pushedKey{}).(*pushed)
	return p
}

// Under is the context of a request with the command that Push handed to its Runner, and the command's author.
func Under(request, command context.Context) context.Context {
	if p := pushedIn(command); p != nil {
		return p.under(request)
	}
	return request
}

func (p *pushed) under(ctx context.Context) context.Context {
	return auth.With(context.WithValue(ctx, pushedKey{}, p), p.author)
}

// errAnswered says that the command must not run, because it ran: see earlier.
var errAnswered = errors.New("the command was answered before")

// within runs f, and with the first f of a command its record. A later one belongs to what is recorded already.
func (p *pushed) within(tx *models.Tx, v auth.Viewer, f func(*models.Tx, auth.Viewer) error) error {
	if p == nil || p.written {
		return f(tx, v)
	}
	counter, err := p.begin(tx)
	if err != nil {
		return err
	}
	if err := f(tx, v); err != nil {
		return err
	}
	return p.record(tx, v, counter)
}

// wrote notes that the transaction of within was committed.
func (p *pushed) wrote(err error) error {
	if p != nil && err == nil {
		p.written = true
	}
	return err
}

// begin holds the author's counter, and then looks whether the command ran: of two that come at once, the second waits
// here and finds the first.
func (p *pushed) begin(tx *models.Tx) (models.CommandCounter, error) {
	p.known, p.earlier, p.review = false, nil, ""
	counter, err := tx.LockCommands(p.author.User)
	if err != nil {
		return counter, err
	}
	old, err := tx.Operation(p.command.ID)
	if errors.Is(err, models.ErrNotFound) {
		return counter, nil
	}
	if err != nil {
		return counter, err
	}
	if p.bars(old) {
		return counter, errAnswered
	}
	p.known = true
	return counter, nil
}

// bars tells whether what the id came to before keeps the command from running. One that was not accepted changed
// nothing: it may run when its user tries again, or mended it.
func (p *pushed) bars(old models.Operation) bool {
	if old.Accepted() || old.UserID != p.author.User || p.isStale(old) {
		p.earlier = &old
		return true
	}
	return false
}

// isStale tells whether the command is a copy of one that was turned down, and not another try.
func (p *pushed) isStale(old models.Operation) bool {
	return p.command.Attempt > 0 && p.command.Attempt <= old.Attempt && bytes.Equal(old.Hash, p.hash)
}

// isRepeated tells whether the command was done, from the same author with the same content.
func (p *pushed) isRepeated() bool {
	return p.earlier != nil && p.earlier.Accepted() && p.earlier.UserID == p.author.User && bytes.Equal(p.earlier.Hash, p.hash)
}

// record writes what became of the command, in the transaction that did it.
func (p *pushed) record(tx *models.Tx, v auth.Viewer, counter models.CommandCounter) error {
	status, err := seenAfter(tx, v)
	if err != nil {
		return err
	}
	row := p.operation(tx, status, Error{})
	row.Review = p.review
	if row.Sequence, err = tx.NextCommand(counter); err != nil {
		return err
	}
	err = tx.PutOperation(row, p.known)
	if errors.Is(err, models.ErrConflict) { // somebody else took the id at this very moment
		return errTwin
	}
	p.row = row
	return err
}

// seenAfter tells whether the author still sees the accounts that the command changed.
func seenAfter(tx *models.Tx, v auth.Viewer) (models.OperationStatus, error) {
	held := tx.Held()
	for i, account := range held {
		if slices.Contains(held[:i], account) {
			continue
		}
		_, err := tx.Account(v.Scope(), account)
		if errors.Is(err, models.ErrNotFound) {
			return models.OperationReassigned, nil
		}
		if err != nil {
			return "", err
		}
	}
	return models.OperationApplied, nil
}

// operation is the row of the command.
func (p *pushed) operation(tx *models.Tx, status models.OperationStatus, why Error) models.Operation {
	return models.Operation{
		ID: p.command.ID, UserID: p.author.User, DeviceID: p.device.ID, Counter: p.command.Counter, Name: p.name, Hash: p.hash,
		Attempt: p.command.Attempt, Status: status, Code: string(why.Code), Field: why.Field, Rule: why.Rule,
		WrittenAt: p.command.WrittenAt, CreatedAt: tx.Now,
	}
}

// refused records that the command was not accepted, so that its number on the device is not missing. Where its id
// belongs to something else, the row has a key of its own.
func (p *pushed) refused(tx *models.Tx, status models.OperationStatus, why Error) error {
	old, err := tx.Operation(p.command.ID)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return err
	}
	known := err == nil
	row := p.operation(tx, status, why)
	if !known || !p.bars(old) {
		return tx.PutOperation(row, known)
	}
	answered, err := tx.Answered(row.UserID, row.DeviceID, row.Counter)
	if err != nil || answered {
		return err
	}
	row.ID = tx.NewID()
	return tx.PutOperation(row, false)
}

// flags are those of a contact log that the command brings.
func (p *pushed) flags() []Flag {
	if p == nil || !p.late {
		return nil
	}
	return []Flag{FlagAfterRevoked}
}

// noted keeps what the author should know of the command beside that it was accepted.
func (p *pushed) noted(f Flag) {
	if p != nil {
		p.review = string(f)
	}
}

// logged keeps why somebody will look at the log that the command made.
func (p *pushed) logged(l models.ContactLog) {
	if p != nil {
		p.review = l.Review
	}
}
