package care

import (
	"encoding/binary"

	"huifang/cadence"
	"huifang/civil"
	"huifang/forecast"
	"huifang/id"
	"huifang/models"
)

// historyOf is what the forecast sees of an account: its purchases less those given back whole.
func historyOf(b *models.RepBook, account id.ID) forecast.History {
	back := wholeReturns(b.Returns[account])
	var h forecast.History
	for _, p := range b.Purchases[account] {
		if !back[p.ID] {
			h.Purchases = append(h.Purchases, forecast.Purchase{Day: p.Day, Supply: p.SupplyDays})
		}
	}
	return h
}

func wholeReturns(returns []models.Return) map[id.ID]bool {
	back := map[id.ID]bool{}
	for _, r := range returns {
		back[r.PurchaseID] = back[r.PurchaseID] || r.Whole
	}
	return back
}

// overrideOf is the rep's last word on the next purchase, nil when there is none.
func overrideOf(overrides []models.Override) *forecast.Override {
	if len(overrides) == 0 {
		return nil
	}
	o := overrides[len(overrides)-1]
	return &forecast.Override{
		Horizon: forecast.Horizon(o.Horizon),
		On:      o.OnDay,
		Reason:  o.Reason,
		Given:   o.GivenOn,
		Until:   o.UntilDay,
	}
}

// factsOf is what the care rules see of an account. Written is the day its row was made: nobody could have been in touch
// by this system before, so a list imported today is not a year overdue.
func factsOf(b *models.RepBook, a models.Account, p models.Projection, today, written civil.Date) cadence.Facts {
	f := cadence.Facts{
		Since:        max(a.Since, written),
		Spread:       1 + int(binary.BigEndian.Uint16(a.ID[14:])),
		Service:      a.Service,
		Horizon:      cadence.Horizon(p.Horizon),
		NextPurchase: p.Expected,
		Lifecycle:    a.Lifecycle,
		Activity:     a.Activity,
		Tier:         a.Tier,
		Grade:        a.Grade,
		Frail:        a.Frail,
		Purchases:    purchaseFacts(b, a.ID),
		Returns:      returnFacts(b, a.ID),
		Contacts:     contactFacts(b.Logs[a.ID]),
		Pauses:       pauseFacts(b.Pauses[a.ID]),
		OptOuts:      optOutFacts(a.OptOuts),
		Dates:        dateFacts(b, a.ID),
		Planned:      plannedFacts(b, a.ID, today),
		Skipped:      skipFacts(b.Items[a.ID]),
	}
	caseFacts(&f, b, a.ID)
	return f
}

// purchaseFacts leaves out what was given back whole once that matter is settled: it no longer is a purchase.
func purchaseFacts(b *models.RepBook, account id.ID) []cadence.Purchase {
	gone := map[id.ID]bool{}
	for _, r := range b.Returns[account] {
		gone[r.PurchaseID] = gone[r.PurchaseID] || r.Whole && settledOn(b.Cases[account], r) != nil
	}
	var out []cadence.Purchase
	for _, p := range b.Purchases[account] {
		if !gone[p.ID] {
			out = append(out, cadence.Purchase{ID: p.ID.String(), Day: p.Day})
		}
	}
	return out
}

func returnFacts(b *models.RepBook, account id.ID) []cadence.Return {
	var out []cadence.Return
	for _, r := range b.Returns[account] {
		out = append(out, cadence.Return{PurchaseID: r.PurchaseID.String(), Day: r.Day, Settled: settledOn(b.Cases[account], r)})
	}
	return out
}

// settledOn is the day the case about a return ended; a return without a case was settled when it came.
func settledOn(cases []models.Case, r models.Return) *civil.Date {
	if r.CaseID == nil {
		return &r.Day
	}
	for _, c := range cases {
		if c.ID == *r.CaseID {
			return c.ClosedOn
		}
	}
	return &r.Day
}

func contactFacts(logs []models.ContactLog) []cadence.Contact {
	out := make([]cadence.Contact, 0, len(logs))
	for _, l := range logs {
		out = append(out, cadence.Contact{
			ID: l.ID.String(), Day: l.Day, Kind: l.Kind, Outcome: l.Outcome, By: l.ByRole, Fulfils: l.Fulfils,
		})
	}
	return out
}

func pauseFacts(pauses []models.Pause) []cadence.Pause {
	var out []cadence.Pause
	for _, p := range pauses {
		out = append(out, cadence.Pause{Span: civil.Span{From: p.FromDay, To: p.ToDay}})
	}
	return out
}

func optOutFacts(optOuts []models.OptOut) []cadence.OptOut {
	var out []cadence.OptOut
	for _, o := range optOuts {
		out = append(out, cadence.OptOut{Kind: cadence.Kind(o.Kind), Span: civil.Span{From: o.From, To: o.To}})
	}
	return out
}

func dateFacts(b *models.RepBook, account id.ID) []cadence.SpecialDate {
	var out []cadence.SpecialDate
	for _, d := range b.Dates[account] {
		s := cadence.SpecialDate{
			ID: d.ID.String(), Occasion: d.Occasion, Calendar: d.Calendar, Month: d.Month, Day: d.Day, Leap: d.Leap,
		}
		if d.MemberID != nil {
			s.Who = b.Names[*d.MemberID]
		}
		out = append(out, s)
	}
	return out
}

// plannedFacts are the contacts a person fixed. One whose day has passed is still ahead of us.
func plannedFacts(b *models.RepBook, account id.ID, today civil.Date) []cadence.Planned {
	var out []cadence.Planned
	for _, i := range b.Items[account] {
		if i.Held() {
			out = append(out, cadence.Planned{
				ID: i.ID.String(), Key: i.DemandKey, Kind: i.Kind, Day: max(i.Day, today), Case: servedBy(b, i),
			})
		}
	}
	return out
}

// servedBy are how the keys of the case's demands begin that a contact was made for.
func servedBy(b *models.RepBook, i models.PlanItem) []string {
	for _, c := range b.Cases[i.AccountID] {
		if i.CaseID != nil && c.ID == *i.CaseID {
			return demandsOf(c, b.Returns[i.AccountID])
		}
	}
	return nil
}

// skipFacts are the planned contacts a person cancelled without another day: they must not come back the next minute.
func skipFacts(items []models.PlanItem) []cadence.Skip {
	var out []cadence.Skip
	for _, i := range items {
		if i.Skipped() {
			out = append(out, cadence.Skip{Key: i.DemandKey, Day: i.Day})
		}
	}
	return out
}

func caseFacts(f *cadence.Facts, b *models.RepBook, account id.ID) {
	for _, c := range b.Cases[account] {
		switch {
		case c.Kind == models.ReturnCase && c.PurchaseID == nil:
			// Opened by hand: the goods are not back yet, but the ladder is held all the same (D2).
			f.Returns = append(f.Returns, cadence.Return{PurchaseID: c.ID.String(), Day: c.OpenedOn, Settled: c.ClosedOn})
		case c.Kind == models.ComplaintCase:
			f.Complaints = append(f.Complaints, cadence.Complaint{ID: c.ID.String(), Day: c.OpenedOn, Settled: c.ClosedOn})
		case c.Kind == models.ReactionCase:
			f.Reactions = append(f.Reactions, cadence.Reaction{Day: c.OpenedOn, Settled: c.ClosedOn})
		case c.Status != models.CaseOpen:
		case c.Kind == models.StopCase:
			f.Stop = stopFacts(c, b.Steps[account])
		case c.Kind == models.WinBackCase:
			f.WinBack = &cadence.WinBack{ID: c.ID.String(), OpenedOn: c.OpenedOn, Deadline: c.DueOn}
		}
	}
}

func stopFacts(c models.Case, steps []models.CaseStep) *cadence.Stop {
	s := &cadence.Stop{ID: c.ID.String(), Cause: c.Cause, OpenedOn: c.OpenedOn}
	for _, step := range steps {
		switch {
		case step.CaseID != c.ID:
		case step.Kind == models.StepSelfReview:
			s.SelfReviewOn = step.DoneOn
		case step.Kind == models.StepAgree:
			s.AgreedOn = step.DoneOn
		}
	}
	return s
}
