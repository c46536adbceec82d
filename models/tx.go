package models

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"

	"huifang/civil"
	"huifang/id"
)

// attempts is how often a transaction is tried before its deadlock is somebody else's problem.
const attempts = 4

// fallbackZone says which day it is before the company has a zone of its own.
const fallbackZone = "Asia/Shanghai"

// Tx is a running transaction. It belongs to one goroutine and ends with the function it was given to.
type Tx struct {
	// Now is the instant of the transaction, UTC with milliseconds: every row it writes says the same.
	Now time.Time
	// Today is the day of Now in the company's zone.
	Today civil.Date

	ctx   context.Context
	store *Store
	db    *gorm.DB
	// keys is the first failure to make a key; the transaction is then not committed.
	keys error
	zone *time.Location
	// held are the accounts locked so far.
	held []id.ID
	// moved: the company's zone may have changed, so it must be read anew after the commit.
	moved bool
	// touched is what devices must be told of.
	touched touched
}

// Write runs fn in a transaction that is committed when fn returns nil. A deadlock or a busy database runs fn again, up
// to three times: fn must not leave traces outside the transaction. Never call Write or Read within fn.
func (s *Store) Write(ctx context.Context, fn func(*Tx) error) error {
	for n := 1; ; n++ {
		err := s.run(ctx, s.writer, nil, fn)
		if err == nil || n == attempts || !transient(err) {
			return err
		}
		s.log.InfoContext(ctx, "transaction runs again", "attempt", n, "cause", err)
		if err := pause(ctx, time.Duration(n*n)*10*time.Millisecond); err != nil {
			return err
		}
	}
}

// Read runs fn on one consistent snapshot; writing fails.
func (s *Store) Read(ctx context.Context, fn func(*Tx) error) error {
	return s.run(ctx, s.reader, &sql.TxOptions{ReadOnly: true}, fn)
}

func (s *Store) run(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(*Tx) error) error {
	sqltx, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return wrap("begin a transaction", err)
	}
	// After a commit this does nothing; after an error or a panic it undoes everything.
	defer func() { _ = sqltx.Rollback() }()
	conn := newConn(ctx, sqltx)
	tx, err := s.newTx(ctx, conn)
	if err != nil {
		return err
	}
	if err := errors.Join(fn(tx), tx.keys, conn.ended); err != nil {
		return err
	}
	if err := errors.Join(tx.publish(), conn.ended); err != nil {
		return err
	}
	if err := sqltx.Commit(); err != nil {
		// A caller who has gone ends the transaction under us; then that is the reason, whatever the driver calls it.
		return wrap("commit a transaction", errors.Join(ctx.Err(), err))
	}
	if tx.moved {
		s.zone.Store(nil)
	}
	return nil
}

func (s *Store) newTx(ctx context.Context, c *conn) (*Tx, error) {
	tx := &Tx{ctx: ctx, store: s, Now: s.now().UTC().Truncate(time.Millisecond)}
	tx.db = s.gorm.Session(&gorm.Session{NewDB: true, Context: ctx, NowFunc: func() time.Time { return tx.Now }})
	tx.db.Statement.ConnPool = c
	var err error
	if tx.zone, err = s.location(ctx, c); err != nil {
		return nil, err
	}
	tx.Today = tx.Day(tx.Now)
	return tx, nil
}

// location is the company's zone: read once, and again when the company is written.
func (s *Store) location(ctx context.Context, c *conn) (*time.Location, error) {
	if zone := s.zone.Load(); zone != nil {
		return zone, nil
	}
	name := fallbackZone
	err := c.tx.QueryRowContext(ctx, "SELECT zone FROM companies WHERE id = 1").Scan(&name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, wrap("read the company's zone", err)
	}
	zone, zoneErr := time.LoadLocation(name)
	if zoneErr != nil {
		return nil, wrap("load the company's zone", zoneErr)
	}
	if err == nil {
		s.zone.Store(zone)
	}
	return zone, nil
}

// NewID makes the key of a new row.
func (tx *Tx) NewID() id.ID {
	x, err := id.V7(tx.Now, tx.store.rand)
	tx.keys = errors.Join(tx.keys, err)
	return x
}

// Day is the day of an instant in the company's zone.
func (tx *Tx) Day(at time.Time) civil.Date { return civil.Of(at.In(tx.zone).Date()) }

// TodayMinute is the minute of today that Now is in.
func (tx *Tx) TodayMinute() civil.Minute {
	now := tx.Now.In(tx.zone)
	return civil.Minute(now.Hour()*60 + now.Minute())
}

// Context is the context the transaction runs under.
func (tx *Tx) Context() context.Context { return tx.ctx }

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
