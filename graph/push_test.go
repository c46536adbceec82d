package graph_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/care"
	"huifang/graph"
	apiexec "huifang/graph/exec"
	"huifang/id"
	mobileschema "huifang/mobile-schema"
	"huifang/models"
)

// command makes a command of the phone: an operation of the app with its variables.
func (a *api) command(operation string, counter int, vars variables) variables {
	ids, err := mobileschema.Documents()
	if err != nil {
		panic(err)
	}
	text, err := json.Marshal(vars)
	if err != nil {
		panic(err)
	}
	return variables{"id": a.key(), "counter": counter, "writtenAt": "2026-03-04T01:30:00Z", "document": ids[operation], "variables": string(text)}
}

// logCommand is a call that reached the customer.
func (a *api) logCommand(s subject, counter int) variables {
	key := a.key()
	c := a.command("LogContact", counter, variables{"input": variables{
		"id": key, "accountId": s.account, "kind": "CALL", "outcome": "TALKED", "startedAt": "2026-03-04T01:00:00Z", "took": []string{"REFERRAL"},
	}})
	c["id"] = key
	return c
}

type pushed struct {
	Epoch   string
	Wipe    bool
	Answers []struct {
		ID, Status, Code, Field, Rule, Words, Receipt string
		Review                                        []string
		Sequence                                      int
	}
}

// push delivers commands as a user of the phone.
func (a *api) push(t testing.TB, who models.User, commands ...any) pushed {
	t.Helper()
	ids, err := mobileschema.Documents()
	ok(t, err)
	manifest, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	vars := variables{"device": variables{"id": phone, "issued": len(commands), "waiting": []int{}, "app": "1"}, "commands": commands}
	return data[pushed](t, a.ask(t, who, manifest[ids["Push"]], vars), "push")
}

func (p pushed) statuses() []string {
	var out []string
	for _, answer := range p.Answers {
		out = append(out, strings.TrimSpace(answer.Status+" "+answer.Code+" "+answer.Rule+" "+answer.Field))
	}
	return out
}

// TestAPushAnswersEachCommandByItself: whatever one command comes to, the others are done.
func TestAPushAnswersEachCommandByItself(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		s, foreign := a.subject(t, own), a.subject(t, otherStore)
		first := a.logCommand(s, 1)
		unknown := a.logCommand(s, 6)
		unknown["document"] = "sha256:0"
		broken := a.logCommand(s, 7)
		broken["variables"] = `{"input":`
		commands := []any{
			first,
			a.logCommand(foreign, 2),
			a.command("SetTags", 3, variables{"account": s.account, "tags": []string{"甲"}}),
			a.command("SetTags", 4, variables{"account": s.account, "tags": []string{strings.Repeat("长", 99)}}),
			a.command("EditAccount", 5, variables{"input": variables{"id": a.key(), "accountId": s.account, "version": 9, "job": "教师"}}),
			unknown, broken,
			a.command("SetTags", 8, variables{"account": "no key", "tags": []string{}}),
			a.command("SetTags", 9, variables{"account": s.account}),
			first,
		}
		got := a.push(t, a.Rep, commands...)
		want := []string{
			"APPLIED", "REJECTED NOT_FOUND", "APPLIED", "REJECTED INVALID length tags", "CONFLICT CONFLICT",
			"REJECTED INVALID TrustedDocument document", "REJECTED INVALID type variables", "REJECTED INVALID scalar account",
			"REJECTED INVALID Variables tags", "DUPLICATE",
		}
		if diff := cmp.Diff(want, got.statuses()); diff != "" {
			t.Errorf("answers (-want +got):\n%s", diff)
		}
		for i, answer := range got.Answers {
			if answer.Receipt == "" || strings.Contains(answer.Words, "push") || (answer.Sequence > 0) != (answer.Code == "") {
				t.Errorf("answer %d: %+v", i, answer)
			}
		}
		file := a.ask(t, a.Rep, `query($a: ID!) { timeline(account: $a, first: 5) { edges { node { log { id took } } } } }`, variables{"a": s.account})
		if want := fmt.Sprintf(`{"id":"%s","took":["REFERRAL"]}`, first["id"]); strings.Count(file.text, want) != 1 {
			t.Errorf("the timeline %s, want once %s", file.text, want)
		}
	})
}

// TestOnlyWorkIsPushed: signing in, managing and pushing itself are no work, though the documents are trusted.
func TestOnlyWorkIsPushed(t *testing.T) {
	a := onSQLite(t)
	manifest, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	work := []string{
		"LogContact", "StartItem", "CancelItem", "RescheduleItem", "OrderDay", "PinItem", "PlanContact", "EditAccount", "AddMember", "RemoveMember",
		"AddDate", "RemoveDate", "SetTags", "PauseAccount", "ResumeAccount", "OverrideHorizon", "EndOverride", "StopAccount",
		"ResumeService", "OpenCase", "CompleteCaseStep", "CloseCase", "RecordPurchase", "RecordReturn", "AskLeave",
		"ReadHandover", "ObjectToMove", "AnswerReview",
	}
	for document, text := range manifest {
		c := a.command("Me", 1, variables{})
		c["document"] = document
		got := a.push(t, a.Manager, c).Answers[0]
		carries := slices.ContainsFunc(work, func(name string) bool { return strings.Contains(text, "mutation "+name+" (") })
		if refused := got.Status == "REJECTED" && got.Rule == "TrustedDocument"; refused == carries {
			t.Errorf("%.60q: %+v", text, got)
		}
	}
}

// TestADeliveryTokenOnlyPushes: every other field of the API looks as if nothing were there.
func TestADeliveryTokenOnlyPushes(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		s := a.subject(t, own)
		device := a.key()
		const document = `mutation($l: String!, $d: ID!) { signIn(login: $l, password: "` + password + `", device: "x", deviceId: $d) { keys { delivery } } }`
		in := data[struct{ Keys struct{ Delivery string } }](t, a.ask(t, models.User{}, document, variables{"l": a.Rep.Login, "d": device}), "signIn")
		for f, kind := range a.roots() {
			r, found := matrix()[f.Name] // TestScopeMatrix asks for a row
			if !found || r.may == anyone || f.Name == "push" {
				continue
			}
			got := a.askWith(t, in.Keys.Delivery, a.call(kind, f), r.with(a, s))
			if got.code(t) != string(care.CodeNotFound) {
				t.Errorf("%s: %s", f.Name, got.text)
			}
		}
		report := variables{"id": device, "issued": 1, "waiting": []int{1}, "app": "1"}
		const push = `mutation($d: DeviceReport!, $c: [CommandInput!]!) { push(device: $d, commands: $c) { answers { status } } }`
		got := a.askWith(t, in.Keys.Delivery, push, variables{"d": report, "c": []any{a.logCommand(s, 1)}})
		if !strings.Contains(got.text, `"APPLIED"`) {
			t.Errorf("a delivery: %s", got.text)
		}
		report["id"] = phone
		if got := a.askWith(t, in.Keys.Delivery, push, variables{"d": report, "c": []any{}}); got.code(t) != string(care.CodeNotFound) {
			t.Errorf("for another device: %s", got.text)
		}
	})
}

// TestAnOldDocumentStillRuns: a phone that was not updated sends what the app said then.
func TestAnOldDocumentStillRuns(t *testing.T) {
	a := onSQLite(t)
	manifest, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	current, err := mobileschema.Documents()
	ok(t, err)
	tried := 0
	for document, text := range manifest {
		if document == current["LogContact"] || !strings.Contains(text, "mutation LogContact (") {
			continue
		}
		tried++
		c := a.logCommand(a.subject(t, own), 1)
		c["document"] = document
		if got := a.push(t, a.Rep, c); got.Answers[0].Status != "APPLIED" {
			t.Errorf("%s: %+v", document, got)
		}
	}
	t.Logf("%d old documents", tried)
}

// TestAFailingCommandIsSentAgain: what is our fault, and what ran out of time, is no answer.
func TestAFailingCommandIsSentAgain(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		s := a.subject(t, own)
		c := a.logCommand(s, 1)
		a.spoilPolicy(t)
		got := a.push(t, a.Rep, c, a.command("SetTags", 2, variables{"account": s.account, "tags": []string{"甲"}}))
		if diff := cmp.Diff([]string{"RETRY INTERNAL", "APPLIED"}, got.statuses()); diff != "" || got.Answers[0].Receipt != "" {
			t.Errorf("answers %+v", got)
		}
		a.mendPolicy(t)
		if got := a.push(t, a.Rep, c); got.Answers[0].Status != "APPLIED" || got.Answers[0].Sequence != 2 {
			t.Errorf("sent again: %+v", got)
		}
	})
}

// spoilPolicy puts a policy into force that nobody can read, past all checks.
func (a *api) spoilPolicy(t *testing.T) {
	a.write(t, func(tx *models.Tx) error {
		return tx.AddPolicy(&models.Policy{FromDay: tx.Today, Body: []byte("?"), CreatedAt: tx.Now})
	})
}

func (a *api) mendPolicy(t *testing.T) {
	a.write(t, func(tx *models.Tx) error {
		return tx.AddPolicy(&models.Policy{FromDay: tx.Today, Body: []byte("{}"), CreatedAt: tx.Now})
	})
}

func TestAPushIsBounded(t *testing.T) {
	a := onSQLite(t)
	const push = `mutation($d: DeviceReport!, $c: [CommandInput!]!) { push(device: $d, commands: $c) { wipe } }`
	many := make([]any, 21)
	for i := range many {
		many[i] = a.command("SetTags", i+1, variables{})
	}
	report := func(change variables) variables {
		r := variables{"id": phone, "issued": 0, "waiting": []int{}, "app": "1"}
		for k, v := range change {
			r[k] = v
		}
		return r
	}
	for name, vars := range map[string]variables{
		"commands":       {"d": report(nil), "c": many},
		"device.issued":  {"d": report(variables{"issued": -1}), "c": []any{}},
		"device.waiting": {"d": report(variables{"waiting": make([]int, 501)}), "c": []any{}},
		"commands[0].id": {"d": report(nil), "c": []any{spoilt(a.command("SetTags", 1, variables{}), "id", "' OR 1=1 --")}},
		"device.app":     {"d": report(variables{"app": strings.Repeat("x", 101)}), "c": []any{}},
	} {
		got := a.ask(t, a.Rep, push, vars)
		if got.code(t) != string(care.CodeInvalid) || got.body.Errors[0].Extensions["field"] != name {
			t.Errorf("%s: %s", name, got.text)
		}
	}
	if got := a.ask(t, a.Rep, push, variables{"d": report(variables{"id": id.ID{1}}), "c": []any{}}); got.code(t) != string(care.CodeNotFound) {
		t.Errorf("another device: %s", got.text)
	}
}

// TestAPushHasTimeForEachCommand: a request out of time is LIMITED; a push goes on, and what was late is sent again.
func TestAPushHasTimeForEachCommand(t *testing.T) {
	a := onSQLite(t)
	trusted, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	hasty := *a
	hasty.server = server{graph.NewHandler(graph.Config{
		Schema:  apiexec.NewExecutableSchema(apiexec.Config{Resolvers: &graph.Resolver{Care: a.door}}),
		Faults:  graph.Faults{Log: slog.New(slog.DiscardHandler), NewID: func() string { return "fault-1" }},
		Verify:  a.verify,
		Trusted: trusted,
		Timeout: time.Nanosecond,
	}), a.log}
	if got := hasty.ask(t, a.Rep, `{ me { id } }`, nil); got.code(t) != string(care.CodeLimited) {
		t.Errorf("a request: %s", got.text)
	}
	c := a.logCommand(a.subject(t, own), 1)
	late := hasty.push(t, a.Rep, c, c)
	if diff := cmp.Diff([]string{"RETRY LIMITED time", "RETRY LIMITED time"}, late.statuses()); diff != "" || late.Answers[0].Receipt != "" {
		t.Errorf("a push: %+v", late)
	}
	if got := a.push(t, a.Rep, c); got.Answers[0].Status != "APPLIED" {
		t.Errorf("sent again: %+v", got)
	}
}
