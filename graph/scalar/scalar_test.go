package scalar

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

func written(m graphql.Marshaler) string {
	var b strings.Builder
	m.MarshalGQL(&b)
	return b.String()
}

func TestDateTimeIsUTCWithMilliseconds(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*60*60)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2026, 3, 1, 16, 30, 0, 0, shanghai), `"2026-03-01T08:30:00.000Z"`},
		{time.Date(2026, 3, 1, 0, 0, 0, 123_999_999, time.UTC), `"2026-03-01T00:00:00.123Z"`},
		{time.Time{}, "null"},
	} {
		if got := written(MarshalDateTime(c.at)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestDateTimeIsRead(t *testing.T) {
	got, err := UnmarshalDateTime("2026-03-01T16:30:00.1239+08:00")
	if want := time.Date(2026, 3, 1, 8, 30, 0, 123_000_000, time.UTC); err != nil || got != want {
		t.Errorf("got %v %v, want %v", got, err, want)
	}
	for _, bad := range []any{"", "2026-03-01", "2026-03-01 08:30:00", "2026-03-01T08:30:00", "2026-02-30T00:00:00Z", json.Number("1"), nil, true} {
		if _, err := UnmarshalDateTime(bad); !errors.Is(err, ErrDateTime) {
			t.Errorf("%v: %v, want ErrDateTime", bad, err)
		}
	}
}

func TestFen(t *testing.T) {
	for _, good := range []any{int64(-100), -100, json.Number("-100")} {
		fen, err := UnmarshalFen(good)
		if err != nil || written(MarshalFen(fen)) != "-100" {
			t.Errorf("%v: %d %v", good, fen, err)
		}
	}
	for _, bad := range []any{"100", 1.5, json.Number("1.5"), json.Number("1e3"), json.Number("9007199254740992"), json.Number("99999999999999999999"), nil, true} {
		if _, err := UnmarshalFen(bad); !errors.Is(err, ErrFen) {
			t.Errorf("%v: %v, want ErrFen", bad, err)
		}
	}
}
