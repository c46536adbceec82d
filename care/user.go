package care

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// NewUser is someone who shall sign in. Reps and supervisors need a team; managers, experts and admins none.
type NewUser struct {
	Login    string
	Name     string
	Number   string // the company's staff number, may be empty
	Role     auth.Role
	TeamID   *id.ID
	StoreID  *id.ID // of who has no team; a team's store otherwise
	Password string // empty: one is made
	Lang     string // "zh" when empty
	Mode     models.Mode
}

// Welcome is a user with the password to tell them, once; empty when they chose it themselves.
type Welcome struct {
	User     models.User
	Password string
}

// Console is the door for whoever sits at the machine itself: no viewer, audited as the system. Never for a request.
type Console struct{ *Door }

// AddUser adds a user, for admins. CONFLICT when the login or the number is taken.
func (d *Door) AddUser(ctx context.Context, in NewUser) (Welcome, error) {
	v, err := auth.Authorize(ctx, auth.ManageUsers)
	if err != nil {
		return Welcome{}, err
	}
	return d.addUser(ctx, &v.User, in)
}

// AddUser adds a user from the command line.
func (c Console) AddUser(ctx context.Context, in NewUser) (Welcome, error) {
	return c.addUser(ctx, nil, in)
}

func (d *Door) addUser(ctx context.Context, by *id.ID, in NewUser) (Welcome, error) {
	in.Login = strings.ToLower(strings.TrimSpace(in.Login))
	if err := in.check(); err != nil {
		return Welcome{}, err
	}
	password, phc, err := d.password(ctx, in.Login, in.Password)
	if err != nil {
		return Welcome{}, err
	}
	w := Welcome{Password: password}
	err = d.Store.Write(ctx, func(tx *models.Tx) error {
		u, err := in.row(tx)
		if err != nil {
			return err
		}
		u.Password = phc
		if err := tx.AddUser(&u); errors.Is(err, models.ErrConflict) {
			return Conflict("the login or the staff number is taken: choose another")
		} else if err != nil {
			return err
		}
		w.User = u
		return userNoted(tx, by, "ADD_USER", u.ID)
	})
	return w, err
}

func (in NewUser) check() error {
	if len(in.Login) < 2 || len(in.Login) > 64 || strings.ContainsFunc(in.Login, notLogin) {
		return Invalid("login", "2 to 64 letters, digits, dots, dashes or underscores").By("login")
	}
	if !in.Role.Valid() {
		return Invalid("role", "%q is no role", in.Role).By("enum")
	}
	if !slices.Contains([]string{"", "zh", "en"}, in.Lang) {
		return Invalid("lang", "zh or en").By("enum")
	}
	if !slices.Contains([]models.Mode{"", models.Walk, models.EBike, models.Car, models.Bus}, in.Mode) {
		return Invalid("mode", "%q is no way to travel", in.Mode).By("enum")
	}
	if (in.Role == auth.Rep || in.Role == auth.Supervisor) && in.TeamID == nil {
		return Invalid("teamId", "a %s needs a team", in.Role).By("required")
	}
	return firstError(needed("name", in.Name, maxShort), checkText("number", in.Number, 40))
}

func notLogin(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_' || r == '@')
}

func (in NewUser) row(tx *models.Tx) (models.User, error) {
	u := models.User{
		ID: tx.NewID(), Login: in.Login, Name: in.Name, Number: in.Number, Pinyin: models.Pinyin(in.Name), Role: string(in.Role),
		StoreID: in.StoreID, Lang: in.Lang, Mode: in.Mode, CreatedAt: tx.Now, UpdatedAt: tx.Now,
	}
	if u.Lang == "" {
		u.Lang = "zh"
	}
	if u.Mode == "" {
		u.Mode = models.EBike
	}
	if in.TeamID != nil && (in.Role == auth.Rep || in.Role == auth.Supervisor) {
		t, err := tx.Team(*in.TeamID)
		if err != nil {
			return u, missing(err, "team")
		}
		u.TeamID, u.StoreID = &t.ID, &t.StoreID
	}
	return u, nil
}

// ResetPassword gives a user a new password and ends all their sessions, for admins.
func (d *Door) ResetPassword(ctx context.Context, user id.ID) (Welcome, error) {
	v, err := auth.Authorize(ctx, auth.ManageUsers)
	if err != nil {
		return Welcome{}, err
	}
	return d.reset(ctx, &v.User, func(tx *models.Tx) (models.User, error) { return tx.User(user) })
}

// ResetPassword gives the user of a login a new password, from the command line.
func (c Console) ResetPassword(ctx context.Context, login string) (Welcome, error) {
	return c.reset(ctx, nil, byLogin(login))
}

func byLogin(login string) func(*models.Tx) (models.User, error) {
	return func(tx *models.Tx) (models.User, error) {
		return tx.UserByLogin(strings.ToLower(strings.TrimSpace(login)))
	}
}

func (d *Door) reset(ctx context.Context, by *id.ID, find func(*models.Tx) (models.User, error)) (Welcome, error) {
	password, phc, err := d.password(ctx, "", "")
	if err != nil {
		return Welcome{}, err
	}
	w := Welcome{Password: password}
	err = d.Store.Write(ctx, func(tx *models.Tx) error {
		u, err := find(tx)
		if err != nil {
			return missing(err, "user")
		}
		if err := tx.SetPassword(u.ID, phc); err != nil {
			return err
		}
		w.User = u
		return userNoted(tx, by, "RESET_PASSWORD", u.ID)
	})
	return w, err
}

// DisableUser locks a user out at once, for admins; their accounts and work stay. REFUSED for oneself.
func (d *Door) DisableUser(ctx context.Context, user id.ID) (models.User, error) {
	v, err := auth.Authorize(ctx, auth.ManageUsers)
	if err != nil {
		return models.User{}, err
	}
	if user == v.User {
		return models.User{}, Refused("D23", "nobody disables themselves: ask another admin")
	}
	return d.disable(ctx, &v.User, func(tx *models.Tx) (models.User, error) { return tx.User(user) })
}

// DisableUser locks the user of a login out, from the command line.
func (c Console) DisableUser(ctx context.Context, login string) (models.User, error) {
	return c.disable(ctx, nil, byLogin(login))
}

func (d *Door) disable(ctx context.Context, by *id.ID, find func(*models.Tx) (models.User, error)) (models.User, error) {
	var u models.User
	err := d.Store.Write(ctx, func(tx *models.Tx) error {
		var err error
		if u, err = find(tx); err != nil {
			return missing(err, "user")
		}
		if u.DisabledAt != nil {
			return nil
		}
		if err := tx.DisableUser(u.ID); err != nil {
			return err
		}
		at := tx.Now
		u.DisabledAt = &at
		return userNoted(tx, by, "DISABLE_USER", u.ID)
	})
	return u, err
}

func userNoted(tx *models.Tx, by *id.ID, action string, user id.ID) error {
	return tx.AddAudit(models.Audit{UserID: by, Action: action, Entity: "users", EntityID: &user})
}

// password is the one chosen, or a new one to tell; and its hash.
func (d *Door) password(ctx context.Context, login, chosen string) (tell, phc string, err error) {
	if chosen != "" {
		phc, err = d.newPassword(ctx, "password", login, chosen)
		return "", phc, err
	}
	if tell, err = oneTime(d.Rand); err != nil {
		return "", "", err
	}
	phc, err = d.Passwords.Hash(ctx, tell)
	return tell, phc, err
}

// readable are letters and digits nobody takes for another one; 32 of them, so five bits of a byte choose one.
const readable = "abcdefghijkmnpqrstuvwxyz23456789"

// oneTime makes a password of 80 bits that can be read out on the telephone: four groups of four.
func oneTime(random io.Reader) (string, error) {
	raw := make([]byte, 16)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("read a password: %w", err)
	}
	var b strings.Builder
	for i, r := range raw {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(readable[int(r)%len(readable)])
	}
	return b.String(), nil
}

// forgetAfter is how long ended sessions are kept.
const forgetAfter = 90 * 24 * time.Hour

// ForgetSessions deletes sessions that ended long ago: nightly work.
func (d *Door) ForgetSessions(ctx context.Context) error {
	return d.Store.Write(ctx, func(tx *models.Tx) error { return tx.ForgetSessions(tx.Now.Add(-forgetAfter)) })
}
