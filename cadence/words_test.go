package cadence

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

func TestReasonWords(t *testing.T) {
	tests := []struct {
		name   string
		reason Reason
		zh, en string
	}{
		{"D4 with a date", Reason{"D4", "HORIZON_VISIT_DATED", map[string]string{"on": "2026-09-01", "every": "7"}},
			"D4：预计2026-09-01续购，每7天家访一次", "D4: next purchase expected 2026-09-01, home visit every 7 days"},
		{"D4 without a date", Reason{"D4", "HORIZON_CALL", map[string]string{"horizon": "WITHIN_2_MONTHS", "every": "3"}},
			"D4：预计两个月内续购，每3天电话一次", "D4: next purchase within two months, call every 3 days"},
		{"a person's name is only a name", Reason{"D6", "DATE_OF", map[string]string{"who": "{on}", "on": "2026-07-14", "occasion": "BIRTHDAY"}},
			"D6：2026-07-14是{on}的生日", "D6: {on}: birthday on 2026-07-14"},
		{"a code of a later version", Reason{"D99", "NEW_CODE", nil}, "D99:NEW_CODE", "D99:NEW_CODE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if zh, en := tt.reason.In("zh"), tt.reason.In("en"); zh != tt.zh || en != tt.en {
				t.Errorf("got %q and %q", zh, en)
			}
		})
	}
}

// TestEveryCodeOfTheSourceHasWords reads the codes out of the package itself, so that a new one cannot be forgotten.
func TestEveryCodeOfTheSourceHasWords(t *testing.T) {
	codes := map[string]bool{}
	literal := regexp.MustCompile(`Code: "([A-Z_]+)"(\s*\+)?`)
	for _, file := range []string{"onboarding.go", "rhythm.go", "silence.go", "greet.go", "stop.go"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			if m[2] == "" {
				codes[m[1]] = true
			}
		}
	}
	for _, stem := range []string{"HORIZON", "ROUTINE", "POTENTIAL", "DORMANT", "WIN_BACK", "STOP_FOLLOW_UP", "RETURN_FOLLOW_UP", "REACTION_FOLLOW_UP", "COMPLAINT_FOLLOW_UP"} {
		codes[stem+"_VISIT"], codes[stem+"_CALL"] = true, true
	}
	for _, code := range []string{"HORIZON_VISIT_DATED", "HORIZON_CALL_DATED", "STOP", "RETURN", "REACTION", "COMPLAINT", "DATE_OF", "ACTIVATION_LOW", "ACTIVATION_DORMANT",
		"BY_HAND", "FOR_CASE", "NEXT_STEP", "FIRST_VISIT"} {
		codes[code] = true
	}
	if len(codes) < 25 {
		t.Fatalf("found only %d codes", len(codes))
	}
	for code := range codes {
		w, ok := reasonWords(code)
		if !ok || w.zh == "" || w.en == "" || hanCount(w.en) > 0 || hanCount(w.zh) == 0 {
			t.Errorf("%s has no words in both languages: %+v", code, w)
		}
	}
}

func hanCount(s string) int {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

func TestLabelsInBothLanguages(t *testing.T) {
	check := func(code string, in func(lang string) string) {
		zh, en := in("zh"), in("en")
		if hanCount(zh) == 0 || hanCount(en) > 0 || en == code || strings.TrimSpace(en) == "" || in("") != zh {
			t.Errorf("%s: %q, %q", code, zh, en)
		}
	}
	for _, k := range AllKinds() {
		check(string(k), k.In)
	}
	for _, o := range AllOutcomes() {
		check(string(o), o.In)
	}
	for _, h := range AllHorizons() {
		check(string(h), h.In)
	}
	for _, c := range AllStopCauses() {
		check(string(c), c.In)
	}
	for _, l := range AllLifecycles() {
		check(string(l), l.In)
	}
	for _, a := range AllActivities() {
		check(string(a), a.In)
	}
	for _, o := range []Occasion{Birthday, SpouseBirthday, Anniversary, OtherOccasion} {
		check(string(o), o.In)
	}
	for _, r := range []Role{Rep, Expert, Supervisor, Manager} {
		check(string(r), r.In)
	}
}

func TestEveryObjectiveOfThePolicyHasWords(t *testing.T) {
	p := DefaultPolicy()
	var all []Objective
	for _, phase := range p.Onboarding {
		all = append(all, phase.Objectives...)
	}
	for _, rule := range p.Stops {
		all = append(all, rule.Objectives...)
	}
	all = append(append(all, p.Return.Objectives...), p.Reaction.Objectives...)
	for _, o := range all {
		if zh, en := ObjectiveWords(o, "zh"), ObjectiveWords(o, "en"); hanCount(zh) == 0 || hanCount(en) > 0 || en == string(o) {
			t.Errorf("%s: %q, %q", o, zh, en)
		}
	}
	if got := ObjectiveWords("OUR_OWN", "zh"); got != "OUR_OWN" {
		t.Errorf("an objective of an organisation's own is told as it is, got %q", got)
	}
}
