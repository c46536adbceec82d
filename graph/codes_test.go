package graph_test

import (
	"strings"
	"testing"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/models"
)

// TestEveryCodeIsProduced: each code of the table comes from a real request, with what it promises beside it.
func TestEveryCodeIsProduced(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		s := a.subject(t, own)
		log := func(id any, more variables) variables {
			in := variables{"id": id, "accountId": s.account, "kind": "CALL", "outcome": "TALKED", "startedAt": "2026-03-04T01:00:00Z"}
			for k, v := range more {
				in[k] = v
			}
			return variables{"i": in}
		}
		const logContact = `mutation($i: LogContactInput!) { logContact(input: $i) { id late } }`
		twice := a.key()
		data[any](t, a.ask(t, a.Rep, logContact, log(twice, nil)), "logContact")
		a.optOut(t, s)
		for _, c := range []struct {
			name        string
			code        care.Code
			field, rule string
			got         reply
		}{
			{"nobody", care.CodeUnauthenticated, "", "", a.ask(t, models.User{}, `{ me { id } }`, nil)},
			{"a wrong password", care.CodeUnauthenticated, "", "", a.askWith(t, "", signInDocument, variables{"l": "rep", "p": "wrong", "d": "d"})},
			{"an unknown login", care.CodeUnauthenticated, "", "", a.askWith(t, "", signInDocument, variables{"l": "nobody", "p": password, "d": "d"})},
			{"an unknown account", care.CodeNotFound, "", "", a.ask(t, a.Rep, `query($a: ID!) { account(id: $a) { id } }`, variables{"a": a.key()})},
			{"another role's work", care.CodeNotFound, "", "", a.ask(t, a.Rep, `{ users { id } }`, nil)},
			{"a contact in the future", care.CodeInvalid, "startedAt", "past",
				a.ask(t, a.Rep, logContact, log(a.key(), variables{"startedAt": "2026-03-09T01:00:00Z"}))},
			{"a code that is none", care.CodeInvalid, "i.kind", "Variables", a.ask(t, a.Rep, logContact, log(a.key(), variables{"kind": "TELEPATHY"}))},
			{"a day that is none", care.CodeInvalid, "day", "scalar", a.ask(t, a.Rep, `{ myDay(day: "2026-02-30") { day } }`, nil)},
			{"the same key with other content", care.CodeConflict, "", "", a.ask(t, a.Rep, logContact, log(twice, variables{"feeling": "好"}))},
			{"an edit of an old version", care.CodeConflict, "", "",
				a.ask(t, a.Rep, `mutation($i: EditAccountInput!) { editAccount(input: $i) { id } }`,
					variables{"i": variables{"id": a.key(), "accountId": s.account, "version": 77, "job": "x"}})},
			{"a call against an opt-out", care.CodeRefused, "", "D19",
				a.ask(t, a.Rep, `mutation($i: PlanContactInput!) { planContact(input: $i) { id } }`,
					variables{"i": variables{"id": a.key(), "accountId": s.account, "kind": "CALL", "day": tomorrow, "reason": "x"}})},
			{"a page too long", care.CodeLimited, "", "page", a.ask(t, a.Rep, `{ accounts(search: {}, first: 1000) { edges { cursor } } }`, nil)},
			{"too many days", care.CodeLimited, "", "days", a.ask(t, a.Rep, `{ myWeeks(from: "2026-01-01", to: "2026-12-31") { userId } }`, nil)},
		} {
			t.Run(c.name, func(t *testing.T) {
				if code := c.got.code(t); code != string(c.code) {
					t.Fatalf("%s, want %s: %s", code, c.code, c.got.text)
				}
				beside := c.got.body.Errors[0].Extensions
				if field, _ := beside["field"].(string); field != c.field {
					t.Errorf("field %q, want %q", field, c.field)
				}
				if rule, _ := beside["rule"].(string); rule != c.rule {
					t.Errorf("rule %q, want %q", rule, c.rule)
				}
			})
		}
	})
}

const signInDocument = `mutation($l: String!, $p: String!, $d: String!) { signIn(login: $l, password: $p, device: $d) {
	access accessExpires refresh user { id role } } }`

func (a *api) optOut(t *testing.T, s subject) {
	t.Helper()
	a.write(t, func(tx *models.Tx) error {
		row := models.Account{ID: s.account, OptOuts: []models.OptOut{{Kind: "CALL", From: tx.Today}}}
		return tx.SumUpAccount(&row, "opt_outs")
	})
}

// TestInternalHidesItsText: what is our fault is told by its id alone, and the log has the rest.
func TestInternalHidesItsText(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		s := a.subject(t, own)
		a.write(t, func(tx *models.Tx) error {
			row := models.Account{ID: s.account, Phone: models.Sealed("no ciphertext at all")}
			return tx.SumUpAccount(&row, "phone")
		})
		got := a.ask(t, a.Rep, `query($a: ID!) { account(id: $a) { name phone } }`, variables{"a": s.account})
		if got.code(t) != string(care.CodeInternal) || got.body.Errors[0].Message != "internal error" || got.body.Errors[0].Extensions["id"] != "fault-1" {
			t.Errorf("want INTERNAL with an id and no text, got %s", got.text)
		}
		if strings.Contains(got.text, s.name) || !strings.Contains(a.log.String(), "fault-1") {
			t.Errorf("the answer %s, the log %s", got.text, a.log)
		}
	})
}

type signedIn struct {
	Access, Refresh string
	AccessExpires   time.Time
	User            struct{ ID, Role string }
}

func (a *api) signIn(t *testing.T, login string) signedIn {
	t.Helper()
	return data[signedIn](t, a.askWith(t, "", signInDocument, variables{"l": login, "p": password, "d": "电话"}), "signIn")
}

const (
	refreshDocument = `mutation($t: String!) { refresh(token: $t) { access refresh user { id role } } }`
	myDayDocument   = `{ myDay { day today items { id } } }`
)

func TestASessionFromDoorToDoor(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		s := a.signIn(t, "REP") // case does not matter
		if s.User.ID != a.Rep.ID.String() || s.User.Role != string(auth.Rep) || !s.AccessExpires.Equal(a.clock.Now().Add(auth.AccessLife)) {
			t.Errorf("signed in as %+v", s)
		}
		if got := a.askWith(t, s.Access, myDayDocument, nil); !strings.Contains(got.text, `"today":"2026-03-04"`) {
			t.Errorf("my day: %s", got.text)
		}
		next := data[signedIn](t, a.askWith(t, "", refreshDocument, variables{"t": s.Refresh}), "refresh")
		data[bool](t, a.askWith(t, next.Access, `mutation { signOut }`, nil), "signOut")
		for _, got := range []reply{
			a.askWith(t, next.Access, myDayDocument, nil),
			a.askWith(t, s.Access, myDayDocument, nil),
			a.askWith(t, "", refreshDocument, variables{"t": next.Refresh}),
			a.askWith(t, "", refreshDocument, variables{"t": "not a token"}),
			a.askWith(t, s.Access+"x", myDayDocument, nil),
		} {
			if got.code(t) != string(care.CodeUnauthenticated) {
				t.Errorf("after signing out: %s", got.text)
			}
		}
	})
}

func TestAnAccessTokenEndsWithItsTenMinutes(t *testing.T) {
	a := onSQLite(t)
	s := a.signIn(t, "rep")
	a.clock.Add(auth.AccessLife + time.Minute)
	if got := a.askWith(t, s.Access, myDayDocument, nil); got.status != 401 || got.code(t) != string(care.CodeUnauthenticated) {
		t.Errorf("%d %s, want 401 UNAUTHENTICATED", got.status, got.text)
	}
}

func TestGuessingPasswordsIsLimited(t *testing.T) {
	a := onSQLite(t)
	for range 50 {
		got := a.askWith(t, "", signInDocument, variables{"l": "rep", "p": "guess", "d": "d"})
		if got.code(t) == string(care.CodeLimited) {
			return
		}
	}
	t.Error("fifty guesses, and still no limit")
}
