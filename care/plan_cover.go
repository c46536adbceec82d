package care

import (
	"maps"
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// turn is a run of days on which one rep has the contacts of an account: who holds it, or who stands in (D9). Days of zero
// are open ends.
type turn struct {
	rep      id.ID
	from, to civil.Date
}

// within cuts days to those of the turn.
func (t turn) within(from, to civil.Date) (civil.Date, civil.Date) {
	from = max(from, t.from)
	if t.to != 0 {
		to = min(to, t.to)
	}
	return from, max(from, to)
}

// holds tells whether a day is of the turn.
func (t turn) holds(day civil.Date) bool { return day >= t.from && (t.to == 0 || day <= t.to) }

// turnOn is whose an account is on a day, and how long around it. A contact is of whoever has the later of its due day and
// today, and is planned within their days: one due just before a leave comes before it, or finds no room there and falls
// to who stands in when the leave begins. So each is planned by one rep, and by no other.
func (p planner) turnOn(a models.Account, day civil.Date) turn {
	covers := p.book.Covers[a.ID]
	t := turn{rep: whoHas(a, covers, day)}
	if len(covers) == 0 {
		return t
	}
	first, last := day, day
	for first > p.today && whoHas(a, covers, first-1) == t.rep {
		first--
	}
	for last < p.last && whoHas(a, covers, last+1) == t.rep {
		last++
	}
	if first > p.today {
		t.from = first
	}
	if last < p.last {
		t.to = last
	}
	return t
}

// whoHas is the rep who has the contacts of an account on a day.
func whoHas(a models.Account, covers []models.Cover, day civil.Date) id.ID {
	for _, c := range covers {
		if from, to := c.Days(); c.RepID != a.RepID && from <= day && day <= to {
			return c.RepID
		}
	}
	return a.RepID
}

// turn is whose a wish is. What somebody has begun today stays theirs until it is logged.
func (p planner) turn(w wish) turn {
	if !w.held() {
		return p.turnOn(w.account, max(w.demand.Due, p.today))
	}
	t := p.turnOn(w.account, max(w.item.Day, p.today))
	if w.item.Status == models.ItemStarted && w.item.Day == p.today && p.takesPart(w.account, w.item.RepID) {
		t.rep = w.item.RepID
	}
	return t
}

// takesPart tells whether a rep holds an account or stands in for it, now or later.
func (p planner) takesPart(a models.Account, rep id.ID) bool {
	return a.RepID == rep || slices.ContainsFunc(p.book.Covers[a.ID], func(c models.Cover) bool { return c.RepID == rep })
}

// mine tells whether a wish is for the rep planned here to place.
func (p planner) mine(w wish) bool { return w.turn.rep == p.book.Rep.ID }

// mayUse tells whether an open item is for this plan to move or take off: the rep's own, or of somebody who has no part in
// the account any more. The others' plans see to theirs.
func (p planner) mayUse(a models.Account, i models.PlanItem) bool {
	return i.RepID == p.book.Rep.ID || !p.takesPart(a, i.RepID)
}

// part splits wishes into those of this plan and those of others on shared accounts.
func (p planner) part(wishes []wish) (mine, others []wish) {
	if len(p.book.Covers) == 0 {
		return wishes, nil
	}
	for _, w := range wishes {
		if p.mine(w) {
			mine = append(mine, w)
		} else {
			others = append(others, w)
		}
	}
	return mine, others
}

// elsewhere are the days on which others have contacts with the customers of this plan: they count for the weekly cap
// (D19). What lies outside the days of its rep is on its way to another day.
func elsewhere(others []wish, today civil.Date) map[id.ID][]civil.Date {
	out := map[id.ID][]civil.Date{}
	for _, w := range others {
		if w.item != nil && w.item.RepID == w.turn.rep && w.item.Day >= today && w.turn.holds(w.item.Day) {
			out[w.account.ID] = append(out[w.account.ID], w.item.Day)
		}
	}
	return out
}

// handOn gives the items of others that still are somebody else's to who has them now, and tells whose plans do not fit
// the facts any more.
func (p planner) handOn(mine, others []wish, diff *models.PlanDiff) []id.ID {
	if len(p.book.Covers) == 0 {
		return nil
	}
	stale := map[id.ID]bool{}
	shed := p.othersShed()
	for _, w := range others {
		if w.item != nil && w.item.RepID != w.turn.rep {
			diff.Update = append(diff.Update, given(*w.item, w.turn.rep))
		}
		if !p.stands(w, shed) {
			stale[w.turn.rep] = true
		}
	}
	asked := demanded(others)
	for row := range shed { // of what is theirs no more
		if !asked[row] {
			stale[row.rep] = true
		}
	}
	p.leftOver(slices.Concat(mine, others), shed, stale)
	return p.active(stale)
}

// shedKey is a demand in the list of what a rep's plan has no room for.
type shedKey struct {
	rep, account id.ID
	demand       string
}

func (w wish) shedKey() shedKey { return shedKey{w.turn.rep, w.account.ID, w.demand.Key} }

// demanded are the demands among some wishes.
func demanded(wishes []wish) map[shedKey]bool {
	out := map[shedKey]bool{}
	for _, w := range wishes {
		out[w.shedKey()] = true
	}
	return out
}

// othersShed is what the plans of others have no room for, with its kind.
func (p planner) othersShed() map[shedKey]cadence.Kind {
	out := map[shedKey]cadence.Kind{}
	for _, s := range p.book.OthersShed {
		out[shedKey{s.RepID, s.AccountID, s.DemandKey}] = s.Kind
	}
	return out
}

// given is an item that changes rep: the hour is theirs to choose, unless the customer knows it.
func given(i models.PlanItem, rep id.ID) models.PlanItem {
	i.RepID = rep
	if !i.AtFixed && i.Status != models.ItemStarted {
		i.Seq, i.StartMin = 0, 0
	}
	return i
}

// stands tells whether the plan of who has a wish knows it as it is.
func (p planner) stands(w wish, shed map[shedKey]cadence.Kind) bool {
	if w.held() {
		return w.item.RepID == w.turn.rep
	}
	if _, known := shed[w.shedKey()]; known && (w.item == nil || w.item.Day < p.today) {
		return true
	}
	if w.item == nil {
		return false
	}
	i, d := w.item, w.demand
	return i.RepID == w.turn.rep && i.Kind == d.Kind && i.Minutes == d.Minutes && i.Priority == d.Priority &&
		i.EarliestOn == d.Earliest && i.DueOn == d.Due && i.LatestOn == d.Latest && i.Day >= p.today && w.turn.holds(i.Day)
}

// leftOver finds the reps of open items that no demand stands behind any more and that are theirs to take off. What is
// overdue and found no room stays in sight, under the name it had.
func (p planner) leftOver(all []wish, shed map[shedKey]cadence.Kind, stale map[id.ID]bool) {
	used := map[id.ID]bool{}
	for _, w := range all {
		keep(used, w)
	}
	type kindOf struct {
		rep, account id.ID
		kind         cadence.Kind
	}
	inSight := map[kindOf]bool{}
	for row, kind := range shed {
		inSight[kindOf{row.rep, row.account, kind}] = true
	}
	for _, a := range p.book.Accounts {
		for _, i := range p.book.Items[a.ID] {
			waits := i.Day < p.today && inSight[kindOf{i.RepID, a.ID, i.Kind}]
			if i.IsOpen() && !i.Held() && !used[i.ID] && !waits && !p.mayUse(a, i) {
				stale[i.RepID] = true
			}
		}
	}
}

// active are those of some reps who can be planned, in order.
func (p planner) active(reps map[id.ID]bool) []id.ID {
	active := maps.Clone(p.book.Holders)
	for _, covers := range p.book.Covers {
		for _, c := range covers {
			active[c.RepID] = true
		}
	}
	var out []id.ID
	for rep := range reps {
		if active[rep] && rep != p.book.Rep.ID {
			out = append(out, rep)
		}
	}
	slices.SortFunc(out, id.ID.Compare)
	return out
}
