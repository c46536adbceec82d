package models

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
	_ "time/tzdata" // the company's zone must load on a machine without a zone database

	"gorm.io/gorm"
)

// Dialect is a kind of database engine.
type Dialect string

// The dialects. MySQL also stands for MariaDB and TiDB.
const (
	SQLite Dialect = "sqlite"
	MySQL  Dialect = "mysql"
)

// Config says where the rows are and lends the store a clock and randomness.
type Config struct {
	// DSN of a MySQL, MariaDB or TiDB server: user:password@tcp(host:port)/database. Empty: SQLite at Path.
	DSN string
	// Path of the SQLite file, made when missing.
	Path string
	// Readers and Writers cap the connections; 0 means the default of the engine. SQLite has one writer, always.
	Readers, Writers int
	// Now is the clock and Rand the source of keys; both are needed.
	Now  func() time.Time
	Rand io.Reader
	// Log hears of slow statements (without their values) and of transactions run again; nil is silence.
	Log *slog.Logger
	// Slow is from when on a statement is slow; 0 means 200 ms.
	Slow time.Duration
}

// Store is the database of one installation. It is safe for concurrent use.
type Store struct {
	dialect Dialect
	reader  *sql.DB
	writer  *sql.DB
	gorm    *gorm.DB // carries the settings only: every transaction brings its own connection
	now     func() time.Time
	rand    *lockedReader
	log     *slog.Logger
	zone    atomic.Pointer[time.Location]
}

// Open connects to the database and makes sure that this program understands its schema: ErrNewerSchema when it does
// not. It does not migrate: see Migrate.
func Open(ctx context.Context, c Config) (*Store, error) {
	if c.Now == nil || c.Rand == nil {
		return nil, errors.New("open the store: a clock and a source of randomness are needed")
	}
	s := &Store{now: c.Now, rand: &lockedReader{r: c.Rand}, log: c.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.connect(ctx, c); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) connect(ctx context.Context, c Config) error {
	open := s.openSQLite
	if c.DSN != "" {
		open = s.openMySQL
	}
	dialector, err := open(ctx, c)
	if err != nil {
		return err
	}
	if s.gorm, err = s.openGORM(dialector, c); err != nil {
		return wrap("open the store", err)
	}
	return s.checkSchema(ctx)
}

func (s *Store) openGORM(d gorm.Dialector, c Config) (*gorm.DB, error) {
	return gorm.Open(d, &gorm.Config{
		SkipDefaultTransaction: true, // every transaction is ours
		TranslateError:         true,
		DisableAutomaticPing:   true,
		Logger:                 statementLog{log: s.log, slow: c.Slow},
	})
}

// Dialect is the engine the store runs on.
func (s *Store) Dialect() Dialect { return s.dialect }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.reader.PingContext(ctx); err != nil {
		return wrap("ping the readers", err)
	}
	return wrap("ping the writer", s.writer.PingContext(ctx))
}

// Close ends all connections; transactions still running fail.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// lockedReader lets transactions share a source of randomness.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}
