package care_test

import (
	"slices"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// moving is a command that moves accounts to the colleague.
func (w *world) moving(change func(*care.MoveAccounts), accounts ...models.Account) care.MoveAccounts {
	to := care.MoveTo{ToRep: w.Colleague.ID}
	for _, a := range accounts {
		to.Accounts = append(to.Accounts, a.ID)
	}
	in := care.MoveAccounts{ID: w.key(), Moves: []care.MoveTo{to}, Reason: "离得更近", Note: "先打电话"}
	if change != nil {
		change(&in)
	}
	return in
}

func (w *world) move(in care.MoveAccounts) []care.MoveCard {
	w.t.Helper()
	return got[[]care.MoveCard](w.t)(w.MoveAccounts(w.as(w.Supervisor), in))
}

func (w *world) moved(move id.ID) care.MoveFile {
	w.t.Helper()
	return got[care.MoveFile](w.t)(w.Move(w.as(w.Manager), move))
}

func TestAccountsMoveToSeveralRepsAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(4)
		third := w.newRep("third")
		in := w.moving(nil, homes[0], homes[1])
		in.Moves = append(in.Moves, care.MoveTo{ToRep: third.ID, Accounts: []id.ID{homes[2].ID, w.Colleagues.ID}})
		moves := w.move(in)
		again := w.move(in)
		if len(moves) != 2 || moves[0].ToRep.ID != w.Colleague.ID || moves[1].ToRep.ID != third.ID || again[0].ID != moves[0].ID {
			t.Fatalf("moves %+v", moves)
		}
		if n := len(moves[1].FromReps); moves[1].Accounts != 2 || n != 2 || moves[0].Status != models.MoveDone || moves[0].UndoUntil == nil || *moves[0].UndoUntil != w.today+7 {
			t.Errorf("the second has %d accounts of %d reps: %+v", moves[1].Accounts, n, moves[0])
		}
		for a, want := range map[id.ID]id.ID{
			homes[0].ID: w.Colleague.ID, homes[1].ID: w.Colleague.ID, homes[2].ID: third.ID, w.Colleagues.ID: third.ID, homes[3].ID: w.Rep.ID,
		} {
			if now := w.account(a); now.RepID != want {
				t.Errorf("account %s is with %s", a, now.RepID)
			}
		}
		for _, u := range []models.User{w.Rep, w.Colleague, third} {
			if !w.asked(u.ID) {
				t.Errorf("the plan of %s does not follow", u.Name)
			}
		}
		if w.audited(homes[0].ID, "ASSIGN") != 1 {
			t.Error("not written down once")
		}
		in.Reason = "别的"
		_, err := w.MoveAccounts(w.as(w.Supervisor), in)
		wantCode(t, err, care.CodeConflict)
	})
}

func TestWhatCannotBeMoved(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(3)
		for _, c := range []struct {
			name   string
			change func(*care.MoveAccounts)
			code   care.Code
		}{
			{"nothing", func(in *care.MoveAccounts) { in.Moves = nil }, care.CodeInvalid},
			{"nothing for a receiver", func(in *care.MoveAccounts) { in.Moves[0].Accounts = nil }, care.CodeInvalid},
			{"an account twice", func(in *care.MoveAccounts) { in.Moves[0].Accounts = append(in.Moves[0].Accounts, homes[0].ID) }, care.CodeInvalid},
			{"a receiver twice", func(in *care.MoveAccounts) {
				in.Moves = append(in.Moves, care.MoveTo{ToRep: w.Colleague.ID, Accounts: []id.ID{homes[2].ID}})
			}, care.CodeInvalid},
			{"501 accounts", func(in *care.MoveAccounts) { in.Moves[0].Accounts = manyKeys(501) }, care.CodeInvalid},
			{"no reason", func(in *care.MoveAccounts) { in.Reason = " " }, care.CodeInvalid},
			{"yesterday", func(in *care.MoveAccounts) { in.On = ptr(w.today - 1) }, care.CodeInvalid},
			{"in 91 days", func(in *care.MoveAccounts) { in.On = ptr(w.today + 91) }, care.CodeInvalid},
			{"to who has them already", func(in *care.MoveAccounts) { in.Moves[0].ToRep = w.Rep.ID }, care.CodeInvalid},
			{"to another team's rep", func(in *care.MoveAccounts) { in.Moves[0].ToRep = w.OtherRep.ID }, care.CodeNotFound},
			{"to a supervisor", func(in *care.MoveAccounts) { in.Moves[0].ToRep = w.Supervisor.ID }, care.CodeNotFound},
			{"a foreign one among them", func(in *care.MoveAccounts) { in.Moves[0].Accounts[1] = w.OtherStores.ID }, care.CodeNotFound},
			{"one erased", func(in *care.MoveAccounts) { in.Moves[0].Accounts[1] = w.Erased.ID }, care.CodeNotFound},
			{"one nobody knows", func(in *care.MoveAccounts) { in.Moves[0].Accounts[1] = w.key() }, care.CodeNotFound},
		} {
			_, err := w.MoveAccounts(w.as(w.Supervisor), w.moving(c.change, homes[0], homes[1]))
			if care.CodeOf(err) != c.code {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		_, err := w.MoveAccounts(w.as(w.Rep), w.moving(nil, homes[0]))
		wantCode(t, err, care.CodeNotFound)
		for _, a := range homes {
			if w.account(a.ID).RepID != w.Rep.ID {
				t.Error("a good account of a bad move has moved")
			}
		}
	})
}

func manyKeys(n int) []id.ID {
	out := make([]id.ID, n)
	for i := range out {
		out[i] = id.ID{0: 7, 13: byte(i >> 8), 14: byte(i)}
	}
	return out
}

// newRep adds a rep to the team.
func (w *world) newRep(login string) models.User {
	w.t.Helper()
	u := w.Colleague
	w.write(func(tx *models.Tx) error {
		u.ID, u.Login, u.Number, u.Name = tx.NewID(), login, "N-"+login, "新人"+login
		return tx.AddUser(&u)
	})
	return u
}

func TestAMoveTakesTheWorkAlong(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "a", nil)
		f := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
		request := models.JointRequest{AccountID: w.Own.ID, AskedBy: w.Rep.ID, WithID: w.Expert.ID, Kind: cadence.Call, Day: w.today + 2, Status: models.JointAsked}
		w.write(func(tx *models.Tx) error {
			request.ID = tx.NewID()
			cover := models.Cover{ID: tx.NewID(), AccountID: w.Own.ID, RepID: w.Colleague.ID, FromDay: w.today - 1, ToDay: w.today + 5, CreatedBy: w.Manager.ID}
			shed := []models.ShedItem{{ID: tx.NewID(), RepID: w.Rep.ID, AccountID: w.Own.ID, DueOn: w.today}}
			return firstOf(tx.AddJoint(&request), tx.AddCovers([]models.Cover{cover}), tx.SavePlan(w.Rep.ID, models.PlanDiff{Shed: &shed}))
		})
		w.move(w.moving(nil, w.Own))
		if i := w.readItem(i.ID); i.RepID != w.Colleague.ID {
			t.Error("the open item stays with the old rep")
		}
		if f := got[models.CaseFile](t)(w.Case(w.as(w.Colleague), f.Case.ID)); f.Case.OwnerID != w.Colleague.ID {
			t.Error("the open case stays with the old rep")
		}
		w.write(func(tx *models.Tx) error {
			covers, err := tx.CoversOf(modelsScope, w.Own.ID)
			r, joint := tx.JointMade(request.ID)
			shed, lost := tx.ShedOf(modelsScope, w.Rep.ID)
			if len(covers) > 0 || r.Request.AskedBy != w.Colleague.ID || len(shed) > 0 {
				t.Errorf("%d covers by the holder, asked by %s, %d without room", len(covers), r.AskedName, len(shed))
			}
			return firstOf(err, joint, lost)
		})
	})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestAPlannedMoveWaitsForItsDay(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(2)
		plan := w.moving(func(in *care.MoveAccounts) { in.On = ptr(w.today + 2) }, homes[0], homes[1])
		m := w.move(plan)[0]
		if m.Status != models.MovePlanned || m.UndoUntil != nil || w.account(homes[0].ID).RepID != w.Rep.ID {
			t.Fatalf("%+v has moved already", m)
		}
		w.carryOut(0)
		// One goes elsewhere meanwhile.
		third := w.newRep("third")
		w.move(w.moving(func(in *care.MoveAccounts) { in.Moves[0].ToRep = third.ID }, homes[1]))
		w.tomorrow(2)
		w.carryOut(1)
		w.carryOut(0)
		file := w.moved(m.ID)
		want := map[id.ID]models.MovedStatus{homes[0].ID: models.MovedDone, homes[1].ID: models.MovedSkipped}
		for _, row := range file.Accounts {
			if row.Status != want[row.AccountID] {
				t.Errorf("%s is %s", row.AccountName, row.Status)
			}
		}
		if file.Move.Status != models.MoveDone || w.account(homes[0].ID).RepID != w.Colleague.ID || w.account(homes[1].ID).RepID != third.ID {
			t.Errorf("%+v", file.Move)
		}
		if b := got[*care.HandoverBrief](t)(w.Handover(w.as(w.Colleague), homes[0].ID)); b == nil || b.MoveID != m.ID {
			t.Errorf("brief %+v", b)
		}
	})
}

// carryOut carries out what is due, and wants so many moves.
func (w *world) carryOut(want int) {
	w.t.Helper()
	n := 0
	err := w.CarryOutMoves(w.t.Context(), func(id.ID) bool { return false }, func(_ id.ID, err error) {
		if n++; err != nil {
			w.t.Error(err)
		}
	})
	if err != nil || n != want {
		w.t.Errorf("%d moves carried out, want %d: %v", n, want, err)
	}
}

func (w *world) tomorrow(days int) {
	w.clock.Add(time.Duration(days) * 24 * time.Hour)
	w.today += civil.Date(days)
}

func TestAMoveWaitsForAReceiverWhoIsAway(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		m := w.move(w.moving(func(in *care.MoveAccounts) { in.On = ptr(w.today + 1) }, w.Own))[0]
		w.write(func(tx *models.Tx) error { return tx.DisableUser(w.Colleague.ID) })
		w.tomorrow(1)
		w.carryOut(0)
		page := got[care.MovePage](t)(w.Moves(w.as(w.Supervisor), care.MoveFilter{Statuses: []models.MoveStatus{models.MovePlanned}}, care.Page{}))
		if len(page.Moves) != 1 || page.Moves[0].ID != m.ID || w.account(w.Own.ID).RepID != w.Rep.ID {
			t.Errorf("the supervisor sees %+v", page.Moves)
		}
		w.write(func(tx *models.Tx) error { return tx.EnableUser(w.Colleague.ID) })
		w.carryOut(1)
		if w.account(w.Own.ID).RepID != w.Colleague.ID {
			t.Error("it does not go on when the receiver is back")
		}
	})
}

func TestAPlannedMoveIsTakenOff(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		m := w.move(w.moving(func(in *care.MoveAccounts) { in.On = ptr(w.today + 1) }, w.Own))[0]
		end := care.EndMove{ID: w.key(), MoveID: m.ID, Why: "不用了"}
		_, err := w.EndMove(w.as(w.BranchSupervisor), end)
		wantCode(t, err, care.CodeNotFound)
		ended := got[care.MoveCard](t)(w.EndMove(w.as(w.Supervisor), end))
		again := got[care.MoveCard](t)(w.EndMove(w.as(w.Supervisor), end))
		if ended.Status != models.MoveCancelled || ended.EndWhy != "不用了" || again.Status != models.MoveCancelled {
			t.Errorf("%+v", ended)
		}
		w.tomorrow(1)
		w.carryOut(0)
		end.ID = w.key()
		_, err = w.EndMove(w.as(w.Supervisor), end)
		wantCode(t, err, care.CodeConflict)
	})
}

func TestAMoveIsUndone(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(3)
		m := w.move(w.moving(func(in *care.MoveAccounts) { in.Joint = true }, homes...))[0]
		w.log(w.Colleague, w.visit(homes[0]))
		third := w.newRep("third")
		w.move(w.moving(func(in *care.MoveAccounts) { in.Moves[0].ToRep = third.ID }, homes[2]))
		w.tomorrow(7)
		end := care.EndMove{ID: w.key(), MoveID: m.ID, Why: "不合适"}
		card := got[care.MoveCard](t)(w.EndMove(w.as(w.Supervisor), end))
		if card.Status != models.MoveUndone || card.UndoUntil != nil {
			t.Errorf("%+v", card)
		}
		for n, want := range []id.ID{w.Rep.ID, w.Rep.ID, third.ID} {
			if w.account(homes[n].ID).RepID != want {
				t.Errorf("account %d is with somebody else", n)
			}
			for _, i := range w.openItems(homes[n].ID) {
				if slices.Contains(i.With, cadence.Rep) && n < 2 {
					t.Errorf("the first visit together of %d stays", n)
				}
			}
		}
		if logs := got[care.File](t)(w.AccountFile(w.as(w.Rep), homes[0].ID)).Logs; len(logs) != 1 || logs[0].UserID != w.Colleague.ID {
			t.Errorf("what was done meanwhile: %+v", logs)
		}
		if b := got[*care.HandoverBrief](t)(w.Handover(w.as(w.Rep), homes[0].ID)); b != nil {
			t.Errorf("the brief goes on: %+v", b)
		}
		statuses := map[models.MovedStatus]int{}
		for _, row := range w.moved(m.ID).Accounts {
			statuses[row.Status]++
		}
		if statuses[models.MovedUndone] != 2 || statuses[models.MovedDone] != 1 {
			t.Errorf("accounts stand at %v", statuses)
		}
	})
}

func TestAMoveCannotBeUndoneForEver(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		m := w.move(w.moving(nil, w.Own))[0]
		w.tomorrow(8)
		_, err := w.EndMove(w.as(w.Supervisor), care.EndMove{ID: w.key(), MoveID: m.ID, Why: "x"})
		wantCode(t, err, care.CodeRefused)
		late := w.move(w.moving(func(in *care.MoveAccounts) { in.Moves[0].ToRep = w.Rep.ID }, w.Colleagues))[0]
		w.write(func(tx *models.Tx) error { return tx.DisableUser(w.Colleague.ID) })
		_, err = w.EndMove(w.as(w.Supervisor), care.EndMove{ID: w.key(), MoveID: late.ID, Why: "x"})
		wantCode(t, err, care.CodeRefused)
	})
}

func TestACustomerObjects(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		m := w.move(w.moving(func(in *care.MoveAccounts) { in.Joint = true }, w.Own))[0]
		in := care.ObjectToMove{ID: w.key(), AccountID: w.Own.ID, Objection: "只认王敏"}
		for _, u := range []models.User{w.Rep, w.OtherRep, w.BranchSupervisor, w.Expert} {
			_, err := w.ObjectToMove(w.as(u), in)
			wantCode(t, err, care.CodeNotFound)
		}
		card := got[care.MovedCard](t)(w.ObjectToMove(w.as(w.Colleague), in))
		again := got[care.MovedCard](t)(w.ObjectToMove(w.as(w.Colleague), in))
		if card.Status != models.MovedObjected || card.Objection != "只认王敏" || again.Status != models.MovedObjected {
			t.Errorf("%+v", card)
		}
		if w.account(w.Own.ID).RepID != w.Rep.ID || w.moved(m.ID).Move.Objected != 1 {
			t.Error("the account is not back")
		}
		line := got[care.Timeline](t)(w.Timeline(w.as(w.Rep), w.Own.ID, care.Page{}))
		if !slices.ContainsFunc(line.Entries, func(e care.Entry) bool { return e.Assignment != nil && e.Assignment.Reason == "只认王敏" }) {
			t.Error("the timeline does not tell")
		}
		for _, i := range w.openItems(w.Own.ID) {
			if i.ExpertID != nil {
				t.Error("the first visit together stays")
			}
		}
		in.Objection = "别的"
		_, err := w.ObjectToMove(w.as(w.Colleague), in)
		wantCode(t, err, care.CodeConflict)
	})
}

func TestAnObjectionThatCannotBeMet(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		object := func(a models.Account) error {
			_, err := w.ObjectToMove(w.as(w.Supervisor), care.ObjectToMove{ID: w.key(), AccountID: a.ID, Objection: "不要"})
			return err
		}
		wantCode(t, object(w.Colleagues), care.CodeRefused) // never moved
		homes := w.neighbours(1)
		w.move(w.moving(nil, w.Own))
		w.tomorrow(31)
		wantCode(t, object(w.Own), care.CodeRefused) // too late
		w.move(w.moving(nil, homes[0]))
		w.write(func(tx *models.Tx) error { return tx.DisableUser(w.Rep.ID) })
		wantCode(t, object(homes[0]), care.CodeRefused) // who cared before has left
	})
}

func TestABriefIsReadByItsReceiver(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		m := w.move(w.moving(nil, w.Own))[0]
		for _, u := range []models.User{w.Rep, w.Supervisor, w.Manager} {
			_, err := w.ReadHandover(w.as(u), w.Own.ID)
			wantCode(t, err, care.CodeNotFound)
		}
		w.clock.Add(time.Hour)
		first := got[care.HandoverBrief](t)(w.ReadHandover(w.as(w.Colleague), w.Own.ID))
		w.clock.Add(time.Hour)
		again := got[care.HandoverBrief](t)(w.ReadHandover(w.as(w.Colleague), w.Own.ID))
		if first.ReadAt == nil || again.ReadAt == nil || !first.ReadAt.Equal(*again.ReadAt) || first.Note != "先打电话" || first.FromRep.Name != w.Rep.Name {
			t.Errorf("read at %v, then %v", first.ReadAt, again.ReadAt)
		}
		if w.moved(m.ID).Move.Read != 1 {
			t.Error("the supervisor does not see it")
		}
		_, err := w.ReadHandover(w.as(w.Rep), w.Own.ID)
		wantCode(t, err, care.CodeNotFound)
	})
}

func TestMovesArePagedAndNarrowed(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(3)
		var keys []id.ID
		for _, a := range homes {
			keys = append(keys, w.move(w.moving(nil, a))[0].ID)
			w.clock.Add(time.Minute)
		}
		list := func(u models.User, f care.MoveFilter, p care.Page) []id.ID {
			var out []id.ID
			page := got[care.MovePage](t)(w.Moves(w.as(u), f, p))
			for _, m := range page.Moves {
				out = append(out, m.ID)
			}
			return out
		}
		all := got[care.MovePage](t)(w.Moves(w.as(w.Supervisor), care.MoveFilter{}, care.Page{First: 2}))
		rest := list(w.Supervisor, care.MoveFilter{}, care.Page{After: all.Cursors[1]})
		if !all.More || all.Moves[0].ID != keys[2] || len(rest) != 1 || rest[0] != keys[0] {
			t.Errorf("pages %+v and %v", all, rest)
		}
		for _, c := range []struct {
			name string
			user models.User
			f    care.MoveFilter
			want int
		}{
			{"from the rep", w.Supervisor, care.MoveFilter{Rep: &w.Rep.ID}, 3},
			{"to the colleague", w.Supervisor, care.MoveFilter{Rep: &w.Colleague.ID}, 3},
			{"of somebody else", w.Supervisor, care.MoveFilter{Rep: &w.OtherRep.ID}, 0},
			{"planned", w.Manager, care.MoveFilter{Statuses: []models.MoveStatus{models.MovePlanned}}, 0},
			{"of another store", w.BranchSupervisor, care.MoveFilter{}, 0},
		} {
			if n := len(list(c.user, c.f, care.Page{})); n != c.want {
				t.Errorf("%s: %d moves, want %d", c.name, n, c.want)
			}
		}
		_, err := w.Moves(w.as(w.Rep), care.MoveFilter{}, care.Page{})
		wantCode(t, err, care.CodeNotFound)
		_, err = w.Move(w.as(w.BranchSupervisor), keys[0])
		wantCode(t, err, care.CodeNotFound)
	})
}
