// Package care holds the use cases, the verbs of the product: plan a rep's weeks, log a visit, move an account, open a
// case. A use case reads: authorise, one transaction, pure rule, save, audit. Errors for people are *Error.
package care

import (
	"context"
	"log/slog"

	"huifang/album"
	"huifang/auth"
	"huifang/models"
	"huifang/road"
	"huifang/seal"
)

// Service is the use cases over one store. Its fields are set once.
type Service struct {
	Store *models.Store
	Vault *seal.Vault
	Log   *slog.Logger
	Album *album.Album // where photos are kept; only a server has one
	Roads *road.Roads  // travel times by road; nil: great circles

	beside beside // what goes on after its request: see Close
}

// read runs f in a read-only transaction for a viewer who may do the action.
func (s *Service) read(ctx context.Context, a auth.Action, f func(*models.Tx, auth.Viewer) error) error {
	v, err := auth.Authorize(ctx, a)
	if err != nil {
		return err
	}
	return s.Store.Read(ctx, func(tx *models.Tx) error { return f(tx, v) })
}

// write runs f in a transaction for a viewer who may do the action. Under a command that a device pushed, the record of
// the command is written in the same transaction.
func (s *Service) write(ctx context.Context, a auth.Action, f func(*models.Tx, auth.Viewer) error) error {
	v, err := auth.Authorize(ctx, a)
	if err != nil {
		return err
	}
	p := pushedIn(ctx)
	err = s.Store.Write(ctx, func(tx *models.Tx) error { return p.within(tx, v, f) })
	return p.wrote(err)
}
