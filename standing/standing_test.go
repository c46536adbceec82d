package standing_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"huifang/civil"
	"huifang/standing"
)

const today = civil.Date(20000)

func ago(days, times int, yuan int64) standing.Bought {
	return standing.Bought{Last: today - civil.Date(days), Times: times, Spent: 100 * yuan}
}

// Ten buyers, two in each fifth by every measure.
func ten() []standing.Bought {
	var all []standing.Bought
	for i := range 10 {
		all = append(all, ago(100-10*i, 1+i, int64(100*(1+i))))
	}
	return all
}

func TestFifthsHoldAFifthEach(t *testing.T) {
	cuts := standing.CutsOf(ten(), today)
	for i, b := range ten() {
		want := 1 + i/2
		if got := cuts.Score(b, today); got != (standing.Scores{Recency: want, Times: want, Spent: want}) {
			t.Errorf("buyer %d scores %+v, want %d each", i, got, want)
		}
	}
}

func TestTiersFollowTheSumOfScores(t *testing.T) {
	rule, cuts := standing.DefaultTierRule(), standing.CutsOf(ten(), today)
	for _, c := range []struct {
		b    standing.Bought
		want standing.Tier
	}{
		{ago(10, 10, 1000), standing.TierA}, // 5+5+5
		{ago(10, 10, 500), standing.TierA},  // 5+5+3
		{ago(10, 10, 300), standing.TierB},  // 5+5+2
		{ago(60, 5, 500), standing.TierC},   // 3+3+3
		{ago(100, 1, 100), standing.TierD},  // 1+1+1
		{ago(400, 0, 0), standing.TierD},    // nothing that counts
	} {
		if got, s := rule.Of(c.b, cuts, today); got != c.want {
			t.Errorf("%+v is %s by %+v, want %s", c.b, got, s, c.want)
		}
	}
}

// Where most bought once, having bought once says nothing: equals share the fifth of their middle.
func TestEqualsShareTheFifthOfTheirMiddle(t *testing.T) {
	var all []standing.Bought
	for i := range 100 {
		all = append(all, ago(i, 1, 100))
	}
	cuts := standing.CutsOf(all, today)
	if s := cuts.Score(ago(0, 1, 100), today); s.Times != 3 || s.Spent != 3 || s.Recency != 5 {
		t.Errorf("among equals it scores %+v, want the middle", s)
	}
	if s := cuts.Score(ago(0, 2, 101), today); s.Times != 5 || s.Spent != 5 {
		t.Errorf("above all equals it scores %+v, want 5", s)
	}
	if s := cuts.Score(ago(0, 0, 99), today); s.Times != 1 || s.Spent != 1 {
		t.Errorf("below all equals it scores %+v, want 1", s)
	}
}

func TestNobodyToCompareWithIsTheMiddle(t *testing.T) {
	rule, cuts := standing.DefaultTierRule(), standing.CutsOf([]standing.Bought{ago(3, 2, 50)}, today)
	if tier, s := rule.Of(ago(3, 2, 50), cuts, today); tier != standing.TierC || s.Sum() != 9 {
		t.Errorf("the only buyer is %s by %+v, want C by 9", tier, s)
	}
	if tier, _ := rule.Of(ago(3, 2, 50), standing.Cuts{}, today); tier == "" {
		t.Error("without cuts there is no tier")
	}
}

// Buying more, more often or later never lowers a score, and each fifth holds no more than two fifths of distinct values do.
func TestScoresRiseWithWhatIsBought(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Custom(func(t *rapid.T) standing.Bought {
			return ago(rapid.IntRange(0, 400).Draw(t, "days"), rapid.IntRange(1, 12).Draw(t, "times"), rapid.Int64Range(0, 9000).Draw(t, "yuan"))
		})
		all := rapid.SliceOfN(one, 1, 60).Draw(t, "all")
		before := slices.Clone(all)
		cuts := standing.CutsOf(all, today)
		if !slices.Equal(all, before) {
			t.Fatal("making cuts changed what it was given")
		}
		a, b := one.Draw(t, "a"), one.Draw(t, "b")
		sa, sb := cuts.Score(a, today), cuts.Score(b, today)
		if a.Last <= b.Last && sa.Recency > sb.Recency || a.Times <= b.Times && sa.Times > sb.Times || a.Spent <= b.Spent && sa.Spent > sb.Spent {
			t.Fatalf("%+v scores %+v and %+v scores %+v", a, sa, b, sb)
		}
		if sum := sa.Sum(); sum < 3 || sum > 15 {
			t.Fatalf("a sum of %d", sum)
		}
		low, high := 0, 0
		for _, x := range all {
			switch cuts.Score(x, today).Spent {
			case 1:
				low++
			case 5:
				high++
			}
		}
		// Equals stay together, so a fifth may be larger; but those strictly inside cannot be more than half.
		if 2*low > len(all)+1 && low < len(all) || 2*high > len(all)+1 && high < len(all) {
			t.Fatalf("of %d, %d are lowest and %d highest", len(all), low, high)
		}
	})
}

func TestGradesAreClimbedRungByRung(t *testing.T) {
	rule := standing.DefaultGradeRule()
	for _, c := range []struct {
		e    standing.Evidence
		want int
	}{
		{standing.Evidence{}, 0},
		{standing.Evidence{Repurchases: 1}, 20},
		{standing.Evidence{Repurchases: 9}, 20},
		{standing.Evidence{Repurchases: 1, Events: 1}, 40},
		{standing.Evidence{Events: 3, Referrals: 4, Closed: 4}, 0}, // never bought again
		{standing.Evidence{Repurchases: 1, Events: 1, Referrals: 1}, 60},
		{standing.Evidence{Repurchases: 3, Events: 1, Referrals: 2, Closed: 1}, 80},
		{standing.Evidence{Repurchases: 3, Events: 2, Referrals: 3, Closed: 2}, 100},
	} {
		if got := rule.Of(c.e); got != c.want {
			t.Errorf("%+v reaches %d, want %d", c.e, got, c.want)
		}
	}
}

func TestTheNextGradeSaysWhatIsMissing(t *testing.T) {
	rule := standing.DefaultGradeRule()
	next, missing, found := rule.Next(60, standing.Evidence{Repurchases: 2, Events: 1, Referrals: 1})
	if !found || next.Grade != 80 || missing != (standing.Evidence{Referrals: 1, Closed: 1}) {
		t.Fatalf("next is %+v, missing %+v", next, missing)
	}
	if got := missing.Missing("zh"); !slices.Equal(got, []string{"再介绍1人", "介绍的人再有1位购买"}) {
		t.Errorf("it says %q", got)
	}
	if got := missing.Missing("en"); len(got) != 2 {
		t.Errorf("it says %q", got)
	}
	if _, _, found := rule.Next(100, standing.Evidence{}); found {
		t.Error("something comes after the highest grade")
	}
}

func TestEveryBasisHasItsWords(t *testing.T) {
	rule, cuts := standing.DefaultTierRule(), standing.CutsOf(ten(), today)
	b := ago(10, 10, 1000)
	_, s := rule.Of(b, cuts, today)
	for _, basis := range []standing.Basis{rule.Basis(b, s), rule.Basis(standing.Bought{}, s), standing.Evidence{Repurchases: 1}.Basis()} {
		for _, lang := range []string{"zh", "en"} {
			if text := basis.In(lang); text == basis.Code || strings.ContainsAny(text, "{}") {
				t.Errorf("%s in %s: %q", basis.Code, lang, text)
			}
		}
	}
	if got := (standing.Basis{Code: "LATER_VERSION"}).In("en"); got != "LATER_VERSION" {
		t.Errorf("an unknown basis says %q", got)
	}
}

func TestRulesThatCannotBeMeantAreNamed(t *testing.T) {
	if f := standing.DefaultTierRule().Validate(); f != nil {
		t.Errorf("the default is refused: %v", f)
	}
	if f := standing.DefaultGradeRule().Validate(); f != nil {
		t.Errorf("the default is refused: %v", f)
	}
	for name, c := range map[string]struct {
		faults []standing.Fault
		field  string
	}{
		"no months":        {standing.TierRule{Months: 0, A: 13, B: 10, C: 7}.Validate(), "months"},
		"A below B":        {standing.TierRule{Months: 12, A: 9, B: 10, C: 7}.Validate(), "a"},
		"B as C":           {standing.TierRule{Months: 12, A: 13, B: 7, C: 7}.Validate(), "b"},
		"more than all":    {standing.TierRule{Months: 12, A: 16, B: 10, C: 7}.Validate(), "a"},
		"no grade":         {standing.GradeRule{}.Validate(), ""},
		"an unknown grade": {standing.GradeRule{{Grade: 30, Needs: standing.Evidence{Events: 1}}}.Validate(), "[0].grade"},
		"falling":          {standing.GradeRule{{40, standing.Evidence{Events: 1}}, {20, standing.Evidence{Events: 2}}}.Validate(), "[1].grade"},
		"needs less":       {standing.GradeRule{{20, standing.Evidence{Events: 2}}, {40, standing.Evidence{Events: 1, Closed: 1}}}.Validate(), "[1].needs.events"},
		"the same":         {standing.GradeRule{{20, standing.Evidence{Events: 2}}, {40, standing.Evidence{Events: 2}}}.Validate(), "[1].needs"},
	} {
		if len(c.faults) == 0 || c.faults[0].Field != c.field {
			t.Errorf("%s: %v, want %q", name, c.faults, c.field)
		}
	}
}
