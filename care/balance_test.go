package care_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

// many gives a rep accounts around a place, with years of care behind them, and returns them.
func (w *world) many(rep models.User, n int, lat, lng float64, change func(int, *models.Account)) []models.Account {
	w.t.Helper()
	var out []models.Account
	w.write(func(tx *models.Tx) error {
		var held []models.Assignment
		for i := range n {
			at := models.Account{
				ID: tx.NewID(), StoreID: *rep.StoreID, RepID: rep.ID, Name: fmt.Sprint("会员", i), District: "历下区", Service: cadence.OnProduct,
				Lifecycle: cadence.Established, Activity: cadence.NormalActivity, Horizon: cadence.HorizonUnknown, Since: tx.Today - 300,
				CreatedAt: tx.Now.Add(-300 * 24 * time.Hour),
			}
			at.Number = at.ID.String()
			north, east := lat+0.001*float64(i%7), lng+0.001*float64(i/7)
			at.Lat, at.Lng = &north, &east
			if change != nil {
				change(i, &at)
			}
			out = append(out, at)
			held = append(held, models.Assignment{ID: tx.NewID(), AccountID: at.ID, RepID: rep.ID, FromAt: tx.Now.Add(-300 * 24 * time.Hour)})
		}
		if err := tx.AddAccounts(out); err != nil {
			return err
		}
		return tx.AddAssignments(held)
	})
	return out
}

func (w *world) balance(u models.User, team *id.ID) care.Balance {
	w.t.Helper()
	return got[care.Balance](w.t)(w.Balance(w.as(u), team))
}

// spread gives one rep a full book, a part of which lies with the accounts of a colleague who has time.
func (w *world) spread() {
	w.many(w.Rep, 60, 36.65, 117.1, nil)
	w.many(w.Rep, 40, 36.69, 117.15, nil)
	w.many(w.Colleague, 40, 36.69, 117.15, nil)
}

func TestAnOverloadedRepGivesToTheColleagueNextDoor(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.spread()
		b := w.balance(w.Supervisor, nil)
		if !b.Within || len(b.Moves) == 0 || b.Words("zh") != "" || b.Words("en") != "" {
			t.Fatalf("%d moves, within %v: %s", len(b.Moves), b.Within, b.Words("en"))
		}
		if b.SpreadAfter > b.SpreadBefore/2 || b.TravelAfter > b.TravelBefore {
			t.Errorf("spread %.1f to %.1f, travel %d to %d", b.SpreadBefore, b.SpreadAfter, b.TravelBefore, b.TravelAfter)
		}
		wantRepLoads(t, b)
		given, saved, added := 0, 0, 0
		for _, m := range b.Moves {
			given, saved, added = given+m.Care, saved+m.TravelSaved, added+m.TravelAdded
			if m.Care <= 0 {
				t.Errorf("nothing to do for %s goes along", m.AccountName)
			}
			if m.FromRep.ID != w.Rep.ID || m.ToRep.ID != w.Colleague.ID || m.GainTravel != m.TravelSaved-m.TravelAdded || m.Known || m.AccountName == "" {
				t.Errorf("%+v", m)
			}
			if zh, en := m.Words("zh"), m.Words("en"); !strings.Contains(zh, "王敏负荷 ") || !strings.Contains(en, "王敏 is at ") {
				t.Errorf("%q, %q", zh, en)
			}
		}
		for _, r := range b.Reps { // in the order of the list the moves add up to the whole
			care, travel := r.CareAfter-r.CareBefore, r.TravelAfter-r.TravelBefore
			wantCare, wantTravel := 0, 0
			switch r.Rep.ID {
			case w.Rep.ID:
				wantCare, wantTravel = -given, -saved
			case w.Colleague.ID:
				wantCare, wantTravel = given, added
			}
			if near := len(b.Moves); max(care-wantCare, wantCare-care, travel-wantTravel, wantTravel-travel) > near { // each is rounded
				t.Errorf("%s: care %+d, travel %+d; the moves say %+d and %+d", r.Rep.Name, care, travel, wantCare, wantTravel)
			}
		}
		if saved == 0 || added == 0 {
			t.Errorf("travel saved %d, added %d", saved, added)
		}
	})
}

// What the reps have must be what the moves say, and what the whole says.
func wantRepLoads(t *testing.T, b care.Balance) {
	t.Helper()
	before, after, moved := 0, 0, map[id.ID]int{}
	for _, m := range b.Moves {
		moved[m.FromRep.ID]--
		moved[m.ToRep.ID]++
	}
	for _, r := range b.Reps {
		before, after = before+r.TravelBefore, after+r.TravelAfter
		if r.AccountsAfter-r.AccountsBefore != moved[r.Rep.ID] || r.Capacity == 0 {
			t.Errorf("%+v, moved %d", r, moved[r.Rep.ID])
		}
		if used := float64(r.CareBefore+r.TravelBefore) / float64(r.Capacity); math.Abs(used-r.UtilisationBefore) > 0.001 {
			t.Errorf("%+v: %f", r, used)
		}
		if r.UtilisationAfter < b.Low-0.001 || r.UtilisationAfter > b.High+0.001 {
			t.Errorf("%+v outside %f to %f", r, b.Low, b.High)
		}
	}
	if math.Abs(float64(before-b.TravelBefore)) > 2 || math.Abs(float64(after-b.TravelAfter)) > 2 {
		t.Errorf("travel of the reps %d, %d, of all %d, %d", before, after, b.TravelBefore, b.TravelAfter)
	}
}

func TestCapacityIsWorkingTimeLessHolidaysAndLeave(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		capacity := func() map[id.ID]int {
			out := map[id.ID]int{}
			for _, r := range w.balance(w.Supervisor, nil).Reps {
				out[r.Rep.ID] = r.Capacity
			}
			return out
		}
		// Four weeks of six days of eight hours, in thirty days.
		if got := capacity()[w.Rep.ID]; got != 12343 { // 24 × 480 × 30 ÷ 28
			t.Errorf("capacity %d", got)
		}
		w.write(func(tx *models.Tx) error {
			l := models.Leave{ID: tx.NewID(), UserID: w.Rep.ID, FromDay: w.today, ToDay: w.today + 6, Granted: true, CreatedBy: w.Rep.ID, CreatedAt: tx.Now}
			asked := models.Leave{ID: tx.NewID(), UserID: w.Colleague.ID, FromDay: w.today, ToDay: w.today + 6, CreatedBy: w.Rep.ID, CreatedAt: tx.Now}
			if err := tx.AddLeave(&l); err != nil {
				return err
			}
			if err := tx.AddLeave(&asked); err != nil {
				return err
			}
			return tx.PutHolidays([]models.Holiday{{Day: w.today + 8, Name: "休"}})
		})
		after := capacity()
		if want := 17 * 480. * 30 / 28; math.Abs(float64(after[w.Rep.ID])-want) > 1 {
			t.Errorf("with a week's leave and a holiday %d, want %.0f", after[w.Rep.ID], want)
		}
		if want := 23 * 480. * 30 / 28; math.Abs(float64(after[w.Colleague.ID])-want) > 1 {
			t.Errorf("leave that is only asked for counts: %d, want %.0f", after[w.Colleague.ID], want)
		}
	})
}

func TestWhatHadBetterStayStays(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		accounts := w.many(w.Rep, 100, 36.65, 117.1, func(i int, a *models.Account) {
			if i == 2 {
				day := w.today - 10
				a.Lifecycle, a.LastPurchaseOn, a.Purchases = cadence.New, &day, 1
			}
			if i == 3 {
				a.Grade = 100
			}
		})
		w.many(w.Colleague, 20, 36.65, 117.1, nil)
		ties := map[string]models.Account{"a complaint": accounts[0], "a joint visit": accounts[1], "onboarding": accounts[2], "a strong bond": accounts[3],
			"just moved": accounts[4], "a planned move": accounts[5], "somebody was asked along": accounts[6]}
		w.write(func(tx *models.Tx) error {
			c := models.Case{ID: tx.NewID(), AccountID: accounts[0].ID, Kind: models.ComplaintCase, Status: models.CaseOpen, OwnerID: w.Rep.ID,
				OpenedOn: w.today, DueOn: w.today + 1, CreatedBy: w.Rep.ID, CreatedAt: tx.Now, UpdatedAt: tx.Now}
			return tx.AddCase(&c, nil)
		})
		w.item(accounts[1], "joint", func(i *models.PlanItem) { i.ExpertID, i.Day = &w.Expert.ID, w.today+3 })
		w.write(func(tx *models.Tx) error {
			held := models.Assignment{ID: tx.NewID(), AccountID: accounts[3].ID, RepID: w.Rep.ID, FromAt: tx.Now.Add(-3 * 365 * 24 * time.Hour)}
			a := accounts[3]
			if err := tx.MoveAccount(&a, held); err != nil {
				return err
			}
			a = accounts[4]
			return tx.MoveAccount(&a, models.Assignment{ID: tx.NewID(), AccountID: a.ID, RepID: w.Rep.ID, FromAt: tx.Now.Add(-10 * 24 * time.Hour)})
		})
		w.write(func(tx *models.Tx) error {
			m := models.Move{ID: tx.NewID(), ToRepID: w.Colleague.ID, Reason: "x", OnDay: w.today + 5, Status: models.MovePlanned, CreatedBy: w.Supervisor.ID, CreatedAt: tx.Now}
			if err := models.AddAll(tx, []models.Move{m}); err != nil {
				return err
			}
			if err := models.AddAll(tx, []models.MovedAccount{{MoveID: m.ID, AccountID: accounts[5].ID, FromRepID: w.Rep.ID, ToRepID: w.Colleague.ID, Status: models.MovedPlanned}}); err != nil {
				return err
			}
			return models.AddAll(tx, []models.JointRequest{{ID: tx.NewID(), AccountID: accounts[6].ID, AskedBy: w.Rep.ID, WithID: w.Expert.ID, Kind: cadence.HomeVisit,
				Day: w.today + 4, Minutes: 40, Status: models.JointAsked, CreatedAt: tx.Now}})
		})
		w.rules(`{"balance": {"maxMoves": 500, "keepBond": 0.79, "worthMinutes": 0}}`)
		b := w.balance(w.Supervisor, nil)
		if len(b.Moves) < 20 {
			t.Fatalf("%d moves", len(b.Moves))
		}
		for _, m := range b.Moves {
			for name, a := range ties {
				if m.AccountID == a.ID {
					t.Errorf("an account with %s is moved", name)
				}
			}
		}
	})
}

func TestWordsWhenNothingCanBeDone(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, rep := range []models.User{w.Rep, w.Colleague} {
			w.many(rep, 150, 36.65, 117.1, nil)
		}
		b := w.balance(w.Manager, &w.Team.ID)
		if en := b.Words("en"); !strings.Contains(en, "needs another rep") || !strings.Contains(en, "accounts too many") {
			t.Errorf("%q", en)
		}
		if zh := b.Words("zh"); !strings.Contains(zh, "需要增加代表") {
			t.Errorf("%q", zh)
		}
		alone := w.balance(w.BranchSupervisor, nil)
		if len(alone.Moves) != 0 || !alone.Within {
			t.Errorf("a rep alone is the mean of the team: %+v", alone)
		}
		w.write(func(tx *models.Tx) error {
			l := models.Leave{ID: tx.NewID(), UserID: w.Rep.ID, FromDay: w.today - 1, ToDay: w.today + 60, Granted: true, CreatedBy: w.Rep.ID, CreatedAt: tx.Now}
			return tx.AddLeave(&l)
		})
		away := w.balance(w.Supervisor, nil)
		if len(away.Moves) != 0 || !strings.Contains(away.Words("en"), "王敏 has no working hours") || !strings.Contains(away.Words("zh"), "请安排代访") {
			t.Errorf("%d moves, %q", len(away.Moves), away.Words("en"))
		}
	})
}

func TestWhoseTeamIsBalanced(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		missing := w.key()
		for _, c := range []struct {
			name string
			who  models.User
			team *id.ID
			want care.Code
		}{
			{"a supervisor, without a word", w.Supervisor, nil, ""},
			{"a supervisor, their own", w.Supervisor, &w.Team.ID, ""},
			{"a supervisor, another of the store", w.Supervisor, &w.OtherTeam.ID, care.CodeNotFound},
			{"a supervisor, none that exists", w.Supervisor, &missing, care.CodeNotFound},
			{"a manager, without a word", w.Manager, nil, care.CodeInvalid},
			{"a manager, any", w.Manager, &w.BranchTeam.ID, ""},
			{"a manager, none that exists", w.Manager, &missing, care.CodeNotFound},
		} {
			if _, err := w.Balance(w.as(c.who), c.team); care.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %q", c.name, err, c.want)
			}
		}
		for _, u := range []models.User{w.Rep, w.Expert, w.Admin} {
			if _, err := w.Balance(w.as(u), nil); err == nil {
				t.Errorf("%s balances a team", u.Role)
			}
		}
	})
}

func TestAProposalIsTakenByMovingItsAccounts(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.spread()
		b := w.balance(w.Supervisor, nil)
		var moved []id.ID
		for _, m := range b.Moves {
			moved = append(moved, m.AccountID)
		}
		got[models.User](t)(w.Assign(w.as(w.Supervisor), care.Assign{ID: w.key(), Accounts: moved, ToRep: w.Colleague.ID, Reason: "均衡"}))
		then := w.balance(w.Supervisor, nil)
		if math.Abs(then.SpreadBefore-b.SpreadAfter) > 1.5 || then.TravelBefore > b.TravelBefore {
			t.Errorf("promised a spread of %.2f and it is %.2f; travel %d, before %d", b.SpreadAfter, then.SpreadBefore, then.TravelBefore, b.TravelBefore)
		}
		if len(then.Moves) > 0 && then.Moves[0].FromRep.ID == w.Colleague.ID {
			t.Errorf("what came is sent back: %+v", then.Moves[0])
		}
	})
}

// rules puts a policy in force.
func (w *world) rules(body string) {
	w.t.Helper()
	got[models.Policy](w.t)(w.AddPolicy(w.as(w.Manager), w.today, body))
}
