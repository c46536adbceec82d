package view

import (
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// PlanItem is a plan item as the API shows it.
type PlanItem struct {
	models.PlanItem
	Overdue bool
	Known   *models.Account // its account, when it was read along
}

// Day is care.Day, with what is left over told apart from what is planned.
type Day struct {
	Day, Today civil.Date
	LeftOver   []PlanItem
	Items      []PlanItem
}

// PlannedDay is care.PlannedDay.
type PlannedDay struct {
	care.PlannedDay
	Items []PlanItem
}

// Weeks is care.Weeks.
type Weeks struct {
	UserID id.ID
	Days   []PlannedDay
	Shed   []care.ShedDemand
}

// ItemOf is an item on its own.
func ItemOf(i models.PlanItem, today civil.Date) PlanItem {
	return PlanItem{PlanItem: i, Overdue: care.Overdue(i, today)}
}

// ItemsOf are items of one account.
func ItemsOf(rows []models.PlanItem, account *models.Account, today civil.Date) []PlanItem {
	out := make([]PlanItem, 0, len(rows))
	for _, i := range rows {
		item := ItemOf(i, today)
		item.Known = account
		out = append(out, item)
	}
	return out
}

// DayOf shows a day.
func DayOf(d care.Day, today civil.Date) Day {
	out := Day{Day: d.Day, Today: today}
	for _, row := range d.Items {
		if row.Leftover {
			out.LeftOver = append(out.LeftOver, known(row))
			continue
		}
		out.Items = append(out.Items, known(row))
	}
	return out
}

// WeeksOf shows a stretch of a plan.
func WeeksOf(w care.Weeks) Weeks {
	out := Weeks{UserID: w.UserID, Shed: w.Shed}
	for _, d := range w.Days {
		day := PlannedDay{PlannedDay: d}
		for _, row := range d.Items {
			day.Items = append(day.Items, known(row))
		}
		out.Days = append(out.Days, day)
	}
	return out
}

func known(row care.DayItem) PlanItem {
	return PlanItem{PlanItem: row.Item, Overdue: row.Overdue, Known: &row.Account}
}
