package care

import (
	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// deed is an entry of the audit about an account (D10, D23). Detail never holds sensitive text.
func deed(v auth.Viewer, action, entity string, row, account id.ID, detail map[string]any) models.Audit {
	return models.Audit{UserID: &v.User, Action: action, Entity: entity, EntityID: &row, AccountID: &account, Detail: detail}
}

// noted audits a change that matters for the plan, and asks for a new plan of its rep, in the transaction of the change.
func noted(tx *models.Tx, rep id.ID, entry models.Audit) error {
	if err := tx.AddAudit(entry); err != nil {
		return err
	}
	return tx.AskReplan(rep)
}
