package care

import (
	"context"

	"huifang/id"
	"huifang/models"
)

// Restored begins a new epoch, because the database went back in time: phones take everything anew, and offer again the
// work that was accepted after the backup was made. For whoever sits at the machine, after each restore, before serving.
func (s *Service) Restored(ctx context.Context) (epoch id.ID, err error) {
	err = s.Store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.NewEpoch(); err != nil {
			return err
		}
		company, err := tx.Company()
		if err != nil {
			return err
		}
		epoch = company.Epoch
		return tx.AddAudit(models.Audit{Action: "RESTORED", Entity: "companies", Detail: map[string]any{"epoch": epoch}})
	})
	return epoch, err
}
