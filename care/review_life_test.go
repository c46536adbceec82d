package care_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

// review reads the review of a contact.
func (w *world) review(u models.User, log id.ID) *care.ReviewCard {
	w.t.Helper()
	return got[*care.ReviewCard](w.t)(w.Review(w.as(u), log))
}

func TestAnOddContactIsAnsweredAndSettled(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		if r := w.review(w.Rep, w.log(w.Rep, w.visit(w.Own)).ID); r != nil {
			t.Errorf("nothing is odd about it: %+v", r)
		}
		l := w.odd(w.Rep, w.Own)
		if r := w.review(w.Supervisor, l.ID); r == nil || !r.Open || r.Answer != "" || len(r.Flags) == 0 {
			t.Fatalf("review %+v", r)
		}
		answer := func(u models.User, words string) error {
			_, err := w.AnswerReview(w.as(u), care.AnswerReview{ID: w.key(), LogID: l.ID, Answer: words})
			return err
		}
		settle := func(u models.User, verdict models.Verdict, why string) error {
			_, err := w.SettleReview(w.as(u), care.SettleReview{ID: w.key(), LogID: l.ID, Verdict: verdict, Why: why})
			return err
		}
		for _, c := range []struct {
			name string
			err  error
			code care.Code
		}{
			{"a colleague does not answer for me", answer(w.Colleague, "是的"), care.CodeNotFound},
			{"nor does my supervisor", answer(w.Supervisor, "是的"), care.CodeNotFound},
			{"an empty answer", answer(w.Rep, " "), care.CodeInvalid},
			{"the author", answer(w.Rep, "只送了样品"), ""},
			{"the author, once more", answer(w.Rep, "只送了样品，人很忙"), ""},
			{"a rep settles nothing", settle(w.Rep, models.VerdictFine, ""), care.CodeNotFound},
			{"nor does another team's supervisor", settle(w.BranchSupervisor, models.VerdictFine, ""), care.CodeNotFound},
			{"to have talked needs words", settle(w.Supervisor, models.VerdictTalk, ""), care.CodeInvalid},
			{"no verdict", settle(w.Supervisor, "", "好"), care.CodeInvalid},
			{"my supervisor", settle(w.Supervisor, models.VerdictTalk, "下次坐下来聊"), ""},
			{"settled once", settle(w.Manager, models.VerdictFine, ""), care.CodeConflict},
			{"too late to answer", answer(w.Rep, "还有"), care.CodeConflict},
		} {
			if care.CodeOf(c.err) != c.code {
				t.Errorf("%s: %v, want %q", c.name, c.err, c.code)
			}
		}
		r := w.review(w.Rep, l.ID)
		if r.Open || r.Answer != "只送了样品，人很忙" || r.Verdict != models.VerdictTalk || r.Why != "下次坐下来聊" || r.SettledAt == nil {
			t.Errorf("review %+v", r)
		}
		if w.audited(w.Own.ID, "ANSWER_REVIEW") != 2 || w.audited(w.Own.ID, "SETTLE_REVIEW") != 1 {
			t.Error("it is not written down")
		}
	})
}

func TestNobodySettlesTheirOwnReviewButAManager(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		l := w.odd(w.Supervisor, w.Own)
		if rows := w.wrongs(w.Supervisor, care.ContactToReview); len(rows) != 0 {
			t.Errorf("one's own is nothing to look at: %+v", rows)
		}
		_, err := w.SettleReview(w.as(w.Supervisor), care.SettleReview{ID: w.key(), LogID: l.ID, Verdict: models.VerdictFine})
		wantCode(t, err, care.CodeRefused)
		own := w.odd(w.Manager, w.Own)
		got[care.ReviewCard](t)(w.SettleReview(w.as(w.Manager), care.SettleReview{ID: w.key(), LogID: own.ID, Verdict: models.VerdictFine}))
		got[care.ReviewCard](t)(w.SettleReview(w.as(w.Manager), care.SettleReview{ID: w.key(), LogID: l.ID, Verdict: models.VerdictFine}))
	})
}

// The phone shows what became of an odd contact, and its user answers from a basement.
func TestAnAnswerFromAPhoneAfterTheHandoverCounts(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		in := w.visit(w.Own)
		in.EndedAt = ptr(in.StartedAt.Add(time.Minute))
		logged := h.push(h.does("LogContact", in)).Answers[0]
		w.wantStatus(logged, care.Applied, "")
		odd := w.pulledOdd(w.Rep, in.ID)
		if odd == nil || !odd.Open || len(odd.Flags) != 1 || odd.Flags[0] != care.FlagShort {
			t.Fatalf("the phone knows %+v", odd)
		}
		got[models.User](t)(w.Assign(w.as(w.Manager), care.Assign{ID: w.key(), Accounts: []id.ID{w.Own.ID}, ToRep: w.OtherRep.ID, Reason: "近"}))
		answer := care.AnswerReview{ID: w.key(), LogID: in.ID, Answer: "她赶着出门"}
		sent := h.does("AnswerReview", answer)
		if status := h.push(sent).Answers[0].Status; status != care.Applied && status != care.Reassigned {
			t.Errorf("answered %s", status)
		}
		w.wantStatus(h.push(sent).Answers[0], care.Duplicate, "")
		if r := w.review(w.Rep, in.ID); r.Answer != "她赶着出门" {
			t.Errorf("the author sees %+v", r)
		}
		if odd := w.pulledOdd(w.OtherRep, in.ID); odd == nil || odd.Answer != "她赶着出门" {
			t.Errorf("who holds it now sees %+v", odd)
		}
		rows := w.wrongs(w.Supervisor, care.ContactToReview)
		if len(rows) != 1 || rows[0].Answer != "她赶着出门" || rows[0].AccountID != nil || rows[0].AccountName != "" || rows[0].Log.Day != w.today {
			t.Errorf("the author's supervisor sees the contact, and not the customer of another team: %+v", rows)
		}
		got[care.ReviewCard](t)(w.SettleReview(w.as(w.Supervisor), care.SettleReview{ID: w.key(), LogID: in.ID, Verdict: models.VerdictFine}))
		if odd := w.pulledOdd(w.OtherRep, in.ID); odd == nil || odd.Open || odd.Verdict != models.VerdictFine {
			t.Errorf("settled, the phone knows %+v", odd)
		}
	})
}

// pulledOdd is what a user's phone gets to know of a contact's review.
func (w *world) pulledOdd(u models.User, log id.ID) *care.ReviewCard {
	w.t.Helper()
	c := got[care.Changes](w.t)(w.Changes(w.as(u), "", 2000))
	for _, l := range c.Logs {
		if l.Log.ID == log {
			return l.Odd
		}
	}
	w.t.Fatalf("%s does not get the contact", u.Name)
	return nil
}

func TestAPhoneHearsOfItsReviewWithoutAskingForEverything(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		l := w.odd(w.Rep, w.Own)
		before := got[care.Changes](t)(w.Changes(w.as(w.Rep), "", 2000))
		for _, step := range []func() error{
			func() error {
				_, err := w.AnswerReview(w.as(w.Rep), care.AnswerReview{ID: w.key(), LogID: l.ID, Answer: "忙"})
				return err
			},
			func() error {
				_, err := w.SettleReview(w.as(w.Supervisor), care.SettleReview{ID: w.key(), LogID: l.ID, Verdict: models.VerdictFine})
				return err
			},
		} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
			next := got[care.Changes](t)(w.Changes(w.as(w.Rep), before.Cursor, 2000))
			if len(next.Logs) != 1 || next.Logs[0].Log.ID != l.ID || len(next.Accounts)+len(next.Items) != 0 {
				t.Errorf("it hears of %d contacts, %d accounts and %d items", len(next.Logs), len(next.Accounts), len(next.Items))
			}
			before = next
		}
	})
}

func TestContactsTellHowLongAfterTheOneBeforeTheyCame(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.planEach(w.Rep) // every 30 days while nothing was bought
		w.days(20)
		at := func(daysAgo int, change func(*care.LogContact)) models.ContactLog {
			in := w.call(w.Own)
			in.StartedAt = in.StartedAt.AddDate(0, 0, -daysAgo)
			in.EndedAt = nil
			if change != nil {
				change(&in)
			}
			return w.log(w.Rep, in)
		}
		read := func(l models.ContactLog) (since *int) {
			w.write(func(tx *models.Tx) error {
				row, err := tx.Log(auth.System(), l.ID)
				since = row.SinceLast
				return err
			})
			return since
		}
		first := at(15, nil)
		if first.SinceLast != nil || first.DueEvery != 30 {
			t.Errorf("the first contact: since %v, every %d", first.SinceLast, first.DueEvery)
		}
		last := at(3, nil)
		until := w.account(w.Own.ID).InTouchUntil
		between := at(8, nil) // late, from a phone without a network
		attempt := at(1, func(in *care.LogContact) { in.Outcome = "NO_ANSWER" })
		message := at(1, func(in *care.LogContact) { in.Kind, in.Outcome = "MESSAGE", "SENT" })
		for _, c := range []struct {
			name string
			log  models.ContactLog
			want *int
		}{
			{"the first", first, nil}, {"the one between", between, ptr(7)}, {"the last, mended", last, ptr(5)},
			{"an attempt", attempt, nil}, {"a message answers no call", message, nil},
		} {
			if diff := cmp.Diff(c.want, read(c.log)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
		}
		a := w.account(w.Own.ID)
		if *until != w.today-3+30 || *a.InTouchUntil != *until || *a.NeglectedOn != w.today-3+46 {
			t.Errorf("in touch until %s, then %s, neglected on %s", until, a.InTouchUntil, a.NeglectedOn)
		}
		w.planEach(w.Rep)
		if b := w.account(w.Own.ID); *b.InTouchUntil != *a.InTouchUntil || b.ContactEvery != 30 {
			t.Errorf("the plan says %d days until %s", b.ContactEvery, b.InTouchUntil)
		}
		if again := got[care.PlanResult](t)(w.PlanNow(t.Context(), w.Rep.ID)); again.Wrote() {
			t.Errorf("planned again, it wrote %+v", again)
		}
	})
}

func TestAPlanFillsInWhatAnOlderServerDidNotKnow(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.planEach(w.Rep)
		want := w.account(w.Own.ID)
		w.write(func(tx *models.Tx) error {
			a, err := tx.LockAccount(auth.System(), w.Own.ID)
			if err != nil {
				return err
			}
			a.ContactEvery, a.InTouchUntil, a.NeglectedOn = 0, nil, nil
			return tx.SumUpAccount(&a, "contact_every", "in_touch_until", "neglected_on")
		})
		w.planEach(w.Rep)
		if a := w.account(w.Own.ID); a.ContactEvery != want.ContactEvery || a.InTouchUntil == nil || *a.NeglectedOn != *want.NeglectedOn {
			t.Errorf("every %d days until %v", a.ContactEvery, a.InTouchUntil)
		}
	})
}

func TestTheFirstContactAfterACaseWasOpenedIsNoted(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		key := w.key()
		before := w.call(w.Own) // an hour before
		got[models.CaseFile](t)(w.AddCase(w.as(w.Rep), care.NewCase{ID: key, AccountID: w.Own.ID, Kind: models.ComplaintCase, Note: "慢"}))
		contacted := func() *time.Time { return got[models.CaseFile](t)(w.Case(w.as(w.Rep), key)).Case.ContactedAt }
		w.log(w.Rep, before)
		if at := contacted(); at != nil {
			t.Errorf("that was before it was opened: %s", at)
		}
		w.days(2)
		missed := w.call(w.Own)
		missed.Outcome = "NO_ANSWER"
		w.log(w.Rep, missed)
		if at := contacted(); at != nil {
			t.Errorf("nobody was reached: %s", at)
		}
		second := w.log(w.Rep, w.visit(w.Own))
		late := w.call(w.Own)
		late.StartedAt, late.EndedAt = late.StartedAt.AddDate(0, 0, -1), nil
		if at := contacted(); at == nil || !at.Equal(second.StartedAt) {
			t.Errorf("contacted at %v", at)
		}
		first := w.log(w.Rep, late)
		if at := contacted(); at == nil || !at.Equal(first.StartedAt) {
			t.Errorf("a late log of an earlier contact counts: %v", at)
		}
	})
}

func TestAComplaintHasAnOwnerATimeLimitAndAnEnd(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		key := w.key()
		f := got[models.CaseFile](t)(w.AddCase(w.as(w.Rep), care.NewCase{ID: key, AccountID: w.Own.ID, Kind: models.ComplaintCase, Note: "送货慢"}))
		if f.Case.OwnerID != w.Rep.ID || f.Case.DueOn != w.today+1 || len(f.Steps) != 2 || f.Steps[0].Kind != models.StepVisit {
			t.Errorf("case %+v", f)
		}
		_, err := w.AddCase(w.as(w.Rep), care.NewCase{ID: w.key(), AccountID: w.Own.ID, Kind: models.ComplaintCase, Note: "又慢"})
		wantCode(t, err, care.CodeRefused)
		w.planEach(w.Rep)
		items := w.openItems(w.Own.ID)
		if len(items) == 0 || !items[0].Urgent || items[0].CaseID == nil || *items[0].CaseID != key || items[0].DueOn != w.today+1 {
			t.Fatalf("items %+v", items)
		}
		in := w.call(w.Own)
		in.ItemID = &items[0].ID
		w.log(w.Rep, in)
		if f := got[models.CaseFile](t)(w.Case(w.as(w.Rep), key)); f.Steps[0].DoneOn == nil {
			t.Errorf("the contact did its step: %+v", f.Steps)
		}
		end := func(u models.User, as models.CaseStatus) error {
			_, err := w.CloseCase(w.as(u), care.CloseCase{ID: w.key(), CaseID: key, As: as, Why: "道歉并补发"})
			return err
		}
		wantCode(t, end(w.Rep, models.CaseWonBack), care.CodeInvalid)
		wantCode(t, end(w.Rep, models.CaseGivenUp), care.CodeRefused)
		if err := end(w.Rep, models.CaseSettled); err != nil {
			t.Error(err)
		}
		w.planEach(w.Rep)
		for _, i := range w.openItems(w.Own.ID) {
			if i.Urgent {
				t.Errorf("settled, nothing is urgent any more: %+v", i)
			}
		}
	})
}
