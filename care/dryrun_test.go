package care_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"huifang/auth"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// tried begins a dry run and waits until it is over.
func tried(t *testing.T, s *care.Service, manager context.Context, body string) models.DryRun {
	t.Helper()
	in := care.StartDryRun{ID: modelstest.Key(byte(len(body))), From: day(t, s), Body: body}
	run := got[models.DryRun](t)(s.StartDryRun(manager, in))
	for run.Status == models.DryRunning {
		if run = got[models.DryRun](t)(s.DryRun(manager, in.ID)); run.Status == models.DryRunning {
			time.Sleep(5 * time.Millisecond)
		}
	}
	return run
}

func day(t *testing.T, s *care.Service) (today civil.Date) {
	t.Helper()
	if err := s.Store.Read(t.Context(), func(tx *models.Tx) error { today = tx.Today; return nil }); err != nil {
		t.Fatal(err)
	}
	return today
}

func resultOf(t *testing.T, run models.DryRun) care.DryRunResult {
	t.Helper()
	result := got[*care.DryRunResult](t)(care.ResultOf(run))
	if result == nil {
		t.Fatalf("%s: %s", run.Status, care.ProblemWords(run.Problem))
	}
	return *result
}

// someManager is one of the sample.
func someManager(t *testing.T, s *care.Service) context.Context {
	t.Helper()
	var managers []models.User
	if err := s.Store.Read(t.Context(), func(tx *models.Tx) (err error) {
		managers, err = tx.Users(models.UserFilter{Role: auth.Manager})
		return err
	}); err != nil || len(managers) == 0 {
		t.Fatal(managers, err)
	}
	return auth.With(t.Context(), modelstest.Viewer(managers[0]))
}

// TestADryRunIsWhatHappens tries a policy on the sample, puts it in force, plans everybody, and compares.
func TestADryRunIsWhatHappens(t *testing.T) {
	modelstest.Sequential(t)
	if testing.Short() {
		t.Skip("plans eight reps three times")
	}
	const rarer = `{"cadence": {"rhythms": {"THIS_MONTH": {"callEvery": 4, "visitEvery": 9}, "WITHIN_2_MONTHS": {"callEvery": 5, "visitEvery": 12}},
		"stops": {"COMPETITOR": {"with": ["MANAGER"]}}}}`
	modelstest.EachClock(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		s := sample(t, store, clock)
		defer s.Close()
		planAll(t, s)
		manager := someManager(t, s)
		before := itemsByKey(t, s)
		rows := footprint(t, s)
		result := resultOf(t, tried(t, s, manager, rarer))
		if diff := cmp.Diff(rows, footprint(t, s)); diff != "" {
			t.Errorf("trying wrote (-before +after):\n%s", diff)
		}
		neglected := neglected(t, s)

		got[models.Policy](t)(s.AddPolicy(manager, day(t, s), rarer))
		plans := 0
		for _, rep := range waiting(t, s) {
			if got[care.PlanResult](t)(s.PlanNow(t.Context(), rep)).Wrote() {
				plans++
			}
		}
		after := itemsByKey(t, s)
		want := care.DryRunResult{Plans: plans, NeglectedBefore: neglected, NeglectedAfter: neglectedNow(t, s)}
		for key, item := range after {
			old, known := before[key]
			switch {
			case !known:
				want.Added++
			case old.Day != item.Day:
				want.Moved++
			}
		}
		for key := range before {
			if _, still := after[key]; !still {
				want.Removed++
			}
		}
		if want.Added == 0 || want.Removed == 0 || want.Moved == 0 {
			t.Fatalf("nothing to compare: %+v", want)
		}
		unlike := cmpopts.IgnoreFields(care.DryRunResult{}, "Before", "After", "Reps")
		if diff := cmp.Diff(want, result, unlike); diff != "" {
			t.Errorf("what happened and what was reckoned (-happened +reckoned):\n%s", diff)
		}
		again := resultOf(t, tried(t, s, manager, rarer+" "))
		if again.Plans != 0 || again.Added+again.Removed+again.Moved != 0 || len(again.Reps) != 0 {
			t.Errorf("the rules in force would change %+v", again)
		}
		if diff := cmp.Diff(result.After, again.Before, cmpopts.IgnoreUnexported(care.PlanMeasures{})); diff != "" {
			t.Errorf("measures reckoned and measured (-reckoned +measured):\n%s", diff)
		}
		t.Logf("%+v", result)
	})
}

// neglected counts by what is stored.
func neglected(t *testing.T, s *care.Service) int { return neglectedNow(t, s) }

func neglectedNow(t *testing.T, s *care.Service) (n int) {
	t.Helper()
	each(t, s, func(tx *models.Tx, rep id.ID) error {
		book, err := tx.LookAtBook(rep, models.BookSpan{LogsFrom: tx.Today, From: tx.Today, To: tx.Today})
		for _, a := range book.Accounts {
			if a.RepID == rep && a.NeglectedOn != nil && *a.NeglectedOn <= tx.Today {
				n++
			}
		}
		return err
	})
	return n
}

// itemsByKey are the open items of all reps.
func itemsByKey(t *testing.T, s *care.Service) map[id.ID]models.PlanItem {
	t.Helper()
	out := map[id.ID]models.PlanItem{}
	each(t, s, func(tx *models.Tx, rep id.ID) error {
		items, err := tx.Agenda(auth.System(), rep, tx.Today-60, tx.Today+60)
		for _, i := range items {
			if i.IsOpen() {
				out[i.ID] = i
			}
		}
		return err
	})
	return out
}

func each(t *testing.T, s *care.Service, f func(*models.Tx, id.ID) error) {
	t.Helper()
	err := s.Store.Read(t.Context(), func(tx *models.Tx) error {
		reps, err := tx.RepsToPlan()
		for _, rep := range reps {
			if err := f(tx, rep); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func waiting(t *testing.T, s *care.Service) (reps []id.ID) {
	t.Helper()
	if err := s.Store.Read(t.Context(), func(tx *models.Tx) error {
		rows, err := tx.Replans()
		for _, r := range rows {
			reps = append(reps, r.RepID)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return reps
}

// footprint is everything a plan writes, as it stands.
func footprint(t *testing.T, s *care.Service) (rows []string) {
	t.Helper()
	each(t, s, func(tx *models.Tx, rep id.ID) error {
		book, err := tx.LookAtBook(rep, models.BookSpan{LogsFrom: tx.Today - 400, From: tx.Today, To: tx.Today + 60})
		if err != nil {
			return err
		}
		text, err := json.Marshal(book)
		rows = append(rows, string(text))
		return err
	})
	for _, rep := range waiting(t, s) {
		rows = append(rows, fmt.Sprint("waits ", rep))
	}
	slices.Sort(rows)
	return rows
}
