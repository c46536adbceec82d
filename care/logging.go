package care

import (
	"errors"
	"slices"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/id"
	"huifang/models"
)

// logging is one contact being written down. Its steps run in order; the account is locked.
type logging struct {
	s       *Service
	tx      *models.Tx
	v       auth.Viewer
	in      LogContact
	account models.Account
	log     models.ContactLog
	flags   []Flag
	policy  Policy
}

// answer closes what the contact answers: the item it was logged for, and the planner's items of that day that a
// closer contact makes needless (two contacts of a day count once, story 10). An attempt closes nothing: the item is
// open again for the next try.
func (w *logging) answer() error {
	items, err := w.tx.OpenItemsOf(auth.System(), w.account.ID)
	if err != nil {
		return err
	}
	if err := w.answerItem(); err != nil || !w.log.Outcome.Reached() {
		return err
	}
	for _, i := range items {
		if w.in.ItemID != nil && i.ID == *w.in.ItemID || !w.covers(i) {
			continue
		}
		if w.log.Fulfils == "" && i.Kind == w.log.Kind {
			w.fulfil(i, i.DemandKey)
		}
		if err := w.closeItem(i); err != nil {
			return err
		}
	}
	return nil
}

func (w *logging) answerItem() error {
	if w.in.ItemID == nil {
		return nil
	}
	i, err := w.tx.Item(auth.System(), *w.in.ItemID)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return err
	}
	if err != nil || i.AccountID != w.account.ID {
		return w.itemGone()
	}
	if w.log.Outcome.Reached() && i.Status != models.ItemDone && answers(w.log.Kind, i) {
		key, err := w.demandOf(i)
		if err != nil {
			return err
		}
		w.fulfil(i, key)
	}
	switch {
	case !i.IsOpen():
		w.flags = append(w.flags, FlagClosed)
		return nil
	case !w.log.Outcome.Reached():
		return w.reopen(i)
	case !answers(w.log.Kind, i):
		return w.reopen(i) // a call does not make a visit
	}
	return w.closeItem(i)
}

// itemGone accepts a log whose item the planner has taken away while the phone was offline: the visit was made.
func (w *logging) itemGone() error {
	w.log.ItemID = nil
	w.flags = append(w.flags, FlagClosed)
	return nil
}

func (w *logging) fulfil(i models.PlanItem, demand string) {
	w.log.Fulfils = demand
	w.log.Late = w.log.Day > i.DueOn
}

// demandOf is what an item answers: its demand, or the visit of the case a person made it for, when the contact is one.
func (w *logging) demandOf(i models.PlanItem) (string, error) {
	if i.DemandKey != "" || i.CaseID == nil {
		return i.DemandKey, nil
	}
	c, err := w.tx.Case(auth.System(), *i.CaseID)
	if err != nil {
		return "", err
	}
	rule := caseRule(c, w.policy)
	if !answers(w.log.Kind, models.PlanItem{Kind: rule.Kind, OrKind: rule.OrKind}) {
		return "", nil // a call does not make a visit
	}
	return visitKey(c), nil
}

// covers tells whether the contact makes an open item of the planner needless. Cases and what others are to do stay.
func (w *logging) covers(i models.PlanItem) bool {
	mine := i.By == "" || i.By == w.log.ByRole || i.By == cadence.Rep
	return i.Status == models.ItemOpen && i.Source == models.FromPlanner && i.Day == w.log.Day && i.CaseID == nil &&
		!i.AtFixed && mine && len(i.With) == 0 && answers(w.log.Kind, i)
}

// answers tells whether a contact of a kind is as close as the one planned. A visit must be at the home.
func answers(k cadence.Kind, i models.PlanItem) bool {
	return closeness(k) >= closeness(i.Kind) || i.OrKind != "" && closeness(k) >= closeness(i.OrKind)
}

// closeness ranks the kinds, the closest highest; 0 for none.
func closeness(k cadence.Kind) int {
	kinds := cadence.AllKinds()
	if n := slices.Index(kinds, k); n >= 0 {
		return len(kinds) - n
	}
	return 0
}

func (w *logging) closeItem(i models.PlanItem) error {
	i.Status, i.ClosedAt, i.UpdatedAt = models.ItemDone, &w.tx.Now, w.tx.Now
	i.DoneBy, i.DoneOn = &w.v.User, &w.log.Day
	if i.StartedAt == nil && w.in.ItemID != nil && i.ID == *w.in.ItemID {
		i.StartedAt = &w.log.StartedAt
	}
	if err := w.tx.ChangeItem(&i, "status", "closed_at", "done_by", "done_on", "started_at", "updated_at"); err != nil {
		return err
	}
	return w.visitStep(i)
}

func (w *logging) reopen(i models.PlanItem) error {
	if i.Status == models.ItemOpen {
		return nil
	}
	i.Status, i.StartedAt, i.UpdatedAt = models.ItemOpen, nil, w.tx.Now
	return w.tx.ChangeItem(&i, "status", "started_at", "updated_at")
}

// visitStep ticks the visit of the case the item was made for, when it is its turn (D7).
func (w *logging) visitStep(i models.PlanItem) error {
	if i.CaseID == nil {
		return nil
	}
	steps, err := w.tx.StepsOf(*i.CaseID)
	if err != nil {
		return err
	}
	turn := slices.IndexFunc(steps, func(st models.CaseStep) bool { return st.DoneOn == nil })
	if turn < 0 || steps[turn].Kind != models.StepVisit {
		return nil
	}
	step := steps[turn]
	step.DoneOn, step.DoneBy, step.LogID = &w.log.Day, &w.v.User, &w.log.ID
	return w.tx.ChangeStep(&step, "done_on", "done_by", "log_id")
}

// copyLook is how many of the author's notes are compared.
const copyLook = 20

// judge looks for what is odd.
func (w *logging) judge() error {
	around, err := w.neighbours()
	if err != nil {
		return err
	}
	notes, err := w.earlierNotes()
	if err != nil {
		return err
	}
	w.flags = append(w.flags, review(w.policy.Review, sight{
		log: w.log, home: spotOf(w.account.Lat, w.account.Lng), note: w.in.Note, now: w.tx.Now, around: around, notes: notes,
	})...)
	if optedOut(w.account, w.log.Kind, w.log.Day) {
		w.flags = append(w.flags, FlagOptedOut)
	}
	return nil
}

func (w *logging) neighbours() ([]neighbour, error) {
	at := w.log.StartedAt
	rows, err := w.tx.LogsAround(w.v.User, at.Add(-2*time.Hour), at.Add(2*time.Hour))
	if err != nil {
		return nil, err
	}
	out := make([]neighbour, 0, len(rows))
	for _, r := range rows {
		where := spotOf(r.Lat, r.Lng)
		if where == nil {
			where = spotOf(r.HomeLat, r.HomeLng)
		}
		out = append(out, neighbour{account: r.AccountID, kind: r.Kind, at: r.StartedAt, where: where})
	}
	return out, nil
}

func (w *logging) earlierNotes() ([]string, error) {
	if len([]rune(squash(w.in.Note))) < w.policy.Review.CopiedCharacters {
		return nil, nil
	}
	rows, err := w.tx.NotesBy(w.v.User, w.account.ID, copyLook)
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(rows))
	for _, r := range rows {
		note, err := w.s.open(sealedAt{"contact_logs", "note", r.ID}, r.Note)
		if err != nil {
			return nil, err
		}
		out = append(out, note)
	}
	return out, nil
}

// react opens a case for an adverse reaction, unless one is open (D2, D7).
func (w *logging) react() error {
	if !w.in.Reaction {
		return nil
	}
	open, err := openCase(w.tx, w.account.ID, models.ReactionCase)
	if err != nil || open != nil {
		return err
	}
	c := models.Case{
		ID: w.tx.NewID(), AccountID: w.account.ID, Kind: models.ReactionCase, OwnerID: w.account.RepID, CreatedBy: w.v.User,
	}
	if c.Note, err = w.s.seal(sealedAt{"cases", "note", c.ID}, w.in.Note); err != nil {
		return err
	}
	return beginCase(w.tx, w.v, c, w.policy)
}

// next plans the contact agreed on, on exactly that day, for whoever holds the account now.
func (w *logging) next() error {
	if w.in.NextOn == nil {
		return nil
	}
	err := bookable(w.tx, w.account, w.in.NextKind, *w.in.NextOn)
	var no *Error
	if errors.As(err, &no) {
		w.flags = append(w.flags, FlagNotPlanned)
		return nil
	}
	if err != nil {
		return err
	}
	item, err := w.s.personItem(w.tx, w.v, w.account, w.in.NextKind)
	if err != nil {
		return err
	}
	item.onDay(*w.in.NextOn, nil)
	if item.RepID, err = caredBy(w.tx, w.account, item.Day); err != nil {
		return err
	}
	item.Note = w.in.NextStep
	item.Reasons = []cadence.Reason{{Rule: "D10", Code: "NEXT_STEP"}}
	return w.tx.AddItems([]models.PlanItem{item.PlanItem})
}

func (w *logging) save() error {
	w.log.Review = joinFlags(w.flags)
	err := w.tx.AddLog(&w.log)
	if errors.Is(err, models.ErrConflict) {
		return errTwin
	}
	if err != nil || w.log.Review == "" {
		return err
	}
	return w.tx.AddReview(&models.Review{
		LogID: w.log.ID, AccountID: w.log.AccountID, UserID: w.log.UserID, Day: w.log.Day, Open: true, CreatedAt: w.tx.Now,
	})
}

// sum keeps what lists show of the account: only a contact that reached the customer counts.
func (w *logging) sum() error {
	a, day := &w.account, w.log.Day
	columns := []string{"next_due_on"}
	if w.log.Outcome.Reached() && (a.LastContactOn == nil || *a.LastContactOn < day) {
		a.LastContactOn = &day
		columns = append(columns, "last_contact_on")
	}
	if w.log.Outcome == cadence.Met && w.log.Kind == cadence.HomeVisit && (a.LastVisitOn == nil || *a.LastVisitOn < day) {
		a.LastVisitOn = &day
		columns = append(columns, "last_visit_on")
	}
	return sumUp(w.tx, a, append(columns, w.keepTouch()...)...)
}

// rise looks at the loyalty grade of who came to an event (D1).
func (w *logging) rise() error {
	if w.log.Kind != cadence.Event || w.log.Outcome != cadence.Attended {
		return nil
	}
	return rater{tx: w.tx, rules: w.policy.Standing}.proposeFor(w.account)
}

// sumUp writes an account's sums, with the earliest due day of its open items.
func sumUp(tx *models.Tx, a *models.Account, columns ...string) error {
	items, err := tx.OpenItemsOf(auth.System(), a.ID)
	if err != nil {
		return err
	}
	a.NextDueOn = nil
	for _, i := range items {
		if a.NextDueOn == nil || i.DueOn < *a.NextDueOn {
			due := i.DueOn
			a.NextDueOn = &due
		}
	}
	return tx.SumUpAccount(a, columns...)
}

// openCase is the open case of a kind, nil when there is none.
func openCase(tx *models.Tx, account id.ID, kind models.CaseKind) (*models.Case, error) {
	files, err := tx.OpenCasesOf(auth.System(), account)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.Case.Kind == kind {
			return &f.Case, nil
		}
	}
	return nil, nil
}
