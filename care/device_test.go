package care_test

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

// on opens a session of the newcomer on a device.
func (h *house) on(password string, device id.ID) care.SignedIn {
	h.t.Helper()
	return got[care.SignedIn](h.t)(h.SignIn(h.t.Context(), "wang.li", password, care.Install{ID: &device, Name: "Phone"}, office))
}

// verified is the viewer of a token.
func (h *house) verified(token string) auth.Viewer {
	h.t.Helper()
	return got[auth.Viewer](h.t)(h.Verify(h.t.Context(), token))
}

// holding is a handset that speaks with a token, and holds an account.
func (h *house) holding(in care.SignedIn, token string) *handset {
	h.t.Helper()
	key, err := base64.StdEncoding.DecodeString(in.Keys.ReceiptKey)
	if err != nil {
		h.t.Fatal(err)
	}
	return &handset{w: h.world, viewer: h.verified(token), key: key}
}

// newcomer with an account of their own.
func (h *house) rep() (care.Welcome, models.Account) {
	h.t.Helper()
	welcome := h.newcomer()
	got[models.User](h.t)(h.Door.Assign(h.as(h.Manager), care.Assign{
		ID: h.key(), Accounts: []id.ID{h.Own.ID}, ToRep: welcome.User.ID, Reason: "新人",
	}))
	h.clock.Add(time.Hour)
	return welcome, h.account(h.Own.ID)
}

func TestADeviceFindsItsKeysAgain(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome := h.newcomer()
		device, other := h.key(), h.key()
		if in := h.enter(welcome.Password); in.Keys != nil {
			t.Errorf("a device without an id has keys: %+v", in.Keys)
		}
		first, again, elsewhere := h.on(welcome.Password, device).Keys, h.on(welcome.Password, device).Keys, h.on(welcome.Password, other).Keys
		if first.StoreKey != again.StoreKey || first.ReceiptKey != again.ReceiptKey || first.ID != device {
			t.Errorf("keys %+v, then %+v", first, again)
		}
		for _, key := range []string{first.StoreKey, first.ReceiptKey} {
			if raw, err := base64.StdEncoding.DecodeString(key); err != nil || len(raw) != 32 {
				t.Errorf("%q is not 32 bytes in base64", key)
			}
		}
		if first.StoreKey == first.ReceiptKey || first.StoreKey == elsewhere.StoreKey || first.ReceiptKey == elsewhere.ReceiptKey {
			t.Error("one key for two things")
		}
		if first.LeaseHours != 72 || first.Issued != 0 {
			t.Errorf("keys %+v", first)
		}
		got[models.Policy](t)(h.Door.AddPolicy(h.as(h.Manager), h.today, `{"field": {"leaseHours": 8}}`))
		s := h.holding(h.on(welcome.Password, device), first.Delivery)
		s.counter = 41
		s.push()
		if keys := h.on(welcome.Password, device).Keys; keys.LeaseHours != 8 || keys.Issued != 41 {
			t.Errorf("keys %+v", keys)
		}
		_, err := h.SignIn(t.Context(), "wang.li", welcome.Password, care.Install{ID: &id.ID{}}, office)
		wantCode(t, err, care.CodeInvalid)
	})
}

// Story 18: a deactivated rep's phone still delivers what was done before, for review; and nothing that came later.
func TestADisabledUsersPhoneDelivers(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome, account := h.rep()
		in := h.on(welcome.Password, h.key())
		before := h.holding(in, in.Access)
		call, tags := before.does("LogContact", h.call(account)), before.does("SetTags", tagging{account.ID, []string{"甲"}})
		h.clock.Add(time.Minute)
		got[models.User](t)(care.Console{Door: h.Door}.DisableUser(t.Context(), "wang.li"))
		_, err := h.Verify(t.Context(), in.Access)
		h.wantOut(err)
		h.clock.Add(time.Hour)
		late := before.does("LogContact", h.call(account))
		s := h.holding(in, in.Keys.Delivery)
		s.counter = before.counter
		out := s.push(call, tags, late)
		h.wantStatus(out.Answers[0], care.Applied, "")
		h.wantStatus(out.Answers[1], care.Applied, "")
		h.wantStatus(out.Answers[2], care.Rejected, care.CodeRefused)
		if !cmp.Equal(out.Answers[0].Review, []care.Flag{care.FlagAfterRevoked}) || out.Answers[2].Rule != "disabled" || !out.Wipe {
			t.Errorf("the push %+v", out)
		}
		logs := h.logsOf(account)
		if len(logs) != 1 || logs[0].UserID != welcome.User.ID {
			t.Fatalf("contacts %+v", logs)
		}
		wantFlags(t, logs[0], care.FlagAfterRevoked)
		_, err = h.SignIn(t.Context(), "wang.li", welcome.Password, care.Install{}, office)
		h.wantOut(err)
	})
}

func TestARevokedDevice(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome, account := h.rep()
		device := h.key()
		in, desktop := h.on(welcome.Password, device), h.enter(welcome.Password)
		s := h.holding(in, in.Access)
		before := s.does("LogContact", h.call(account))
		h.clock.Add(time.Minute)
		_, err := h.Door.RevokeDevice(h.as(h.Supervisor), welcome.User.ID, device, " ")
		wantCode(t, err, care.CodeInvalid)
		d := got[care.Device](t)(h.Door.RevokeDevice(h.as(h.Supervisor), welcome.User.ID, device, "丢在公交上"))
		if d.RevokedAt == nil || d.WipedAt != nil || d.UserName != "王丽" {
			t.Errorf("device %+v", d)
		}
		_, err = h.Verify(t.Context(), in.Access)
		h.wantOut(err)
		_, err = h.Refresh(t.Context(), in.Refresh)
		h.wantOut(err)
		h.verified(desktop.Access) // other devices of the user go on
		_, err = h.SignIn(t.Context(), "wang.li", welcome.Password, care.Install{ID: &device}, office)
		wantCode(t, err, care.CodeRefused)
		if e := care.AsError(err); e.Rule != "revoked" {
			t.Errorf("error %+v", e)
		}

		h.clock.Add(time.Minute)
		s.viewer = h.verified(in.Keys.Delivery)
		out := s.push(before, s.does("LogContact", h.call(account)))
		h.wantStatus(out.Answers[0], care.Applied, "")
		h.wantStatus(out.Answers[1], care.Rejected, care.CodeRefused)
		if !out.Wipe || out.Answers[1].Rule != "revoked" || !cmp.Equal(out.Answers[0].Review, []care.Flag{care.FlagAfterRevoked}) {
			t.Errorf("the push %+v", out)
		}
		wiped := s.report()
		wiped.Wiped = true
		got[care.Pushed](t)(h.Door.Push(auth.With(t.Context(), s.viewer), wiped, nil, desk{h.world}))
		again := got[care.Device](t)(h.Door.RevokeDevice(h.as(h.Manager), welcome.User.ID, device, "again"))
		if again.WipedAt == nil || !again.RevokedAt.Equal(*d.RevokedAt) {
			t.Errorf("revoked twice: %+v", again)
		}
		h.on(welcome.Password, h.key()) // as a new device
	})
}

func TestWhoRevokesADevice(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name string
			who  models.User
			of   models.User
			code care.Code
		}{
			{"one's own", w.Rep, w.Rep, ""},
			{"an admin's own", w.Admin, w.Admin, ""},
			{"a colleague's", w.Colleague, w.Rep, care.CodeNotFound},
			{"of the team", w.Supervisor, w.Rep, ""},
			{"of another team", w.BranchSupervisor, w.Rep, care.CodeNotFound},
			{"anybody's, as the manager", w.Manager, w.Rep, ""},
			{"the manager's, as a supervisor", w.Supervisor, w.Manager, care.CodeNotFound},
			{"anybody's, as an admin", w.Admin, w.Rep, care.CodeNotFound},
		} {
			h := w.handset(c.of)
			_, err := w.RevokeDevice(w.as(c.who), c.of.ID, h.viewer.Device, "丢了")
			if care.CodeOf(err) != c.code {
				t.Errorf("%s: %v", c.name, err)
			}
			_, err = w.RevokeDevice(w.as(c.who), c.of.ID, w.key(), "丢了")
			wantCode(t, err, care.CodeNotFound)
		}
	})
}

// Story 13: two users on one phone. What A left there goes out in A's name, while B works.
func TestTwoUsersOnOneDevice(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome, account := h.rep()
		device := h.key()
		a := h.on(welcome.Password, device)
		s := h.holding(a, a.Access)
		unsent := s.does("LogContact", h.call(account))
		if err := h.SignOut(auth.With(t.Context(), s.viewer)); err != nil {
			t.Fatal(err)
		}
		b := h.handsetOn(h.Colleague, device)
		if b.key == nil || string(b.key) == string(s.key) {
			t.Error("both have one key for receipts")
		}
		b.push(b.does("LogContact", h.call(h.Colleagues)))
		delivering := h.holding(a, a.Keys.Delivery)
		h.wantStatus(delivering.push(unsent).Answers[0], care.Applied, "")
		if logs := h.logsOf(account); len(logs) != 1 || logs[0].UserID != welcome.User.ID {
			t.Errorf("contacts %+v", logs)
		}
		if delivering.push().Wipe {
			t.Error("signing out is no revocation")
		}
	})
}

func TestANewPasswordDoesNotStopDelivery(t *testing.T) {
	atTheDoor(t, func(t *testing.T, h *house) {
		welcome, account := h.rep()
		in := h.on(welcome.Password, h.key())
		s := h.holding(in, in.Access)
		if err := h.ChangePassword(auth.With(t.Context(), s.viewer), welcome.Password, "another-password-2026"); err != nil {
			t.Fatal(err)
		}
		_, err := h.Verify(t.Context(), in.Access)
		h.wantOut(err)
		out := h.holding(in, in.Keys.Delivery).push(s.does("LogContact", h.call(account)))
		h.wantStatus(out.Answers[0], care.Applied, "")
		if len(out.Answers[0].Review) > 0 || out.Wipe {
			t.Errorf("the push %+v", out)
		}
		h.clock.Add(auth.DeliveryLife + time.Hour)
		_, err = h.Verify(t.Context(), in.Keys.Delivery)
		h.wantOut(err)
	})
}

func TestWhatAContactBrought(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := w.call(w.Own)
		in.Took = []models.Took{models.TookReferral, models.TookRepurchase}
		w.log(w.Rep, in)
		if logs := w.logsOf(w.Own); len(logs) != 1 || !cmp.Equal(logs[0].Took, in.Took) {
			t.Errorf("contacts %+v", logs)
		}
		for _, bad := range [][]models.Took{{"TEA"}, {models.TookReferral, models.TookReferral}} {
			in := w.call(w.Own)
			in.Took = bad
			_, err := w.LogContact(w.as(w.Rep), in)
			wantCode(t, err, care.CodeInvalid)
		}
	})
}

func TestTheLeaseIsPolicy(t *testing.T) {
	for body, field := range map[string]string{
		`{"field": {"leaseHours": 0}}`:   "field.leaseHours",
		`{"field": {"leaseHours": 721}}`: "field.leaseHours",
		`{"field": {"leasehours": 8}}`:   "field.leasehours",
		`{"field": {"leaseHours": 720}}`: "",
	} {
		p, err := care.ParsePolicy([]byte(body))
		if e := care.AsError(err); field == "" && (err != nil || p.Field.LeaseHours != 720) || field != "" && (e == nil || e.Field != field) {
			t.Errorf("%s: %+v, %v", body, p.Field, err)
		}
	}
}
