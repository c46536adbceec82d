package models

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	sqlite "github.com/ncruces/go-sqlite3/driver"
)

// Compiling a statement takes SQLite about as long as running it. GORM's and database/sql's own prepared statements do
// not help, because they end with the transaction and everything here runs in one. So each connection keeps the compiled
// statements of its own.
const (
	keptStatements = 128  // of one connection
	keptLength     = 4096 // bytes; longer ones are batches, and rarely the same twice
)

// keeping is a connector whose connections keep their compiled statements.
type keeping struct{ driver.Connector }

// Connect opens a connection.
func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn, ok := c.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%T is not a connection to SQLite", c), c.Close())
	}
	return &keeper{sqliteConn: conn, kept: map[string]*keptStmt{}}, nil
}

type sqliteConn interface {
	sqlite.Conn
	driver.ExecerContext
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
	driver.NamedValueChecker
}

// keeper needs no lock: database/sql lets one goroutine at a time use a connection and its statements.
type keeper struct {
	sqliteConn
	kept map[string]*keptStmt
}

// PrepareContext returns the kept statement, unless its rows are still being read.
func (k *keeper) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if s, ok := k.kept[query]; ok && !s.busy {
		s.busy = true
		return s, nil
	}
	s, err := k.sqliteConn.PrepareContext(ctx, query)
	if err != nil || len(query) > keptLength {
		return s, err
	}
	return k.keep(query, s)
}

func (k *keeper) keep(query string, s driver.Stmt) (driver.Stmt, error) {
	stmt, ok := s.(sqliteStmt)
	if _, twin := k.kept[query]; twin || !ok {
		return s, nil
	}
	if len(k.kept) >= keptStatements {
		if err := k.forget(); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	k.kept[query] = &keptStmt{sqliteStmt: stmt, busy: true}
	return k.kept[query], nil
}

// forget closes the statements nobody uses. All at once is simpler than the least used one, and as rare as it is dear.
func (k *keeper) forget() error {
	var errs []error
	for query, s := range k.kept {
		if !s.busy {
			errs = append(errs, s.sqliteStmt.Close())
			delete(k.kept, query)
		}
	}
	return errors.Join(errs...)
}

// Close closes the statements and the connection.
func (k *keeper) Close() error {
	return errors.Join(k.forget(), k.sqliteConn.Close())
}

// keptStmt outlives its use.
type keptStmt struct {
	sqliteStmt
	busy bool
}

// Close ends one use. Its rows have reset it by then.
func (s *keptStmt) Close() error {
	s.busy = false
	return nil
}
