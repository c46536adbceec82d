package cadence

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func stopped(cause StopCause) Facts {
	f := regular(WithinTwo)
	f.Service = Stopped
	f.Stop = &Stop{ID: "s", Cause: cause, OpenedOn: on(5)}
	return f
}

func TestStopCauses(t *testing.T) {
	agreed := stopped(Competitor)
	agreed.Stop.SelfReviewOn, agreed.Stop.AgreedOn = ptr(on(6)), ptr(on(8))
	reviewed := stopped(Competitor)
	reviewed.Stop.SelfReviewOn = ptr(on(6))
	visited := stopped(EffectOrQuality)
	visited.Contacts = append(visited.Contacts, met("v", 6))
	sameDay := stopped(EffectOrQuality)
	sameDay.Contacts = append(sameDay.Contacts, met("v", 5))
	closed := stopped(BadService)
	closed.Stop = nil
	tests := []struct {
		name  string
		facts Facts
		want  []string
	}{
		{"D7 effect or quality: visit within 1 day", stopped(EffectOrQuality), []string{"6 HOME_VISIT stop:s:visit"}},
		{"D7 service: visit within 2 days", stopped(BadService), []string{"7 HOME_VISIT stop:s:visit"}},
		{"D7 competitor: no visit before the self-review", stopped(Competitor), nil},
		{"D7 competitor: no visit before the way is agreed", reviewed, nil},
		{"D7 competitor: visit within 3 days of the agreement", agreed, []string{"11 HOME_VISIT stop:s:visit"}},
		{"D7 a case still open after the visit is followed up", visited, []string{"13 CALL stop:s:CALL:v:1", "20 CALL stop:s:CALL:v:2"}},
		{"D7 the visit that brought the stop to light does not settle it", sameDay, []string{"6 HOME_VISIT stop:s:visit"}},
		{"D15 a stopped account whose case is closed is let go", closed, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.facts, 8, 20, tt.want...) })
	}
}

func TestWhoGoesToAStoppedAccount(t *testing.T) {
	effect := find(t, Demands(stopped(EffectOrQuality), DefaultPolicy(), on(5), on(20)), "stop:s:visit")
	if diff := cmp.Diff([]Role{Expert, Manager}, effect.Instead); diff != "" || !effect.Urgent {
		t.Errorf("effect or quality: expert or manager may be sent, urgently: %s", diff)
	}
	service := find(t, Demands(stopped(BadService), DefaultPolicy(), on(5), on(20)), "stop:s:visit")
	if diff := cmp.Diff([]Role{Manager}, service.With); diff != "" || service.By != Rep {
		t.Errorf("service: together with the manager: %s", diff)
	}
}

func TestAStopCaseComesBeforeEverythingElse(t *testing.T) {
	f := newcomer()
	f.Stop = &Stop{ID: "s", Cause: EffectOrQuality, OpenedOn: on(5)}
	f.Reactions = []Reaction{{Day: on(5)}}
	f.Dates = []SpecialDate{solar("b", 9)}
	expect(t, f, 5, 60, "6 HOME_VISIT stop:s:visit")
}

func TestARoutineVisitDoesNotTakeUpAnUrgentOne(t *testing.T) {
	f := stopped(BadService)
	f.Planned = []Planned{{ID: "x", Kind: HomeVisit, Day: on(6)}}
	expect(t, f, 5, 20, "7 HOME_VISIT stop:s:visit")
	f.Planned[0].Key = "stop:s:visit"
	expect(t, f, 5, 20)
}

// lostOne is a lapsed account with a plan to win it back.
func lostOne() Facts {
	f := regular(HorizonUnknown)
	f.Lifecycle, f.Activity = Churned, Lapsed
	f.WinBack = &WinBack{ID: "w", OpenedOn: on(1), Deadline: on(20)}
	return f
}

func TestAContactMadeForTheCaseTakesUpWhatItAsksForFirst(t *testing.T) {
	for _, c := range []struct {
		name    string
		facts   Facts
		planned Planned
		want    []string
	}{
		{"a visit, later than the rules want it", stopped(BadService), Planned{Kind: HomeVisit, Day: on(12), Case: []string{"stop:s"}}, nil},
		{"a visit of another case", stopped(BadService), Planned{Kind: HomeVisit, Day: on(6), Case: []string{"stop:t"}}, []string{"7 HOME_VISIT stop:s:visit"}},
		{"a call, which is no visit", stopped(BadService), Planned{Kind: Call, Day: on(6), Case: []string{"stop:s"}}, []string{"7 HOME_VISIT stop:s:visit"}},
		{"of a plan to win back the first visit, not those after it", lostOne(), Planned{Kind: HomeVisit, Day: on(18), Case: []string{"winback:w"}},
			[]string{"4 CALL winback:w:CALL:open:1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := c.facts
			c.planned.ID = "x"
			f.Planned = []Planned{c.planned}
			expect(t, f, 5, 20, c.want...)
		})
	}
}

func TestAComplaintIsAnsweredAtOnceAndFollowedUntilItIsSettled(t *testing.T) {
	f := newcomer()
	f.Complaints = []Complaint{{ID: "k", Day: on(5)}}
	expect(t, f, 5, 20, "6 HOME_VISIT/CALL complaint:k:visit")
	d := find(t, Demands(f, DefaultPolicy(), on(5), on(20)), "complaint:k:visit")
	if !d.Urgent || d.Reasons[0].Rule != "D18" || d.Script != "COMPLAINT" {
		t.Errorf("got %+v", d)
	}
	f.Contacts = []Contact{{ID: "c", Day: on(6), Kind: Call, Outcome: Talked, Fulfils: "complaint:k:visit"}}
	expect(t, f, 6, 14, "13 CALL complaint:k:CALL:c:1")
	settled := on(7)
	f.Complaints[0].Settled = &settled
	if got := Demands(f, DefaultPolicy(), on(7), on(20)); len(got) == 0 || got[0].Urgent {
		t.Errorf("settled, care goes on as before: %+v", got)
	}
}
