package care

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"time"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Door is where people come in: signing in and out, and who may. Its fields are set once.
type Door struct {
	*Service
	Passwords *auth.Passwords
	Signer    *auth.Signer
	Throttle  *auth.Throttle
	// Rand is cryptographically strong and safe for many goroutines.
	Rand io.Reader
}

// SignedIn is what a device keeps: a short access token, and a refresh token that works once.
type SignedIn struct {
	Access  string
	Expires time.Time // of Access
	Refresh string
	User    models.User
	Keys    *DeviceKeys // nil when the device gave no id, and after a refresh
}

// maxDevice is how much of a device's name is kept.
const maxDevice = 100

// errSignedOut is the only answer to tokens that are not good any more.
var errSignedOut = fmt.Errorf("session ended: %w", auth.ErrUnauthenticated)

// Install is the app on a device that somebody signs in on. Without an ID it keeps nothing and cannot push.
type Install struct {
	ID   *id.ID
	Name string
}

// SignIn opens a session for who knows the password. UNAUTHENTICATED for a wrong login, a wrong password and a disabled
// user alike, and after the same work; LIMITED for who tries too often; REFUSED on a device that was revoked.
func (d *Door) SignIn(ctx context.Context, login, password string, on Install, address netip.Addr) (SignedIn, error) {
	auth.Public(ctx)
	login = strings.ToLower(strings.TrimSpace(login))
	u, now, err := d.knock(ctx, login)
	if err != nil {
		return SignedIn{}, err
	}
	if err := d.Throttle.Take(now, login, address); err != nil {
		return SignedIn{}, Limited("sign-in", "%w", err)
	}
	if err := d.Passwords.Verify(ctx, u.Password, password); err != nil {
		return SignedIn{}, wrongPassword(err)
	}
	d.Throttle.Succeeded(login, address)
	if err := d.rehash(ctx, u, password); err != nil {
		return SignedIn{}, err
	}
	return d.openSession(ctx, u, on)
}

// knock reads who wants in; nobody, for a login that does not exist or is barred.
func (d *Door) knock(ctx context.Context, login string) (u models.User, now time.Time, err error) {
	err = d.Store.Read(ctx, func(tx *models.Tx) error {
		now = tx.Now
		var err error
		u, err = tx.UserByLogin(login)
		if errors.Is(err, models.ErrNotFound) || err == nil && u.DisabledAt != nil {
			u = models.User{}
			return nil
		}
		return err
	})
	return u, now, err
}

func wrongPassword(err error) error {
	if errors.Is(err, auth.ErrWrongPassword) {
		return &Error{Code: CodeUnauthenticated, Words: "login or password is wrong", err: err}
	}
	return err
}

// rehash brings a password hashed at another cost to today's, while we know it.
func (d *Door) rehash(ctx context.Context, u models.User, password string) error {
	if !d.Passwords.NeedsRehash(u.Password) {
		return nil
	}
	phc, err := d.Passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx *models.Tx) error {
		row := u
		row.Password = phc
		return tx.ChangeUser(&row, "password")
	})
}

func (d *Door) openSession(ctx context.Context, u models.User, on Install) (SignedIn, error) {
	on.Name = clip(on.Name, maxDevice)
	var out SignedIn
	err := d.Store.Write(ctx, func(tx *models.Tx) error {
		s := models.Session{ID: tx.NewID(), UserID: u.ID, Device: on.Name, DeviceID: on.ID, CreatedAt: tx.Now, RotatedAt: tx.Now}
		token, hash, err := auth.NewRefresh(s.ID, d.Rand)
		if err != nil {
			return err
		}
		s.TokenHash, s.ExpiresAt = hash, tx.Now.Add(auth.RefreshLife)
		if err := tx.AddSession(&s); err != nil {
			return err
		}
		if out, err = d.signed(u, s.ID, token); err != nil {
			return err
		}
		if out.Keys, err = d.register(tx, u, on); err != nil {
			return err
		}
		return tx.AddAudit(models.Audit{UserID: &u.ID, Action: "SIGN_IN", Entity: "sessions", EntityID: &s.ID})
	})
	return out, err
}

func (d *Door) signed(u models.User, session id.ID, refresh string) (SignedIn, error) {
	access, expires, err := d.Signer.Sign(auth.Claims{User: u.ID, Session: session, Epoch: u.Epoch})
	return SignedIn{Access: access, Expires: expires, Refresh: refresh, User: u}, err
}

// clip cuts a text to a number of characters.
func clip(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// SignOut ends the viewer's session; its tokens stop working at once.
func (d *Door) SignOut(ctx context.Context) error {
	return d.write(ctx, auth.OwnLogin, func(tx *models.Tx, v auth.Viewer) error {
		if err := tx.RevokeSession(v.Session); err != nil {
			return err
		}
		return tx.AddAudit(models.Audit{UserID: &v.User, Action: "SIGN_OUT", Entity: "sessions", EntityID: &v.Session})
	})
}

// Me is the signed-in user.
func (s *Service) Me(ctx context.Context) (models.User, error) {
	var u models.User
	err := s.read(ctx, auth.OwnLogin, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		u, err = tx.User(v.User)
		return missing(err, "user")
	})
	return u, err
}
