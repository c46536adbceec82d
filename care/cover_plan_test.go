package care_test

import (
	"testing"

	"pgregory.net/rapid"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// Whoever stands in for whom, and whatever happens meanwhile: each contact the rules ask for is planned or without room
// exactly once, by who has the account on that day, whichever plan is made first; and planned again, nothing changes.
func TestEveryContactIsPlannedOnceByWhoHasItThen(t *testing.T) {
	modelstest.Sequential(t)
	onEachAbsence(t, func(t *testing.T, d *absence) {
		if d.Store.Dialect() != models.SQLite {
			t.Skip("the plans are the same on each engine, and this makes hundreds")
		}
		var accounts []models.Account
		for n := range 7 {
			accounts = append(accounts, d.regular(d.Rep, 3+n*9))
		}
		for n := range 3 {
			accounts = append(accounts, d.regular(d.Colleague, 5+n*20), d.regular(d.OtherRep, 8+n*20))
		}
		d.quiet(d.reps...)
		h := &turns{absence: d, accounts: accounts}
		rapid.Check(t, func(r *rapid.T) { h.story(r) })
	})
}

// turns is a story that goes on from one check to the next.
type turns struct {
	*absence
	accounts []models.Account
	cards    []care.CoverCard
}

func (h *turns) story(r *rapid.T) {
	for range rapid.IntRange(1, 3).Draw(r, "happenings") {
		h.happen(r)
	}
	h.quiet(rapid.Permutation(h.reps).Draw(r, "order")...)
	for _, u := range h.reps {
		h.split(u)
	}
	h.settled()
	if h.t.Failed() {
		r.Fatal("see above")
	}
}

func (h *turns) account(r *rapid.T) models.Account {
	return h.diary.account(rapid.SampledFrom(h.accounts).Draw(r, "account").ID)
}

func (h *turns) happen(r *rapid.T) {
	day := h.today + civil.Date(rapid.IntRange(0, 25).Draw(r, "day"))
	switch what := rapid.SampledFrom([]string{"cover", "cover", "end", "log", "plan", "move", "assign", "leave", "night", "start"}).Draw(r, "what"); what {
	case "cover":
		h.stand(r, day)
	case "end":
		if len(h.cards) > 0 {
			n := rapid.IntRange(0, len(h.cards)-1).Draw(r, "cover")
			_ = h.EndCovers(h.as(h.Manager), []id.ID{h.cards[n].ID}) // one that was taken off is no more
		}
	case "log":
		a := h.account(r)
		in := h.visit(a)
		in.StartedAt, in.EndedAt = h.clock.Now(), nil
		if rapid.Bool().Draw(r, "next") {
			in.NextOn, in.NextKind = &day, cadence.Call
		}
		h.log(h.Manager, in)
	case "plan":
		a := h.account(r)
		in := care.PlanContact{ID: h.key(), AccountID: a.ID, Kind: cadence.Call, Day: day, Reason: "问候"}
		if rapid.Bool().Draw(r, "appointment") {
			at := civil.Minute(10 * 60)
			in.At = &at
		}
		got[models.PlanItem](h.t)(h.PlanContact(h.as(h.Manager), in))
	case "move", "start":
		items := h.openItems(h.account(r).ID)
		if len(items) == 0 {
			return
		}
		i := rapid.SampledFrom(items).Draw(r, "item")
		if what == "start" {
			got[models.PlanItem](h.t)(h.StartItem(h.as(h.Manager), i.ID, h.clock.Now()))
			return
		}
		got[models.PlanItem](h.t)(h.Reschedule(h.as(h.Manager), care.MoveItem{ID: h.key(), ItemID: i.ID, Day: day}))
	case "assign":
		to := rapid.SampledFrom(h.reps).Draw(r, "to")
		got[models.User](h.t)(h.Assign(h.as(h.Manager), care.Assign{ID: h.key(), Accounts: []id.ID{h.account(r).ID}, ToRep: to.ID, Reason: "近"}))
	case "leave":
		u := rapid.SampledFrom(h.reps).Draw(r, "who")
		h.away(u, day, day+civil.Date(rapid.IntRange(0, 3).Draw(r, "days")))
		h.write(func(tx *models.Tx) error { return tx.AskReplan(u.ID) })
	case "night":
		h.at((h.today + civil.Date(rapid.IntRange(1, 4).Draw(r, "nights"))).String(), 6)
		h.quiet(rapid.Permutation(h.reps).Draw(r, "order")...)
	}
}

func (h *turns) stand(r *rapid.T, from civil.Date) {
	owner := rapid.SampledFrom(h.reps).Draw(r, "owner")
	in := h.cover(owner, rapid.SampledFrom(h.reps).Draw(r, "by"), from, from+civil.Date(rapid.IntRange(0, 9).Draw(r, "days")))
	in.LeadDays, in.LagDays = rapid.IntRange(0, 3).Draw(r, "lead"), rapid.IntRange(0, 3).Draw(r, "lag")
	for _, a := range h.accounts {
		if h.diary.account(a.ID).RepID == owner.ID && rapid.Bool().Draw(r, "covered") {
			in.By[0].Accounts = append(in.By[0].Accounts, a.ID)
		}
	}
	if len(in.By[0].Accounts) == 0 {
		return
	}
	cards, err := h.CoverLeave(h.as(h.Manager), in)
	if code := care.CodeOf(err); err != nil && code != care.CodeRefused && code != care.CodeConflict {
		r.Fatal(err)
	}
	h.cards = append(h.cards, cards...)
}

// What changes hands today has the way to it in the first plan that has it: it has not begun.
func TestWhatChangesHandsTodayHasTheWayThere(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		for n := range 7 {
			d.regular(d.Rep, 3+n*9)
			d.regular(d.Colleague, 5+n*8)
		}
		for _, day := range []string{"2026-03-05", "2026-03-06", "2026-03-09", "2026-03-10"} {
			d.night(civil.Must(day))
			cards := d.covered(d.cover(d.Rep, d.Colleague, d.today, d.today+1))
			d.quiet()
			d.settled()
			d.ended(cards...)
			d.quiet()
			d.settled()
		}
	})
}
