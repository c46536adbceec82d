package demo

import (
	"fmt"
	"time"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// carer is a rep with everything that shapes their days.
type carer struct {
	user    id.ID
	store   id.ID
	leader  id.ID // supervisor
	expert  id.ID
	created time.Time
	estates []estate
	start   point
	offDay  time.Weekday
	leaves  []civil.Span
	pace    float64 // how many of the contacts due they manage; below 1 they fall behind
	held    []*life // cared for now or earlier
	busy    int     // orders taken, for numbers
}

// works tells whether the rep is at work on a day.
func (m *maker) works(c *carer, day civil.Date) bool {
	if day.Weekday() == c.offDay || m.off[day] {
		return false
	}
	for _, l := range c.leaves {
		if l.Holds(day) {
			return false
		}
	}
	return true
}

// company founds stores, teams and staff before the story begins.
func (m *maker) company() {
	at := m.at(m.start-700, 9*60)
	m.book.Company = models.Company{ID: 1, Name: "康颐健康生活馆（演示）", Zone: "Asia/Shanghai", Epoch: m.key(at), CreatedAt: at}
	m.staff(User{User: models.User{Login: "admin", Number: "A01", Role: string(auth.Admin)}}, at)
	for i := range 2 {
		u := m.staff(User{User: models.User{Login: login("manager", i), Number: fmt.Sprintf("M%02d", i+1), Role: string(auth.Manager)}}, at)
		m.managers = append(m.managers, u.ID)
	}
	for i := range m.stores {
		m.branch(i, at)
	}
}

// login is the plain word for the first of a role, and numbered for the others.
func login(role string, i int) string {
	if i == 0 {
		return role
	}
	return fmt.Sprintf("%s%02d", role, i+1)
}

func (m *maker) branch(i int, at time.Time) {
	b := &m.stores[i]
	store := models.Shop{
		ID: m.key(at), Number: b.number, Name: b.name, City: b.city, Address: b.address,
		Lat: ptr(b.at.lat), Lng: ptr(b.at.lng), CreatedAt: at,
	}
	m.book.Stores = append(m.book.Stores, store)
	expert := m.staff(User{User: models.User{
		Login: login("expert", i), Number: fmt.Sprintf("E%02d", i+1), Role: string(auth.Expert), StoreID: &store.ID,
	}}, at)
	m.experts[store.ID] = expert.ID
	for half := range 2 {
		m.team(i*2+half, b, store, at)
	}
}

// team hires a supervisor and four reps.
func (m *maker) team(n int, b *branch, store models.Shop, at time.Time) {
	team := models.Team{
		ID: m.key(at), StoreID: store.ID, Number: fmt.Sprintf("T%02d", n+1), Name: b.name + []string{"一组", "二组"}[n%2], CreatedAt: at,
	}
	m.book.Teams = append(m.book.Teams, team)
	leader := m.staff(User{User: models.User{
		Login: login("supervisor", n), Number: fmt.Sprintf("L%02d", n+1), Role: string(auth.Supervisor), StoreID: &store.ID, TeamID: &team.ID,
	}}, at)
	for i := range repsPerStore / 2 {
		rep := n*repsPerStore/2 + i
		m.rep(rep, b, team, leader.ID, at)
	}
}

func (m *maker) rep(n int, b *branch, team models.Team, leader id.ID, at time.Time) {
	c := &carer{
		store: team.StoreID, leader: leader, expert: m.experts[team.StoreID], created: at,
		start: m.near(b.at, 200, 500), offDay: m.offDay(n), pace: m.factor(1.08, 0.05),
	}
	if n%11 == 5 {
		c.pace = 0.72 // some neglect their accounts: the desk should show it (D9)
	}
	for i := range 2 {
		a := &b.areas[n%repsPerStore*2+i]
		c.estates = append(c.estates, m.estates(b, a, m.between(4, 6))...)
	}
	u := m.staff(User{User: models.User{
		Login: login("rep", n), Number: fmt.Sprintf("R%02d", n+1), Role: string(auth.Rep), StoreID: &team.StoreID, TeamID: &team.ID,
		Hours: c.hours(), StartLat: ptr(round6(c.start.lat)), StartLng: ptr(round6(c.start.lng)),
		Mode: draw(m.dice, []weighted[models.Mode]{{7, models.EBike}, {2, models.Car}, {1, models.Bus}}),
	}}, at)
	c.user = u.ID
	m.leave(n, c)
	m.carers = append(m.carers, c)
}

// offDay spreads the reps' day off over the week; never that of the book's day for the first rep, who shows the product.
func (m *maker) offDay(n int) time.Weekday {
	return time.Weekday((int(m.today.Weekday()) + 3 + n) % 7)
}

func (c *carer) hours() models.Hours {
	h := models.Hours{}
	for d := range 7 {
		if time.Weekday(d) != c.offDay {
			h[d] = []civil.Window{{From: 8*60 + 30, To: 12 * 60}, {From: 13*60 + 30, To: 18 * 60}}
		}
	}
	return h
}

// leave gives every rep some days off in the past, some of them days to come, and one of them is away right now.
func (m *maker) leave(n int, c *carer) {
	for range m.between(1, 3) {
		m.away(c, m.start+m.days(0, storyDays-30), m.between(1, 5), pick(m.dice, []string{"年假", "病假", "家中有事", "陪孩子考试"}))
	}
	switch {
	case n == 7:
		m.away(c, m.today-2, 5, holiday)
	case n%4 == 1:
		m.away(c, m.today+3, 3, "参加培训")
	case n%5 == 3:
		m.away(c, m.today+m.days(4, 20), m.between(1, 4), holiday)
	}
}

// holiday is a leave planned ahead: somebody stands in.
const holiday = "年假"

func (m *maker) away(c *carer, from civil.Date, n int, why string) {
	to := from + civil.Date(n-1)
	at := m.at(min(from, m.today)-7, 10*60)
	c.leaves = append(c.leaves, civil.Span{From: from, To: &to})
	m.book.Leaves = append(m.book.Leaves, models.Leave{
		ID: m.key(at), UserID: c.user, FromDay: from, ToDay: to, Reason: why, Granted: true, CreatedBy: c.leader, CreatedAt: at,
	})
}

// staff completes a user with a name and number and adds them.
func (m *maker) staff(u User, at time.Time) models.User {
	sex := draw(m.dice, []weighted[models.Sex]{{7, models.Female}, {3, models.Male}})
	year, _, _ := m.today.YMD()
	u.User.ID = m.key(at)
	u.User.Name = m.surname() + m.givenName(sex, year-m.between(26, 48))
	u.User.Pinyin = models.Pinyin(u.User.Name)
	u.User.Lang = "zh"
	u.User.CreatedAt, u.User.UpdatedAt = at, at
	u.Phone = m.phone()
	m.book.Users = append(m.book.Users, u)
	return u.User
}
