package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/models"
	"huifang/road"
	"huifang/seal"
)

// Config is what every command needs to find its installation.
type Config struct {
	Data     string   `help:"Data folder: the embedded database and the keys." default:"./data" type:"path" env:"HUIFANG_DATA"`
	DSN      string   `help:"MySQL, MariaDB or TiDB: user:password@tcp(host:port)/database. Empty: the embedded SQLite in the data folder." env:"HUIFANG_DSN"`
	DSNFile  string   `help:"File that holds the DSN, so that its password stands in no process list." type:"path" env:"HUIFANG_DSN_FILE"`
	Keys     string   `help:"File of the keys of sealed columns and tokens. Back it up apart from the database." type:"path" env:"HUIFANG_KEYS" placeholder:"DATA/keys.json"`
	Photos   string   `help:"Where photos are kept: a folder, or a bucket such as s3://photos?region=cn-north-1&endpoint=https://…&use_path_style=true." env:"HUIFANG_PHOTOS" placeholder:"DATA/photos"`
	OSRM     []string `help:"OSRM servers for travel times by road: URL for all who walk, ride and drive, or WALK=URL, EBIKE=URL, CAR=URL. It should be your own: it hears where members live. Empty: great circles." name:"osrm" env:"HUIFANG_OSRM" placeholder:"[MODE=]URL"`
	LogLevel string   `help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"HUIFANG_LOG_LEVEL"`
}

// terminal is where a command speaks to its user.
type terminal struct{ out, errs io.Writer }

// installation is an open one: the store, the keys and the use cases.
type installation struct {
	store   *models.Store
	secrets *seal.Secrets
	care    *care.Service
	log     *slog.Logger
	now     func() time.Time
	photos  string // where they are kept
}

// open makes the data folder and the keys when they are missing, opens the database, migrates it, and makes sure that
// keys and database belong together.
func (c *Config) open(ctx context.Context, t *terminal) (*installation, error) {
	in, err := c.openAt(ctx, t, time.Now)
	if err != nil {
		return nil, err
	}
	if err := in.settle(ctx); err != nil {
		in.close()
		return nil, err
	}
	return in, nil
}

// openAt is open with a clock, and without settle.
func (c *Config) openAt(ctx context.Context, t *terminal, now func() time.Time) (*installation, error) {
	log := c.logger(t.errs)
	servers, err := road.ParseServers(c.OSRM)
	if err != nil {
		return nil, care.Invalid("--osrm", "%w", err)
	}
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
	service := &care.Service{Store: store, Vault: secrets.Vault(), Log: log, Roads: road.New(road.Config{Servers: servers, Log: log, Now: now})}
	return &installation{store: store, secrets: secrets, care: service, log: log, now: now, photos: c.photos()}, nil
}

// errKeys says that the file of keys is not the one the database was sealed with.
var errKeys = errors.New("the file of keys does not belong to this database: put back the keys.json it was made with (see --keys)")

// keysMark is what the file of keys makes of one fixed text.
const keysMark = "huifang"

// settle creates the company of a new database, and compares its mark with the keys: with other keys nothing that is
// sealed would ever open again, and new rows would be sealed beside it.
func (in *installation) settle(ctx context.Context) error {
	mark, err := in.secrets.Vault().Index(seal.Installation, keysMark)
	if err != nil {
		return err
	}
	return in.store.Write(ctx, func(tx *models.Tx) error {
		company, err := tx.Company()
		if errors.Is(err, models.ErrNotFound) {
			company, err = tx.CreateCompany("", defaultZone)
		}
		switch {
		case err != nil:
			return err
		case len(company.KeysMark) == 0:
			return tx.MarkKeys(mark)
		case !bytes.Equal(company.KeysMark, mark):
			return errKeys
		}
		return nil
	})
}

// defaultZone is the time zone of a company that has chosen none.
const defaultZone = "Asia/Shanghai"

// door is where people come in.
func (in *installation) door() (*care.Door, error) {
	signer, err := auth.NewSigner(in.now, in.secrets.SigningSeeds()...)
	if err != nil {
		return nil, err
	}
	throttle, err := auth.NewThrottle(rand.Reader)
	if err != nil {
		return nil, err
	}
	return &care.Door{
		Service: in.care, Passwords: auth.NewPasswords(rand.Reader), Signer: signer, Throttle: throttle, Rand: rand.Reader,
	}, nil
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

func (c *Config) photos() string {
	if c.Photos != "" {
		return c.Photos
	}
	return filepath.Join(c.Data, "photos")
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
