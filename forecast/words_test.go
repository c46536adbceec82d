package forecast

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func slots(text string) []string {
	names := map[string]bool{}
	for _, m := range slot.FindAllStringSubmatch(text, -1) {
		names[m[1]] = true
	}
	return slices.Sorted(maps.Keys(names))
}

func TestEveryCodeSaysTheSameInBothLanguages(t *testing.T) {
	for code, w := range sentences() {
		if w.zh == "" || w.en == "" {
			t.Errorf("%s lacks words", code)
		}
		if diff := cmp.Diff(slots(w.zh), slots(w.en)); diff != "" {
			t.Errorf("%s tells other facts: %s", code, diff)
		}
	}
}

func TestEveryCodeIsToldWithAllItsArguments(t *testing.T) {
	day := today + 40
	told := map[string]bool{}
	for _, p := range []Projection{
		project(History{}), project(regular(1, 0, 12, 0)), project(regular(2, 30, 12, 0)), project(regular(8, 30, 12, 0)),
		project(regular(5, 34, 25, 30)), project(regular(5, 26, 25, 30)), project(regular(5, 30, 25, 30)),
		project(regular(1, 0, 25, 30)), project(regular(1, 0, 35, 30)), project(regular(8, 30, 900, 0)),
		Prior().Project(History{}, DefaultRule(), today, Unknown, &Override{On: &day, Reason: "hospital", Given: today, Until: day}),
		Prior().Project(History{}, DefaultRule(), today, Unknown, &Override{Horizon: Later, Reason: "{ago}", Given: today, Until: day}),
	} {
		for _, e := range p.Evidence {
			told[e.Code] = true
			for _, name := range slots(sentences()[e.Code].en) {
				if e.Args[name] == "" {
					t.Errorf("%s lacks %s", e.Code, name)
				}
			}
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(sentences())), slices.Sorted(maps.Keys(told))); diff != "" {
		t.Errorf("codes with words and codes told differ: %s", diff)
	}
}

func TestEvidenceInWords(t *testing.T) {
	tests := []struct {
		name   string
		e      Evidence
		en, zh string
	}{
		{"rhythm", Evidence{rhythm, map[string]string{"gap": "32", "times": "7", "ago": "20", "chance": "78"}},
			"bought every ~32 days (7 times), last 20 days ago: 78 % within 30 days",
			"约每 32 天购买一次（共 7 次），上次购买：20 天前；30 天内续购可能性 78%"},
		{"supply", Evidence{supplyAfter, map[string]string{"supply": "30", "ago": "25", "days": "4"}},
			"30-day pack bought 25 days ago, usually reordered 4 days after it runs out",
			"25 天前购买了 30 天的用量，通常用完后 4 天续购"},
		{"one purchase", Evidence{onePurchase, map[string]string{"ago": "12", "chance": "31"}},
			"one purchase 12 days ago; 31 % of similar members return within 60 days",
			"12 天前购买过 1 次；类似会员中有 31% 会在接下来 60 天内再次购买"},
		{"one day is singular", Evidence{supplyLeft, map[string]string{"supply": "30", "ago": "29", "days": "1"}},
			"30-day pack bought 29 days ago, runs out in 1 day", "29 天前购买了 30 天的用量，还可用 1 天"},
		{"today and yesterday", Evidence{supplyOut, map[string]string{"supply": "1", "ago": "1", "days": "0"}},
			"1-day pack bought yesterday, runs out today", "昨天购买了 1 天的用量，今天用完"},
		{"a reason with braces stays as written", Evidence{repHorizon, map[string]string{"horizon": "LATER", "given": "2026-11-01",
			"until": "2026-12-01", "reason": "{given}"}},
			"the rep said on 2026-11-01: buys later than in 90 days (valid to 2026-12-01): {given}",
			"代表 2026-11-01 判断续购期为 90 天以后（有效至 2026-12-01）：{given}"},
		{"a code of a newer version is told as it is", Evidence{Code: "MOON_PHASE"}, "MOON_PHASE", "MOON_PHASE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.e.In("en-GB"); got != test.en {
				t.Errorf("%q, want %q", got, test.en)
			}
			if got := test.e.In("zh"); got != test.zh {
				t.Errorf("%q, want %q", got, test.zh)
			}
		})
	}
}

func TestEvidenceOfARealProjection(t *testing.T) {
	got := project(regular(7, 32, 20, 0)).Evidence[0].In("en")
	if !strings.HasPrefix(got, "bought every ~32 days (7 times), last 20 days ago: ") {
		t.Error(got)
	}
	pack := project(regular(5, 34, 25, 30)).Evidence[0].In("en")
	if pack != "30-day pack bought 25 days ago, usually reordered 4 days after it runs out" {
		t.Error(pack)
	}
}

func TestPercentIsNoFinerThanTheEvidence(t *testing.T) {
	tests := []struct {
		p      float64
		bought int
		want   string
	}{
		{.78, 7, "80"}, {.78, 8, "78"}, {.01, 3, "<5"}, {.99, 3, ">95"}, {.001, 9, "<1"}, {1, 9, ">99"}, {.5, 1, "50"},
	}
	for _, test := range tests {
		if got := percent(test.p, test.bought); got != test.want {
			t.Errorf("%v after %d purchases: %q, want %q", test.p, test.bought, got, test.want)
		}
	}
}

func TestMedianOfGapsIsTold(t *testing.T) {
	if got := middle([]gap{{10, 0}, {90, 0}, {30, 0}}, gapDays); got != 30 {
		t.Errorf("odd: %v", got)
	}
	if got := middle([]gap{{10, 0}, {20, 0}}, gapDays); got != math.Trunc(15) {
		t.Errorf("even: %v", got)
	}
}
