package care

import (
	"context"
	"errors"
	"maps"
	"slices"

	"huifang/id"
	"huifang/models"
	"huifang/standing"
)

// rateChunk is how many accounts are rated in one transaction.
const rateChunk = 500

// RateAccounts makes the fifths of the buyers anew, gives every account its value tier by them (D12), and proposes the loyalty
// grades that what is on record deserves (D1): the nightly work, in transactions of some hundred accounts. Run again it
// changes nothing.
func (s *Service) RateAccounts(ctx context.Context) error {
	if err := s.Store.Write(ctx, s.cutFifths); err != nil {
		return err
	}
	var last id.ID
	for more := true; more; {
		err := s.Store.Write(ctx, func(tx *models.Tx) error {
			rows, err := tx.StandsAfter(last, rateChunk)
			if err != nil || len(rows) == 0 {
				more = false
				return err
			}
			next := rows[len(rows)-1].ID
			if err := s.rate(tx, rows); err != nil {
				return err
			}
			last = next
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) cutFifths(tx *models.Tx) error {
	policy, err := s.policy(tx)
	if err != nil {
		return err
	}
	rule := policy.Standing.Tiers
	bought, err := tx.BoughtSince(rule.From(tx.Today))
	if err != nil {
		return err
	}
	last, err := tx.LastTierCuts()
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return err
	}
	row := models.TierCuts{
		Day: tx.Today, Months: rule.Months, Cuts: standing.CutsOf(slices.Collect(maps.Values(bought)), tx.Today), CreatedAt: tx.Now,
	}
	if last.Day == row.Day && last.Months == row.Months && last.Cuts == row.Cuts {
		return nil
	}
	return tx.PutTierCuts(row)
}

// rate looks at accounts with a few statements, and locks only those whose tier changes.
func (s *Service) rate(tx *models.Tx, rows []models.Stand) error {
	policy, err := s.policy(tx)
	if err != nil {
		return err
	}
	keys, grades := make([]id.ID, len(rows)), make(map[id.ID]int, len(rows))
	for i, row := range rows {
		keys[i], grades[row.ID] = row.ID, row.Grade
	}
	r, err := newRater(tx, policy.Standing, keys...)
	if err != nil {
		return err
	}
	var moving []id.ID
	for _, row := range rows {
		a := models.Account{ID: row.ID, Tier: row.Tier, Purchases: row.Purchases}
		if tier, _ := r.tier(a); tier != row.Tier {
			moving = append(moving, row.ID)
		}
	}
	if err := r.move(moving); err != nil {
		return err
	}
	evidence, err := tx.Behaviour(keys...)
	if err != nil {
		return err
	}
	return r.propose(grades, evidence)
}

// move gives accounts their tiers: looked at again under their locks, since an order may have come meanwhile.
func (r rater) move(keys []id.ID) error {
	if len(keys) == 0 {
		return nil
	}
	accounts, err := r.tx.HoldAccounts(keys)
	if err != nil {
		return err
	}
	if r, err = newRater(r.tx, r.rules, keys...); err != nil {
		return err
	}
	var changes []models.StandingChange
	to := map[string][]id.ID{}
	for _, a := range accounts {
		if moved := r.retier(&a, models.CauseRanks); moved != nil {
			changes = append(changes, moved...)
			to[a.Tier] = append(to[a.Tier], a.ID)
		}
	}
	for _, tier := range slices.Sorted(maps.Keys(to)) {
		if err := r.tx.SetTier(to[tier], tier); err != nil {
			return err
		}
	}
	return r.keep(changes)
}
