package care

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"huifang/auth"
	"huifang/models"
)

func TestCodeOf(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want Code
	}{
		{"nil has no code", nil, ""},
		{"a use case's error keeps its code when wrapped", fmt.Errorf("log a visit: %w", Conflict("other content")), CodeConflict},
		{"nobody signed in", fmt.Errorf("who: %w", auth.ErrUnauthenticated), CodeUnauthenticated},
		{"forbidden looks like not found", fmt.Errorf("may: %w", auth.ErrForbidden), CodeNotFound},
		{"a row out of scope", fmt.Errorf("read: %w", models.ErrNotFound), CodeNotFound},
		{"a row that changed meanwhile", fmt.Errorf("write: %w", models.ErrConflict), CodeConflict},
		{"a row still in use", fmt.Errorf("drop: %w", models.ErrReference), CodeConflict},
		{"time ran out", fmt.Errorf("query: %w", context.DeadlineExceeded), CodeLimited},
		{"the caller went away", context.Canceled, CodeLimited},
		{"anything else is ours", io.ErrUnexpectedEOF, CodeInternal},
		{"a conflict caused by bad reading is still a conflict", Conflict("row moved: %w", io.EOF), CodeConflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := CodeOf(c.err); got != c.want {
				t.Errorf("code %q, want %q", got, c.want)
			}
		})
	}
}

func TestInternalErrorsAreHidden(t *testing.T) {
	secret := errors.New("dial tcp 10.0.0.7: password hunter2")
	shown := AsError(fmt.Errorf("open: %w", secret))
	if shown.Error() != "internal error" {
		t.Errorf("shown %q", shown.Error())
	}
	if !errors.Is(shown, secret) {
		t.Error("the cause is lost for the log")
	}
}

func TestForbiddenAndMissingLookAlike(t *testing.T) {
	forbidden := AsError(fmt.Errorf("account of another store: %w", auth.ErrForbidden))
	if forbidden.Words != "no such thing" || forbidden.Field != "" || forbidden.Rule != "" {
		t.Errorf("forbidden says too much: %+v", forbidden)
	}
}

func TestErrorsSayFieldAndRule(t *testing.T) {
	for _, c := range []struct {
		err  *Error
		want Error
	}{
		{Invalid("visit.day", "is in the future").By("past"), Error{Code: CodeInvalid, Field: "visit.day", Rule: "past", Words: "is in the future"}},
		{NotFound("account"), Error{Code: CodeNotFound, Words: "no such account"}},
		{Conflict("visit %d changed", 7), Error{Code: CodeConflict, Words: "visit 7 changed"}},
		{Refused("D19", "opted out"), Error{Code: CodeRefused, Rule: "D19", Words: "opted out"}},
		{Limited("page", "more than %d rows", 100), Error{Code: CodeLimited, Rule: "page", Words: "more than 100 rows"}},
	} {
		got := *c.err
		got.err = nil
		if got != c.want {
			t.Errorf("got %+v, want %+v", got, c.want)
		}
	}
	if got := Invalid("visit.day", "is in the future").Error(); got != "visit.day: is in the future" {
		t.Errorf("words %q", got)
	}
}

func TestByLeavesTheOriginalAlone(t *testing.T) {
	plain := Invalid("day", "bad")
	_ = plain.By("past")
	if plain.Rule != "" {
		t.Error("By changed its receiver")
	}
}

func TestWrappedCauseIsFound(t *testing.T) {
	if !errors.Is(Invalid("file", "cannot be read: %w", io.EOF), io.EOF) {
		t.Error("cause lost")
	}
}
