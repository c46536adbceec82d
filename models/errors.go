package models

import (
	"errors"
	"fmt"

	"github.com/go-sql-driver/mysql"
	"github.com/ncruces/go-sqlite3"
	"gorm.io/gorm"
)

var (
	// ErrNotFound says that there is no such row, or none the scope may see: the two are never told apart.
	ErrNotFound = errors.New("no such row")
	// ErrConflict says that a key is taken, or that the row changed since the version the caller knew.
	ErrConflict = errors.New("conflict with another row or a newer version")
	// ErrReference says that a row names another that does not exist, or that others still name the row.
	ErrReference = errors.New("row named that does not exist, or row still in use")
	// ErrNewerSchema says that a newer program has migrated the database; this one must not touch it.
	ErrNewerSchema = errors.New("the database is newer than this program")
)

// wrap says what was being done and turns an error of GORM into a sentinel of this package.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, sentinel(err))
}

func sentinel(err error) error {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return ErrNotFound
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return ErrConflict
	case errors.Is(err, gorm.ErrForeignKeyViolated):
		return ErrReference
	}
	return err
}

// transient tells whether the engine gave up a transaction that may well succeed when run again.
func transient(err error) bool {
	var my *mysql.MySQLError
	if errors.As(err, &my) {
		return transientMySQL(my.Number)
	}
	return errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED)
}

func transientMySQL(code uint16) bool {
	switch code {
	case 1213, 1205, 1020: // deadlock, lock wait timeout, record changed since last read (MariaDB)
		return true
	case 8002, 8022, 8028, 9007: // TiDB: for update conflict, commit conflict, schema changed, write conflict
		return true
	}
	return false
}
