// Package guard refuses GraphQL documents that would cost too much, before anything expensive looks at them.
//
// The parser, the validator and complexity counters take quadratic or exponential time on hostile documents: nested
// fragment spreads, one field repeated, deep nesting. The guard itself takes linear time and runs in three steps:
//
//	Text       before parsing:    bytes, tokens, nesting of brackets (a lexer, no recursion)
//	Document   before validating: fields, aliases, depth, fragments, expansion, overlap (the parsed tree)
//	JSON       before decoding:   values and nesting of the request's JSON (one pass over the bytes)
package guard

import "fmt"

// Limits are the most a request may have of each thing. They bound whole documents, all operations counted together.
type Limits struct {
	Bytes      int // of document text
	Tokens     int // lexical tokens, comments included
	Nesting    int // brackets of any kind inside each other
	Depth      int // selections inside each other, fragments expanded
	Fields     int // fields as written
	Expanded   int // fields after every fragment is put in its place
	Overlap    int // pairs of fields that give the same key of the answer, which the validator compares
	Aliases    int // aliased fields, fragments expanded
	Roots      int // fields at the root of one query, fragments expanded
	Mutations  int // fields at the root of one mutation: one, so that no password is guessed a thousand times a request
	Operations int // operations in one document
	Fragments  int // fragment definitions
	Spreads    int // fragment spreads and inline fragments as written
	Directives int // directives, also those of variables and operations
	Arguments  int // arguments of fields and directives, and variable definitions
	List       int // values in one list, and fields in one input object, written in the document
	Values     int // values in the JSON of a request
	Levels     int // lists and objects inside each other in the JSON of a request
}

// Default returns limits that leave every document of the app, and an introspection, ample room.
func Default() Limits {
	return Limits{
		Bytes: 32 << 10, Tokens: 2500, Nesting: 40,
		Depth: 18, Fields: 400, Expanded: 1500, Overlap: 200, Aliases: 30, Roots: 10, Mutations: 1,
		Operations: 10, Fragments: 25, Spreads: 60, Directives: 40, Arguments: 200, List: 500,
		Values: 20000, Levels: 20,
	}
}

// Exceeded is the error of a document or of variables over a limit.
type Exceeded struct {
	Limit string // its name: "tokens"
	Max   int    // its value
}

// Error names the limit and its value, never the document.
func (e *Exceeded) Error() string { return fmt.Sprintf("more than %d %s", e.Max, e.Limit) }

// within returns an Exceeded when n is over the limit.
func within(limit string, n, limitValue int) error {
	if n <= limitValue {
		return nil
	}
	return &Exceeded{Limit: limit, Max: limitValue}
}
