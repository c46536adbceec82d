package care

import (
	"context"
	"errors"
	"fmt"

	"huifang/auth"
	"huifang/models"
)

// Code is what kind of no a caller gets. These seven are all there are: the API shows them as extensions.code, the
// command line maps them to exit codes, and the app owns the words for each in both languages.
type Code string

// The codes.
const (
	CodeUnauthenticated Code = "UNAUTHENTICATED" // nobody is signed in, or the token is not good: sign in
	CodeNotFound        Code = "NOT_FOUND"       // no such thing, or the viewer may not know of it: never FORBIDDEN
	CodeInvalid         Code = "INVALID"         // the input is wrong: Field says where, Rule which check
	CodeConflict        Code = "CONFLICT"        // the same id with other content, or the row changed meanwhile: read again
	CodeRefused         Code = "REFUSED"         // a rule of the domain says no: Rule is its number (D19)
	CodeLimited         Code = "LIMITED"         // a limit of size, number, rate or time: Rule is its name
	CodeInternal        Code = "INTERNAL"        // our fault: logged with an id, the text stays hidden
)

// Error is the only error a use case hands to a person. Any other error is INTERNAL: its text goes to the log, never to
// the caller. Words are for developers, in English; they hold no personal data.
type Error struct {
	Code  Code
	Field string // the path of the bad input, as the caller wrote it: "visit.day"; empty when no one field is to blame
	Rule  string // which rule or limit said no: "D19", "required", "tokens"
	Words string

	err error
}

// Error returns the words, after the field they are about.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Words
	}
	return e.Field + ": " + e.Words
}

// Unwrap returns what the words were made from with %w, if anything.
func (e *Error) Unwrap() error { return e.err }

// All is everything that is wrong with the input, in order, when more than the first is known: see gathered.
func (e *Error) All() []*Error {
	list, _ := e.err.(faultList)
	return list
}

// faultList is several faults of one input.
type faultList []*Error

func (l faultList) Error() string { return l[0].Error() }

func (l faultList) Unwrap() []error {
	out := make([]error, len(l))
	for i, e := range l {
		out[i] = e
	}
	return out
}

// By returns a copy that names the rule which said no.
func (e *Error) By(rule string) *Error {
	named := *e
	named.Rule = rule
	return &named
}

// Invalid says that the input at field is wrong. The format takes %w like fmt.Errorf.
func Invalid(field, format string, args ...any) *Error {
	e := sayf(CodeInvalid, format, args...)
	e.Field = field
	return e
}

// NotFound says that the viewer sees no such thing; kind is the noun, "account". It says the same of a thing that does
// not exist and of one that is out of scope.
func NotFound(kind string) *Error { return sayf(CodeNotFound, "no such %s", kind) }

// Conflict says that the write does not fit what is stored now.
func Conflict(format string, args ...any) *Error { return sayf(CodeConflict, format, args...) }

// Refused says that a rule of the domain forbids it; rule is its number, "D19".
func Refused(rule, format string, args ...any) *Error {
	return sayf(CodeRefused, format, args...).By(rule)
}

// Limited says that a limit is reached; limit is its name, "page".
func Limited(limit, format string, args ...any) *Error {
	return sayf(CodeLimited, format, args...).By(limit)
}

func sayf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Words: err.Error(), err: err}
}

// AsError returns what the caller may know of err: the *Error inside it, what a sentinel of auth or models means, LIMITED for
// time that ran out, or else INTERNAL with no text of err in it. It returns nil for nil.
func AsError(err error) *Error {
	var known *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case errors.Is(err, auth.ErrUnauthenticated):
		return &Error{Code: CodeUnauthenticated, Words: "sign in first", err: err}
	case errors.Is(err, auth.ErrForbidden), errors.Is(err, models.ErrNotFound): // invisible means NOT_FOUND
		return &Error{Code: CodeNotFound, Words: "no such thing", err: err}
	case errors.Is(err, models.ErrConflict), errors.Is(err, models.ErrReference):
		return &Error{Code: CodeConflict, Words: "does not fit what is stored now: read again", err: err}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &Error{Code: CodeLimited, Rule: "time", Words: "the time for this request ran out", err: err}
	}
	return &Error{Code: CodeInternal, Words: "internal error", err: err}
}

// CodeOf returns the code of err: INTERNAL for an error that is none of ours, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	return AsError(err).Code
}
