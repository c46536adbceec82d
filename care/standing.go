package care

import (
	"errors"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/standing"
)

// moves are the changes between two looks at an account on the axes that follow from the days of its orders.
func moves(before, now models.Account, days []civil.Date, cause models.StandingCause, policy Policy, today civil.Date) []models.StandingChange {
	var out []models.StandingChange
	if before.Lifecycle != now.Lifecycle {
		out = append(out, models.StandingChange{
			Axis: standing.Lifecycle, FromValue: string(before.Lifecycle), ToValue: string(now.Lifecycle),
			Basis: standing.LifecycleBasis(now.Lifecycle, days, policy.Cadence.Activity),
		})
	}
	if before.Activity != now.Activity {
		out = append(out, models.StandingChange{
			Axis: standing.Activity, FromValue: string(before.Activity), ToValue: string(now.Activity),
			Basis: standing.ActivityBasis(now.Activity, days, policy.Cadence.Activity),
		})
	}
	for i := range out {
		out[i].AccountID, out[i].Cause, out[i].Day = now.ID, cause, today
	}
	return out
}

// tierMove is the change of a value tier.
func tierMove(account id.ID, from, to string, basis standing.Basis, cause models.StandingCause, today civil.Date) models.StandingChange {
	return models.StandingChange{AccountID: account, Axis: standing.Value, FromValue: from, ToValue: to, Cause: cause, Basis: basis, Day: today}
}

// rater gives value tiers and proposes loyalty grades, by the fifths of the last night.
type rater struct {
	tx     *models.Tx
	rules  StandingRules
	cuts   standing.Cuts
	bought map[id.ID]standing.Bought // within the months that count
}

// newRater rates some accounts by the newest fifths; before the first night there are none, and no tier is given.
func newRater(tx *models.Tx, rules StandingRules, accounts ...id.ID) (rater, error) {
	r := rater{tx: tx, rules: rules}
	row, err := tx.LastTierCuts()
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return r, err
	}
	r.cuts = row.Cuts
	r.bought, err = tx.BoughtSince(rules.Tiers.From(tx.Today), accounts...)
	return r, err
}

// tier is the value tier of an account with orders, and why. Before the first night it keeps the one it has.
func (r rater) tier(a models.Account) (string, standing.Basis) {
	if a.Purchases == 0 || r.cuts.Buyers == 0 {
		return a.Tier, standing.Basis{Code: "GIVEN"}
	}
	bought := r.bought[a.ID]
	tier, scores := r.rules.Tiers.Of(bought, r.cuts, r.tx.Today)
	return string(tier), r.rules.Tiers.Basis(bought, scores)
}

// retier gives an account the tier its orders deserve, and tells the change; the caller writes both.
func (r rater) retier(a *models.Account, cause models.StandingCause) []models.StandingChange {
	tier, basis := r.tier(*a)
	if tier == a.Tier {
		return nil
	}
	move := tierMove(a.ID, a.Tier, tier, basis, cause, r.tx.Today)
	a.Tier = tier
	return []models.StandingChange{move}
}

// untier takes the tier of an account away whose last order was given back: it has not bought.
func (r rater) untier(a *models.Account) []models.StandingChange {
	if a.Tier == "" {
		return nil
	}
	move := tierMove(a.ID, a.Tier, "", standing.Basis{Code: "NEVER_BOUGHT"}, models.CauseReturned, r.tx.Today)
	a.Tier = ""
	return []models.StandingChange{move}
}

// keep writes changes down.
func (r rater) keep(changes []models.StandingChange) error {
	for i := range changes {
		changes[i].ID, changes[i].CreatedAt = r.tx.NewID(), r.tx.Now
	}
	return r.tx.AddStandingChanges(changes)
}

// propose asks for the loyalty grades that accounts deserve by what is on record, where that is more than they have (D1). What
// waits already, and what was refused, is not asked for again.
func (r rater) propose(grades map[id.ID]int, evidence map[id.ID]standing.Evidence) error {
	var higher []id.ID
	for account, grade := range grades {
		if r.rules.Grades.Of(evidence[account]) > grade {
			higher = append(higher, account)
		}
	}
	last, err := r.tx.LastProposals(higher)
	if err != nil {
		return err
	}
	var rows []models.GradeProposal
	slices.SortFunc(higher, id.ID.Compare)
	for _, account := range higher {
		to := r.rules.Grades.Of(evidence[account])
		p, known := last[account]
		if known && p.ToGrade >= to && (p.Status == models.ProposalOpen || p.Status == models.ProposalRefused) {
			continue
		}
		if known && p.Status == models.ProposalOpen {
			if err := r.tx.CloseProposals(account); err != nil {
				return err
			}
		}
		rows = append(rows, models.GradeProposal{
			ID: r.tx.NewID(), AccountID: account, FromGrade: grades[account], ToGrade: to, Evidence: evidence[account],
			Status: models.ProposalOpen, CreatedAt: r.tx.Now,
		})
	}
	return r.tx.AddProposals(rows)
}

// referrer is who brought an account, none when nobody did: what the account buys speaks for them.
func (r rater) referrer(a models.Account) ([]models.Account, error) {
	if a.ReferredBy == nil {
		return nil, nil
	}
	by, err := r.tx.Account(auth.System(), *a.ReferredBy)
	if errors.Is(err, models.ErrNotFound) { // erased since
		return nil, nil
	}
	return []models.Account{by}, err
}

// proposeFor looks at some accounts after something happened.
func (r rater) proposeFor(accounts ...models.Account) error {
	keys, grades := make([]id.ID, len(accounts)), make(map[id.ID]int, len(accounts))
	for i, a := range accounts {
		keys[i], grades[a.ID] = a.ID, a.Grade
	}
	if len(keys) == 0 {
		return nil
	}
	evidence, err := r.tx.Behaviour(keys...)
	if err != nil {
		return err
	}
	return r.propose(grades, evidence)
}
