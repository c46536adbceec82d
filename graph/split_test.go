package graph

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       map[string]string // nil: refused
	}{
		{"nothing in it", " { } ", map[string]string{}},
		{"the members we know", `{"query":"{a}","variables":{"b":[1,{"c":2}]},"x":[{}]}`, map[string]string{"query": `"{a}"`, "variables": `{"b":[1,{"c":2}]}`, "": `[{}]`}},
		{"blanks everywhere", "\n{\t\"query\" : \"a\" ,\r\"variables\" : null }\n", map[string]string{"query": `"a"`, "variables": "null"}},
		{"brackets, commas and quotes in texts", `{"query":"}],\"{[","x\"":1}`, map[string]string{"query": `"}],\"{["`, "": "1"}},
		{"backslashes before the last quote", `{"query":"\\\\","variables":1}`, map[string]string{"query": `"\\\\"`, "variables": "1"}},
		{"what stands inside is not looked at", `{"variables":{]]{}`, nil},
		{"a list", `[]`, nil},
		{"a text", `"{}"`, nil},
		{"nothing", ``, nil},
		{"no end", `{"query":"a"`, nil},
		{"no end, where a member ends in a bracket", `{"query":{}`, nil},
		{"no end of a key", `{"query`, nil},
		{"no end of an empty key", `{"`, nil},
		{"no end of a text", `{"query":"a}`, nil},
		{"no value", `{"query":}`, nil},
		{"no colon", `{"query" "a"}`, nil},
		{"no key", `{1:2}`, nil},
		{"a comma too many", `{"query":1,}`, nil},
		{"a comma alone", `{,}`, nil},
		{"the wrong bracket", `{"query":1]`, nil},
		{"something behind", `{} {}`, nil},
		{"a member twice", `{"query":"a","query":"b"}`, nil},
		{"an unknown member twice", `{"x":1,"x":2}`, map[string]string{"": "2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := split([]byte(c.text))
			if (err != nil) != (c.want == nil) {
				t.Fatalf("%v %v", got, err)
			}
			for key, value := range got {
				if c.want[key] != string(value) {
					t.Errorf("%s is %s, want %s", key, value, c.want[key])
				}
			}
			if len(got) != len(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// FuzzSplit compares with encoding/json: what it reads, split cuts the same way.
func FuzzSplit(f *testing.F) {
	f.Add(`{"query":"{a}","variables":{"b":[1,{"c":2}]},"x":[{}]}`)
	f.Add(`{"query":"\\\"","operationName":null}`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := split([]byte(text))
		var want map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &want) != nil || want == nil {
			return // split is lenient inside members
		}
		if err != nil {
			return // a member twice
		}
		for _, key := range []string{"query", "operationName", "documentId", "variables", "extensions"} {
			if raw, ok := got[key]; ok {
				if diff := cmp.Diff(string(want[key]), string(raw)); diff != "" {
					t.Errorf("%s in %q: %s", key, text, diff)
				}
			}
		}
	})
}
