package scalar_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"huifang/cadence"
	"huifang/graph/scalar"
)

func written(m graphql.Marshaler) string {
	var b bytes.Buffer
	m.MarshalGQL(&b)
	return b.String()
}

func TestCodes(t *testing.T) {
	for name, c := range map[string]struct{ got, want string }{
		"a code":                  {written(scalar.MarshalKind(cadence.Call)), `"CALL"`},
		"no code is null":         {written(scalar.MarshalKind("")), "null"},
		"a code in a text column": {written(scalar.MarshalText("MANAGER")), `"MANAGER"`},
		"a language in upper":     {written(scalar.MarshalLang("zh")), `"ZH"`},
		"no language is null":     {written(scalar.MarshalLang("")), "null"},
		"a minute":                {written(scalar.MarshalMinute(615)), "615"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", name, c.got, c.want)
		}
	}
}

func TestCodesAreRead(t *testing.T) {
	if lang, err := scalar.UnmarshalLang("EN"); lang != "en" || err != nil {
		t.Errorf("EN is %q, %v", lang, err)
	}
	if kind, err := scalar.UnmarshalKind(nil); kind != "" || err != nil {
		t.Errorf("null is %q, %v", kind, err)
	}
	if kind, err := scalar.UnmarshalKind("HOME_VISIT"); kind != cadence.HomeVisit || err != nil {
		t.Errorf("HOME_VISIT is %q, %v", kind, err)
	}
	for _, bad := range []any{7, true, []any{"CALL"}, map[string]any{}} {
		if _, err := scalar.UnmarshalKind(bad); !errors.Is(err, scalar.ErrCode) {
			t.Errorf("%v: %v, want ErrCode", bad, err)
		}
	}
}
