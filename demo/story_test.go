package demo_test

import (
	"slices"
	"testing"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/demo"
	"huifang/id"
	"huifang/models"
)

// accounts finds accounts by key.
func accounts(b demo.Book) map[id.ID]models.Account {
	out := map[id.ID]models.Account{}
	for _, p := range b.People {
		out[p.Account.ID] = p.Account
	}
	return out
}

func TestNothingHappensBeforeTheAccountCameOrFromTodayOn(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		known := accounts(b)
		during := func(what string, account id.ID, on civil.Date) {
			t.Helper()
			if a := known[account]; on < a.Since || on >= b.Today {
				t.Errorf("%s of %s on %s: in care since %s, today is %s", what, a.Number, on, a.Since, b.Today)
			}
		}
		for _, p := range b.Purchases {
			during("purchase", p.AccountID, p.Day)
		}
		for _, r := range b.Returns {
			during("return", r.AccountID, r.Day)
		}
		for _, l := range b.Logs {
			during("contact", l.Log.AccountID, l.Log.Day)
			if l.Log.CreatedAt.After(b.Today.Time()) || l.Log.EndedAt.Before(l.Log.StartedAt) || l.Log.CreatedAt.Before(*l.Log.EndedAt) {
				t.Errorf("contact from %s to %s, taken at %s", l.Log.StartedAt, l.Log.EndedAt, l.Log.CreatedAt)
			}
		}
		for _, c := range b.Cases {
			during("case", c.Case.AccountID, c.Case.OpenedOn)
		}
	})
}

func TestRefillsComeWhenTheSupplyEnds(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		last := map[id.ID]models.Purchase{}
		gaps, near := 0, 0
		for _, p := range b.Purchases {
			before, again := last[p.AccountID]
			last[p.AccountID] = p
			if !again || before.SupplyDays == 0 {
				continue
			}
			gaps++
			ratio := float64(p.Day-before.Day) / float64(before.SupplyDays)
			if ratio > 0.7 && ratio < 1.6 {
				near++
			}
			if p.Day <= before.Day || ratio > 6 {
				t.Errorf("purchase %s comes %d days after one that lasts %d", p.Number, p.Day-before.Day, before.SupplyDays)
			}
		}
		share(t, "refills about when the supply ends", near, gaps, 0.7, 0.95)
	})
}

func TestOrdersAddUp(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		lines := map[id.ID][]models.PurchaseLine{}
		for _, l := range b.Lines {
			lines[l.PurchaseID] = append(lines[l.PurchaseID], l)
		}
		for _, p := range b.Purchases {
			sum, supply := models.Fen(0), 0
			for _, l := range lines[p.ID] {
				sum += l.Amount
				supply = max(supply, l.SupplyDays)
			}
			if p.Amount <= 0 || p.Amount > sum || p.Amount < sum*85/100 || p.SupplyDays != supply {
				t.Errorf("order %s: %d fen for %d days, its lines %d fen for %d days", p.Number, p.Amount, p.SupplyDays, sum, supply)
			}
		}
	})
}

func TestAccountsCarryTheSumOfTheirRows(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		whole := map[id.ID]bool{}
		for _, r := range b.Returns {
			whole[r.PurchaseID] = r.Whole
		}
		bought, lastBought, lastTouch := map[id.ID]int{}, map[id.ID]civil.Date{}, map[id.ID]civil.Date{}
		for _, p := range b.Purchases {
			if !whole[p.ID] {
				bought[p.AccountID]++
				lastBought[p.AccountID] = max(lastBought[p.AccountID], p.Day)
			}
		}
		for _, l := range b.Logs {
			if l.Log.Outcome.Reached() {
				lastTouch[l.Log.AccountID] = max(lastTouch[l.Log.AccountID], l.Log.Day)
			}
		}
		for _, p := range b.People {
			a := p.Account
			if a.Purchases != bought[a.ID] || value(a.LastPurchaseOn) != lastBought[a.ID] || value(a.LastContactOn) != lastTouch[a.ID] || a.Spent < 0 {
				t.Errorf("%s: %d purchases, last on %v, last contact on %v, %d fen", a.Number, a.Purchases, a.LastPurchaseOn, a.LastContactOn, a.Spent)
			}
		}
	})
}

func value(d *civil.Date) civil.Date {
	if d == nil {
		return 0
	}
	return *d
}

func TestTheMixOfAccounts(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		first := map[id.ID]civil.Date{}
		for _, p := range slices.Backward(b.Purchases) {
			first[p.AccountID] = p.Day
		}
		var onboarding, never, onceOnly, stopped, health, optedOut int
		for _, p := range b.People {
			a := p.Account
			day, bought := first[a.ID]
			switch {
			case !bought:
				never++
			case day >= b.Today-28 && a.Since >= b.Today-28:
				onboarding++
			case a.Purchases == 1 && day < b.Today-150:
				onceOnly++
			}
			count(&stopped, a.Service == cadence.Stopped)
			count(&health, p.Health != "")
			count(&optedOut, len(a.OptOuts) > 0)
		}
		n := len(b.People)
		share(t, "in onboarding right now", onboarding, n, 0.04, 0.12)
		share(t, "never bought", never, n, 0.02, 0.12)
		share(t, "bought once, long ago", onceOnly, n, 0.06, 0.3)
		share(t, "stopped", stopped, n, 0.04, 0.2)
		share(t, "with health facts", health, n, 0.35, 0.75)
		share(t, "with an opt-out", optedOut, n, 0.005, 0.04)
		share(t, "paused at some time", len(b.Pauses), n, 0.01, 0.06)
	})
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

func TestCasesHaveOwnersAndSteps(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		known, open := accounts(b), map[models.CaseKind]int{}
		for _, c := range b.Cases {
			if c.Case.OwnerID.IsZero() || len(c.Steps) < 2 || c.Case.DueOn < c.Case.OpenedOn || c.Note == "" {
				t.Errorf("case %+v has %d steps", c.Case, len(c.Steps))
			}
			if (c.Case.Status == models.CaseOpen) != (c.Case.ClosedOn == nil) {
				t.Errorf("a case %s that was closed on %v", c.Case.Status, c.Case.ClosedOn)
			}
			for i, s := range c.Steps {
				if s.Step.Seq != i+1 || s.Step.CaseID != c.Case.ID || s.Step.DoneOn != nil && (*s.Step.DoneOn >= b.Today || s.Step.DoneBy == nil) {
					t.Errorf("step %d of a %s case: %+v", i+1, c.Case.Kind, s.Step)
				}
			}
			if c.Case.Status != models.CaseOpen {
				continue
			}
			open[c.Case.Kind]++
			if a := known[c.Case.AccountID]; c.Case.Kind == models.StopCase && (a.Service != cadence.Stopped || a.StopCause != c.Case.Cause || a.RepID != c.Case.OwnerID) {
				t.Errorf("open stop case %s of %s, whose file says %s %s", c.Case.Cause, a.Number, a.Service, a.StopCause)
			}
		}
		if open[models.StopCase] < 20 || open[models.WinBackCase] < 10 {
			t.Errorf("open cases: %v", open)
		}
	})
}

func TestContactsAreBelievable(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		off := map[civil.Date]bool{}
		for _, h := range b.Holidays {
			off[h.Day] = true
		}
		roles := map[id.ID]string{}
		for _, u := range b.Users {
			roles[u.User.ID] = u.User.Role
		}
		missed, notes := 0, map[string]bool{}
		for _, l := range b.Logs {
			if off[l.Log.Day] {
				t.Errorf("contact on a holiday, %s", l.Log.Day)
			}
			if !l.Log.Outcome.For(l.Log.Kind) || roles[l.Log.UserID] != string(l.Log.ByRole) {
				t.Errorf("%s ended %s, by %s as %s", l.Log.Kind, l.Log.Outcome, roles[l.Log.UserID], l.Log.ByRole)
			}
			count(&missed, !l.Log.Outcome.Reached())
			notes[l.Note] = true
		}
		share(t, "vain attempts", missed, len(b.Logs), 0.08, 0.25)
		if len(notes) < 1000 {
			t.Errorf("only %d different notes", len(notes))
		}
	})
}

func TestRepsAreNeverInTwoHomesAtOnce(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		visits := map[id.ID][]models.ContactLog{}
		for _, l := range b.Logs {
			if l.Log.ByRole == cadence.Rep && l.Log.Kind != cadence.Event {
				visits[l.Log.UserID] = append(visits[l.Log.UserID], l.Log)
			}
		}
		for _, of := range visits {
			slices.SortFunc(of, func(x, y models.ContactLog) int { return x.StartedAt.Compare(y.StartedAt) })
			for i := 1; i < len(of); i++ {
				if of[i].StartedAt.Before(*of[i-1].EndedAt) {
					t.Fatalf("a contact at %s begins before the one until %s ends", of[i].StartedAt, of[i-1].EndedAt)
				}
			}
		}
	})
}

func TestOptOutsAndPausesAreHeeded(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		known, paused := accounts(b), map[id.ID]models.Pause{}
		for _, p := range b.Pauses {
			paused[*p.AccountID] = p
		}
		for _, l := range b.Logs {
			for _, o := range known[l.Log.AccountID].OptOuts {
				if l.Log.Day >= o.From && (o.Kind == "" || o.Kind == string(l.Log.Kind)) {
					t.Errorf("%s on %s against the customer's word of %s", l.Log.Kind, l.Log.Day, o.From)
				}
			}
			if p, ok := paused[l.Log.AccountID]; ok && l.Log.Day >= p.FromDay && l.Log.Day <= *p.ToDay {
				t.Errorf("contact on %s within the pause of %s to %s", l.Log.Day, p.FromDay, p.ToDay)
			}
		}
	})
}

func TestNewCustomersClimbTheLadder(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		met := map[string]bool{}
		for _, l := range b.Logs {
			met[l.Log.Fulfils] = true
		}
		known := accounts(b)
		due, done := 0, 0
		seen := map[id.ID]bool{}
		for _, p := range b.Purchases {
			first := !seen[p.AccountID]
			seen[p.AccountID] = true
			if !first || known[p.AccountID].Since < b.Today-540 || p.Day > b.Today-40 {
				continue
			}
			due++
			count(&done, met["onboarding:"+p.ID.String()+":1"])
		}
		share(t, "first phases made", done, due, 0.75, 1)
	})
}

func TestReferralsPointToEarlierAccountsOfTheSameRep(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		known, referred := accounts(b), 0
		for _, p := range b.People {
			a := p.Account
			if a.ReferredBy == nil {
				continue
			}
			referred++
			if by := known[*a.ReferredBy]; by.Since >= a.Since || by.RepID != a.RepID {
				t.Errorf("%s, since %s, was brought by %s, since %s", a.Number, a.Since, by.Number, by.Since)
			}
		}
		share(t, "referred", referred, len(b.People), 0.05, 0.25)
	})
}

// The domain's numbers decide what is overdue; here only that the last weeks were not neglected.
func TestAccountsInUseWereInTouchLately(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		using, silent := 0, 0
		for _, p := range b.People {
			a := p.Account
			if a.Service != cadence.OnProduct || a.Activity == cadence.Lapsed || a.Activity == cadence.Dormant || len(a.OptOuts) > 0 || a.Since > b.Today-10 {
				continue
			}
			using++
			count(&silent, a.LastContactOn == nil || *a.LastContactOn < b.Today-25)
		}
		share(t, "accounts in use without a contact for 25 days", silent, using, 0.001, 0.08)
	})
}

func TestTheFirstRepIsAtWorkToday(t *testing.T) {
	b := books()[0]
	for _, u := range b.Users {
		if u.User.Login != "rep" {
			continue
		}
		if u.User.Role != string(auth.Rep) || len(u.User.Hours[int(b.Today.Weekday())]) == 0 {
			t.Errorf("rep is %s with hours %v", u.User.Role, u.User.Hours)
		}
		for _, l := range b.Leaves {
			if l.UserID == u.User.ID && l.FromDay <= b.Today && b.Today <= l.ToDay {
				t.Errorf("rep is on leave: %+v", l)
			}
		}
	}
}
