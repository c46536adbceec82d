package graph_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/civil"
	sample "huifang/demo"
	"huifang/graph"
	apiexec "huifang/graph/exec"
	"huifang/id"
	mobileschema "huifang/mobile-schema"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
)

// maxWorkingSet is how many bytes, compressed, a rep's whole working set may have on its way to the phone.
const maxWorkingSet = 1_500_000

// TestTheWorkingSetOfARepIsSmall gives one rep of the sample the accounts of three, 300 with the contacts of a year, plans
// the weeks, and pulls everything by the document of the app.
func TestTheWorkingSetOfARepIsSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the sample")
	}
	s, clock := modelstest.SQLite(t)
	p := newPuller(t, s, clock)
	set := p.pullAll(t)
	t.Logf("%d accounts, %d items, %d contacts, %d cases: %d answers, %d bytes, %d compressed, %v (with the feed built)",
		set.accounts, set.items, set.logs, set.cases, set.answers, set.bytes, set.compressed, set.took.Round(time.Millisecond))
	if set.accounts < 280 || set.logs < 1000 || set.items < 100 {
		t.Errorf("the working set is too small to say anything")
	}
	if set.compressed > maxWorkingSet {
		t.Errorf("%d bytes compressed, at most %d", set.compressed, maxWorkingSet)
	}
}

// puller is a phone of the sample's busiest rep.
type puller struct {
	server
	document string
}

func newPuller(t *testing.T, s *models.Store, clock *modelstest.Clock) puller {
	t.Helper()
	vault, err := seal.New()
	ok(t, err)
	today := civil.Must("2026-03-16")
	clock.Set(today.At(6*60, time.FixedZone("CST", 8*3600)).UTC())
	book := sample.Make(1, today)
	ok(t, sample.Load(t.Context(), s, vault, book, "x"))
	door := &care.Door{Service: &care.Service{Store: s, Vault: vault, Log: slog.New(slog.DiscardHandler)}}
	rep := gather(t, s, door)
	_, err = door.PlanNow(t.Context(), rep.ID)
	ok(t, err)
	trusted, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	current, err := mobileschema.Documents()
	ok(t, err)
	var log bytes.Buffer
	handler := graph.NewHandler(graph.Config{
		Schema:  apiexec.NewExecutableSchema(apiexec.Config{Resolvers: &graph.Resolver{Care: door}}),
		Faults:  graph.Faults{Log: slog.New(slog.NewTextHandler(&log, nil)), NewID: func() string { return "fault" }},
		Verify:  func(context.Context, string) (auth.Viewer, error) { return modelstest.Viewer(rep), nil },
		Trusted: trusted,
	})
	return puller{server{handler, &log}, trusted[current["Changes"]]}
}

// gather moves the accounts of two colleagues to a rep.
func gather(t *testing.T, s *models.Store, door *care.Door) models.User {
	t.Helper()
	var reps []models.User
	var accounts []id.ID
	ok(t, s.Read(t.Context(), func(tx *models.Tx) error {
		users, err := tx.Users(models.UserFilter{Role: auth.Rep})
		if err != nil {
			return err
		}
		reps = users[:3]
		for _, from := range reps[1:] {
			held, err := tx.FindAccounts(auth.System(), models.AccountSearch{RepID: &from.ID}, models.ByName, nil, 500)
			if err != nil {
				return err
			}
			for _, a := range held {
				accounts = append(accounts, a.ID)
			}
		}
		return nil
	}))
	manager := auth.With(t.Context(), auth.Viewer{User: reps[0].ID, Role: auth.Manager})
	_, err := door.Assign(manager, care.Assign{ID: id.ID{6: 0x70, 8: 0x80, 15: 1}, Accounts: accounts, ToRep: reps[0].ID, Reason: "test"})
	ok(t, err)
	return reps[0]
}

// workingSet is what a first pull came to.
type workingSet struct {
	accounts, items, logs, cases, answers int
	bytes, compressed                     int
	took                                  time.Duration
}

func (p puller) pullAll(t *testing.T) workingSet {
	t.Helper()
	var set workingSet
	for after, more := "", true; more; {
		started := time.Now()
		got := p.ask(t, after)
		set.took += time.Since(started)
		var data struct {
			Changes struct {
				Cursor                       string
				More                         bool
				Accounts, Items, Logs, Cases []json.RawMessage
			}
		}
		ok(t, json.Unmarshal(got.body.Data, &data))
		c := data.Changes
		set.accounts, set.items = set.accounts+len(c.Accounts), set.items+len(c.Items)
		set.logs, set.cases = set.logs+len(c.Logs), set.cases+len(c.Cases)
		set.answers++
		set.bytes += len(got.text)
		set.compressed += compressed(t, got.text)
		after, more = c.Cursor, c.More
	}
	return set
}

func (p puller) ask(t *testing.T, after string) reply {
	t.Helper()
	body := fmt.Sprintf(`{"query":%s,"variables":{"after":%q,"first":1000}}`, quoted(p.document), after)
	r := post(body)
	r.Header.Set("Authorization", "Bearer x")
	got := p.send(t, r)
	if got.status != http.StatusOK || len(got.body.Errors) > 0 {
		t.Fatalf("%d %.500s", got.status, got.text)
	}
	return got
}

func compressed(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, 5)
	ok(t, err)
	_, err = w.Write([]byte(text))
	ok(t, err)
	ok(t, w.Close())
	return b.Len()
}
