// Package modelstest runs tests against real databases: SQLite always, MariaDB (or MySQL, or TiDB) where
// HUIFANG_TEST_MYSQL names a server.
package modelstest

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"huifang/models"
)

// ServerEnv names the environment variable with the DSN of a server on which tests may make databases.
const ServerEnv = "HUIFANG_TEST_MYSQL"

// Start is the instant every test begins at: 10:00 on Wednesday, 4 March 2026, in Shanghai.
var Start = time.Date(2026, 3, 4, 2, 0, 0, 0, time.UTC)

// Clock is a clock that stands still until it is set. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at Start.
func NewClock() *Clock { return &Clock{now: Start} }

// Now is the instant the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to an instant.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Add moves the clock by a duration.
func (c *Clock) Add(d time.Duration) { c.Set(c.Now().Add(d)) }

// Rand is a source of keys that is the same in every run, safe for concurrent use. Stores on one database share one:
// two would make the same keys.
func Rand() io.Reader { return &steady{from: rand.NewChaCha8([32]byte{1})} }

type steady struct {
	mu   sync.Mutex
	from *rand.ChaCha8
}

func (s *steady) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.from.Read(p)
}

// Each runs a test on every engine, each time on a fresh, migrated database whose clock stands at Start.
func Each(t *testing.T, body func(*testing.T, *models.Store)) {
	t.Helper()
	EachClock(t, func(t *testing.T, s *models.Store, _ *Clock) { body(t, s) })
}

// EachClock is Each for tests that move the clock.
func EachClock(t *testing.T, body func(*testing.T, *models.Store, *Clock)) {
	t.Helper()
	EachConfig(t, func(t *testing.T, c models.Config, clock *Clock) { body(t, Open(t, c), clock) })
}

// EachConfig is Each for tests that open the store themselves, perhaps more than once. The database is migrated.
func EachConfig(t *testing.T, body func(*testing.T, models.Config, *Clock)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		clock := NewClock()
		body(t, config(models.Config{Path: sqliteFile(t)}, clock), clock)
	})
	t.Run("mariadb", func(t *testing.T) {
		clock := NewClock()
		body(t, config(models.Config{DSN: mysqlDatabase(t)}, clock), clock)
	})
}

// Open opens a store that closes with the test.
func Open(t testing.TB, c models.Config) *models.Store {
	t.Helper()
	s, err := models.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// SQLite opens a fresh, migrated store on SQLite: for tests and benches that need one engine only.
func SQLite(t testing.TB) (*models.Store, *Clock) {
	t.Helper()
	clock := NewClock()
	return Open(t, config(models.Config{Path: sqliteFile(t)}, clock)), clock
}

func config(c models.Config, clock *Clock) models.Config {
	c.Now, c.Rand, c.Log = clock.Now, Rand(), slog.New(slog.DiscardHandler)
	return c
}

// template is a migrated SQLite file, made once per process: copying it is faster than migrating.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "huifang-template")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "t.db")
	if err := migrate(config(models.Config{Path: path}, NewClock())); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func migrate(c models.Config) error {
	s, err := models.Open(context.Background(), c)
	if err != nil {
		return err
	}
	if err := s.Migrate(context.Background()); err != nil {
		return err
	}
	return s.Close() // which also folds the WAL into the file
}

func sqliteFile(t testing.TB) string {
	t.Helper()
	file, err := template()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "huifang.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// mysqlDatabase makes a migrated database that is dropped after the test, and returns its DSN.
func mysqlDatabase(t testing.TB) string {
	t.Helper()
	cfg := server(t)
	name := databaseName()
	admin, err := sql.Open("mysql", cfg.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name); err != nil {
			t.Error(err)
		}
		admin.Close()
	})
	cfg.DBName = name
	if err := migrate(config(models.Config{DSN: cfg.FormatDSN()}, NewClock())); err != nil {
		t.Fatal(err)
	}
	return cfg.FormatDSN()
}

func server(t testing.TB) *mysql.Config {
	t.Helper()
	dsn := os.Getenv(ServerEnv)
	if dsn == "" && os.Getenv("CI") == "true" {
		t.Fatalf("%s is not set: CI must test this engine too", ServerEnv)
	}
	if dsn == "" {
		t.Skipf("%s is not set: try .ci/mariadb go test ./...", ServerEnv)
	}
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// databaseName is unlike any other, in this process or another: tests of several packages share the server.
func databaseName() string {
	var b [8]byte
	for i := range b {
		b[i] = byte(rand.Uint32())
	}
	return fmt.Sprintf("huifang_test_%x", b)
}
