package care_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"huifang/care"
	"huifang/civil"
	"huifang/demo"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
)

// sample opens a store with the demo's book, early in the morning of its day.
func sample(t testing.TB, s *models.Store, clock *modelstest.Clock) *care.Service {
	t.Helper()
	vault, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	today := civil.Must("2026-03-16")
	clock.Set(today.At(6*60, zone))
	if err := demo.Load(t.Context(), s, vault, demo.MakeStore(1, today), "x"); err != nil {
		t.Fatal(err)
	}
	return &care.Service{Store: s, Vault: vault, Log: slog.New(slog.DiscardHandler)}
}

func TestPlanningTheSampleTwiceChangesNothing(t *testing.T) {
	modelstest.Sequential(t)
	if testing.Short() {
		t.Skip("plans eight reps")
	}
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		service := sample(t, s, clock)
		first := planAll(t, service)
		for rep, r := range first {
			if r.Planned == 0 {
				t.Errorf("rep %s: nothing planned for %d accounts", rep, r.Accounts)
			}
		}
		for rep, r := range planAll(t, service) {
			if r.Wrote() {
				t.Errorf("rep %s: the same facts planned again changed the plan: %+v", rep, r)
			}
		}
	})
}

func planAll(t testing.TB, service *care.Service) map[id.ID]care.PlanResult {
	t.Helper()
	out := map[id.ID]care.PlanResult{}
	started := time.Now()
	if err := service.PlanAll(context.Background(), func(r care.PlanResult) { out[r.Rep] = r }); err != nil {
		t.Fatal(err)
	}
	t.Logf("planned %d reps in %s", len(out), time.Since(started))
	for _, r := range out {
		t.Logf("%+v", r)
	}
	return out
}
