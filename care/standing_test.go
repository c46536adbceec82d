package care_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
	"huifang/standing"
)

func (w *world) standing(a models.Account) care.Standing {
	w.t.Helper()
	return got[care.Standing](w.t)(w.AccountStanding(w.as(w.Manager), a.ID))
}

// last is the latest move of an account on an axis.
func (w *world) last(a models.Account, axis standing.Axis) care.StandingMove {
	w.t.Helper()
	for _, c := range w.standing(a).Changes {
		if c.Axis == axis {
			return c
		}
	}
	w.t.Fatalf("%s never moved on %s", a.Name, axis)
	return care.StandingMove{}
}

func (w *world) rate() {
	w.t.Helper()
	w.clock.Add(time.Second)
	if err := w.RateAccounts(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) buys(a models.Account, day civil.Date, fen models.Fen) models.Purchase {
	w.t.Helper()
	w.clock.Add(time.Second) // keys of one millisecond have no order
	return got[models.Purchase](w.t)(w.RecordPurchase(w.as(w.Manager), w.order(a, day, fen)))
}

func TestAnOrderMovesAnAccountAndItsCauseIsKept(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		p := w.buys(w.Own, w.today, 59600)
		move := w.last(w.Own, standing.Lifecycle)
		if move.From != "ESTABLISHED" || move.To != "NEW" || move.Cause != models.CauseBought || move.Day != w.today || move.By != nil {
			t.Errorf("bought: %+v", move)
		}
		if text := move.In("zh"); text != "2026-03-04购买，共1次，仍在新会员维护期" {
			t.Errorf("it says %q", text)
		}
		w.clock.Add(time.Second)
		got[models.Return](t)(w.RecordReturn(w.as(w.Rep), care.RecordReturn{ID: w.key(), PurchaseID: p.ID, Day: w.today, Whole: true, Reason: "不适应"}))
		move = w.last(w.Own, standing.Lifecycle)
		if move.From != "NEW" || move.To != "POTENTIAL" || move.Cause != models.CauseReturned {
			t.Errorf("given back: %+v", move)
		}
		if move := w.last(w.Own, standing.Value); move.From != "B" || move.To != "" || move.Cause != models.CauseReturned {
			t.Errorf("with no order left it has a tier: %+v", move)
		}
		axes := w.standing(w.Own).Axes
		if len(axes) != 4 || axes[2].Value != "POTENTIAL" || *axes[2].Since != w.today || axes[2].In("en") != "no order on record" {
			t.Errorf("axes %+v", axes)
		}
	})
}

func TestANightGivesValueTiers(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		// Fifteen fifths to share: each buys later, more often and more than the one before.
		for n, a := range []models.Account{w.Own, w.Colleagues, w.Covered, w.Former, w.OtherTeams} {
			for k := range n + 1 {
				w.buys(a, w.today-civil.Date(100-15*n)+civil.Date(k), models.Fen(10000*(n+1)))
			}
		}
		if tier := w.account(w.Own.ID).Tier; tier != "B" {
			t.Fatalf("before the first night the tier is %s: it stays as it was given", tier)
		}
		w.rate()
		for a, want := range map[*models.Account]string{&w.Own: "D", &w.Colleagues: "D", &w.Covered: "C", &w.Former: "B", &w.OtherTeams: "A"} {
			if tier := w.account(a.ID).Tier; tier != want {
				t.Errorf("%s is %s, want %s: %s", a.Name, tier, want, w.standing(*a).Axes[1].In("en"))
			}
		}
		if tier := w.account(w.OtherStores.ID).Tier; tier != "B" {
			t.Errorf("who has no order on record is %s: it stays as it was given", tier)
		}
		move := w.last(w.OtherTeams, standing.Value)
		if move.From != "B" || move.To != "A" || move.Cause != models.CauseRanks || !strings.Contains(move.In("en"), "15 points") {
			t.Errorf("moved %+v: %s", move, move.In("en"))
		}
		kept := len(w.standing(w.Own).Changes)
		w.rate()
		if n := len(w.standing(w.Own).Changes); n != kept {
			t.Errorf("a second night kept %d more moves", n-kept)
		}
		// During the day the fifths of the night judge.
		for range 6 {
			w.buys(w.Own, w.today, 100000)
		}
		if move := w.last(w.Own, standing.Value); move.To != "A" || move.Cause != models.CauseBought {
			t.Errorf("bought much: %+v", move)
		}
	})
}

func TestASecondNightWritesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.buys(w.Own, w.today-10, 10000)
		w.rate()
		made := func() (at time.Time) {
			w.write(func(tx *models.Tx) error {
				row, err := tx.LastTierCuts()
				at = row.CreatedAt
				return err
			})
			return at
		}
		before := made()
		w.rate()
		if after := made(); !after.Equal(before) {
			t.Error("the same fifths were written again")
		}
		w.buys(w.Own, w.today-5, 90000)
		w.rate()
		if after := made(); !after.After(before) {
			t.Error("fifths that moved were not written")
		}
	})
}

func TestOrdersOfLongAgoGiveTheLowestTier(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.buys(w.Own, w.today.AddMonths(-14), 900000)
		w.buys(w.Colleagues, w.today-10, 10000)
		w.rate()
		if tier := w.account(w.Own.ID).Tier; tier != "D" {
			t.Errorf("nothing for a year, and %s", tier)
		}
		if text := w.standing(w.Own).Axes[1].In("zh"); text != "12个月内没有购买" {
			t.Errorf("it says %q", text)
		}
	})
}

func (w *world) attends(a models.Account) {
	w.t.Helper()
	w.clock.Add(time.Second)
	in := w.call(a)
	in.Kind, in.Outcome = cadence.Event, cadence.Attended
	w.log(w.Rep, in)
}

func TestTheRuleProposesAGradeAndASupervisorConfirms(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.buys(w.Own, w.today-60, 10000)
		w.buys(w.Own, w.today-20, 10000)
		if list := got[[]care.GradeCard](t)(w.GradeProposals(w.as(w.Supervisor))); len(list) != 0 {
			t.Fatalf("it has the grade of a repurchase already, and yet %+v", list)
		}
		w.attends(w.Own)
		list := got[[]care.GradeCard](t)(w.GradeProposals(w.as(w.Supervisor)))
		if len(list) != 1 || list[0].From != 20 || list[0].To != 40 || list[0].By != nil || list[0].Rep.ID != w.Rep.ID {
			t.Fatalf("proposed: %+v", list)
		}
		if text := list[0].In("zh"); text != "续购1次，参加活动1次" {
			t.Errorf("it says %q", text)
		}
		w.rate()
		if list := got[[]care.GradeCard](t)(w.GradeProposals(w.as(w.Supervisor))); len(list) != 1 {
			t.Errorf("what waits was proposed again: %d", len(list))
		}
		st := w.standing(w.Own)
		if st.Proposal == nil || st.Proposal.ID != list[0].ID || st.NextGrade == nil || *st.NextGrade != 40 || len(st.Lacking("zh")) != 0 {
			t.Errorf("standing: %+v", st)
		}
		answer := care.AnswerGrade{ID: w.key(), ProposalID: list[0].ID, Confirm: true}
		card := got[care.GradeCard](t)(w.AnswerGrade(w.as(w.Supervisor), answer))
		if card.Status != models.ProposalConfirmed || w.account(w.Own.ID).Grade != 40 {
			t.Errorf("confirmed: %+v, grade %d", card, w.account(w.Own.ID).Grade)
		}
		again := got[care.GradeCard](t)(w.AnswerGrade(w.as(w.Supervisor), answer))
		if again.ID != card.ID {
			t.Error("the same command sent twice has another result")
		}
		move := w.last(w.Own, standing.Grade)
		if move.From != "20" || move.To != "40" || move.Cause != models.CauseConfirmed || move.By == nil || move.By.ID != w.Supervisor.ID {
			t.Errorf("moved %+v", move)
		}
		if w.audited(w.Own.ID, "ANSWER_GRADE") != 1 {
			t.Error("not audited once")
		}
		answer.ID = w.key()
		_, err := w.AnswerGrade(w.as(w.Supervisor), answer)
		wantCode(t, err, care.CodeConflict)
	})
}

func TestARefusedGradeIsNotProposedAgain(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.buys(w.Own, w.today-60, 10000)
		w.buys(w.Own, w.today-20, 10000)
		w.attends(w.Own)
		open := w.standing(w.Own).Proposal
		_, err := w.AnswerGrade(w.as(w.Supervisor), care.AnswerGrade{ID: w.key(), ProposalID: open.ID})
		wantCode(t, err, care.CodeInvalid) // say why
		card := got[care.GradeCard](t)(w.AnswerGrade(w.as(w.Supervisor), care.AnswerGrade{ID: w.key(), ProposalID: open.ID, Answer: "只是路过"}))
		if card.Status != models.ProposalRefused || card.Answer != "只是路过" || w.account(w.Own.ID).Grade != 20 {
			t.Errorf("refused: %+v", card)
		}
		w.rate()
		w.attends(w.Own)
		if p := w.standing(w.Own).Proposal; p != nil {
			t.Errorf("proposed again: %+v", p)
		}
		w.write(func(tx *models.Tx) error { // more than what was refused is another matter
			a := models.Account{ID: tx.NewID(), Number: "M70", StoreID: w.Main.ID, RepID: w.Rep.ID, Name: "新朋友", Since: w.today, ReferredBy: &w.Own.ID, Service: cadence.NotYet, Lifecycle: cadence.Potential, Activity: cadence.NormalActivity, Horizon: cadence.HorizonUnknown}
			return tx.AddAccount(&a)
		})
		w.rate()
		if p := w.standing(w.Own).Proposal; p == nil || p.To != 60 {
			t.Errorf("with a referral more: %+v", p)
		}
	})
}

func TestWhatAReferredAccountBuysSpeaksForWhoBroughtIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.buys(w.Own, w.today-60, 10000)
		w.buys(w.Own, w.today-20, 10000)
		w.attends(w.Own)
		w.write(func(tx *models.Tx) error {
			for _, x := range []models.Account{w.Colleagues, w.Former} {
				a := must2(tx.LockAccount(auth.System(), x.ID))
				a.ReferredBy = &w.Own.ID
				if err := tx.ChangeAccount(&a, "referred_by"); err != nil {
					return err
				}
			}
			return nil
		})
		w.buys(w.Colleagues, w.today, 10000)
		if p := w.standing(w.Own).Proposal; p == nil || p.To != 80 {
			t.Errorf("two brought, one of whom bought: %+v", p)
		}
	})
}

func TestARepProposesAGrade(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := care.ProposeGrade{ID: w.key(), AccountID: w.Own.ID, Grade: 60, Why: "常带邻居来"}
		card := got[care.GradeCard](t)(w.ProposeGrade(w.as(w.Rep), in))
		if card.Status != models.ProposalOpen || card.By == nil || card.By.ID != w.Rep.ID || w.account(w.Own.ID).Grade != 20 {
			t.Errorf("proposed: %+v", card)
		}
		second := in
		second.ID, second.Grade = w.key(), 40
		w.clock.Add(time.Second)
		got[care.GradeCard](t)(w.ProposeGrade(w.as(w.Rep), second))
		list := got[[]care.GradeCard](t)(w.GradeProposals(w.as(w.Supervisor)))
		if len(list) != 1 || list[0].To != 40 {
			t.Errorf("the second takes the place of the first: %+v", list)
		}
		_, err := w.AnswerGrade(w.as(w.Supervisor), care.AnswerGrade{ID: w.key(), ProposalID: in.ID, Confirm: true})
		wantCode(t, err, care.CodeConflict)
		_, err = w.AnswerGrade(w.as(w.BranchSupervisor), care.AnswerGrade{ID: w.key(), ProposalID: second.ID, Confirm: true})
		wantCode(t, err, care.CodeNotFound)
		if list := got[[]care.GradeCard](t)(w.GradeProposals(w.as(w.BranchSupervisor))); len(list) != 0 {
			t.Errorf("another store sees %+v", list)
		}
		// A supervisor's own proposal counts at once.
		second.ID, second.Grade = w.key(), 80
		w.clock.Add(time.Second)
		card = got[care.GradeCard](t)(w.ProposeGrade(w.as(w.Supervisor), second))
		if card.Status != models.ProposalConfirmed || w.account(w.Own.ID).Grade != 80 {
			t.Errorf("the supervisor's: %+v", card)
		}
		for name, c := range map[string]struct {
			code care.Code
			bad  func(*care.ProposeGrade)
		}{
			"a grade nobody knows": {care.CodeInvalid, func(in *care.ProposeGrade) { in.Grade = 50 }},
			"without a reason":     {care.CodeInvalid, func(in *care.ProposeGrade) { in.Why = " " }},
			"the one it has":       {care.CodeRefused, func(in *care.ProposeGrade) { in.Grade = 80 }},
			"of somebody else's":   {care.CodeNotFound, func(in *care.ProposeGrade) { in.AccountID = w.OtherStores.ID }},
		} {
			in := care.ProposeGrade{ID: w.key(), AccountID: w.Own.ID, Grade: 60, Why: "常带邻居来"}
			c.bad(&in)
			_, err := w.ProposeGrade(w.as(w.Rep), in)
			if care.CodeOf(err) != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestDaysWithoutAnOrderMoveAnAccount(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 89)
		d.plan(d.Rep)
		before := d.standing(a)
		d.at("2026-03-20", 3)
		d.plan(d.Rep)
		move := d.last(a, standing.Activity)
		if move.To != "LOW" || move.Cause != models.CauseTime || !strings.Contains(move.In("en"), "3 months and more") {
			t.Errorf("moved %+v: %s", move, move.In("en"))
		}
		if n := len(d.standing(a).Changes); n != len(before.Changes)+1 {
			t.Errorf("%d moves more", n-len(before.Changes))
		}
		d.plan(d.Rep)
		if n := len(d.standing(a).Changes); n != len(before.Changes)+1 {
			t.Errorf("a plan of the same facts kept %d moves more", n-len(before.Changes)-1)
		}
	})
}

func TestTheAxesStandInTheirOrder(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		var axes []standing.Axis
		for _, a := range w.standing(w.Own).Axes {
			axes = append(axes, a.Axis)
		}
		if !slices.Equal(axes, []standing.Axis{standing.Grade, standing.Value, standing.Lifecycle, standing.Activity}) {
			t.Errorf("axes %v", axes)
		}
	})
}

func TestRulesOfStandingAreRefusedInTheirOrder(t *testing.T) {
	for range 20 { // the first fault is the same every time
		_, err := care.ParsePolicy([]byte(`{"standing":{"tiers":{"months":0},"grades":[{"grade":30,"needs":{"events":1}}]}}`))
		var fault *care.Error
		if !errors.As(err, &fault) || fault.Field != "standing.tiers.months" || len(fault.All()) != 2 {
			t.Fatalf("refused as %v", err)
		}
	}
}
