package care

import (
	"context"
	"errors"

	"huifang/auth"
	"huifang/models"
	"huifang/seal"
)

// courier makes and verifies delivery tokens. Its key outlives the rotation of the others: a phone may lie in a drawer
// for weeks with work in it.
func (d *Door) courier() (*auth.Courier, error) {
	seed, err := d.Vault.Derive(seal.DeliverySeed)
	if err != nil {
		return nil, err
	}
	return auth.NewCourier(d.Signer.Now, seed)
}

// verifyDelivery tells who delivers with a token that is no access token. It asks for no session, and not whether the
// user is disabled: what such a viewer brings is judged by Push (story 18). notAccess is why it is no access token.
func (d *Door) verifyDelivery(ctx context.Context, bearer string, notAccess error) (auth.Viewer, error) {
	courier, err := d.courier()
	if err != nil {
		return auth.Viewer{}, err
	}
	claims, err := courier.Parse(bearer)
	if err != nil {
		return auth.Viewer{}, errors.Join(notAccess, err)
	}
	var v auth.Viewer
	err = d.Store.Read(ctx, func(tx *models.Tx) error {
		u, err := tx.User(claims.User)
		if errors.Is(err, models.ErrNotFound) {
			return errSignedOut
		}
		v = viewerOf(u)
		v.Device, v.Delivering = claims.Device, true
		return err
	})
	return v, err
}
