package care

import (
	"context"
	"encoding/json"
	"errors"
	"maps"

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
// had. INVALID names the first value out of range and lists all of them. Everybody is planned anew when it is in force today,
// and else in the night of its day.
func (s *Service) AddPolicy(ctx context.Context, from civil.Date, body string) (models.Policy, error) {
	row := models.Policy{FromDay: from, Body: []byte(body)}
	err := s.write(ctx, auth.ChangePolicy, func(tx *models.Tx, v auth.Viewer) error {
		if err := checkPolicy(tx.Today, from, body); err != nil {
			return err
		}
		return putInForce(tx, v, &row, nil)
	})
	return row, err
}

// RollBackPolicy puts the rules of an earlier version in force again from today on, as a new version; 0 is the default.
// A version that begins on a later day still begins then. NOT_FOUND for a version nobody wrote, INVALID for rules that are
// out of range by now.
func (s *Service) RollBackPolicy(ctx context.Context, version int) (models.Policy, error) {
	var row models.Policy
	err := s.write(ctx, auth.ChangePolicy, func(tx *models.Tx, v auth.Viewer) error {
		body, err := bodyOf(tx, version)
		if err != nil {
			return err
		}
		row = models.Policy{FromDay: tx.Today, Body: body}
		return putInForce(tx, v, &row, map[string]any{"back_to": version})
	})
	return row, err
}

func bodyOf(tx *models.Tx, version int) ([]byte, error) {
	if version == 0 {
		return []byte("{}"), nil
	}
	row, err := tx.PolicyVersion(version)
	if err != nil {
		return nil, missing(err, "version of the policy")
	}
	_, err = ParsePolicy(row.Body)
	return row.Body, err
}

// checkPolicy refuses a document that cannot be in force, and a day that has passed.
func checkPolicy(today, from civil.Date, body string) error {
	if len(body) > longestPolicy {
		return Invalid("body", "%d bytes: a policy has at most %d", len(body), longestPolicy).By("length")
	}
	if _, err := ParsePolicy([]byte(body)); err != nil {
		return err
	}
	if from < today {
		return Invalid("fromDay", "%s has passed: a policy is in force from today (%s) or later", from, today)
	}
	return nil
}

// longestPolicy in bytes is more than all scripts at their longest.
const longestPolicy = 512 << 10

// putInForce writes a version, asks for new plans when it is in force today, and says who did it.
func putInForce(tx *models.Tx, v auth.Viewer, row *models.Policy, more map[string]any) error {
	row.Version, row.CreatedBy, row.CreatedAt = 0, &v.User, tx.Now
	if err := tx.AddPolicy(row); err != nil {
		return err
	}
	if row.FromDay == tx.Today {
		if err := askAll(tx); err != nil {
			return err
		}
	}
	detail := map[string]any{"version": row.Version, "from": row.FromDay}
	maps.Copy(detail, more)
	return tx.AddAudit(models.Audit{UserID: &v.User, Action: string(auth.ChangePolicy), Entity: "policies", Detail: detail})
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
