package care

import (
	"cmp"
	"slices"

	"huifang/cadence"
	"huifang/models"
)

// match pairs demands with the planner's open items: by key first, then by kind in order of days, so that an item keeps
// its identity when the contact it follows from has happened and its key moves on. Held items are wishes of their own.
func (p planner) match(a models.Account, demands []cadence.Demand) []wish {
	held, free := p.items(a)
	asked := make([]wish, len(demands))
	for n, d := range demands {
		asked[n] = wish{account: a, demand: d}
	}
	for n := range asked {
		asked[n].turn = p.turn(asked[n])
	}
	take := func(w *wish, alike func(*models.PlanItem) bool) {
		n := slices.IndexFunc(free, func(i *models.PlanItem) bool { return alike(i) && p.mayStand(*i, *w) })
		if w.item == nil && n >= 0 {
			w.item, w.taken = free[n], free[n].RepID != w.turn.rep
			free = slices.Delete(free, n, n+1)
		}
	}
	for n := range asked {
		take(&asked[n], func(i *models.PlanItem) bool { return i.DemandKey == asked[n].demand.Key })
	}
	for n := range asked {
		take(&asked[n], func(i *models.PlanItem) bool {
			return i.Kind == asked[n].demand.Kind && p.mine(asked[n]) && p.mayUse(a, *i)
		})
	}
	return append(held, asked...)
}

// items are the open items of an account: those a person fixed, as wishes, and the planner's by day.
func (p planner) items(a models.Account) (held []wish, free []*models.PlanItem) {
	items := p.book.Items[a.ID]
	for n := range items {
		switch item := &items[n]; {
		case item.Held():
			held = append(held, p.heldWish(a, item))
		case item.IsOpen():
			free = append(free, item)
		}
	}
	slices.SortStableFunc(free, func(x, y *models.PlanItem) int { return cmp.Compare(x.Day, y.Day) })
	return held, free
}

func (p planner) heldWish(a models.Account, item *models.PlanItem) wish {
	w := wish{account: a, item: item}
	w.turn = p.turn(w)
	w.taken = item.RepID != w.turn.rep
	return w
}

// mayStand tells whether an item may stand for a demand. One of today stays at its minute, so it stands only for what
// may be done then: after a pause, an opt-out, quiet hours, a leave or another horizon of this morning it gives way. One
// that came from another rep has no minute yet.
func (p planner) mayStand(i models.PlanItem, w wish) bool {
	if i.Day != p.today || !p.mine(w) || i.RepID != w.turn.rep || minuteOf(i) == nil {
		return true
	}
	d := w.demand
	return d.Earliest <= p.today && p.today <= d.Latest && i.Kind == d.Kind && i.Minutes >= d.Minutes &&
		within(p.calendar.whole(p.book.Rep, p.today), i.StartMin, d.Minutes) &&
		within(p.draft(nil).windows(w), i.StartMin, d.Minutes)
}
