package care_test

import (
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// stop stops an account and returns its case.
func (w *world) stop(a models.Account, cause cadence.StopCause) models.CaseFile {
	w.t.Helper()
	return got[models.CaseFile](w.t)(w.StopAccount(w.as(w.Manager), care.StopAccount{ID: w.key(), AccountID: a.ID, Cause: cause}))
}

func TestTheBoardShowsWhatIsDueFirst(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		late := w.stop(w.Own, cadence.Competitor) // its self-review is due in a day
		soon := w.stop(w.Team1(), cadence.EffectOrQuality)
		foreign := w.stop(w.OtherTeams, cadence.BadService)
		board := got[care.Board](t)(w.CaseBoard(w.as(w.Supervisor), care.BoardInput{}, care.Page{}))
		if len(board.Rows) != 2 || board.More {
			t.Fatalf("%d cases, more %v", len(board.Rows), board.More)
		}
		for i, want := range []models.CaseFile{soon, late} {
			row := board.Rows[i]
			if row.Case.ID != want.Case.ID && board.Rows[1-i].Case.ID != want.Case.ID {
				t.Errorf("row %d is %+v", i, row.Case)
			}
			if row.Next == nil || row.DaysLeft == nil || len(row.Steps) == 0 || row.Owner.Name == "" || row.AccountName == "" {
				t.Errorf("row %d says too little: %+v", i, row)
			}
		}
		if *board.Rows[0].DaysLeft > *board.Rows[1].DaysLeft {
			t.Errorf("due in %d days before due in %d", *board.Rows[0].DaysLeft, *board.Rows[1].DaysLeft)
		}
		for _, c := range []struct {
			name string
			in   care.BoardInput
			want id.ID
		}{
			{"by cause", care.BoardInput{Causes: []cadence.StopCause{cadence.Competitor}}, late.Case.ID},
			{"by the step whose turn it is", care.BoardInput{Steps: []models.StepKind{models.StepVisit}}, soon.Case.ID},
			{"by owner", care.BoardInput{Owner: &w.Colleague.ID}, soon.Case.ID},
		} {
			b := got[care.Board](t)(w.CaseBoard(w.as(w.Supervisor), c.in, care.Page{}))
			if len(b.Rows) != 1 || b.Rows[0].Case.ID != c.want {
				t.Errorf("%s: %d rows", c.name, len(b.Rows))
			}
		}
		all := got[care.Board](t)(w.CaseBoard(w.as(w.Manager), care.BoardInput{}, care.Page{}))
		team := got[care.Board](t)(w.CaseBoard(w.as(w.Manager), care.BoardInput{Team: w.OtherRep.TeamID}, care.Page{}))
		if len(all.Rows) != 3 || len(team.Rows) != 1 || team.Rows[0].Case.ID != foreign.Case.ID {
			t.Errorf("the manager sees %d cases, %d of the other team", len(all.Rows), len(team.Rows))
		}
		_, err := w.CaseBoard(w.as(w.Rep), care.BoardInput{}, care.Page{})
		wantCode(t, err, care.CodeNotFound)
		_, err = w.CaseBoard(w.as(w.Manager), care.BoardInput{}, care.Page{After: "x"})
		wantCode(t, err, care.CodeInvalid)
	})
}

// Team1 is an account of a colleague in the same team.
func (w *world) Team1() models.Account {
	w.t.Helper()
	a := w.neighbours(1)[0]
	got[models.User](w.t)(w.Assign(w.as(w.Supervisor), care.Assign{ID: w.key(), Accounts: []id.ID{a.ID}, ToRep: w.Colleague.ID, Reason: "近"}))
	return w.account(a.ID)
}

func TestTheBoardIsWalkedPageByPage(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		want := map[id.ID]bool{}
		for _, a := range w.neighbours(7) {
			want[w.stop(a, cadence.BadService).Case.ID] = true
		}
		for _, closed := range []bool{false, true} {
			seen, page := map[id.ID]bool{}, care.Page{First: 3}
			for more := true; more; {
				b := got[care.Board](t)(w.CaseBoard(w.as(w.Supervisor), care.BoardInput{Closed: closed}, page))
				for _, r := range b.Rows {
					if seen[r.Case.ID] {
						t.Errorf("closed %v: a case came twice", closed)
					}
					seen[r.Case.ID], page.After = true, r.Cursor
				}
				more = b.More
			}
			if len(seen) != len(want) {
				t.Errorf("closed %v: %d cases of %d", closed, len(seen), len(want))
			}
			for c := range seen {
				if !closed {
					got[models.CaseFile](t)(w.CloseCase(w.as(w.Supervisor), care.CloseCase{ID: w.key(), CaseID: c, As: models.CaseGivenUp, Why: "搬走了"}))
				}
			}
		}
	})
}

func TestCaseFiguresCountHowCasesWent(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(4)
		var files []models.CaseFile
		for _, a := range homes {
			files = append(files, w.stop(a, cadence.BadService))
		}
		for i, as := range []models.CaseStatus{models.CaseWonBack, models.CaseGivenUp} {
			got[models.CaseFile](t)(w.CloseCase(w.as(w.Supervisor), care.CloseCase{ID: w.key(), CaseID: files[i].Case.ID, As: as, Why: "x"}))
		}
		w.clock.Add(6 * time.Hour)
		w.log(w.Rep, care.LogContact{ID: w.key(), AccountID: homes[3].ID, Kind: cadence.Call, Outcome: cadence.Talked, StartedAt: w.clock.Now().Add(-2 * time.Hour)})
		w.clock.Add(5 * 24 * time.Hour)
		figures := got[[]care.CaseFigures](t)(w.CaseFigures(w.as(w.Supervisor), w.today-30, w.today+10, nil))
		if len(figures) != 1 {
			t.Fatalf("%+v", figures)
		}
		f := figures[0]
		if f.Kind != models.StopCase || f.Cause != cadence.BadService || f.Opened != 4 || f.Open != 2 || f.WonBack != 1 || f.GivenUp != 1 || f.Late != 2 {
			t.Errorf("%+v", f)
		}
		if f.WonBackRate == nil || *f.WonBackRate != 0.5 {
			t.Errorf("won back %v", f.WonBackRate)
		}
		if f.HoursToContact == nil || *f.HoursToContact < 3.9 || *f.HoursToContact > 4.1 {
			t.Errorf("first contact after %v hours, want 4", f.HoursToContact)
		}
		other := got[[]care.CaseFigures](t)(w.CaseFigures(w.as(w.Manager), w.today-30, w.today+10, w.OtherRep.TeamID))
		if len(other) != 0 {
			t.Errorf("another team has %+v", other)
		}
		_, err := w.CaseFigures(w.as(w.Supervisor), w.today, w.today-1, nil)
		wantCode(t, err, care.CodeInvalid)
		_, err = w.CaseFigures(w.as(w.Supervisor), w.today-400, w.today, nil)
		wantCode(t, err, care.CodeLimited)
	})
}

func TestACaseIsGivenOnlyToWhoCanAnswerForIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		f := w.stop(w.Own, cadence.BadService)
		give := func(to id.ID) error {
			_, err := w.GiveCase(w.as(w.Supervisor), care.GiveCase{ID: w.key(), CaseID: f.Case.ID, OwnerID: to})
			return err
		}
		wantCode(t, give(w.Supervisor.ID), "")
		if f := got[models.CaseFile](t)(w.Case(w.as(w.Rep), f.Case.ID)); f.Case.OwnerID != w.Supervisor.ID {
			t.Error("the supervisor does not answer for it")
		}
		wantCode(t, give(w.Colleague.ID), care.CodeNotFound)
		wantCode(t, give(w.BranchSupervisor.ID), care.CodeNotFound)
		wantCode(t, give(w.Expert.ID), care.CodeNotFound)
		wantCode(t, give(w.Rep.ID), "")
		_, err := w.GiveCase(w.as(w.Rep), care.GiveCase{ID: w.key(), CaseID: f.Case.ID, OwnerID: w.Manager.ID})
		wantCode(t, err, care.CodeNotFound)
		got[models.CaseFile](t)(w.CloseCase(w.as(w.Supervisor), care.CloseCase{ID: w.key(), CaseID: f.Case.ID, As: models.CaseGivenUp, Why: "x"}))
		wantCode(t, give(w.Manager.ID), care.CodeConflict)
	})
}

// workday is a day on which people work.
func (w *world) workday() civil.Date {
	day := w.today + 1
	for day.Weekday() == time.Sunday {
		day++
	}
	return day
}

func TestAnExpertIsAskedAndComesAlong(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		f, day := w.stop(w.Own, cadence.EffectOrQuality), w.workday()
		at := civil.Minute(10 * 60)
		in := care.AskJoint{ID: w.key(), AccountID: w.Own.ID, CaseID: &f.Case.ID, WithID: w.Expert.ID, Kind: cadence.HomeVisit, Day: day, At: &at, Note: "说没有效果"}
		card := got[care.JointCard](t)(w.AskJoint(w.as(w.Rep), in))
		if again := got[care.JointCard](t)(w.AskJoint(w.as(w.Rep), in)); again.ID != card.ID {
			t.Error("asked twice")
		}
		if _, err := w.Account(w.as(w.Expert), w.Own.ID); care.CodeOf(err) != care.CodeNotFound {
			t.Errorf("the expert sees the account before accepting: %v", err)
		}
		asked := got[[]care.JointCard](t)(w.JointRequests(w.as(w.Expert), nil))
		if len(asked) != 1 || asked[0].AccountName != w.Own.Name || asked[0].Status != models.JointAsked || asked[0].AskedBy.Name != w.Rep.Name {
			t.Fatalf("the expert is asked %+v", asked)
		}
		_, err := w.AnswerJoint(w.as(w.Rep), care.AnswerJoint{ID: w.key(), RequestID: card.ID, Accept: true})
		wantCode(t, err, care.CodeNotFound)
		_, err = w.AnswerJoint(w.as(w.Expert), care.AnswerJoint{ID: w.key(), RequestID: card.ID})
		wantCode(t, err, care.CodeInvalid)
		card = got[care.JointCard](t)(w.AnswerJoint(w.as(w.Expert), care.AnswerJoint{ID: w.key(), RequestID: card.ID, Accept: true}))
		i := w.readItem(*card.ItemID)
		if i.RepID != w.Rep.ID || *i.ExpertID != w.Expert.ID || i.Day != day || !i.AtFixed || i.StartMin != 600 || *i.CaseID != f.Case.ID {
			t.Errorf("planned %+v", i)
		}
		if _, err := w.Account(w.as(w.Expert), w.Own.ID); err != nil {
			t.Errorf("the expert does not see the account: %v", err)
		}
		day2 := got[care.Day](t)(w.MyDay(w.as(w.Expert), &day))
		if len(day2.Items) != 1 {
			t.Errorf("the expert's day has %d contacts", len(day2.Items))
		}
		_, err = w.AnswerJoint(w.as(w.Expert), care.AnswerJoint{ID: w.key(), RequestID: card.ID, Answer: "没空"})
		wantCode(t, err, care.CodeConflict)
		got[care.JointCard](t)(w.CancelJoint(w.as(w.Rep), card.ID, "客户出门"))
		if i := w.readItem(i.ID); i.Status != models.ItemCancelled {
			t.Errorf("the contact is %s after the request was taken back", i.Status)
		}
		_, err = w.CancelJoint(w.as(w.Rep), card.ID, "x")
		wantCode(t, err, care.CodeConflict)
	})
}

func TestACallAskedForIsTheExperts(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := care.AskJoint{ID: w.key(), AccountID: w.Own.ID, WithID: w.Expert.ID, Kind: cadence.Call, Day: w.workday(), Minutes: 25, Note: "用法"}
		card := got[care.JointCard](t)(w.AskJoint(w.as(w.Rep), in))
		card = got[care.JointCard](t)(w.AnswerJoint(w.as(w.Expert), care.AnswerJoint{ID: w.key(), RequestID: card.ID, Accept: true}))
		if i := w.readItem(*card.ItemID); i.By != cadence.Expert || len(i.With) != 0 || i.Minutes != 25 {
			t.Errorf("planned %+v", i)
		}
		log := w.log(w.Expert, care.LogContact{ID: w.key(), AccountID: w.Own.ID, ItemID: card.ItemID, Kind: cadence.Call, Outcome: cadence.Talked,
			StartedAt: w.clock.Now().Add(-time.Hour), Note: "教了用法"})
		if log.ByRole != cadence.Expert {
			t.Errorf("logged as %s", log.ByRole)
		}
		line := got[care.Timeline](t)(w.Timeline(w.as(w.Rep), w.Own.ID, care.Page{}))
		if len(line.Entries) == 0 || line.Entries[0].Log == nil || line.Entries[0].Log.ID != log.ID {
			t.Error("the rep does not see the expert's call in the timeline")
		}
	})
}

func TestNobodyIsAskedWhoCannotCome(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		day := w.workday()
		leave := got[models.Leave](t)(w.AskLeave(w.as(w.Expert), care.AskLeave{ID: w.key(), From: day, To: day}))
		got[models.Leave](t)(w.GrantLeave(w.as(w.Manager), leave.ID))
		for _, c := range []struct {
			name string
			edit func(*care.AskJoint)
			code care.Code
		}{
			{"on a day off", func(*care.AskJoint) {}, care.CodeRefused},
			{"a colleague, who is no expert", func(in *care.AskJoint) { in.WithID = w.Colleague.ID }, care.CodeNotFound},
			{"the supervisor of another store", func(in *care.AskJoint) { in.WithID = w.BranchSupervisor.ID }, care.CodeNotFound},
			{"for a message", func(in *care.AskJoint) { in.WithID, in.Kind = w.Manager.ID, cadence.Message }, care.CodeInvalid},
			{"without saying why", func(in *care.AskJoint) { in.WithID, in.Note = w.Manager.ID, " " }, care.CodeInvalid},
			{"yesterday", func(in *care.AskJoint) { in.WithID, in.Day = w.Manager.ID, w.today-1 }, care.CodeInvalid},
			{"about a foreign account", func(in *care.AskJoint) { in.WithID, in.AccountID = w.Manager.ID, w.OtherTeams.ID }, care.CodeNotFound},
			{"about a case of another account", func(in *care.AskJoint) { in.WithID, in.CaseID = w.Manager.ID, ptr(w.key()) }, care.CodeNotFound},
			{"the manager", func(in *care.AskJoint) { in.WithID = w.Manager.ID }, ""},
		} {
			in := care.AskJoint{ID: w.key(), AccountID: w.Own.ID, WithID: w.Expert.ID, Kind: cadence.HomeVisit, Day: day, Note: "一起去"}
			c.edit(&in)
			if _, err := w.AskJoint(w.as(w.Rep), in); care.CodeOf(err) != c.code {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

func TestALeaderWhoNamesThemselvesComesAlong(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := care.AskJoint{ID: w.key(), AccountID: w.Own.ID, WithID: w.Supervisor.ID, Kind: cadence.HomeVisit, Day: w.workday(), Note: "我陪你去"}
		card := got[care.JointCard](t)(w.AskJoint(w.as(w.Supervisor), in))
		if card.Status != models.JointAccepted || card.ItemID == nil || !w.asked(w.Rep.ID) {
			t.Errorf("%+v", card)
		}
	})
}

func TestFreeTimeIsWhatAllHave(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		day := w.workday()
		w.item(w.Own, "a", func(i *models.PlanItem) { i.Day, i.StartMin, i.Minutes, i.Travel = day, 9*60+30, 60, 15 })
		w.item(w.OtherTeams, "b", func(i *models.PlanItem) { i.Day, i.StartMin, i.Minutes, i.ExpertID = day, 14*60, 60, &w.Expert.ID })
		free := func(u models.User, people ...id.ID) []care.FreeTime {
			return got[[]care.FreeTime](t)(w.FreeTimes(w.as(u), people, day, day, 45))
		}
		var text []int
		for _, f := range free(w.Rep, w.Rep.ID, w.Expert.ID) {
			text = append(text, f.FromMin, f.ToMin)
		}
		want := []int{10*60 + 30, 12 * 60, 13 * 60, 14 * 60, 15 * 60, 18 * 60}
		if len(text) != len(want) {
			t.Fatalf("free %v, want %v", text, want)
		}
		for i := range want {
			if text[i] != want[i] {
				t.Errorf("free %v, want %v", text, want)
			}
		}
		_, err := w.FreeTimes(w.as(w.Rep), []id.ID{w.Colleague.ID}, day, day, 45)
		wantCode(t, err, care.CodeNotFound)
		_, err = w.FreeTimes(w.as(w.Manager), []id.ID{w.Admin.ID}, day, day, 45)
		wantCode(t, err, care.CodeNotFound)
		_, err = w.FreeTimes(w.as(w.Rep), nil, day, day, 45)
		wantCode(t, err, care.CodeInvalid)
		_, err = w.FreeTimes(w.as(w.Rep), []id.ID{w.Rep.ID}, day, day+40, 45)
		wantCode(t, err, care.CodeLimited)
	})
}
