package models

import (
	"huifang/auth"
	"huifang/id"
)

// The results of idempotent commands, read by the key the command came to. They show a caller what they made
// themselves, so they take no scope: a phone that sends a command again must get its first answer, even when the
// account has gone to somebody else meanwhile.

// ItemMade is the plan item of a command.
func (tx *Tx) ItemMade(x id.ID) (PlanItem, error) { return tx.Item(auth.System(), x) }

// CaseMade is the case of a command with its steps.
func (tx *Tx) CaseMade(x id.ID) (CaseFile, error) {
	c, err := tx.Case(auth.System(), x)
	if err != nil {
		return CaseFile{}, err
	}
	steps, err := tx.StepsOf(x)
	return CaseFile{Case: c, Steps: steps}, err
}

// PurchaseMade is the order of a command.
func (tx *Tx) PurchaseMade(x id.ID) (Purchase, error) { return tx.Purchase(auth.System(), x) }

// ReturnMade is the return of a command.
func (tx *Tx) ReturnMade(x id.ID) (Return, error) {
	var r Return
	return r, tx.take(&r, "id = ?", x)
}

// PauseMade is the pause of a command.
func (tx *Tx) PauseMade(x id.ID) (Pause, error) { return tx.Pause(auth.System(), x) }

// OverrideMade is the override of a command.
func (tx *Tx) OverrideMade(x id.ID) (Override, error) {
	var o Override
	return o, tx.take(&o, "id = ?", x)
}

// MemberMade is the person of a command.
func (tx *Tx) MemberMade(x id.ID) (Member, error) { return tx.Member(auth.System(), x) }

// DateMade is the special day of a command.
func (tx *Tx) DateMade(x id.ID) (AccountDate, error) { return tx.Date(auth.System(), x) }
