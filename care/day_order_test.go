package care_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/schedule"
)

// three are open contacts of the rep's day, in the order the planner gave them.
func (w *world) three() []models.PlanItem {
	var out []models.PlanItem
	for n, a := range []models.Account{w.Own, w.Own, w.Covered} {
		out = append(out, w.item(a, "rhythm:"+string(rune('a'+n)), func(i *models.PlanItem) {
			i.RepID, i.Day, i.Seq, i.StartMin = w.Rep.ID, w.today, n+1, 600+60*n
		}))
	}
	return out
}

func (w *world) ordered(items ...care.OrderedItem) care.OrderDay {
	return care.OrderDay{ID: w.key(), Day: w.today, Items: items}
}

func TestADayTakesTheOrderThatWasChosen(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		items := w.three()
		in := w.ordered(care.OrderedItem{ItemID: items[2].ID, StartMin: 610, Travel: 12}, care.OrderedItem{ItemID: items[0].ID, StartMin: 700})
		day := got[care.Day](t)(w.OrderDay(w.as(w.Rep), in))
		if len(day.Items) < 2 || day.Day != w.today {
			t.Fatalf("day %+v", day)
		}
		first, second, other := w.readItem(items[2].ID), w.readItem(items[0].ID), w.readItem(items[1].ID)
		if first.StartMin != 610 || first.Seq != 1 || first.Travel != 12 || second.StartMin != 700 || second.Seq != 2 {
			t.Errorf("first %+v, second %+v", first, second)
		}
		if first.Pinned || first.AtFixed || first.DueOn != items[2].DueOn || other.StartMin != items[1].StartMin {
			t.Errorf("more changed than the order: %+v, %+v", first, other)
		}
		if !w.asked(w.Rep.ID) || w.audited(w.Own.ID, "ORDER_DAY") != 1 || w.audited(w.Covered.ID, "ORDER_DAY") != 1 {
			t.Error("it must be audited, and a plan asked for")
		}
		got[care.Day](t)(w.OrderDay(w.as(w.Rep), in))
		if w.asked(w.Rep.ID) || w.audited(w.Own.ID, "ORDER_DAY") != 1 {
			t.Error("sent again it must do nothing more")
		}
		in.Items[0].StartMin = 611
		_, err := w.OrderDay(w.as(w.Rep), in)
		wantCode(t, err, care.CodeConflict)
	})
}

func TestWhatIsGoneMeanwhileIsLeftAndTold(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		items := w.three()
		agreed := w.item(w.Own, "rhythm:agreed", func(i *models.PlanItem) { i.AtFixed, i.StartMin, i.Day = true, 840, w.today })
		others := w.item(w.Colleagues, "rhythm:theirs", func(i *models.PlanItem) { i.Day = w.today })
		got[models.PlanItem](t)(w.StartItem(w.as(w.Rep), items[0].ID, w.clock.Now()))
		got[models.PlanItem](t)(w.Reschedule(w.as(w.Rep), care.MoveItem{ID: w.key(), ItemID: items[1].ID, Day: w.today + 1}))
		before := map[id.ID]models.PlanItem{}
		for _, x := range []id.ID{items[0].ID, items[1].ID, agreed.ID, others.ID} {
			before[x] = w.readItem(x)
		}
		h := w.handset(w.Rep)
		c := h.does("OrderDay", w.ordered(
			care.OrderedItem{ItemID: w.key(), StartMin: 540}, care.OrderedItem{ItemID: others.ID, StartMin: 550},
			care.OrderedItem{ItemID: items[0].ID, StartMin: 560}, care.OrderedItem{ItemID: items[1].ID, StartMin: 570},
			care.OrderedItem{ItemID: items[2].ID, StartMin: 580}, care.OrderedItem{ItemID: agreed.ID, StartMin: 850},
		))
		for _, want := range []care.AnswerStatus{care.Applied, care.Duplicate} {
			answer := h.push(c).Answers[0]
			w.wantStatus(answer, want, "")
			if diff := cmp.Diff([]care.Flag{care.FlagNotOrdered}, answer.Review); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		}
		if i := w.readItem(items[2].ID); i.StartMin != 580 {
			t.Errorf("the rest must be put in order: %+v", i)
		}
		for x, i := range before {
			if diff := cmp.Diff(i, w.readItem(x)); diff != "" {
				t.Errorf("touched (-before +after):\n%s", diff)
			}
		}
	})
}

func TestAnOrderThatComesWholeIsNoNews(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		items, h := w.three(), w.handset(w.Rep)
		answer := h.push(h.does("OrderDay", w.ordered(care.OrderedItem{ItemID: items[1].ID, StartMin: 900}))).Answers[0]
		w.wantStatus(answer, care.Applied, "")
		if len(answer.Review) > 0 {
			t.Errorf("told %v", answer.Review)
		}
	})
}

func TestWhatHasNoRoomWaitsForThePlanner(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		items := w.three()
		agreed := w.item(w.Own, "rhythm:agreed", func(i *models.PlanItem) { i.AtFixed, i.StartMin, i.Day = true, 540, w.today })
		got[care.Day](t)(w.OrderDay(w.as(w.Rep), w.ordered(
			care.OrderedItem{ItemID: items[2].ID, StartMin: 610}, care.OrderedItem{ItemID: items[0].ID}, care.OrderedItem{ItemID: agreed.ID},
		)))
		if i := w.readItem(items[0].ID); i.StartMin != 0 || i.Seq != 0 || i.Day != w.today || i.Status != models.ItemOpen {
			t.Errorf("without room %+v", i)
		}
		if i := w.readItem(agreed.ID); i.StartMin != 540 {
			t.Errorf("an appointment keeps its minute: %+v", i)
		}
	})
}

func TestAnOrderOfYesterdayComesTooLateAndHarmsNothing(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", func(i *models.PlanItem) { i.Day, i.StartMin, i.Pinned = w.today-1, 600, true })
		in := w.ordered(care.OrderedItem{ItemID: i.ID, StartMin: 900})
		in.Day = w.today - 1
		got[care.Day](t)(w.OrderDay(w.as(w.Rep), in))
		if after := w.readItem(i.ID); after.StartMin != 600 || w.asked(w.Rep.ID) {
			t.Errorf("after %+v", after)
		}
	})
}

func TestAnOrderThatMakesNoDayIsInvalid(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		items := w.three()
		a, b := items[0].ID, items[1].ID
		for _, c := range []struct {
			name  string
			spoil func(*care.OrderDay)
		}{
			{"no contacts", func(in *care.OrderDay) { in.Items = nil }},
			{"too many contacts", func(in *care.OrderDay) { in.Items = make([]care.OrderedItem, 101) }},
			{"one named twice", func(in *care.OrderDay) { in.Items = []care.OrderedItem{{a, 600, 0}, {a, 700, 0}} }},
			{"one before the one before it", func(in *care.OrderDay) { in.Items = []care.OrderedItem{{a, 600, 0}, {b, 599, 0}} }},
			{"one behind what has no room", func(in *care.OrderDay) { in.Items = []care.OrderedItem{{a, 0, 0}, {b, 600, 0}} }},
			{"one before midnight", func(in *care.OrderDay) { in.Items = []care.OrderedItem{{a, -1, 0}} }},
			{"one after midnight", func(in *care.OrderDay) { in.Items = []care.OrderedItem{{a, 1440, 0}} }},
			{"a way below nothing", func(in *care.OrderDay) { in.Items = []care.OrderedItem{{a, 600, -1}} }},
			{"a day that has not come", func(in *care.OrderDay) { in.Day = w.today + 2 }},
			{"no key", func(in *care.OrderDay) { in.ID = id.ID{} }},
		} {
			in := w.ordered(care.OrderedItem{ItemID: a, StartMin: 600})
			c.spoil(&in)
			if _, err := w.OrderDay(w.as(w.Rep), in); care.CodeOf(err) != care.CodeInvalid {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

// busiest is the day with the most contacts.
func busiest(items []models.PlanItem) civil.Date {
	count, best := map[civil.Date]int{}, items[0].Day
	for _, i := range items {
		if count[i.Day]++; count[i.Day] > count[best] {
			best = i.Day
		}
	}
	return best
}

// TestAReplanKeepsTheOrderOfToday: the planner finds other minutes better, and leaves the day as the rep put it.
func TestAReplanKeepsTheOrderOfToday(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.book()
		d.plan(d.Rep)
		d.at(busiest(d.agenda(d.Rep)).String(), 6)
		d.plan(d.Rep)
		var today []models.PlanItem
		for _, i := range d.agenda(d.Rep) {
			if i.Day == d.today {
				today = append(today, i)
			}
		}
		if len(today) < 2 {
			t.Fatalf("only %d contacts today", len(today))
		}
		in := care.OrderDay{ID: d.key(), Day: d.today}
		slices.Reverse(today)
		at := 9 * 60
		for _, i := range today {
			if at < 13*60 && at+i.Minutes > 12*60 {
				at = 13*60 + 30 // calls begin then
			}
			in.Items = append(in.Items, care.OrderedItem{ItemID: i.ID, StartMin: at, Travel: 9})
			at += i.Minutes + 9
		}
		got[care.Day](t)(d.OrderDay(d.as(d.Rep), in))
		d.plan(d.Rep)
		for _, o := range in.Items {
			if i := d.readItem(o.ItemID); i.StartMin != o.StartMin || i.Day != d.today {
				t.Errorf("moved from %d to %s %d", o.StartMin, i.Day, i.StartMin)
			}
		}
	})
}

func TestAPhoneHearsOfTheOrderAndOfWhatItTakes(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		items := w.three()
		before := got[care.Changes](t)(w.Changes(w.as(w.Rep), "", 2000))
		got[care.Day](t)(w.OrderDay(w.as(w.Rep), w.ordered(care.OrderedItem{ItemID: items[1].ID, StartMin: 615})))
		after := got[care.Changes](t)(w.Changes(w.as(w.Rep), before.Cursor, 2000))
		if len(after.Items) != 1 || after.Items[0].ID != items[1].ID || after.Items[0].StartMin != 615 {
			t.Errorf("items %+v", after.Items)
		}
		r := before.World.Routing
		if r.Detour != schedule.DefaultDetour || r.KmPerHour != schedule.EBikeSpeed || r.Wish != 15 || len(r.VisitHours) == 0 || len(r.CallHours) == 0 {
			t.Errorf("routing %+v", r)
		}
		for _, day := range before.World.Calendar {
			sum := 0
			for _, h := range day.Hours {
				sum += int(h.To - h.From)
			}
			if sum != day.Minutes {
				t.Errorf("%s: hours %v are not %d minutes", day.Day, day.Hours, day.Minutes)
			}
		}
	})
}

func TestAnExpertOrdersNobodyElsesDay(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", func(i *models.PlanItem) {
			i.Day, i.StartMin, i.Kind, i.ExpertID = w.today, 600, cadence.HomeVisit, &w.Expert.ID
		})
		got[care.Day](t)(w.OrderDay(w.as(w.Expert), w.ordered(care.OrderedItem{ItemID: i.ID, StartMin: 900})))
		if after := w.readItem(i.ID); after.StartMin != 600 {
			t.Errorf("after %+v", after)
		}
	})
}
