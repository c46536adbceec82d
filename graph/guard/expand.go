package guard

import "github.com/vektah/gqlparser/v2/ast"

// enough is where sizes stop growing: nested fragments double at each step and would overflow.
const enough = 1 << 30

// size is a selection set with every fragment put in its place.
type size struct {
	roots      int // fields directly in the set
	selections int // fields, spreads and inline fragments, so that a fragment of nothing but spreads counts too
	aliases    int
	depth      int // fields inside each other
}

func (s size) plus(t size) size {
	return size{
		roots:      min(s.roots+t.roots, enough),
		selections: min(s.selections+t.selections, enough),
		aliases:    min(s.aliases+t.aliases, enough),
		depth:      max(s.depth, t.depth),
	}
}

// expander computes sizes, each fragment once, however often it is spread.
type expander struct {
	fragments map[string]*ast.FragmentDefinition
	sizes     map[string]size
	open      map[string]bool // fragments whose size is being computed now
	spread    map[string]bool // fragments that something spreads
	cycle     bool
}

// newExpander computes the size of every fragment, spread or not. It returns ErrTwice or ErrCycle.
func newExpander(doc *ast.QueryDocument) (*expander, error) {
	e := expander{
		fragments: make(map[string]*ast.FragmentDefinition, len(doc.Fragments)),
		sizes:     map[string]size{}, open: map[string]bool{}, spread: map[string]bool{},
	}
	for _, f := range doc.Fragments {
		if e.fragments[f.Name] != nil {
			return nil, ErrTwice
		}
		e.fragments[f.Name] = f
	}
	for _, f := range doc.Fragments {
		e.fragment(f.Name)
	}
	if e.cycle {
		return nil, ErrCycle
	}
	return &e, nil
}

// total is the size of the whole document: its operations, and the fragments nobody spreads, which the validator
// walks all the same. Without cycles every fragment hangs under one of these.
func (e *expander) total(doc *ast.QueryDocument) size {
	var total size
	for _, set := range e.tops(doc) {
		total = total.plus(e.of(set))
	}
	return total
}

// tops are the selection sets that no other set contains.
func (e *expander) tops(doc *ast.QueryDocument) []ast.SelectionSet {
	var tops []ast.SelectionSet
	for _, op := range doc.Operations {
		e.of(op.SelectionSet) // notes what it spreads
		tops = append(tops, op.SelectionSet)
	}
	for _, f := range doc.Fragments {
		if !e.spread[f.Name] {
			tops = append(tops, f.SelectionSet)
		}
	}
	return tops
}

func (e *expander) of(set ast.SelectionSet) size {
	var total size
	for _, selection := range set {
		total = total.plus(e.one(selection))
	}
	return total
}

func (e *expander) one(selection ast.Selection) size {
	switch s := selection.(type) {
	case *ast.Field:
		return e.field(s)
	case *ast.InlineFragment:
		return e.of(s.SelectionSet).plus(size{selections: 1})
	case *ast.FragmentSpread:
		e.spread[s.Name] = true
		return e.fragment(s.Name).plus(size{selections: 1})
	}
	return size{}
}

func (e *expander) field(f *ast.Field) size {
	s := e.of(f.SelectionSet)
	s.roots = 1
	s.selections = min(s.selections+1, enough)
	s.depth++
	if f.Alias != f.Name {
		s.aliases = min(s.aliases+1, enough)
	}
	return s
}

// fragment returns the size of a fragment. A fragment that is not defined has none: the validator refuses it.
func (e *expander) fragment(name string) size {
	if known, ok := e.sizes[name]; ok {
		return known
	}
	definition := e.fragments[name]
	if definition == nil {
		return size{}
	}
	if e.open[name] {
		e.cycle = true
		return size{}
	}
	e.open[name] = true
	s := e.of(definition.SelectionSet)
	delete(e.open, name)
	e.sizes[name] = s
	return s
}

// overlap counts the pairs of fields that give the same key of the answer, as the validator's rule
// OverlappingFieldsCanBeMerged compares them.
func (e *expander) overlap(doc *ast.QueryDocument) int {
	total := 0
	for _, set := range e.tops(doc) {
		total += e.pairs([]ast.SelectionSet{set})
	}
	return total
}

// pairs counts the pairs of fields that give the same key of the answer, here and at every level below. The
// sets merge into one object of the answer.
func (e *expander) pairs(sets []ast.SelectionSet) int {
	byKey := map[string][]ast.SelectionSet{}
	for _, set := range sets {
		e.group(set, byKey)
	}
	total := 0
	for _, same := range byKey {
		total += len(same) * (len(same) - 1) / 2
		total += e.pairs(same)
	}
	return total
}

func (e *expander) group(set ast.SelectionSet, byKey map[string][]ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			byKey[s.Alias] = append(byKey[s.Alias], s.SelectionSet)
		case *ast.InlineFragment:
			e.group(s.SelectionSet, byKey)
		case *ast.FragmentSpread:
			if f := e.fragments[s.Name]; f != nil {
				e.group(f.SelectionSet, byKey)
			}
		}
	}
}
