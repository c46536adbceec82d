package modelstest

import (
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/id"
	"huifang/models"
)

// Company is a small company: two stores, three teams, a user of each role, and accounts at every distance from Rep.
type Company struct {
	Main, Branch                models.Shop
	Team, OtherTeam, BranchTeam models.Team // the first two in Main

	Rep, Colleague   models.User // of Team
	OtherRep         models.User // of OtherTeam
	BranchRep        models.User // of BranchTeam
	Supervisor       models.User // of Team
	BranchSupervisor models.User // of BranchTeam
	Expert           models.User // named by an open item of OtherTeams
	Manager, Admin   models.User

	Own         models.Account // of Rep
	Colleagues  models.Account // of Colleague: same team
	Covered     models.Account // of OtherRep, covered by Rep for this week
	Former      models.Account // of OtherRep since yesterday, of Rep before
	OtherTeams  models.Account // of OtherRep: same store
	OtherStores models.Account // of BranchRep
	Erased      models.Account // of Rep, erased

	Joint   models.PlanItem // of OtherTeams, names Expert
	Product models.Product
}

// Accounts are the accounts by the name of their field, the erased one included.
func (c Company) Accounts() map[string]models.Account {
	return map[string]models.Account{
		"Own": c.Own, "Colleagues": c.Colleagues, "Covered": c.Covered, "Former": c.Former,
		"OtherTeams": c.OtherTeams, "OtherStores": c.OtherStores, "Erased": c.Erased,
	}
}

// Users are the users, from reps to admin.
func (c Company) Users() []models.User {
	return []models.User{
		c.Rep, c.Colleague, c.OtherRep, c.BranchRep, c.Supervisor, c.BranchSupervisor, c.Expert, c.Manager, c.Admin,
	}
}

// Viewer is a user as a request carries them.
func Viewer(u models.User) auth.Viewer {
	v := auth.Viewer{User: u.ID, Role: auth.Role(u.Role)}
	if u.TeamID != nil {
		v.Team = *u.TeamID
	}
	if u.StoreID != nil {
		v.Store = *u.StoreID
	}
	return v
}

// Seed writes the small company. Nobody has a password that works.
func Seed(t testing.TB, s *models.Store) Company {
	t.Helper()
	var c Company
	err := s.Write(t.Context(), func(tx *models.Tx) error {
		b := builder{tx: tx, c: &c}
		b.company()
		b.users()
		b.accounts()
		b.hangings()
		return b.err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// builder keeps the first error, so that the company reads as a list.
type builder struct {
	tx  *models.Tx
	c   *Company
	err error
}

func (b *builder) do(f func() error) {
	if b.err == nil {
		b.err = f()
	}
}

func (b *builder) company() {
	b.do(func() error { _, err := b.tx.CreateCompany("康颐堂", "Asia/Shanghai"); return err })
	b.c.Main, b.c.Branch = b.shop("S1", "人民路店"), b.shop("S2", "新城店")
	b.c.Team = b.team(b.c.Main, "T1", "一组")
	b.c.OtherTeam = b.team(b.c.Main, "T2", "二组")
	b.c.BranchTeam = b.team(b.c.Branch, "T3", "三组")
}

func (b *builder) shop(number, name string) models.Shop {
	s := models.Shop{ID: b.tx.NewID(), Number: number, Name: name, City: "济南"}
	b.do(func() error { return b.tx.AddShop(&s) })
	return s
}

func (b *builder) team(s models.Shop, number, name string) models.Team {
	t := models.Team{ID: b.tx.NewID(), StoreID: s.ID, Number: number, Name: name}
	b.do(func() error { return b.tx.AddTeam(&t) })
	return t
}

func (b *builder) users() {
	c := b.c
	c.Rep = b.user("rep", "王敏", auth.Rep, &c.Team)
	c.Colleague = b.user("colleague", "李静", auth.Rep, &c.Team)
	c.OtherRep = b.user("other", "赵强", auth.Rep, &c.OtherTeam)
	c.BranchRep = b.user("branch", "孙丽", auth.Rep, &c.BranchTeam)
	c.Supervisor = b.user("supervisor", "周芳", auth.Supervisor, &c.Team)
	c.BranchSupervisor = b.user("branch.supervisor", "吴刚", auth.Supervisor, &c.BranchTeam)
	c.Expert = b.user("expert", "郑医生", auth.Expert, nil)
	c.Manager = b.user("manager", "冯经理", auth.Manager, nil)
	c.Admin = b.user("admin", "陈", auth.Admin, nil)
}

func (b *builder) user(login, name string, role auth.Role, team *models.Team) models.User {
	u := models.User{
		ID: b.tx.NewID(), Number: "N-" + login, Login: login, Password: "!", Name: name, Pinyin: models.Pinyin(name),
		Role: string(role), Lang: "zh", Mode: models.EBike,
	}
	if team != nil {
		u.TeamID, u.StoreID = &team.ID, &team.StoreID
	}
	b.do(func() error { return b.tx.AddUser(&u) })
	return u
}

func (b *builder) accounts() {
	c := b.c
	c.Own = b.account("M1", "张秀英", c.Main, c.Rep)
	c.Colleagues = b.account("M2", "刘桂兰", c.Main, c.Colleague)
	c.Covered = b.account("M3", "陈玉珍", c.Main, c.OtherRep)
	c.Former = b.account("M4", "杨淑华", c.Main, c.Rep)
	c.OtherTeams = b.account("M5", "黄建国", c.Main, c.OtherRep)
	c.OtherStores = b.account("M6", "周桂英", c.Branch, c.BranchRep)
	c.Erased = b.account("M7", "已删除", c.Main, c.Rep)
}

func (b *builder) account(number, name string, s models.Shop, rep models.User) models.Account {
	a := models.Account{
		ID: b.tx.NewID(), Number: number, StoreID: s.ID, RepID: rep.ID, Name: name, Pinyin: models.Pinyin(name),
		Sex: models.Female, District: "历下区", City: "济南", Service: cadence.OnProduct,
		Lifecycle: cadence.Established, Activity: cadence.NormalActivity, Horizon: cadence.HorizonUnknown,
		Tier: "B", Grade: 20, Since: b.tx.Today - 200,
	}
	first := models.Assignment{ID: b.tx.NewID(), AccountID: a.ID, RepID: rep.ID, FromAt: b.tx.Now.Add(-200 * 24 * time.Hour)}
	b.do(func() error { return b.tx.AddAccount(&a) })
	b.do(func() error { return b.tx.AddAssignments([]models.Assignment{first}) })
	return a
}

func (b *builder) hangings() {
	c, tx := b.c, b.tx
	b.do(func() error {
		return tx.MoveAccount(&c.Former, models.Assignment{
			ID: tx.NewID(), AccountID: c.Former.ID, RepID: c.OtherRep.ID, FromAt: tx.Now.Add(-24 * time.Hour),
			Reason: "nearer", CreatedBy: &c.Supervisor.ID,
		})
	})
	b.do(func() error {
		return tx.AddCovers([]models.Cover{{
			ID: tx.NewID(), AccountID: c.Covered.ID, RepID: c.Rep.ID, FromDay: tx.Today - 2, ToDay: tx.Today + 4, CreatedBy: c.Manager.ID,
		}})
	})
	b.do(func() error {
		c.Erased.ErasedAt = &tx.Now
		return tx.ChangeAccount(&c.Erased, "erased_at")
	})
	c.Joint = Item(tx, c.OtherTeams, "ROUTINE:1")
	c.Joint.ExpertID = &c.Expert.ID
	b.do(func() error { return tx.AddItems([]models.PlanItem{c.Joint}) })
	c.Product = models.Product{ID: tx.NewID(), Number: "P1", Name: "益生菌", Price: 29800, SupplyDays: 30}
	b.do(func() error { return tx.AddProducts([]models.Product{c.Product}) })
}

// Item is an open home visit of an account for today, not yet written.
func Item(tx *models.Tx, a models.Account, demand string) models.PlanItem {
	return models.PlanItem{
		ID: tx.NewID(), AccountID: a.ID, RepID: a.RepID, DemandKey: demand, Kind: cadence.HomeVisit, Status: models.ItemOpen,
		Source: models.FromPlanner, Day: tx.Today, StartMin: 540, Minutes: 40, EarliestOn: tx.Today - 2, DueOn: tx.Today,
		LatestOn: tx.Today + 2, Priority: 10, By: cadence.Rep,
	}
}

// Key is a fixed key for tests that need one of their own.
func Key(n byte) id.ID { return id.ID{6: 0x70, 8: 0x80, 15: n} }
