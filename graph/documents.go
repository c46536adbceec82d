package graph

import (
	"context"
	"errors"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"huifang/graph/guard"
)

// documents turns text into documents that may run: guarded, parsed, guarded again and validated, each text once.
type documents struct {
	schema        *ast.Schema
	limits        guard.Limits
	introspection bool
	known         cache
}

// prepare returns the document of the text, or why it may not run: an error of the guard, or the refusals of parser
// and validator with the rule that said no.
func (d *documents) prepare(text string) (*ast.QueryDocument, gqlerror.List, error) {
	if doc := d.known.get(text); doc != nil {
		return doc, nil, nil
	}
	if err := d.limits.Text(text); err != nil {
		return nil, nil, err
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return nil, syntaxError(err), nil
	}
	if err := d.limits.Document(doc); err != nil {
		return nil, nil, err
	}
	if list := d.validate(doc); len(list) > 0 {
		return nil, list, nil
	}
	d.known.put(text, doc)
	return doc, nil, nil
}

// validate tells what is wrong with a document under the schema.
func (d *documents) validate(doc *ast.QueryDocument) gqlerror.List {
	if len(doc.Operations) == 0 {
		return gqlerror.List{{Message: "no operation in the document", Rule: "Operation"}}
	}
	return validator.ValidateWithRules(d.schema, doc, ruleBook(d.introspection))
}

// ruleBook is the specification's rules and ours.
func ruleBook(introspection bool) *rules.Rules {
	book := rules.NewDefaultRules()
	book.AddRule("NoDefer", noDefer) // an answer is one piece: deferred parts would wait for a reader for ever
	if introspection {
		return book
	}
	book.AddRule("NoIntrospection", noIntrospection)
	swap(book, rules.FieldsOnCorrectTypeRule.Name, rules.FieldsOnCorrectTypeRuleWithoutSuggestions)
	swap(book, rules.ScalarLeafsRule.Name, rules.ScalarLeafsRuleWithoutSuggestions)
	return book
}

func swap(book *rules.Rules, name string, by core.Rule) {
	book.RemoveRule(name)
	book.AddRule(name, by.RuleFunc)
}

func noDefer(observers *core.Events, addError core.AddErrFunc) {
	observers.OnDirective(func(_ *core.Walker, directive *ast.Directive) {
		if directive.Name == "defer" {
			addError(core.Message("@defer is not served here"), core.At(directive.Position))
		}
	})
}

func noIntrospection(observers *core.Events, addError core.AddErrFunc) {
	observers.OnField(func(_ *core.Walker, field *ast.Field) {
		if field.Name == "__schema" || field.Name == "__type" {
			addError(core.Message("introspection is off: read mobile-schema/schema.graphql"), core.At(field.Position))
		}
	})
}

func syntaxError(err error) gqlerror.List {
	var at *gqlerror.Error
	if !errors.As(err, &at) {
		at = gqlerror.Wrap(err)
	}
	at.Rule = "Syntax"
	return gqlerror.List{at}
}

// cache keeps documents that may run, so that the app's few documents are parsed once. Two generations bound it: what
// was not asked for during a whole generation goes. Parsed documents are some thirty times their text.
type cache struct {
	mu         sync.Mutex
	young, old map[string]*ast.QueryDocument
	bytes      int // of text in young
}

// cacheBytes is the text one generation holds; the app's documents together have a fraction of it.
const cacheBytes = 256 << 10

func (c *cache) get(text string) *ast.QueryDocument {
	c.mu.Lock()
	defer c.mu.Unlock()
	if doc := c.young[text]; doc != nil {
		return doc
	}
	doc := c.old[text]
	if doc != nil {
		c.keep(text, doc)
	}
	return doc
}

func (c *cache) put(text string, doc *ast.QueryDocument) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(text, doc)
}

func (c *cache) keep(text string, doc *ast.QueryDocument) {
	if c.young == nil || c.bytes+len(text) > cacheBytes {
		c.old, c.young, c.bytes = c.young, map[string]*ast.QueryDocument{}, 0
	}
	c.young[text] = doc
	c.bytes += len(text)
}

type preparedKey struct{}

// prepared hands the executor the document of the context, so that it neither parses nor validates. It is gqlgen's
// interface of a cache.
type prepared struct{}

func (prepared) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	doc, ok := ctx.Value(preparedKey{}).(*ast.QueryDocument)
	return doc, ok
}

func (prepared) Add(context.Context, string, *ast.QueryDocument) {}
