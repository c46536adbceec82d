package care_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/schedule"
)

// TestTheEffectOnAPlanIsWhatHappens asks on the sample what a move, a contact more and a leave would do, then really makes each
// change, plans, and compares the answer with the rows that are stored before and after.
func TestTheEffectOnAPlanIsWhatHappens(t *testing.T) {
	modelstest.Sequential(t)
	if testing.Short() {
		t.Skip("plans a rep of the sample many times")
	}
	modelstest.EachClock(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		p := newPondered(t, sample(t, store, clock))
		visit := p.first(func(i models.PlanItem) bool { return i.Kind == cadence.HomeVisit && !i.Held() && i.Day > p.today })
		for _, c := range []struct {
			name     string
			question care.PlanQuestion
			really   func() error
		}{
			{"a visit a week later", care.PlanQuestion{Move: &care.IfMoved{ItemID: visit.ID, Day: visit.Day + 7}}, func() error {
				_, err := p.Reschedule(p.asRep, care.MoveItem{ID: modelstest.Key(1), ItemID: visit.ID, Day: visit.Day + 7})
				return err
			}},
			{"a visit more", care.PlanQuestion{Add: &care.IfAdded{AccountID: visit.AccountID, Kind: cadence.HomeVisit, Day: p.today + 1}}, func() error {
				_, err := p.PlanContact(p.asRep, care.PlanContact{
					ID: modelstest.Key(2), AccountID: visit.AccountID, Kind: cadence.HomeVisit, Day: p.today + 1, Reason: "她请我去",
				})
				return err
			}},
			{"a day off", care.PlanQuestion{Leave: &care.IfAway{From: p.today + 23, To: p.today + 23}}, func() error {
				return p.away(modelstest.Key(3), p.today+23, p.today+23)
			}},
			{"three days off, more than the answer names", care.PlanQuestion{Leave: &care.IfAway{From: p.today + 1, To: p.today + 3}}, func() error {
				return p.away(modelstest.Key(4), p.today+1, p.today+3)
			}},
		} {
			t.Run(c.name, func(t *testing.T) { p.holds(t, c.question, c.really) })
		}
	})
}

// pondered is a rep of the sample whose plan waits for nothing.
type pondered struct {
	*care.Service
	rep              models.User
	asRep, asManager context.Context
	today            civil.Date
	t                *testing.T
}

func newPondered(t *testing.T, s *care.Service) *pondered {
	t.Helper()
	p := &pondered{Service: s, asManager: someManager(t, s), t: t}
	each(t, s, func(tx *models.Tx, rep id.ID) error {
		p.today = tx.Today
		book, err := tx.LookAtBook(rep, models.BookSpan{LogsFrom: tx.Today, From: tx.Today, To: tx.Today + 27})
		if err == nil && len(book.Covers) == 0 && len(book.Accounts) >= 25 && p.rep.ID.IsZero() {
			p.rep = book.Rep
		}
		return err
	})
	if p.rep.ID.IsZero() {
		t.Fatal("the sample has no rep with 25 accounts of their own")
	}
	p.asRep = auth.With(t.Context(), modelstest.Viewer(p.rep))
	got[care.PlanResult](t)(s.PlanNow(t.Context(), p.rep.ID))
	return p
}

// away asks for a leave and grants it.
func (p *pondered) away(key id.ID, from, to civil.Date) error {
	if _, err := p.AskLeave(p.asRep, care.AskLeave{ID: key, From: from, To: to, Reason: "家里有事"}); err != nil {
		return err
	}
	_, err := p.GrantLeave(p.asManager, key)
	return err
}

// stored is a plan as it stands in the database.
type stored struct {
	items []models.PlanItem
	shed  []models.ShedItem
}

func (p *pondered) stored() stored {
	p.t.Helper()
	var out stored
	err := p.Store.Read(p.t.Context(), func(tx *models.Tx) error {
		book, err := tx.LookAtBook(p.rep.ID, models.BookSpan{LogsFrom: tx.Today, From: tx.Today, To: tx.Today + 27})
		for _, of := range book.Items {
			for _, i := range of {
				if i.IsOpen() {
					out.items = append(out.items, i)
				}
			}
		}
		out.shed = book.Shed
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	slices.SortFunc(out.items, func(a, b models.PlanItem) int { return cmp.Or(int(a.Day-b.Day), a.ID.Compare(b.ID)) })
	return out
}

func (p *pondered) first(fits func(models.PlanItem) bool) models.PlanItem {
	p.t.Helper()
	items := p.stored().items
	n := slices.IndexFunc(items, fits)
	if n < 0 {
		p.t.Fatal("no such contact in the plan of the sample")
	}
	return items[n]
}

func (p *pondered) holds(t *testing.T, q care.PlanQuestion, really func() error) {
	before, rows := p.stored(), footprint(t, p.Service)
	effect := got[care.PlanEffect](t)(p.PlanEffect(p.asRep, q))
	if diff := gocmp.Diff(rows, footprint(t, p.Service)); diff != "" {
		t.Errorf("asking wrote (-before +after):\n%s", diff)
	}
	if err := really(); err != nil {
		t.Fatal(err)
	}
	got[care.PlanResult](t)(p.PlanNow(t.Context(), p.rep.ID))
	after := p.stored()
	if diff := gocmp.Diff(changedDays(before, after, p.today), daysOf(effect)); diff != "" || len(effect.Days) == 0 {
		t.Errorf("the days (-happened +reckoned):\n%s", diff)
	}
	happened, reckoned := changedPlaces(before, after), placesIn(effect)
	if unnamed(effect) {
		happened = slices.DeleteFunc(happened, func(line string) bool { return !slices.Contains(reckoned, line) })
	}
	if diff := gocmp.Diff(happened, reckoned); diff != "" || len(reckoned) == 0 {
		t.Errorf("the contacts (-happened +reckoned):\n%s", diff)
	}
	for _, c := range effect.Late.Rows {
		if before.lateAt(c, *c.From) || !after.lateAt(c, *c.To) {
			t.Errorf("late: reckoned of %s, %s → %s, and it did not happen", c.Account.Name, c.From, c.To)
		}
	}
	if effect.After.Shed != len(after.shed) || effect.Before.Shed != len(before.shed) {
		t.Errorf("without room: reckoned %d → %d, happened %d → %d", effect.Before.Shed, effect.After.Shed, len(before.shed), len(after.shed))
	}
	if effect.LeftOut.Total < len(after.shed)-len(before.shed) {
		t.Errorf("%d left out, but %d find no room where %d did not", effect.LeftOut.Total, len(after.shed), len(before.shed))
	}
	for _, c := range effect.LeftOut.Rows {
		if c.In("zh") == "" || c.In("en") == "" || c.Account.Name == "" {
			t.Errorf("left out without a word: %+v", c)
		}
	}
	t.Logf("%d days, moved %d, left out %d, late %d, coming in %d, gone %d, conflicts %d, travel %d → %d", len(effect.Days), effect.Moved.Total,
		effect.LeftOut.Total, effect.Late.Total, effect.ComingIn.Total, effect.Gone.Total, effect.Conflicts.Total, effect.Before.TravelMinutes, effect.After.TravelMinutes)
}

// asked is what a plan asks of each day.
func (s stored) asked(today civil.Date) map[civil.Date][3]int {
	out := map[civil.Date][3]int{}
	for _, i := range s.items {
		day := max(i.Day, today)
		m := out[day]
		out[day] = [3]int{m[0] + 1, m[1] + i.Minutes, m[2] + i.Travel}
	}
	return out
}

// changedDays tells, of each day that asks for more or less, how much before and after: contacts, minutes, minutes of travel.
func changedDays(before, after stored, today civil.Date) []string {
	was, is := before.asked(today), after.asked(today)
	var out []string
	for day := today; day < today+28; day++ {
		if was[day] != is[day] {
			out = append(out, fmt.Sprint(day, was[day], is[day]))
		}
	}
	return out
}

// daysOf tells the same of an effect. Days that only have less time than before are left out.
func daysOf(e care.PlanEffect) []string {
	var out []string
	for _, d := range e.Days {
		was := [3]int{d.Before.Contacts, d.Before.ContactMinutes, d.Before.TravelMinutes}
		is := [3]int{d.After.Contacts, d.After.ContactMinutes, d.After.TravelMinutes}
		if was != is {
			out = append(out, fmt.Sprint(d.Day, was, is))
		}
	}
	return out
}

// changedPlaces tells of each account and kind on which days contacts stood before and after, where that differs.
func changedPlaces(before, after stored) []string {
	type place struct {
		account id.ID
		kind    cadence.Kind
		day     civil.Date
	}
	balance := map[place]int{}
	for _, i := range before.items {
		balance[place{i.AccountID, i.Kind, i.Day}]--
	}
	for _, i := range after.items {
		balance[place{i.AccountID, i.Kind, i.Day}]++
	}
	var out []string
	for at, n := range balance {
		if n != 0 {
			out = append(out, fmt.Sprint(at.account, at.kind, at.day, n))
		}
	}
	slices.Sort(out)
	return out
}

// lateAt tells whether a contact with an account, of a kind, on a day comes later than it is due.
func (s stored) lateAt(c care.ContactChange, day civil.Date) bool {
	return slices.ContainsFunc(s.items, func(i models.PlanItem) bool {
		return i.AccountID == c.Account.ID && i.Kind == c.Kind && i.Day == day && day > i.DueOn
	})
}

// unnamed tells whether an effect counts contacts it does not name.
func unnamed(e care.PlanEffect) bool {
	return slices.ContainsFunc([]care.ContactChanges{e.Moved, e.LeftOut, e.ComingIn, e.Gone}, func(l care.ContactChanges) bool {
		return l.Total > len(l.Rows)
	})
}

// placesIn tells the same of what an effect names.
func placesIn(e care.PlanEffect) []string {
	var before, after stored
	changes := slices.Concat(e.Moved.Rows, e.LeftOut.Rows, e.ComingIn.Rows, e.Gone.Rows)
	if e.Contact != nil {
		changes = append(changes, *e.Contact)
	}
	for _, c := range changes {
		if c.From != nil {
			before.items = append(before.items, models.PlanItem{AccountID: c.Account.ID, Kind: c.Kind, Day: *c.From})
		}
		if c.To != nil {
			after.items = append(after.items, models.PlanItem{AccountID: c.Account.ID, Kind: c.Kind, Day: *c.To})
		}
	}
	return changedPlaces(before, after)
}

func TestAPlanQuestionIsRefusedAsItsChangeWouldBe(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a, others := d.regular(d.Rep, 10), d.regular(d.OtherRep, 10)
		d.plan(d.Rep)
		item, foreign := d.open(a)[0], d.item(others, "rhythm:x", nil)
		done := d.item(a, "rhythm:done", func(i *models.PlanItem) { i.Status = models.ItemDone })
		tomorrow := d.today + 1
		move := func(x id.ID, day civil.Date) care.PlanQuestion {
			return care.PlanQuestion{Move: &care.IfMoved{ItemID: x, Day: day}}
		}
		add := func(x id.ID) care.PlanQuestion {
			return care.PlanQuestion{Add: &care.IfAdded{AccountID: x, Kind: cadence.Call, Day: tomorrow}}
		}
		off := &care.IfAway{From: tomorrow, To: tomorrow}
		of := func(rep models.User) care.PlanQuestion { return care.PlanQuestion{Rep: &rep.ID, Leave: off} }
		for _, c := range []struct {
			name     string
			who      models.User
			question care.PlanQuestion
			code     care.Code
			field    string
		}{
			{"a rep asks about their own plan", d.Rep, care.PlanQuestion{Leave: off}, "", ""},
			{"by name as well", d.Rep, of(d.Rep), "", ""},
			{"a supervisor asks about a rep of the team", d.Supervisor, of(d.Rep), "", ""},
			{"a manager asks about any rep", d.Manager, of(d.OtherRep), "", ""},
			{"a rep asks about a colleague", d.Rep, of(d.Colleague), care.CodeNotFound, ""},
			{"a supervisor asks about another team", d.Supervisor, of(d.OtherRep), care.CodeNotFound, ""},
			{"an expert has no plan", d.Expert, care.PlanQuestion{Leave: off}, care.CodeNotFound, ""},
			{"a supervisor has no plan either", d.Supervisor, care.PlanQuestion{Leave: off}, care.CodeNotFound, ""},
			{"nothing asked", d.Rep, care.PlanQuestion{}, care.CodeInvalid, "move"},
			{"two questions", d.Rep, care.PlanQuestion{Leave: off, Move: &care.IfMoved{ItemID: item.ID, Day: tomorrow}}, care.CodeInvalid, "move"},
			{"a contact of one's own", d.Rep, move(item.ID, tomorrow), "", ""},
			{"a contact of another rep", d.Rep, move(foreign.ID, tomorrow), care.CodeNotFound, ""},
			{"a contact that is over", d.Rep, move(done.ID, tomorrow), care.CodeConflict, ""},
			{"a day that is over", d.Rep, move(item.ID, d.today-1), care.CodeInvalid, "move.day"},
			{"an account of one's own", d.Rep, add(a.ID), "", ""},
			{"an account of another rep", d.Rep, add(others.ID), care.CodeNotFound, ""},
			{"a leave that ends before it begins", d.Rep, care.PlanQuestion{Leave: &care.IfAway{From: tomorrow, To: d.today}}, care.CodeInvalid, "leave.to"},
		} {
			_, err := d.PlanEffect(d.as(c.who), c.question)
			if known := care.AsError(err); care.CodeOf(err) != c.code || known != nil && known.Field != c.field {
				t.Errorf("%s: %v (%s), want %q at %q", c.name, err, care.CodeOf(err), c.code, c.field)
			}
		}
	})
}

// TestAContactAskedForAtNightSaysSo: what a person may fix all the same is said, and in words.
func TestAContactAskedForAtNightSaysSo(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		d.plan(d.Rep)
		night := civil.Minute(3 * 60)
		in := &care.IfAdded{AccountID: a.ID, Kind: cadence.HomeVisit, Day: d.today + 1, At: &night}
		effect := got[care.PlanEffect](t)(d.PlanEffect(d.as(d.Rep), care.PlanQuestion{Add: in}))
		c := effect.Contact
		if c == nil || !c.Asked || c.From != nil || c.To == nil || *c.To != d.today+1 || c.At == nil || *c.At != night || c.Account.Name != a.Name {
			t.Fatalf("the contact: %+v", c)
		}
		if effect.Conflicts.Total == 0 || !effect.Conflicts.Rows[0].Asked || effect.Conflicts.Rows[0].Rule != schedule.RuleHours {
			t.Errorf("conflicts: %+v", effect.Conflicts)
		}
		for _, row := range effect.Conflicts.Rows {
			if row.In("zh") == "" || row.In("en") == "" {
				t.Errorf("a conflict without a word: %+v", row)
			}
		}
		noon := civil.Minute(10 * 60)
		in.At = &noon
		if effect := got[care.PlanEffect](t)(d.PlanEffect(d.as(d.Rep), care.PlanQuestion{Add: in})); effect.Conflicts.Total != 0 {
			t.Errorf("at ten: %+v", effect.Conflicts)
		}
	})
}

// TestALeaveMovesWhatMayMove: the planner's contacts leave the days off, an appointment stays and conflicts.
func TestALeaveMovesWhatMayMove(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		for n := range 4 {
			d.regular(d.Rep, 11+n)
		}
		at := civil.Minute(15 * 60)
		day := d.today + 2
		got[models.PlanItem](t)(d.PlanContact(d.as(d.Rep), care.PlanContact{
			ID: d.key(), AccountID: a.ID, Kind: cadence.HomeVisit, Day: day, At: &at, Reason: "说好了",
		}))
		d.plan(d.Rep)
		effect := got[care.PlanEffect](t)(d.PlanEffect(d.as(d.Supervisor), care.PlanQuestion{Rep: &d.Rep.ID, Leave: &care.IfAway{From: day, To: day}}))
		n := slices.IndexFunc(effect.Days, func(x care.DayEffect) bool { return x.Day == day })
		if n < 0 || effect.Days[n].Before.Capacity == 0 || effect.Days[n].After.Capacity != 0 || effect.Days[n].After.Contacts != 1 {
			t.Errorf("the day off: %+v", effect.Days)
		}
		if effect.Contact != nil || effect.Conflicts.Total != 1 || effect.Conflicts.Rows[0].Account.ID != a.ID || effect.Conflicts.Rows[0].Asked {
			t.Errorf("the appointment: %+v", effect.Conflicts)
		}
		if effect.Before.Capacity-effect.After.Capacity != 8*60 || effect.Rep.ID != d.Rep.ID {
			t.Errorf("%+v → %+v", effect.Before, effect.After)
		}
		for _, c := range slices.Concat(effect.Moved.Rows, effect.ComingIn.Rows) {
			if *c.To == day {
				t.Errorf("moved into the day off: %+v", c)
			}
		}
	})
}
