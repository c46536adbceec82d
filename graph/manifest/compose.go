package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"huifang/graph"
)

// published are the contents of the files to write.
type published struct{ manifest, schema []byte }

// compose makes the files from their sources and the manifest as it was, nil at first. It fails when a document, new
// or old, does not run under the schema: a change that breaks an old phone is not published.
func compose(schemas, operations []source, oldManifest []byte) (published, error) {
	schema, err := loadSchema(schemas)
	if err != nil {
		return published{}, err
	}
	current, err := documentsOf(operations)
	if err != nil {
		return published{}, err
	}
	old, err := read(oldManifest)
	if err != nil {
		return published{}, err
	}
	m := merge(old, current)
	for _, d := range m.Documents {
		if err := graph.CheckDocument(schema, d.Text); err != nil {
			return published{}, fmt.Errorf("%s (%s) does not run under the schema: %w", d.Name, age(d), err)
		}
	}
	text, err := encode(m)
	return published{manifest: text, schema: printSchema(schema)}, err
}

func age(d graph.ManifestDocument) string {
	if d.Current {
		return "current"
	}
	return "old, but phones still run it: " + d.ID
}

func loadSchema(schemas []source) (*ast.Schema, error) {
	var sources []*ast.Source
	for _, s := range schemas {
		sources = append(sources, &ast.Source{Name: s.name, Input: s.text})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		return nil, fmt.Errorf("load the schema: %w", err)
	}
	return schema, nil
}

func printSchema(schema *ast.Schema) []byte {
	var b bytes.Buffer
	b.WriteString("# Published by `make generate` from graph/schema. Do not edit.\n\n")
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(schema)
	return b.Bytes()
}

// read reads a manifest and holds each id to its document.
func read(text []byte) (graph.Manifest, error) {
	var m graph.Manifest
	if text == nil {
		return m, nil
	}
	if _, err := graph.ReadTrusted(text); err != nil {
		return m, err
	}
	return m, json.Unmarshal(text, &m)
}

// merge keeps every old document and marks which are current. The order depends on nothing but the documents.
func merge(old graph.Manifest, current []graph.ManifestDocument) graph.Manifest {
	merged := slices.Clone(current)
	for _, d := range old.Documents {
		if !slices.ContainsFunc(current, func(c graph.ManifestDocument) bool { return c.ID == d.ID }) {
			d.Current = false
			merged = append(merged, d)
		}
	}
	slices.SortFunc(merged, func(a, b graph.ManifestDocument) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return graph.Manifest{Documents: merged}
}

func encode(m graph.Manifest) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(m)
	return b.Bytes(), err
}
