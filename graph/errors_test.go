package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestErrorTable(t *testing.T) {
	for _, c := range []struct {
		how, message string
		extensions   map[string]any
	}{
		{"missing", "no such account", map[string]any{"code": "NOT_FOUND"}},
		{"forbidden", "no such thing", map[string]any{"code": "NOT_FOUND"}},
		{"no row", "no such thing", map[string]any{"code": "NOT_FOUND"}},
		{"invalid", "is in the future", map[string]any{"code": "INVALID", "field": "visit.day", "rule": "past"}},
		{"conflict", "another visit has this id", map[string]any{"code": "CONFLICT"}},
		{"refused", "the customer opted out of calls", map[string]any{"code": "REFUSED", "rule": "D19"}},
		{"limited", "more than 100 rows", map[string]any{"code": "LIMITED", "rule": "page"}},
		{"late", "the time for this request ran out", map[string]any{"code": "LIMITED", "rule": "time"}},
		{"unknown", "internal error", map[string]any{"code": "INTERNAL", "id": "fault-1"}},
		{"panic", "internal error", map[string]any{"code": "INTERNAL", "id": "fault-1"}},
	} {
		t.Run(c.how, func(t *testing.T) {
			s := serve(t, nil)
			got := s.query(t, `query($how:String!){x:fail(how:$how)}`, `{"how":`+quoted(c.how)+`}`)
			want := []shown{{Message: c.message, Path: []any{"x"}, Extensions: c.extensions}}
			for i := range got.body.Errors {
				got.body.Errors[i].Locations = nil
			}
			if diff := cmp.Diff(want, got.body.Errors); diff != "" || got.status != 200 || string(got.body.Data) != `{"x":null}` {
				t.Errorf("%d %s\n%s", got.status, got.text, diff)
			}
			if strings.Contains(got.text, "hunter2") || strings.Contains(got.text, "10.0.0.7") {
				t.Errorf("a hidden text is shown: %s", got.text)
			}
			if internal := c.extensions["code"] == "INTERNAL"; internal != strings.Contains(s.log.String(), "hunter2") {
				t.Errorf("log: %s", s.log)
			}
		})
	}
}

func TestPanicsAreLoggedWithTheirStack(t *testing.T) {
	s := serve(t, nil)
	s.query(t, `query Q{fail(how:"panic")}`, `null`)
	for _, want := range []string{"id=fault-1", "harness_test.go", "path=fail", "operation=Q"} {
		if !strings.Contains(s.log.String(), want) {
			t.Errorf("no %s in the log: %s", want, s.log)
		}
	}
}

func TestErrorsSayWhere(t *testing.T) {
	got := serve(t, nil).query(t, "{\n  x:fail(how:\"missing\")\n}", `null`)
	want := []any{map[string]any{"line": 2.0, "column": 3.0}}
	if diff := cmp.Diff(want, got.body.Errors[0].Locations); diff != "" {
		t.Error(diff)
	}
}

func TestScalarsThatAreRefused(t *testing.T) {
	s := serve(t, nil)
	good := `"01890a5d-ac96-774b-bcce-b302099a8057"`
	for _, c := range []struct{ name, document, variables, field string }{
		{"a malformed id", `{order(id:"secret"){id}}`, `null`, "id"},
		{"a day that does not exist", `{order(id:` + good + `,in:{day:"2026-02-30"}){id}}`, `null`, "in.day"},
		{"a day in a list", `{order(id:` + good + `,in:{day:"2026-02-03",days:["2026-02-03","secret"]}){id}}`, `null`, "in.days[1]"},
		{"an instant without zone", `query($in:OrderInput){order(id:` + good + `,in:$in){id}}`, `{"in":{"day":"2026-02-03","at":"2026-02-03T08:00:00"}}`, "in.at"},
		{"a fraction of a fen", `query($in:OrderInput){order(id:` + good + `,in:$in){id}}`, `{"in":{"day":"2026-02-03","fen":1.5}}`, "in.fen"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.query(t, c.document, c.variables)
			if got.code(t) != "INVALID" || got.body.Errors[0].Extensions["field"] != c.field || got.body.Errors[0].Extensions["rule"] != "scalar" {
				t.Errorf("%s", got.text)
			}
			if strings.Contains(got.text, "secret") || s.log.Len() > 0 {
				t.Errorf("echoed or logged: %s %s", got.text, s.log)
			}
		})
	}
}
