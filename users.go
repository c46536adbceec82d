package main

import (
	"context"
	"errors"
	"fmt"

	"huifang/auth"
	"huifang/care"
	"huifang/models"
)

// userCmd is `huifang user`.
type userCmd struct {
	Add     userAddCmd     `cmd:"" help:"Add a user and print the first password."`
	Reset   userResetCmd   `cmd:"" help:"Give a user a new password, print it, and end their sessions."`
	Disable userDisableCmd `cmd:"" help:"Lock a user out at once. What they did stays; move their accounts to somebody else."`
}

// userAddCmd is `huifang user add`.
type userAddCmd struct {
	Login  string `arg:"" help:"What they sign in with."`
	Name   string `help:"Name." required:""`
	Role   string `help:"REP, EXPERT, SUPERVISOR, MANAGER or ADMIN." required:"" enum:"REP,EXPERT,SUPERVISOR,MANAGER,ADMIN"`
	Number string `help:"The company's own staff number."`
	Team   string `help:"Number of the team, for reps and supervisors."`
	Store  string `help:"Number of the store, for experts."`
	Lang   string `help:"Language of the app." enum:"zh,en" default:"zh"`
}

// Run adds the user.
func (c *userAddCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	return withConsole(ctx, cfg, t, func(in *installation, console care.Console) error {
		user := care.NewUser{Login: c.Login, Name: c.Name, Number: c.Number, Role: auth.Role(c.Role), Lang: c.Lang}
		if err := c.place(ctx, in, &user); err != nil {
			return err
		}
		welcome, err := console.AddUser(ctx, user)
		if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "%s %s\n", welcome.User.Login, welcome.Password)
		return nil
	})
}

// place finds the team and the store by their numbers.
func (c *userAddCmd) place(ctx context.Context, in *installation, user *care.NewUser) error {
	return in.store.Read(ctx, func(tx *models.Tx) error {
		if c.Team != "" {
			team, err := tx.TeamByNumber(c.Team)
			if err != nil {
				return numberless(err, "--team", c.Team)
			}
			user.TeamID = &team.ID
		}
		if c.Store != "" {
			store, err := tx.ShopByNumber(c.Store)
			if err != nil {
				return numberless(err, "--store", c.Store)
			}
			user.StoreID = &store.ID
		}
		return nil
	})
}

func numberless(err error, flag, number string) error {
	if errors.Is(err, models.ErrNotFound) {
		return care.Invalid(flag, "nothing has the number %q; `huifang export --reps FILE.csv` lists stores and teams", number)
	}
	return err
}

// userResetCmd is `huifang user reset`.
type userResetCmd struct {
	Login string `arg:"" help:"What they sign in with."`
}

// Run resets the password.
func (c *userResetCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	return withConsole(ctx, cfg, t, func(_ *installation, console care.Console) error {
		welcome, err := console.ResetPassword(ctx, c.Login)
		if err != nil {
			return unknownLogin(err, c.Login)
		}
		fmt.Fprintf(t.out, "%s %s\n", welcome.User.Login, welcome.Password)
		return nil
	})
}

// userDisableCmd is `huifang user disable`.
type userDisableCmd struct {
	Login string `arg:"" help:"What they sign in with."`
}

// Run disables the user.
func (c *userDisableCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	return withConsole(ctx, cfg, t, func(_ *installation, console care.Console) error {
		if _, err := console.DisableUser(ctx, c.Login); err != nil {
			return unknownLogin(err, c.Login)
		}
		fmt.Fprintf(t.out, "%s is disabled\n", c.Login)
		return nil
	})
}

func unknownLogin(err error, login string) error {
	if care.CodeOf(err) == care.CodeNotFound {
		return care.Invalid("login", "nobody signs in as %q", login)
	}
	return err
}

func withConsole(ctx context.Context, cfg *Config, t *terminal, do func(*installation, care.Console) error) error {
	in, err := cfg.open(ctx, t)
	if err != nil {
		return err
	}
	defer in.close()
	door, err := in.door()
	if err != nil {
		return err
	}
	return do(in, care.Console{Door: door})
}
