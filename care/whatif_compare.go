package care

import (
	"cmp"
	"slices"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// comparison compares two plans of a rep made from the same book, but for one change.
type comparison struct {
	before, after sketch
	asked         id.ID // the contact in question; zero for a leave
}

func (d comparison) effect() PlanEffect {
	e := PlanEffect{
		Rep: personOf(d.before.book.Rep), From: d.before.today, To: d.before.last,
		Before: d.before.measures(), After: d.after.measures(), Days: d.days(), Contact: d.contact(),
	}
	stay, gone, come := d.parted()
	for _, p := range stay {
		if p.was.Day != p.is.Day {
			e.Moved.add(p.change())
		}
		if d.late(p.is) && !d.late(p.was) {
			e.Late.add(p.change())
		}
	}
	for _, i := range come {
		e.ComingIn.add(changeOf(nil, &i))
	}
	e.LeftOut, e.Gone = d.leaving(gone)
	e.Conflicts = d.conflicts()
	for _, list := range e.lists() {
		list.cut()
	}
	return e
}

// stayed is a contact that both plans have.
type stayed struct{ was, is models.PlanItem }

func (k stayed) change() ContactChange { return changeOf(&k.was, &k.is) }

// changeOf is a contact before and after; nil where the plan does not have it.
func changeOf(was, is *models.PlanItem) ContactChange {
	var c ContactChange
	for _, i := range []*models.PlanItem{was, is} {
		if i != nil {
			c.Account.ID, c.Kind, c.DueOn = i.AccountID, i.Kind, i.DueOn
		}
	}
	if was != nil {
		c.From = &was.Day
	}
	if is != nil {
		c.To, c.At = &is.Day, minuteOf(*is)
	}
	return c
}

// parted are the contacts both plans have, and those only the one before or the one after has, without the one in question. What
// people see is that a customer has a contact of a kind on a day: so those of the same day go together first, whichever item
// stands for them, then those of the same item, then those of the same customer and kind in the order of their days.
func (d comparison) parted() (stay []stayed, gone, come []models.PlanItem) {
	gone, come = d.others(d.before), d.others(d.after)
	for _, same := range []func(a, b models.PlanItem) bool{sameDayContact, sameItem, sameKind} {
		gone = slices.DeleteFunc(gone, func(was models.PlanItem) bool {
			now, found := take(&come, func(i models.PlanItem) bool { return same(was, i) })
			if found {
				stay = append(stay, stayed{was, now})
			}
			return found
		})
	}
	return stay, gone, come
}

// others are the contacts of a plan without the one in question, by day.
func (d comparison) others(sk sketch) []models.PlanItem {
	items := slices.DeleteFunc(slices.Clone(sk.made.items), func(i models.PlanItem) bool { return i.ID == d.asked })
	slices.SortStableFunc(items, inAgenda)
	return items
}

func sameItem(a, b models.PlanItem) bool { return a.ID == b.ID }

func sameKind(a, b models.PlanItem) bool { return a.AccountID == b.AccountID && a.Kind == b.Kind }

func sameDayContact(a, b models.PlanItem) bool { return sameKind(a, b) && a.Day == b.Day }

func byKey(items []models.PlanItem) map[id.ID]models.PlanItem {
	out := make(map[id.ID]models.PlanItem, len(items))
	for _, i := range items {
		out[i.ID] = i
	}
	return out
}

// take takes the first that fits out of rows that are the caller's own.
func take[T any](rows *[]T, fits func(T) bool) (T, bool) {
	n := slices.IndexFunc(*rows, fits)
	if n < 0 {
		var none T
		return none, false
	}
	row := (*rows)[n]
	*rows = slices.Delete(*rows, n, n+1)
	return row, true
}

// late tells whether a contact comes later than it is due; what was missed takes time of today.
func (d comparison) late(i models.PlanItem) bool { return max(i.Day, d.before.today) > i.DueOn }

// contact is the one in question: nil for a leave. Where another rep has the account on that day, it stands in neither plan.
func (d comparison) contact() *ContactChange {
	if d.asked.IsZero() {
		return nil
	}
	was, before := byKey(d.before.made.items)[d.asked]
	is, after := byKey(d.after.made.items)[d.asked]
	var c ContactChange
	switch {
	case before && after:
		c = changeOf(&was, &is)
	case before:
		c = changeOf(&was, nil)
	case after:
		c = changeOf(nil, &is)
	default:
		return nil
	}
	c.Asked = true
	return &c
}

// leaving are the contacts that the plan has no room for any more, and those that nothing asks for any more. A demand may get
// another key when the contact it follows from moves: then one of its account and kind is the same.
func (d comparison) leaving(gone []models.PlanItem) (out, over ContactChanges) {
	shed := d.newlyShed()
	for _, same := range []func(models.ShedItem, models.PlanItem) bool{sameDemand, sameContact} {
		gone = slices.DeleteFunc(gone, func(i models.PlanItem) bool {
			row, found := take(&shed, func(s models.ShedItem) bool { return same(s, i) })
			if found {
				c := changeOf(&i, nil)
				c.Shed, c.left = row.Why, row
				out.add(c)
			}
			return found
		})
	}
	for _, s := range shed {
		c := ContactChange{Kind: s.Kind, DueOn: s.DueOn, Shed: s.Why, left: s}
		c.Account.ID = s.AccountID
		out.add(c)
	}
	for _, i := range gone {
		over.add(changeOf(&i, nil))
	}
	return out, over
}

// newlyShed is what the plan has no room for after, and had before or did not need.
func (d comparison) newlyShed() []models.ShedItem {
	known, now := slices.Clone(d.before.after.Shed), slices.Clone(d.after.after.Shed)
	for _, same := range []func(a, b models.ShedItem) bool{
		func(a, b models.ShedItem) bool { return a.AccountID == b.AccountID && a.DemandKey == b.DemandKey },
		func(a, b models.ShedItem) bool { return a.AccountID == b.AccountID && a.Kind == b.Kind },
	} {
		now = slices.DeleteFunc(now, func(s models.ShedItem) bool {
			_, found := take(&known, func(k models.ShedItem) bool { return same(k, s) })
			return found
		})
	}
	return now
}

func sameDemand(s models.ShedItem, i models.PlanItem) bool {
	return s.AccountID == i.AccountID && s.DemandKey == i.DemandKey
}

func sameContact(s models.ShedItem, i models.PlanItem) bool {
	return s.AccountID == i.AccountID && s.Kind == i.Kind
}

// conflicts are those the change makes.
func (d comparison) conflicts() ContactChanges {
	var out ContactChanges
	was, is := byKey(d.before.made.items), byKey(d.after.made.items)
	for _, found := range d.after.result.Conflicts {
		i, there := is[found.Item]
		// A conflict the contact in question has already still is one: it is what the question is about.
		if !there || found.Item != d.asked && slices.Contains(d.before.result.Conflicts, found) {
			continue
		}
		c := changeOf(nil, &i)
		if old, known := was[found.Item]; known {
			c = changeOf(&old, &i)
		}
		c.Rule, c.Asked = found.Rule, found.Item == d.asked
		out.add(c)
	}
	return out
}

// days are the days that ask for more or less, or have more or less time.
func (d comparison) days() []DayEffect {
	before, after := d.before.days(), d.after.days()
	var out []DayEffect
	for n := range before {
		if before[n] != after[n] {
			out = append(out, DayEffect{Day: d.before.today + civil.Date(n), Before: before[n], After: after[n]})
		}
	}
	return out
}

// days are the measures of each day planned.
func (sk sketch) days() []DayMeasures {
	out := make([]DayMeasures, sk.last-sk.today+1)
	for n := range out {
		for _, w := range sk.calendar.on(sk.book.Rep, sk.today+civil.Date(n)) {
			out[n].Capacity += int(w.To - w.From)
		}
	}
	for _, i := range sk.made.items {
		day := max(i.Day, sk.today) // what was missed takes time of today
		if day > sk.last {
			continue
		}
		m := &out[day-sk.today]
		m.Contacts++
		m.ContactMinutes += i.Minutes
		m.TravelMinutes += i.Travel
	}
	return out
}

func (l *ContactChanges) add(c ContactChange) { l.Rows = append(l.Rows, c) }

// cut counts a list and keeps its first rows by day.
func (l *ContactChanges) cut() {
	slices.SortStableFunc(l.Rows, func(a, b ContactChange) int {
		return cmp.Or(cmp.Compare(a.day(), b.day()), a.Account.ID.Compare(b.Account.ID))
	})
	l.Total = len(l.Rows)
	l.Rows = l.Rows[:min(l.Total, maxChanged)]
}
