package care

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// command is a mutation the app can make offline and send more than once: same id and same content return the first
// result, same id and other content are a CONFLICT (design §4). Its id is made by the client.
type command struct {
	id   id.ID
	name string
	body any // the input, as JSON
}

// errTwin says that the same command ran at the same moment in another transaction: run again, and it is a repetition.
var errTwin = errors.New("the same command is running")

// commanded runs a command once. do makes the change and returns the key of its result; load reads the result, of this
// run or of the first one.
func commanded[T any](
	ctx context.Context, s *Service, a auth.Action, c command,
	do func(*models.Tx, auth.Viewer) (id.ID, error), load func(*models.Tx, auth.Viewer, id.ID) (T, error),
) (T, error) {
	var out T
	once := func(tx *models.Tx, v auth.Viewer) error {
		row, err := c.once(tx, v, do)
		if err != nil {
			return err
		}
		out, err = load(tx, v, row)
		return err
	}
	err := s.write(ctx, a, once)
	if errors.Is(err, errTwin) {
		err = s.write(ctx, a, once)
	}
	if errors.Is(err, errTwin) { // somebody else's
		err = otherContent("command")
	}
	return out, err
}

// once runs do, unless the command was run before.
func (c command) once(tx *models.Tx, v auth.Viewer, do func(*models.Tx, auth.Viewer) (id.ID, error)) (id.ID, error) {
	if c.id.IsZero() {
		return id.ID{}, Invalid("id", "make a UUIDv7 for the command").By("required")
	}
	hash, err := hashOf(c.name, c.body)
	if err != nil {
		return id.ID{}, err
	}
	old, err := tx.Command(v.User, c.id)
	if err == nil {
		return repeated(old, hash)
	}
	if !errors.Is(err, models.ErrNotFound) {
		return id.ID{}, err
	}
	row, err := do(tx, v)
	if err != nil {
		return id.ID{}, err
	}
	err = tx.AddCommand(models.Command{ID: c.id, UserID: v.User, Name: c.name, BodyHash: hash, ResultID: &row, CreatedAt: tx.Now})
	if errors.Is(err, models.ErrConflict) {
		return id.ID{}, errTwin
	}
	return row, err
}

// repeated answers a command its author sent again.
func repeated(old models.Command, hash []byte) (id.ID, error) {
	if !bytes.Equal(old.BodyHash, hash) || old.ResultID == nil {
		return id.ID{}, otherContent("command")
	}
	return *old.ResultID, nil
}

func otherContent(what string) *Error {
	return Conflict("this id already names a %s with other content: send the first one again, or make a new id", what)
}

// hashOf tells contents apart. The client's random id stands in every body, so that nothing can be guessed from it.
func hashOf(name string, body any) ([]byte, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("hash a command: %w", err)
	}
	sum := sha256.Sum256(append([]byte(name+"\n"), text...))
	return sum[:], nil
}

// result reads the result of a command by its key alone: people see what they made themselves, even when the account has
// gone to somebody else since.
func result[T any](load func(*models.Tx, id.ID) (T, error)) func(*models.Tx, auth.Viewer, id.ID) (T, error) {
	return func(tx *models.Tx, _ auth.Viewer, x id.ID) (T, error) { return load(tx, x) }
}

// stillSeen reads the account of a command: only its key when the viewer no longer sees it.
func stillSeen(tx *models.Tx, v auth.Viewer, x id.ID) (models.Account, error) {
	a, err := tx.Account(v.Scope(), x)
	if errors.Is(err, models.ErrNotFound) {
		return models.Account{ID: x}, nil
	}
	return a, err
}
