package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// OverrideHorizon is the rep's own word on the next purchase, against the forecast: a horizon or a day.
type OverrideHorizon struct {
	ID        id.ID // of the command and of the override
	AccountID id.ID
	Horizon   cadence.Horizon // with Day, empty
	Day       *civil.Date
	Reason    string
	Until     civil.Date // from the day after, the forecast speaks again; left out: after wordDays
}

// wordDays is how long a word holds when nobody says; the next purchase ends every word.
const wordDays = 90

// OverrideHorizon makes a rep's word count instead of the forecast until a day, or the next purchase. The one before it ends, and
// is kept for the record.
func (s *Service) OverrideHorizon(ctx context.Context, in OverrideHorizon) (models.Override, error) {
	c := command{in.ID, "OverrideHorizon", in}
	return commanded(ctx, s, auth.OverrideHorizon, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if in.Until == 0 {
			in.Until = tx.Today + wordDays
		}
		if err := in.check(tx.Today); err != nil {
			return id.ID{}, err
		}
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		row := models.Override{
			ID: in.ID, AccountID: a.ID, Horizon: string(in.Horizon), OnDay: in.Day, Reason: in.Reason,
			GivenOn: tx.Today, UntilDay: in.Until, CreatedBy: v.User, CreatedAt: tx.Now,
		}
		if err := taken(tx.PutOverride(&row)); err != nil {
			return id.ID{}, err
		}
		return row.ID, noted(tx, a.RepID, deed(v, "OVERRIDE_HORIZON", "overrides", row.ID, a.ID, map[string]any{"horizon": in.Horizon, "day": in.Day}))
	}, result((*models.Tx).OverrideMade))
}

func (in OverrideHorizon) check(today civil.Date) error {
	if (in.Horizon == "") == (in.Day == nil) {
		return Invalid("horizon", "give a horizon or a day, not both").By("required")
	}
	horizons := []cadence.Horizon{"", cadence.ThisMonth, cadence.WithinTwo, cadence.WithinThree, cadence.Later}
	if !slices.Contains(horizons, in.Horizon) {
		return Invalid("horizon", "%q is no horizon", in.Horizon).By("enum")
	}
	if in.Day != nil {
		if err := ahead("day", *in.Day, today); err != nil {
			return err
		}
	}
	return firstError(ahead("until", in.Until, today), needed("reason", in.Reason, maxText))
}

// EndOverride lets the forecast speak again. Ending twice is ending once.
func (s *Service) EndOverride(ctx context.Context, account id.ID) (models.Account, error) {
	var a models.Account
	err := s.write(ctx, auth.OverrideHorizon, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		if a, err = tx.LockAccount(v.Scope(), account); err != nil {
			return missing(err, "account")
		}
		if err := tx.EndOverride(a.ID); err != nil {
			return err
		}
		return noted(tx, a.RepID, deed(v, "END_OVERRIDE", "accounts", a.ID, a.ID, nil))
	})
	return a, err
}
