package graph

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"huifang/care"
	"huifang/graph/guard"
)

// carriesWork lists the mutations that a device may push: what somebody does on a phone for a customer. Signing in and
// out, managing and pushing itself are not work.
func carriesWork(mutation string) bool {
	switch mutation {
	case "logContact", "startItem", "cancelItem", "rescheduleItem", "orderDay", "pinItem", "planContact",
		"editAccount", "addMember", "removeMember", "addDate", "removeDate", "setTags",
		"pauseAccount", "resumeAccount", "overrideHorizon", "endOverride",
		"stopAccount", "resumeService", "openCase", "completeCaseStep", "closeCase",
		"recordPurchase", "recordReturn", "askLeave", "answerReview", "readHandover", "objectToMove":
		return true
	}
	return false
}

// errNoWork says that a document cannot be pushed.
var errNoWork = care.Invalid("document", "is not a mutation that carries work").By("TrustedDocument")

type runnerKey struct{}

// runner runs pushed documents as if each had come by itself: the same documents, limits, executor and table of errors.
// It keeps the context of the request from before the push began to execute: the place of the push in its own document
// must not show in the errors of what it runs.
type runner struct {
	*handler
	request context.Context
}

// withRunner lets the resolvers of a request run documents.
func (h *handler) withRunner(ctx context.Context) context.Context {
	return context.WithValue(ctx, runnerKey{}, runner{h, ctx})
}

func runnerIn(ctx context.Context) care.Runner {
	r, _ := ctx.Value(runnerKey{}).(runner)
	return r
}

// Name tells the name of a document's operation.
func (r runner) Name(document string) (string, error) {
	doc, _, err := r.work(document)
	if err != nil {
		return "", err
	}
	return doc.Operations[0].Name, nil
}

// work finds a document that carries work.
func (r runner) work(document string) (*ast.QueryDocument, string, error) {
	text, err := r.Trusted.byID(document)
	if err != nil {
		return nil, "", care.Invalid("document", "%w", err).By("TrustedDocument")
	}
	doc, refusals, err := r.documents.prepare(text)
	if err != nil || len(refusals) > 0 || len(doc.Operations) != 1 || doc.Operations[0].Operation != ast.Mutation {
		return nil, "", errNoWork
	}
	for _, selection := range doc.Operations[0].SelectionSet {
		if field, ok := selection.(*ast.Field); !ok || !carriesWork(field.Name) {
			return nil, "", errNoWork
		}
	}
	return doc, text, nil
}

// Run runs a document with its variables under the viewer and the command of ctx.
func (r runner) Run(ctx context.Context, document, variables string) error {
	doc, text, err := r.work(document)
	if err != nil {
		return err
	}
	req := request{document: document}
	if err := decodeVariables(variables, &req.variables, r.Limits); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(care.Under(r.request, ctx), r.Timeout)
	defer cancel()
	response, p := r.execute(context.WithValue(ctx, preparedKey{}, doc), text, req)
	if p != nil {
		return firstOf(p.errors)
	}
	return firstOf(response.Errors)
}

// decodeVariables reads the variables of a command. What a limit refuses is refused for ever: it is INVALID.
func decodeVariables(text string, into *map[string]any, limits guard.Limits) error {
	err := decode("variables", json.RawMessage(text), into, limits)
	if err != nil && err.Code == care.CodeLimited {
		return care.Invalid("variables", "%w", err).By(err.Rule)
	}
	if err != nil {
		return err
	}
	return nil
}

// firstOf gives the first error of an answer its place in the table again.
func firstOf(list gqlerror.List) error {
	if len(list) == 0 {
		return nil
	}
	code, _ := list[0].Extensions["code"].(care.Code)
	field, _ := list[0].Extensions["field"].(string)
	rule, _ := list[0].Extensions["rule"].(string)
	if code == "" {
		return errors.New(list[0].Message)
	}
	return &care.Error{Code: code, Field: field, Rule: rule, Words: list[0].Message}
}

// pushTime is how long a push may take: many commands, each of which is held to the time of a request.
const pushTime = 45 * time.Second

// timeFor is how long an operation may take.
func (h *handler) timeFor(op *ast.OperationDefinition) time.Duration {
	for _, selection := range op.SelectionSet {
		if field, ok := selection.(*ast.Field); ok && field.Name == "push" {
			return max(h.Timeout, pushTime)
		}
	}
	return h.Timeout
}
