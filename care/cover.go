package care

import (
	"context"
	"errors"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// CoverLeave has others stand in for somebody who is away (D9): the owner keeps the accounts, and the contacts of those
// days belong to who stands in.
type CoverLeave struct {
	ID                id.ID       // of the command
	LeaveID           *id.ID      // gives owner and days
	Owner             *id.ID      // else: whose accounts,
	From, To          *civil.Date // and the days away, both included
	By                []CoverBy
	LeadDays, LagDays int // days to hand over before, and to hand back after: who stands in sees the accounts
	Reason            string
}

// CoverBy is which accounts somebody stands in for; none: the rest of the owner's.
type CoverBy struct {
	Accounts []id.ID
	Rep      id.ID
}

const (
	// maxCovered caps the accounts of one command.
	maxCovered = 1000
	// maxLead is how many days there may be to hand over, and to hand back.
	maxLead = 14
)

// CoverLeave lets reps stand in for accounts of an owner who is away: all of them or none. What is planned for those days
// changes hands at once, and both plans are made anew. REFUSED for who is away on those days, may not work or is the owner;
// CONFLICT when somebody stands in for an account on one of the days already.
func (s *Service) CoverLeave(ctx context.Context, in CoverLeave) ([]CoverCard, error) {
	c := command{in.ID, "CoverLeave", in}
	return commanded(ctx, s, auth.Reassign, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(); err != nil {
			return id.ID{}, err
		}
		w := covering{tx: tx, v: v, in: in}
		return in.ID, w.run()
	}, func(tx *models.Tx, _ auth.Viewer, x id.ID) ([]CoverCard, error) { return coverCards(tx.CoversMade(x)) })
}

// check refuses what makes no sense whoever is meant.
func (in CoverLeave) check() error {
	if in.LeadDays < 0 || in.LeadDays > maxLead {
		return Invalid("leadDays", "choose 0 to %d days", maxLead).By("duration")
	}
	if in.LagDays < 0 || in.LagDays > maxLead {
		return Invalid("lagDays", "choose 0 to %d days", maxLead).By("duration")
	}
	return firstError(checkText("reason", in.Reason, maxText), in.checkBy())
}

func (in CoverLeave) checkBy() error {
	if len(in.By) == 0 {
		return Invalid("by", "say who stands in").By("required")
	}
	rest, accounts := 0, in.named()
	for _, by := range in.By {
		if len(by.Accounts) == 0 {
			rest++
		}
	}
	if rest > 1 {
		return Invalid("by", "only one can have the rest: name the accounts of the others").By("unique")
	}
	if len(accounts) > maxCovered {
		return Limited("accounts", "cover at most %d accounts at once", maxCovered)
	}
	if len(slices.Compact(slices.SortedFunc(slices.Values(accounts), id.ID.Compare))) < len(accounts) {
		return Invalid("by", "an account stands there twice: one rep stands in for it").By("unique")
	}
	return nil
}

// named are the accounts of the command, without the rest.
func (in CoverLeave) named() []id.ID {
	var out []id.ID
	for _, by := range in.By {
		out = append(out, by.Accounts...)
	}
	return out
}

// covering is one command being carried out.
type covering struct {
	tx       *models.Tx
	v        auth.Viewer
	in       CoverLeave
	owner    models.User
	from, to civil.Date // whose contacts change hands
	parts    []part
}

// part is what somebody stands in for.
type part struct {
	rep      models.User
	accounts []id.ID
}

func (w *covering) run() error {
	for _, step := range []func() error{w.absence, w.standIns, w.share, w.free, w.write, w.replan} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// absence finds out who is away, and when. What is over of it stays as it was.
func (w *covering) absence() error {
	owner, from, to, err := w.away()
	if err != nil {
		return err
	}
	if w.owner, err = w.tx.UserInScope(w.v.Scope(), owner); err != nil {
		return missing(err, "rep")
	}
	if auth.Role(w.owner.Role) != auth.Rep {
		return NotFound("rep")
	}
	if to < from || to < w.tx.Today || from > w.tx.Today+furthest || to > from+furthest {
		return Invalid("to", "choose days not yet over, the first one not after the last").By("span")
	}
	w.from, w.to = max(from, w.tx.Today), to
	return nil
}

func (w *covering) away() (owner id.ID, from, to civil.Date, err error) {
	in := w.in
	if in.LeaveID == nil {
		if in.Owner == nil || in.From == nil || in.To == nil {
			return owner, 0, 0, Invalid("leaveId", "name the leave, or owner and days").By("required")
		}
		return *in.Owner, *in.From, *in.To, nil
	}
	l, err := w.tx.Leave(*in.LeaveID)
	if err == nil {
		_, err = w.tx.UserInScope(w.v.Scope(), l.UserID)
	}
	if err != nil {
		return owner, 0, 0, missing(err, "leave")
	}
	if !l.Granted {
		return owner, 0, 0, Refused("D9", "the leave is not granted yet: grant it first")
	}
	return l.UserID, l.FromDay, l.ToDay, nil
}

// standIns are active reps of the viewer's who are there on all the days.
func (w *covering) standIns() error {
	var people []id.ID
	for _, by := range w.in.By {
		u, err := w.tx.UserInScope(w.v.Scope(), by.Rep)
		if err != nil {
			return missing(err, "rep")
		}
		if u.ID == w.owner.ID {
			return Refused("D9", "nobody stands in for themselves: choose another rep")
		}
		if u.DisabledAt != nil || auth.Role(u.Role) != auth.Rep {
			return Refused("D9", "only a rep who works can stand in: choose another")
		}
		people = append(people, u.ID)
		w.parts = append(w.parts, part{rep: u, accounts: by.Accounts})
	}
	away, err := w.tx.LeavesWithin(people, w.from, w.to)
	if err == nil && len(away) > 0 {
		return Refused("D9", "who stands in is away from %s to %s: choose another rep, or other days", away[0].FromDay, away[0].ToDay)
	}
	return err
}

// share gives the rest to whoever has no accounts named, and holds all of them. NOT_FOUND for one that is not the owner's.
func (w *covering) share() error {
	named := w.in.named()
	all, rest := named, slices.IndexFunc(w.parts, func(p part) bool { return len(p.accounts) == 0 })
	if rest >= 0 {
		held, err := w.tx.HeldKeys(w.owner.ID)
		if err != nil {
			return err
		}
		all = append(slices.Clone(named), held...)
	}
	rows, err := w.tx.HoldAll(all)
	if err != nil {
		return err
	}
	owned := map[id.ID]bool{}
	for _, a := range rows {
		if a.RepID == w.owner.ID && a.ErasedAt == nil {
			owned[a.ID] = true
		}
	}
	for _, account := range named {
		if !owned[account] {
			return NotFound("account")
		}
		delete(owned, account)
	}
	if rest >= 0 {
		w.parts[rest].accounts = sortedIDs(owned)
	}
	return w.size()
}

func (w *covering) size() error {
	n := 0
	for _, p := range w.parts {
		n += len(p.accounts)
	}
	if n == 0 {
		return Invalid("by", "there is no account left to stand in for").By("required")
	}
	if n > maxCovered {
		return Limited("accounts", "%d accounts: cover at most %d at once", n, maxCovered)
	}
	return nil
}

// free asks that nobody stands in yet.
func (w *covering) free() error {
	taken, err := w.tx.CoversWithin(w.accounts(), w.from, w.to)
	if err == nil && len(taken) > 0 {
		return Conflict("somebody stands in for %d of these accounts on some of these days: end those covers first", len(taken))
	}
	return err
}

func (w *covering) accounts() []id.ID {
	var out []id.ID
	for _, p := range w.parts {
		out = append(out, p.accounts...)
	}
	return out
}

// write makes the covers and gives what is planned for their days to who stands in.
func (w *covering) write() error {
	var rows []models.Cover
	var audits []models.Audit
	for _, p := range w.parts {
		for _, account := range p.accounts {
			c := w.cover(account, p.rep.ID)
			rows = append(rows, c)
			audits = append(audits, coverDeed(w.v, "COVER", c))
		}
	}
	if err := w.tx.AddCovers(rows); err != nil {
		return err
	}
	for _, p := range w.parts {
		if err := w.tx.GiveItemsOn(p.accounts, p.rep.ID, w.from, w.to); err != nil {
			return err
		}
	}
	return auditAll(w.tx, audits)
}

func (w *covering) cover(account, rep id.ID) models.Cover {
	from, to := w.from, w.to
	return models.Cover{
		ID: w.tx.NewID(), AccountID: account, RepID: rep, OwnerID: &w.owner.ID, LeaveID: w.in.LeaveID,
		FromDay: max(from-civil.Date(w.in.LeadDays), w.tx.Today), ToDay: to + civil.Date(w.in.LagDays), WorkFrom: &from, WorkTo: &to,
		Reason: w.in.Reason, CommandID: &w.in.ID, CreatedBy: w.v.User, CreatedAt: w.tx.Now,
	}
}

func (w *covering) replan() error {
	reps := map[id.ID]bool{w.owner.ID: true}
	for _, p := range w.parts {
		reps[p.rep.ID] = true
	}
	return replanAll(w.tx, reps)
}

// replanAll asks for new plans in one order, so that nobody waits in a ring.
func replanAll(tx *models.Tx, reps map[id.ID]bool) error {
	for _, rep := range sortedIDs(reps) {
		if err := tx.AskReplan(rep); err != nil {
			return err
		}
	}
	return nil
}

func sortedIDs(set map[id.ID]bool) []id.ID {
	out := make([]id.ID, 0, len(set))
	for x := range set {
		out = append(out, x)
	}
	slices.SortFunc(out, id.ID.Compare)
	return out
}

func coverDeed(v auth.Viewer, action string, c models.Cover) models.Audit {
	from, to := c.Days()
	return deed(v, action, "covers", c.ID, c.AccountID, map[string]any{"rep": c.RepID, "from": from, "to": to})
}

func auditAll(tx *models.Tx, rows []models.Audit) error {
	for i := range rows {
		rows[i].ID, rows[i].At = tx.NewID(), tx.Now
	}
	return models.AddAll(tx, rows)
}

// caredBy is who has the contacts of an account on a day: whoever holds it, or who stands in.
func caredBy(tx *models.Tx, a models.Account, day civil.Date) (id.ID, error) {
	rep, err := tx.StandIn(a.ID, max(day, tx.Today))
	if errors.Is(err, models.ErrNotFound) {
		return a.RepID, nil
	}
	return rep, err
}
