package models

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"net/url"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/gormlite"
	"gorm.io/gorm"
)

// openSQLite opens one writer and a few readers. One writer connection makes writers wait in Go, in order, instead of
// in SQLite's busy loop.
func (s *Store) openSQLite(ctx context.Context, c Config) (gorm.Dialector, error) {
	if c.Path == "" {
		return nil, errors.New("open the store: neither a DSN nor a path is given")
	}
	s.dialect = SQLite
	var err error
	if s.writer, err = openFile(ctx, sqliteName(c.Path), 1); err != nil {
		return nil, wrap("open "+c.Path, err)
	}
	if s.reader, err = openFile(ctx, sqliteName(c.Path, "query_only(ON)"), cmp.Or(c.Readers, 4)); err != nil {
		return nil, wrap("open "+c.Path+" for reading", err)
	}
	return gormlite.OpenDB(s.writer), nil
}

func openFile(ctx context.Context, name string, conns int) (*sql.DB, error) {
	connector, err := (&driver.SQLite{}).OpenConnector(name)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(keeping{connector})
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	// The first connection makes the file and its WAL; failing here beats failing at the first request.
	return db, db.PingContext(ctx)
}

// sqliteName is the data source name. Instants are written as fixed-width UTC text with milliseconds, so that they
// compare as text.
func sqliteName(path string, more ...string) string {
	// The order counts: without a timeout the switch to WAL may itself find the file busy.
	pragmas := []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)", "cache_size(-20000)"}
	q := url.Values{
		"_pragma":  append(pragmas, more...),
		"_txlock":  {"immediate"},
		"_timefmt": {string(sqlite3.TimeFormat4)},
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}
