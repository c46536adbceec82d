package cadence

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheDefaultPolicyIsValidAndSurvivesJSON(t *testing.T) {
	p := DefaultPolicy()
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Policy
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Error(diff)
	}
}

func TestValidateNamesTheField(t *testing.T) {
	tests := []struct {
		name, field string
		change      func(*Policy)
	}{
		{"a rhythm is missing", "rhythms.LATER", func(p *Policy) { delete(p.Rhythms, Later) }},
		{"a call every minus two days", "rhythms.THIS_MONTH.callEvery", func(p *Policy) { p.Rhythms[ThisMonth] = Rhythm{CallEvery: -2, VisitEvery: 5} }},
		{"a nearer sale seen less often", "rhythms.WITHIN_2_MONTHS.callEvery", func(p *Policy) { p.Rhythms[ThisMonth] = Rhythm{CallEvery: 9, VisitEvery: 9} }},
		{"no calls for the nearest sale", "rhythms.WITHIN_2_MONTHS.callEvery", func(p *Policy) { p.Rhythms[ThisMonth] = Rhythm{VisitEvery: 5} }},
		{"phases out of order", "onboarding[1].day", func(p *Policy) { p.Onboarding[1].Day = 3 }},
		{"a phase without objectives", "onboarding[0].objectives", func(p *Policy) { p.Onboarding[0].Objectives = nil }},
		{"an unknown kind", "onboarding[2].kind", func(p *Policy) { p.Onboarding[2].Kind = "FAX" }},
		{"an unknown role", "onboarding[3].orBy", func(p *Policy) { p.Onboarding[3].OrBy = "WIZARD" }},
		{"a cause without a rule", "stops.SERVICE", func(p *Policy) { delete(p.Stops, BadService) }},
		{"a festival twice", "festivals[4].code", func(p *Policy) { p.Festivals = append(p.Festivals, p.Festivals[0]) }},
		{"a festival on 31 April", "festivals[0].day", func(p *Policy) {
			p.Festivals[0] = Festival{Code: "X", ZH: "x", EN: "x", Calendar: Solar, Month: 4, Day: 31}
		}},
		{"a festival without a name", "festivals[0].en", func(p *Policy) { p.Festivals[0].EN = "" }},
		{"thresholds that fall", "activity.dormantMonths", func(p *Policy) { p.Activity.DormantMonths = 2 }},
		{"activation of the lively", "activation.HIGH", func(p *Policy) { p.Activation[HighActivity] = p.Activation[LowActivity] }},
		{"a visit of no minutes", "minutes.HOME_VISIT", func(p *Policy) { p.Minutes[HomeVisit] = 0 }},
		{"a cap of nothing", "weeklyCap", func(p *Policy) { p.WeeklyCap = 0 }},
		{"a tolerance beyond half", "tolerancePercent", func(p *Policy) { p.TolerancePercent = 60 }},
		{"no failed calls", "failedCalls", func(p *Policy) { p.FailedCalls = 0 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := DefaultPolicy()
			tt.change(&p)
			err := p.Validate()
			if !errors.Is(err, ErrPolicy) || !strings.Contains(err.Error(), "policy: "+tt.field+":") {
				t.Errorf("want an error about %s, got %v", tt.field, err)
			}
		})
	}
}

func TestTheCapLeavesRoomForTheNearestHorizon(t *testing.T) {
	p := DefaultPolicy()
	capped := lines(Demands(regular(ThisMonth), p, on(0), on(28)))
	p.WeeklyCap = 7
	if diff := cmp.Diff(lines(Demands(regular(ThisMonth), p, on(0), on(28))), capped); diff != "" {
		t.Error(diff)
	}
}
