package cadence

import (
	"slices"

	"huifang/civil"
)

// mergeDays makes one contact of those expected on one day (story 10): the most important, made the closest of their ways,
// with the reasons, objectives, people and scripts of all.
func (pl *planner) mergeDays() {
	slices.SortFunc(pl.drafts, compareWeight)
	at := map[civil.Date]int{}
	var merged []draft
	for _, d := range pl.drafts {
		day := pl.expected(d.Demand)
		i, taken := at[day]
		if !taken {
			at[day] = len(merged)
			merged = append(merged, d)
			continue
		}
		merged[i].absorb(d, day, pl)
	}
	pl.drafts = merged
}

func (d *draft) absorb(o draft, day civil.Date, pl *planner) {
	d.closest(o, pl)
	d.Reasons = append(d.Reasons, o.Reasons...)
	d.Objectives = appendNew(d.Objectives, o.Objectives...)
	d.With = appendNew(d.With, o.With...)
	if o.Script != d.Script {
		d.AlsoScripts = appendNew(d.AlsoScripts, o.Script)
	}
	d.AlsoScripts = appendNew(d.AlsoScripts, o.AlsoScripts...)
	d.Latest = max(min(d.Latest, o.Latest), day)
}

// closest makes the contact in a way that answers the other demand too.
func (d *draft) closest(o draft, pl *planner) {
	if d.Kind.touch() < o.Kind.touch() {
		d.Kind, d.OrKind, d.OrBy = o.Kind, "", ""
		d.Minutes = pl.policy.minutes(d.Kind, pl.Frail)
	}
	if !d.OrKind.answers(o.Kind) && d.OrKind != o.OrKind {
		d.OrKind, d.OrBy = "", ""
	}
}
