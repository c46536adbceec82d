package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"huifang/care"
	"huifang/models"
	"huifang/seal"
)

// Config is what every command needs to find its installation.
type Config struct {
	Data     string `help:"Data folder: the embedded database and the keys." default:"./data" type:"path" env:"HUIFANG_DATA"`
	DSN      string `help:"MySQL, MariaDB or TiDB: user:password@tcp(host:port)/database. Empty: the embedded SQLite in the data folder." env:"HUIFANG_DSN"`
	DSNFile  string `help:"File that holds the DSN, so that its password stands in no process list." type:"path" env:"HUIFANG_DSN_FILE"`
	Keys     string `help:"File of the keys of sealed columns and tokens. Back it up apart from the database." type:"path" env:"HUIFANG_KEYS" placeholder:"DATA/keys.json"`
	LogLevel string `help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"HUIFANG_LOG_LEVEL"`
}

// terminal is where a command speaks to its user.
type terminal struct{ out, errs io.Writer }

// installation is an open one: the store, the keys and the use cases.
type installation struct {
	store   *models.Store
	secrets *seal.Secrets
	care    *care.Service
	log     *slog.Logger
}

// open makes the data folder and the keys when they are missing, opens the database and migrates it.
func (c *Config) open(ctx context.Context, t *terminal) (*installation, error) {
	return c.openAt(ctx, t, time.Now)
}

// openAt is open with a clock.
func (c *Config) openAt(ctx context.Context, t *terminal, now func() time.Time) (*installation, error) {
	log := c.logger(t.errs)
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	secrets, err := seal.LoadOrCreate(c.keys(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	dsn, err := c.dsn()
	if err != nil {
		return nil, err
	}
	store, err := models.Open(ctx, models.Config{
		DSN: dsn, Path: filepath.Join(c.Data, "huifang.db"), Now: now, Rand: rand.Reader, Log: log,
	})
	if err != nil {
		return nil, err
	}
	if err := store.Migrate(ctx); err != nil {
		_ = store.Close()
		return nil, err
	}
	service := &care.Service{Store: store, Vault: secrets.Vault(), Log: log}
	return &installation{store: store, secrets: secrets, care: service, log: log}, nil
}

func (in *installation) close() {
	if err := in.store.Close(); err != nil {
		in.log.Error("close the database", "error", err)
	}
}

func (c *Config) keys() string {
	if c.Keys != "" {
		return c.Keys
	}
	return filepath.Join(c.Data, "keys.json")
}

// dsn reads the DSN from its flag or its file.
func (c *Config) dsn() (string, error) {
	if c.DSN != "" && c.DSNFile != "" {
		return "", care.Invalid("--dsn", "give --dsn or --dsn-file, not both")
	}
	if c.DSNFile == "" {
		return c.DSN, nil
	}
	text, err := os.ReadFile(c.DSNFile)
	if err != nil {
		return "", fmt.Errorf("read the DSN: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}

func (c *Config) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
}
