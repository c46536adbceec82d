package cadence

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOnboarding(t *testing.T) {
	ladderFrom := func(contacts ...Contact) Facts {
		f := newcomer()
		f.Contacts = contacts
		return f
	}
	tests := []struct {
		name  string
		facts Facts
		today int
		want  []string
	}{
		{"D2 five phases on days 3, 7, 14, 21 and 28", newcomer(), 0, []string{
			"3 CALL/HOME_VISIT onboarding:p1:1", "7 HOME_VISIT/CALL onboarding:p1:2", "14 CALL/HOME_VISIT onboarding:p1:3",
			"21 HOME_VISIT/CALL onboarding:p1:4", "28 HOME_VISIT/CALL onboarding:p1:5"}},
		{"D2 phase 3 must be a home visit when phases 1 and 2 were calls", ladderFrom(talked("a", 3), talked("b", 7)), 8, []string{
			"14 HOME_VISIT onboarding:p1:3", "21 HOME_VISIT/CALL onboarding:p1:4", "28 HOME_VISIT/CALL onboarding:p1:5"}},
		{"D2 phase 3 may be either when phase 2 was a home visit", ladderFrom(talked("a", 3), met("b", 7)), 8, []string{
			"14 CALL/HOME_VISIT onboarding:p1:3", "21 HOME_VISIT/CALL onboarding:p1:4", "28 HOME_VISIT/CALL onboarding:p1:5"}},
		{"D2 a call does not meet a phase 3 that must be at home", ladderFrom(talked("a", 3), talked("b", 7), talked("c", 14)), 15, []string{
			"14 HOME_VISIT onboarding:p1:3", "21 HOME_VISIT/CALL onboarding:p1:4", "28 HOME_VISIT/CALL onboarding:p1:5"}},
		{"an attempt is no contact: the phase stays due", ladderFrom(unanswered("a", 3)), 4, []string{
			"3 CALL/HOME_VISIT onboarding:p1:1", "7 HOME_VISIT/CALL onboarding:p1:2", "14 CALL/HOME_VISIT onboarding:p1:3",
			"21 HOME_VISIT/CALL onboarding:p1:4", "28 HOME_VISIT/CALL onboarding:p1:5"}},
		{"missed phases do not pile up: only the latest stays due", newcomer(), 15, []string{
			"14 CALL/HOME_VISIT onboarding:p1:3", "21 HOME_VISIT/CALL onboarding:p1:4", "28 HOME_VISIT/CALL onboarding:p1:5"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.facts, tt.today, 30, tt.want...) })
	}
}

func TestALatePhasePushesTheNextSoThatTwoNeverComeBackToBack(t *testing.T) {
	f := newcomer()
	f.Contacts = []Contact{{ID: "a", Day: on(6), Kind: Call, Outcome: Talked, Fulfils: "onboarding:p1:1"}}
	expect(t, f, 6, 16, "9 HOME_VISIT/CALL onboarding:p1:2", "14 CALL/HOME_VISIT onboarding:p1:3")
}

func TestMissedPhasesHandOnTheirObjectives(t *testing.T) {
	d := find(t, expect(t, newcomer(), 8, 10, "7 HOME_VISIT/CALL onboarding:p1:2"), "onboarding:p1:2")
	want := []Objective{Thank, PreventReturn, GuideUse, AgreeCheckup, CheckUse, RecordEffect, GuideNoEffect, FurtherPlan, SpotCore}
	if diff := cmp.Diff(want, d.Objectives); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"ONBOARDING", "ONBOARDING_MISSED"}, codes(d)); diff != "" {
		t.Error(diff)
	}
}

func TestPhaseThreeFollowsHowTheFirstTwoAreFixed(t *testing.T) {
	f := newcomer()
	f.Planned = []Planned{
		{ID: "x", Key: "onboarding:p1:1", Kind: Call, Day: on(3)},
		{ID: "y", Key: "onboarding:p1:2", Kind: Call, Day: on(7)},
	}
	expect(t, f, 0, 15, "14 HOME_VISIT onboarding:p1:3")
	f.Planned[1].Kind = HomeVisit
	expect(t, f, 0, 15, "14 CALL/HOME_VISIT onboarding:p1:3")
}

func TestOptOutOfVisitsLiftsTheDutyOfPhaseThree(t *testing.T) {
	f := newcomer()
	f.Contacts = []Contact{talked("a", 3), talked("b", 7)}
	f.OptOuts = []OptOut{{Kind: HomeVisit, Span: span(8, 300)}}
	expect(t, f, 8, 15, "14 CALL onboarding:p1:3")
}

func TestPhaseFourIsByTheRepAtHomeOrByTheExpertOnThePhone(t *testing.T) {
	f := newcomer()
	d := find(t, Demands(f, DefaultPolicy(), on(0), on(30)), "onboarding:p1:4")
	if d.Kind != HomeVisit || d.By != Rep || d.OrKind != Call || d.OrBy != Expert {
		t.Errorf("got %v by %v or %v by %v", d.Kind, d.By, d.OrKind, d.OrBy)
	}
	f.OptOuts = []OptOut{{Kind: HomeVisit, Span: span(0, 300)}}
	d = find(t, Demands(f, DefaultPolicy(), on(0), on(30)), "onboarding:p1:4")
	if d.Kind != Call || d.By != Expert || d.OrKind != "" {
		t.Errorf("after opt-out of visits got %v by %v or %v", d.Kind, d.By, d.OrKind)
	}
}

func TestDay28IsPhase5AndTheFirstRoutineContactAtOnce(t *testing.T) {
	f := newcomer()
	f.Contacts = []Contact{talked("a", 3), met("b", 7), talked("c", 14), met("d", 21)}
	got := expect(t, f, 22, 45, "28 HOME_VISIT/CALL onboarding:p1:5", "38 CALL rhythm:CALL:p1:1", "43 HOME_VISIT rhythm:HOME_VISIT:p1:1")
	if diff := cmp.Diff([]string{"ONBOARDING", "ROUTINE_BEGINS"}, codes(got[0])); diff != "" {
		t.Error(diff)
	}
}

func TestOnboardingEndsInRoutineCare(t *testing.T) {
	f := newcomer()
	f.Contacts = []Contact{talked("a", 3), met("b", 7), talked("c", 14), met("d", 21), met("e", 28)}
	expect(t, f, 29, 45, "38 CALL rhythm:CALL:e:1", "43 HOME_VISIT rhythm:HOME_VISIT:e:1")
}

func TestAPhaseLeftUndoneForTooLongGivesWayToRoutine(t *testing.T) {
	f := newcomer()
	expect(t, f, 42, 42, "28 HOME_VISIT/CALL onboarding:p1:5")
	f.Contacts = []Contact{met("a", 21)}
	expect(t, f, 43, 43, "36 HOME_VISIT rhythm:HOME_VISIT:a:1")
}

func TestASecondPurchaseRestartsTheLadder(t *testing.T) {
	f := newcomer()
	f.Contacts = []Contact{talked("a", 3), met("b", 7)}
	f.Purchases = append(f.Purchases, Purchase{ID: "p2", Day: on(10)})
	expect(t, f, 10, 25, "13 CALL/HOME_VISIT onboarding:p2:1", "17 HOME_VISIT/CALL onboarding:p2:2", "24 CALL/HOME_VISIT onboarding:p2:3")
}

func TestASecondPurchaseMergesSameDayContacts(t *testing.T) {
	f := newcomer()
	f.Purchases = append(f.Purchases, Purchase{ID: "p2", Day: on(7)}, Purchase{ID: "p3", Day: on(7)})
	// Day 14 would be phase 3 of p1 and phase 2 of p2 and of p3.
	expect(t, f, 7, 15, "10 CALL/HOME_VISIT onboarding:p2:1", "14 HOME_VISIT/CALL onboarding:p2:2")
}

func TestAPurchaseAfterTheLadderEndedStartsNone(t *testing.T) {
	f := newcomer()
	f.Lifecycle = Established
	f.Purchases = append(f.Purchases, Purchase{ID: "p2", Day: on(60)})
	f.Contacts = []Contact{met("e", 60)}
	expect(t, f, 60, 76, "70 CALL rhythm:CALL:e:1", "75 HOME_VISIT rhythm:HOME_VISIT:e:1")
}

func TestAReturnHoldsTheLadderUntilSettled(t *testing.T) {
	f := newcomer()
	f.Contacts = []Contact{talked("a", 3)}
	f.Returns = []Return{{PurchaseID: "p1", Day: on(5)}}
	d := expect(t, f, 5, 60, "6 HOME_VISIT/CALL return:p1:visit")[0]
	if !d.Urgent || d.By != Rep {
		t.Errorf("want an urgent visit by the rep, got %+v", d)
	}
	f.Returns[0].Settled = ptr(on(9))
	expect(t, f, 9, 15, "7 HOME_VISIT/CALL onboarding:p1:2", "14 CALL/HOME_VISIT onboarding:p1:3")
}

func TestAnOpenReactionHoldsTheLadderAndBringsAnExpert(t *testing.T) {
	f := newcomer()
	f.Reactions = []Reaction{{Day: on(5)}}
	d := expect(t, f, 5, 60, "6 HOME_VISIT/CALL reaction:2026-07-11:visit")[0]
	if diff := cmp.Diff([]Role{Expert}, d.With); diff != "" || !d.Urgent {
		t.Errorf("want urgent, with an expert: %s", diff)
	}
	f.Contacts = []Contact{met("v", 6)}
	expect(t, f, 6, 10, "9 CALL reaction:2026-07-11:CALL:v:1")
}

func TestReturnAndReactionOfOneDayAreOneContact(t *testing.T) {
	f := newcomer()
	f.Reactions = []Reaction{{Day: on(5)}}
	f.Returns = []Return{{PurchaseID: "p1", Day: on(5)}}
	d := expect(t, f, 5, 60, "6 HOME_VISIT/CALL reaction:2026-07-11:visit")[0]
	if diff := cmp.Diff([]string{"REACTION", "RETURN"}, codes(d)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Objective{RecordSymptoms, ExpertAdvice, HearReason, AgreeRemedy}, d.Objectives); diff != "" {
		t.Error(diff)
	}
}

func TestFrailAccountsAreVisitedRatherThanCalled(t *testing.T) {
	f := newcomer()
	f.Frail = true
	d := expect(t, f, 0, 4, "3 HOME_VISIT/CALL onboarding:p1:1")[0]
	if d.Minutes != 55 {
		t.Errorf("D5: a frail account's visit takes 40 + 15 minutes, got %d", d.Minutes)
	}
}
