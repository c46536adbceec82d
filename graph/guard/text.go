package guard

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

// Text checks what can be counted without parsing. It returns an *Exceeded, or nil; text that is no GraphQL passes as
// far as its first bad token, for the parser to refuse in its own words.
func (l Limits) Text(document string) error {
	if err := within("bytes", len(document), l.Bytes); err != nil {
		return err
	}
	lex := lexer.New(&ast.Source{Input: document})
	nesting := 0
	for tokens := 1; ; tokens++ {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil
		}
		if err := within("tokens", tokens, l.Tokens); err != nil {
			return err
		}
		nesting += step(token.Kind)
		if err := within("nesting", nesting, l.Nesting); err != nil {
			return err
		}
	}
}

// step tells how a token changes the nesting.
func step(kind lexer.Type) int {
	switch kind {
	case lexer.BraceL, lexer.BracketL, lexer.ParenL:
		return 1
	case lexer.BraceR, lexer.BracketR, lexer.ParenR:
		return -1
	}
	return 0
}
