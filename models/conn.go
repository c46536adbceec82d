package models

import (
	"context"
	"database/sql"
	"sync/atomic"
)

type counterKey struct{}

// CountStatements returns a context whose transactions count their SQL statements (without BEGIN and COMMIT) into the
// number it returns: read it with atomic.LoadInt64, or when the work is done.
func CountStatements(ctx context.Context) (context.Context, *int64) {
	n := new(int64)
	return context.WithValue(ctx, counterKey{}, n), n
}

// conn is the connection of one transaction as GORM sees it. It counts statements and holds on to the first failure
// that ended the transaction: MySQL rolls back a deadlock's victim at once, and whatever came after it would be
// committed statement by statement.
type conn struct {
	tx    *sql.Tx
	count *int64
	ended error
}

func newConn(ctx context.Context, tx *sql.Tx) *conn {
	n, ok := ctx.Value(counterKey{}).(*int64)
	if !ok {
		n = new(int64)
	}
	return &conn{tx: tx, count: n}
}

// PrepareContext is there for GORM's interface; nothing of ours prepares by hand.
func (c *conn) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return c.tx.PrepareContext(ctx, query)
}

// ExecContext runs a statement without rows.
func (c *conn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if c.ended != nil {
		return nil, c.ended
	}
	atomic.AddInt64(c.count, 1)
	res, err := c.tx.ExecContext(ctx, query, nullable(args)...)
	return res, c.note(err)
}

// QueryContext runs a statement with rows.
func (c *conn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if c.ended != nil {
		return nil, c.ended
	}
	atomic.AddInt64(c.count, 1)
	rows, err := c.tx.QueryContext(ctx, query, nullable(args)...)
	return rows, c.note(err)
}

// QueryRowContext runs a statement with one row.
func (c *conn) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	atomic.AddInt64(c.count, 1)
	return c.tx.QueryRowContext(ctx, query, nullable(args)...)
}

func (c *conn) note(err error) error {
	if err != nil && transient(err) {
		c.ended = err
	}
	return err
}

// nullable makes missing bytes NULL on every engine; SQLite's driver would store an empty blob.
func nullable(args []any) []any {
	for i, a := range args {
		if b, ok := a.([]byte); ok && b == nil {
			args[i] = nil
		}
	}
	return args
}
