package care_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"huifang/care"
	"huifang/id"
	"huifang/models"
)

func TestAnEarlierVersionComesIntoForceAgain(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.regular(d.Rep, 10)
		d.drained()
		manager := d.as(d.Manager)
		days := func() int {
			t.Helper()
			row := got[models.Policy](t)(d.PolicyInForce(manager))
			return got[care.Policy](t)(care.ParsePolicy(row.Body)).Planning.Days
		}
		got[models.Policy](t)(d.AddPolicy(manager, d.today, `{"planning": {"days": 14}}`))
		got[models.Policy](t)(d.AddPolicy(manager, d.today, `{"planning": {"days": 21}}`))
		d.asked(d.Rep.ID)
		row := got[models.Policy](t)(d.RollBackPolicy(manager, 1))
		if row.Version != 3 || row.FromDay != d.today || days() != 14 || !d.asked(d.Rep.ID) {
			t.Errorf("%+v, %d days", row, days())
		}
		if row = got[models.Policy](t)(d.RollBackPolicy(manager, 0)); row.Version != 4 || days() != 28 {
			t.Errorf("%+v, %d days", row, days())
		}
		_, err := d.RollBackPolicy(manager, 9)
		wantCode(t, err, care.CodeNotFound)
		_, err = d.RollBackPolicy(d.as(d.Supervisor), 1)
		wantCode(t, err, care.CodeNotFound)
	})
}

// TestEverybodyIsPlannedOnTheDayAVersionBegins: nobody asks, the night does it, and phones hear of the scripts of the day.
func TestEverybodyIsPlannedOnTheDayAVersionBegins(t *testing.T) {
	onTwo(t, func(t *testing.T, d *diary, one, two *instance) {
		d.at("2026-03-05", 3)
		one.tick(t)
		world := func(after string) care.Changes {
			t.Helper()
			return got[care.Changes](t)(d.Changes(d.as(d.Rep), after, 1000))
		}
		before := world("")
		got[models.Policy](t)(d.AddPolicy(d.as(d.Manager), d.today+1, `{"planning": {"days": 7}, "scripts": {"ROUTINE": {"zh": "{call}，好久不见"}}}`))
		told := world(before.Cursor)
		if told.World == nil || len(told.World.Scripts) != 0 {
			t.Errorf("a version of tomorrow moves the world, and is not in force: %+v", told.World)
		}
		one.tick(t)
		if items := d.agenda(d.Rep); items[len(items)-1].Day < d.today+14 {
			t.Errorf("planned up to %s by rules of tomorrow", items[len(items)-1].Day)
		}
		d.at("2026-03-06", 3)
		today := world(told.Cursor)
		if today.World == nil || len(today.World.Scripts) != 1 || today.World.Scripts[0] != (care.Script{Code: "ROUTINE", ZH: "{call}，好久不见"}) {
			t.Errorf("scripts of the day %+v", today.World)
		}
		two.tick(t)
		for range 40 { // the other instance may hold the right to plan for half a minute
			d.clock.Set(d.clock.Now().Add(time.Minute))
			one.tick(t)
			two.tick(t)
		}
		if items := d.agenda(d.Rep); len(items) == 0 || items[len(items)-1].Day > d.today+6 {
			t.Errorf("planned up to %s, want a week", items[len(items)-1].Day)
		}
	})
}

// TestTheAppKnowsTheSameScripts holds codes and facts to those of the app.
func TestTheAppKnowsTheSameScripts(t *testing.T) {
	source, err := os.ReadFile("../app/src/screens/account/script.ts")
	if err != nil {
		t.Fatal(err)
	}
	quoted := func(from, to string) []string {
		_, part, found := strings.Cut(string(source), from)
		part, _, closed := strings.Cut(part, to)
		if !found || !closed {
			t.Fatalf("no %q in the app", from)
		}
		var out []string
		for _, m := range regexp.MustCompile(`'(\w+)'`).FindAllStringSubmatch(part, -1) {
			out = append(out, m[1])
		}
		return out
	}
	if codes := quoted("SCRIPT_CODES = [", "]"); !slices.Equal(codes, care.ScriptCodes()) {
		t.Errorf("the app has %v", codes)
	}
	if facts := quoted("type Fact = ", "\n"); !slices.Equal(facts, care.ScriptFacts()) {
		t.Errorf("the app has %v", facts)
	}
}

// TestTheAppsOwnScriptsAreValid: a form begins with them.
func TestTheAppsOwnScriptsAreValid(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		source, err := os.ReadFile("../app/src/lang/" + lang + "/scripts.ts")
		if err != nil {
			t.Fatal(err)
		}
		_, scripts, _ := strings.Cut(string(source), "scripts: {")
		n := 0
		for _, m := range regexp.MustCompile(`(?:open|message): '((?:[^'\\]|\\.)+)'`).FindAllStringSubmatch(scripts, -1) {
			n++
			text := strings.ReplaceAll(m[1], `\'`, `'`)
			body, err := json.Marshal(map[string]any{"scripts": map[string]any{"ROUTINE": map[string]string{lang: text}}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := care.ParsePolicy(body); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
		if n < 2*len(care.ScriptCodes())-2 {
			t.Errorf("%s: only %d texts found", lang, n)
		}
	}
}

func TestADryRunIsItsAuthorsAndEnds(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		defer d.Close()
		for range 3 {
			d.regular(d.Rep, 10)
		}
		manager := d.as(d.Manager)
		in := care.StartDryRun{ID: d.key(), From: d.today, Body: `{"cadence": {"weeklyCap": 1}}`}
		got[models.DryRun](t)(d.StartDryRun(manager, in))
		again := got[models.DryRun](t)(d.StartDryRun(manager, in))
		if again.ID != in.ID {
			t.Errorf("%+v", again)
		}
		other := in
		other.Body = `{}`
		_, err := d.StartDryRun(manager, other)
		wantCode(t, err, care.CodeConflict)
		_, err = d.StartDryRun(d.as(d.Supervisor), care.StartDryRun{ID: d.key(), From: d.today, Body: `{}`})
		wantCode(t, err, care.CodeNotFound)
		_, err = d.StartDryRun(manager, care.StartDryRun{ID: d.key(), From: d.today - 1, Body: `{}`})
		wantCode(t, err, care.CodeInvalid)
		_, err = d.StartDryRun(manager, care.StartDryRun{ID: d.key(), From: d.today, Body: `{"cadence": {"weeklyCap": 0}}`})
		wantCode(t, err, care.CodeInvalid)
		for again.Status == models.DryRunning {
			time.Sleep(5 * time.Millisecond)
			again = got[models.DryRun](t)(d.DryRun(manager, in.ID))
		}
		if again.Status != models.DryDone || again.Done != again.Total || again.Total == 0 {
			t.Errorf("%+v", again)
		}
		_, err = d.DryRun(d.as(d.Supervisor), in.ID)
		wantCode(t, err, care.CodeNotFound)
		d.clock.Set(d.clock.Now().Add(7*24*time.Hour + time.Minute))
		_, err = d.DryRun(manager, in.ID)
		wantCode(t, err, care.CodeNotFound)
	})
}

// TestADryRunWhoseServerIsGoneHasFailed: begun by an instance that died, replaced by a later one, or drained with its server.
func TestADryRunWhoseServerIsGoneHasFailed(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		manager := d.as(d.Manager)
		dead := models.DryRun{ID: d.key(), FromDay: d.today, Body: []byte("{}"), Status: models.DryRunning,
			CreatedBy: d.Manager.ID, CreatedAt: d.clock.Now(), BeatAt: d.clock.Now()}
		d.write(func(tx *models.Tx) error { return tx.AddDryRun(&dead) })
		why := func(x id.ID) models.DryRunProblem {
			t.Helper()
			return got[models.DryRun](t)(d.DryRun(manager, x)).Problem
		}
		d.clock.Set(d.clock.Now().Add(time.Minute))
		if p := why(dead.ID); p != "" {
			t.Errorf("after a minute: %s", p)
		}
		d.clock.Set(d.clock.Now().Add(time.Second))
		if p := why(dead.ID); p != models.DryLost || care.ProblemWords(p) == "" {
			t.Errorf("after more than a minute: %q", p)
		}
		d.write(func(tx *models.Tx) error { return tx.BeatDryRun(dead.ID, 1, 2) })
		got[models.DryRun](t)(d.StartDryRun(manager, care.StartDryRun{ID: d.key(), From: d.today, Body: `{}`}))
		if p := why(dead.ID); p != models.DryReplaced {
			t.Errorf("another one took its place: %q", p)
		}
		d.Close()
		late := got[models.DryRun](t)(d.StartDryRun(manager, care.StartDryRun{ID: d.key(), From: d.today, Body: `{ }`}))
		if late.Status != models.DryFailed || why(late.ID) != models.DryLost {
			t.Errorf("begun while the server stops: %+v", late)
		}
	})
}
