package care_test

import (
	"fmt"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/models"
)

func TestLoggingTwiceIsLoggingOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", nil)
		in := w.visit(w.Own)
		in.ItemID, in.Note = &i.ID, "血压稳定"
		first := w.log(w.Rep, in)
		if again := w.log(w.Rep, in); again.ID != first.ID || !again.CreatedAt.Equal(first.CreatedAt) {
			t.Errorf("sent again: %+v, first %+v", again, first)
		}
		in.Note = "另一个内容"
		_, err := w.LogContact(w.as(w.Rep), in)
		wantCode(t, err, care.CodeConflict)
		_, err = w.LogContact(w.as(w.Colleague), in)
		wantCode(t, err, care.CodeConflict)
		if i := w.readItem(i.ID); i.Status != models.ItemDone || i.ClosedAt == nil {
			t.Errorf("item %+v", i)
		}
		if first.Fulfils != "rhythm:1" || first.Day != w.today || first.Late {
			t.Errorf("log %+v", first)
		}
		a := w.account(w.Own.ID)
		if a.LastContactOn == nil || *a.LastContactOn != w.today || a.LastVisitOn == nil || a.NextDueOn != nil {
			t.Errorf("sums %v %v %v", a.LastContactOn, a.LastVisitOn, a.NextDueOn)
		}
		if !w.asked(w.Rep.ID) {
			t.Error("no new plan was asked for")
		}
		if n := w.audited(w.Own.ID, "LOG_CONTACT"); n != 1 {
			t.Errorf("audited %d times", n)
		}
	})
}

func TestAnAttemptIsNoContact(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", nil)
		got[models.PlanItem](t)(w.StartItem(w.as(w.Rep), i.ID, w.clock.Now()))
		in := w.visit(w.Own)
		in.ItemID, in.Outcome = &i.ID, cadence.NotHome
		if l := w.log(w.Rep, in); l.Fulfils != "" {
			t.Errorf("an attempt fulfils %q", l.Fulfils)
		}
		if i := w.readItem(i.ID); i.Status != models.ItemOpen || i.StartedAt != nil {
			t.Errorf("the item waits for the next try, got %s started %v", i.Status, i.StartedAt)
		}
		if a := w.account(w.Own.ID); a.LastContactOn != nil || a.NextDueOn == nil || *a.NextDueOn != w.today {
			t.Errorf("sums %v %v", a.LastContactOn, a.NextDueOn)
		}
	})
}

func TestTwoContactsOfADayCountOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		visit := w.item(w.Own, "rhythm:visit", nil)
		call := w.item(w.Own, "rhythm:call", func(i *models.PlanItem) { i.Kind = cadence.Call })
		tomorrow := w.item(w.Own, "date:x", func(i *models.PlanItem) { i.Kind, i.Day = cadence.Call, w.today+1 })
		byHand := w.item(w.Own, "", func(i *models.PlanItem) { i.Kind, i.Source = cadence.Call, models.FromPerson })
		in := w.visit(w.Own)
		in.ItemID = &visit.ID
		w.log(w.Rep, in)
		for _, c := range []struct {
			name string
			item models.PlanItem
			want models.ItemStatus
		}{
			{"the visit is done", visit, models.ItemDone},
			{"the call of the same day is answered", call, models.ItemDone},
			{"the call of tomorrow stays", tomorrow, models.ItemOpen},
			{"what a person planned stays", byHand, models.ItemOpen},
		} {
			if got := w.readItem(c.item.ID).Status; got != c.want {
				t.Errorf("%s: %s", c.name, got)
			}
		}
	})
}

func TestACallDoesNotMakeAVisit(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:visit", nil)
		in := w.call(w.Own)
		in.ItemID = &i.ID
		if l := w.log(w.Rep, in); l.Fulfils != "" {
			t.Errorf("fulfils %q", l.Fulfils)
		}
		if got := w.readItem(i.ID).Status; got != models.ItemOpen {
			t.Errorf("item %s", got)
		}
		either := w.item(w.Own, "onboarding:2", func(i *models.PlanItem) { i.OrKind = cadence.Call })
		again := w.call(w.Own)
		again.ItemID = &either.ID
		if l := w.log(w.Rep, again); l.Fulfils != "onboarding:2" {
			t.Errorf("home or call: fulfils %q", l.Fulfils)
		}
	})
}

func TestALapsedItemDoneLateIsAcceptedAndMarkedLate(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", func(i *models.PlanItem) { i.Day, i.DueOn, i.LatestOn = w.today-9, w.today-9, w.today-7 })
		in := w.visit(w.Own)
		in.ItemID = &i.ID
		if l := w.log(w.Rep, in); !l.Late || l.Fulfils != "rhythm:1" || l.Day != w.today {
			t.Errorf("log %+v", l)
		}
	})
}

func TestLateLoggingIsAlwaysPossible(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := w.visit(w.Own)
		in.StartedAt, in.EndedAt = in.StartedAt.AddDate(0, 0, -3), nil
		wantFlags(t, w.log(w.Rep, in))
		old := w.visit(w.Own)
		old.StartedAt, old.EndedAt = old.StartedAt.AddDate(0, 0, -45), nil
		wantFlags(t, w.log(w.Rep, old), care.FlagVeryLate)
		if a := w.account(w.Own.ID); *a.LastContactOn != w.today-3 {
			t.Errorf("the last contact is the latest, not the last logged: %s", a.LastContactOn)
		}
	})
}

func TestAReassignedAccountKeepsWhatItsOldRepDid(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		// Former went to OtherRep yesterday at ten.
		before, after := w.visit(w.Former), w.visit(w.Former)
		before.StartedAt, before.EndedAt = w.clock.Now().Add(-30*time.Hour), nil
		l := w.log(w.Rep, before)
		wantFlags(t, l)
		if l.UserID != w.Rep.ID {
			t.Error("the visit before the cut-over is not credited to who made it")
		}
		wantFlags(t, w.log(w.Rep, after), care.FlagAfterHandover)
		if w.log(w.Rep, after).ID != after.ID {
			t.Error("sent again it must be the same")
		}
		if !w.asked(w.OtherRep.ID) {
			t.Error("the new rep's plan follows from it")
		}
		_, err := w.LogContact(w.as(w.Colleague), w.visit(w.Former))
		wantCode(t, err, care.CodeNotFound)
		_, err = w.AccountFile(w.as(w.Rep), w.Former.ID)
		wantCode(t, err, care.CodeNotFound)
	})
}

func TestAnExpertsVisitIsKeptAfterItsItemIsClosed(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := w.visit(w.OtherTeams)
		in.ItemID = &w.Joint.ID
		w.log(w.OtherRep, in) // the expert no longer sees the account
		late := w.visit(w.OtherTeams)
		late.ItemID = &w.Joint.ID
		if l := w.log(w.Expert, late); l.ByRole != cadence.Expert {
			t.Errorf("made as %s", l.ByRole)
		}
	})
}

func TestAReactionOpensOneCase(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for range 2 {
			in := w.visit(w.Own)
			in.Reaction, in.Effect, in.Note = true, care.Discomfort, "皮肤发红"
			w.log(w.Rep, in)
		}
		f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID))
		if len(f.Cases) != 1 || f.Cases[0].Case.Kind != models.ReactionCase || f.Cases[0].Case.OwnerID != w.Rep.ID {
			t.Fatalf("cases %+v", f.Cases)
		}
		if note := got[string](t)(w.OpenCaseNote(w.as(w.Supervisor), f.Cases[0].Case.ID)); note != "皮肤发红" {
			t.Errorf("note %q", note)
		}
	})
}

func TestTheNextStepIsPlannedOnExactlyThatDay(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := w.visit(w.Own)
		in.NextOn, in.NextKind, in.NextStep = ptr(w.today+6), cadence.Call, "送血压计说明"
		w.log(w.Rep, in)
		items := w.openItems(w.Own.ID)
		if len(items) != 1 {
			t.Fatalf("items %+v", items)
		}
		i := items[0]
		if i.Day != w.today+6 || i.DueOn != w.today+6 || !i.Pinned || i.Source != models.FromPerson || i.Kind != cadence.Call || i.Note != in.NextStep {
			t.Errorf("item %+v", i)
		}
		got[models.Pause](t)(w.PauseAccount(w.as(w.Rep), care.PauseAccount{
			ID: w.key(), AccountID: w.Own.ID, From: w.today + 10, To: ptr(w.today + 20), Reason: "旅行",
		}))
		paused := w.visit(w.Own)
		paused.NextOn, paused.NextKind = ptr(w.today+12), cadence.Call
		wantFlags(t, w.log(w.Rep, paused), care.FlagNotPlanned)
	})
}

func TestOddLogsAreFlaggedAndNeverBlocked(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.write(func(tx *models.Tx) error {
			w.Own.Lat, w.Own.Lng = ptr(36.6512), ptr(117.1201)
			w.Own.Version = 1
			return tx.SumUpAccount(&w.Own, "lat", "lng")
		})
		elsewhere := w.visit(w.Own)
		elsewhere.Lat, elsewhere.Lng, elsewhere.Accuracy = ptr(36.67), ptr(117.1201), ptr(30.0) // 2 km north
		wantFlags(t, w.log(w.Rep, elsewhere), care.FlagFar)
		vague := elsewhere
		vague.ID, vague.Accuracy = w.key(), ptr(1500.0)
		wantFlags(t, w.log(w.Rep, vague))
		short := w.visit(w.Own)
		short.StartedAt = short.StartedAt.Add(-4 * time.Hour)
		short.EndedAt = ptr(short.StartedAt.Add(90 * time.Second))
		wantFlags(t, w.log(w.Rep, short), care.FlagShort)
		ahead := w.visit(w.Own)
		ahead.StartedAt, ahead.EndedAt = w.clock.Now().Add(5*time.Minute), nil
		wantFlags(t, w.log(w.Rep, ahead), care.FlagAhead)
	})
}

func TestVisitsMinutesApartAreFlagged(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(22)
		flagged := 0
		for i, a := range homes {
			in := w.visit(a)
			in.StartedAt = w.clock.Now().Add(-5*time.Hour + time.Duration(3*i)*time.Minute)
			in.EndedAt = ptr(in.StartedAt.Add(3 * time.Minute))
			if len(care.ReviewFlags(w.log(w.Rep, in))) > 0 {
				flagged++
			}
		}
		if flagged != 22-5 {
			t.Errorf("%d of 22 visits three minutes apart were flagged, want all but the first five", flagged)
		}
	})
}

// neighbours are n accounts of Rep.
func (w *world) neighbours(n int) []models.Account {
	w.t.Helper()
	var out []models.Account
	w.write(func(tx *models.Tx) error {
		out = nil
		for i := range n {
			a := w.Own
			a.ID, a.Number, a.Version = tx.NewID(), fmt.Sprintf("N%03d", i), 0
			if err := tx.AddAccount(&a); err != nil {
				return err
			}
			first := models.Assignment{ID: tx.NewID(), AccountID: a.ID, RepID: a.RepID, FromAt: tx.Now.AddDate(0, 0, -9)}
			if err := tx.AddAssignments([]models.Assignment{first}); err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	})
	return out
}

func TestFarApartHomesMinutesApartAreFlagged(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(2)
		first, second := w.visit(homes[0]), w.visit(homes[1])
		first.Lat, first.Lng = ptr(36.65), ptr(117.12)
		second.Lat, second.Lng = ptr(36.65), ptr(117.62) // 45 km east
		second.StartedAt = first.StartedAt.Add(10 * time.Minute)
		wantFlags(t, w.log(w.Rep, first))
		wantFlags(t, w.log(w.Rep, second), care.FlagTravel)
	})
}

func TestACopiedNoteIsFlagged(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(2)
		first, second, own := w.visit(homes[0]), w.visit(homes[1]), w.visit(homes[0])
		first.Note = "客户使用正常，血压稳定，下次再来"
		second.Note = "客户使用正常，血压稳定，\n下次再来"
		own.Note = first.Note // the same customer may well be as before
		wantFlags(t, w.log(w.Rep, first))
		wantFlags(t, w.log(w.Rep, second), care.FlagCopied)
		short := w.visit(homes[1])
		short.Note = "正常"
		again := w.visit(homes[0])
		again.Note = "正常"
		wantFlags(t, w.log(w.Rep, short))
		wantFlags(t, w.log(w.Rep, again))
	})
}

func TestLogsThatCannotBeAreRefused(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name  string
			field string
			bad   func(*care.LogContact)
		}{
			{"no key", "id", func(in *care.LogContact) { in.ID = [16]byte{} }},
			{"a visit cannot end as a talk on the phone", "outcome", func(in *care.LogContact) { in.Outcome = cadence.Talked }},
			{"an unknown kind", "outcome", func(in *care.LogContact) { in.Kind = "PIGEON" }},
			{"a start in the future", "startedAt", func(in *care.LogContact) { in.StartedAt = w.clock.Now().Add(11 * time.Minute) }},
			{"an end before the start", "endedAt", func(in *care.LogContact) { in.EndedAt = ptr(in.StartedAt.Add(-time.Minute)) }},
			{"a contact of a whole day", "endedAt", func(in *care.LogContact) {
				in.StartedAt = in.StartedAt.AddDate(0, 0, -2)
				in.EndedAt = ptr(in.StartedAt.Add(13 * time.Hour))
			}},
			{"an unknown answer", "usage", func(in *care.LogContact) { in.Usage = "OFTEN" }},
			{"half a position", "position", func(in *care.LogContact) { in.Lat = ptr(36.0) }},
			{"a position off the globe", "position", func(in *care.LogContact) { in.Lat, in.Lng = ptr(91.0), ptr(0.0) }},
			{"a next step before the contact", "nextOn", func(in *care.LogContact) { in.NextOn, in.NextKind = ptr(w.today-1), cadence.Call }},
			{"a next step without a kind", "nextKind", func(in *care.LogContact) { in.NextOn = ptr(w.today + 1) }},
			{"a broken text", "note", func(in *care.LogContact) { in.Note = "\xff" }},
		} {
			in := w.visit(w.Own)
			c.bad(&in)
			_, err := w.LogContact(w.as(w.Rep), in)
			wantCode(t, err, care.CodeInvalid)
			if e := care.AsError(err); e != nil && e.Field != c.field {
				t.Errorf("%s: field %q, want %q", c.name, e.Field, c.field)
			}
		}
	})
}
