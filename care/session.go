package care

import (
	"context"
	"errors"

	"huifang/auth"
	"huifang/models"
)

// Refresh gives the next pair of tokens for a refresh token. A token that was replaced before and comes back means that
// two hold it: the session ends for both.
func (d *Door) Refresh(ctx context.Context, token string) (SignedIn, error) {
	auth.Public(ctx)
	session, hash, err := auth.ParseRefresh(token)
	if err != nil {
		return SignedIn{}, err
	}
	var out SignedIn
	var refused error
	err = d.Store.Write(ctx, func(tx *models.Tx) error {
		out, refused = SignedIn{}, nil
		s, err := tx.LockSession(session)
		if errors.Is(err, models.ErrNotFound) {
			refused = errSignedOut
			return nil
		}
		if err != nil {
			return err
		}
		out, refused, err = d.rotate(tx, s, hash)
		return err
	})
	if err != nil || refused != nil {
		return SignedIn{}, errors.Join(err, refused)
	}
	return out, nil
}

// rotate decides about a token that was presented for a locked session. A refusal comes beside the error, because what it
// writes, the end of a stolen session, must be committed.
func (d *Door) rotate(tx *models.Tx, s models.Session, hash []byte) (out SignedIn, refused, err error) {
	state := auth.RefreshState{
		Current: s.TokenHash, Previous: s.PrevHash, Rotated: s.RotatedAt, Expires: s.ExpiresAt, Revoked: s.RevokedAt != nil,
	}
	decision := state.Decide(hash, tx.Now)
	switch decision {
	case auth.RefreshAccepted, auth.RefreshResumed:
	case auth.RefreshReused:
		return SignedIn{}, errSignedOut, d.stolen(tx, s)
	default:
		return SignedIn{}, errSignedOut, nil
	}
	u, err := tx.User(s.UserID)
	if err != nil {
		return SignedIn{}, nil, err
	}
	if u.DisabledAt != nil {
		return SignedIn{}, errSignedOut, nil
	}
	token, next, err := auth.NewRefresh(s.ID, d.Rand)
	if err != nil {
		return SignedIn{}, nil, err
	}
	if decision == auth.RefreshAccepted {
		s.PrevHash, s.RotatedAt = s.TokenHash, tx.Now
	}
	s.TokenHash, s.ExpiresAt = next, tx.Now.Add(auth.RefreshLife)
	if err := tx.PutTokens(s); err != nil {
		return SignedIn{}, nil, err
	}
	out, err = d.signed(u, s.ID, token)
	return out, nil, err
}

func (d *Door) stolen(tx *models.Tx, s models.Session) error {
	if err := tx.RevokeSession(s.ID); err != nil {
		return err
	}
	return tx.AddAudit(models.Audit{UserID: &s.UserID, Action: "TOKEN_REUSED", Entity: "sessions", EntityID: &s.ID})
}

// Verify tells who an access token belongs to, as the database knows them now: whoever was disabled, moved, or signed
// out since, is. UNAUTHENTICATED when the token is not good any more.
func (d *Door) Verify(ctx context.Context, bearer string) (auth.Viewer, error) {
	claims, err := d.Signer.Parse(bearer)
	if err != nil {
		return d.verifyDelivery(ctx, bearer, err)
	}
	var v auth.Viewer
	err = d.Store.Read(ctx, func(tx *models.Tx) error {
		s, err := tx.SignedIn(claims.User, claims.Session)
		if errors.Is(err, models.ErrNotFound) || err == nil && (!s.Alive || s.User.DisabledAt != nil || s.User.Epoch != claims.Epoch) {
			return errSignedOut
		}
		if err != nil {
			return err
		}
		v = viewerOf(s.User)
		v.Session = claims.Session
		if s.DeviceID != nil {
			v.Device = *s.DeviceID
		}
		return nil
	})
	return v, err
}

func viewerOf(u models.User) auth.Viewer {
	v := auth.Viewer{User: u.ID, Role: auth.Role(u.Role)}
	if u.TeamID != nil {
		v.Team = *u.TeamID
	}
	if u.StoreID != nil {
		v.Store = *u.StoreID
	}
	return v
}

// ChangePassword sets a new password for the viewer, who must know the old one. Every session ends, this one too.
func (d *Door) ChangePassword(ctx context.Context, old, next string) error {
	v, err := auth.Authorize(ctx, auth.OwnLogin)
	if err != nil {
		return err
	}
	u, err := d.Me(ctx)
	if err != nil {
		return err
	}
	if err := d.Passwords.Verify(ctx, u.Password, old); err != nil {
		if errors.Is(err, auth.ErrWrongPassword) {
			return Invalid("old", "is not your password").By("password")
		}
		return err
	}
	phc, err := d.newPassword(ctx, "next", u.Login, next)
	if err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.SetPassword(u.ID, phc); err != nil {
			return err
		}
		return tx.AddAudit(models.Audit{UserID: &v.User, Action: "CHANGE_PASSWORD", Entity: "users", EntityID: &u.ID})
	})
}

// newPassword judges and hashes a new password.
func (d *Door) newPassword(ctx context.Context, field, login, password string) (string, error) {
	if err := auth.CheckPassword(login, password); err != nil {
		return "", Invalid(field, "%w", err).By("password")
	}
	return d.Passwords.Hash(ctx, password)
}
