package care

import "errors"

// WorkloadRule is how a workload is judged.
type WorkloadRule struct {
	// PaceTolerance is by how much the share of what is done may lie behind or ahead of the share of the time, 0.1 for ten
	// points of a hundred.
	PaceTolerance float64 `json:"paceTolerance"`
	// CreditDays is how many days after a contact that reached the customer a repurchase counts as its fruit.
	CreditDays int `json:"creditDays"`
}

func defaultWorkload() WorkloadRule { return WorkloadRule{PaceTolerance: 0.1, CreditDays: 30} }

func (w WorkloadRule) validate() error {
	return errors.Join(between("workload.paceTolerance", w.PaceTolerance, 0, 0.5), between("workload.creditDays", w.CreditDays, 1, 180))
}
