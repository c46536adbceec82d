package demo

import (
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// standing writes on every account what its story adds up to.
func (m *maker) standing() {
	for _, l := range m.lives {
		m.bought(l)
		m.touched(l)
		m.service(l)
		m.word(l)
	}
	m.tiers()
	m.grades()
	for _, l := range m.lives {
		m.tags(l)
	}
	for _, c := range m.carers {
		m.appointments(c)
		m.cover(c)
	}
	m.desks()
	for _, l := range m.lives {
		m.measured(l)
		m.moves(l)
	}
}

// bought counts the orders that stand: not those given back whole.
func (m *maker) bought(l *life) {
	a := &l.person.Account
	back := map[[16]byte]bool{}
	for _, r := range l.returns {
		back[r.PurchaseID] = r.Whole
		a.Spent -= r.Amount
	}
	var days []civil.Date
	for _, p := range l.purchases {
		a.Spent += p.Amount
		if !back[p.ID] {
			a.Purchases++
			a.LastPurchaseOn = ptr(p.Day)
			days = append(days, p.Day)
		}
	}
	a.Activity = m.policy.ActivityOf(days, m.today)
	a.Lifecycle = m.policy.LifecycleOf(days, m.today)
}

func (m *maker) touched(l *life) {
	a := &l.person.Account
	for _, log := range l.logs {
		if !log.Log.Outcome.Reached() {
			continue
		}
		a.LastContactOn = ptr(log.Log.Day)
		if log.Log.Kind == cadence.HomeVisit {
			a.LastVisitOn = ptr(log.Log.Day)
		}
		a.UpdatedAt = log.Log.CreatedAt
	}
}

// service: stopped while a stop case is open, and after it was given up.
func (m *maker) service(l *life) {
	a := &l.person.Account
	if a.Purchases > 0 {
		a.Service = cadence.OnProduct
	}
	for _, c := range l.cases {
		switch {
		case c.Case.Kind == models.StopCase && c.Case.Status != models.CaseWonBack:
			a.Service, a.StopCause = cadence.Stopped, c.Case.Cause
		case c.Case.Status == models.CaseGivenUp:
			a.Service = cadence.Stopped
		}
	}
}

// word is the customer's own word on the next purchase, or the rep's.
func (m *maker) word(l *life) {
	a := &l.person.Account
	if a.Service != cadence.OnProduct {
		return
	}
	if m.chance(0.06) {
		a.ExpectedNextOn = ptr(m.today + m.days(3, 80))
	}
	if !m.chance(0.02) || a.LastPurchaseOn == nil {
		return
	}
	given := max(*a.LastPurchaseOn+1, m.today-m.days(1, 25))
	if given >= m.today {
		return
	}
	at := m.moment(given)
	m.book.Overrides = append(m.book.Overrides, models.Override{
		ID: m.key(at), AccountID: a.ID, Horizon: string(draw(m.dice, []weighted[cadence.Horizon]{{3, cadence.ThisMonth}, {2, cadence.WithinTwo}, {2, cadence.Later}})),
		Reason:  pick(m.dice, []string{"顾客说等活动再买", "女儿月底来付款", "家里还有存货", "刚做完手术，暂缓", "要和老伴一起买双份"}),
		GivenOn: given, UntilDay: given + m.days(30, 60), CreatedBy: l.rep.user, CreatedAt: at,
	})
}

func (m *maker) tags(l *life) {
	a := &l.person.Account
	tags := map[string]bool{
		"重点客户":   a.Tier == "A" && m.chance(0.4),
		"独居":     l.group == elder && len(l.members) == 0,
		"行动不便":   a.Frail,
		"转介绍达人":  l.brought >= 2,
		"宝妈":     l.group == parent && a.Sex == models.Female,
		"孕期":     l.group == parent && a.Sex == models.Female && m.chance(0.06),
		"活动积极":   l.events >= 2,
		"价格敏感":   m.chance(0.08),
		"子女反对":   l.group == elder && m.chance(0.05),
		"只加微信":   l.group != elder && m.chance(0.1),
		"关注新品":   m.chance(0.07),
		"需送货上门":  l.group == elder && m.chance(0.09),
		"三高":     l.group == elder && m.chance(0.15),
		"会说方言":   l.group == elder && m.chance(0.06),
		"续购要家人定": m.chance(0.05),
	}
	for _, tag := range slices.Sorted(mapKeys(tags)) {
		m.book.Tags = append(m.book.Tags, models.AccountTag{AccountID: a.ID, Tag: tag})
	}
}

// appointments are a few dates customers asked for in the days to come.
func (m *maker) appointments(c *carer) {
	wanted := m.between(1, 3)
	for range 60 {
		l := pick(m.dice, c.held)
		day := m.today + m.days(0, 6)
		a := &l.person.Account
		if l.rep != c || a.Service != cadence.OnProduct || len(l.pauses)+len(a.OptOuts) > 0 || !m.works(c, day) || l.booked {
			continue
		}
		l.booked = true
		m.appointment(c, l, day, 9*60+30+wanted*95)
		if wanted--; wanted == 0 {
			return
		}
	}
}

func (m *maker) appointment(c *carer, l *life, day civil.Date, minute int) {
	if minute > 11*60+20 && minute < 13*60+30 {
		minute = 14 * 60
	}
	at := m.moment(m.today - 1)
	a := &l.person.Account
	minutes := m.policy.Minutes[cadence.HomeVisit]
	if a.Frail {
		minutes += m.policy.FrailMinutes
	}
	why := pick(m.dice, []string{"顾客约定，家人也在", "约好带血糖仪过去", "约好一起看体检报告", "送预订的产品", "约好见女儿"})
	m.book.Items = append(m.book.Items, models.PlanItem{
		ID: m.key(at), AccountID: a.ID, RepID: c.user, Kind: cadence.HomeVisit, Status: models.ItemOpen, Source: models.FromPerson,
		Day: day, StartMin: minute / 5 * 5, Minutes: minutes, AtFixed: true, Pinned: true,
		EarliestOn: day, DueOn: day, LatestOn: day, Priority: 90, By: cadence.Rep, Script: "ROUTINE",
		Reasons:   []cadence.Reason{{Rule: "D10", Code: "BY_HAND", Args: map[string]string{"why": why}}}, // as the use case writes it
		CreatedBy: &c.user, CreatedAt: at, UpdatedAt: at,
	})
}

// mostCovered is how many accounts somebody stands in for during one leave: those where a sale is near come first.
const mostCovered = 8

// cover lets a team mate stand in while a rep is on holiday, now or soon, where a sale is near. For a training nobody does yet.
func (m *maker) cover(c *carer) {
	for _, leave := range m.book.Leaves {
		if leave.UserID != c.user || leave.ToDay < m.today || leave.Reason != holiday {
			continue
		}
		mate, n := m.mate(c), 0
		at := m.at(min(leave.FromDay, m.today)-1, 16*60)
		for _, l := range c.held {
			if l.rep != c || m.horizon(l, m.today) != cadence.ThisMonth || n == mostCovered {
				continue
			}
			n++
			from := max(leave.FromDay, l.person.Account.Since)
			m.book.Covers = append(m.book.Covers, models.Cover{
				ID: m.key(at), AccountID: l.person.Account.ID, RepID: mate.user, OwnerID: ptr(c.user), LeaveID: ptr(leave.ID),
				FromDay: from - 1, ToDay: leave.ToDay + 1, WorkFrom: ptr(from), WorkTo: ptr(leave.ToDay), Reason: "年假代班", CreatedBy: c.leader, CreatedAt: at,
			})
		}
	}
}
