package cadence

import (
	"testing"

	"huifang/civil"

	"github.com/google/go-cmp/cmp"
)

func solar(id string, n int) SpecialDate {
	_, m, d := on(n).YMD()
	return SpecialDate{ID: id, Occasion: Birthday, Calendar: Solar, Month: int(m), Day: d}
}

func TestSpecialDates(t *testing.T) {
	with := func(contacts []Contact, dates ...SpecialDate) Facts {
		f := regular(HorizonUnknown)
		f.Contacts = append(f.Contacts, contacts...)
		f.Dates = dates
		return f
	}
	tests := []struct {
		name  string
		facts Facts
		today int
		want  []string
	}{
		{"D6 a date far from every contact adds a call", with(nil, solar("b", 5)), 0, []string{
			"5 CALL/MESSAGE date:b:2026", "10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"D6 a date after a near contact joins it", with(nil, solar("b", 12)), 0, []string{
			"10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"D6 a date before a near contact draws it to the day", with(nil, solar("b", 8)), 0, []string{
			"8 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"who was in touch shortly before has greeted", with([]Contact{talked("a", 4)}, solar("b", 6)), 4, []string{
			"15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"a missed greeting is made late, on its honest day", with(nil, solar("b", 5)), 6, []string{
			"5 CALL/MESSAGE date:b:2026", "10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"a greeting too late is not made", with(nil, solar("b", 3)), 7, []string{
			"10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"an attempt is no greeting", with([]Contact{unanswered("a", 5)}, solar("b", 5)), 6, []string{
			"5 CALL/MESSAGE date:b:2026", "10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
		{"two dates of one day are one contact", with(nil, solar("b", 5), solar("c", 5)), 0, []string{
			"5 CALL/MESSAGE date:b:2026", "10 CALL rhythm:CALL:v0:1", "15 HOME_VISIT rhythm:HOME_VISIT:v0:1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.facts, tt.today, 16, tt.want...) })
	}
}

func TestAJoinedDateAddsItsReasonAndScriptAndKeepsTheDay(t *testing.T) {
	f := regular(HorizonUnknown)
	f.Dates = []SpecialDate{solar("b", 11)}
	d := find(t, Demands(f, DefaultPolicy(), on(0), on(20)), "rhythm:CALL:v0:1")
	if diff := cmp.Diff([]string{"ROUTINE_CALL", "DATE"}, codes(d)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"BIRTHDAY"}, d.AlsoScripts); diff != "" {
		t.Error(diff)
	}
	if d.Due != on(10) || d.Latest != on(11) {
		t.Errorf("due %d latest %d: a greeting must not come after the day", d.Due-day0, d.Latest-day0)
	}
}

func TestTheRepIsRemindedThreeDaysAhead(t *testing.T) {
	f := regular(HorizonUnknown)
	f.Dates = []SpecialDate{solar("b", 5)}
	d := find(t, Demands(f, DefaultPolicy(), on(0), on(20)), "date:b:2026")
	if d.Earliest != on(2) || d.Due != on(5) || d.Latest != on(5) {
		t.Errorf("D16: got %d … %d … %d", d.Earliest-day0, d.Due-day0, d.Latest-day0)
	}
}

func TestADateJoinsAPlannedContact(t *testing.T) {
	f := regular(HorizonUnknown)
	f.Dates = []SpecialDate{solar("b", 6)}
	f.Planned = []Planned{{ID: "x", Kind: HomeVisit, Day: on(4)}}
	expect(t, f, 0, 13)
	joins := Joins(f, DefaultPolicy(), on(0), on(13))
	if len(joins) != 1 || joins[0].Planned != "x" || joins[0].Demand.Key != "date:b:2026" {
		t.Fatalf("got %+v", joins)
	}
	if diff := cmp.Diff([]string{"DATE"}, codes(joins[0].Demand)); diff != "" {
		t.Error(diff)
	}
}

func TestOnboardingTakesUpADate(t *testing.T) {
	f := newcomer()
	f.Dates = []SpecialDate{solar("b", 8)}
	d := find(t, expect(t, f, 0, 9, "3 CALL/HOME_VISIT onboarding:p1:1", "7 HOME_VISIT/CALL onboarding:p1:2"), "onboarding:p1:2")
	if diff := cmp.Diff([]string{"ONBOARDING", "DATE"}, codes(d)); diff != "" {
		t.Error(diff)
	}
}

func TestFestivals(t *testing.T) {
	tests := []struct{ name, day, key string }{
		{"D6 Spring Festival 2027", "2027-02-06", "festival:SPRING_FESTIVAL:2027"},
		{"D6 Dragon Boat 2026", "2026-06-19", "festival:DRAGON_BOAT:2026"},
		{"D6 Mid-Autumn 2026", "2026-09-25", "festival:MID_AUTUMN:2026"},
		{"D6 Double Ninth 2026", "2026-10-18", "festival:DOUBLE_NINTH:2026"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			day := civil.Must(tt.day)
			f := Facts{Since: day - 10, Service: NotYet, Lifecycle: Potential, Activity: NormalActivity}
			d := find(t, Demands(f, DefaultPolicy(), day-5, day+5), tt.key)
			if d.Due != day || d.Kind != Call || d.Script != "FESTIVAL" {
				t.Errorf("got %v %v %v", d.Due, d.Kind, d.Script)
			}
		})
	}
}

func TestAnOrganisationAddsItsOwnFestival(t *testing.T) {
	p := DefaultPolicy()
	p.Festivals = append(p.Festivals, Festival{Code: "FOUNDING", ZH: "店庆", EN: "anniversary of the store", Calendar: Solar, Month: 7, Day: 11, Kind: Message})
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	d := find(t, Demands(regular(Later), p, on(0), on(10)), "festival:FOUNDING:2026")
	if d.Kind != Message || d.Due != on(5) || d.Reasons[0].In("zh") != "D6：2026-07-11店庆问候" {
		t.Errorf("got %v on %v: %s", d.Kind, d.Due, d.Reasons[0].In("zh"))
	}
}

func TestALunarTwelfthMonthBirthdayMayComeTwiceInOneYear(t *testing.T) {
	f := Facts{Since: civil.Must("2026-01-01"), Service: NotYet, Lifecycle: Potential,
		Dates: []SpecialDate{{ID: "b", Occasion: Birthday, Calendar: Lunar, Month: 11, Day: 25}}}
	p := DefaultPolicy()
	first, second := civil.Must("2026-01-13"), civil.Must("2027-01-02")
	d := Demands(f, p, civil.Must("2026-01-02"), civil.Must("2027-01-05"))
	if find(t, d, "date:b:2025").Due != first || find(t, d, "date:b:2026").Due != second {
		t.Errorf("got %v", lines(d))
	}
}

func TestADormantAccountIsWokenAtItsBirthday(t *testing.T) {
	f := regular(Later)
	f.Activity, f.Dates = Dormant, []SpecialDate{solar("b", 12)}
	d := find(t, Demands(f, DefaultPolicy(), on(0), on(20)), "date:b:2026")
	if diff := cmp.Diff([]string{"DATE", "ACTIVATE_AT_DATE"}, codes(d)); diff != "" {
		t.Error(diff)
	}
}
