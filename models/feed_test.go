package models_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// TestEveryWriteIsTold runs each method that writes what devices keep, and looks whether the feed of the rep moved: a
// method that forgets to touch fails here.
func TestEveryWriteIsTold(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		x := oneOfEach(t, s, c)
		write(t, s, func(tx *models.Tx) error { return tx.RefreshFeed(c.Rep.ID) })
		for _, m := range x.methods(c) {
			before := seqOf(t, s, c.Rep.ID)
			write(t, s, m.run)
			if after := seqOf(t, s, c.Rep.ID); after <= before {
				t.Errorf("%s is not told: the counter stays at %d", m.name, after)
			}
		}
	})
}

func seqOf(t *testing.T, s *models.Store, user id.ID) (seq int64) {
	t.Helper()
	read(t, s, func(tx *models.Tx) error {
		head, err := tx.FeedHead(user)
		seq = head.Seq
		return err
	})
	return seq
}

// hanging is one of everything on the account Own.
type hanging struct {
	item, made models.PlanItem
	file       models.Case
	step       models.CaseStep
	member     models.Member
	date       models.AccountDate
	order      models.Purchase
	cover      models.Cover
	pause      models.Pause
	area       models.Pause
	leave      models.Leave
	log        id.ID
	moved      models.MovedAccount
}

func oneOfEach(t *testing.T, s *models.Store, c modelstest.Company) *hanging {
	x := &hanging{}
	write(t, s, func(tx *models.Tx) error {
		a := c.Own.ID
		x.item, x.made = modelstest.Item(tx, c.Own, "x"), modelstest.Item(tx, c.Own, "y")
		x.file = models.Case{ID: tx.NewID(), AccountID: a, Kind: models.WinBackCase, Status: models.CaseOpen, OwnerID: c.Rep.ID, CreatedBy: c.Rep.ID}
		x.step = models.CaseStep{ID: tx.NewID(), CaseID: x.file.ID, Seq: 1, Kind: models.StepVisit, DueOn: tx.Today}
		x.member = models.Member{ID: tx.NewID(), AccountID: a, Name: "子"}
		x.date = models.AccountDate{ID: tx.NewID(), AccountID: a, Occasion: cadence.Birthday, Calendar: cadence.Solar, Month: 5, Day: 1}
		x.order = models.Purchase{ID: tx.NewID(), Number: "A", AccountID: a, RepID: c.Rep.ID, Day: tx.Today}
		x.cover = models.Cover{ID: tx.NewID(), AccountID: a, RepID: c.Colleague.ID, FromDay: tx.Today, ToDay: tx.Today + 3, CreatedBy: c.Manager.ID}
		x.pause = models.Pause{ID: tx.NewID(), AccountID: &a, FromDay: tx.Today, CreatedBy: c.Rep.ID}
		x.area = models.Pause{ID: tx.NewID(), StoreID: &c.Main.ID, District: c.Own.District, FromDay: tx.Today, CreatedBy: c.Rep.ID}
		x.leave = models.Leave{ID: tx.NewID(), UserID: c.Rep.ID, FromDay: tx.Today, ToDay: tx.Today, CreatedBy: c.Rep.ID}
		return tx.AddItems([]models.PlanItem{x.item})
	})
	return x
}

type method struct {
	name string
	run  func(*models.Tx) error
}

// methods are in an order in which each finds what it needs.
func (x *hanging) methods(c modelstest.Company) []method {
	a := c.Own.ID
	override := func(tx *models.Tx) error {
		return tx.PutOverride(&models.Override{ID: tx.NewID(), AccountID: a, Horizon: "LATER", GivenOn: tx.Today, UntilDay: tx.Today + 9, CreatedBy: c.Rep.ID})
	}
	plan := func(d func(*models.Tx) models.PlanDiff) func(*models.Tx) error {
		return func(tx *models.Tx) error { return tx.SavePlan(c.Rep.ID, d(tx)) }
	}
	return []method{
		{"SumUpAccount", func(tx *models.Tx) error { return tx.SumUpAccount(&c.Own, "spent") }},
		{"ChangeAccount", func(tx *models.Tx) error { return tx.ChangeAccount(&c.Own, "job") }},
		{"AddAccount", func(tx *models.Tx) error {
			fresh := c.Own
			fresh.ID, fresh.Number = tx.NewID(), "M99"
			return tx.AddAccount(&fresh)
		}},
		{"AddMembers", func(tx *models.Tx) error { return tx.AddMembers([]models.Member{x.member}) }},
		{"ChangeMember", func(tx *models.Tx) error { return tx.ChangeMember(&x.member, "name") }},
		{"AddDates", func(tx *models.Tx) error { return tx.AddDates([]models.AccountDate{x.date}) }},
		{"ChangeDate", func(tx *models.Tx) error { return tx.ChangeDate(&x.date, "label") }},
		{"RemoveDate", func(tx *models.Tx) error { return tx.RemoveDate(x.date.ID) }},
		{"RemoveMember", func(tx *models.Tx) error { return tx.RemoveMember(x.member.ID) }},
		{"AddTags", func(tx *models.Tx) error { return tx.AddTags([]models.AccountTag{{AccountID: a, Tag: "甲"}}) }},
		{"PutTags", func(tx *models.Tx) error { return tx.PutTags(a, nil) }},
		{"AddCovers", func(tx *models.Tx) error { return tx.AddCovers([]models.Cover{x.cover}) }},
		{"MoveCovers", func(tx *models.Tx) error { return tx.MoveCovers([]id.ID{a}, c.Rep.ID) }},
		{"EndCovers", func(tx *models.Tx) error { return tx.EndCovers([]models.Cover{x.cover}) }},
		{"EndCover", func(tx *models.Tx) error { return tx.EndCover(x.cover.ID, tx.Today-1) }},
		{"AddPause", func(tx *models.Tx) error { return tx.AddPause(&x.pause) }},
		{"EndPause", func(tx *models.Tx) error { return tx.EndPause(x.pause.ID) }},
		{"AddPause of an area", func(tx *models.Tx) error { return tx.AddPause(&x.area) }},
		{"EndPause of an area", func(tx *models.Tx) error { return tx.EndPause(x.area.ID) }},
		{"AddItems", func(tx *models.Tx) error { return tx.AddItems([]models.PlanItem{x.made}) }},
		{"ChangeItem", func(tx *models.Tx) error { return tx.ChangeItem(&x.made, "note") }},
		{"GiveItems", func(tx *models.Tx) error { return tx.GiveItems([]models.PlanItem{x.made}, c.Rep.ID) }},
		{"SavePlan: update", plan(func(*models.Tx) models.PlanDiff { return models.PlanDiff{Update: []models.PlanItem{x.item}} })},
		{"SavePlan: delete", plan(func(*models.Tx) models.PlanDiff { return models.PlanDiff{Delete: []id.ID{x.item.ID}} })},
		{"SavePlan: drop", plan(func(*models.Tx) models.PlanDiff { return models.PlanDiff{Drop: []id.ID{x.made.ID}} })},
		{"SavePlan: insert", plan(func(tx *models.Tx) models.PlanDiff {
			return models.PlanDiff{Insert: []models.PlanItem{modelstest.Item(tx, c.Own, "z")}}
		})},
		{"GiveItemsOn", func(tx *models.Tx) error {
			return tx.GiveItemsOn([]id.ID{a}, c.Colleague.ID, tx.Today, tx.Today+60)
		}},
		{"SavePlan: shed", plan(func(*models.Tx) models.PlanDiff { return models.PlanDiff{Shed: &[]models.ShedItem{}} })},
		{"SavePlan: projections", plan(func(tx *models.Tx) models.PlanDiff {
			return models.PlanDiff{Projections: []models.Projection{{AccountID: a, Day: tx.Today, Horizon: "LATER"}}}
		})},
		{"SavePlan: standings", plan(func(*models.Tx) models.PlanDiff { return models.PlanDiff{Standings: []models.Standing{{AccountID: a}}} })},
		{"AddLog", func(tx *models.Tx) error {
			x.log = tx.NewID()
			return tx.AddLog(&models.ContactLog{ID: x.log, AccountID: a, UserID: c.Rep.ID, Day: tx.Today, StartedAt: tx.Now})
		}},
		{"AddPhoto", func(tx *models.Tx) error {
			return tx.AddPhoto(&models.Photo{ID: tx.NewID(), LogID: x.log, AccountID: a, UserID: c.Rep.ID, TakenAt: tx.Now, SHA256: []byte{1}})
		}},
		{"AddLogs of another's account", func(tx *models.Tx) error {
			return tx.AddLogs([]models.ContactLog{{ID: tx.NewID(), AccountID: c.OtherStores.ID, UserID: c.Rep.ID, Day: tx.Today, StartedAt: tx.Now}})
		}},
		{"AddCase", func(tx *models.Tx) error { return tx.AddCase(&x.file, []models.CaseStep{x.step}) }},
		{"ChangeCase", func(tx *models.Tx) error { return tx.ChangeCase(&x.file, "due_on") }},
		{"ChangeStep", func(tx *models.Tx) error { return tx.ChangeStep(&x.step, "done_on") }},
		{"GiveCases", func(tx *models.Tx) error { return tx.GiveCases([]models.Case{x.file}, c.Rep.ID) }},
		{"AddPurchases", func(tx *models.Tx) error {
			return tx.AddPurchases([]models.Purchase{x.order}, []models.PurchaseLine{x.line(tx, c)})
		}},
		{"ReplacePurchases", func(tx *models.Tx) error {
			return tx.ReplacePurchases([]models.Purchase{x.order}, []models.PurchaseLine{x.line(tx, c)})
		}},
		{"AddReturns", func(tx *models.Tx) error {
			return tx.AddReturns([]models.Return{{ID: tx.NewID(), PurchaseID: x.order.ID, AccountID: a, Day: tx.Today}})
		}},
		{"PutOverride", override},
		{"PutProjections", func(tx *models.Tx) error {
			return tx.PutProjections([]models.Projection{{AccountID: a, Day: tx.Today, Horizon: "LATER"}})
		}},
		{"EndOverride", func(tx *models.Tx) error { return tx.EndOverride(a) }},
		{"AddLeave", func(tx *models.Tx) error { return tx.AddLeave(&x.leave) }},
		{"ChangeLeave", func(tx *models.Tx) error { return tx.ChangeLeave(&x.leave, "granted") }},
		{"RemoveLeave", func(tx *models.Tx) error { return tx.RemoveLeave(x.leave.ID) }},
		{"ChangeUser", func(tx *models.Tx) error { return tx.ChangeUser(&c.Colleague, "name") }},
		{"AddUser", func(tx *models.Tx) error {
			return tx.AddUser(&models.User{ID: tx.NewID(), Login: "new", Number: "N-new"})
		}},
		{"DisableUser", func(tx *models.Tx) error { return tx.DisableUser(c.Colleague.ID) }},
		{"EnableUser", func(tx *models.Tx) error { return tx.EnableUser(c.Colleague.ID) }},
		{"AddProducts", func(tx *models.Tx) error { return tx.AddProducts([]models.Product{{ID: tx.NewID(), Number: "P9"}}) }},
		{"ChangeProduct", func(tx *models.Tx) error { return tx.ChangeProduct(&c.Product, "price") }},
		{"PutHolidays", func(tx *models.Tx) error { return tx.PutHolidays([]models.Holiday{{Day: tx.Today}}) }},
		{"RemoveHoliday", func(tx *models.Tx) error { return tx.RemoveHoliday(civil.Of(2026, 3, 4)) }},
		{"RenameCompany", func(tx *models.Tx) error { return tx.RenameCompany("新", "Asia/Shanghai") }},
		{"AddPolicy", func(tx *models.Tx) error { return tx.AddPolicy(&models.Policy{FromDay: tx.Today, Body: []byte("{}")}) }},
		{"ChangeLog", func(tx *models.Tx) error {
			l, err := tx.Log(auth.System(), x.log)
			return errors.Join(err, tx.ChangeLog(&l, "late"))
		}},
		{"AddReview", func(tx *models.Tx) error {
			return tx.AddReview(&models.Review{LogID: x.log, AccountID: a, UserID: c.Rep.ID, Day: tx.Today, Open: true, CreatedAt: tx.Now})
		}},
		{"ChangeReview", func(tx *models.Tx) error {
			r, err := tx.Review(x.log)
			r.Why = "谈过"
			return errors.Join(err, tx.ChangeReview(&r, "why"))
		}},
		{"AddJoint", func(tx *models.Tx) error {
			return tx.AddJoint(x.request(tx, c))
		}},
		{"ChangeJoint", func(tx *models.Tx) error {
			r := x.request(tx, c)
			if err := tx.AddJoint(r); err != nil {
				return err
			}
			r.Status = models.JointCancelled
			return tx.ChangeJoint(r, "status")
		}},
		{"PutSnooze", func(tx *models.Tx) error {
			return tx.PutSnooze(models.Snooze{Kind: "NEGLECTED", SubjectID: a, UntilDay: tx.Today + 1, Since: tx.Today, CreatedBy: c.Manager.ID}, c.Rep.ID)
		}},
		{"GiveJointRequests", func(tx *models.Tx) error {
			r := models.JointRequest{ID: tx.NewID(), AccountID: a, AskedBy: c.Colleague.ID, WithID: c.Expert.ID, Day: tx.Today, Status: models.JointAsked}
			return errors.Join(tx.AddJoint(&r), tx.GiveJointRequests([]id.ID{a}, []id.ID{c.Colleague.ID}, c.Rep.ID))
		}},
		{"PutMoved", func(tx *models.Tx) error {
			x.moved = models.MovedAccount{MoveID: tx.NewID(), AccountID: a, FromRepID: c.Rep.ID, ToRepID: c.Rep.ID, Status: models.MovedDone, At: &tx.Now}
			m := models.Move{ID: x.moved.MoveID, ToRepID: c.Rep.ID, Status: models.MoveDone, CreatedBy: c.Supervisor.ID, CreatedAt: tx.Now}
			return errors.Join(tx.AddMoves([]models.Move{m}), tx.PutMoved(m.ID, []models.MovedAccount{x.moved}))
		}},
		{"ChangeMoved", func(tx *models.Tx) error { return tx.ChangeMoved(&x.moved, "read_at") }},
		{"RemoveShed", func(tx *models.Tx) error {
			shed := []models.ShedItem{{ID: tx.NewID(), RepID: c.Rep.ID, AccountID: a, DueOn: tx.Today}}
			return errors.Join(tx.SavePlan(c.Rep.ID, models.PlanDiff{Shed: &shed}), tx.RemoveShed([]id.ID{a}))
		}},
		{"MoveAccounts", func(tx *models.Tx) error {
			return tx.MoveAccounts(c.Rep.ID, []models.Assignment{{ID: tx.NewID(), AccountID: c.Covered.ID, RepID: c.Rep.ID, FromAt: tx.Now}})
		}},
		{"MoveAccount", func(tx *models.Tx) error {
			return tx.MoveAccount(&c.Own, models.Assignment{ID: tx.NewID(), AccountID: a, RepID: c.Colleague.ID, FromAt: tx.Now})
		}},
	}
}

func (x *hanging) line(tx *models.Tx, c modelstest.Company) models.PurchaseLine {
	return models.PurchaseLine{ID: tx.NewID(), PurchaseID: x.order.ID, Line: 1, ProductID: c.Product.ID, Quantity: 1}
}

// request asks the manager along to the account.
func (x *hanging) request(tx *models.Tx, c modelstest.Company) *models.JointRequest {
	return &models.JointRequest{
		ID: tx.NewID(), AccountID: c.Own.ID, AskedBy: c.Rep.ID, WithID: c.Manager.ID, Kind: cadence.Call, Day: tx.Today, Status: models.JointAsked, CreatedAt: tx.Now,
	}
}

// TestNobodyIsToldWhoNeverAsked: feeds that were never built stay empty but count, at three statements a change.
func TestNobodyIsToldWhoNeverAsked(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		before, team, other := seqOf(t, s, c.Rep.ID), teamSeq(t, s, *c.Rep.TeamID), teamSeq(t, s, *c.OtherRep.TeamID)
		ctx, n := models.CountStatements(t.Context())
		ok(t, s.Write(ctx, func(tx *models.Tx) error {
			a, err := tx.LockAccount(auth.System(), c.Own.ID)
			if err != nil {
				return err
			}
			return tx.ChangeAccount(&a, "job")
		}))
		if now := teamSeq(t, s, *c.Rep.TeamID); now <= team {
			t.Errorf("the desk of the team does not hear of it: %d after %d", now, team)
		}
		if now := teamSeq(t, s, *c.OtherRep.TeamID); now != other {
			t.Errorf("the desk of another team hears of it: %d after %d", now, other)
		}
		if *n != 2+1+3 {
			t.Errorf("%d statements", *n)
		}
		read(t, s, func(tx *models.Tx) error {
			head, err := tx.FeedHead(c.Rep.ID)
			rows, sinceErr := tx.FeedSince(c.Rep.ID, 0, 10)
			if head.Seq != before+1 || head.Built != nil || len(rows) > 0 || sinceErr != nil {
				t.Errorf("%+v %v %v", head, rows, sinceErr)
			}
			return err
		})
	})
}

// TestABulkLooksOnce: a transaction of many accounts asks whose they are only when somebody has a feed.
func TestABulkLooksOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		bulk := func(from int) int64 {
			ctx, n := models.CountStatements(t.Context())
			ok(t, s.Write(ctx, func(tx *models.Tx) error {
				rows := make([]models.Account, 1200)
				for i := range rows {
					rows[i] = c.Own
					rows[i].ID, rows[i].Number = tx.NewID(), fmt.Sprint("B", from+i)
				}
				return tx.AddAccounts(rows)
			}))
			return *n
		}
		if n := bulk(0); n != 6+2 {
			t.Errorf("%d statements, want 6, one look and one count", n)
		}
		write(t, s, func(tx *models.Tx) error { return tx.RefreshFeed(c.Rep.ID) })
		before := seqOf(t, s, c.Rep.ID)
		bulk(1200)
		if got := seqOf(t, s, c.Rep.ID) - before; got != 1200 {
			t.Errorf("%d numbers given, want 1200", got)
		}
	})
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// notSynced write what no device keeps.
var notSynced = []string{
	"AddAudit", "AddCommand", "AddDevice", "AddModel", "AddSession", "AddShop", "AddTeam", "ChangeDevice",
	"ChangeShop", "ChangeTeam", "PutOperation", "PutTokens", "PutSegment",
	"AddMoves", "ChangeMove",
	// Desks read them; the grade or tier they bring is told with the account.
	"AddProposals", "ChangeProposal", "AddStandingChanges", "PutTierCuts",
	// Whoever moves the accounts tells of them.
	"EndMoved", "SumUpDue",
	// They are their plural or single twin.
	"AddAudits",
	"AddAccounts", "AddAssignments", "AddUsers", "AddDryRun", "EndDryRun",
}

// TestEveryWriteMethodIsTried: a new method that writes is either told, and tried above, or listed as not synced.
func TestEveryWriteMethodIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, m := range (&hanging{}).methods(modelstest.Company{}) {
		tried[strings.Split(strings.Split(m.name, ":")[0], " ")[0]] = true
	}
	verbs := []string{"Add", "Change", "Put", "Remove", "Give", "End", "Move", "Save", "Replace", "Rename", "Enable", "Disable", "SumUp"}
	for _, name := range notSynced {
		if _, found := reflect.TypeFor[*models.Tx]().MethodByName(name); !found {
			t.Errorf("there is no method %s", name)
		}
	}
	for i := range reflect.TypeFor[*models.Tx]().NumMethod() {
		name := reflect.TypeFor[*models.Tx]().Method(i).Name
		writes := slices.ContainsFunc(verbs, func(v string) bool {
			rest, found := strings.CutPrefix(name, v)
			return found && rest != "" && unicode.IsUpper(rune(rest[0]))
		})
		if writes && !tried[name] && !slices.Contains(notSynced, name) {
			t.Errorf("%s writes: try it above, or say that no device keeps it", name)
		}
	}
}

// teamSeq is what tells the desk of a team that something moved.
func teamSeq(t *testing.T, s *models.Store, team id.ID) (n int64) {
	t.Helper()
	read(t, s, func(tx *models.Tx) error {
		counters, err := tx.TeamCounters()
		n = counters[team]
		return err
	})
	return n
}
