package care_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

func (w *world) brief(u models.User, account id.ID) *care.HandoverBrief {
	w.t.Helper()
	return got[*care.HandoverBrief](w.t)(w.Handover(w.as(u), account))
}

// tells tells whether one of the sentences has these words.
func tells(story []string, words string) bool {
	return slices.ContainsFunc(story, func(s string) bool { return strings.Contains(s, words) })
}

func TestABriefTellsTheStory(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.edit(w.Own.ID, func(a *models.Account) { a.Manner, a.Taboos = "慢慢说", "不提儿子" })
		for _, ago := range []civil.Date{60, 20} {
			got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today-ago, 29800)))
		}
		talk := w.call(w.Own)
		talk.Feeling, talk.NextStep, talk.NextOn, talk.NextKind = "很满意", "带新品资料", ptr(w.today+6), cadence.HomeVisit
		w.log(w.Rep, talk)
		f := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
		w.move(w.moving(nil, w.Own))
		b := w.brief(w.Colleague, w.Own.ID)
		for _, words := range []string{"张秀英", "王敏照顾", "购买过 2 次，共 596.00 元", "每 40 天", "益生菌×2", "“很满意”", "慢慢说", "停服，原因：服务"} {
			if !tells(b.Story("zh"), words) {
				t.Errorf("nothing of %s in %q", words, b.Story("zh"))
			}
		}
		for _, words := range []string{"cared since", "bought 2 times, 596.00 yuan", "every 40 days", "talked", "Manner of talking"} {
			if !tells(b.Story("en"), words) {
				t.Errorf("nothing of %s in %q", words, b.Story("en"))
			}
		}
		if b.Taboos != "不提儿子" || b.Reason != "离得更近" || b.JointVisitOn != nil {
			t.Errorf("%+v", b)
		}
		if len(b.Promises) != 1 || b.Promises[0].Text != "带新品资料" || *b.Promises[0].On != w.today+6 || b.Promises[0].By != "王敏" {
			t.Errorf("promises %+v", b.Promises)
		}
		if !slices.ContainsFunc(b.Open, func(m care.OpenMatter) bool {
			return m.ID == f.Case.ID && strings.Contains(m.Words("zh"), "停服个案（服务）")
		}) {
			t.Errorf("open %+v", b.Open)
		}
		if !slices.ContainsFunc(b.Open, func(m care.OpenMatter) bool {
			return m.DueOn == w.today+6 && strings.Contains(m.Words("en"), "home visit")
		}) {
			t.Errorf("open %+v", b.Open)
		}
	})
}

// edit writes columns of an account as nobody.
func (w *world) edit(account id.ID, change func(*models.Account)) {
	w.t.Helper()
	w.write(func(tx *models.Tx) error {
		a, err := tx.LockAccount(modelsScope, account)
		if err != nil {
			return err
		}
		change(&a)
		return tx.ChangeAccount(&a, "manner", "taboos", "opt_outs", "health", "history", "allergies", "frail")
	})
}

func TestPromisesKeptAreNotTold(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(3)
		promise := func(a models.Account) models.ContactLog {
			in := w.call(a)
			in.StartedAt = in.StartedAt.AddDate(0, 0, -5)
			in.EndedAt = nil
			in.NextStep, in.NextOn, in.NextKind = "回电话", ptr(w.today), cadence.Call
			return w.log(w.Rep, in)
		}
		for _, a := range homes {
			promise(a)
		}
		w.log(w.Rep, w.call(homes[0]))               // kept
		for _, i := range w.openItems(homes[1].ID) { // called off
			got[models.PlanItem](t)(w.CancelItem(w.as(w.Rep), care.CancelItem{ID: w.key(), ItemID: i.ID, Reason: "不用了"}))
		}
		w.move(w.moving(nil, homes...))
		for n, want := range []int{0, 0, 1} {
			if b := w.brief(w.Colleague, homes[n].ID); len(b.Promises) != want {
				t.Errorf("account %d: promises %+v", n, b.Promises)
			}
		}
	})
}

// TestABriefHoldsNothingOfHealth puts words where health is kept, and looks for them in all that a handover tells.
func TestABriefHoldsNothingOfHealth(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		const canary = "金丝雀"
		health := care.EditFile{ID: w.key(), AccountID: w.Own.ID, Version: w.account(w.Own.ID).Version}
		health.Health, health.History, health.Allergies = care.Opt[string]{Set: true, Value: canary + "1"}, care.Opt[string]{Set: true, Value: canary + "2"},
			care.Opt[string]{Set: true, Value: canary + "3"}
		got[models.Account](t)(w.EditFile(w.as(w.Rep), health))
		w.edit(w.Own.ID, func(a *models.Account) { a.Frail = true })
		talk := w.call(w.Own)
		talk.Note, talk.Reaction = canary+"4", true
		w.log(w.Rep, talk)
		got[models.CaseFile](t)(w.AddCase(w.as(w.Rep), care.NewCase{ID: w.key(), AccountID: w.Own.ID, Kind: models.ReturnCase, Note: canary + "5"}))
		w.item(w.Own, "a", func(i *models.PlanItem) {
			i.Reasons = []cadence.Reason{{Rule: "D5", Code: "FRAIL_HOME"}}
		})
		w.move(w.moving(func(in *care.MoveAccounts) { in.Joint = true }, w.Own))
		for _, u := range []models.User{w.Colleague, w.Supervisor} {
			text, err := json.Marshal(w.brief(u, w.Own.ID))
			if err != nil || strings.Contains(string(text), canary) || strings.Contains(string(text), "身体不便") || strings.Contains(string(text), "frail") {
				t.Errorf("the brief tells %s", text)
			}
		}
		w.write(func(tx *models.Tx) error {
			rows, err := tx.BriefsAmong([]id.ID{w.Own.ID})
			if strings.Contains(string(rows[w.Own.ID].Moved.Brief), "王敏") || len(rows[w.Own.ID].Moved.Brief) == 0 {
				t.Error("the brief lies open in the database")
			}
			return err
		})
	})
}

func TestTheFormerRepComesAlong(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(3)
		m := w.move(w.moving(func(in *care.MoveAccounts) { in.Joint = true }, homes...))[0]
		days := map[civil.Date]int{}
		for _, a := range homes {
			b := w.brief(w.Colleague, a.ID)
			if b.JointVisitOn == nil || *b.JointVisitOn <= w.today || *b.JointVisitOn > w.today+7 || !tells(b.Story("zh"), "王敏陪同") {
				t.Fatalf("%+v", b)
			}
			days[*b.JointVisitOn]++
			items := w.openItems(a.ID)
			if len(items) != 1 || items[0].RepID != w.Colleague.ID || *items[0].ExpertID != w.Rep.ID || items[0].Reasons[0].In("zh") != "D9：换人后首次上门，王敏陪同" {
				t.Errorf("items %+v", items)
			}
			if _, err := w.AccountFile(w.as(w.Rep), a.ID); err != nil {
				t.Errorf("who comes along does not see the account: %v", err)
			}
		}
		if len(days) != 3 {
			t.Errorf("first visits on %v: not spread", days)
		}
		for _, u := range []models.User{w.Colleague, w.Rep, w.Colleague} {
			r := got[care.PlanResult](t)(w.PlanRep(w.as(w.Supervisor), u.ID))
			if len(r.Conflicts) > 0 {
				t.Errorf("the plan of %s: %+v", u.Name, r.Conflicts)
			}
		}
		day := got[care.Day](t)(w.RepDay(w.as(w.Supervisor), w.Rep.ID, w.brief(w.Colleague, homes[0].ID).JointVisitOn))
		if !slices.ContainsFunc(day.Items, func(i care.DayItem) bool { return i.Item.AccountID == homes[0].ID }) {
			t.Error("the visit is not on the day of who comes along")
		}
		visit := w.visit(homes[0])
		visit.ItemID = &w.openItems(homes[0].ID)[0].ID
		w.log(w.Colleague, visit)
		_, err := w.AccountFile(w.as(w.Rep), homes[0].ID)
		wantCode(t, err, care.CodeNotFound)
		if m.Joint != true {
			t.Error("the move does not say so")
		}
	})
}

func TestNobodyComesAlongWhereThatCannotBe(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(3)
		joint := func(in *care.MoveAccounts) { in.Joint = true }
		w.edit(homes[0].ID, func(a *models.Account) { a.OptOuts = []models.OptOut{{Kind: string(cadence.HomeVisit), From: w.today}} })
		got[models.Pause](t)(w.PauseAccount(w.as(w.Rep), care.PauseAccount{ID: w.key(), AccountID: homes[1].ID, From: w.today, Reason: "旅行"}))
		w.move(w.moving(joint, homes[0], homes[1]))
		l := got[models.Leave](t)(w.AskLeave(w.as(w.Colleague), care.AskLeave{ID: w.key(), From: w.today, To: w.today + 9}))
		got[models.Leave](t)(w.GrantLeave(w.as(w.Supervisor), l.ID))
		w.move(w.moving(joint, homes[2]))
		w.write(func(tx *models.Tx) error { return tx.DisableUser(w.Rep.ID) })
		w.move(w.moving(joint, w.Own))
		for account, words := range map[id.ID]string{
			homes[0].ID: "不接受家访", homes[1].ID: "暂停联系", homes[2].ID: "没有空", w.Own.ID: "已离职",
		} {
			if b := w.brief(w.Colleague, account); b.JointVisitOn != nil || !tells(b.Story("zh"), words) {
				t.Errorf("nothing of %s in %q", words, b.Story("zh"))
			}
		}
	})
}

// TestThePhoneOfTheReceiverHasTheBrief while the last handover was to its user.
func TestThePhoneOfTheReceiverHasTheBrief(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		giver, receiver := w.device(w.Rep), w.device(w.Colleague)
		w.move(w.moving(nil, w.Own))
		giver.check("the giver")
		receiver.check("the receiver")
		if giver.has(care.FeedAccount, w.Own.ID) {
			t.Error("the giver keeps the account")
		}
		if b := receiver.brief(w.Own.ID); b == nil || b.ReadAt != nil || b.Note != "先打电话" {
			t.Fatalf("%+v", b)
		}
		got[care.HandoverBrief](t)(w.ReadHandover(w.as(w.Colleague), w.Own.ID))
		receiver.check("after reading")
		if b := receiver.brief(w.Own.ID); b == nil || b.ReadAt == nil {
			t.Error("the receipt does not come back")
		}
		got[care.MovedCard](t)(w.ObjectToMove(w.as(w.Colleague), care.ObjectToMove{ID: w.key(), AccountID: w.Own.ID, Objection: "不要"}))
		giver.check("after the objection")
		if giver.brief(w.Own.ID) != nil {
			t.Error("who has it back gets a brief")
		}
	})
}

// brief is the one on the card of an account.
func (d *device) brief(account id.ID) *care.HandoverBrief {
	d.w.t.Helper()
	var card struct{ Brief *care.HandoverBrief }
	if err := json.Unmarshal([]byte(d.rows[care.FeedAccount][account].row), &card); err != nil {
		d.w.t.Fatal(err)
	}
	return card.Brief
}
