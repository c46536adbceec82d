// Package mobileschema is the contract with the app: the published schema, the operations the app runs, and the manifest
// of every document it ever ran. See README.md.
package mobileschema

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:generate go run ../graph/manifest -root ..

//go:embed manifest.json
var manifest []byte

// Manifest is the text of manifest.json, for graph.ReadTrusted. The caller owns the slice.
func Manifest() []byte { return append([]byte(nil), manifest...) }

// Documents are the ids of the operations as they stand now, by name: what the app asks for.
func Documents() (map[string]string, error) {
	var m struct {
		Documents []struct {
			ID, Name string
			Current  bool
		}
	}
	if err := json.Unmarshal(manifest, &m); err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	current := map[string]string{}
	for _, d := range m.Documents {
		if d.Current {
			current[d.Name] = d.ID
		}
	}
	return current, nil
}
