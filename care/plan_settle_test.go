package care_test

import (
	"crypto/rand"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// Whatever happened, one plan takes it in: planned again at the same minute, nothing changes.
func TestAPlanSettlesAtOnceAfterAnyChange(t *testing.T) {
	modelstest.Sequential(t)
	if testing.Short() {
		t.Skip("plans a whole rep many times")
	}
	s, clock := modelstest.SQLite(t)
	service := sample(t, s, clock)
	rep := repCalled(t, s, "rep")
	plan := func() care.PlanResult {
		r, err := service.PlanNow(t.Context(), rep.ID)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	plan()
	ctx := auth.With(t.Context(), modelstest.Viewer(rep))
	for _, event := range []struct {
		name   string
		change func(t *testing.T)
	}{
		{"an item was started", func(t *testing.T) {
			item := openItem(t, s, rep, 0)
			if _, err := service.StartItem(ctx, item.ID, clock.Now()); err != nil {
				t.Fatal(err)
			}
		}},
		{"noon has come", func(*testing.T) { clock.Add(6 * time.Hour) }},
		{"the next morning has come", func(*testing.T) { clock.Add(24 * time.Hour) }},
		{"a week went by", func(*testing.T) { clock.Add(7 * 24 * time.Hour) }},
		{"a contact was logged", func(t *testing.T) {
			item := openItem(t, s, rep, 0)
			outcome := map[cadence.Kind]cadence.Outcome{cadence.HomeVisit: cadence.Met, cadence.Call: cadence.Talked, cadence.Message: cadence.Sent}[item.Kind]
			_, err := service.LogContact(ctx, care.LogContact{
				ID: newID(t, clock), AccountID: item.AccountID, ItemID: &item.ID, Kind: item.Kind, Outcome: outcome, StartedAt: clock.Now(),
			})
			if err != nil {
				t.Fatal(err)
			}
		}},
		{"an item was called off", func(t *testing.T) {
			item := openItem(t, s, rep, 3)
			if _, err := service.CancelItem(ctx, care.CancelItem{ID: newID(t, clock), ItemID: item.ID, Reason: "不需要"}); err != nil {
				t.Fatal(err)
			}
		}},
		{"an item was moved to another day", func(t *testing.T) {
			item := openItem(t, s, rep, 2)
			if _, err := service.Reschedule(ctx, care.MoveItem{ID: newID(t, clock), ItemID: item.ID, Day: item.Day + 2}); err != nil {
				t.Fatal(err)
			}
		}},
		{"an account was paused", func(t *testing.T) {
			item := openItem(t, s, rep, 4)
			if _, err := service.PauseAccount(ctx, care.PauseAccount{ID: newID(t, clock), AccountID: item.AccountID, From: item.Day, Reason: "出门"}); err != nil {
				t.Fatal(err)
			}
		}},
		{"an item was pinned", func(t *testing.T) {
			if _, err := service.PinItem(ctx, openItem(t, s, rep, 9).ID, true); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(event.name, func(t *testing.T) {
			event.change(t)
			first := plan()
			if again := plan(); again.Wrote() {
				t.Errorf("the second plan changed it again\nfirst  %+v\nsecond %+v\nthird  %+v", first, again, plan())
			}
		})
	}
}

func newID(t *testing.T, clock *modelstest.Clock) id.ID {
	t.Helper()
	x, err := id.V7(clock.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func repCalled(t *testing.T, s *models.Store, login string) models.User {
	t.Helper()
	var u models.User
	err := s.Read(t.Context(), func(tx *models.Tx) (err error) { u, err = tx.UserByLogin(login); return err })
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// openItem is an open item of the planner on the first day from today plus ahead that has one.
func openItem(t *testing.T, s *models.Store, rep models.User, ahead civil.Date) models.PlanItem {
	t.Helper()
	var items []models.PlanItem
	err := s.Read(t.Context(), func(tx *models.Tx) (err error) {
		items, err = tx.OpenItemsOfRep(auth.System(), rep.ID, tx.Today+ahead, tx.Today+ahead+10)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		if i.Source == models.FromPlanner && i.Status == models.ItemOpen && !i.Held() {
			return i
		}
	}
	t.Fatal("no open item")
	return models.PlanItem{}
}
