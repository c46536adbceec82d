package scalar

import (
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
	"huifang/schedule"
)

// ErrCode says that a code is no text. The validator has seen to it that a text is one of the enum.
var ErrCode = errors.New("not a code")

// marshal writes a code; the empty one is null.
func marshal[T ~string](code T) graphql.Marshaler {
	if code == "" {
		return graphql.Null
	}
	return graphql.MarshalString(string(code))
}

// unmarshal reads a code; null is the empty one.
func unmarshal[T ~string](v any) (T, error) {
	switch text := v.(type) {
	case nil:
		return "", nil
	case string:
		return T(text), nil
	}
	return "", ErrCode
}

// MarshalText writes a code that is plain text in its column.
func MarshalText(code string) graphql.Marshaler { return marshal(code) }

// UnmarshalText reads a code into plain text.
func UnmarshalText(v any) (string, error) { return unmarshal[string](v) }

// MarshalLang writes "zh" as ZH.
func MarshalLang(lang string) graphql.Marshaler { return marshal(strings.ToUpper(lang)) }

// UnmarshalLang reads ZH as "zh", which is how our packages name languages.
func UnmarshalLang(v any) (string, error) {
	lang, err := unmarshal[string](v)
	return strings.ToLower(lang), err
}

// MarshalMinute writes a minute of the day as a number.
func MarshalMinute(m civil.Minute) graphql.Marshaler { return graphql.MarshalInt(int(m)) }

// UnmarshalMinute reads a minute of the day.
func UnmarshalMinute(v any) (civil.Minute, error) {
	n, err := graphql.UnmarshalInt(v)
	return civil.Minute(n), err
}

// MarshalVerdict writes a models.Verdict.
func MarshalVerdict(v models.Verdict) graphql.Marshaler { return marshal(v) }

// UnmarshalVerdict reads a models.Verdict.
func UnmarshalVerdict(v any) (models.Verdict, error) { return unmarshal[models.Verdict](v) }

// MarshalKind writes a cadence.Kind.
func MarshalKind(v cadence.Kind) graphql.Marshaler { return marshal(v) }

// UnmarshalKind reads a cadence.Kind.
func UnmarshalKind(v any) (cadence.Kind, error) { return unmarshal[cadence.Kind](v) }

// MarshalContactRole writes a cadence.Role.
func MarshalContactRole(v cadence.Role) graphql.Marshaler { return marshal(v) }

// UnmarshalContactRole reads a cadence.Role.
func UnmarshalContactRole(v any) (cadence.Role, error) { return unmarshal[cadence.Role](v) }

// MarshalHorizon writes a cadence.Horizon.
func MarshalHorizon(v cadence.Horizon) graphql.Marshaler { return marshal(v) }

// UnmarshalHorizon reads a cadence.Horizon.
func UnmarshalHorizon(v any) (cadence.Horizon, error) { return unmarshal[cadence.Horizon](v) }

// MarshalStopCause writes a cadence.StopCause.
func MarshalStopCause(v cadence.StopCause) graphql.Marshaler { return marshal(v) }

// UnmarshalStopCause reads a cadence.StopCause.
func UnmarshalStopCause(v any) (cadence.StopCause, error) { return unmarshal[cadence.StopCause](v) }

// MarshalService writes a cadence.Service.
func MarshalService(v cadence.Service) graphql.Marshaler { return marshal(v) }

// UnmarshalService reads a cadence.Service.
func UnmarshalService(v any) (cadence.Service, error) { return unmarshal[cadence.Service](v) }

// MarshalLifecycle writes a cadence.Lifecycle.
func MarshalLifecycle(v cadence.Lifecycle) graphql.Marshaler { return marshal(v) }

// UnmarshalLifecycle reads a cadence.Lifecycle.
func UnmarshalLifecycle(v any) (cadence.Lifecycle, error) { return unmarshal[cadence.Lifecycle](v) }

// MarshalActivity writes a cadence.Activity.
func MarshalActivity(v cadence.Activity) graphql.Marshaler { return marshal(v) }

// UnmarshalActivity reads a cadence.Activity.
func UnmarshalActivity(v any) (cadence.Activity, error) { return unmarshal[cadence.Activity](v) }

// MarshalObjective writes a cadence.Objective.
func MarshalObjective(v cadence.Objective) graphql.Marshaler { return marshal(v) }

// UnmarshalObjective reads a cadence.Objective.
func UnmarshalObjective(v any) (cadence.Objective, error) { return unmarshal[cadence.Objective](v) }

// MarshalRule writes a schedule.Rule.
func MarshalRule(v schedule.Rule) graphql.Marshaler { return marshal(v) }

// UnmarshalRule reads a schedule.Rule.
func UnmarshalRule(v any) (schedule.Rule, error) { return unmarshal[schedule.Rule](v) }

// MarshalSex writes a models.Sex.
func MarshalSex(v models.Sex) graphql.Marshaler { return marshal(v) }

// UnmarshalSex reads a models.Sex.
func UnmarshalSex(v any) (models.Sex, error) { return unmarshal[models.Sex](v) }

// MarshalMode writes a models.Mode.
func MarshalMode(v models.Mode) graphql.Marshaler { return marshal(v) }

// UnmarshalMode reads a models.Mode.
func UnmarshalMode(v any) (models.Mode, error) { return unmarshal[models.Mode](v) }

// MarshalDatum writes a care.Datum.
func MarshalDatum(v care.Datum) graphql.Marshaler { return marshal(v) }

// UnmarshalDatum reads a care.Datum.
func UnmarshalDatum(v any) (care.Datum, error) { return unmarshal[care.Datum](v) }

// MarshalAccountSort writes a models.AccountSort.
func MarshalAccountSort(v models.AccountSort) graphql.Marshaler { return marshal(v) }

// UnmarshalAccountSort reads a models.AccountSort.
func UnmarshalAccountSort(v any) (models.AccountSort, error) { return unmarshal[models.AccountSort](v) }

// MarshalUsage writes a care.Usage.
func MarshalUsage(v care.Usage) graphql.Marshaler { return marshal(v) }

// UnmarshalUsage reads a care.Usage.
func UnmarshalUsage(v any) (care.Usage, error) { return unmarshal[care.Usage](v) }

// MarshalEffect writes a care.Effect.
func MarshalEffect(v care.Effect) graphql.Marshaler { return marshal(v) }

// UnmarshalEffect reads a care.Effect.
func UnmarshalEffect(v any) (care.Effect, error) { return unmarshal[care.Effect](v) }
