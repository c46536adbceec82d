package demo

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// work lives through the reps' days up to yesterday: each does the most pressing contacts there is time for.
func (m *maker) work() {
	for _, l := range m.lives {
		m.before(l)
	}
	events := m.events()
	for day := m.start; day < m.today; day++ {
		for _, c := range m.carers {
			switch {
			case !m.works(c, day):
			case events[day] == c.store:
				m.event(c, day)
			default:
				m.workday(c, day)
			}
		}
	}
}

// before is where an account stands when its story begins, and the birthdays to come.
func (m *maker) before(l *life) {
	a := &l.person.Account
	l.next.contact, l.next.visit = a.Since, a.Since
	if a.Since < m.start {
		l.next.contact, l.next.visit = m.start-m.days(0, 15), m.start-m.days(0, 35)
	}
	first, _, _ := m.start.YMD()
	last, _, _ := m.today.YMD()
	for _, d := range l.dates {
		if d.Occasion != cadence.Birthday {
			continue
		}
		for year := first - 1; year <= last; year++ {
			on, ok := cadence.SpecialDate{Calendar: d.Calendar, Month: d.Month, Day: d.Day, Leap: d.Leap}.Of(year)
			if ok && on > m.start && on > a.Since && m.chance(0.8) {
				l.errands = append(l.errands, errand{day: on, kind: cadence.Call, topic: aboutBirthday, by: cadence.Rep})
			}
		}
	}
	slices.SortStableFunc(l.errands, func(x, y errand) int { return int(x.day - y.day) })
}

// workday fills a rep's day: some visits by a short round, calls before, between and after.
func (m *maker) workday(c *carer, day civil.Date) {
	var visits, calls []task
	for _, l := range c.held {
		if l.owner(day) != c {
			continue
		}
		t, ok := m.wanted(l, day)
		switch {
		case !ok:
		case t.kind == cadence.HomeVisit:
			visits = append(visits, t)
		default:
			calls = append(calls, t)
		}
	}
	visits = m.pressing(visits, int(float64(m.between(8, 10))*c.pace+0.5))
	calls = m.pressing(calls, int(float64(m.between(11, 16))*c.pace))
	clock := &clock{minute: m.between(8*60+32, 8*60+50)}
	early := len(calls) / 3
	m.makeAll(c, day, clock, calls[:early], 2)
	m.makeAll(c, day, clock, round(c.start, visits), 9)
	m.makeAll(c, day, clock, calls[early:], 2)
}

// pressing keeps the n most pressing tasks.
func (m *maker) pressing(tasks []task, n int) []task {
	slices.SortStableFunc(tasks, func(a, b task) int {
		switch {
		case a.rank > b.rank:
			return -1
		case a.rank < b.rank:
			return 1
		}
		return 0
	})
	return tasks[:min(n, len(tasks))]
}

// round orders visits by always going to the nearest home next.
func round(at point, visits []task) []task {
	for i := range visits {
		for j := i + 1; j < len(visits); j++ {
			if at.metres(visits[j].place(at)) < at.metres(visits[i].place(at)) {
				visits[i], visits[j] = visits[j], visits[i]
			}
		}
		at = visits[i].place(at)
	}
	return visits
}

// place is where the account lives, or here when nobody knows.
func (t task) place(here point) point {
	a := &t.life.person.Account
	if a.Lat == nil {
		return here
	}
	return point{*a.Lat, *a.Lng}
}

// clock is the time of a rep's day; noon is a break.
type clock struct{ minute int }

const lastMinute = 18*60 + 40

func (c *clock) pass(minutes int) {
	c.minute += minutes
	if c.minute > 11*60+55 && c.minute < 13*60+30 {
		c.minute = 13*60 + 30 + c.minute%7
	}
}

// makeAll makes contacts one after the other, with some minutes between them, while the day lasts.
func (m *maker) makeAll(c *carer, day civil.Date, clock *clock, tasks []task, between int) {
	for _, t := range tasks {
		if clock.minute > lastMinute {
			return
		}
		minutes := m.contact(c, t, day, clock.minute)
		clock.pass(minutes + m.between(1, between))
	}
}

// contact makes one contact, writes its log and returns its minutes.
func (m *maker) contact(c *carer, t task, day civil.Date, minute int) int {
	l := t.life
	outcome := m.outcome(t)
	minutes := m.minutes(t, outcome)
	start := m.at(day, minute).Add(time.Duration(m.IntN(20_000)) * time.Millisecond)
	end := start.Add(time.Duration(minutes)*time.Minute + time.Duration(m.IntN(30))*time.Second)
	log := Log{Log: models.ContactLog{
		ID: m.key(end), AccountID: l.person.Account.ID, UserID: c.user, ByRole: t.by, Kind: t.kind, Outcome: outcome,
		Day: day, StartedAt: start, EndedAt: &end, CreatedAt: end.Add(time.Duration(m.between(20, 400)) * time.Second),
		Late: t.topic == aboutPhase && day > t.due+3,
	}}
	if t.by == cadence.Expert {
		log.Log.UserID = c.expert
	}
	hash := sha256.Sum256(log.Log.ID[:])
	log.Log.BodyHash = hash[:]
	m.checkIn(&log.Log, l)
	if outcome.Reached() {
		m.talk(&log, t, day)
	} else {
		m.vain(&log, t, day)
	}
	l.logs = append(l.logs, log)
	return minutes
}

// outcome draws what came of it; urgent visits are announced and mostly find the customer.
func (m *maker) outcome(t task) cadence.Outcome {
	if t.kind == cadence.HomeVisit {
		if t.topic != aboutCare && m.chance(0.6) {
			return cadence.Met
		}
		return draw(m.dice, []weighted[cadence.Outcome]{{86, cadence.Met}, {9, cadence.NotHome}, {4, cadence.ComeBack}, {1, cadence.Refused}})
	}
	return draw(m.dice, []weighted[cadence.Outcome]{{82, cadence.Talked}, {14, cadence.NoAnswer}, {3, cadence.ComeBack}, {1, cadence.Refused}})
}

func (m *maker) minutes(t task, o cadence.Outcome) int {
	switch {
	case t.kind == cadence.HomeVisit && !o.Reached():
		return m.between(2, 8)
	case t.kind == cadence.HomeVisit && t.life.person.Account.Frail:
		return m.between(38, 60)
	case t.kind == cadence.HomeVisit:
		return m.between(22, 48)
	case !o.Reached():
		return 1
	}
	return m.between(3, 11)
}

// checkIn notes where a visit was logged: near the home, and not always.
func (m *maker) checkIn(log *models.ContactLog, l *life) {
	a := &l.person.Account
	if log.Kind != cadence.HomeVisit || a.Lat == nil || m.chance(0.07) {
		return
	}
	at := m.near(point{*a.Lat, *a.Lng}, 18, 60)
	log.Lat, log.Lng, log.Accuracy = ptr(round6(at.lat)), ptr(round6(at.lng)), ptr(float64(m.between(5, 45)))
}

// vain is an attempt: it counts for nothing but the next try (story 10).
func (m *maker) vain(log *Log, t task, day civil.Date) {
	log.Note = m.note(t.life, missed(log.Log.Outcome), 0)
	t.life.next.notBefore = day + m.days(1, 2)
	if t.kind == cadence.Call {
		t.life.next.fails++
	}
}

// talk is a contact that reached the customer: note, answers, objectives, next step.
func (m *maker) talk(log *Log, t task, day civil.Date) {
	l := t.life
	l.next.reached(log.Log)
	m.answers(&log.Log, t, day)
	log.Note = m.note(l, texts(t), m.left(l, day))
	log.Log.Feeling = draw(m.dice, feelings)
	log.Log.Present = m.present(l, t.kind)
	if t.topic == aboutPhase {
		log.Log.Fulfils = fmt.Sprintf("onboarding:%s:%d", l.purchases[0].ID, t.phase+1) // cadence's key of the demand
		l.next.phase++
		l.next.visited = l.next.visited || t.kind == cadence.HomeVisit
	}
	if m.chance(0.12) {
		log.Log.NextStep = pick(m.dice, nextSteps)
	}
	if t.errand != nil {
		t.errand.kind = ""
		if t.errand.done != nil {
			t.errand.done(log)
		}
	}
}

// answers about the product are asked where it is in use.
func (m *maker) answers(log *models.ContactLog, t task, day civil.Date) {
	if t.topic == aboutCare || t.topic == aboutPhase && t.phase > 0 {
		log.Usage = draw(m.dice, usages)
		log.Effect = draw(m.dice, effects)
	}
	var checklist []cadence.Objective
	switch t.topic {
	case aboutPhase:
		checklist = m.policy.Onboarding[t.phase].Objectives
	case aboutStop:
		checklist = m.policy.Stops[t.errand.cause].Objectives
	case aboutReturn:
		checklist = m.policy.Return.Objectives
	case aboutRelief:
		checklist = m.policy.Reaction.Objectives
	}
	for _, o := range checklist {
		if m.chance(0.8) {
			log.Objectives = append(log.Objectives, o)
		}
	}
}

// left is for how many days the account still has product.
func (m *maker) left(l *life, day civil.Date) int {
	p := l.last(day)
	if p == nil {
		return 0
	}
	return int(float64(p.Day-day) + float64(p.SupplyDays)*l.usage)
}

// present are the people met.
func (m *maker) present(l *life, kind cadence.Kind) []string {
	who := []string{"本人"}
	if kind != cadence.HomeVisit {
		return who
	}
	for _, p := range l.members {
		if m.chance(0.25) {
			who = append(who, p.Relation)
		}
	}
	return who
}

// events are the company's afternoons (联谊会) of each store, one in about three months.
func (m *maker) events() map[civil.Date]id.ID {
	days := map[civil.Date]id.ID{}
	for i, s := range m.book.Stores {
		for day := m.start + civil.Date(20+i*9); day < m.today-4; day += 89 {
			days[day] = s.ID
		}
	}
	return days
}

// event brings a share of a rep's accounts to the store for the morning.
func (m *maker) event(c *carer, day civil.Date) {
	for _, l := range c.held {
		a := &l.person.Account
		if l.owner(day) != c || l.last(day) == nil || paused(l, day) || optedOut(l, "", day) || a.Frail || !m.chance(0.14) {
			continue
		}
		if _, ok := m.byStory(l, day); ok || m.chance(0.4) {
			l.events++
			m.attend(c, l, day)
		}
	}
}

func (m *maker) attend(c *carer, l *life, day civil.Date) {
	start := m.at(day, 9*60+30)
	end := m.at(day, 11*60+30)
	log := Log{Note: m.note(l, eventNotes, 0), Log: models.ContactLog{
		ID: m.key(end), AccountID: l.person.Account.ID, UserID: c.user, ByRole: cadence.Rep, Kind: cadence.Event,
		Outcome: cadence.Attended, Day: day, StartedAt: start, EndedAt: &end, Feeling: draw(m.dice, feelings),
		Present: []string{"本人"}, CreatedAt: end.Add(time.Duration(m.between(20, 90)) * time.Minute),
	}}
	hash := sha256.Sum256(log.Log.ID[:])
	log.Log.BodyHash = hash[:]
	l.next.reached(log.Log)
	l.logs = append(l.logs, log)
}
