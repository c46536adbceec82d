package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"

	"huifang/graph"
)

// library is what the operation files define, by name. A fragment may be used from any file.
type library struct {
	operations map[string]*ast.OperationDefinition
	fragments  map[string]*ast.FragmentDefinition
}

// documentsOf makes one document of each operation: the operation and the fragments it needs.
func documentsOf(files []source) ([]graph.ManifestDocument, error) {
	lib := library{map[string]*ast.OperationDefinition{}, map[string]*ast.FragmentDefinition{}}
	for _, f := range files {
		if err := lib.add(f); err != nil {
			return nil, err
		}
	}
	var documents []graph.ManifestDocument
	for _, name := range slices.Sorted(maps.Keys(lib.operations)) {
		text := lib.document(name)
		documents = append(documents, graph.ManifestDocument{ID: graph.DocumentID(text), Name: name, Current: true, Text: text})
	}
	return documents, nil
}

// add takes the definitions of a file. Names are what the app finds its documents by, so each has one and it is its own.
func (l library) add(f source) error {
	doc, err := parser.ParseQuery(&ast.Source{Name: f.name, Input: f.text})
	if err != nil {
		return err
	}
	for _, op := range doc.Operations {
		if op.Name == "" {
			return fmt.Errorf("%s: an operation without a name", f.name)
		}
		if l.operations[op.Name] != nil {
			return fmt.Errorf("%s: a second operation %s", f.name, op.Name)
		}
		l.operations[op.Name] = op
	}
	for _, fragment := range doc.Fragments {
		if l.fragments[fragment.Name] != nil {
			return fmt.Errorf("%s: a second fragment %s", f.name, fragment.Name)
		}
		l.fragments[fragment.Name] = fragment
	}
	return nil
}

// document prints an operation with its fragments in the order of their names, always alike.
func (l library) document(name string) string {
	op := l.operations[name]
	needed := map[string]*ast.FragmentDefinition{}
	l.need(op.SelectionSet, needed)
	doc := ast.QueryDocument{Operations: ast.OperationList{op}}
	for _, fragment := range slices.Sorted(maps.Keys(needed)) {
		doc.Fragments = append(doc.Fragments, needed[fragment])
	}
	var b bytes.Buffer
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatQueryDocument(&doc)
	return b.String()
}

// need collects the fragments that a selection set spreads. One that nobody defines is left to the validator.
func (l library) need(set ast.SelectionSet, needed map[string]*ast.FragmentDefinition) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			l.need(s.SelectionSet, needed)
		case *ast.InlineFragment:
			l.need(s.SelectionSet, needed)
		case *ast.FragmentSpread:
			if fragment := l.fragments[s.Name]; fragment != nil && needed[s.Name] == nil {
				needed[s.Name] = fragment
				l.need(fragment.SelectionSet, needed)
			}
		}
	}
}
