package care_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
	"huifang/models/modelstest"
)

func TestImportAgainUpdatesInsteadOfDoubling(t *testing.T) {
	onEachWithFiles(t, func(t *testing.T, w *files) {
		w.loads(book())
		before := w.rows()
		for name, key := range map[string]models.User{"rep": w.staffed("R1"), "leader": w.staffed("L1")} {
			if !w.asked(key.ID) && name == "rep" {
				t.Errorf("%s waits for no plan", name)
			}
		}
		r := w.loads(care.ImportInput{
			Reps:      reps("工号,姓名,登录名,门店,手机", "R1,张大伟,da.wei,和平路店,13900139000"),
			Accounts:  accounts("会员号,姓名,负责人工号,地址,电话,配偶姓名,配偶生日,标签,生日", "C1,王秀兰,R1,和平路2号,13800138009,刘建军,1950-03-05,糖友、新,", "C2,赵淑芬,R1,,,,,,"),
			Purchases: purchases("订单号,会员号,日期,金额,产品编号", "O1,C1,2026-02-02,398,Q1", "O2,C2,2025-11-03,99,蜂胶"),
		})
		want := "REPS 1: 0 added, 1 updated, 0 unchanged; ACCOUNTS 2: 0 added, 1 updated, 1 unchanged; PURCHASES 2: 0 added, 1 updated, 1 unchanged"
		if tallies(r) != want {
			t.Errorf("%s", tallies(r))
		}
		before["audits"] += 1 + 3
		before["purchase_lines"]-- // O1 has one line now
		if diff := cmp.Diff(before, w.rows()); diff != "" {
			t.Errorf("rows (-before +after):\n%s", diff)
		}
		wantUpdated(t, w.world)
	})
}

func wantUpdated(t *testing.T, w *world) {
	t.Helper()
	rep := w.staffed("R1")
	if rep.Name != "张大伟" || rep.Pinyin != "zhangdawei zdw" || rep.Login != "da.wei" || rep.Role != "REP" || rep.TeamID == nil || *rep.StartLat != 36.65 {
		t.Errorf("rep %+v", rep)
	}
	a := w.numbered("C1")
	if a.Since != civil.Must("2025-01-02") || a.Version != 2 || a.Sex != models.Female || a.Spent != 39800 || *a.LastPurchaseOn != civil.Must("2026-02-02") {
		t.Errorf("account %+v", a)
	}
	if phone := got[string](t)(w.ClearPhone(w.as(rep), a)); phone != "13800138009" {
		t.Errorf("phone %q", phone)
	}
	h := got[care.Health](t)(w.OpenHealth(w.as(rep), a.ID))
	if h.Health != "高血压" {
		t.Errorf("a blank cell took the health away: %+v", h)
	}
	f := got[care.File](t)(w.AccountFile(w.as(rep), a.ID))
	if f.Members[0].Name != "刘建军" || len(f.Dates) != 2 || cmp.Diff([]string{"新", "糖友"}, f.Tags) != "" {
		t.Errorf("file %+v", f)
	}
	w.write(func(tx *models.Tx) error {
		p, err := tx.PurchaseByNumber(auth.System(), "O1")
		if err != nil {
			return err
		}
		lines, err := tx.LinesOf(one(p))
		if p.Channel != "门店" || len(lines) != 1 || lines[0].Quantity != 2 || lines[0].SupplyDays != 60 || p.SupplyDays != 60 {
			t.Errorf("a blank cell took something away: %+v %+v", p, lines)
		}
		return err
	})
}

func TestImportMovesAnAccountWithItsWork(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		item := w.item(w.Own, "ROUTINE:1", nil)
		stop := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
		w.asked(w.Rep.ID)
		w.loads(care.ImportInput{Accounts: accounts("会员号,姓名,负责人工号", "M1,张秀英,N-branch")})
		a := w.account(w.Own.ID)
		if a.RepID != w.BranchRep.ID || a.StoreID != w.Branch.ID || a.Name != "张秀英" || a.Service != cadence.Stopped {
			t.Errorf("account %+v", a)
		}
		if i := w.readItem(item.ID); i.RepID != w.BranchRep.ID {
			t.Error("its open item stayed behind")
		}
		if f := got[models.CaseFile](t)(w.Case(w.as(w.BranchRep), stop.Case.ID)); f.Case.OwnerID != w.BranchRep.ID {
			t.Error("its open case stayed behind")
		}
		if !w.asked(w.Rep.ID) || !w.asked(w.BranchRep.ID) {
			t.Error("both reps must be planned anew")
		}
		w.write(func(tx *models.Tx) error {
			history, err := tx.AssignmentsOf(auth.System(), a.ID)
			if len(history) != 2 || history[0].RepID != w.BranchRep.ID || history[0].ToAt != nil || history[1].RepID != w.Rep.ID || history[1].ToAt == nil {
				t.Errorf("history %+v", history)
			}
			return err
		})
		// An order of the same import is the new rep's.
		w.loads(care.ImportInput{
			Accounts:  accounts("会员号,姓名,负责人工号", "M1,张秀英,N-other"),
			Purchases: purchases("订单号,会员号,日期,金额,产品", "O1,M1,2026-03-01,100,益生菌"),
		})
		w.write(func(tx *models.Tx) error {
			p, err := tx.PurchaseByNumber(auth.System(), "O1")
			if p.RepID != w.OtherRep.ID {
				t.Error("the order is credited to another")
			}
			lines, _ := tx.LinesOf(one(p))
			if lines[0].ProductID != w.Product.ID || lines[0].SupplyDays != 30 {
				t.Errorf("a product called by its name lasts as long as it does: %+v", lines)
			}
			return err
		})
	})
}

func TestImportKeepsAnAccountWithWhoHoldsItAlready(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.disable(w.Rep)
		r := w.loads(care.ImportInput{Accounts: accounts("会员号,姓名,负责人工号", "M1,张秀英,N-rep", "M3,陈玉珍,N-other")})
		if tally(r.Files[0]) != "ACCOUNTS 2: 0 added, 0 updated, 2 unchanged" {
			t.Errorf("%s", tally(r.Files[0]))
		}
	})
}

func TestAnImportedOrderWinsBack(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		stop := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
		got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), care.OverrideHorizon{
			ID: w.key(), AccountID: w.Own.ID, Horizon: cadence.ThisMonth, Reason: "说了要买", Until: w.today + 30,
		}))
		order := func(number, day string) care.ImportInput {
			return care.ImportInput{Purchases: purchases("订单号,会员号,日期,金额,产品", number+",M1,"+day+",100,益生菌")}
		}
		w.loads(order("O1", "2026-02-01"))
		if a := w.account(w.Own.ID); a.Service != cadence.Stopped || a.Purchases != 1 {
			t.Errorf("an old order wins nothing back: %+v", a)
		}
		report := got[care.ImportReport](t)(w.ImportNow(t.Context(), order("O2", "2026-03-04")))
		if !report.Written {
			t.Errorf("%+v", report)
		}
		if a := w.account(w.Own.ID); a.Service != cadence.OnProduct || a.StopCause != "" || a.Purchases != 2 || a.Spent != 20000 {
			t.Errorf("account %+v", a)
		}
		f := got[models.CaseFile](t)(w.Case(w.as(w.Rep), stop.Case.ID))
		if f.Case.Status != models.CaseWonBack || *f.Case.ClosedOn != w.today {
			t.Errorf("case %+v", f.Case)
		}
		if f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID)); f.Override != nil {
			t.Error("the rep's word has come true, and ends")
		}
	})
}

func TestImportedOrdersCountAsRecordedOnes(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		p := got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today-40, 30000)))
		got[models.Return](t)(w.RecordReturn(w.as(w.Rep), care.RecordReturn{ID: w.key(), PurchaseID: p.ID, Day: w.today, Whole: true, Reason: "全退"}))
		w.loads(care.ImportInput{Purchases: purchases("订单号,会员号,日期,金额,产品", "O1,M1,2026-02-01,100,益生菌", "O2,M2,2026-02-01,100,益生菌")})
		imported := w.account(w.Own.ID)
		if imported.Purchases != 1 || imported.Spent != 10000 || imported.Since != w.Own.Since {
			t.Errorf("account %+v", imported)
		}
		// Another order by hand sums all up anew: nothing else may change.
		got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today, 1)))
		recorded := w.account(w.Own.ID)
		if recorded.Purchases != 2 || recorded.Spent != 10001 {
			t.Errorf("account %+v", recorded)
		}
	})
}

func TestAnOrderMayMoveToAnotherMember(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		order := func(member string) care.ImportInput {
			return care.ImportInput{Purchases: purchases("订单号,会员号,日期,金额,产品", "O1,"+member+",2026-02-01,100,益生菌")}
		}
		w.loads(order("M1"))
		r := w.loads(order("M6"))
		if tally(r.Files[0]) != "PURCHASES 1: 0 added, 1 updated, 0 unchanged" {
			t.Errorf("%s", tally(r.Files[0]))
		}
		from, to := w.account(w.Own.ID), w.account(w.OtherStores.ID)
		if from.Purchases != 0 || from.Spent != 0 || from.LastPurchaseOn != nil || to.Purchases != 1 || to.Spent != 10000 {
			t.Errorf("from %+v to %+v", from, to)
		}
		if w.audited(to.ID, "IMPORT") != 1 || !w.asked(w.Rep.ID) || !w.asked(w.BranchRep.ID) {
			t.Error("the move is not audited, or not planned for")
		}
	})
}

func TestAnOrderMayCostLessThanItsLines(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := w.order(w.Own, w.today, 30000)
		in.Amount, in.Number = 25000, "O9"
		got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), in))
		out := w.exports("csv", "zh")
		r := w.loads(out.input())
		if tally(r.Files[2]) != "PURCHASES 1: 0 added, 0 updated, 1 unchanged" {
			t.Errorf("%s\n%s", tally(r.Files[2]), out.Purchases)
		}
	})
}

func TestStoresAndTeamsAreFoundByTheirNames(t *testing.T) {
	onEachWithFiles(t, func(t *testing.T, w *files) {
		before := w.rows()
		w.loads(care.ImportInput{Reps: reps("工号,姓名,门店,小组", "R7,张伟,新城店,三组", "R8,李娜,新城店,四组", "R9,王芳,新城店,四组")})
		before["users"], before["teams"] = before["users"]+3, before["teams"]+1
		before["feeds"] += 3
		before["audits"] += 4
		if diff := cmp.Diff(before, w.rows()); diff != "" {
			t.Errorf("rows (-before +after):\n%s", diff)
		}
		if u, v := w.staffed("R7"), w.staffed("R8"); *u.TeamID != w.BranchTeam.ID || *v.StoreID != w.Branch.ID {
			t.Errorf("%+v %+v", u, v)
		}
	})
}

func TestWhoHasNoStaffNumberGoesByTheLogin(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.write(func(tx *models.Tx) error {
			w.Colleague.Number = ""
			return tx.ChangeUser(&w.Colleague, "number")
		})
		r := w.loads(care.ImportInput{
			Reps:     reps("工号,姓名", "colleague,李小静"),
			Accounts: accounts("会员号,姓名,负责人工号", "M2,刘桂兰,colleague", "C1,王秀兰,colleague"),
		})
		if tallies(r) != "REPS 1: 0 added, 1 updated, 0 unchanged; ACCOUNTS 2: 1 added, 0 updated, 1 unchanged" {
			t.Errorf("%s", tallies(r))
		}
		if a := w.numbered("C1"); a.RepID != w.Colleague.ID {
			t.Errorf("held by %s", a.RepID)
		}
	})
}

func TestRefusalsThatAreOverStayOver(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		over, since := w.today-1, w.today-30
		known := []models.OptOut{{Kind: "CALL", From: since, To: &over}, {Kind: "MESSAGE", From: since}}
		w.write(func(tx *models.Tx) error {
			w.Own.OptOuts = known
			return tx.ChangeAccount(&w.Own, "opt_outs")
		})
		load := func(cell string) string {
			return tally(w.loads(care.ImportInput{Accounts: accounts("会员号,姓名,负责人工号,拒绝联系方式", "M1,张秀英,N-rep,"+cell)}).Files[0])
		}
		if got := load("短信"); got != "ACCOUNTS 1: 0 added, 0 updated, 1 unchanged" {
			t.Errorf("what is known: %s", got)
		}
		load("电话、微信、家访、CALL")
		want := []models.OptOut{{Kind: "CALL"}, {Kind: "MESSAGE", From: since}, {Kind: "HOME_VISIT"}, {Kind: "CALL", From: since, To: &over}}
		if diff := cmp.Diff(want, w.account(w.Own.ID).OptOuts); diff != "" {
			t.Errorf("refusals (-want +got):\n%s", diff)
		}
	})
}

func TestImportFromTheCommandLineMayNameAnybody(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		r := got[care.ImportReport](t)(w.ImportNow(t.Context(), care.ImportInput{Reps: reps("工号,姓名,角色", "B1,马经理,经理", "B2,牛管理,ADMIN", "N-manager,冯经理,主管")}))
		if len(r.Files[0].Problems) != 1 || r.Files[0].Problems[0].Code != "NO_TEAM" {
			t.Errorf("%+v", r)
		}
		r = got[care.ImportReport](t)(w.ImportNow(t.Context(), care.ImportInput{Reps: reps("工号,姓名,角色", "B1,马经理,经理", "B2,牛管理,ADMIN")}))
		if !r.Written || w.staffed("B2").Role != "ADMIN" || w.staffed("B1").TeamID != nil {
			t.Errorf("%+v", r)
		}
		r = w.loads(care.ImportInput{Reps: reps("工号,姓名,角色", "B1,马小经理,经理")})
		if !r.Written {
			t.Error("a manager may mend a manager's name")
		}
	})
}

func TestMembersMayShareATelephone(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.loads(care.ImportInput{Accounts: accounts("会员号,姓名,负责人工号,电话", "C1,王秀兰,N-rep,13800138001", "C2,刘建国,N-rep,13800138001")})
		found := got[care.Found](t)(w.Search(w.as(w.Rep), care.Search{Text: "8001"}, care.Page{}))
		if len(found.Rows) != 2 {
			t.Errorf("%d found", len(found.Rows))
		}
	})
}

func TestImportTellsHowFarItIs(t *testing.T) {
	s, clock := modelstest.SQLite(t)
	w := newWorld(t, s, clock)
	var steps []string
	last := 0.0
	in := book()
	in.Progress = func(file, step string, share float64) {
		if step := step + " " + file; len(steps) == 0 || steps[len(steps)-1] != step {
			steps, last = append(steps, step), 0
		}
		if share < last || share > 1 {
			t.Errorf("%s %s at %v after %v", step, file, share, last)
		}
		last = share
	}
	w.loads(in)
	want := []string{"check reps.csv", "check accounts.csv", "check purchases.csv", "write accounts.csv", "write purchases.csv"}
	if diff := cmp.Diff(want, steps); diff != "" || last != 1 {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

func TestImportsAtOnceWriteOneCompany(t *testing.T) {
	onEachWithFiles(t, func(t *testing.T, w *files) {
		errs := make(chan error)
		for range 4 {
			go func() {
				_, err := w.Import(w.as(w.Manager), book())
				errs <- err
			}()
		}
		written := 0
		for range 4 {
			switch err := <-errs; care.CodeOf(err) {
			case "":
				written++
			case care.CodeConflict:
				if !strings.Contains(err.Error(), "reps.csv, lines 2 to 2") {
					t.Errorf("%v", err)
				}
			default:
				t.Errorf("%v", err)
			}
		}
		before := w.rows()
		r := w.loads(book())
		if written == 0 || tallies(r) != "REPS 2: 0 added, 0 updated, 2 unchanged; ACCOUNTS 3: 0 added, 0 updated, 3 unchanged; PURCHASES 3: 0 added, 0 updated, 2 unchanged" {
			t.Errorf("%d written, then %s", written, tallies(r))
		}
		before["audits"]++
		if diff := cmp.Diff(before, w.rows()); diff != "" {
			t.Errorf("rows (-before +after):\n%s", diff)
		}
	})
}
