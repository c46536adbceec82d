package demo

import (
	"fmt"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// errand is a contact of a life that is not its rhythm: a case's visit, a greeting. Done hears of its log.
type errand struct {
	day   civil.Date
	kind  cadence.Kind
	topic topic
	by    cadence.Role
	cause cadence.StopCause
	done  func(*Log)
}

// decideDays is how long a case may stay undecided, as the use cases have it.
const decideDays = 30

// troubles opens the cases of the story: stops, returns, reactions to the product, and lost ones worth winning.
func (m *maker) troubles() {
	m.stopSomeNow()
	for _, l := range m.lives {
		for i := range l.stops {
			m.stopped(l, &l.stops[i])
		}
		m.returned(l)
		m.reacted(l)
		m.winBack(l)
	}
}

// stopSomeNow stops one account of every rep in the last days, causes in turn, so that each desk has a case to work on.
func (m *maker) stopSomeNow() {
	causes := cadence.AllStopCauses()
	for i, c := range m.carers {
		for range 1 + (i+1)%24/24 + i%3/2 {
			if l := m.inUse(c); l != nil {
				from := m.today - m.days(1, 3)
				l.stops = append(l.stops, stop{cause: causes[(i+len(l.rep.held))%3], from: from, closed: m.today + 10})
			}
		}
	}
}

// inUse draws an account of a rep that uses what it bought some weeks ago and is in no trouble.
func (m *maker) inUse(c *carer) *life {
	for range 200 {
		l := pick(m.dice, c.held)
		p := l.last(m.today)
		if l.rep == c && l.before == nil && p != nil && len(l.stops)+len(l.pauses) == 0 && p.Day < m.today-12 && p.Day > m.today-70 && l.story != fresh {
			return l
		}
	}
	return nil
}

// stopped opens the case of a stop with the steps of its cause (D7); its visit ends it when the story says so.
func (m *maker) stopped(l *life, s *stop) {
	rule := m.policy.Stops[s.cause]
	c := m.open(l, models.StopCase, s.from, s.from+civil.Date(rule.DueDays), pick(m.dice, stopNotes[s.cause]))
	c.Case.Cause = s.cause
	if s.cause == cadence.Competitor {
		m.step(c, models.StepSelfReview, s.from+1, c.Case.OwnerID, pick(m.dice, reviewNotes))
		m.step(c, models.StepAgree, s.from+2, pick(m.dice, m.managers), "同意先听原因，再带对比资料上门。")
	}
	visit := m.step(c, models.StepVisit, c.Case.DueOn, id.ID{}, "")
	decide := m.step(c, models.StepDecide, s.from+decideDays, id.ID{}, "")
	l.errands = append(l.errands, errand{day: c.Case.DueOn, kind: cadence.HomeVisit, topic: aboutStop, by: cadence.Rep, cause: s.cause, done: func(log *Log) {
		c.visited(visit, log)
		s.closed = max(s.closed, log.Log.Day+1)
		status, why := models.CaseGivenUp, pick(m.dice, lostNotes)
		if s.won {
			status, why = models.CaseWonBack, pick(m.dice, wonNotes)
		}
		m.close(c, decide, s.closed, status, why)
	}})
}

// returned gives back a few orders: some whole, early in their use. The case ends with a visit or a call.
func (m *maker) returned(l *life) {
	for i, p := range l.purchases {
		day, share := p.Day+m.days(2, 14), 0.008
		switch {
		case l.story == fresh:
			share = 0.07
		case i == 0 && l.story != old:
			share = 0.03
		}
		if !m.chance(share) || day >= m.today || i+1 < len(l.purchases) && day >= l.purchases[i+1].Day {
			continue
		}
		m.giveBack(l, p, day)
	}
}

func (m *maker) giveBack(l *life, p models.Purchase, day civil.Date) {
	reason := pick(m.dice, []string{"家人反对", "服用后不舒服", "价格原因", "买重复了", "包装破损", "觉得没效果"})
	c := m.open(l, models.ReturnCase, day, day+1, "退货原因："+reason+"。")
	c.Case.PurchaseID = &p.ID
	r := models.Return{
		ID: m.key(c.Case.CreatedAt), PurchaseID: p.ID, AccountID: p.AccountID, Day: day, Amount: p.Amount, Whole: m.chance(0.55),
		Reason: reason, CaseID: &c.Case.ID, CreatedAt: c.Case.CreatedAt,
	}
	if !r.Whole {
		r.Amount = p.Amount / 2
	}
	m.book.Returns = append(m.book.Returns, r)
	r.Number = fmt.Sprintf("T%s%03d", day.Time().Format("20060102"), len(m.book.Returns)%1000)
	m.book.Returns[len(m.book.Returns)-1] = r
	l.returns = append(l.returns, r)
	m.settleBy(l, c, aboutReturn, day+1, cadence.Rep)
}

// reacted lets a few new users report an adverse reaction: an expert goes along, and the case is settled in days.
func (m *maker) reacted(l *life) {
	share := 0.02
	if l.story == fresh {
		share = 0.07
	}
	if len(l.purchases) == 0 || l.story == old || !m.chance(share) {
		return
	}
	day := l.purchases[0].Day + m.days(4, 10)
	l.errands = append(l.errands, errand{day: day, kind: cadence.Call, topic: aboutReaction, by: cadence.Rep, done: func(log *Log) {
		log.Log.Reaction = true
		c := m.open(l, models.ReactionCase, log.Log.Day, log.Log.Day+1, log.Note)
		m.settleBy(l, c, aboutRelief, log.Log.Day+1, cadence.Expert)
	}})
}

// settleBy adds a case's visit and its end some days later.
func (m *maker) settleBy(l *life, c *Case, t topic, day civil.Date, by cadence.Role) {
	visit := m.step(c, models.StepVisit, day, id.ID{}, "")
	decide := m.step(c, models.StepDecide, day+decideDays, id.ID{}, "")
	l.errands = append(l.errands, errand{day: day, kind: cadence.HomeVisit, topic: t, by: by, done: func(log *Log) {
		c.visited(visit, log)
		m.close(c, decide, log.Log.Day+m.days(1, 9), models.CaseSettled, pick(m.dice, []string{"顾客满意，继续使用", "已换货", "减量后无不适", "已退款，关系维持"}))
	}})
}

// winBack plans for some accounts that stopped buying long ago, and lets others go (D15).
func (m *maker) winBack(l *life) {
	p := l.last(m.today)
	if p == nil || len(l.stops) > 0 || float64(m.today-p.Day) < float64(p.SupplyDays)*l.usage+150 {
		return
	}
	switch {
	case m.chance(0.12):
		opened := m.today - m.days(3, 40)
		c := m.open(l, models.WinBackCase, opened, opened+60, "停购已久，有望挽回，约专家义诊时再邀请。")
		m.step(c, models.StepVisit, opened+60, id.ID{}, "")
		m.step(c, models.StepDecide, opened+60, id.ID{}, "")
	case m.chance(0.3):
		opened := m.today - m.days(60, 120)
		c := m.open(l, models.WinBackCase, max(opened, p.Day+60), max(opened, p.Day+60)+50, "停购已久，再争取一次。")
		m.step(c, models.StepVisit, c.Case.OpenedOn+20, c.Case.OwnerID, "上门一次，态度客气，无意再买。")
		decide := m.step(c, models.StepDecide, c.Case.DueOn, id.ID{}, "")
		m.close(c, decide, c.Case.OpenedOn+m.days(25, 50), models.CaseGivenUp, pick(m.dice, lostNotes))
	}
}

// open starts a case owned by the rep who cares for the account on that day.
func (m *maker) open(l *life, kind models.CaseKind, day, due civil.Date, note string) *Case {
	at := m.moment(day)
	c := &Case{Note: note, Case: models.Case{
		ID: m.key(at), AccountID: l.person.Account.ID, Kind: kind, Status: models.CaseOpen, OwnerID: l.rep.user,
		OpenedOn: day, DueOn: due, CreatedBy: l.owner(day).user, CreatedAt: at, UpdatedAt: at,
	}}
	l.cases = append(l.cases, c)
	return c
}

// step adds a step and returns its place; done on its due day by whom it names, when that day is past.
func (m *maker) step(c *Case, kind models.StepKind, due civil.Date, by id.ID, note string) int {
	s := Step{Step: models.CaseStep{ID: m.key(c.Case.CreatedAt), CaseID: c.Case.ID, Seq: len(c.Steps) + 1, Kind: kind, DueOn: due}}
	if !by.IsZero() && due < m.today {
		s.Step.DoneOn, s.Step.DoneBy, s.Note = ptr(due), ptr(by), note
	}
	c.Steps = append(c.Steps, s)
	return len(c.Steps) - 1
}

// visited marks a step as done by a log.
func (c *Case) visited(step int, log *Log) {
	s := &c.Steps[step].Step
	s.DoneOn, s.DoneBy, s.LogID = ptr(log.Log.Day), ptr(log.Log.UserID), ptr(log.Log.ID)
}

// close ends a case on a day, unless the book's day comes first.
func (m *maker) close(c *Case, step int, day civil.Date, status models.CaseStatus, why string) {
	if day >= m.today {
		return
	}
	c.Case.Status, c.Case.ClosedOn, c.Case.CloseWhy = status, ptr(day), why
	c.Case.UpdatedAt = m.at(day, 17*60+30).Add(time.Duration(m.IntN(1_000_000)) * time.Microsecond).Truncate(time.Millisecond)
	c.Steps[step].Step.DoneOn, c.Steps[step].Step.DoneBy = ptr(day), ptr(c.Case.OwnerID)
}
