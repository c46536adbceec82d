package care

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"huifang/id"
	"huifang/models"
	"huifang/schedule"
)

// differences turns a schedule into what must be written: new items, changed ones, and those no longer due.
func (p planner) differences(diff models.PlanDiff, wishes []wish, plan schedule.Plan) made {
	kept := map[id.ID]bool{}
	seqs := map[int32]int{}
	for _, v := range plan.Visits {
		seqs[int32(v.Day)]++
		p.place(&diff, wishes[v.Stop], v, seqs[int32(v.Day)])
		keep(kept, wishes[v.Stop])
	}
	shed := p.shed(wishes, plan.Shed)
	for _, s := range plan.Shed {
		// What is overdue and finds no room stays in sight where it was.
		if i := wishes[s.Stop].item; i != nil && i.Day < p.today {
			keep(kept, wishes[s.Stop])
		}
	}
	p.remove(&diff, kept)
	if !sameShed(p.book.Shed, shed) {
		diff.Shed = &shed
	}
	result := PlanResult{
		Rep: p.book.Rep.ID, Accounts: len(p.book.Accounts), Planned: len(plan.Visits), Shed: len(shed),
		Added: len(diff.Insert), Changed: len(diff.Update), Removed: len(diff.Delete) + len(diff.Drop),
	}
	for _, c := range plan.Conflicts {
		if i := wishes[c.Stop].item; i != nil {
			result.Conflicts = append(result.Conflicts, PlanConflict{Item: i.ID, Rule: c.Rule})
		}
	}
	return made{diff: diff, result: result}
}

func keep(kept map[id.ID]bool, w wish) {
	if w.item != nil {
		kept[w.item.ID] = true
	}
}

// place writes a visit into its item, or a new one.
func (p planner) place(diff *models.PlanDiff, w wish, v schedule.Visit, seq int) {
	item := p.item(w)
	if !w.held() || item.Day == v.Day { // a missed appointment keeps the day it was missed on
		item.Day, item.Seq, item.Travel = v.Day, seq, v.Travel
		if item.Status != models.ItemStarted && !item.AtFixed {
			item.StartMin = int(v.Start)
		}
	}
	switch {
	case w.item == nil:
		diff.Insert = append(diff.Insert, item)
	case !samePlanned(*w.item, item):
		diff.Update = append(diff.Update, item)
	}
}

// item is the wish's item with the demand's columns.
func (p planner) item(w wish) models.PlanItem {
	if w.held() {
		item := *w.item
		item.Joined = w.joined
		return item
	}
	var item models.PlanItem
	if w.item != nil {
		item = *w.item
	} else {
		item = models.PlanItem{
			ID: p.newID(), AccountID: w.account.ID, RepID: p.book.Rep.ID, Status: models.ItemOpen, Source: models.FromPlanner,
		}
	}
	d := w.demand
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
		if c.Status == models.CaseOpen && strings.HasPrefix(w.demand.Key, demandOf(c)) {
			return &c.ID
		}
	}
	return nil
}

// demandOf is how the keys of a case's demands begin.
func demandOf(c models.Case) string {
	switch {
	case c.Kind == models.StopCase:
		return "stop:" + c.ID.String()
	case c.Kind == models.WinBackCase:
		return "winback:" + c.ID.String()
	case c.Kind == models.ReturnCase && c.PurchaseID != nil:
		return "return:" + c.PurchaseID.String()
	}
	return "reaction:" + c.OpenedOn.String()
}

// samePlanned tells whether the planner's columns of two items say the same.
func samePlanned(a, b models.PlanItem) bool {
	return bytes.Equal(plannedText(a), plannedText(b))
}

func plannedText(i models.PlanItem) []byte {
	text, err := json.Marshal([]any{
		i.DemandKey, i.Kind, i.OrKind, i.Day, i.StartMin, i.Seq, i.Minutes, i.Travel,
		i.EarliestOn, i.DueOn, i.LatestOn, i.Priority, i.Urgent, i.By, len(i.With), i.With, i.ExpertID,
		len(i.Objectives), i.Objectives, i.Script, len(i.AlsoScripts), i.AlsoScripts, i.Reasons, len(i.Joined), i.Joined, i.CaseID,
	})
	if err != nil {
		return nil // plain values always marshal
	}
	return text
}

// remove takes off the planner's open items that no demand stands behind any more.
func (p planner) remove(diff *models.PlanDiff, kept map[id.ID]bool) {
	for _, a := range p.book.Accounts {
		for _, i := range p.book.Items[a.ID] {
			switch {
			case !i.IsOpen() || i.Held() || kept[i.ID]:
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
			Kind: w.demand.Kind, DueOn: w.demand.Due, Priority: w.demand.Priority, Why: string(s.Reason), Reasons: w.demand.Reasons,
		})
	}
	return out
}

func sameShed(a, b []models.ShedItem) bool {
	return slices.EqualFunc(a, b, func(x, y models.ShedItem) bool {
		return x.AccountID == y.AccountID && x.DemandKey == y.DemandKey && x.Rank == y.Rank && x.Kind == y.Kind &&
			x.DueOn == y.DueOn && x.Priority == y.Priority && x.Why == y.Why
	})
}
