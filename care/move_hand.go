package care

import (
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/id"
	"huifang/models"
)

// handing is accounts that change hands in one transaction, few or hundreds, in a fixed number of statements. They are
// locked. Its steps run in order; new plans are asked for last: whoever logs a contact also locks the account first and its
// rep's request for a plan afterwards, so nobody waits in a ring.
type handing struct {
	s      *Service
	tx     *models.Tx
	policy Policy
	by     id.ID // who decided it
	legs   []leg

	facts  models.Handover
	kept   map[models.NextStep]bool
	givers map[id.ID]models.User
	first  map[id.ID]firstVisit // by account: see together
}

// leg is what one rep gets.
type leg struct {
	move     *models.Move // nil when the accounts go back: then no brief is written
	to       models.User
	accounts []models.Account // in the order of their keys, none of them held by to
	reason   string
	note     string
	// Of a move that was planned before: what is left behind.
	planned bool
	skipped []models.MovedAccount
}

func (s *Service) handing(tx *models.Tx, p Policy, by id.ID) *handing {
	return &handing{s: s, tx: tx, policy: p, by: by, first: map[id.ID]firstVisit{}}
}

// add takes those of some accounts that a rep does not hold already.
func (h *handing) add(m *models.Move, to models.User, accounts []models.Account) {
	accounts = slices.DeleteFunc(accounts, func(a models.Account) bool { return a.RepID == to.ID })
	if len(accounts) > 0 {
		h.legs = append(h.legs, leg{move: m, to: to, accounts: accounts, reason: m.Reason, note: m.Note})
	}
}

// back takes accounts that return to a rep, with the reason.
func (h *handing) back(to models.User, accounts []models.Account, reason string) {
	h.legs = append(h.legs, leg{to: to, accounts: accounts, reason: reason})
}

// plan writes the moves down for their day.
func (h *handing) plan() error {
	for _, l := range h.legs {
		if err := h.tx.AddMoves([]models.Move{*l.move}); err != nil {
			return taken(err)
		}
		if err := h.tx.PutMoved(l.move.ID, l.rows()); err != nil {
			return err
		}
	}
	return h.audit("PLAN_MOVE")
}

func (l leg) rows() []models.MovedAccount {
	out := make([]models.MovedAccount, len(l.accounts))
	for i, a := range l.accounts {
		out[i] = models.MovedAccount{MoveID: l.move.ID, AccountID: a.ID, FromRepID: a.RepID, ToRepID: l.to.ID, Status: models.MovedPlanned}
	}
	return out
}

// run moves the accounts now.
func (h *handing) run() error {
	for _, step := range []func() error{h.read, h.alone, h.hand, h.together, h.write, h.sum, h.replan} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// briefDays is how far back the contacts of a brief reach.
const briefDays = 180

func (h *handing) read() error {
	keys, givers, briefs := h.accounts(), []id.ID{}, false
	for _, l := range h.legs {
		givers = append(givers, l.givers()...)
		briefs = briefs || l.move != nil
	}
	var err error
	if !briefs {
		h.facts, err = h.tx.OpenWork(keys)
		return err
	}
	if h.facts, err = h.tx.Handover(keys, h.tx.Today-briefDays); err != nil {
		return err
	}
	if h.kept, err = h.tx.StepsEnded(keys, h.tx.At(h.tx.Today-briefDays, 0)); err != nil {
		return err
	}
	h.givers, err = h.tx.UsersAmong(distinct(givers))
	return err
}

// alone calls off first visits together that an earlier move planned and that did not take place: the rep who would come
// along is not the one before any more.
func (h *handing) alone() error {
	for _, l := range h.legs {
		var off []models.PlanItem
		for _, account := range l.keys() {
			together, rest := withCompanion(h.facts.Items[account])
			off, h.facts.Items[account] = append(off, together...), rest
		}
		if err := h.tx.CancelItems(off, l.reason); err != nil {
			return err
		}
	}
	return nil
}

// withCompanion parts visits to which another rep comes along from all other items.
func withCompanion(items []models.PlanItem) (together, rest []models.PlanItem) {
	for _, i := range items {
		if slices.Contains(i.With, cadence.Rep) {
			together = append(together, i)
		} else {
			rest = append(rest, i)
		}
	}
	return together, rest
}

// hand gives each receiver the accounts with what is open of them.
func (h *handing) hand() error {
	for _, l := range h.legs {
		if err := h.handLeg(l); err != nil {
			return err
		}
	}
	return h.tx.RemoveShed(h.accounts())
}

func (h *handing) handLeg(l leg) error {
	tx, next := h.tx, make([]models.Assignment, len(l.accounts))
	var items []models.PlanItem
	var cases []models.Case
	for i, a := range l.accounts {
		next[i] = models.Assignment{
			ID: tx.NewID(), AccountID: a.ID, RepID: l.to.ID, FromAt: tx.Now, Reason: l.reason, Note: l.note, CreatedBy: &h.by,
		}
		items = append(items, h.owned(a, l.to.ID)...)
		cases = append(cases, slices.DeleteFunc(slices.Clone(h.facts.Cases[a.ID]), func(c models.Case) bool { return c.OwnerID != a.RepID })...)
	}
	if err := tx.MoveAccounts(l.to.ID, next); err != nil {
		return err
	}
	if err := tx.GiveItems(items, l.to.ID); err != nil {
		return err
	}
	if err := tx.GiveCases(cases, l.to.ID); err != nil {
		return err
	}
	if err := tx.MoveCovers(l.keys(), l.to.ID); err != nil {
		return err
	}
	return tx.GiveJointRequests(l.keys(), l.givers(), l.to.ID)
}

// owned are the open items of an account that go to its next rep: all but those of who goes on standing in.
func (h *handing) owned(a models.Account, to id.ID) []models.PlanItem {
	return slices.DeleteFunc(slices.Clone(h.facts.Items[a.ID]), func(i models.PlanItem) bool {
		return i.RepID != to && slices.ContainsFunc(h.facts.Covers[a.ID], func(c models.Cover) bool { return c.RepID == i.RepID })
	})
}

// sum keeps what lists show of the accounts.
func (h *handing) sum() error { return h.tx.SumUpDue(h.accounts()) }

// replan asks for new plans of everybody concerned, in the order of their keys.
func (h *handing) replan() error {
	var reps []id.ID
	for _, l := range h.legs {
		reps = append(append(reps, l.to.ID), l.givers()...)
		for _, a := range l.accounts {
			for _, c := range h.facts.Covers[a.ID] {
				reps = append(reps, c.RepID)
			}
		}
	}
	for _, rep := range distinct(reps) {
		if err := h.tx.AskReplan(rep); err != nil {
			return err
		}
	}
	return nil
}

func (h *handing) accounts() []id.ID {
	var out []id.ID
	for _, l := range h.legs {
		out = append(out, l.keys()...)
	}
	slices.SortFunc(out, id.ID.Compare)
	return out
}

func (l leg) keys() []id.ID {
	out := make([]id.ID, len(l.accounts))
	for i, a := range l.accounts {
		out[i] = a.ID
	}
	return out
}

func (l leg) givers() []id.ID {
	var out []id.ID
	for _, a := range l.accounts {
		out = append(out, a.RepID)
	}
	return distinct(out)
}

// distinct are keys, each once, in order.
func distinct(keys []id.ID) []id.ID {
	keys = slices.SortedFunc(slices.Values(keys), id.ID.Compare)
	return slices.Compact(keys)
}

// handOverWork gives what is open of one account to the rep who holds it now, with the reason.
func handOverWork(tx *models.Tx, a models.Account, reason string) error {
	items, err := tx.OpenItemsOf(auth.System(), a.ID)
	if err != nil {
		return err
	}
	files, err := tx.OpenCasesOf(auth.System(), a.ID)
	if err != nil {
		return err
	}
	cases := make([]models.Case, len(files))
	for i, f := range files {
		cases[i] = f.Case
	}
	together, rest := withCompanion(items)
	for _, step := range []func() error{
		func() error { return tx.CancelItems(together, reason) },
		func() error { return tx.GiveItems(rest, a.RepID) },
		func() error { return tx.GiveCases(cases, a.RepID) },
		func() error { return tx.MoveCovers([]id.ID{a.ID}, a.RepID) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return tx.RemoveShed([]id.ID{a.ID})
}
