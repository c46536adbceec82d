package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// addLogs spreads the contacts of an account over the year, each as long after the one before as it was: the last one
// leaves most accounts in touch, some near the edge and one in sixteen neglected.
func (c *company) addLogs() {
	each := logs / accounts
	for n := range c.people {
		a := &c.people[n]
		last := c.lastContact(a)
		days := make([]civil.Date, each)
		for i := range days {
			days[i] = last - civil.Date(c.rand.IntN(historyDays-40))
		}
		days[0] = last
		slices.Sort(days)
		for i, day := range days {
			c.addLog(a, day, days[max(i-1, 0)], i > 0)
		}
		c.touch(a, last)
	}
}

func (c *company) lastContact(a *models.Account) civil.Date {
	ago := c.rand.IntN(a.ContactEvery + 1)
	if c.one(16) {
		ago = 2*a.ContactEvery + 2 + c.rand.IntN(20)
	}
	return today() - civil.Date(ago)
}

// touch writes what the rules say of the last contact: see cadence.Touch.
func (c *company) touch(a *models.Account, last civil.Date) {
	until := last + civil.Date(a.ContactEvery)
	a.LastContactOn, a.InTouchUntil = &last, &until
	a.NeglectedOn = ptr(last + civil.Date((3*a.ContactEvery+1)/2) + 1)
	if a.NextDueOn == nil {
		a.NextDueOn = ptr(max(until, today()))
	}
}

func (c *company) addLog(a *models.Account, day, before civil.Date, follows bool) {
	at := c.at(day)
	l := models.ContactLog{ID: c.key(at), AccountID: a.ID, UserID: a.RepID, ByRole: cadence.Rep, Day: day, StartedAt: at,
		Kind: cadence.Call, Outcome: cadence.Talked, EndedAt: ptr(at.Add(8 * time.Minute)), CreatedAt: at.Add(10 * time.Minute)}
	if c.one(4) {
		l.Kind, l.Outcome, l.EndedAt = cadence.HomeVisit, cadence.Met, ptr(at.Add(40*time.Minute))
	}
	if c.one(12) && !follows {
		l.Outcome = cadence.NoAnswer
	}
	if follows {
		l.SinceLast, l.DueEvery = ptr(int(day-before)), a.ContactEvery
	}
	if c.one(300) {
		l.Review = pick(c, []string{"FAR_FROM_HOME", "TOO_SHORT", "COPIED_NOTE", "AFTER_HANDOVER,ITEM_CLOSED"})
		c.addReview(l)
	}
	if c.one(80) {
		l.Took = []models.Took{pick(c, []models.Took{models.TookRepurchase, models.TookReferral})}
	}
	c.logs = append(c.logs, l)
}

// addReview leaves open what is younger than two months.
func (c *company) addReview(l models.ContactLog) {
	r := models.Review{LogID: l.ID, AccountID: l.AccountID, UserID: l.UserID, Day: l.Day, Open: l.Day > today()-60, CreatedAt: l.CreatedAt}
	if !r.Open {
		r.Verdict, r.SettledAt, r.SettledBy = models.VerdictFine, &l.CreatedAt, &c.manager.ID
	}
	c.reviews = append(c.reviews, r)
}

// addItems makes the plan of the month: behind today most are done, some cancelled, dropped or missed; ahead they are open.
func (c *company) addItems() {
	first, last := monthOf(today())
	for n := range items {
		a := &c.people[n%accounts]
		day := first + civil.Date(c.rand.IntN(int(last-first)+1))
		i := models.PlanItem{ID: c.key(c.at(first)), AccountID: a.ID, RepID: a.RepID, DemandKey: fmt.Sprintf("rhythm:CALL:since:%d", n),
			Kind: cadence.Call, Status: models.ItemOpen, Source: models.FromPlanner, Day: day, StartMin: 9*60 + c.rand.IntN(8)*60,
			Seq: 1 + c.rand.IntN(12), Minutes: 10, Travel: 5, EarliestOn: day - 2, DueOn: day, LatestOn: day + 2, Priority: 20 + c.rand.IntN(60),
			By: cadence.Rep, Script: "ROUTINE", CreatedAt: c.at(first), UpdatedAt: c.at(first)}
		if c.one(4) {
			i.Kind, i.Minutes, i.Travel = cadence.HomeVisit, 45, 20
		}
		c.outcome(&i)
		c.items = append(c.items, i)
		if i.IsOpen() && (a.NextDueOn == nil || i.DueOn < *a.NextDueOn) {
			a.NextDueOn = &i.DueOn
		}
	}
}

func (c *company) outcome(i *models.PlanItem) {
	if i.Day > today() || i.Day == today() && c.one(2) {
		return
	}
	closed := c.at(i.Day)
	switch at := c.rand.IntN(100); {
	case at < 84:
		i.Status, i.DoneBy, i.DoneOn, i.ClosedAt = models.ItemDone, &i.RepID, ptr(i.Day), &closed
	case at < 90:
		i.Status, i.ClosedAt, i.ClosedWhy = models.ItemCancelled, &closed, "客户出差"
	case at < 95:
		i.Status, i.ClosedAt = models.ItemDropped, &closed
	}
}

// monthOf is the month of a day, its first and its last day.
func monthOf(day civil.Date) (first, last civil.Date) {
	y, m, _ := day.YMD()
	first = civil.Of(y, m, 1)
	return first, first.AddMonths(1) - 1
}

// addShed gives one rep in ten more than the plan holds.
func (c *company) addShed() {
	for n, rep := range c.reps() {
		if n%10 > 0 {
			continue
		}
		for rank := range 4 + c.rand.IntN(12) {
			a := c.people[n*accounts/reps+c.rand.IntN(accounts/reps)]
			c.shed = append(c.shed, models.ShedItem{ID: c.key(now()), RepID: rep.ID, AccountID: a.ID,
				DemandKey: fmt.Sprintf("shed:%d:%d", n, rank), Rank: rank + 1, Kind: cadence.HomeVisit, DueOn: today() + civil.Date(rank),
				Priority: 60 - rank, Why: "NO_ROOM"})
		}
	}
}

// addCases opens a case for one account in forty over the year; two in five are open still.
func (c *company) addCases() {
	kinds := []models.CaseKind{models.StopCase, models.StopCase, models.ReturnCase, models.ReactionCase, models.WinBackCase, "COMPLAINT"}
	for n := 0; n < accounts; n += 40 {
		a := c.people[n+c.rand.IntN(40)]
		opened := today() - civil.Date(c.rand.IntN(300))
		k := models.Case{ID: c.key(c.at(opened)), AccountID: a.ID, Kind: pick(c, kinds), Status: models.CaseOpen, OwnerID: a.RepID,
			OpenedOn: opened, DueOn: opened + 30, CreatedBy: a.RepID, CreatedAt: c.at(opened), UpdatedAt: c.at(opened)}
		if k.Kind == models.StopCase {
			k.Cause = pick(c, cadence.AllStopCauses())
		}
		if c.one(2) {
			k.ContactedAt = ptr(c.at(opened + 1))
		}
		if opened < today()-60 || c.one(5) {
			k.Status = pick(c, []models.CaseStatus{models.CaseWonBack, models.CaseGivenUp})
			k.ClosedOn, k.CloseWhy = ptr(min(opened+20, today())), "谈妥"
		}
		c.cases = append(c.cases, k)
		c.addSteps(k)
	}
}

func (c *company) addSteps(k models.Case) {
	for n, kind := range []models.StepKind{models.StepVisit, models.StepDecide} {
		step := models.CaseStep{ID: c.key(k.CreatedAt), CaseID: k.ID, Seq: n + 1, Kind: kind, DueOn: k.OpenedOn + civil.Date(3+27*n)}
		if k.Status != models.CaseOpen || n == 0 && k.ContactedAt != nil {
			step.DoneOn, step.DoneBy = ptr(step.DueOn), &k.OwnerID
		}
		c.steps = append(c.steps, step)
	}
}

// addAbsences gives one rep in eight days off about today; a colleague stands in for half of them.
func (c *company) addAbsences() {
	for n, rep := range c.reps() {
		if n%8 > 0 {
			continue
		}
		from := today() + civil.Date(c.rand.IntN(12)-4)
		l := models.Leave{ID: c.key(now()), UserID: rep.ID, FromDay: from, ToDay: from + 4, Reason: "年假", Granted: true,
			CreatedBy: c.manager.ID, CreatedAt: c.at(today() - 20)}
		c.leaves = append(c.leaves, l)
		if n%16 > 0 {
			continue
		}
		for _, a := range c.people[n*accounts/reps : (n+1)*accounts/reps] {
			c.covers = append(c.covers, models.Cover{ID: c.key(now()), AccountID: a.ID, RepID: c.reps()[n+1].ID, OwnerID: &rep.ID, LeaveID: &l.ID,
				FromDay: l.FromDay - 2, ToDay: l.ToDay + 2, WorkFrom: ptr(l.FromDay), WorkTo: ptr(l.ToDay), Reason: "年假",
				CreatedBy: c.manager.ID, CreatedAt: c.at(today() - 10)})
		}
	}
}

// addDevices gives every rep a phone, one in five a second one put away; one in fifteen was not heard for days.
func (c *company) addDevices() {
	for _, rep := range c.reps() {
		seen := now().Add(-time.Duration(c.rand.IntN(600)) * time.Minute)
		var waiting []int
		if c.one(15) {
			seen, waiting = seen.AddDate(0, 0, -4-c.rand.IntN(10)), []int{41, 42}
		}
		c.devices = append(c.devices, models.Device{UserID: rep.ID, ID: c.key(c.years(1)), Name: "Android", App: "1", CreatedAt: c.years(1), SeenAt: seen, Waiting: waiting})
		if c.one(5) {
			c.devices = append(c.devices, models.Device{UserID: rep.ID, ID: c.key(c.years(1)), Name: "iPhone", App: "1", CreatedAt: c.years(2), SeenAt: c.years(1)})
		}
	}
}

// addOverrides puts a word against the forecast of one account in twenty-five.
func (c *company) addOverrides() {
	for n := 0; n < accounts; n += 25 {
		a := c.people[n+c.rand.IntN(25)]
		given := today() - civil.Date(c.rand.IntN(30))
		o := models.Override{ID: c.key(c.at(given)), AccountID: a.ID, Horizon: string(cadence.Later), Reason: "家里还有三盒，五月以后再说",
			GivenOn: given, UntilDay: given + 60, CreatedBy: a.RepID, CreatedAt: c.at(given)}
		if c.one(20) {
			o.Reason = strings.Repeat("。", 1+c.rand.IntN(4))
		}
		if a.ExpectedOn != nil && c.one(30) {
			o.OnDay = ptr(*a.ExpectedOn + 90)
		}
		c.overrides = append(c.overrides, o)
	}
}
