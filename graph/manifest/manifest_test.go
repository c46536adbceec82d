package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/graph"
)

var schema = []source{{"a.graphqls", `"""Asked."""
type Query { a: A! old: String }`}, {"b.graphqls", `type A { x: Int y(n: Int = 1): Int a: A }`}}

const myA = `# comments do not count
query MyA($n: Int) { a { ...Leaf a { ...Deep } } }`

var fragments = source{"fragments.graphql", `fragment Deep on A { a { ...Leaf } } fragment Leaf on A { x y(n: 2) } fragment Unused on A { x }`}

func parsed(t *testing.T, p published) graph.Manifest {
	t.Helper()
	var m graph.Manifest
	if err := json.Unmarshal(p.manifest, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func must(t *testing.T, schemas, operations []source, old []byte) published {
	t.Helper()
	p, err := compose(schemas, operations, old)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDocumentsHoldTheFragmentsTheyNeed(t *testing.T) {
	ops := []source{{"a.graphql", strings.Replace(myA, "($n: Int)", "", 1)}, fragments}
	m := parsed(t, must(t, schema, ops, nil))
	want := []graph.ManifestDocument{{Name: "MyA", Current: true, Text: `query MyA {
  a {
    ... Leaf
    a {
      ... Deep
    }
  }
}
fragment Deep on A {
  a {
    ... Leaf
  }
}
fragment Leaf on A {
  x
  y(n: 2)
}
`}}
	want[0].ID = graph.DocumentID(want[0].Text)
	if diff := cmp.Diff(want, m.Documents); diff != "" {
		t.Error(diff)
	}
}

func TestManifestOnlyGrows(t *testing.T) {
	one := must(t, schema, []source{{"a.graphql", `query Q { old } query R { a { x } }`}}, nil)
	two := must(t, schema, []source{{"a.graphql", `query Q { a { x } }`}}, one.manifest)
	first, second := parsed(t, one), parsed(t, two)
	if len(first.Documents) != 2 || len(second.Documents) != 3 {
		t.Fatalf("%d, then %d documents", len(first.Documents), len(second.Documents))
	}
	kept := map[string]bool{}
	for _, d := range second.Documents {
		kept[d.ID] = true
		if isNew := strings.Contains(d.Text, "Q {\n  a"); d.Current != isNew {
			t.Errorf("current is %v of %s", d.Current, d.Text)
		}
	}
	for _, d := range first.Documents {
		if !kept[d.ID] {
			t.Errorf("%s is gone", d.Name)
		}
	}
	back := parsed(t, must(t, schema, []source{{"a.graphql", `query Q { old }`}}, two.manifest))
	if len(back.Documents) != 3 {
		t.Errorf("a document that comes back is the same: %d", len(back.Documents))
	}
}

func TestComposingAgainChangesNothing(t *testing.T) {
	ops := []source{{"b.graphql", `query B { a { y } }`}, {"a.graphql", `query A { old }`}}
	one := must(t, schema, ops, nil)
	two := must(t, schema, []source{ops[1], ops[0]}, one.manifest)
	if diff := cmp.Diff(string(one.manifest)+string(one.schema), string(two.manifest)+string(two.schema)); diff != "" {
		t.Error(diff)
	}
}

func TestCompositionsThatFail(t *testing.T) {
	old := must(t, schema, []source{{"a.graphql", `query Q { old }`}}, nil).manifest
	without := []source{{"a.graphqls", `type Query { a: Int }`}}
	for _, c := range []struct {
		name       string
		schemas    []source
		operations []source
		old        []byte
		want       string
	}{
		{"a change that breaks an old phone", without, nil, old, "phones still run it"},
		{"a new document that does not fit", schema, []source{{"a.graphql", `query Q { b }`}}, nil, "Q (current) does not run"},
		{"a document over the limits", schema, []source{{"a.graphql", `query Q { a {` + strings.Repeat(" x", 100) + `} }`}}, nil, "overlapping fields"},
		{"introspection", schema, []source{{"a.graphql", `query Q { __schema { types { name } } }`}}, nil, "introspection is off"},
		{"no name", schema, []source{{"a.graphql", `{ old }`}}, nil, "without a name"},
		{"two of one name", schema, []source{{"a.graphql", `query Q { old }`}, {"b.graphql", `query Q { old }`}}, nil, "a second operation Q"},
		{"two fragments of one name", schema, []source{fragments, fragments}, nil, "a second fragment Deep"},
		{"bad syntax", schema, []source{{"a.graphql", `query {`}}, nil, "a.graphql"},
		{"a bad schema", []source{{"a.graphqls", `type Query { a: B }`}}, nil, nil, "load the schema"},
		{"a manifest somebody edited", schema, nil, []byte(strings.Replace(string(old), "old", "a { x }", 1)), "another hash"},
		{"an undefined fragment", schema, []source{{"a.graphql", `query Q { a { ...F } }`}}, nil, "Unknown fragment"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := compose(c.schemas, c.operations, c.old)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestPublishWritesBothFiles(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"graph/schema/a.graphqls":             `type Query { a: Int }`,
		"mobile-schema/operations/a.graphql":  `query A { a }`,
		"mobile-schema/operations/README.txt": `not GraphQL`,
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := publish(root); err != nil {
			t.Fatal(err)
		}
	}
	manifest, err := os.ReadFile(filepath.Join(root, "mobile-schema/manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := graph.ReadTrusted(manifest)
	if err != nil || len(trusted) != 1 {
		t.Errorf("%v %v", trusted, err)
	}
	printed, err := os.ReadFile(filepath.Join(root, "mobile-schema/schema.graphql"))
	if err != nil || !strings.Contains(string(printed), "a: Int") {
		t.Errorf("%s %v", printed, err)
	}
}

// TestPublishedContract holds what is checked in: it is up to date, and every document in it, old ones too, still
// runs under today's schema.
func TestPublishedContract(t *testing.T) {
	const root = "../.."
	schemas, err := readAll(filepath.Join(root, "graph/schema"), "*.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	operations, err := readAll(filepath.Join(root, "mobile-schema/operations"), "*.graphql")
	if err != nil || len(operations) == 0 {
		t.Fatalf("%d operations, %v", len(operations), err)
	}
	manifest, err := os.ReadFile(filepath.Join(root, "mobile-schema/manifest.json"))
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
		t.Skip("nothing is published yet: run `make generate`")
	}
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := os.ReadFile(filepath.Join(root, "mobile-schema/schema.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	fresh := must(t, schemas, operations, manifest)
	if string(fresh.manifest) != string(manifest) || string(fresh.schema) != string(snapshot) {
		t.Error("the contract is not up to date: run `make generate`")
	}
}
