package care_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"huifang/care"
	"huifang/civil"
	"huifang/models"
	"huifang/models/modelstest"
)

// instance is one server on the database, whose ticks the test gives.
type instance struct {
	*care.Tender
	log bytes.Buffer
}

// nightly is two in the morning.
const nightly = civil.Minute(2 * 60)

func tending(s *models.Store) *instance {
	in := &instance{}
	in.Tender = care.NewTender(&care.Service{Store: s, Log: slog.New(slog.NewTextHandler(&in.log, nil))}, nightly)
	return in
}

// nights counts how often everybody was planned for a new day.
func (in *instance) nights() int { return bytes.Count(in.log.Bytes(), []byte("planning everybody")) }

func (in *instance) tick(t *testing.T) {
	t.Helper()
	if err := in.Tick(t.Context()); err != nil {
		t.Error(err)
	}
}

// onTwo runs a test with two instances on one database, in the early morning.
func onTwo(t *testing.T, body func(t *testing.T, d *diary, one, two *instance)) {
	t.Helper()
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, clock *modelstest.Clock) {
		d := newDiary(t, newWorld(t, modelstest.Open(t, c), clock))
		d.regular(d.Rep, 10)
		d.regular(d.Colleague, 10)
		d.drained()
		d.at("2026-03-05", 1)
		body(t, d, tending(d.Store), tending(modelstest.Open(t, c)))
	})
}

func (d *diary) ask(rep models.User) {
	d.t.Helper()
	d.write(func(tx *models.Tx) error { return tx.AskReplan(rep.ID) })
}

func (d *diary) waits(rep models.User) bool {
	d.t.Helper()
	var at time.Time
	d.write(func(tx *models.Tx) error {
		var err error
		at, err = tx.ReplanAsked(rep.ID)
		return err
	})
	return !at.IsZero()
}

func TestOfTwoInstancesOneTends(t *testing.T) {
	onTwo(t, func(t *testing.T, d *diary, one, two *instance) {
		one.tick(t)
		d.ask(d.Rep)
		two.tick(t)
		if !d.waits(d.Rep) {
			t.Error("the second instance planned although the first holds the right")
		}
		one.tick(t)
		if d.waits(d.Rep) {
			t.Error("the first instance did not plan")
		}
		d.ask(d.Rep)
		d.clock.Add(29 * time.Second)
		two.tick(t)
		if !d.waits(d.Rep) {
			t.Error("the right of the dead instance still runs")
		}
		d.clock.Add(2 * time.Second)
		two.tick(t)
		if d.waits(d.Rep) {
			t.Error("the second instance did not take over")
		}
	})
}

func TestTheNightIsPlannedOnceADay(t *testing.T) {
	onTwo(t, func(t *testing.T, d *diary, one, two *instance) {
		before := len(d.agenda(d.Rep))
		if one.tick(t); len(d.agenda(d.Rep)) != before {
			t.Error("planned before the night's hour")
		}
		night := func(day string) {
			d.at(day, 2)
			one.tick(t)
		}
		night("2026-03-05")
		for _, rep := range []models.User{d.Rep, d.Colleague} {
			if len(d.agenda(rep)) == 0 {
				t.Errorf("%s has no plan for the new day", rep.Name)
			}
		}
		d.clock.Add(time.Hour)
		one.tick(t)
		d.clock.Add(time.Hour) // the first is dead
		two.tick(t)
		if one.nights() != 1 || two.nights() != 0 {
			t.Errorf("planned %d times by the first instance, %d by the second", one.nights(), two.nights())
		}
		d.at("2026-03-06", 3)
		two.tick(t)
		if two.nights() != 1 {
			t.Errorf("planned %d times the next night", two.nights())
		}
	})
}

func TestAnInstanceThatDiesOverTheNightLeavesTheRestToTheNext(t *testing.T) {
	onTwo(t, func(t *testing.T, d *diary, one, two *instance) {
		d.at("2026-03-05", 2)
		ctx, cancel := context.WithCancel(t.Context())
		one.Log = slog.New(dying{cancel})
		if err := one.Tick(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("died with %v", err)
		}
		if !d.waits(d.Rep) || !d.waits(d.Colleague) {
			t.Fatal("nobody knows that they wait")
		}
		d.clock.Add(time.Minute)
		two.tick(t)
		if d.waits(d.Rep) || d.waits(d.Colleague) || len(d.agenda(d.Rep)) == 0 {
			t.Error("the next instance did not make the plans")
		}
	})
}

// dying is a log on whose first word the instance dies.
type dying struct{ cancel func() }

func (d dying) Enabled(context.Context, slog.Level) bool  { return true }
func (d dying) Handle(context.Context, slog.Record) error { d.cancel(); return nil }
func (d dying) WithAttrs([]slog.Attr) slog.Handler        { return d }
func (d dying) WithGroup(string) slog.Handler             { return d }

func TestTendWorksByTicksUntilItIsStopped(t *testing.T) {
	onTwo(t, func(t *testing.T, d *diary, one, _ *instance) {
		ctx, cancel := context.WithCancel(t.Context())
		ticks, ended := make(chan time.Time), make(chan struct{})
		go func() { defer close(ended); one.Tend(ctx, ticks, nightly) }()
		d.ask(d.Rep)
		ticks <- time.Time{}
		ticks <- time.Time{} // taken when the work of the first is done
		if d.waits(d.Rep) {
			t.Error("asked for, not planned")
		}
		cancel()
		<-ended
	})
}

func TestAFailedPlanHoldsUpNobody(t *testing.T) {
	onTwo(t, func(t *testing.T, d *diary, one, _ *instance) {
		d.write(func(tx *models.Tx) error { // no policy of ours: somebody wrote it past the program
			return tx.AddPolicy(&models.Policy{FromDay: d.today, Body: []byte(`{"planning": {"days": 0}}`), CreatedAt: tx.Now})
		})
		d.ask(d.Rep)
		if err := one.Tick(t.Context()); err == nil || !strings.Contains(err.Error(), "planning.days") || !d.waits(d.Rep) {
			t.Errorf("a failed plan stays asked for and is told of: %v", err)
		}
		one.tick(t) // it rests: not tried again at once
		d.write(func(tx *models.Tx) error {
			return tx.AddPolicy(&models.Policy{FromDay: d.today, Body: []byte(`{}`), CreatedAt: tx.Now})
		})
		d.ask(d.Colleague)
		one.tick(t)
		if d.waits(d.Colleague) || !d.waits(d.Rep) {
			t.Error("the other rep is planned, this one rests")
		}
		d.clock.Add(2 * time.Minute)
		one.tick(t)
		if d.waits(d.Rep) {
			t.Error("after its rest it is planned")
		}
	})
}

func TestADisabledRepIsNoFailure(t *testing.T) {
	onTwo(t, func(t *testing.T, d *diary, one, _ *instance) {
		d.ask(d.Rep)
		d.write(func(tx *models.Tx) error { return tx.DisableUser(d.Rep.ID) })
		one.tick(t)
		if d.waits(d.Rep) {
			t.Error("a rep who left still waits")
		}
	})
}
