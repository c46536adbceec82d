package models

import (
	"time"

	"huifang/id"
)

// AddDryRun writes a dry run that begins: ErrConflict when its key is known.
func (tx *Tx) AddDryRun(r *DryRun) error { return tx.insert(r) }

// DryRunOf reads a dry run of a user: ErrNotFound for anybody else's.
func (tx *Tx) DryRunOf(user, x id.ID) (DryRun, error) {
	var r DryRun
	return r, tx.take(&r, "id = ? AND created_by = ?", x, user)
}

// DryRunsAtWork are the keys of those of a user that are being reckoned.
func (tx *Tx) DryRunsAtWork(user id.ID) ([]id.ID, error) {
	var rows []DryRun
	err := tx.db.Select("id").Where("created_by = ? AND status = ?", user, DryRunning).Order("id").Find(&rows).Error
	keys := make([]id.ID, len(rows))
	for i, r := range rows {
		keys[i] = r.ID
	}
	return keys, wrap("read dry runs", err)
}

// BeatDryRun tells how far a dry run is. ErrNotFound when it is not being reckoned any more: stop.
func (tx *Tx) BeatDryRun(x id.ID, done, total int) error {
	columns := map[string]any{"done": done, "total": total, "beat_at": tx.Now}
	return tx.changeOne(&DryRun{}, columns, "id = ? AND status = ?", x, DryRunning)
}

// EndDryRun keeps the result of a dry run. ErrNotFound when it is not being reckoned any more.
func (tx *Tx) EndDryRun(x id.ID, result []byte) error {
	columns := map[string]any{"status": DryDone, "result": result, "beat_at": tx.Now}
	return tx.changeOne(&DryRun{}, columns, "id = ? AND status = ?", x, DryRunning)
}

// FailDryRuns ends dry runs that are still being reckoned.
func (tx *Tx) FailDryRuns(keys []id.ID, why DryRunProblem) error {
	if len(keys) == 0 {
		return nil
	}
	_, err := tx.change(&DryRun{}, map[string]any{"status": DryFailed, "problem": why}, "id IN ? AND status = ?", keys, DryRunning)
	return err
}

// ForgetDryRuns takes away those begun before an instant.
func (tx *Tx) ForgetDryRuns(before time.Time) error {
	return tx.remove(&DryRun{}, "created_at < ?", before)
}
