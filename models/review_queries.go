package models

import "huifang/id"

// AddReview writes the review of a contact.
func (tx *Tx) AddReview(r *Review) error { return tx.insert(r) }

// Review reads the review of a contact, without a scope: its caller has judged the contact. ErrNotFound when it was never
// odd.
func (tx *Tx) Review(log id.ID) (Review, error) {
	var r Review
	return r, tx.take(&r, "log_id = ?", log)
}

// ChangeReview writes chosen columns of a review. Its account must be locked.
func (tx *Tx) ChangeReview(r *Review, columns ...string) error { return tx.save(r, columns) }

// ReviewsOf are the reviews of some contacts by the key of the contact.
func (tx *Tx) ReviewsOf(logs []id.ID) (map[id.ID]Review, error) {
	var rows []Review
	if len(logs) == 0 {
		return nil, nil
	}
	err := tx.find(&rows, "log_id IN ?", logs)
	return byID(rows, func(r Review) id.ID { return r.LogID }), err
}

// A review shows with its contact.
func (r *Review) touch(t *touched) { t.row(LogEntry, r.LogID, r.AccountID) }
