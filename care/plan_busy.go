package care

import (
	"slices"

	"huifang/id"
	"huifang/models"
)

// named are the companions the items of a plan are about to name.
func named(d models.PlanDiff) []id.ID {
	var people []id.ID
	for _, items := range [][]models.PlanItem{d.Insert, d.Update} {
		for _, i := range items {
			if i.ExpertID != nil && i.IsOpen() {
				people = append(people, *i.ExpertID)
			}
		}
	}
	slices.SortFunc(people, id.ID.Compare)
	return slices.Compact(people)
}

// sameBusy tells whether what others ask of some people now is what the book knew.
func sameBusy(now, known []models.PlanItem, people []id.ID) bool {
	known = slices.DeleteFunc(slices.Clone(known), func(i models.PlanItem) bool { return !slices.Contains(people, *i.ExpertID) })
	return slices.EqualFunc(now, known, func(a, b models.PlanItem) bool {
		return a.ID == b.ID && *a.ExpertID == *b.ExpertID && a.Day == b.Day && a.StartMin == b.StartMin && a.Minutes == b.Minutes
	})
}
