package models

import (
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// expire tells accounts anew of which the cards say something else because days went by: a pause or a rep's word ran out,
// or a special date was celebrated and the next one is a year off.
func (w feedWriter) expire() error {
	last := *w.feed.Built
	var accounts []id.ID
	err := w.db.Raw("SELECT account_id FROM pauses WHERE account_id IS NOT NULL AND ended_at IS NULL AND to_day >= ? AND to_day < ?"+
		" UNION SELECT a.id FROM pauses p JOIN accounts a ON a.store_id = p.store_id AND a.district = p.district"+
		" WHERE p.account_id IS NULL AND p.ended_at IS NULL AND p.to_day >= ? AND p.to_day < ?"+
		" UNION SELECT account_id FROM overrides WHERE ended_at IS NULL AND until_day >= ? AND until_day < ?",
		last, w.Today, last, w.Today, last, w.Today).Scan(&accounts).Error
	if err != nil {
		return wrap("read what ran out", err)
	}
	var dates []AccountDate
	if err := w.find(&dates, "account_id IN ("+toldAccounts+")", w.feed.UserID, AccountEntry, false); err != nil {
		return err
	}
	for _, d := range dates {
		if d.between(last, w.Today) {
			accounts = append(accounts, d.AccountID)
		}
	}
	return w.tellAnew(accounts)
}

const toldAccounts = "SELECT e.entity_id FROM feed_entries e WHERE e.user_id = ? AND e.kind = ? AND e.gone = ?"

// between tells whether the date is celebrated on a day from one to another, which is left out.
func (d AccountDate) between(from, to civil.Date) bool {
	s := cadence.SpecialDate{Calendar: d.Calendar, Month: d.Month, Day: d.Day, Leap: d.Leap}
	next, ok := s.Next(from)
	return ok && next < to
}

// tellAnew gives those of some accounts that the feed has the next numbers.
func (w feedWriter) tellAnew(accounts []id.ID) error {
	slices.SortFunc(accounts, id.ID.Compare)
	return inBatches(slices.Compact(accounts), func(some []id.ID) error {
		var known []FeedEntry
		err := w.sorted(&known, "entity_id", "user_id = ? AND kind = ? AND gone = ? AND entity_id IN ?", w.feed.UserID, AccountEntry, false, some)
		if err != nil {
			return err
		}
		return w.put(known)
	})
}
