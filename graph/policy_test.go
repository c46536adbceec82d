package graph_test

import (
	"encoding/json"
	"testing"
)

// TestAPolicyFormHearsOfEveryFault: each with the path of its input.
func TestAPolicyFormHearsOfEveryFault(t *testing.T) {
	a := onSQLite(t)
	const add = `mutation ($body: String!) { addPolicy(fromDay: "2026-03-05", body: $body) { version } }`
	got := a.ask(t, a.Manager, add, variables{"body": `{"cadence": {"weeklyCap": 9}, "planning": {"days": 1}}`})
	if len(got.body.Errors) != 1 || got.code(t) != "INVALID" || got.body.Errors[0].Extensions["field"] != "cadence.weeklyCap" {
		t.Fatal(got.text)
	}
	text, err := json.Marshal(got.body.Errors[0].Extensions["faults"])
	ok(t, err)
	const want = `[{"field":"cadence.weeklyCap","message":"9 is not between 1 and 7","rule":"range"},` +
		`{"field":"planning.days","message":"1: choose 7 to 60","rule":"range"}]`
	if string(text) != want {
		t.Errorf("%s", text)
	}
	if got = a.ask(t, a.Manager, add, variables{"body": `{"cadence": {"weeklyCap": 7}}`}); len(got.body.Errors) > 0 {
		t.Error(got.text)
	}
}
