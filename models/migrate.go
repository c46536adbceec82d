package models

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// The migrations of both dialects carry the same numbers and lead to the same schema; they only go forward.
//
//go:embed migrations
var migrations embed.FS

// migrationLock is the name under which one of several instances migrates a shared server.
const migrationLock = ".huifang_migrate"

// Migrate brings the schema up to what this program needs. Safe to call at every start and from several instances of
// one server at once. ErrNewerSchema when a newer program was here before.
func (s *Store) Migrate(ctx context.Context) error {
	unlock, err := s.lockMigration(ctx)
	if err != nil {
		return wrap("wait for another migration", err)
	}
	defer unlock()
	if err := s.checkSchema(ctx); err != nil {
		return err
	}
	p, err := s.migrator()
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return wrap("migrate", err)
}

// SchemaVersion tells the version of the database, 0 when it is empty, and the one this program needs.
func (s *Store) SchemaVersion(ctx context.Context) (current, target int64, err error) {
	p, err := s.migrator()
	if err != nil {
		return 0, 0, err
	}
	sources := p.ListSources() // by version
	current, err = s.appliedVersion(ctx)
	return current, sources[len(sources)-1].Version, wrap("read the schema version", err)
}

// appliedVersion only looks. Goose would make its table first, and two servers that start at once would both make it.
func (s *Store) appliedVersion(ctx context.Context) (int64, error) {
	table := "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
	if s.dialect == MySQL {
		table = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?"
	}
	var n int
	if err := s.writer.QueryRowContext(ctx, table, goose.DefaultTablename).Scan(&n); err != nil || n == 0 {
		return 0, err
	}
	var version int64
	err := s.writer.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM "+goose.DefaultTablename).Scan(&version)
	return version, err
}

func (s *Store) checkSchema(ctx context.Context) error {
	current, target, err := s.SchemaVersion(ctx)
	if err == nil && current > target {
		return fmt.Errorf("%w: its schema is %d, this program knows up to %d", ErrNewerSchema, current, target)
	}
	return err
}

func (s *Store) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+string(s.dialect))
	if err != nil {
		return nil, wrap("read the migrations", err)
	}
	dialect := goose.DialectSQLite3
	if s.dialect == MySQL {
		dialect = goose.DialectMySQL
	}
	p, err := goose.NewProvider(dialect, s.writer, files, goose.WithDisableGlobalRegistry(true), goose.WithSlog(s.log))
	return p, wrap("read the migrations", err)
}

// lockMigration waits until no other instance migrates. A SQLite file belongs to one program.
func (s *Store) lockMigration(ctx context.Context) (unlock func(), err error) {
	if s.dialect == SQLite {
		return func() {}, nil
	}
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if err := takeLock(ctx, conn); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT RELEASE_LOCK(CONCAT(LEFT(DATABASE(), 40), ?))", migrationLock)
		_ = conn.Close()
	}, nil
}

func takeLock(ctx context.Context, conn *sql.Conn) error {
	var got sql.NullInt64
	// The lock is of the whole server: its name carries the database.
	err := conn.QueryRowContext(ctx, "SELECT GET_LOCK(CONCAT(LEFT(DATABASE(), 40), ?), 60)", migrationLock).Scan(&got)
	if err == nil && got.Int64 != 1 {
		return errors.New("another instance has been migrating for a minute")
	}
	return err
}
