package measure

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	_ "github.com/ncruces/go-sqlite3/driver"

	"huifang/models"
)

// ServerEnv names the environment variable with the DSN of a server on which benches may make databases.
const ServerEnv = "HUIFANG_TEST_MYSQL"

// Engines are the engines there are: "sqlite", and "mariadb" where ServerEnv names a server.
func Engines() []string {
	if os.Getenv(ServerEnv) == "" {
		return []string{"sqlite"}
	}
	return []string{"sqlite", "mariadb"}
}

// Database is a scratch database, known to a child process by its text.
type Database struct {
	Path, DSN string
	plain     *sql.DB // beside the store: to look and to reset
	pidFile   string
}

// NewDatabase makes an empty, migrated database below dir, or on the server. Drop takes it off again.
func NewDatabase(ctx context.Context, engine, dir string) (*Database, error) {
	name := make([]byte, 6)
	if _, err := rand.Read(name); err != nil {
		return nil, err
	}
	text := "huifang_bench_" + hex.EncodeToString(name)
	d := &Database{Path: filepath.Join(dir, text+".db")}
	if engine != "sqlite" {
		cfg, err := mysql.ParseDSN(os.Getenv(ServerEnv))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", ServerEnv, err)
		}
		if err := onServer(ctx, cfg.FormatDSN(), "CREATE DATABASE "+text); err != nil {
			return nil, err
		}
		cfg.DBName = text
		d = &Database{DSN: cfg.FormatDSN()}
	}
	store, err := d.Open(ctx, time.Now)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	return d, store.Migrate(ctx)
}

func onServer(ctx context.Context, dsn, statement string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}

// Open opens the store with a clock.
func (d *Database) Open(ctx context.Context, now func() time.Time) (*models.Store, error) {
	return models.Open(ctx, models.Config{DSN: d.DSN, Path: d.Path, Now: now, Rand: rand.Reader})
}

// Drop takes the database off.
func (d *Database) Drop(ctx context.Context) error {
	if d.DSN != "" {
		cfg, err := mysql.ParseDSN(d.DSN)
		if err != nil {
			return err
		}
		return onServer(ctx, d.DSN, "DROP DATABASE "+cfg.DBName)
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(d.Path + end); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

// String is the database as Parse reads it.
func (d *Database) String() string {
	if d.DSN != "" {
		return "mysql " + d.DSN
	}
	return "sqlite " + d.Path
}

// Parse reads a database from its text.
func Parse(text string) *Database {
	engine, where, _ := strings.Cut(text, " ")
	if engine == "mysql" {
		return &Database{DSN: where}
	}
	return &Database{Path: where}
}

// Plain is a connection beside the store, of one session.
func (d *Database) Plain() (*sql.DB, error) {
	if d.plain != nil {
		return d.plain, nil
	}
	driver, name := "sqlite3", "file:"+d.Path+"?_pragma=busy_timeout(10000)"
	if d.DSN != "" {
		driver, name = "mysql", d.DSN
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	d.plain = db
	return db, nil
}

// Changes is a number that moves whenever anybody writes: SQLite's data version as another connection sees it, the
// server's count of statements that write.
func (d *Database) Changes(ctx context.Context) (int64, error) {
	db, err := d.Plain()
	if err != nil {
		return 0, err
	}
	query := "PRAGMA data_version"
	if d.DSN != "" {
		query = `SELECT SUM(variable_value) FROM information_schema.global_status
			WHERE variable_name IN ('COM_INSERT', 'COM_UPDATE', 'COM_DELETE', 'COM_REPLACE')`
	}
	var n float64
	err = db.QueryRowContext(ctx, query).Scan(&n)
	return int64(n), err
}

// serverTime is the processor time of a server on this machine since it started.
func (d *Database) serverTime() time.Duration {
	if d == nil || d.DSN == "" {
		return 0
	}
	db, err := d.Plain()
	if err != nil {
		return 0
	}
	if d.pidFile == "" && db.QueryRow("SELECT @@pid_file").Scan(&d.pidFile) != nil {
		return 0
	}
	pid, err := os.ReadFile(d.pidFile)
	if err != nil {
		return 0
	}
	return processTime(strings.TrimSpace(string(pid)))
}

// ticks a second are what Linux counts processor time in for programs.
const ticks = 100

func processTime(pid string) time.Duration {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return 0
	}
	// The second field is a name in parentheses that may hold blanks; user and system time are the 14th and 15th.
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * time.Second / ticks
}
