package mobileschema_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	mobileschema "huifang/mobile-schema"
)

var operation = regexp.MustCompile(`(?m)^(?:query|mutation) (\w+)`)

// TestDocumentsAreTheOperations: each operation of the folder has its id, and nothing else has one.
func TestDocumentsAreTheOperations(t *testing.T) {
	documents, err := mobileschema.Documents()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("operations/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var names []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range operation.FindAllSubmatch(text, -1) {
			names = append(names, string(found[1]))
		}
	}
	for _, name := range names {
		if documents[name] == "" {
			t.Errorf("%s has no document: run make generate", name)
		}
	}
	for name := range documents {
		if !slices.Contains(names, name) {
			t.Errorf("%s is current in the manifest, and in no file", name)
		}
	}
}

func TestManifestIsTheCallersOwn(t *testing.T) {
	clear(mobileschema.Manifest())
	if !json.Valid(mobileschema.Manifest()) {
		t.Error("what one caller did to the manifest, the next one sees")
	}
}
