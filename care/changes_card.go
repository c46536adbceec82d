package care

import (
	"huifang/cadence"
	"huifang/civil"
	"huifang/forecast"
	"huifang/models"
)

// AccountCard is an account as a device keeps it: all of its file but health (D10), which is asked for by itself.
type AccountCard struct {
	Account    models.Account
	Pinyin     string
	RepName    string
	Projection *models.Projection // nil before the first forecast
	Evidence   []forecast.Evidence
	Override   *models.Override // the rep's word in force, nil when there is none
	Members    []models.Member
	Dates      []models.AccountDate
	NextDates  []civil.Date // of Dates, in the solar calendar
	Tags       []string
	Pauses     []models.Pause // of the account and of its area, now or to come
	Purchases  []PurchaseCard // the latest first
	Handovers  []models.Assignment
	Brief      *HandoverBrief // of the last handover, while it was to the viewer
	StandIn    *StandIn       // nil: the viewer does not stand in for who cares
}

// StandIn is the days of which the contacts of an account are the viewer's, who does not hold it.
type StandIn struct{ From, To civil.Date }

// PurchaseCard is an order with what was bought and what came back.
type PurchaseCard struct {
	Purchase models.Purchase
	Lines    []models.PurchaseLine
	Returns  []models.Return
}

func cardOf(c models.Cards, head models.CardHead, today civil.Date) (AccountCard, error) {
	a := head.Account
	card := AccountCard{
		Account: a, Pinyin: a.Pinyin, RepName: head.RepName, Members: c.Members[a.ID], Dates: c.Dates[a.ID],
		Pauses: c.Pauses[a.ID], Handovers: c.Assignments[a.ID],
	}
	for _, t := range c.Tags[a.ID] {
		card.Tags = append(card.Tags, t.Tag)
	}
	for _, d := range card.Dates {
		card.NextDates = append(card.NextDates, nextDate(d, today))
	}
	for _, p := range c.Purchases[a.ID] {
		card.Purchases = append(card.Purchases, PurchaseCard{p, c.Lines[p.ID], c.Returns[p.ID]})
	}
	if o, ok := c.Overrides[a.ID]; ok {
		card.Override = &o
	}
	if own, ok := c.StandsIn[a.ID]; ok {
		from, to := own.Days()
		card.StandIn = &StandIn{from, to}
	}
	p, ok := c.Projections[a.ID]
	if !ok {
		return card, nil
	}
	card.Projection = &p
	var err error
	card.Evidence, err = Evidence(p)
	return card, err
}

// nextDate is the next day of a special date, today included; the last day there is for one that never comes again.
func nextDate(d models.AccountDate, today civil.Date) civil.Date {
	s := cadence.SpecialDate{Calendar: d.Calendar, Month: d.Month, Day: d.Day, Leap: d.Leap}
	if next, ok := s.Next(today); ok {
		return next
	}
	return civil.Of(9999, 12, 31)
}
