package care_test

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/road"
	"huifang/road/roadtest"
	"huifang/schedule"
)

// detour is a map on which ways take four times as long as an e-bike would need along a straight line, and back a minute more.
func detour(_ string, from, to schedule.Point) (float64, bool) {
	seconds := schedule.Meters(from, to) * 4 * 3.6 / schedule.EBikeSpeed
	if from.Lat > to.Lat {
		seconds += 60
	}
	return seconds, true
}

// onRoads gives the diary a road server of its own, and a rep with a start.
func (d *diary) onRoads() *roadtest.OSRM {
	d.t.Helper()
	server := roadtest.Start(d.t)
	server.Seconds = detour
	servers, err := road.ParseServers([]string{server.URL})
	if err != nil {
		d.t.Fatal(err)
	}
	d.Roads = road.New(road.Config{Servers: servers, Now: d.clock.Now})
	lat, lng := 36.65, 117.02
	for _, rep := range []*models.User{&d.Rep, &d.Colleague} {
		rep.StartLat, rep.StartLng = &lat, &lng
		d.write(func(tx *models.Tx) error { return tx.ChangeUser(rep, "start_lat", "start_lng") })
	}
	return server
}

// byRoad holds the travel minutes of a rep's plan to the map, 0 where there is none, and tells how many it found.
func (d *diary) byRoad(rep models.User, minutes func(from, to schedule.Point) int) int {
	d.t.Helper()
	at := map[string]schedule.Point{}
	visits := 0
	for _, i := range d.agenda(rep) {
		day := i.Day.String()
		if _, begun := at[day]; !begun {
			at[day] = schedule.Point{Lat: *rep.StartLat, Lng: *rep.StartLng}
		}
		want := 0
		if a := d.account(i.AccountID); i.Kind == cadence.HomeVisit && a.Lat != nil {
			home := schedule.Point{Lat: *a.Lat, Lng: *a.Lng}
			want, at[day] = minutes(at[day], home), home
			visits++
		}
		if i.Travel != want {
			d.t.Errorf("%s %s: %d minutes on the way, want %d", day, i.Kind, i.Travel, want)
		}
	}
	return visits
}

func ridden(from, to schedule.Point) int {
	seconds, _ := detour("bike", from, to)
	return int((seconds*10+0.5)/600 + 1 - 1e-9)
}

func TestAPlanGoesByRoad(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		for n := range 6 {
			d.regular(d.Rep, 2+3*n)
		}
		server := d.onRoads()
		// Nobody waits for the server while holding a lock: somebody else may write meanwhile.
		server.Instead = func(http.ResponseWriter, *http.Request) bool {
			ctx, cancel := context.WithTimeout(d.t.Context(), 5*time.Second)
			defer cancel()
			if err := d.Store.Write(ctx, func(tx *models.Tx) error { return tx.AskReplan(d.Colleague.ID) }); err != nil {
				t.Errorf("nobody can write while the server is asked: %v", err)
			}
			return false
		}
		d.plan(d.Rep)
		if visits := d.byRoad(d.Rep, ridden); visits < 5 {
			t.Errorf("%d visits", visits)
		}
		requests := server.Requests()
		if len(requests) != 1 || !strings.HasPrefix(requests[0], "/table/v1/bike/") {
			t.Errorf("asked %d times: %v", len(requests), requests)
		}
		if again := d.plan(d.Rep); again.Wrote() || len(server.Requests()) != 1 {
			t.Errorf("the same facts: %+v after %d requests", again, len(server.Requests()))
		}
		d.join(d.Rep)
		if d.plan(d.Rep); len(server.Requests()) != 2 {
			t.Errorf("one member more: %d requests", len(server.Requests()))
		}
	})
}

func TestWithoutTheRoadServerAPlanGoesByGreatCircle(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		for n := range 6 {
			d.regular(d.Rep, 2+3*n)
		}
		server := d.onRoads()
		down := true
		server.Instead = func(w http.ResponseWriter, _ *http.Request) bool {
			if down {
				w.WriteHeader(http.StatusBadGateway)
			}
			return down
		}
		d.plan(d.Rep)
		circles := schedule.Haversine{Detour: 1.3, KmPerHour: schedule.EBikeSpeed}
		if visits := d.byRoad(d.Rep, circles.Minutes); visits < 5 {
			t.Errorf("%d visits", visits)
		}
		if c := d.Roads.Counts(); c.Failures != 1 || c.Fallbacks != 1 {
			t.Errorf("counted %+v", c)
		}
		down = false
		d.at("2026-03-04", 9) // an hour later
		if !d.plan(d.Rep).Wrote() {
			t.Error("the plan stays on great circles")
		}
		if d.Roads.Counts().Tables != 1 {
			t.Errorf("counted %+v", d.Roads.Counts())
		}
	})
}

func TestTheEffectOfAMoveGoesByRoad(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.onRoads()
		var accounts []id.ID
		for n := range 6 {
			accounts = append(accounts, d.regular(d.Rep, 2+3*n).ID)
		}
		d.plan(d.Rep)
		moves := []care.MoveTo{{Accounts: accounts[:3], ToRep: d.Colleague.ID}}
		effect := got[care.MoveEffect](t)(d.MoveEffect(d.as(d.Manager), moves))
		got[[]care.MoveCard](t)(d.MoveAccounts(d.as(d.Manager), care.MoveAccounts{ID: d.key(), Moves: moves, Reason: "近"}))
		want, have := map[id.ID]int{}, map[id.ID]int{}
		for _, rep := range []models.User{d.Rep, d.Colleague} {
			d.plan(rep)
			for _, i := range d.agenda(rep) {
				want[rep.ID] += i.Travel
			}
		}
		for _, side := range effect.Sides {
			have[side.Rep.ID] = side.After.TravelMinutes
		}
		if diff := gocmp.Diff(want, have); diff != "" || want[d.Colleague.ID] == 0 {
			t.Errorf("minutes on the way (-planned +reckoned):\n%s", diff)
		}
	})
}

// TestWhoStandsInGoesByRoadToo: the homes of members whose rep is away belong to the plan.
func TestWhoStandsInGoesByRoadToo(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		for n := range 4 {
			d.regular(d.Rep, 2+3*n)
		}
		d.onRoads()
		d.away(d.Rep, d.today, d.today+20)
		d.covered(d.cover(d.Rep, d.Colleague, d.today, d.today+20))
		d.plan(d.Colleague)
		if visits := d.byRoad(d.Colleague, ridden); visits < 2 {
			t.Errorf("%d visits", visits)
		}
	})
}

// TestWhoseRoadsAModeTakes asks which profile is asked for, and how long 6 km of road take at 600 seconds.
func TestWhoseRoadsAModeTakes(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.regular(d.Rep, 10)
		for _, c := range []struct {
			mode    models.Mode
			profile string
			minutes int
		}{
			{models.Walk, "foot", 10}, {models.EBike, "bike", 10}, {models.Car, "car", 10}, {"", "bike", 10},
			{models.Bus, "car", 19}, // 28 km/h by 15, by the policy
		} {
			server := d.onRoads()
			server.Seconds = func(_ string, from, to schedule.Point) (float64, bool) { return 600, true }
			d.Rep.Mode = c.mode
			d.write(func(tx *models.Tx) error { return tx.ChangeUser(&d.Rep, "mode") })
			d.plan(d.Rep)
			d.byRoad(d.Rep, func(from, to schedule.Point) int { return cmp.Compare(schedule.Meters(from, to), 0) * c.minutes })
			if requests := server.Requests(); !slices.ContainsFunc(requests, func(r string) bool { return strings.HasPrefix(r, "/table/v1/"+c.profile+"/") }) {
				t.Errorf("%q: asked %v", c.mode, requests)
			}
		}
	})
}
