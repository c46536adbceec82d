package care_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

func TestAFirstPullIsEverythingInReach(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.log(w.Rep, w.visit(w.Own))
		w.item(w.Own, "a", nil)
		for _, u := range w.Company.Users() {
			w.device(u).check("at first")
		}
		d := w.device(w.Rep)
		if !d.has(care.FeedAccount, w.Own.ID) || !d.has(care.FeedAccount, w.Covered.ID) || d.has(care.FeedAccount, w.Former.ID) ||
			d.has(care.FeedAccount, w.Erased.ID) || len(d.rows[care.FeedAccount]) != 2 {
			t.Errorf("accounts %v", d.rows[care.FeedAccount])
		}
		if e := w.device(w.Expert); !e.has(care.FeedAccount, w.OtherTeams.ID) || !e.has(care.FeedItem, w.Joint.ID) {
			t.Error("an expert has what names them")
		}
	})
}

func TestAnIdlePullIsOneStatement(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		d := w.device(w.Rep)
		ctx, n := models.CountStatements(w.as(w.Rep))
		c := got[care.Changes](t)(w.Changes(ctx, d.cursor, 1000))
		if *n != 1 || c.World != nil || c.More || c.Cursor != d.cursor {
			t.Errorf("%d statements, %+v", *n, c)
		}
	})
}

func TestAnAccountThatMovesLeavesOnePhoneAndComesWholeToTheOther(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.log(w.Rep, w.visit(w.Own))
		item := w.item(w.Own, "a", nil)
		old, next := w.device(w.Rep), w.device(w.Colleague)
		before := len(old.rows[care.FeedLog])
		got[models.User](t)(w.Assign(w.as(w.Supervisor), care.Assign{
			ID: w.key(), Accounts: []id.ID{w.Own.ID}, ToRep: w.Colleague.ID, Reason: "近",
		}))
		old.check("who lost it")
		next.check("who gained it")
		if before != 1 || len(old.removed) != 1 || old.removed[0] != (care.Removal{Kind: care.FeedAccount, ID: w.Own.ID}) {
			t.Errorf("%d logs, removed %v", before, old.removed)
		}
		if !next.has(care.FeedItem, item.ID) || len(next.rows[care.FeedLog]) != 1 {
			t.Error("the account must come with all that hangs on it")
		}
		got[models.User](t)(w.Assign(w.as(w.Supervisor), care.Assign{
			ID: w.key(), Accounts: []id.ID{w.Own.ID}, ToRep: w.Rep.ID, Reason: "还是他",
		}))
		old.check("who has it back")
		next.check("who had it for a while")
	})
}

func TestACoverBeginsAndEndsOnItsDays(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		d := w.device(w.Rep)
		w.write(func(tx *models.Tx) error {
			return tx.AddCovers([]models.Cover{{
				ID: tx.NewID(), AccountID: w.OtherTeams.ID, RepID: w.Rep.ID, FromDay: w.today + 1, ToDay: w.today + 2, CreatedBy: w.Manager.ID,
			}})
		})
		start := w.today
		for n, want := range []bool{false, true, true, false} {
			w.onDay(start + civil.Date(n))
			d.check("cover")
			if d.has(care.FeedAccount, w.OtherTeams.ID) != want {
				t.Errorf("day %d: covered %v, want %v", n, !want, want)
			}
		}
		if d.has(care.FeedAccount, w.Covered.ID) != true {
			t.Error("the other cover still stands")
		}
	})
}

func TestWhoStandsInIsToldTheDaysThatAreTheirs(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		from, to := w.today+1, w.today+4
		w.write(func(tx *models.Tx) error {
			return tx.AddCovers([]models.Cover{{
				ID: tx.NewID(), AccountID: w.OtherTeams.ID, RepID: w.Rep.ID, CreatedBy: w.Manager.ID,
				FromDay: w.today, WorkFrom: &from, WorkTo: &to, ToDay: w.today + 6,
			}})
		})
		standing := map[id.ID]*care.StandIn{}
		for _, card := range got[care.Changes](t)(w.Changes(w.as(w.Rep), "", 1000)).Accounts {
			standing[card.Account.ID] = card.StandIn
		}
		want := map[id.ID]*care.StandIn{
			w.OtherTeams.ID: {From: from, To: to},
			w.Covered.ID:    {From: w.today - 2, To: w.today + 4}, // without days to hand over
			w.Own.ID:        nil,
		}
		if d := cmp.Diff(want, standing); d != "" {
			t.Error(d)
		}
	})
}

func TestAnExpertHasAnAccountWhileAnOpenItemNamesThem(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		d := w.device(w.Expert)
		item := w.item(w.Own, "with", func(i *models.PlanItem) { i.ExpertID = &w.Expert.ID })
		d.check("named")
		if !d.has(care.FeedAccount, w.Own.ID) {
			t.Error("named, the expert has the account")
		}
		got[models.PlanItem](t)(w.CancelItem(w.as(w.Rep), care.CancelItem{ID: w.key(), ItemID: item.ID, Reason: "雨"}))
		d.check("no longer named")
		if d.has(care.FeedAccount, w.Own.ID) {
			t.Error("the item is closed, the account must go")
		}
	})
}

func TestAnErasedAccountGoes(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		d := w.device(w.Rep)
		w.write(func(tx *models.Tx) error {
			w.Own.ErasedAt = &tx.Now
			return tx.ChangeAccount(&w.Own, "erased_at")
		})
		d.check("erased")
		if d.has(care.FeedAccount, w.Own.ID) {
			t.Error("still there")
		}
	})
}

func TestACursorOfNoUseBeginsAnew(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		d := w.device(w.Rep)
		w.write(func(tx *models.Tx) error { return tx.NewEpoch() })
		d.check("another epoch")
		if d.resets != 1 {
			t.Errorf("%d resets", d.resets)
		}
		other := w.device(w.Colleague)
		d.cursor = other.cursor
		d.check("somebody else's cursor")
		if d.resets != 2 {
			t.Errorf("%d resets", d.resets)
		}
		for _, bad := range []string{"x", "e30", "!!!"} {
			if c, err := w.Changes(w.as(w.Rep), bad, 10); err == nil && !c.Reset {
				t.Errorf("%q was taken for a cursor", bad)
			}
		}
		_, err := w.Changes(w.as(w.Rep), "", 0)
		wantCode(t, err, care.CodeInvalid)
		_, err = w.Changes(w.as(w.Rep), "", 5001)
		wantCode(t, err, care.CodeLimited)
	})
}

func TestNotesOfOthersAreLookedAt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		mine, theirs := w.visit(w.Own), w.visit(w.Own)
		mine.Note, theirs.Note = "自己的话", "主管的话"
		w.log(w.Rep, mine)
		d := w.device(w.Rep)
		if n := w.audited(w.Own.ID, "LOOK_NOTES"); n != 0 {
			t.Errorf("own words were written down as a look %d times", n)
		}
		theirs.StartedAt = theirs.StartedAt.Add(-2 * time.Hour)
		theirs.EndedAt = nil
		w.log(w.Supervisor, theirs)
		d.sync()
		d.sync()
		if n := w.audited(w.Own.ID, "LOOK_NOTES"); n != 1 {
			t.Errorf("another's words were looked at once, written down %d times", n)
		}
	})
}
