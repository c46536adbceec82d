package care

import (
	"context"
	"encoding/json"
	"errors"

	"huifang/auth"
	"huifang/civil"
	"huifang/models"
)

// PolicyInForce is the policy of today, complete: what the version in force leaves out stands there with its default.
// Version 0 is the default of a company that has set none.
func (s *Service) PolicyInForce(ctx context.Context) (models.Policy, error) {
	var row models.Policy
	err := s.read(ctx, auth.ReadPolicy, func(tx *models.Tx, _ auth.Viewer) error {
		var err error
		row, err = tx.PolicyOn(tx.Today)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return err
		}
		policy, err := s.policy(tx)
		if err != nil {
			return err
		}
		row.Body, err = json.Marshal(policy)
		return err
	})
	return row, err
}

// Policies are all versions as they were written, the newest first.
func (s *Service) Policies(ctx context.Context) ([]models.Policy, error) {
	var rows []models.Policy
	err := s.read(ctx, auth.ReadPolicy, func(tx *models.Tx, _ auth.Viewer) error {
		var err error
		rows, err = tx.Policies()
		return err
	})
	return rows, err
}

// AddPolicy adds a version that is in force from a day on, today at the earliest: the past was planned by the rules it
// had. INVALID names the first value out of range. Everybody is planned anew when it is in force today.
func (s *Service) AddPolicy(ctx context.Context, from civil.Date, body string) (models.Policy, error) {
	row := models.Policy{FromDay: from, Body: []byte(body)}
	err := s.write(ctx, auth.ChangePolicy, func(tx *models.Tx, v auth.Viewer) error {
		if _, err := ParsePolicy([]byte(body)); err != nil {
			return err
		}
		if from < tx.Today {
			return Invalid("fromDay", "%s has passed: a policy is in force from today (%s) or later", from, tx.Today)
		}
		row.Version, row.CreatedBy, row.CreatedAt = 0, &v.User, tx.Now
		if err := tx.AddPolicy(&row); err != nil {
			return err
		}
		if from == tx.Today {
			if err := askAll(tx); err != nil {
				return err
			}
		}
		return tx.AddAudit(models.Audit{UserID: &v.User, Action: string(auth.ChangePolicy), Entity: "policies",
			Detail: map[string]any{"version": row.Version, "from": from}})
	})
	return row, err
}

// askAll asks for a new plan of every rep.
func askAll(tx *models.Tx) error {
	reps, err := tx.RepsToPlan()
	if err != nil {
		return err
	}
	for _, rep := range reps {
		if err := tx.AskReplan(rep); err != nil {
			return err
		}
	}
	return nil
}
