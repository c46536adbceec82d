package care_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"huifang/care"
)

// TestEveryFieldOfAPolicyIsDescribed holds docs/policy.md to the document: each path has a row. What a struct holds is
// described where it stands first; after that its own path is enough.
func TestEveryFieldOfAPolicyIsDescribed(t *testing.T) {
	text, err := os.ReadFile("../docs/policy.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if path, _, found := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); found && strings.HasPrefix(line, "| `") {
			rows[path] = false
		}
	}
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type, string)
	walk = func(of reflect.Type, path string) {
		switch of.Kind() {
		case reflect.Map:
			walk(of.Elem(), path+".*")
		case reflect.Slice:
			walk(of.Elem(), path+"[]")
		case reflect.Struct:
			if seen[of] {
				return
			}
			seen[of] = true
			for i := range of.NumField() {
				name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
				if name == "-" {
					continue
				}
				inner := strings.TrimPrefix(path+"."+name, ".")
				if _, described := rows[inner]; described {
					rows[inner] = true
				} else if kind := of.Field(i).Type.Kind(); strings.Contains(inner, ".") && (kind != reflect.Struct || seen[of.Field(i).Type]) {
					t.Errorf("docs/policy.md says nothing of %s", inner)
				}
				walk(of.Field(i).Type, inner)
			}
		}
	}
	walk(reflect.TypeFor[care.Policy](), "")
	for path, real := range rows {
		if !real {
			t.Errorf("docs/policy.md describes %s, which is no field", path)
		}
	}
}
