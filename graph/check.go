package graph

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"

	"huifang/graph/guard"
)

// CheckDocument tells whether the server, with the default limits and without introspection, would run a document of
// one operation under the schema. It is how the documents of the manifest are held valid.
func CheckDocument(schema *ast.Schema, text string) error {
	d := documents{schema: schema, limits: guard.Default()}
	_, refusals, err := d.prepare(text)
	if err != nil {
		return err
	}
	if len(refusals) > 0 {
		return fmt.Errorf("%s (%s)", refusals[0].Message, refusals[0].Rule)
	}
	return nil
}
