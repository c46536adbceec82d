package demo_test

import (
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/demo"
	"huifang/id"
	"huifang/models"
)

// teamOf finds the team of users.
func teamOf(b demo.Book) map[id.ID]id.ID {
	out := map[id.ID]id.ID{}
	for _, u := range b.Users {
		if u.User.TeamID != nil {
			out[u.User.ID] = *u.User.TeamID
		}
	}
	return out
}

func TestEveryTeamHasSomethingOfEachKindToSeeTo(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		team, held := teamOf(b), accounts(b)
		got := map[string]map[id.ID]int{}
		count := func(what string, rep id.ID) {
			if got[what] == nil {
				got[what] = map[id.ID]int{}
			}
			got[what][team[rep]]++
		}
		for _, c := range b.Cases {
			if c.Case.Kind == models.ComplaintCase && c.Case.Status == models.CaseOpen {
				count("complaint", held[c.Case.AccountID].RepID)
			}
		}
		for _, r := range b.Reviews {
			count("contact to look at", r.Review.UserID)
		}
		for _, d := range b.Devices {
			if civil.Of(d.SeenAt.Date()) < b.Today-3 && len(d.Waiting) > 0 {
				count("silent phone", d.UserID)
			}
		}
		for _, o := range b.Overrides {
			if len([]rune(o.Reason)) < 4 {
				count("word without a reason", held[o.AccountID].RepID)
			}
		}
		for _, l := range b.Leaves {
			if l.FromDay > b.Today && l.FromDay <= b.Today+7 && l.Granted {
				count("leave to come", l.UserID)
			}
		}
		for _, h := range b.Handovers {
			count("handover", h.To)
		}
		for _, r := range b.Joint {
			if r.Status == models.JointAsked {
				count("request", r.AskedBy)
			}
		}
		for _, what := range []string{"complaint", "contact to look at", "silent phone", "word without a reason", "leave to come", "handover", "request"} {
			for _, one := range b.Teams {
				if got[what][one.ID] == 0 {
					t.Errorf("%s has no %s", one.Name, what)
				}
			}
		}
	})
}

func TestCoversNameTheirLeaveAndTheirOwner(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		leaves, held, team := map[id.ID]models.Leave{}, accounts(b), teamOf(b)
		for _, l := range b.Leaves {
			leaves[l.ID] = l
		}
		covered := map[id.ID]bool{}
		for _, c := range b.Covers {
			if c.LeaveID == nil || c.OwnerID == nil {
				t.Fatalf("%+v", c)
			}
			l := leaves[*c.LeaveID]
			from, to := c.Days()
			if *c.OwnerID != held[c.AccountID].RepID || l.UserID != *c.OwnerID || c.RepID == *c.OwnerID || team[c.RepID] != team[*c.OwnerID] {
				t.Errorf("cover of %s: %+v", held[c.AccountID].Number, c)
			}
			if from < l.FromDay || to != l.ToDay || c.FromDay >= from || c.ToDay <= to || to < b.Today {
				t.Errorf("leave from %s to %s, covered from %s to %s, seen from %s to %s", l.FromDay, l.ToDay, from, to, c.FromDay, c.ToDay)
			}
			covered[*c.LeaveID] = true
		}
		if len(covered) < 3 {
			t.Errorf("%d leaves are covered", len(covered))
		}
	})
}

func TestMovesAreOfAccountsThatNothingTies(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		held, seen := accounts(b), map[id.ID]bool{}
		moves := map[id.ID]models.Move{}
		for _, m := range b.Moves {
			if m.Status != models.MovePlanned || m.OnDay <= b.Today {
				t.Errorf("%+v", m)
			}
			moves[m.ID] = m
		}
		for _, x := range b.Moved {
			if m := moves[x.MoveID]; m.ToRepID != x.ToRepID || held[x.AccountID].RepID != x.FromRepID || x.ToRepID == x.FromRepID || seen[x.AccountID] {
				t.Errorf("%+v of %+v", x, m)
			}
			seen[x.AccountID] = true
		}
		for _, h := range b.Handovers {
			for _, a := range h.Accounts {
				if seen[a] || held[a].RepID == h.To {
					t.Errorf("%s moves twice, or nowhere", held[a].Number)
				}
				seen[a] = true
			}
		}
		if len(b.Moved) == 0 || len(b.Handovers) == 0 {
			t.Error("nothing moves")
		}
	})
}

func TestContactsAndCasesAreMeasured(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		regular, spaced := 0, 0
		for _, l := range b.Logs {
			if l.Log.SinceLast != nil && *l.Log.SinceLast < 0 {
				t.Fatalf("%+v", l.Log)
			}
			if l.Log.SinceLast == nil || l.Log.DueEvery == 0 || l.Log.Day < b.Today-30 {
				continue
			}
			if spaced++; *l.Log.SinceLast <= l.Log.DueEvery {
				regular++
			}
		}
		if share := float64(regular) / float64(spaced); spaced < 1000 || share < 0.5 || share > 0.98 {
			t.Errorf("%d of %d contacts of the month came in time", regular, spaced)
		}
		met, over := 0, 0
		for _, c := range b.Cases {
			if at := c.Case.ContactedAt; at != nil && at.Before(c.Case.CreatedAt) {
				t.Errorf("contacted at %s, opened at %s", at, c.Case.CreatedAt)
			}
			if c.Case.Kind == models.StopCase && c.Case.Status != models.CaseOpen {
				over++
				if c.Case.ContactedAt != nil {
					met++
				}
			}
		}
		if met*10 < over*9 {
			t.Errorf("of %d stops that are over %d had a contact", over, met)
		}
	})
}

func TestTheRulesOfTheSampleHold(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		for _, p := range b.Policies {
			if _, err := care.ParsePolicy(p.Body); err != nil || p.FromDay >= b.Today {
				t.Errorf("version %d from %s: %v", p.Version, p.FromDay, err)
			}
		}
		if len(b.Policies) == 0 {
			t.Error("no version was published")
		}
	})
}

func TestMostContactsOfTheMonthClosedAPlannedOne(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		items, logs, planned := map[id.ID]models.PlanItem{}, 0, 0
		for _, i := range b.Items {
			items[i.ID] = i
		}
		for _, l := range b.Logs {
			if l.Log.Day >= b.Today-28 && l.Log.Outcome.Touches(l.Log.Kind) && l.Log.ByRole == cadence.Rep {
				logs++
			}
			if l.Log.ItemID == nil {
				continue
			}
			i := items[*l.Log.ItemID]
			if i.Status != models.ItemDone || i.AccountID != l.Log.AccountID || *i.DoneBy != l.Log.UserID || *i.DoneOn != l.Log.Day || i.Kind != l.Log.Kind {
				t.Fatalf("%+v closed %+v", l.Log, i)
			}
			if l.Log.Day >= b.Today-28 {
				planned++
			}
		}
		if planned*100 < logs*80 || planned == logs {
			t.Errorf("%d of %d contacts of four weeks were planned", planned, logs)
		}
	})
}
