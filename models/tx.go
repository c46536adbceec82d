package models

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

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
	return wrap("commit a transaction", sqltx.Commit())
}

func (s *Store) newTx(ctx context.Context, c *conn) (*Tx, error) {
	tx := &Tx{ctx: ctx, store: s, Now: s.now().UTC().Truncate(time.Millisecond)}
	tx.db = s.gorm.Session(&gorm.Session{NewDB: true, Context: ctx, NowFunc: func() time.Time { return tx.Now }})
	tx.db.Statement.ConnPool = c
	zone, err := s.location(ctx, c)
	tx.Today = civil.Of(tx.Now.In(zone).Date())
	return tx, err
}

// location is the company's zone: read once, and again when the company is written.
func (s *Store) location(ctx context.Context, c *conn) (*time.Location, error) {
	if zone := s.zone.Load(); zone != nil {
		return zone, nil
	}
	name := fallbackZone
	err := c.tx.QueryRowContext(ctx, "SELECT zone FROM companies WHERE id = 1").Scan(&name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return time.UTC, wrap("read the company's zone", err)
	}
	zone, zoneErr := time.LoadLocation(name)
	if zoneErr != nil {
		return time.UTC, wrap("load the company's zone", zoneErr)
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

// Context is the context the transaction runs under.
func (tx *Tx) Context() context.Context { return tx.ctx }

// find reads all rows that meet a condition, without a scope: for lists whose caller has already been judged.
func (tx *Tx) find(rows any, where string, args ...any) error {
	return wrap("find rows", tx.db.Where(where, args...).Find(rows).Error)
}

// take reads the one row that meets a condition: ErrNotFound when there is none.
func (tx *Tx) take(row any, where string, args ...any) error {
	return wrap("take a row", tx.db.Where(where, args...).Take(row).Error)
}

// lock is take that also holds the row until the transaction ends. SQLite needs no lock: it has one writer.
func (tx *Tx) lock(row any, where string, args ...any) error {
	return wrap("lock a row", tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where(where, args...).Take(row).Error)
}

// insert writes one row or a slice of rows, in statements of a size every engine takes.
func (tx *Tx) insert(rows any) error {
	return wrap("insert", tx.db.CreateInBatches(rows, insertBatch).Error)
}

// insertBatch times the columns of the widest table stays below SQLite's 32,766 variables.
const insertBatch = 200

// change updates chosen columns of the rows that meet a condition and tells how many it found.
func (tx *Tx) change(model any, columns map[string]any, where string, args ...any) (int64, error) {
	res := tx.db.Model(model).Where(where, args...).Updates(columns)
	return res.RowsAffected, wrap("change rows", res.Error)
}

// changeOne is change of one row: ErrNotFound when it is not there.
func (tx *Tx) changeOne(model any, columns map[string]any, where string, args ...any) error {
	n, err := tx.change(model, columns, where, args...)
	if err == nil && n == 0 {
		return wrap("change a row", ErrNotFound)
	}
	return err
}

// remove deletes the rows that meet a condition.
func (tx *Tx) remove(model any, where string, args ...any) error {
	return wrap("delete rows", tx.db.Where(where, args...).Delete(model).Error)
}

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
