package models

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/go-sql-driver/mysql"
	gormmysql "gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// Readers keep one snapshot for a whole transaction. Writers see what others have committed, so that a row read after
// its account was locked is never stale, and gaps are not locked.
const (
	readerIsolation = "REPEATABLE READ"
	writerIsolation = "READ COMMITTED"
)

// sqlMode makes the server refuse what does not fit instead of bending it.
const sqlMode = "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'"

func (s *Store) openMySQL(ctx context.Context, c Config) (gorm.Dialector, error) {
	s.dialect = MySQL
	cfg, err := mysqlConfig(c.DSN)
	if err != nil {
		return nil, err
	}
	conn, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, wrap("open the store", err)
	}
	s.writer = openPool(isolated{conn, writerIsolation}, c.Writers)
	s.reader = openPool(isolated{conn, readerIsolation}, c.Readers)
	if err := s.Ping(ctx); err != nil {
		return nil, wrap("open the store", err)
	}
	// Without a look at the version all servers get the same portable SQL.
	return gormmysql.New(gormmysql.Config{Conn: s.writer, SkipInitializeWithVersion: true}), nil
}

func mysqlConfig(dsn string) (*mysql.Config, error) {
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		// The text of the driver may quote the DSN, and with it the password.
		return nil, fmt.Errorf("open the store: the DSN is not of the form user:password@tcp(host:port)/database")
	}
	cfg.ParseTime = true
	cfg.Loc = time.UTC
	cfg.ClientFoundRows = true // an update that changes nothing still found its row
	cfg.InterpolateParams = true
	cfg.Collation = "utf8mb4_bin"
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["time_zone"] = "'+00:00'"
	cfg.Params["sql_mode"] = sqlMode
	// DATETIME(3) would round a longer fraction up, into the future.
	return cfg, cfg.Apply(mysql.TimeTruncate(time.Millisecond), mysql.Charset("utf8mb4", "utf8mb4_bin"))
}

func openPool(c driver.Connector, conns int) *sql.DB {
	if conns == 0 {
		conns = 16
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxLifetime(5 * time.Minute) // load balancers in between drop silent old connections
	return db
}

// isolated gives each new connection an isolation level, which saves a round trip per transaction.
type isolated struct {
	driver.Connector
	level string
}

// Connect opens a connection and sets its level.
func (i isolated) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := i.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	// The driver of go-sql-driver is an ExecerContext by its documented contract.
	if _, err := conn.(driver.ExecerContext).ExecContext(ctx, "SET SESSION TRANSACTION ISOLATION LEVEL "+i.level, nil); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}
