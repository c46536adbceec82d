package guard

import (
	"cmp"
	"errors"

	"github.com/vektah/gqlparser/v2/ast"
)

// Documents that no limit describes, and that would make the walk of the expansion endless or ambiguous.
var (
	ErrCycle = errors.New("a fragment spreads itself")
	ErrTwice = errors.New("two fragments have one name")
)

// Document checks a parsed document that Text let pass. It returns an *Exceeded, ErrCycle, ErrTwice, or nil.
func (l Limits) Document(doc *ast.QueryDocument) error {
	if err := l.written(doc); err != nil {
		return err
	}
	e, err := newExpander(doc)
	if err != nil {
		return err
	}
	if err := l.expanded(doc, e); err != nil {
		return err
	}
	return within("overlapping fields", e.overlap(doc), l.Overlap) // walks the expansion, which is bounded by now
}

// written checks what stands in the text, each thing counted where it stands.
func (l Limits) written(doc *ast.QueryDocument) error {
	c := count(doc)
	return cmp.Or(
		within("operations", len(doc.Operations), l.Operations),
		within("fragments", len(doc.Fragments), l.Fragments),
		within("fields", c.fields, l.Fields),
		within("spreads", c.spreads, l.Spreads),
		within("directives", c.directives, l.Directives),
		within("arguments", c.arguments, l.Arguments),
		within("values in a list", c.list, l.List),
	)
}

// expanded checks the sizes with every fragment put in its place.
func (l Limits) expanded(doc *ast.QueryDocument, e *expander) error {
	total := e.total(doc)
	return cmp.Or(
		within("levels of depth", total.depth, l.Depth),
		within("expanded selections", total.selections, l.Expanded),
		within("aliases", total.aliases, l.Aliases),
		l.roots(doc, e),
	)
}

func (l Limits) roots(doc *ast.QueryDocument, e *expander) error {
	for _, op := range doc.Operations {
		name, most := "root fields", l.Roots
		if op.Operation == ast.Mutation {
			name, most = "mutations in one request", l.Mutations
		}
		if err := within(name, e.of(op.SelectionSet).roots, most); err != nil {
			return err
		}
	}
	return nil
}
