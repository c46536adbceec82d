package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"huifang/care"
	"huifang/models"
)

// cli is the command line. Fields of Config are flags of every command.
type cli struct {
	Config

	Serve       serveCmd       `cmd:"" help:"Serve the API and the app."`
	Demo        demoCmd        `cmd:"" help:"Serve a believable sample: three stores, 24 reps, 2,400 accounts."`
	Import      importCmd      `cmd:"" help:"Load reps, members and orders from CSV or XLSX files."`
	Export      exportCmd      `cmd:"" help:"Write reps, members and orders to files that import reads back."`
	Plan        planCmd        `cmd:"" help:"Make plans now instead of at night."`
	Check       checkCmd       `cmd:"" help:"Tell how well the forecast or the schedule does on data of yours; needs no database."`
	User        userCmd        `cmd:"" help:"Add users, reset passwords, disable users."`
	Migrate     migrateCmd     `cmd:"" help:"Bring the database to this program's schema."`
	Restored    restoredCmd    `cmd:"" help:"Say that the database was restored from a backup, so that phones offer again what it lacks."`
	Healthcheck healthcheckCmd `cmd:"" help:"Ask a running server whether it is well (for containers)."`
	Version     versionCmd     `cmd:"" help:"Print the version."`
}

// planCmd is `huifang plan`.
type planCmd struct {
	Rep string `help:"Staff number of one rep; everybody when left out."`
}

// Run makes plans and prints a line for each.
func (c *planCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	in, err := cfg.open(ctx, t)
	if err != nil {
		return err
	}
	defer in.close()
	if c.Rep != "" {
		return c.one(ctx, in, t)
	}
	reps, written := 0, 0
	err = in.care.PlanAll(ctx, func(r care.PlanResult) {
		reps++
		if r.Wrote() {
			written++
		}
	})
	fmt.Fprintf(t.out, "planned %d reps, %d plans changed\n", reps, written)
	return err
}

func (c *planCmd) one(ctx context.Context, in *installation, t *terminal) error {
	user, err := in.userByNumber(ctx, c.Rep)
	if err != nil {
		return err
	}
	r, err := in.care.PlanNow(ctx, user.ID)
	if errors.Is(err, models.ErrNotFound) {
		return care.Invalid("--rep", "%s is no active rep", c.Rep)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s: %d accounts, %d contacts planned, %d without room; %d new, %d changed, %d taken off\n",
		c.Rep, r.Accounts, r.Planned, r.Shed, r.Added, r.Changed, r.Removed)
	return nil
}

func (in *installation) userByNumber(ctx context.Context, number string) (models.User, error) {
	var user models.User
	err := in.store.Read(ctx, func(tx *models.Tx) error {
		var err error
		user, err = tx.UserByNumber(number)
		return err
	})
	if errors.Is(err, models.ErrNotFound) {
		return user, care.Invalid("staff number", "nobody has the number %q; see the reps file you imported", number)
	}
	return user, err
}

// migrateCmd is `huifang migrate`. Every command that opens the database migrates it; this one says what it did.
type migrateCmd struct{}

// Run migrates and prints the schema's version.
func (c *migrateCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	in, err := cfg.open(ctx, t)
	if err != nil {
		return err
	}
	defer in.close()
	current, _, err := in.store.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "schema version %d\n", current)
	return nil
}

// healthcheckCmd is `huifang healthcheck`.
type healthcheckCmd struct {
	URL string `help:"The server." default:"http://127.0.0.1:8080"`
}

// Run fails when the server is not ready.
func (c *healthcheckCmd) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(c.URL, "/")+"/readyz", nil)
	if err != nil {
		return care.Invalid("--url", "%w", err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the server is not ready: %s", res.Status)
	}
	return nil
}

// versionCmd is `huifang version`.
type versionCmd struct{}

// Run prints the version.
func (c *versionCmd) Run(t *terminal) error {
	fmt.Fprintln(t.out, "huifang", version)
	return nil
}
