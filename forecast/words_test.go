package forecast

import (
	"encoding/json"
	"maps"
	"math"
	"os"
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
			"只购买过 1 次（12 天前）；类似会员中有 31% 会在今后 60 天内再次购买"},
		{"a chance below what is told", Evidence{onePurchase, map[string]string{"ago": "0", "chance": "<5"}},
			"one purchase today; under 5 % of similar members return within 60 days",
			"只购买过 1 次（今天）；类似会员中有不到 5% 会在今后 60 天内再次购买"},
		{"a chance above what is told, bought today", Evidence{rhythm, map[string]string{"gap": "1", "times": "9", "ago": "0", "chance": ">99"}},
			"bought every day (9 times), most recently today: over 99 % within 30 days",
			"约每天购买一次（共 9 次），上次购买：今天；30 天内续购可能性超过 99%"},
		{"two purchases a day apart", Evidence{oneGap, map[string]string{"gap": "1", "ago": "1", "chance": "60"}},
			"bought twice, 1 day apart, most recently yesterday: 60 % within 30 days",
			"购买过 2 次，相隔 1 天，上次购买：昨天；30 天内续购可能性 60%"},
		{"one day is singular", Evidence{supplyAfter, map[string]string{"supply": "30", "ago": "29", "days": "1"}},
			"30-day pack bought 29 days ago, usually reordered 1 day after it runs out",
			"29 天前购买了 30 天的用量，通常用完后 1 天续购"},
		{"reordered before the end", Evidence{supplyBefore, map[string]string{"supply": "30", "ago": "0", "days": "4"}},
			"30-day pack bought today, usually reordered 4 days before it runs out", "今天购买了 30 天的用量，通常用完前 4 天续购"},
		{"tomorrow", Evidence{supplyLeft, map[string]string{"supply": "30", "ago": "29", "days": "1"}},
			"30-day pack bought 29 days ago, runs out tomorrow", "29 天前购买了 30 天的用量，明天用完"},
		{"days left", Evidence{supplyLeft, map[string]string{"supply": "30", "ago": "20", "days": "10"}},
			"30-day pack bought 20 days ago, runs out in 10 days", "20 天前购买了 30 天的用量，还可用 10 天"},
		{"ran out yesterday", Evidence{supplyOut, map[string]string{"supply": "30", "ago": "31", "days": "1"}},
			"30-day pack bought 31 days ago, ran out yesterday", "31 天前购买了 30 天的用量，昨天用完"},
		{"ran out before", Evidence{supplyOut, map[string]string{"supply": "30", "ago": "33", "days": "3"}},
			"30-day pack bought 33 days ago, ran out 3 days ago", "33 天前购买了 30 天的用量，已用完 3 天"},
		{"probably gone", Evidence{lapsing, map[string]string{"ago": "400", "active": "<5"}},
			"last bought 400 days ago: probably gone, under 5 % likely to be still buying",
			"上次购买：400 天前；很可能已流失，仍在购买的可能性不到 5%"},
		{"a day by the rep, without a reason", Evidence{repDay, map[string]string{"day": "2026-12-20", "given": "2026-11-01", "until": "2026-12-31"}},
			"the rep said on 2026-11-01: buys on 2026-12-20 (valid to 2026-12-31)",
			"代表于 2026-11-01 判断：将在 2026-12-20 购买（有效至 2026-12-31）"},
		{"a horizon by the rep", Evidence{repHorizon, map[string]string{"horizon": "WITHIN_2_MONTHS", "given": "2026-11-01",
			"until": "2026-12-01", "reason": "hospital"}},
			"the rep said on 2026-11-01: buys in 31 to 60 days (valid to 2026-12-01): hospital",
			"代表于 2026-11-01 判断：续购期为 31–60 天（有效至 2026-12-01）：hospital"},
		{"today and yesterday", Evidence{supplyOut, map[string]string{"supply": "1", "ago": "1", "days": "0"}},
			"1-day pack bought yesterday, runs out today", "昨天购买了 1 天的用量，今天用完"},
		{"a reason with braces stays as written", Evidence{repHorizon, map[string]string{"horizon": "LATER", "given": "2026-11-01",
			"until": "2026-12-01", "reason": "{given}"}},
			"the rep said on 2026-11-01: buys in more than 90 days (valid to 2026-12-01): {given}",
			"代表于 2026-11-01 判断：续购期为 90 天以后（有效至 2026-12-01）：{given}"},
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

func TestASupplyUnknownOfLateTellsTheRhythm(t *testing.T) {
	h := regular(4, 30, 10, 30)
	h.Purchases[0].Supply = 0 // the latest
	got := project(h)
	if got.Source != FromRhythm || len(got.Evidence) != 1 || got.Evidence[0].Code != rhythm {
		t.Errorf("%s: %v", got.Source, got.Evidence)
	}
}

func TestASmallPackAfterLargeOnesIsNotReorderedBeforeItWasBought(t *testing.T) {
	h := regular(4, 30, 5, 90)
	h.Purchases[0].Supply = 30
	if got := project(h).Evidence[0].In("en"); got != "30-day pack bought 5 days ago, runs out in 25 days" {
		t.Error(got)
	}
}

func TestPercentIsNoFinerThanTheEvidence(t *testing.T) {
	raw, err := os.ReadFile("testdata/percent.json") // the app reads the same file
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name    string
		P       float64
		Bought  int
		Percent string
	}
	if err := json.Unmarshal(raw, &vectors); err != nil || len(vectors) == 0 {
		t.Fatalf("%d vectors: %v", len(vectors), err)
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			if got := percent(v.P, v.Bought); got != v.Percent {
				t.Errorf("%v after %d purchases: %q, want %q", v.P, v.Bought, got, v.Percent)
			}
		})
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
