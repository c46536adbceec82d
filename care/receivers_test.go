package care_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

func (w *world) receivers(u models.User, accounts ...models.Account) []care.Receiver {
	w.t.Helper()
	return got[[]care.Receiver](w.t)(w.Receivers(w.as(u), keysOf(accounts), nil, nil))
}

func keysOf(accounts []models.Account) []id.ID {
	var out []id.ID
	for _, a := range accounts {
		out = append(out, a.ID)
	}
	return out
}

func namesOf(rows []care.Receiver) []string {
	var out []string
	for _, r := range rows {
		out = append(out, r.Rep.Name)
	}
	return out
}

func TestReceiversAreTheOthersOfTheReach(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name     string
			who      models.User
			accounts []models.Account
			want     []string
		}{
			{"a supervisor's team without the holder", w.Supervisor, []models.Account{w.Own}, []string{"李静"}},
			{"without every holder", w.Supervisor, []models.Account{w.Own, w.Colleagues}, nil},
			{"a covered account of another team", w.Supervisor, []models.Account{w.Covered}, []string{"王敏", "李静"}},
			{"a manager's whole company", w.Manager, []models.Account{w.Own}, []string{"李静", "孙丽", "赵强"}},
		} {
			got := namesOf(w.receivers(c.who, c.accounts...))
			if diff := cmp.Diff(c.want, got, cmp.Transformer("set", func(s []string) map[string]bool {
				out := map[string]bool{}
				for _, v := range s {
					out[v] = true
				}
				return out
			})); diff != "" {
				t.Errorf("%s (-want +got)\n%s", c.name, diff)
			}
		}
	})
}

func TestTheScoreOfAReceiver(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		taken := w.many(w.Rep, 10, 36.65, 117.1, nil)
		best := func() care.Receiver {
			for _, r := range w.receivers(w.Manager, taken...) {
				if r.Rep.ID == w.Colleague.ID {
					return r
				}
			}
			t.Fatal("not proposed")
			return care.Receiver{}
		}
		stranger := best()
		if stranger.Score == 0 || stranger.Metres != nil || stranger.Known != 0 || stranger.AwayFrom != nil || stranger.Accounts != 1 {
			t.Errorf("a stranger without a place: %+v", stranger)
		}
		if stranger.UtilisationAfter <= stranger.Utilisation {
			t.Errorf("ten accounts cost nothing: %+v", stranger)
		}

		w.many(w.Colleague, 10, 36.651, 117.1, nil)
		near := best()
		if near.Metres == nil || *near.Metres > 300 || near.Score <= stranger.Score {
			t.Errorf("a neighbour %+v, a stranger %d", near, stranger.Score)
		}
		if words := strings.Join(near.Words("en"), " "); !strings.Contains(words, " m from own accounts") {
			t.Errorf("%q", words)
		}

		// A visit made for the rep; two calls of one account are one account known.
		w.write(func(tx *models.Tx) error {
			return tx.AddCovers([]models.Cover{{ID: tx.NewID(), AccountID: taken[0].ID, RepID: w.Colleague.ID, FromDay: w.today - 3, ToDay: w.today + 1, CreatedBy: w.Supervisor.ID}})
		})
		w.log(w.Colleague, w.visit(taken[0]))
		knows := best()
		if knows.Known != 1 || knows.Score <= near.Score || !strings.Contains(strings.Join(knows.Words("zh"), ""), "10 位会员中照顾过 1 位") {
			t.Errorf("who knows one %+v, who knows none %d", knows, near.Score)
		}

		w.write(func(tx *models.Tx) error {
			l := models.Leave{ID: tx.NewID(), UserID: w.Colleague.ID, FromDay: w.today + 5, ToDay: w.today + 18, Granted: true, CreatedBy: w.Rep.ID, CreatedAt: tx.Now}
			return tx.AddLeave(&l)
		})
		away := best()
		if away.AwayFrom == nil || *away.AwayFrom != w.today+5 || away.Score >= knows.Score {
			t.Errorf("with two weeks of leave %+v, without %d", away, knows.Score)
		}

		w.many(w.Colleague, 120, 36.651, 117.1, nil)
		if full := best(); full.Score >= away.Score || full.UtilisationAfter < 1 {
			t.Errorf("overloaded %+v, before %d", full, away.Score)
		}
	})
}

func TestAReferralTiesAnAccountToTheOtherRep(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		brought := w.many(w.Rep, 2, 36.65, 117.1, func(_ int, a *models.Account) { a.ReferredBy = &w.Colleagues.ID })
		r := w.receivers(w.Supervisor, brought...)
		if len(r) != 1 || r[0].Friends != 2 || !strings.Contains(strings.Join(r[0].Words("en"), " "), "2 tied to their accounts by a referral") {
			t.Fatalf("%+v", r)
		}
		if plain := w.receivers(w.Supervisor, w.Own); plain[0].Friends != 0 || plain[0].Score >= r[0].Score {
			t.Errorf("%+v without a referral, %+v with", plain[0], r[0])
		}
	})
}

func TestWhoIsAwayCoversNobody(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.write(func(tx *models.Tx) error {
			l := models.Leave{ID: tx.NewID(), UserID: w.Colleague.ID, FromDay: w.today + 40, ToDay: w.today + 41, Granted: true, CreatedBy: w.Rep.ID, CreatedAt: tx.Now}
			return tx.AddLeave(&l)
		})
		day := func(n civil.Date) *civil.Date { d := w.today + n; return &d }
		for _, c := range []struct {
			name     string
			from, to *civil.Date
			want     int
		}{
			{"a move", nil, nil, 1},
			{"before the leave", day(1), day(39), 1},
			{"on its first day", day(30), day(40), 0},
			{"a single day of it", day(41), nil, 0},
			{"from today on, over it", nil, day(60), 0},
			{"after it", day(42), day(50), 1},
		} {
			rows := got[[]care.Receiver](t)(w.Receivers(w.as(w.Supervisor), []id.ID{w.Own.ID}, c.from, c.to))
			if len(rows) != c.want {
				t.Errorf("%s: %v", c.name, namesOf(rows))
			}
		}
	})
}

func TestWhoMayAskForReceivers(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		own, before := []id.ID{w.Own.ID}, w.today-1
		for _, c := range []struct {
			name     string
			who      models.User
			accounts []id.ID
			to       *civil.Date
			want     care.Code
		}{
			{"no accounts", w.Supervisor, nil, nil, care.CodeInvalid},
			{"too many accounts", w.Supervisor, make([]id.ID, 501), nil, care.CodeLimited},
			{"one of another store", w.Supervisor, []id.ID{w.Own.ID, w.OtherStores.ID}, nil, care.CodeNotFound},
			{"one that does not exist", w.Manager, []id.ID{w.key()}, nil, care.CodeNotFound},
			{"an erased one", w.Manager, []id.ID{w.Erased.ID}, nil, care.CodeNotFound},
			{"the same one twice", w.Supervisor, []id.ID{w.Own.ID, w.Own.ID}, nil, ""},
			{"days that run backwards", w.Supervisor, own, &before, care.CodeInvalid},
		} {
			from := &w.today
			if c.to == nil {
				from = nil
			}
			if _, err := w.Receivers(w.as(c.who), c.accounts, from, c.to); care.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %q", c.name, err, c.want)
			}
		}
		for _, u := range []models.User{w.Rep, w.Expert, w.Admin} {
			if _, err := w.Receivers(w.as(u), own, nil, nil); err == nil {
				t.Errorf("%s asks for receivers", u.Role)
			}
		}
	})
}
