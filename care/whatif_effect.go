package care

import (
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/schedule"
)

// PlanEffect is what a change of a rep's plan would do over the days planned, today included. Nothing has changed.
type PlanEffect struct {
	Rep      Person
	From, To civil.Date // the days planned
	Before   PlanMeasures
	After    PlanMeasures
	Days     []DayEffect // that change, in order
	// Contact is the one in question; nil for a leave, and where the viewer does not see its account. The lists name others
	// only, but for Conflicts.
	Contact   *ContactChange
	Moved     ContactChanges // that change their day
	LeftOut   ContactChanges // that find no room and did before, or were not due
	Late      ContactChanges // that come later than they are due and did not before
	ComingIn  ContactChanges // that were not in the plan
	Gone      ContactChanges // that are not due any more, or fall to another rep
	Conflicts ContactChanges // fixed by a person where a rule says no, and were not before
}

// DayEffect is a day of a plan before and after a change.
type DayEffect struct {
	Day    civil.Date
	Before DayMeasures
	After  DayMeasures
}

// DayMeasures is what a plan asks of a rep on a day. Contacts that are over do not count.
type DayMeasures struct {
	Contacts       int
	ContactMinutes int
	TravelMinutes  int // on the way to contacts
	Capacity       int // minutes of work there are
}

// maxChanged is how many contacts each list of an effect names.
const maxChanged = 20

// ContactChanges are contacts that change alike: how many, and the first of them by day.
type ContactChanges struct {
	Total int
	Rows  []ContactChange
}

// ContactChange is a contact before and after a change of the plan.
type ContactChange struct {
	Account models.Account
	Kind    cadence.Kind
	From    *civil.Date // nil: it was not in the plan
	To      *civil.Date // nil: it would not be in it
	At      *civil.Minute
	DueOn   civil.Date
	Asked   bool          // it is the one in question
	Shed    string        // why there is no room; empty when there is
	Rule    schedule.Rule // of a conflict; empty otherwise

	left models.ShedItem // what has no room, with what would make some
}

// In is why there is no room and what would make some, or which rule says no, as a sentence; empty for any other change.
func (c ContactChange) In(lang string) string {
	switch {
	case c.Rule != "":
		return c.Rule.In(lang)
	case c.Shed != "":
		return LeftOut(c.left, lang)
	}
	return ""
}

// day is the day a change is listed under.
func (c ContactChange) day() civil.Date {
	switch {
	case c.To != nil:
		return *c.To
	case c.From != nil:
		return *c.From
	}
	return c.DueOn
}

// lists are all lists of the effect.
func (e *PlanEffect) lists() []*ContactChanges {
	return []*ContactChanges{&e.Moved, &e.LeftOut, &e.Late, &e.ComingIn, &e.Gone, &e.Conflicts}
}

// name puts the accounts beside the contacts, as the viewer sees them, in one statement. A contact with an account the viewer
// does not see yet counts and is not named: of a leave to stand in for, say.
func (e *PlanEffect) name(tx *models.Tx, v auth.Viewer) error {
	accounts, err := tx.AccountsAmong(v.Scope(), e.accounts())
	if err != nil {
		return err
	}
	for _, list := range e.lists() {
		list.Rows = slices.DeleteFunc(list.Rows, func(c ContactChange) bool { return accounts[c.Account.ID].ID.IsZero() })
		for n := range list.Rows {
			list.Rows[n].Account = accounts[list.Rows[n].Account.ID]
		}
	}
	if e.Contact == nil {
		return nil
	}
	a, seen := accounts[e.Contact.Account.ID]
	if !seen {
		e.Contact = nil
		return nil
	}
	e.Contact.Account = a
	return nil
}

func (e *PlanEffect) accounts() []id.ID {
	var keys []id.ID
	for _, list := range e.lists() {
		for _, c := range list.Rows {
			keys = append(keys, c.Account.ID)
		}
	}
	if e.Contact != nil {
		keys = append(keys, e.Contact.Account.ID)
	}
	slices.SortFunc(keys, id.ID.Compare)
	return slices.Compact(keys)
}
