package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/forecast"
	"huifang/models"
	"huifang/schedule"
)

// described lists what of a type wants a description: the type, its fields, their arguments, its values.
func described(d *ast.Definition) map[string]string {
	out := map[string]string{d.Name: d.Description}
	for _, f := range d.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		out[d.Name+"."+f.Name] = f.Description
		for _, arg := range f.Arguments {
			out[d.Name+"."+f.Name+"("+arg.Name+")"] = arg.Description
		}
	}
	for _, v := range d.EnumValues {
		out[d.Name+"."+v.Name] = v.Description
	}
	return out
}

func TestEverythingIsDescribed(t *testing.T) {
	a := onSQLite(t)
	seen := 0
	for _, d := range a.schema.Types {
		if d.BuiltIn || d == a.schema.Query {
			continue
		}
		for place, words := range described(d) {
			seen++
			if !strings.HasSuffix(words, ".") || len(strings.Fields(words)) < 2 {
				t.Errorf("%s says %q: describe it in a sentence", place, words)
			}
		}
	}
	for place, words := range described(a.schema.Query) {
		if place != a.schema.Query.Name && !strings.HasSuffix(words, ".") {
			t.Errorf("%s says %q: describe it in a sentence", place, words)
		}
	}
	if seen < 500 {
		t.Errorf("only %d descriptions were looked at", seen)
	}
}

// TestEnumsHoldTheCodesOfTheDomain: a code the domain gains is a value the schema needs.
func TestEnumsHoldTheCodesOfTheDomain(t *testing.T) {
	a := onSQLite(t)
	for enum, codes := range map[string][]string{
		"ContactKind":  texts(cadence.AllKinds()),
		"Outcome":      texts(cadence.AllOutcomes()),
		"Horizon":      texts(cadence.AllHorizons()),
		"Lifecycle":    texts(cadence.AllLifecycles()),
		"Activity":     texts(cadence.AllActivities()),
		"StopCause":    texts(cadence.AllStopCauses()),
		"Role":         texts(auth.Roles()),
		"ContactRole":  texts([]cadence.Role{cadence.Rep, cadence.Expert, cadence.Supervisor, cadence.Manager}),
		"Occasion":     texts([]cadence.Occasion{cadence.Birthday, cadence.SpouseBirthday, cadence.Anniversary, cadence.OtherOccasion}),
		"Calendar":     texts([]cadence.Calendar{cadence.Solar, cadence.Lunar}),
		"ServiceState": texts([]cadence.Service{cadence.OnProduct, cadence.Stopped, cadence.NotYet}),
		"Sex":          texts([]models.Sex{models.Female, models.Male}),
		"TravelMode":   texts([]models.Mode{models.Walk, models.EBike, models.Car, models.Bus}),
		"ItemStatus":   texts([]models.ItemStatus{models.ItemOpen, models.ItemStarted, models.ItemDone, models.ItemCancelled, models.ItemDropped}),
		"ItemSource":   texts([]models.ItemSource{models.FromPlanner, models.FromPerson}),
		"CaseKind":     texts([]models.CaseKind{models.StopCase, models.ReturnCase, models.ReactionCase, models.WinBackCase, models.ComplaintCase}),
		"CaseStatus":   texts([]models.CaseStatus{models.CaseOpen, models.CaseWonBack, models.CaseGivenUp, models.CaseSettled}),
		"Took":         texts([]models.Took{models.TookRepurchase, models.TookReferral}),
		"AnswerStatus": texts([]care.AnswerStatus{care.Applied, care.Duplicate, care.Reassigned, care.Conflicted, care.Rejected,
			care.Retry}),
		"StepKind":       texts([]models.StepKind{models.StepSelfReview, models.StepAgree, models.StepVisit, models.StepDecide}),
		"AccountSort":    texts([]models.AccountSort{models.ByName, models.ByNextDue, models.ByExpected, models.ByLastContact, models.BySpent, models.ByDistance}),
		"Usage":          texts([]care.Usage{care.UsesRegularly, care.UsesIrregularly, care.NotStarted, care.StoppedUsing}),
		"Datum":          texts([]care.Datum{care.WGS84, care.GCJ02}),
		"Effect":         texts([]care.Effect{care.GoodEffect, care.SomeEffect, care.NoEffect, care.Discomfort}),
		"ForecastSource": texts([]forecast.Source{forecast.FromSupply, forecast.FromRhythm, forecast.FromPopulation, forecast.FromRep}),
		"ShedReason": texts([]schedule.ShedReason{schedule.NoWorkingDay, schedule.CustomerHours, schedule.CompanionAway, schedule.SameDayContact, schedule.WeeklyCap,
			schedule.TooLong, schedule.NoCapacity, schedule.OutsidePeriod}),
		"ReviewFlag": texts([]care.Flag{care.FlagFar, care.FlagShort, care.FlagMany, care.FlagTravel, care.FlagCopied, care.FlagAhead,
			care.FlagVeryLate, care.FlagAfterHandover, care.FlagAfterRevoked, care.FlagClosed, care.FlagOptedOut, care.FlagNotPlanned,
			care.FlagNotOrdered}),
	} {
		var values []string
		for _, v := range a.schema.Types[enum].EnumValues {
			values = append(values, v.Name)
		}
		slices.Sort(values)
		if diff := cmp.Diff(codes, values); diff != "" {
			t.Errorf("%s (-domain +schema):\n%s", enum, diff)
		}
	}
}

func texts[T ~string](codes []T) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = string(c)
	}
	slices.Sort(out)
	return out
}

// TestSealedColumnsAreNotFields: what is sealed and audited is asked for by itself, never in a list.
func TestSealedColumnsAreNotFields(t *testing.T) {
	a := onSQLite(t)
	for noun, columns := range map[string][]string{
		"Account":    {"health", "history", "allergies", "phoneHash", "last4Hash"},
		"ContactLog": {"note", "bodyHash"},
		"Case":       {"note"},
		"CaseStep":   {"note"},
		"User":       {"phone", "password", "epoch"},
	} {
		for _, column := range columns {
			if a.schema.Types[noun].Fields.ForName(column) != nil {
				t.Errorf("%s.%s is a field: lists would show it, unaudited", noun, column)
			}
		}
	}
}
