package demo

import (
	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// measured writes on contacts and cases what the company's numbers are reckoned from: how long after the one before a contact
// came and what was due then, and the first contact after a case was opened.
func (m *maker) measured(l *life) {
	var last *civil.Date
	for i := range l.logs {
		log := &l.logs[i].Log
		if !log.Outcome.Touches(log.Kind) {
			continue
		}
		log.DueEvery = m.dueEvery(l, log.Day)
		if last != nil {
			log.SinceLast = ptr(int(log.Day - *last))
		}
		last = ptr(log.Day)
		m.planned(l, log)
		for _, c := range l.cases {
			if c.Case.ContactedAt == nil && !log.StartedAt.Before(c.Case.CreatedAt) {
				c.Case.ContactedAt = ptr(log.StartedAt)
			}
		}
	}
}

// planned gives most contacts of this month and the one before the plan item that they closed: attainment is reckoned from it.
func (m *maker) planned(l *life, log *models.ContactLog) {
	year, month, _ := m.today.YMD()
	if log.Day < civil.Of(year, month-1, 1) || log.ByRole != cadence.Rep || m.chance(0.06) {
		return
	}
	made := m.at(log.Day-m.days(2, 6), 3*60)
	local := log.StartedAt.In(zone)
	i := models.PlanItem{
		ID: m.key(made), AccountID: log.AccountID, RepID: log.UserID, DemandKey: log.Fulfils, Kind: log.Kind, Status: models.ItemDone, Source: models.FromPlanner,
		Day: log.Day, StartMin: (local.Hour()*60 + local.Minute()) / 5 * 5, Minutes: m.policy.Minutes[log.Kind],
		EarliestOn: log.Day - 1, DueOn: log.Day - m.days(0, 1), LatestOn: log.Day + 2, Priority: 45, By: cadence.Rep, Script: "ROUTINE",
		ClosedAt: log.EndedAt, DoneBy: &log.UserID, DoneOn: &log.Day, CreatedAt: made, UpdatedAt: log.CreatedAt,
	}
	if i.Kind == cadence.HomeVisit {
		i.Travel = m.between(4, 15)
	}
	log.ItemID = ptr(i.ID)
	m.book.Items = append(m.book.Items, i)
}

// ladderGap is how far the phases of a new account are apart, at most (D2).
const ladderGap = 7

// dueEvery is how often the account had to hear of somebody on a day; 0 while it was worked as a case.
func (m *maker) dueEvery(l *life, day civil.Date) int {
	for _, s := range l.stops {
		if s.holds(day) {
			return 0
		}
	}
	every, _ := m.pace(l, day)
	phases := m.policy.Onboarding
	if l.story != old && len(l.purchases) > 0 && !heldBack(l, day) && day <= l.purchases[0].Day+civil.Date(phases[len(phases)-1].Day) && day > l.purchases[0].Day {
		return ladderGap
	}
	return least(every)
}

func least(r cadence.Rhythm) int {
	if r.CallEvery > 0 && (r.VisitEvery == 0 || r.CallEvery < r.VisitEvery) {
		return r.CallEvery
	}
	return r.VisitEvery
}

// odd marks a contact to be looked at (story 16).
func (m *maker) odd(log *Log, flag, answer string) {
	log.Log.Review = flag
	r := Review{Answer: answer, Review: models.Review{
		LogID: log.Log.ID, AccountID: log.Log.AccountID, UserID: log.Log.UserID, Day: log.Log.Day, Open: true, CreatedAt: log.Log.CreatedAt,
	}}
	if answer != "" {
		r.Review.AnsweredAt = ptr(m.at(log.Log.Day, 20*60))
	}
	m.book.Reviews = append(m.book.Reviews, r)
}
