package cadence

import (
	"cmp"
	"fmt"
	"slices"

	"huifang/civil"
)

// occasion is something to say near a day: a birthday, a festival, an activation. It joins a contact that lies near.
type occasion struct {
	Greeting
	key     string
	day     civil.Date
	script  string
	reasons []Reason
}

// specialDates greets birthdays and anniversaries (D6 b).
func (pl *planner) specialDates() {
	for _, date := range pl.Dates {
		for year, day := range pl.occurrences(date) {
			pl.greet(occasion{Greeting: pl.policy.Dates, key: fmt.Sprintf("date:%s:%d", date.ID, year), day: day,
				script: date.script(), reasons: pl.dateReasons(date, day)})
		}
	}
}

// festivals greets the festivals of the policy (D6 c).
func (pl *planner) festivals() {
	for _, f := range pl.policy.Festivals {
		greeting := pl.policy.FestivalGreeting
		if f.Kind != "" {
			greeting.Kind = f.Kind
		}
		for year, day := range pl.occurrences(f.date()) {
			pl.greet(occasion{Greeting: greeting, key: fmt.Sprintf("festival:%s:%d", f.Code, year), day: day, script: "FESTIVAL",
				reasons: []Reason{{Rule: "D6", Code: "FESTIVAL", Args: map[string]string{"zh": f.ZH, "en": f.EN, "on": day.String()}}}})
		}
	}
}

func (f Festival) date() SpecialDate {
	return SpecialDate{Calendar: f.Calendar, Month: f.Month, Day: f.Day}
}

// occurrences yields the year of the date's own calendar and the day, in order, from a year before today to the end.
func (pl *planner) occurrences(date SpecialDate) func(yield func(int, civil.Date) bool) {
	first, _, _ := pl.today.YMD()
	last, _, _ := pl.end.YMD()
	return func(yield func(int, civil.Date) bool) {
		for year := first - 1; year <= last; year++ {
			day, ok := date.Of(year)
			if ok && day <= pl.end && !yield(year, day) {
				return
			}
		}
	}
}

func (s SpecialDate) script() string {
	if s.Occasion == OtherOccasion || s.Occasion == "" {
		return "DATE"
	}
	return string(s.Occasion)
}

func (pl *planner) dateReasons(date SpecialDate, day civil.Date) []Reason {
	r := Reason{Rule: "D6", Code: "DATE", Args: map[string]string{"occasion": date.script(), "on": day.String()}}
	if date.Who != "" {
		r.Code, r.Args["who"] = "DATE_OF", date.Who
	}
	if pl.Activity == Dormant {
		return []Reason{r, {Rule: "D14", Code: "ACTIVATE_AT_DATE"}}
	}
	return []Reason{r}
}

// activation wakes a dozing account at regular distance from the day it became so, as long as it is (D14).
func (pl *planner) activation() {
	rule, ok := pl.policy.Activation[pl.Activity]
	if !ok || len(pl.Purchases) == 0 {
		return
	}
	last := pl.Purchases[len(pl.Purchases)-1]
	months := pl.policy.Activity.LowMonths
	if pl.Activity == Dormant {
		months = pl.policy.Activity.DormantMonths
	}
	every := civil.Date(rule.Every)
	greeting := Greeting{Kind: rule.Kind, OrKind: rule.OrKind, JoinDays: pl.policy.Dates.JoinDays, LateDays: rule.Every - 1, Priority: rule.Priority}
	n := 1
	for day := last.Day.AddMonths(months); day <= pl.end; day, n = day+every, n+1 {
		pl.greet(occasion{Greeting: greeting, key: fmt.Sprintf("activation:%s:%s:%d", pl.Activity, last.ID, n), day: day,
			script: rule.Script, reasons: []Reason{{Rule: "D14", Code: "ACTIVATION_" + string(pl.Activity),
				Args: map[string]string{"bought": last.Day.String()}}}})
	}
}

// greet joins the occasion to a contact nearby, or asks for one on the day, or on a day before that is allowed. Who was in
// touch shortly before the day, or since, has greeted.
func (pl *planner) greet(o occasion) {
	if pl.today > o.day+civil.Date(o.LateDays) || pl.greeted(o) {
		return
	}
	if p, ok := pl.plannedNear(o); ok {
		pl.joins = append(pl.joins, Join{Planned: p.ID, Demand: pl.greeting(o).Demand})
		return
	}
	if i := pl.draftNear(o); i >= 0 {
		pl.joinDraft(&pl.drafts[i], o)
		return
	}
	d := pl.greeting(o)
	if d.Due > pl.today {
		d = pl.beforehand(d)
	}
	if fitted, ok := pl.fit(d); ok && fitted.Due <= o.day+civil.Date(o.LateDays) {
		pl.add(fitted)
	}
}

func (o occasion) from() civil.Date { return o.day - civil.Date(o.JoinDays) }

// loosest is the less close of the kinds that will do.
func (o occasion) loosest() Kind {
	if o.OrKind != "" && o.OrKind.touch() < o.Kind.touch() {
		return o.OrKind
	}
	return o.Kind
}

func (pl *planner) greeted(o occasion) bool {
	return pl.fulfilled(o.key) || slices.ContainsFunc(pl.reached(o.from()-1), func(c Contact) bool {
		return c.Day <= o.day+civil.Date(o.LateDays) && c.Kind.answers(o.loosest())
	})
}

// plannedNear finds a fixed contact on or shortly before the day, or the next one when the day is over.
func (pl *planner) plannedNear(o occasion) (Planned, bool) {
	for _, p := range pl.Planned {
		day := max(p.Day, pl.today)
		near := o.from() <= day && day <= max(o.day, pl.today) && p.Kind.answers(o.loosest())
		if near || p.Key == o.key {
			return p, true
		}
	}
	return Planned{}, false
}

// draftNear returns the index of the demand to join, the nearest one, -1 for none. One that lies after the day is joined when
// it can be moved up to the day.
func (pl *planner) draftNear(o occasion) int {
	best := -1
	for i, d := range pl.drafts {
		if !pl.mayJoin(d, o) {
			continue
		}
		if best < 0 || pl.nearer(d, pl.drafts[best], o.day) {
			best = i
		}
	}
	return best
}

func (pl *planner) mayJoin(d draft, o occasion) bool {
	day := pl.expected(d.Demand)
	switch {
	case !d.Kind.answers(o.loosest()) || day < o.from() || day > max(o.day, pl.today)+civil.Date(o.JoinDays):
		return false
	case day <= max(o.day, pl.today):
		return true
	}
	movable := d.flexible || d.Earliest <= o.day
	return movable && o.day > d.cause && pl.allowed(d.Kind, o.day)
}

func (pl *planner) nearer(a, b draft, day civil.Date) bool {
	away := func(d draft) civil.Date { return max(pl.expected(d.Demand)-day, day-pl.expected(d.Demand)) }
	return cmp.Or(cmp.Compare(away(a), away(b)), cmp.Compare(a.Due, b.Due), cmp.Compare(b.Kind.touch(), a.Kind.touch()),
		cmp.Compare(a.Key, b.Key)) < 0
}

// joinDraft adds the occasion's reason and script and sees that the contact does not come after the day.
func (pl *planner) joinDraft(d *draft, o occasion) {
	d.Reasons = append(d.Reasons, o.reasons...)
	d.AlsoScripts = appendNew(d.AlsoScripts, o.script)
	d.Priority = max(d.Priority, o.Priority)
	if o.day < pl.today {
		return
	}
	if pl.expected(d.Demand) > o.day {
		d.Due = o.day
		d.Earliest = min(d.Earliest, o.day)
	}
	d.Latest = max(min(d.Latest, o.day), pl.expected(d.Demand))
	d.OrKind = pl.stillAnswering(*d, o)
}

// stillAnswering keeps the other kind only where it greets as well.
func (pl *planner) stillAnswering(d draft, o occasion) Kind {
	if d.OrKind.answers(o.loosest()) {
		return d.OrKind
	}
	return ""
}

// greeting is the contact of the occasion on its own.
func (pl *planner) greeting(o occasion) draft {
	lead := civil.Date(max(o.LeadDays, 0))
	latest := o.day
	if o.day < pl.today {
		latest = o.day + civil.Date(o.LateDays)
	}
	return draft{cause: o.day - lead - 1, Demand: Demand{
		Key: o.key, Kind: o.Kind, OrKind: o.OrKind, By: Rep, Earliest: o.day - lead, Due: o.day, Latest: latest,
		Script: o.script, Priority: o.Priority, Reasons: slices.Clone(o.reasons),
	}}
}

// beforehand moves a greeting that may not be made on its day to the last day of its lead that allows it.
func (pl *planner) beforehand(d draft) draft {
	for day := d.Due; day >= max(d.Earliest, pl.today); day-- {
		if pl.allowed(d.Kind, day) || (d.OrKind != "" && pl.allowed(d.OrKind, day)) {
			d.Due, d.Latest = day, min(d.Latest, day)
			return d
		}
	}
	return d
}
