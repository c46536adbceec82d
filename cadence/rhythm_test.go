package cadence

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRhythmByHorizon(t *testing.T) {
	tests := []struct {
		name    string
		horizon Horizon
		want    []string
	}{
		{"D4 this month: call every 2 days, visit every 5", ThisMonth, []string{
			"2 CALL rhythm:CALL:v0:1", "5 HOME_VISIT rhythm:HOME_VISIT:v0:1", "7 CALL rhythm:CALL:v0:2",
			"10 HOME_VISIT rhythm:HOME_VISIT:v0:2", "12 CALL rhythm:CALL:v0:3", "15 HOME_VISIT rhythm:HOME_VISIT:v0:3"}},
		{"D4 two months: call every 3 days, visit weekly", WithinTwo, []string{
			"3 CALL rhythm:CALL:v0:1", "7 HOME_VISIT rhythm:HOME_VISIT:v0:1", "10 CALL rhythm:CALL:v0:2", "14 HOME_VISIT rhythm:HOME_VISIT:v0:2"}},
		{"D4 three months: call every 7 days, visit every 15", WithinThree, []string{
			"7 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"D4 later: call every 15 days, visit every 30", Later, []string{"15 CALL rhythm:CALL:v0:1"}},
		{"D3 unknown: two visits and two calls a month", HorizonUnknown, []string{
			"10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, regular(tt.horizon), 0, 15, tt.want...) })
	}
}

func TestRoutineCareOfThirtyDaysIsTwoVisitsAndTwoToFiveCalls(t *testing.T) {
	kinds := map[Kind]int{}
	for _, d := range Demands(regular(HorizonUnknown), DefaultPolicy(), on(0), on(30)) {
		kinds[d.Kind]++
	}
	if kinds[HomeVisit] != 2 || kinds[Call] < 2 || kinds[Call] > 5 {
		t.Errorf("D3: got %v", kinds)
	}
}

func TestContactsMoveTheRhythm(t *testing.T) {
	with := func(contacts ...Contact) Facts {
		f := regular(HorizonUnknown)
		f.Contacts = append(f.Contacts, contacts...)
		return f
	}
	tests := []struct {
		name  string
		facts Facts
		today int
		want  []string
	}{
		{"a call resets the calls, not the visits", with(talked("a", 4)), 4, []string{
			"15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:a:1"}},
		{"a home visit resets the calls too", with(met("a", 9)), 9, []string{
			"19 CALL rhythm:CALL:a:1", "24 HOME_VISIT rhythm:HOME_VISIT:a:1"}},
		{"an attempt is no contact", with(unanswered("a", 4)), 4, []string{
			"10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:v0:2"}},
		{"nobody home is no visit", with(Contact{ID: "a", Day: on(4), Kind: HomeVisit, Outcome: NotHome}), 4, []string{
			"10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:v0:2"}},
		{"two calls of one day count once", with(talked("a", 4), talked("b", 4)), 4, []string{
			"15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:a:1"}},
		{"a message resets nothing", with(Contact{ID: "a", Day: on(4), Kind: Message, Outcome: Sent}), 4, []string{
			"10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:v0:2"}},
		{"late work counts and the rhythm goes on from the day it was done", with(talked("a", 10), met("b", 21)), 21, []string{
			"31 CALL rhythm:CALL:b:1"}},
		{"an overdue visit keeps its honest day, the next is reckoned from today", with(talked("a", 18)), 20, []string{
			"15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "30 CALL rhythm:CALL:a:1"}},
		{"a call near an overdue visit merges into it", with(), 20, []string{
			"15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "30 CALL rhythm:CALL:v0:1"}},
		{"after three failed calls in a row a visit is due", with(unanswered("a", 3), unanswered("b", 4), unanswered("c", 5)), 5, []string{
			"7 HOME_VISIT rhythm:HOME_VISIT:v0:1", "17 CALL rhythm:CALL:v0:1", "22 HOME_VISIT rhythm:HOME_VISIT:v0:2"}},
		{"three tries of one day count as one", with(unanswered("a", 3), unanswered("b", 3), unanswered("c", 3)), 5, []string{
			"10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:v0:2"}},
		{"a call that is answered ends the row", with(unanswered("a", 3), unanswered("b", 4), talked("c", 5), unanswered("d", 6)), 6, []string{
			"15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:c:1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			until := map[bool]int{true: 31, false: 26}[tt.today > 10]
			expect(t, tt.facts, tt.today, until, tt.want...)
		})
	}
}

func TestOverdueWorkMayStillBePlaced(t *testing.T) {
	d := find(t, Demands(regular(HorizonUnknown), DefaultPolicy(), on(100), on(110)), "rhythm:HOME_VISIT:v0:1")
	if d.Due != on(15) || d.Latest != on(103) {
		t.Errorf("due %v latest %v: want the honest day 15, and room until today + 3", d.Due-day0, d.Latest-day0)
	}
}

func TestUnansweredCallsSayWhy(t *testing.T) {
	f := regular(HorizonUnknown)
	f.Contacts = append(f.Contacts, unanswered("a", 3), unanswered("b", 4), unanswered("c", 5))
	d := find(t, Demands(f, DefaultPolicy(), on(5), on(10)), "rhythm:HOME_VISIT:v0:1")
	if diff := cmp.Diff([]string{"CALLS_UNANSWERED", "ROUTINE_VISIT"}, codes(d)); diff != "" {
		t.Error(diff)
	}
}

func TestPlannedContactsFillTheRhythm(t *testing.T) {
	with := func(planned ...Planned) Facts {
		f := regular(HorizonUnknown)
		f.Planned = planned
		return f
	}
	tests := []struct {
		name  string
		facts Facts
		want  []string
	}{
		{"a fixed visit takes the place of the next one and of the call near it", with(Planned{ID: "x", Kind: HomeVisit, Day: on(12)}),
			[]string{"22 CALL rhythm:CALL:v0:1", "27 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"a fixed call takes the place of the call", with(Planned{ID: "x", Kind: Call, Day: on(8)}),
			[]string{"15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:v0:1"}},
		{"a fixed visit soon takes the place of an overdue one", func() Facts {
			f := with(Planned{ID: "x", Kind: HomeVisit, Day: on(3)})
			f.Contacts = []Contact{met("v0", -20), talked("c0", -1)}
			return f
		}(), []string{"13 CALL rhythm:CALL:c0:1", "18 HOME_VISIT rhythm:HOME_VISIT:v0:1", "28 CALL rhythm:CALL:c0:2"}},
		{"a planned item that is the demand is not asked for again", with(Planned{ID: "x", Key: "rhythm:HOME_VISIT:v0:1", Kind: HomeVisit, Day: on(20)}),
			[]string{"10 CALL rhythm:CALL:v0:1"}},
		{"two items of one kind with different reasons both live", with(
			Planned{ID: "x", Key: "rhythm:CALL:v0:1", Kind: Call, Day: on(10)}, Planned{ID: "y", Key: "date:b:2026", Kind: Call, Day: on(12)}),
			[]string{"15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "25 CALL rhythm:CALL:v0:2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.facts, 0, 29, tt.want...) })
	}
}

func TestLifecycleAndActivity(t *testing.T) {
	lost := regular(HorizonUnknown)
	lost.Lifecycle, lost.Activity = Churned, Lapsed
	planned := lost
	planned.WinBack = &WinBack{ID: "w", OpenedOn: on(1), Deadline: on(20)}
	potential := Facts{Since: on(0), Service: NotYet, Lifecycle: Potential, Activity: NormalActivity}
	dormant := regular(Later)
	dormant.Activity, dormant.Purchases = Dormant, []Purchase{{ID: "p1", Day: on(-190)}}
	low := regular(Later)
	low.Activity, low.Purchases = LowActivity, []Purchase{{ID: "p1", Day: on(-85)}}
	tests := []struct {
		name  string
		facts Facts
		want  []string
	}{
		{"D14 a lapsed account left the lists", lost, nil},
		{"D15 a plan to win back keeps in touch until its deadline", planned, []string{
			"4 CALL winback:w:CALL:open:1", "8 HOME_VISIT winback:w:HOME_VISIT:open:1"}},
		{"D13 a potential member is called now and then", potential, []string{"30 CALL rhythm:CALL:since:1"}},
		{"D14 a dormant account is interviewed by phone", dormant, []string{"30 CALL rhythm:CALL:v0:1"}},
		{"D14 an account of low activity is woken by message", low, []string{
			"6 MESSAGE/CALL activation:LOW:p1:1", "15 CALL rhythm:CALL:v0:1", "30 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.facts, 1, 35, tt.want...) })
	}
}
