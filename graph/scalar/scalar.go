// Package scalar reads and writes the API's own scalars. They stand apart from package graph because the generated code
// imports them.
//
// ID and Date bind to id.ID and civil.Date, which read and write themselves.
package scalar

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"huifang/models"
)

// Errors of input. The transport shows them as INVALID.
var (
	ErrDateTime = errors.New("not an instant such as 2026-03-01T08:30:00.000Z")
	ErrFen      = errors.New("not a whole number of fen")
)

// millis is RFC 3339 in UTC with exactly three digits, so that instants compare as text.
const millis = "2006-01-02T15:04:05.000Z"

// MaxFen is the most a Fen holds: beyond it JavaScript's numbers lose the last digit.
const MaxFen = 1<<53 - 1

// MarshalDateTime writes an instant in UTC with milliseconds. The zero time is null.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	if t.IsZero() {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(millis)))
	})
}

// UnmarshalDateTime reads an RFC 3339 instant with its zone and returns it in UTC, cut to milliseconds. It returns
// ErrDateTime.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, ok := v.(string)
	if !ok {
		return time.Time{}, ErrDateTime
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%.40q is %w", s, ErrDateTime)
	}
	return t.UTC().Truncate(time.Millisecond), nil
}

// MarshalFen writes money as a whole number of fen.
func MarshalFen(fen models.Fen) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.FormatInt(int64(fen), 10))
	})
}

// UnmarshalFen reads a whole number of fen; it returns ErrFen for text, fractions and numbers beyond MaxFen.
func UnmarshalFen(v any) (models.Fen, error) {
	fen, err := whole(v)
	if err != nil {
		return 0, err
	}
	if fen > MaxFen || fen < -MaxFen {
		return 0, fmt.Errorf("%d is %w within ±%d", fen, ErrFen, int64(MaxFen))
	}
	return models.Fen(fen), nil
}

// whole reads the forms in which numbers arrive: literals as int64, variables as json.Number.
func whole(v any) (int64, error) {
	switch n := v.(type) {
	case int64:
		return n, nil
	case int:
		return int64(n), nil
	case json.Number:
		fen, err := strconv.ParseInt(n.String(), 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%.40q is %w", n, ErrFen)
		}
		return fen, nil
	}
	return 0, ErrFen
}
