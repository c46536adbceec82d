package care_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
)

func TestAPolicyIsLaidOverTheDefault(t *testing.T) {
	standard := care.DefaultPolicy()
	for _, c := range []struct {
		name, body string
		want       func(*care.Policy)
	}{
		{"an empty document is the default", `{}`, func(*care.Policy) {}},
		{"one field of a rhythm leaves the others", `{"cadence": {"rhythms": {"THIS_MONTH": {"callEvery": 1}}}}`, func(p *care.Policy) {
			p.Cadence.Rhythms[cadence.ThisMonth] = cadence.Rhythm{CallEvery: 1, VisitEvery: 5, Priority: 65}
		}},
		{"a list replaces the list and keeps nothing of it",
			`{"cadence": {"onboarding": [{"day": 5, "kind": "HOME_VISIT", "by": "REP", "objectives": ["THANK"]}]}}`, func(p *care.Policy) {
				p.Cadence.Onboarding = []cadence.Phase{{Day: 5, Kind: cadence.HomeVisit, By: cadence.Rep, Objectives: []cadence.Objective{cadence.Thank}}}
			}},
		{"no festivals", `{"cadence": {"festivals": []}}`, func(p *care.Policy) { p.Cadence.Festivals = []cadence.Festival{} }},
		{"Saturday off", `{"planning": {"hours": {"6": []}}}`, func(p *care.Policy) { p.Planning.Hours[6] = []civil.Window{} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := care.ParsePolicy([]byte(c.body))
			if err != nil {
				t.Fatal(err)
			}
			want := care.DefaultPolicy()
			c.want(&want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if diff := cmp.Diff(standard, care.DefaultPolicy()); diff != "" {
		t.Errorf("parsing changed the default:\n%s", diff)
	}
}

func TestAPolicyInForceReadsBackAsItself(t *testing.T) {
	p := care.DefaultPolicy()
	p.Cadence.Onboarding[0].OrKind = ""
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := care.ParsePolicy(body)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, again); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

func TestBadPoliciesAreRefusedWithTheFieldNamed(t *testing.T) {
	for _, c := range []struct{ name, body, field, words string }{
		{"not JSON", `{`, "policy", "EOF"},
		{"no object", `[]`, "policy", "array"},
		{"null", `null`, "policy", "null"},
		{"two documents", `{} {}`, "policy", "follows"},
		{"an unknown field", `{"cadence": {"rythms": {}}}`, "cadence.rythms", "no such field"},
		{"a field in another case", `{"Planning": {"days": 14}}`, "Planning", `"planning"`},
		{"a value of another type", `{"planning": {"days": "many"}}`, "planning.days", "string"},
		{"a misspelt horizon", `{"cadence": {"rhythms": {"THIS_MONHT": {"callEvery": 1}}}}`, "cadence.rhythms", "THIS_MONHT"},
		{"an unknown kind", `{"cadence": {"minutes": {"FAX": 3}}}`, "cadence.minutes", "FAX"},
		{"a rhythm out of range", `{"cadence": {"rhythms": {"LATER": {"visitEvery": 9999}}}}`, "cadence.rhythms.LATER.visitEvery", "9999"},
		{"no cap", `{"cadence": {"weeklyCap": 0}}`, "cadence.weeklyCap", "0"},
		{"a threshold that is no probability", `{"forecast": {"threshold": 1.5}}`, "forecast.threshold", "1.5"},
		{"too many days", `{"planning": {"days": 61}}`, "planning.days", "61"},
		{"a negative weight", `{"planning": {"weights": {"travel": -1}}}`, "planning.weights.travel", "-1"},
		{"a way nobody travels", `{"planning": {"speeds": {"HORSE": 20}}}`, "planning.speeds.HORSE", "HORSE"},
		{"an eighth weekday", `{"planning": {"hours": {"7": []}}}`, "planning.hours.7", "7"},
		{"a week without work", `{"planning": {"hours": {"1": [], "2": [], "3": [], "4": [], "5": [], "6": []}}}`, "planning.hours", "nobody"},
		{"no hours for calls", `{"planning": {"callHours": []}}`, "planning.callHours", "no hours"},
		{"hours that overlap", `{"planning": {"visitHours": [{"from": 540, "to": 700}, {"from": 690, "to": 800}]}}`, "planning.visitHours[1].from", "overlap"},
		{"hours that end before they begin", `{"planning": {"hours": {"2": [{"from": 540, "to": 500}]}}}`, "planning.hours.2[0].to", "order"},
		{"a phase of an unknown role", `{"cadence": {"onboarding": [{"day": 3, "kind": "CALL", "by": "REP", "with": ["NURSE"], "objectives": ["THANK"]}]}}`,
			"cadence.onboarding[0].with[0]", "NURSE"},
		{"an unknown field of a phase", `{"cadence": {"onboarding": [{"dai": 3}]}}`, "cadence.onboarding[0].dai", "no such field"},
		{"a visit nobody may find short", `{"review": {"shortMinutes": -1}}`, "review.shortMinutes", "-1"},
		{"an activation by a script nobody knows", `{"cadence": {"activation": {"LOW": {"script": "SONG"}}}}`, "cadence.activation.LOW.script", "SONG"},
		{"a script of no code", `{"scripts": {"LULLABY": {"zh": "睡吧"}}}`, "scripts.LULLABY", "no such script"},
		{"a script with a fact nobody knows", `{"scripts": {"ROUTINE": {"zh": "{电话}，您好"}}}`, "scripts.ROUTINE.zh", "{电话}"},
		{"a script whose brace is open", `{"scripts": {"ROUTINE": {"en": "Hello {call"}}}`, "scripts.ROUTINE.en", "brace"},
		{"a script with a part within a part", `{"scripts": {"ROUTINE": {"en": "[a [b] c]"}}}`, "scripts.ROUTINE.en", "bracket"},
		{"a script of more than a page", `{"scripts": {"ROUTINE": {"zh": "` + strings.Repeat("长", 1001) + `"}}}`, "scripts.ROUTINE.zh", "1000"},
		{"a script that rings", `{"scripts": {"ROUTINE": {"zh": "\u0007"}}}`, "scripts.ROUTINE.zh", "control"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := care.ParsePolicy([]byte(c.body))
			wantCode(t, err, care.CodeInvalid)
			if e := care.AsError(err); e == nil || e.Field != c.field || !strings.Contains(e.Words, c.words) {
				t.Errorf("error %q in field %q, want %q in %q", e.Words, e.Field, c.words, c.field)
			}
		})
	}
}

func TestEveryFaultOfAPolicyIsListed(t *testing.T) {
	_, err := care.ParsePolicy([]byte(`{"cadence": {"weeklyCap": 9, "rhythms": {"LATER": {"callEvery": -1}}}, "planning": {"days": 1,
		"callHours": []}, "scripts": {"ROUTINE": {"zh": "{x}", "en": "{y}"}}}`))
	e := care.AsError(err)
	want := []string{"cadence.rhythms.LATER.callEvery", "cadence.weeklyCap", "planning.days", "planning.callHours",
		"scripts.ROUTINE.zh", "scripts.ROUTINE.en"}
	slices.Sort(want)
	var fields []string
	for _, fault := range e.All() {
		fields = append(fields, fault.Field)
	}
	if slices.Sort(fields); !slices.Equal(fields, want) || e.Code != care.CodeInvalid || e.Field == "" {
		t.Errorf("%s says\n%v, want\n%v", e, fields, want)
	}
}

func TestPoliciesComeIntoForceByDay(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.regular(d.Rep, 10)
		d.drained()
		manager := d.as(d.Manager)
		days := func() int {
			t.Helper()
			row := got[models.Policy](t)(d.PolicyInForce(manager))
			p, err := care.ParsePolicy(row.Body)
			if err != nil {
				t.Fatal(err)
			}
			return p.Planning.Days
		}
		if n := days(); n != 28 {
			t.Errorf("%d days by default", n)
		}
		got[models.Policy](t)(d.AddPolicy(manager, d.today+2, `{"planning": {"days": 14}}`))
		if days() != 28 || d.asked(d.Rep.ID) {
			t.Error("the day after tomorrow it will be in force, not today")
		}
		got[models.Policy](t)(d.AddPolicy(manager, d.today, `{"planning": {"days": 21}}`))
		if days() != 21 || !d.asked(d.Rep.ID) {
			t.Error("in force today: everybody is planned anew")
		}
		d.at("2026-03-06", 8)
		if n := days(); n != 14 {
			t.Errorf("%d days in force, the later day counts", n)
		}
		d.plan(d.Rep)
		if items := d.agenda(d.Rep); items[len(items)-1].Day > d.today+13 {
			t.Errorf("planned up to %s", items[len(items)-1].Day)
		}
		_, err := d.AddPolicy(manager, d.today-1, `{}`)
		wantCode(t, err, care.CodeInvalid)
		_, err = d.AddPolicy(manager, d.today, `{"planning": {"days": 1}}`)
		wantCode(t, err, care.CodeInvalid)
		_, err = d.AddPolicy(d.as(d.Rep), d.today, `{}`)
		wantCode(t, err, care.CodeNotFound)
		if rows, err := d.Policies(manager); err != nil || len(rows) != 2 || rows[0].Version != 2 {
			t.Errorf("versions %+v, %v", rows, err)
		}
	})
}

func FuzzParsePolicy(f *testing.F) {
	f.Add(`{}`)
	f.Add(`{"cadence": {"rhythms": {"LATER": {"visitEvery": 45}}, "festivals": []}, "planning": {"hours": {"6": null}, "days": 14}}`)
	f.Fuzz(func(t *testing.T, body string) {
		p, err := care.ParsePolicy([]byte(body))
		if err != nil {
			if care.CodeOf(err) != care.CodeInvalid {
				t.Fatalf("%v is %s", err, care.CodeOf(err))
			}
			return
		}
		written, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		again, err := care.ParsePolicy(written)
		if err != nil {
			t.Fatalf("what was accepted is refused when read back: %v", err)
		}
		if diff := cmp.Diff(p, again); diff != "" {
			t.Errorf("(-written +read):\n%s", diff)
		}
	})
}
