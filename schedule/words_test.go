package schedule

import "testing"

func TestEveryReasonAndRuleHasWords(t *testing.T) {
	seen := map[string]bool{}
	fresh := func(code, text string) {
		if text == code || text == "" || seen[text] {
			t.Errorf("%s has no words of its own: %q", code, text)
		}
		seen[text] = true
	}
	for _, r := range []ShedReason{NoWorkingDay, CustomerHours, CompanionAway, SameDayContact, WeeklyCap, TooLong, NoCapacity, OutsidePeriod} {
		fresh(string(r), r.In("zh"))
		fresh(string(r), r.In("en"))
	}
	for _, r := range []Rule{RuleOnce, RulePeriod, RuleHours, RuleCustomer, RuleTravel, RuleCompanion, RuleSameDay, RuleCap, RuleFixed, RuleWorker, RuleProblem} {
		fresh(string(r), r.In("zh-CN"))
		fresh(string(r), r.In("en-GB"))
	}
	if got := ShedReason("NEW").In("en"); got != "NEW" {
		t.Errorf("an unknown reason reads %q", got)
	}
}
