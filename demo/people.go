package demo

import (
	"fmt"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// story is the shape of an account's time with the company.
type story int

const (
	old       story = iota // a member since before the book begins
	joined                 // came within the 18 months and stayed, or not
	once                   // came within the 18 months and bought once
	fresh                  // in onboarding right now
	potential              // has not bought yet
)

// life is an account in the making, with all that happens to it.
type life struct {
	person    Person
	group     group
	story     story
	age       int
	rep       *carer
	before    *carer     // who cared before movedOn
	movedOn   civil.Date // when the account came to rep
	likes     []int      // articles
	quantity  int        // what the account usually orders
	usage     float64    // days a day's supply really lasts
	members   []models.Member
	dates     []models.AccountDate
	pauses    []civil.Span
	purchases []models.Purchase
	lines     []models.PurchaseLine
	returns   []models.Return
	cases     []*Case
	logs      []Log
	stops     []stop
	errands   []errand
	brought   int  // accounts it brought
	events    int  // company events it came to
	booked    bool // has an appointment to come
	next      rhythm
}

// owner is who cares for the account on a day.
func (l *life) owner(day civil.Date) *carer {
	if l.before != nil && day < l.movedOn {
		return l.before
	}
	return l.rep
}

func (m *maker) people() {
	for i, c := range m.carers {
		for range heldByRep + []int{-12, 12, 7, -7}[i%4] {
			m.account(c)
		}
	}
	for i, l := range m.lives {
		l.person.Account.Number = fmt.Sprintf("M%06d", 100_001+i)
		m.referral(l)
		m.assign(l)
	}
}

func (m *maker) account(c *carer) {
	l := &life{rep: c}
	l.story = draw(m.dice, []weighted[story]{{46, old}, {30, joined}, {11, once}, {8, fresh}, {5, potential}})
	l.group = draw(m.dice, []weighted[group]{{70, elder}, {17, beauty}, {13, parent}})
	since := m.since(l.story)
	at := m.moment(since)
	l.person.Account = models.Account{
		ID: m.key(at), StoreID: c.store, RepID: c.user, Version: 1, Since: since, CreatedAt: at, UpdatedAt: at,
		Service: cadence.NotYet, Horizon: cadence.HorizonUnknown,
	}
	m.identity(l)
	m.home(l, pick(m.dice, c.estates))
	m.health(l)
	m.softFacts(l)
	m.wishesOfContact(l)
	m.household(l)
	m.ownDates(l)
	m.lives = append(m.lives, l)
	c.held = append(c.held, l)
}

func (m *maker) since(s story) civil.Date {
	switch s {
	case old:
		return m.start - m.days(20, 1500)
	case fresh:
		return m.today - m.days(2, 27)
	case potential:
		return m.today - m.days(3, 150)
	}
	return m.start + m.days(0, storyDays-40)
}

func (m *maker) identity(l *life) {
	a := &l.person.Account
	female, lo, hi := 0.62, 56, 84
	switch l.group {
	case beauty:
		female, lo, hi = 0.93, 28, 54
	case parent:
		female, lo, hi = 0.8, 25, 39
	}
	a.Sex = models.Male
	if m.chance(female) {
		a.Sex = models.Female
	}
	l.age = (m.between(lo, hi) + m.between(lo, hi)) / 2
	year := m.born(l.age)
	a.Name = m.surname() + m.givenName(a.Sex, year)
	a.Pinyin = models.Pinyin(a.Name)
	if m.chance(0.9) {
		a.BirthYear = &year
	}
	l.person.Phone = m.phone()
}

// born is the year of birth of someone of an age today.
func (m *maker) born(age int) int {
	year, _, _ := m.today.YMD()
	return year - age
}

func (m *maker) home(l *life, e estate) {
	address, at := m.dice.home(e)
	l.person.Address = address
	l.person.Account.District, l.person.Account.City = e.area.district, e.city
	if m.chance(0.98) { // a few addresses nobody has found on the map yet
		l.person.Account.Lat, l.person.Account.Lng = &at.lat, &at.lng
	}
}

func (m *maker) household(l *life) {
	a := &l.person.Account
	if l.age >= 26 && m.chance(0.72) {
		m.spouse(l)
	}
	if l.age >= 50 && m.chance(0.6) {
		m.child(l, l.age-m.between(23, 30), []string{"儿子", "女儿"}, pick(m.dice, []string{"住同城", "在上海工作", "周末回来吃饭", "住一起", "在外地，春节回"}))
	}
	if l.age >= 58 && m.chance(0.4) {
		m.child(l, m.between(2, 15), []string{"孙子", "孙女", "外孙", "外孙女"}, pick(m.dice, []string{"平时由老人接送", "上小学", "上幼儿园", "放假过来住"}))
	}
	if l.group == parent {
		m.child(l, m.between(1, 6), []string{"儿子", "女儿"}, pick(m.dice, []string{"挑食", "容易积食", "上幼儿园", "对鸡蛋过敏", ""}))
	}
	a.Brings = ""
	if m.chance(0.12) {
		a.Brings = pick(m.dice, []string{"对门邻居", "跳舞的姐妹三四位", "老同事", "妹妹一家", "棋友老周", "同小区宝妈群", "老年大学同学"})
	}
}

// spouse adds husband or wife, and perhaps the days of the couple (D6 b).
func (m *maker) spouse(l *life) {
	a := &l.person.Account
	sex := other(a.Sex)
	year := m.born(l.age) + m.between(-4, 4)
	p := m.member(l, m.surname()+m.givenName(sex, year), map[models.Sex]string{models.Female: "妻子", models.Male: "丈夫"}[sex], sex, year, "")
	if m.chance(0.35) {
		m.date(l, cadence.SpouseBirthday, "", &p.ID, p.BirthYear, m.lunarBorn(year))
	}
	if m.chance(0.3) {
		thisYear, _, _ := m.today.YMD()
		wed := min(m.born(l.age)+m.between(22, 29), thisYear-1)
		m.date(l, cadence.Anniversary, "结婚纪念日", nil, &wed, false)
	}
}

// child adds a child or grandchild, by the words for boy and girl in turn; a name of the father's family where he is known.
func (m *maker) child(l *life, age int, words []string, note string) {
	i := m.IntN(len(words))
	sex := []models.Sex{models.Male, models.Female}[i%2]
	family := m.surname()
	if l.person.Account.Sex == models.Male && (i < 2) {
		family = familyName(l.person.Account.Name)
	}
	year := m.born(max(age, 1))
	m.member(l, family+m.givenName(sex, year), words[i], sex, year, note)
}

func familyName(name string) string {
	r := []rune(name)
	if string(r[:2]) == "欧阳" {
		return "欧阳"
	}
	return string(r[:1])
}

func (m *maker) member(l *life, name, relation string, sex models.Sex, year int, note string) models.Member {
	a := &l.person.Account
	p := models.Member{
		ID: m.key(a.CreatedAt), AccountID: a.ID, Name: name, Relation: relation, Sex: sex, BirthYear: &year, Note: note, CreatedAt: a.CreatedAt,
	}
	l.members = append(l.members, p)
	return p
}

// ownDates are the birthday, which older people keep by the lunar calendar, and for a few a day of their own.
func (m *maker) ownDates(l *life) {
	a := &l.person.Account
	if m.chance(0.85) {
		m.date(l, cadence.Birthday, "", nil, a.BirthYear, m.lunarBorn(m.born(l.age)))
	}
	if m.chance(0.04) {
		m.date(l, cadence.OtherOccasion, pick(m.dice, []string{"退休纪念日", "老伴忌日（勿贺）", "孙子满月", "入会纪念日", "手术康复日"}), nil, nil, false)
	}
}

// lunarBorn tells whether someone born in a year keeps the birthday by the lunar calendar.
func (m *maker) lunarBorn(year int) bool {
	return m.chance([]float64{0.75, 0.4, 0.1, 0.05}[generation(year)])
}

func (m *maker) date(l *life, o cadence.Occasion, label string, member *id.ID, year *int, lunar bool) {
	a := &l.person.Account
	d := models.AccountDate{
		ID: m.key(a.CreatedAt), AccountID: a.ID, MemberID: member, Occasion: o, Label: label, Calendar: cadence.Solar,
		Year: year, Month: m.between(1, 12), CreatedAt: a.CreatedAt,
	}
	longest := civil.Of(2001, time.Month(d.Month)+1, 0) // no 29 February: it would need a leap year of birth
	_, _, last := longest.YMD()
	if lunar {
		d.Calendar, last = cadence.Lunar, 30
		d.Leap = d.Month >= 2 && d.Month <= 8 && m.chance(0.03)
	}
	d.Day = m.between(1, last)
	l.dates = append(l.dates, d)
}

// referral says how the account came, and who brought it (D22): always an earlier account of the same rep.
func (m *maker) referral(l *life) {
	a := &l.person.Account
	a.Source = pick(m.dice, []string{"门店进店", "门店进店", "社区义诊", "健康讲座", "社区活动", "老会员转档", "公众号"})
	if !m.chance(0.2) {
		return
	}
	by := pick(m.dice, l.rep.held)
	if by == l || by.rep != l.rep || by.story == potential || by.person.Account.Since >= a.Since-30 {
		return
	}
	a.Source, a.ReferredBy = "会员介绍", &by.person.Account.ID
	by.brought++
}

// assign writes who cared for the account from when to when (D9): a few were moved within the team.
func (m *maker) assign(l *life) {
	a := &l.person.Account
	first := models.Assignment{ID: m.key(a.CreatedAt), AccountID: a.ID, RepID: l.rep.user, FromAt: a.CreatedAt, Reason: "建档分配", CreatedBy: &l.rep.leader}
	if a.Since > m.today-120 || !m.chance(0.05) {
		m.book.Assignments = append(m.book.Assignments, first)
		return
	}
	l.before = m.mate(l.rep)
	l.movedOn = max(a.Since+20, m.start+20) + m.days(0, int(m.today-40-max(a.Since+20, m.start+20)))
	moved := m.moment(l.movedOn)
	first.RepID, first.ToAt = l.before.user, &moved
	l.before.held = append(l.before.held, l)
	m.book.Assignments = append(m.book.Assignments, first, models.Assignment{
		ID: m.key(moved), AccountID: a.ID, RepID: l.rep.user, FromAt: moved, CreatedBy: &l.rep.leader,
		Reason: pick(m.dice, []string{"路线调整", "顾客要求更换代表", "原代表顾客过多", "离家更近"}),
		Note:   pick(m.dice, []string{"档案已交接，习惯下午在家。", "老顾客，人很客气，注意按时提醒续购。", "已一起上门认门一次。", "之前回访不够及时，请先致歉再了解使用情况。"}),
	})
}

// mate is another rep of the same team.
func (m *maker) mate(c *carer) *carer {
	for {
		if o := pick(m.dice, m.carers); o != c && o.leader == c.leader {
			return o
		}
	}
}
