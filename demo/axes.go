package demo

import (
	"slices"
	"strconv"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/standing"
)

// boughtSince is what a life bought from a day on, as value tiers look at it.
func boughtSince(l *life, from, to civil.Date) standing.Bought {
	var b standing.Bought
	whole, back := map[id.ID]bool{}, map[id.ID]models.Fen{}
	for _, r := range l.returns {
		whole[r.PurchaseID] = whole[r.PurchaseID] || r.Whole
		back[r.PurchaseID] += r.Amount
	}
	for _, p := range l.purchases {
		if p.Day < from || p.Day > to || whole[p.ID] {
			continue
		}
		b.Times, b.Spent, b.Last = b.Times+1, b.Spent+int64(p.Amount-back[p.ID]), max(b.Last, p.Day)
	}
	return b
}

// tiers are those of the night before: by the fifths of the buyers (D12), with the moves of the month.
func (m *maker) tiers() {
	now, cuts := m.tiersOn(m.today)
	before, _ := m.tiersOn(m.today - 30)
	rule := standing.DefaultTierRule()
	m.book.Cuts = []models.TierCuts{{Day: m.today, Months: rule.Months, Cuts: cuts, CreatedAt: m.at(m.today, nightly)}}
	for _, l := range m.lives {
		a := &l.person.Account
		a.Tier = string(now[l])
		if was := before[l]; was != "" && was != now[l] {
			b := boughtSince(l, rule.From(m.today), m.today)
			_, scores := rule.Of(b, cuts, m.today)
			day := m.today - civil.Date(1+int(a.ID[15])%28)
			m.change(a.ID, day, models.StandingChange{
				Axis: standing.Value, FromValue: string(was), ToValue: a.Tier, Cause: models.CauseRanks, Basis: rule.Basis(b, scores),
			})
		}
	}
}

// nightly is the minute at which the program rates and plans.
const nightly = 2 * 60

// tiersOn are the tiers of all who had bought by a day.
func (m *maker) tiersOn(day civil.Date) (map[*life]standing.Tier, standing.Cuts) {
	rule := standing.DefaultTierRule()
	var all []standing.Bought
	for _, l := range m.lives {
		if b := boughtSince(l, rule.From(day), day); b.Times > 0 {
			all = append(all, b)
		}
	}
	cuts := standing.CutsOf(all, day)
	out := map[*life]standing.Tier{}
	for _, l := range m.lives {
		if boughtSince(l, 0, day).Times > 0 {
			out[l], _ = rule.Of(boughtSince(l, rule.From(day), day), cuts, day)
		}
	}
	return out, cuts
}

// grades follow from recorded behaviour (D1); of some the last rung still waits for the supervisor.
func (m *maker) grades() {
	rule := standing.DefaultGradeRule()
	evidence := map[id.ID]standing.Evidence{}
	for _, l := range m.lives {
		a := &l.person.Account
		if a.ReferredBy == nil {
			continue
		}
		e := evidence[*a.ReferredBy]
		e.Referrals++
		if a.Purchases > 0 {
			e.Closed++
		}
		evidence[*a.ReferredBy] = e
	}
	for n, l := range m.lives {
		a := &l.person.Account
		e := evidence[a.ID]
		e.Repurchases, e.Events = max(0, a.Purchases-1), l.events
		a.Grade = rule.Of(e)
		if a.Grade == 0 {
			continue
		}
		below := 0
		for _, rung := range rule {
			if rung.Grade < a.Grade {
				below = rung.Grade
			}
		}
		if n%17 == 3 {
			m.proposal(l, below, e)
			continue
		}
		day := m.today - civil.Date(5+int(a.ID[15])%90)
		by := l.rep.leader
		m.change(a.ID, max(day, a.Since), models.StandingChange{
			Axis: standing.Grade, FromValue: strconv.Itoa(below), ToValue: strconv.Itoa(a.Grade), Cause: models.CauseConfirmed, Basis: e.Basis(), MadeBy: &by,
		})
	}
}

// proposal is a grade that waits: of the rule, now and then of the rep.
func (m *maker) proposal(l *life, below int, e standing.Evidence) {
	a := &l.person.Account
	at := m.at(m.today-civil.Date(1+int(a.ID[15])%6), nightly)
	p := models.GradeProposal{ID: m.key(at), AccountID: a.ID, FromGrade: below, ToGrade: a.Grade, Evidence: e, Status: models.ProposalOpen, CreatedAt: at}
	if a.ID[14]%4 == 0 {
		by := l.rep.user
		p.ProposedBy, p.Why = &by, "常帮我们招呼新来的会员，也愿意现身说法"
	}
	a.Grade = below
	m.book.Proposals = append(m.book.Proposals, p)
}

// moves are those of the last year on the axes that follow from the days of orders (D13, D14).
func (m *maker) moves(l *life) {
	whole := map[id.ID]bool{}
	for _, r := range l.returns {
		whole[r.PurchaseID] = whole[r.PurchaseID] || r.Whole
	}
	var days []civil.Date
	for _, p := range l.purchases {
		if !whole[p.ID] {
			days = append(days, p.Day)
		}
	}
	if len(days) == 0 {
		return
	}
	const step = 7
	from := max(l.person.Account.Since, m.today-360)
	for last := from; last+step <= m.today; last += step {
		if m.stand(days, last) == m.stand(days, last+step) {
			continue
		}
		for day := last + 1; day <= last+step; day++ {
			m.moved(l, days, day)
		}
	}
}

// stand is where orders put an account on a day.
func (m *maker) stand(days []civil.Date, day civil.Date) [2]string {
	return [2]string{string(m.policy.LifecycleOf(days, day)), string(m.policy.ActivityOf(days, day))}
}

func (m *maker) moved(l *life, days []civil.Date, day civil.Date) {
	before, now := m.stand(days, day-1), m.stand(days, day)
	if before == now {
		return
	}
	by, cause := daysUntil(days, day), models.CauseTime
	if by[len(by)-1] == day {
		cause = models.CauseBought
	}
	rule := m.policy.Activity
	for axis, c := range []models.StandingChange{
		{Axis: standing.Lifecycle, Basis: standing.LifecycleBasis(cadence.Lifecycle(now[0]), by, rule)},
		{Axis: standing.Activity, Basis: standing.ActivityBasis(cadence.Activity(now[1]), by, rule)},
	} {
		if c.FromValue, c.ToValue, c.Cause = before[axis], now[axis], cause; c.FromValue != c.ToValue {
			m.change(l.person.Account.ID, day, c)
		}
	}
}

// daysUntil are the days up to one, of days in order.
func daysUntil(days []civil.Date, day civil.Date) []civil.Date {
	n, found := slices.BinarySearch(days, day)
	for found && n < len(days) && days[n] == day {
		n++
	}
	return days[:n]
}

// change keeps a move of the night of a day.
func (m *maker) change(account id.ID, day civil.Date, c models.StandingChange) {
	at := m.at(day, nightly)
	if c.MadeBy != nil {
		at = at.Add(8 * time.Hour)
	}
	c.ID, c.AccountID, c.Day, c.CreatedAt = m.key(at), account, day, at
	m.book.Changes = append(m.book.Changes, c)
}
