package guard

import "github.com/vektah/gqlparser/v2/ast"

// counts are the things of a document, each counted once where it stands in the text; list is the longest list.
type counts struct {
	fields, spreads, directives, arguments, list int
}

// count walks the whole document once. Its recursion is as deep as the brackets, which Text bounded.
func count(doc *ast.QueryDocument) counts {
	var c counts
	for _, op := range doc.Operations {
		c.variables(op.VariableDefinitions)
		c.applied(op.Directives)
		c.selections(op.SelectionSet)
	}
	for _, f := range doc.Fragments {
		c.variables(f.VariableDefinition)
		c.applied(f.Directives)
		c.selections(f.SelectionSet)
	}
	return c
}

func (c *counts) selections(set ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			c.fields++
			c.given(s.Arguments)
			c.applied(s.Directives)
			c.selections(s.SelectionSet)
		case *ast.InlineFragment:
			c.spreads++
			c.applied(s.Directives)
			c.selections(s.SelectionSet)
		case *ast.FragmentSpread:
			c.spreads++
			c.applied(s.Directives)
		}
	}
}

func (c *counts) variables(definitions ast.VariableDefinitionList) {
	c.arguments += len(definitions)
	for _, v := range definitions {
		c.applied(v.Directives)
		c.value(v.DefaultValue)
	}
}

func (c *counts) applied(directives ast.DirectiveList) {
	c.directives += len(directives)
	for _, d := range directives {
		c.given(d.Arguments)
	}
}

func (c *counts) given(arguments ast.ArgumentList) {
	c.arguments += len(arguments)
	for _, a := range arguments {
		c.value(a.Value)
	}
}

func (c *counts) value(v *ast.Value) {
	if v == nil {
		return
	}
	c.list = max(c.list, len(v.Children))
	for _, child := range v.Children {
		c.value(child.Value)
	}
}
