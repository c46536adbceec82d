package care_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"net/netip"
	"testing"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/models"
)

var office = netip.MustParseAddr("203.0.113.7")

// house is a world with a door.
type house struct {
	*world
	*care.Door
}

func atTheDoor(t *testing.T, body func(*testing.T, *house)) {
	t.Helper()
	onEach(t, func(t *testing.T, w *world) {
		signer, err := auth.NewSigner(w.clock.Now, bytes.Repeat([]byte{7}, 32))
		if err != nil {
			t.Fatal(err)
		}
		throttle, err := auth.NewThrottle(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		door := &care.Door{Service: w.Service, Passwords: auth.NewPasswords(rand.Reader), Signer: signer, Throttle: throttle, Rand: rand.Reader}
		body(t, &house{world: w, Door: door})
	})
}

// newcomer is a rep of the team with a password.
func (h *house) newcomer() care.Welcome {
	return got[care.Welcome](h.t)(care.Console{Door: h.Door}.AddUser(h.t.Context(), care.NewUser{
		Login: " Wang.Li ", Name: "王丽", Role: auth.Rep, TeamID: &h.Team.ID,
	}))
}

func (h *house) enter(password string) care.SignedIn {
	h.t.Helper()
	return got[care.SignedIn](h.t)(h.SignIn(h.t.Context(), "wang.li", password, care.Install{Name: "Phone"}, office))
}

func (h *house) wantOut(err error) {
	h.t.Helper()
	if !errors.Is(err, auth.ErrUnauthenticated) && care.CodeOf(err) != care.CodeUnauthenticated {
		h.t.Errorf("error %v, want signed out", err)
	}
}

func TestWhoKnowsThePasswordComesIn(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome := h.newcomer()
		in := h.enter(welcome.Password)
		v, err := h.Verify(t.Context(), in.Access)
		if err != nil || v.User != welcome.User.ID || v.Role != auth.Rep || v.Team != h.Team.ID || v.Store != h.Main.ID || v.Session.IsZero() {
			t.Fatalf("viewer %+v, error %v", v, err)
		}
		ctx := auth.With(t.Context(), v)
		if me := got[models.User](t)(h.Door.Me(ctx)); me.Login != "wang.li" {
			t.Errorf("me %+v", me)
		}
		if !in.Expires.Equal(h.clock.Now().Add(10 * time.Minute)) {
			t.Errorf("expires %s", in.Expires)
		}
		if err := h.SignOut(ctx); err != nil {
			t.Fatal(err)
		}
		_, err = h.Verify(t.Context(), in.Access)
		h.wantOut(err)
		_, err = h.Refresh(t.Context(), in.Refresh)
		h.wantOut(err)
	})
}

func TestTheDoorStaysShut(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome := h.newcomer()
		for _, c := range []struct{ name, login, password string }{
			{"a wrong password", "wang.li", "wrong-password"},
			{"nobody", "nobody", welcome.Password},
			{"a user without a password", "rep", "!"},
			{"no password", "wang.li", ""},
		} {
			_, err := h.SignIn(t.Context(), c.login, c.password, care.Install{}, office)
			if e := care.AsError(err); e == nil || e.Code != care.CodeUnauthenticated && c.login != "rep" {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		got[models.User](t)(care.Console{Door: h.Door}.DisableUser(t.Context(), "wang.li"))
		_, err := h.SignIn(t.Context(), "wang.li", welcome.Password, care.Install{}, office)
		h.wantOut(err)
		_, err = h.Verify(t.Context(), "not.a.token")
		h.wantOut(err)
	})
}

func TestGuessingIsSlowedDown(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome := h.newcomer()
		var last error
		for range 11 {
			_, last = h.SignIn(t.Context(), "wang.li", "guess", care.Install{}, office)
		}
		wantCode(t, last, care.CodeLimited)
		var slow auth.ThrottledError
		if !errors.As(last, &slow) || slow.After <= 0 {
			t.Errorf("it must say when to try again: %v", last)
		}
		_, err := h.SignIn(t.Context(), "wang.li", welcome.Password, care.Install{}, office)
		wantCode(t, err, care.CodeLimited)
		h.clock.Add(time.Minute)
		h.enter(welcome.Password)
	})
}

func TestRefreshTokensRotateAndATheftEndsTheSession(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		first := h.enter(h.newcomer().Password)
		h.clock.Add(time.Hour)
		_, err := h.Verify(t.Context(), first.Access)
		h.wantOut(err)
		second := got[care.SignedIn](t)(h.Refresh(t.Context(), first.Refresh))
		got[auth.Viewer](t)(h.Verify(t.Context(), second.Access))
		resumed := got[care.SignedIn](t)(h.Refresh(t.Context(), first.Refresh)) // the answer got lost
		h.clock.Add(time.Hour)
		third := got[care.SignedIn](t)(h.Refresh(t.Context(), resumed.Refresh))
		got[auth.Viewer](t)(h.Verify(t.Context(), third.Access))
		_, err = h.Refresh(t.Context(), first.Refresh) // hours later: stolen
		h.wantOut(err)
		_, err = h.Verify(t.Context(), third.Access)
		h.wantOut(err)
		_, err = h.Refresh(t.Context(), third.Refresh)
		h.wantOut(err)
		_, err = h.Refresh(t.Context(), "nonsense")
		h.wantOut(err)
	})
}

func TestASessionNobodyRefreshesEnds(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		in := h.enter(h.newcomer().Password)
		h.clock.Add(auth.RefreshLife)
		_, err := h.Refresh(t.Context(), in.Refresh)
		h.wantOut(err)
	})
}

func TestDisablingAndResettingWorkAtOnce(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome := h.newcomer()
		in := h.enter(welcome.Password)
		admin := h.as(h.Admin)
		reset := got[care.Welcome](t)(h.ResetPassword(admin, welcome.User.ID))
		_, err := h.Verify(t.Context(), in.Access)
		h.wantOut(err)
		_, err = h.SignIn(t.Context(), "wang.li", welcome.Password, care.Install{}, office)
		h.wantOut(err)
		again := h.enter(reset.Password)
		got[models.User](t)(h.DisableUser(admin, welcome.User.ID))
		_, err = h.Verify(t.Context(), again.Access)
		h.wantOut(err)
		_, err = h.DisableUser(admin, h.Admin.ID)
		wantCode(t, err, care.CodeRefused)
		_, err = h.DisableUser(h.as(h.Manager), h.Rep.ID)
		wantCode(t, err, care.CodeNotFound)
	})
}

func TestChangingThePassword(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome := h.newcomer()
		in := h.enter(welcome.Password)
		ctx := auth.With(t.Context(), got[auth.Viewer](t)(h.Verify(t.Context(), in.Access)))
		for _, c := range []struct {
			name, old, next, field string
		}{
			{"not the old one", "wrong-old-one", "春天来了花儿开了真好", "old"},
			{"too short", welcome.Password, "short", "next"},
			{"too common", welcome.Password, "1234567890", "next"},
		} {
			if e := care.AsError(h.ChangePassword(ctx, c.old, c.next)); e == nil || e.Code != care.CodeInvalid || e.Field != c.field {
				t.Errorf("%s: %v", c.name, e)
			}
		}
		if err := h.ChangePassword(ctx, welcome.Password, "春天来了花儿开了真好"); err != nil {
			t.Fatal(err)
		}
		_, err := h.Verify(t.Context(), in.Access)
		h.wantOut(err)
		h.enter("春天来了花儿开了真好")
	})
}

func TestUsersThatDoNotFitAreRefused(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		admin := h.as(h.Admin)
		good := care.NewUser{Login: "new.one", Name: "新人", Role: auth.Manager, Password: "well-chosen-one"}
		for _, c := range []struct {
			name string
			ctx  context.Context
			code care.Code
			bad  func(*care.NewUser)
		}{
			{"a login with blanks", admin, care.CodeInvalid, func(u *care.NewUser) { u.Login = "a b" }},
			{"a login that is taken", admin, care.CodeConflict, func(u *care.NewUser) { u.Login = "REP" }},
			{"no name", admin, care.CodeInvalid, func(u *care.NewUser) { u.Name = "" }},
			{"no such role", admin, care.CodeInvalid, func(u *care.NewUser) { u.Role = "OWNER" }},
			{"a rep without a team", admin, care.CodeInvalid, func(u *care.NewUser) { u.Role = auth.Rep }},
			{"a team nobody knows", admin, care.CodeNotFound, func(u *care.NewUser) { u.Role, u.TeamID = auth.Rep, ptr(h.key()) }},
			{"a weak password", admin, care.CodeInvalid, func(u *care.NewUser) { u.Password = "short" }},
			{"a manager adds nobody", h.as(h.Manager), care.CodeNotFound, func(*care.NewUser) {}},
		} {
			in := good
			c.bad(&in)
			if _, err := h.AddUser(c.ctx, in); care.CodeOf(err) != c.code {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		w := got[care.Welcome](t)(h.AddUser(admin, good))
		if w.Password != "" || w.User.TeamID != nil || w.User.Lang != "zh" {
			t.Errorf("welcome %+v", w)
		}
	})
}
