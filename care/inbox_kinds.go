package care

import (
	"slices"
	"time"
	"unicode"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// gather reads the exceptions of some kinds that are not put aside; perhaps some of others too.
func (d *inboxDesk) gather(kinds ...ExceptionKind) error {
	for _, part := range []struct {
		read func() error
		of   []ExceptionKind
	}{
		{d.leaves, []ExceptionKind{LeaveUncovered, SilentPhone, NeglectedAccount}}, // the others ask who is away
		{d.neglected, []ExceptionKind{NeglectedAccount}},
		{d.missed, []ExceptionKind{MissedContact}},
		{d.noRoom, []ExceptionKind{PlanWithoutRoom, NeglectedAccount}},
		{d.cases, []ExceptionKind{CaseNearDeadline, OpenComplaint}},
		{d.reviews, []ExceptionKind{ContactToReview}},
		{d.phones, []ExceptionKind{SilentPhone}},
		{d.words, []ExceptionKind{WordWithoutReason}},
		{d.forecasts, []ExceptionKind{ForecastKeptBack}},
	} {
		if !slices.ContainsFunc(part.of, func(k ExceptionKind) bool { return slices.Contains(kinds, k) }) {
			continue
		}
		if err := part.read(); err != nil {
			return err
		}
	}
	d.rows = slices.DeleteFunc(d.rows, func(w wrong) bool { return !d.awake(w) })
	return nil
}

// good tells whether an account is of the tiers that come first (D9, D12).
func good(tier string) bool { return tier == "A" || tier == "B" }

func (d *inboxDesk) neglected() error {
	rows, err := d.tx.Neglected(d.led)
	for _, r := range rows {
		w := wrong{Wrong: r.Wrong, kind: NeglectedAccount, every: r.Every, from: r.Since}
		if r.InTouchUntil != nil {
			w.from = *r.InTouchUntil - civil.Date(r.Every)
		}
		w.Urgent = good(r.Tier)
		d.rows = append(d.rows, w)
	}
	return err
}

func (d *inboxDesk) missed() error {
	rows, err := d.tx.Missed(d.led, d.policy.Inbox.MissedDays)
	for _, r := range rows {
		d.rows = append(d.rows, wrong{Wrong: r, kind: MissedContact})
	}
	return err
}

func (d *inboxDesk) noRoom() error {
	rows, err := d.tx.NoRoom(d.led)
	for _, r := range rows {
		d.full[r.RepID] = true
		r.Urgent = cadence.Overdue(r.Since, d.tx.Today)
		d.rows = append(d.rows, wrong{Wrong: r, kind: PlanWithoutRoom})
	}
	return err
}

func (d *inboxDesk) cases() error {
	rows, err := d.tx.DueCases(d.led)
	for _, r := range rows {
		due := nextDueOf(r)
		w := wrong{Wrong: r.Wrong, kind: kindOfCase(r.Kind)}
		w.Since, w.Urgent = due+1, cadence.Overdue(due, d.tx.Today)
		if w.kind == OpenComplaint || due <= d.tx.Today+civil.Date(d.policy.Inbox.CaseDays) {
			d.rows = append(d.rows, w)
		}
	}
	return err
}

func kindOfCase(k models.CaseKind) ExceptionKind {
	if k == models.StopCase || k == models.WinBackCase {
		return CaseNearDeadline
	}
	return OpenComplaint
}

// nextDueOf is when something must happen on a case: the day of its next step; of a plan to win back its deadline when that
// comes first (D15).
func nextDueOf(c models.DueCase) civil.Date {
	if c.Next == nil || c.Kind == models.WinBackCase && c.DueOn < *c.Next {
		return c.DueOn
	}
	return *c.Next
}

func (d *inboxDesk) reviews() error {
	rows, err := d.tx.OpenReviews(d.led, d.v.User)
	for _, r := range rows {
		d.rows = append(d.rows, wrong{Wrong: r, kind: ContactToReview})
	}
	return err
}

// forgottenDays after a phone was seen last it is no longer in use.
const forgottenDays = 60

// phones looks at the phone each rep used last; the row is of the rep, for two may share a phone. One put away for days off is
// not silent.
func (d *inboxDesk) phones() error {
	silent := time.Duration(d.policy.Inbox.SilentHours) * time.Hour
	rows, err := d.tx.PhonesSince(d.led, d.tx.Now.AddDate(0, 0, -forgottenDays))
	seen := map[id.ID]bool{}
	for _, p := range rows {
		if latest := !seen[p.UserID]; latest && d.tx.Now.Sub(p.SeenAt) > silent && !d.away[p.UserID] {
			w := wrong{kind: SilentPhone, phone: p}
			w.ID, w.RepID, w.Since, w.Urgent = p.UserID, p.UserID, d.tx.Day(p.SeenAt.Add(silent)), len(p.Waiting) > 0
			d.rows = append(d.rows, w)
		}
		seen[p.UserID] = true
	}
	return err
}

func (d *inboxDesk) words() error {
	rows, err := d.tx.WordsInForce(d.led)
	for _, r := range rows {
		if d.thin(r.Reason) || d.putOff(r) > d.policy.Inbox.OverrideDays {
			d.rows = append(d.rows, wrong{Wrong: r.Wrong, kind: WordWithoutReason, word: r})
		}
	}
	return err
}

// thin tells whether a reason has too few letters, digits or characters to be one.
func (d *inboxDesk) thin(reason string) bool {
	n := 0
	for _, r := range reason {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n < d.policy.Inbox.ReasonCharacters
}

// putOff is by how many days a word puts off the purchase the forecast expected, 0 when it does not or nobody knows.
func (d *inboxDesk) putOff(w models.Word) int {
	if w.Expected == nil {
		return 0
	}
	return max(int(earliestOf(w)-*w.Expected), 0)
}

// earliestOf is the first day a word allows for the next purchase.
func earliestOf(w models.Word) civil.Date {
	if w.OnDay != nil {
		return *w.OnDay
	}
	months := map[cadence.Horizon]civil.Date{cadence.WithinTwo: 31, cadence.WithinThree: 61, cadence.Later: 91}
	return w.Since + months[cadence.Horizon(w.Horizon)]
}

// leaves are those on which contacts are due, planned or without room, that nobody stands in for; the desk of covers counts alike.
func (d *inboxDesk) leaves() error {
	rows, err := d.tx.LeavesToCover(d.led, d.tx.Today+civil.Date(d.policy.Inbox.LeaveDays))
	if err != nil {
		return err
	}
	due, err := d.tx.DueOnLeaves(rows)
	for _, r := range rows {
		d.away[r.UserID] = d.away[r.UserID] || r.FromDay <= d.tx.Today
		bare := due[r.ID].Bare
		if bare == 0 {
			continue
		}
		w := wrong{kind: LeaveUncovered, leave: r}
		w.ID, w.RepID, w.Since, w.Count, w.Urgent = r.ID, r.UserID, r.FromDay, bare, r.FromDay <= d.tx.Today+1
		d.rows = append(d.rows, w)
	}
	return err
}
