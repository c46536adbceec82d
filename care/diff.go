package care

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/schedule"
)

// differences turns a schedule into what must be written: new items, changed ones, and those no longer due.
func (p planner) differences(diff models.PlanDiff, wishes, others []wish, plan schedule.Plan) made {
	kept := map[id.ID]bool{}
	for _, w := range others {
		keep(kept, w)
	}
	seqs := sequence{}
	var items []models.PlanItem
	for _, v := range plan.Visits {
		items = append(items, p.place(&diff, wishes[v.Stop], v, seqs.next(v.Day)))
		keep(kept, wishes[v.Stop])
	}
	shed := p.shed(wishes, plan.Shed)
	for _, s := range plan.Shed {
		// What is overdue and finds no room stays in sight where it was.
		if i := wishes[s.Stop].item; i != nil && i.Day < p.today {
			keep(kept, wishes[s.Stop])
			if wishes[s.Stop].taken {
				diff.Update = append(diff.Update, given(*i, p.book.Rep.ID))
			}
		}
	}
	p.remove(&diff, kept, demanded(wishes))
	if !sameShed(p.book.Shed, shed) {
		diff.Shed = &shed
	}
	result := PlanResult{
		Rep: p.book.Rep.ID, Accounts: len(p.book.Accounts), Planned: len(plan.Visits), Shed: len(shed),
		Added: len(diff.Insert), Changed: len(diff.Update), Removed: len(diff.Delete) + len(diff.Drop),
		Conflicts: p.conflicts(wishes, plan.Conflicts),
	}
	return made{diff: diff, result: result, items: items}
}

// conflicts are what a person should look at: items they fixed against a rule. What lies outside the days planned, or
// earlier today, is no conflict: no plan is made for then.
func (p planner) conflicts(wishes []wish, found []schedule.Conflict) []PlanConflict {
	var out []PlanConflict
	for _, c := range found {
		w := wishes[c.Stop]
		if w.held() && c.Rule != schedule.RulePeriod && !p.begun(*w.item) {
			out = append(out, PlanConflict{Item: w.item.ID, Rule: c.Rule})
		}
	}
	return out
}

// begun tells whether the time of an item has come.
func (p planner) begun(i models.PlanItem) bool {
	return i.Day < p.today || i.Day == p.today && i.StartMin < int(p.calendar.opens)
}

func keep(kept map[id.ID]bool, w wish) {
	if w.item != nil {
		kept[w.item.ID] = true
	}
}

// sequence counts the items of each day.
type sequence map[civil.Date]int

func (s sequence) next(day civil.Date) int {
	s[day]++
	return s[day]
}

// placed is a wish's item where a visit puts it.
func (p planner) placed(w wish, v schedule.Visit, seq int) models.PlanItem {
	item := p.item(w)
	if w.held() && item.Day < p.today {
		return item // a missed appointment keeps the place it was missed at
	}
	start := int(v.Start)
	if item.Status == models.ItemStarted || item.AtFixed {
		start = item.StartMin
	}
	if v.Day != item.Day || start != item.StartMin || !p.begun(item) { // the way to what has begun is behind us
		item.Travel = v.Travel
	}
	item.Day, item.Seq, item.StartMin = v.Day, seq, start
	return item
}

// place writes a visit into its item, or a new one, and returns it.
func (p planner) place(diff *models.PlanDiff, w wish, v schedule.Visit, seq int) models.PlanItem {
	item := p.placed(w, v, seq)
	switch {
	case w.item == nil:
		diff.Insert = append(diff.Insert, item)
	case !samePlanned(*w.item, item):
		diff.Update = append(diff.Update, item)
	}
	return item
}

// item is the wish's item with the demand's columns.
func (p planner) item(w wish) models.PlanItem {
	if w.held() {
		item := *w.item
		item.RepID, item.Joined = p.book.Rep.ID, w.joined
		return item
	}
	var item models.PlanItem
	if w.item != nil {
		item = *w.item
	} else {
		item = models.PlanItem{
			ID: p.newID(), AccountID: w.account.ID, Status: models.ItemOpen, Source: models.FromPlanner,
		}
	}
	d := w.demand
	item.RepID = p.book.Rep.ID
	item.DemandKey, item.Kind, item.OrKind, item.Minutes = d.Key, d.Kind, d.OrKind, d.Minutes
	item.EarliestOn, item.DueOn, item.LatestOn = d.Earliest, d.Due, d.Latest
	item.Priority, item.Urgent, item.By, item.With = d.Priority, d.Urgent, d.By, d.With
	item.Objectives, item.Script, item.AlsoScripts, item.Reasons = d.Objectives, d.Script, d.AlsoScripts, d.Reasons
	item.CaseID = p.caseOf(w)
	item.ExpertID = nil
	if len(w.with) > 0 {
		item.ExpertID = &w.with[0]
	}
	return item
}

// caseOf is the open case a demand belongs to, nil for any other demand.
func (p planner) caseOf(w wish) *id.ID {
	for _, c := range p.book.Cases[w.account.ID] {
		if c.Status != models.CaseOpen {
			continue
		}
		for _, prefix := range demandsOf(c, p.book.Returns[c.AccountID]) {
			if strings.HasPrefix(w.demand.Key, prefix+":") {
				return &c.ID
			}
		}
	}
	return nil
}

// demandsOf is how the keys of a case's demands begin. Several returns may have joined one case.
func demandsOf(c models.Case, returns []models.Return) []string {
	switch c.Kind {
	case models.StopCase:
		return []string{"stop:" + c.ID.String()}
	case models.WinBackCase:
		return []string{"winback:" + c.ID.String()}
	case models.ReactionCase:
		return []string{"reaction:" + c.OpenedOn.String()}
	case models.ComplaintCase:
		return []string{"complaint:" + c.ID.String()}
	}
	prefixes := []string{"return:" + c.ID.String()}
	for _, r := range returns {
		if r.CaseID != nil && *r.CaseID == c.ID {
			prefixes = append(prefixes, "return:"+r.PurchaseID.String())
		}
	}
	return prefixes
}

// samePlanned tells whether the planner's columns of two items say the same.
func samePlanned(a, b models.PlanItem) bool {
	return bytes.Equal(plannedText(a), plannedText(b))
}

func plannedText(i models.PlanItem) []byte {
	text, err := json.Marshal([]any{
		i.RepID, i.DemandKey, i.Kind, i.OrKind, i.Day, i.StartMin, i.Seq, i.Minutes, i.Travel,
		i.EarliestOn, i.DueOn, i.LatestOn, i.Priority, i.Urgent, i.By, len(i.With), i.With, i.ExpertID,
		len(i.Objectives), i.Objectives, i.Script, len(i.AlsoScripts), i.AlsoScripts, i.Reasons, len(i.Joined), i.Joined, i.CaseID,
	})
	if err != nil {
		return nil // plain values always marshal
	}
	return text
}

// remove takes off the planner's open items that no demand stands behind any more: this plan's, and those another item
// replaces.
func (p planner) remove(diff *models.PlanDiff, kept map[id.ID]bool, asked map[shedKey]bool) {
	for _, a := range p.book.Accounts {
		for _, i := range p.book.Items[a.ID] {
			switch {
			case !i.IsOpen() || i.Held() || kept[i.ID]:
			case !p.mayUse(a, i) && !asked[shedKey{p.book.Rep.ID, a.ID, i.DemandKey}]:
			case i.Day < p.today:
				diff.Drop = append(diff.Drop, i.ID)
			default:
				diff.Delete = append(diff.Delete, i.ID)
			}
		}
	}
}

func (p planner) shed(wishes []wish, shed []schedule.Shed) []models.ShedItem {
	var out []models.ShedItem
	for rank, s := range shed {
		w := wishes[s.Stop]
		out = append(out, models.ShedItem{
			ID: p.newID(), RepID: p.book.Rep.ID, AccountID: w.account.ID, DemandKey: w.demand.Key, Rank: rank + 1,
			Kind: w.demand.Kind, DueOn: w.demand.Due, Priority: w.demand.Priority, Why: string(s.Reason), Reasons: w.demand.Reasons, Room: roomsOf(wishes, s.Room),
		})
	}
	return out
}

func roomsOf(wishes []wish, rooms []schedule.Room) []models.Room {
	var out []models.Room
	for _, r := range rooms {
		room := models.Room{Way: string(r.Way), Day: r.Day}
		if r.Way == schedule.WaySwap {
			room.AccountID = &wishes[r.Stop].account.ID
		}
		out = append(out, room)
	}
	return out
}

// LeftOut says why a contact found no room and what would make some, "en" or else Chinese, without a name.
func LeftOut(s models.ShedItem, lang string) string {
	var ways []string
	for _, r := range s.Room {
		ways = append(ways, schedule.Room{Way: schedule.Way(r.Way), Day: r.Day}.In(lang))
	}
	why := schedule.ShedReason(s.Why).In(lang)
	switch {
	case len(ways) == 0:
		return why
	case strings.HasPrefix(strings.ToLower(lang), "en"):
		return why + ". Now: " + strings.Join(ways, "; ")
	}
	return why + "。眼下：" + strings.Join(ways, "；")
}

func sameRoom(a, b models.Room) bool {
	return a.Way == b.Way && a.Day == b.Day && (a.AccountID == nil) == (b.AccountID == nil) && (a.AccountID == nil || *a.AccountID == *b.AccountID)
}

func sameShed(a, b []models.ShedItem) bool {
	return slices.EqualFunc(a, b, func(x, y models.ShedItem) bool {
		return x.AccountID == y.AccountID && x.DemandKey == y.DemandKey && x.Rank == y.Rank && x.Kind == y.Kind &&
			x.DueOn == y.DueOn && x.Priority == y.Priority && x.Why == y.Why && slices.EqualFunc(x.Reasons, y.Reasons, sameReason) && slices.EqualFunc(x.Room, y.Room, sameRoom)
	})
}

func sameReason(a, b cadence.Reason) bool {
	return a.Rule == b.Rule && a.Code == b.Code && maps.Equal(a.Args, b.Args)
}
