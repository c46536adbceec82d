package graph_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"huifang/auth"
	"huifang/cadence"
	"huifang/graph"
	mobileschema "huifang/mobile-schema"
	"huifang/models"
	"huifang/models/modelstest"
)

// budget is the most SQL statements one run of an operation of the app may take, besides the one that checks who is
// signed in. Files and days here are full, so that a statement for each row would show.
type budget struct {
	most int
	who  func(a *api) models.User
	with func(a *api, f full) variables
}

func theRep(a *api) models.User        { return a.Rep }
func theSupervisor(a *api) models.User { return a.Supervisor }
func theExpert(a *api) models.User     { return a.Expert }
func theManager(a *api) models.User    { return a.Manager }
func noInput(*api, full) variables     { return variables{} }

// put makes an input with a new key.
func put(fields func(f full) variables) func(*api, full) variables {
	return func(a *api, f full) variables {
		v := fields(f)
		v["id"] = a.key()
		return variables{"input": v}
	}
}

// budgets has a row for every operation of mobile-schema/operations: the test fails when one is missing.
func budgets() map[string]budget {
	lang := func(f variables) variables { f["lang"] = "ZH"; return f }
	return map[string]budget{
		"SignIn": {8, theRep, func(a *api, _ full) variables {
			return variables{"login": a.Colleague.Login, "password": password, "device": "d", "deviceId": a.key()}
		}},
		"Refresh":        {4, theRep, func(a *api, _ full) variables { return variables{"token": a.signedIn} }},
		"SignOut":        {2, theRep, noInput},
		"Me":             {1, theRep, noInput},
		"ChangePassword": {6, theSupervisor, func(*api, full) variables { return variables{"old": password, "next": "new-" + password} }},

		// Two contacts: five statements to hear the device, and for each command five beside its own.
		"Push": {54, theRep, func(a *api, f full) variables {
			return variables{"device": variables{"id": phone, "issued": 2, "waiting": []int{1, 2}, "app": "1"},
				"commands": []any{a.logCommand(f.subject, 1), a.logCommand(f.subject, 2)}}
		}},
		"Devices": {4, theSupervisor, noInput},
		"RevokeDevice": {8, theSupervisor, func(a *api, f full) variables {
			return variables{"user": f.person, "device": f.device, "why": "丢了"}
		}},

		// A feed is built, a page has every kind and the world. An idle pull takes one statement: see care.
		"Changes": {39, theRep, func(*api, full) variables { return variables{"after": "", "first": 1000} }},

		"MyDay":   {3, theRep, func(*api, full) variables { return lang(variables{}) }},
		"MyWeeks": {6, theRep, func(*api, full) variables { return lang(variables{"from": today, "to": "2026-03-31"}) }},
		"RepDay":  {4, theSupervisor, func(a *api, _ full) variables { return lang(variables{"rep": a.Rep.ID}) }},
		"RepWeeks": {7, theSupervisor, func(a *api, _ full) variables {
			return lang(variables{"rep": a.Rep.ID, "from": today, "to": "2026-03-31"})
		}},
		"WhyItem": {4, theRep, func(_ *api, f full) variables { return lang(variables{"item": f.item}) }},

		"AccountFile":    {8, theRep, func(_ *api, f full) variables { return lang(variables{"account": f.account}) }},
		"Health":         {2, theRep, func(_ *api, f full) variables { return variables{"account": f.account} }},
		"SearchAccounts": {1, theRep, func(*api, full) variables { return variables{"search": variables{"text": "会员"}} }},
		"Timeline":       {11, theRep, func(_ *api, f full) variables { return variables{"account": f.account} }},
		"LogNote":        {2, theRep, func(_ *api, f full) variables { return variables{"log": f.log} }},
		"CaseNote":       {2, theRep, func(_ *api, f full) variables { return variables{"case": f.file} }},
		"StepNotes":      {2, theRep, func(_ *api, f full) variables { return variables{"case": f.file} }},
		"Case":           {2, theRep, func(_ *api, f full) variables { return variables{"case": f.file} }},

		"StartItem":      {8, theRep, func(_ *api, f full) variables { return variables{"item": f.item, "at": "2026-03-04T01:59:00Z"} }},
		"PinItem":        {14, theRep, func(_ *api, f full) variables { return variables{"item": f.item, "pinned": true} }},
		"CancelItem":     {19, theRep, put(func(f full) variables { return variables{"itemId": f.item, "reason": "雨", "nextOn": tomorrow} })},
		"RescheduleItem": {18, theRep, put(func(f full) variables { return variables{"itemId": f.visit, "day": tomorrow} })},
		"OrderDay": {17, theRep, put(func(f full) variables {
			return variables{"day": today, "items": []any{variables{"itemId": f.item, "startMin": 610, "travel": 5}, variables{"itemId": f.visit, "startMin": 700}}}
		})},
		"PlanContact": {17, theRep, put(func(f full) variables {
			return variables{"accountId": f.account, "kind": "CALL", "day": tomorrow, "reason": "问候"}
		})},
		"LogContact": {24, theRep, put(func(f full) variables {
			return variables{"accountId": f.account, "itemId": f.visit, "kind": "HOME_VISIT", "outcome": "MET",
				"startedAt": "2026-03-04T01:00:00Z", "note": "聊得好", "nextOn": "2026-03-12", "nextKind": "CALL"}
		})},

		"EditAccount": {12, theRep, put(func(f full) variables {
			return variables{"accountId": f.account, "version": 0, "job": "教师", "phone": "13800001234"}
		})},
		"AddMember":    {12, theRep, put(func(f full) variables { return variables{"accountId": f.account, "name": "孙子"} })},
		"RemoveMember": {12, theRep, func(_ *api, f full) variables { return variables{"member": f.member} }},
		"AddDate": {12, theRep, put(func(f full) variables {
			return variables{"accountId": f.account, "occasion": "BIRTHDAY", "calendar": "SOLAR", "month": 3, "day": 8}
		})},
		"RemoveDate": {11, theRep, func(_ *api, f full) variables { return variables{"date": f.date} }},
		"SetTags": {10, theRep, func(_ *api, f full) variables {
			return variables{"account": f.account, "tags": []string{"甲", "乙", "丙"}}
		}},

		"PauseAccount": {13, theRep, put(func(f full) variables {
			return variables{"accountId": f.account, "from": today, "to": tomorrow, "reason": "旅行"}
		})},
		"ResumeAccount": {7, theRep, func(_ *api, f full) variables { return variables{"account": f.account} }},
		"PauseArea": {19, theSupervisor, put(func(f full) variables {
			return variables{"storeId": f.store, "district": "历下区", "from": "2026-06-01", "to": "2026-06-02", "reason": "封路"}
		})},
		"ResumeArea": {8, theSupervisor, func(_ *api, f full) variables { return variables{"pause": f.pause} }},
		"AreaPauses": {2, theSupervisor, func(_ *api, f full) variables { return variables{"store": f.store} }},
		"OverrideHorizon": {13, theRep, put(func(f full) variables {
			return variables{"accountId": f.account, "horizon": "THIS_MONTH", "reason": "她说了", "until": "2026-03-20"}
		})},
		"EndOverride": {9, theRep, func(_ *api, f full) variables { return variables{"account": f.account} }},

		"StopAccount":   {18, theRep, put(func(f full) variables { return variables{"accountId": f.account, "cause": "SERVICE"} })},
		"ResumeService": {14, theRep, func(_ *api, f full) variables { return variables{"account": f.account, "why": "好了"} }},
		"OpenCase": {16, theRep, put(func(f full) variables {
			return variables{"accountId": f.account, "kind": "WIN_BACK", "dueOn": "2026-04-01", "note": "再试"}
		})},
		"CompleteCaseStep": {18, theRep, put(func(f full) variables { return variables{"caseId": f.file, "stepId": f.step, "logId": f.log} })},
		"CloseCase":        {16, theRep, put(func(f full) variables { return variables{"caseId": f.file, "as": "SETTLED", "why": "好了"} })},
		"CaseBoard":        {4, theSupervisor, func(*api, full) variables { return variables{"filter": variables{}, "first": 50, "after": ""} }},
		"CaseFigures":      {1, theSupervisor, func(*api, full) variables { return variables{"from": "2026-01-01", "to": today} }},
		"Workload":         {12, theManager, func(*api, full) variables { return variables{"input": variables{"by": "REP"}} }},
		"FigureRows": {5, theManager, func(*api, full) variables {
			return variables{"input": variables{"figure": "PLANNED"}, "first": 50, "after": ""}
		}},
		"LoadMap":        {5, theManager, func(*api, full) variables { return variables{"from": "2026-03-01", "to": "2026-03-31"} }},
		"Pipeline":       {4, theManager, noInput},
		"MapPoints":      {3, theManager, noInput},
		"CompanyFigures": {4, theManager, noInput},
		"ForecastRecord": {6, theManager, func(*api, full) variables { return lang(variables{"input": variables{"months": 12}}) }},
		"Teams":          {2, theManager, noInput},
		"Inbox": {14, theSupervisor, func(*api, full) variables {
			return lang(variables{"filter": variables{}, "first": 50, "after": ""})
		}},
		"Snooze": {11, theSupervisor, put(func(f full) variables {
			return variables{"kind": "COMPLAINT", "subject": f.file, "until": tomorrow, "why": "明天再看"}
		})},
		"Review":       {3, theSupervisor, func(_ *api, f full) variables { return variables{"log": f.log} }},
		"AnswerReview": {14, theRep, put(func(f full) variables { return variables{"logId": f.log, "answer": "她赶时间"} })},
		"SettleReview": {14, theSupervisor, put(func(f full) variables { return variables{"logId": f.log, "verdict": "FINE"} })},
		"GiveCase":     {15, theSupervisor, put(func(f full) variables { return variables{"caseId": f.file, "ownerId": f.person} })},
		"FreeTimes": {6, theSupervisor, func(a *api, f full) variables {
			return variables{"people": []any{f.person, a.Expert.ID}, "from": today, "to": "2026-03-20", "minutes": 60}
		}},
		"Companions":      {3, theRep, func(_ *api, f full) variables { return variables{"account": f.account} }},
		"AccountStanding": {9, theRep, func(_ *api, f full) variables { return lang(variables{"account": f.account}) }},
		"GradeProposals":  {1, theSupervisor, func(*api, full) variables { return lang(variables{}) }},
		"ProposeGrade": {20, theSupervisor, func(a *api, f full) variables {
			return lang(variables{"input": variables{"id": a.key(), "accountId": f.account, "grade": 60, "why": "常带邻居来"}})
		}},
		"AnswerGrade": {20, theSupervisor, func(a *api, f full) variables {
			return lang(variables{"input": variables{"id": a.key(), "proposalId": f.grade, "confirm": true}})
		}},
		"JointRequests": {2, theSupervisor, func(_ *api, f full) variables { return variables{"case": f.file} }},
		"AskJoint": {20, theRep, func(a *api, f full) variables {
			return variables{"input": variables{"id": a.key(), "accountId": f.account, "caseId": f.file, "withId": a.Manager.ID, "kind": "HOME_VISIT", "day": tomorrow, "note": "一起去"}}
		}},
		"AnswerJoint": {22, theExpert, put(func(f full) variables { return variables{"requestId": f.joint, "accept": true} })},
		"CancelJoint": {13, theRep, func(_ *api, f full) variables { return variables{"request": f.joint, "why": "改天"} }},

		"Products": {1, theRep, noInput},
		"RecordPurchase": {30, theRep, func(a *api, f full) variables {
			line := variables{"productId": a.Product.ID, "quantity": 2, "amount": 29800}
			return variables{"input": variables{"id": a.key(), "accountId": f.account, "day": today, "amount": 89400, "lines": []any{line, line, line}}}
		}},
		"RecordReturn": {28, theRep, put(func(f full) variables {
			return variables{"purchaseId": f.order, "day": today, "amount": 29800, "whole": true, "reason": "不合适"}
		})},

		"MyLeaves":    {1, theRep, noInput},
		"AskedLeaves": {1, theSupervisor, noInput},
		"AskLeave":    {7, theRep, put(func(full) variables { return variables{"from": today, "to": tomorrow} })},
		"GrantLeave":  {9, theSupervisor, func(_ *api, f full) variables { return variables{"leave": f.leave} }},
		"RefuseLeave": {11, theSupervisor, func(_ *api, f full) variables { return variables{"leave": f.leave, "why": "忙"} }},
		"CoverLeave": {22, theSupervisor, func(a *api, f full) variables {
			by := variables{"accounts": []any{f.account}, "rep": a.Colleague.ID}
			return variables{"input": variables{"id": a.key(), "owner": f.person, "from": today, "to": tomorrow, "by": []any{by}}}
		}},
		"EndCovers":   {18, theSupervisor, func(_ *api, f full) variables { return variables{"covers": []any{f.leave}} }},
		"Covers":      {1, theSupervisor, func(*api, full) variables { return variables{"first": 100} }},
		"LeaveCovers": {2, theSupervisor, noInput},
		"Staff":       {1, theSupervisor, noInput},
		"Receivers": {10, theSupervisor, func(_ *api, f full) variables {
			return lang(variables{"accounts": []any{f.account}, "from": today, "to": tomorrow})
		}},
		"Balance": {11, theSupervisor, func(*api, full) variables { return lang(variables{}) }},
		// Beside the book of each side, which a plan reads too: 21 a rep, and 7 for the question.
		"MoveEffect": {50, theSupervisor, func(a *api, f full) variables {
			return variables{"moves": []any{variables{"accounts": []any{f.account}, "toRep": a.Colleague.ID}}}
		}},
		// Beside the book of the rep, which a plan reads too: 21, and 10 for the question and the names of the answer.
		"PlanEffect": {32, theRep, func(_ *api, f full) variables {
			return lang(variables{"input": variables{"move": variables{"itemId": f.visit, "day": tomorrow}}})
		}},
		"PolicyDesk": {3, theManager, noInput},
		"DryRun":     {1, theManager, func(_ *api, f full) variables { return variables{"run": f.run} }},
		"StartDryRun": {9, theManager, func(a *api, _ full) variables {
			return variables{"id": a.key(), "fromDay": tomorrow, "body": "{}"}
		}},
		"AddPolicy":      {12, theManager, func(*api, full) variables { return variables{"fromDay": tomorrow, "body": "{}"} }},
		"RollBackPolicy": {20, theManager, func(*api, full) variables { return variables{"version": 0} }},
		"Reassign": {40, theSupervisor, func(a *api, f full) variables {
			return variables{"input": variables{"id": a.key(), "accounts": []any{f.account}, "toRep": a.Colleague.ID, "reason": "近"}}
		}},
		"MoveAccounts": {49, theSupervisor, func(a *api, f full) variables {
			move := variables{"accounts": []any{f.account}, "toRep": a.Colleague.ID}
			return variables{"input": variables{"id": a.key(), "moves": []any{move}, "reason": "近", "joint": true}}
		}},
		"Moves":        {4, theSupervisor, func(*api, full) variables { return variables{"filter": variables{}, "first": 30, "after": ""} }},
		"Move":         {5, theSupervisor, func(_ *api, f full) variables { return variables{"move": f.move} }},
		"Handover":     {2, theRep, func(_ *api, f full) variables { return variables{"account": f.account} }},
		"EndMove":      {40, theSupervisor, put(func(f full) variables { return variables{"moveId": f.move, "why": "不合适"} })},
		"ObjectToMove": {36, theRep, put(func(f full) variables { return variables{"accountId": f.account, "objection": "只认原来的"} })},
		"ReadHandover": {8, theRep, func(_ *api, f full) variables { return variables{"account": f.account} }},
		"PlanRep":      {29, theSupervisor, func(a *api, _ full) variables { return lang(variables{"rep": a.Rep.ID}) }},
	}
}

// full is an account with a long file, in a rep's full day.
type full struct{ subject }

// full makes one.
func (a *api) full(t *testing.T) full {
	t.Helper()
	f := full{a.subject(t, own)}
	for range 5 {
		a.subject(t, own)
	}
	a.write(t, func(tx *models.Tx) error {
		account := models.Account{ID: f.account, RepID: a.Rep.ID}
		for n := range 6 {
			if err := lengthen(tx, a, account, n); err != nil {
				return err
			}
		}
		return tx.PutTags(f.account, []string{"重点", "糖友", "老师"})
	})
	return f
}

// lengthen adds one more of each thing that a file lists.
func lengthen(tx *models.Tx, a *api, account models.Account, n int) error {
	item := modelstest.Item(tx, account, fmt.Sprintf("MORE:%d", n))
	item.Day, item.Objectives = tx.Today+1, []cadence.Objective{cadence.Thank, cadence.CheckUse}
	if err := tx.AddItems([]models.PlanItem{item}); err != nil {
		return err
	}
	if err := tx.AddMembers([]models.Member{{ID: tx.NewID(), AccountID: account.ID, Name: "家人", CreatedAt: tx.Now}}); err != nil {
		return err
	}
	if err := addReturnCase(tx, account, n); err != nil {
		return err
	}
	log := models.ContactLog{
		ID: tx.NewID(), AccountID: account.ID, UserID: a.Rep.ID, ByRole: cadence.Rep, Kind: cadence.HomeVisit, Outcome: cadence.Met,
		Day: tx.Today - 10, StartedAt: tx.Now.Add(-240 * time.Hour), BodyHash: []byte{1}, CreatedAt: tx.Now,
	}
	if err := tx.AddLogs([]models.ContactLog{log}); err != nil {
		return err
	}
	order := models.Purchase{ID: tx.NewID(), AccountID: account.ID, RepID: a.Rep.ID, Day: tx.Today - 60, Amount: 100, CreatedAt: tx.Now}
	order.Number = order.ID.String()
	line := models.PurchaseLine{ID: tx.NewID(), PurchaseID: order.ID, Line: 1, ProductID: a.Product.ID, Quantity: 1, Amount: 100}
	return tx.AddPurchases([]models.Purchase{order}, []models.PurchaseLine{line})
}

// addReturnCase opens a second case with two steps, once: an account has one of a kind at a time.
func addReturnCase(tx *models.Tx, account models.Account, n int) error {
	if n > 0 {
		return nil
	}
	c := models.Case{
		ID: tx.NewID(), AccountID: account.ID, Kind: models.ReturnCase, Status: models.CaseOpen, OwnerID: account.RepID,
		OpenedOn: tx.Today, DueOn: tx.Today + 3, CreatedBy: account.RepID, CreatedAt: tx.Now, UpdatedAt: tx.Now,
	}
	return tx.AddCase(&c, []models.CaseStep{
		{ID: tx.NewID(), CaseID: c.ID, Seq: 1, Kind: models.StepVisit, DueOn: tx.Today + 1},
		{ID: tx.NewID(), CaseID: c.ID, Seq: 2, Kind: models.StepDecide, DueOn: tx.Today + 3},
	})
}

// TestStatementBudgets runs every operation of the app once, on a full file, and counts.
func TestStatementBudgets(t *testing.T) {
	modelstest.Sequential(t)
	manifest, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	current, err := mobileschema.Documents()
	ok(t, err)
	onEachEngine(t, func(t *testing.T, a *api) {
		rows := budgets()
		for _, name := range slices.Sorted(maps.Keys(current)) {
			b, found := rows[name]
			if !found {
				t.Errorf("the operation %s has no budget: say how many statements it may take", name)
				continue
			}
			if name != "Changes" { // from then on there is somebody to tell
				a.spend(t, name, manifest[current[name]], b)
			}
			delete(rows, name)
		}
		a.spend(t, "Changes", manifest[current["Changes"]], budgets()["Changes"])
		for name := range rows {
			t.Errorf("there is a budget for %s, which is no operation", name)
		}
	})
}

// told is how many statements it takes to tell a feed in use what a change touched; for some operations, more.
const told = 7

func toldMore() map[string]int {
	return map[string]int{
		"Reassign":  12, // two feeds
		"PauseArea": 12, // those of all reps of the district
		"Push":      14, // two transactions
	}
}

// TestStatementBudgetsWithPhones runs every change of the app again, when those it concerns have phones that sync.
func TestStatementBudgetsWithPhones(t *testing.T) {
	manifest, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	current, err := mobileschema.Documents()
	ok(t, err)
	onEachEngine(t, func(t *testing.T, a *api) {
		for _, u := range []models.User{a.Rep, a.Colleague, a.Supervisor, a.Expert} {
			_, err := a.door.Changes(auth.With(t.Context(), modelstest.Viewer(u)), "", 1000)
			ok(t, err)
		}
		rows := budgets()
		for _, name := range slices.Sorted(maps.Keys(rows)) { // each adds accounts: in one order, the same ones every time
			b := rows[name]
			b.most += max(told, toldMore()[name])
			a.spend(t, name, manifest[current[name]], b)
		}
	})
}

func (a *api) spend(t *testing.T, name, document string, b budget) {
	t.Helper()
	f := a.full(t)
	if prepare := a.preparation(name); prepare != nil {
		prepare(t, a, f.subject)
	}
	got := a.ask(t, b.who(a), document, b.with(a, f))
	if len(got.body.Errors) > 0 {
		t.Errorf("%s: %s", name, got.text)
	}
	t.Logf("%s: %d of %d statements", name, a.statements, b.most)
	if a.statements > int64(b.most) || a.statements == 0 {
		t.Errorf("%s takes %d statements, its budget is %d", name, a.statements, b.most)
	}
}

// preparation is what must have happened before an operation makes sense.
func (a *api) preparation(name string) func(*testing.T, *api, subject) {
	switch name {
	case "Refresh":
		return signIn
	case "ResumeService":
		return stopped
	case "EndCovers":
		return standIn
	case "PlanRep": // what is measured is planning the same facts again: it reads, and writes nothing
		return planned
	}
	return nil
}

func planned(t *testing.T, a *api, _ subject) {
	for range 3 {
		r, err := a.door.PlanNow(t.Context(), a.Rep.ID)
		ok(t, err)
		if !r.Wrote() {
			return
		}
	}
}

// TestDocumentsNameEveryRoot: what the server can do and the app never asks for is listed here, so that nothing is
// forgotten.
func TestDocumentsNameEveryRoot(t *testing.T) {
	notForTheApp := []string{"version", "account", "users", "addUser", "resetPassword", "disableUser",
		"importFiles"}
	a := onSQLite(t)
	manifest, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	asked := rootsOf(t, manifest)
	for f := range a.roots() {
		if slices.Contains(asked, f.Name) == slices.Contains(notForTheApp, f.Name) {
			t.Errorf("%s: give it an operation, or list it as not for the app, not both", f.Name)
		}
	}
}

// rootsOf are the root fields that documents ask for.
func rootsOf(t *testing.T, documents graph.Trusted) []string {
	t.Helper()
	var names []string
	for _, text := range documents {
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		ok(t, err)
		for _, selection := range doc.Operations[0].SelectionSet {
			names = append(names, selection.(*ast.Field).Name)
		}
	}
	return names
}
