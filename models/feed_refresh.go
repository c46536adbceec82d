package models

import (
	"errors"

	"huifang/id"
)

// RefreshFeed reckons a user's feed for today: it builds one that was never asked for, and moves what the new day moves:
// covers that begin or end, contacts that leave the year, pauses that run out. It does nothing when that was done today.
//
// It is called when a device asks on a new day and not by night: so who never asks costs nothing.
func (tx *Tx) RefreshFeed(user id.ID) error {
	// The accounts first, as every writer does: whoever is moving one of them away is waited for.
	if err := tx.holdFollowed(user); err != nil {
		return err
	}
	feed, err := tx.takeFeed(user)
	if err != nil || (feed.Built != nil && *feed.Built >= tx.Today) {
		return err
	}
	w := feedWriter{tx, &feed}
	if err := w.refresh(); err != nil {
		return err
	}
	feed.Built = &tx.Today
	return w.save()
}

func (tx *Tx) takeFeed(user id.ID) (Feed, error) {
	var f Feed
	err := tx.lock(&f, "user_id = ?", user)
	if !errors.Is(err, ErrNotFound) {
		return f, err
	}
	f.UserID = user
	return f, tx.insert(&f)
}

// holdFollowed locks the accounts a user follows.
func (tx *Tx) holdFollowed(user id.ID) error {
	if tx.store.dialect == SQLite {
		return nil
	}
	accounts, err := tx.followed(user)
	if err != nil {
		return err
	}
	return inBatches(keysOf(accounts), func(some []id.ID) error { _, err := tx.HoldAccounts(some); return err })
}

// followed are the accounts a user follows today: see follows.
func (tx *Tx) followed(user id.ID) (map[id.ID]bool, error) {
	var found []id.ID
	err := tx.db.Raw("SELECT a.id FROM accounts a WHERE a.erased_at IS NULL AND a.rep_id = ?"+
		" UNION SELECT a.id FROM covers c JOIN accounts a ON a.id = c.account_id"+
		" WHERE c.rep_id = ? AND c.from_day <= ? AND c.to_day >= ? AND a.erased_at IS NULL"+
		" UNION SELECT a.id FROM plan_items p JOIN accounts a ON a.id = p.account_id"+
		" WHERE p.expert_id = ? AND p.status IN ('OPEN', 'STARTED') AND a.erased_at IS NULL",
		user, user, tx.Today, tx.Today, user).Scan(&found).Error
	set := make(map[id.ID]bool, len(found))
	for _, x := range found {
		set[x] = true
	}
	return set, wrap("read which accounts a user follows", err)
}

func (w feedWriter) refresh() error {
	following, err := w.followed(w.feed.UserID)
	if err != nil {
		return err
	}
	var told []id.ID
	err = w.db.Model(&FeedEntry{}).Where("user_id = ? AND kind = ? AND gone = ?", w.feed.UserID, AccountEntry, false).
		Order("entity_id").Pluck("entity_id", &told).Error
	if err != nil {
		return wrap("read a feed", err)
	}
	var lost []id.ID
	for _, account := range told {
		if !following[account] {
			lost = append(lost, account)
		}
		delete(following, account)
	}
	steps := []func() error{
		w.forget,
		func() error { return w.lose(lost) },
		w.age,
		w.expire,
	}
	if w.feed.Built == nil { // nothing is there that could age
		steps = nil
	}
	for _, step := range append(steps, func() error { return w.gain(keysOf(following)) }) {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// age makes removals of what has become too old.
func (w feedWriter) age() error {
	for kind := ItemEntry; kind <= LogEntry; kind++ {
		table, young, args := w.young(kind)
		var old []FeedEntry
		err := w.db.Where("user_id = ? AND kind = ? AND gone = ?", w.feed.UserID, kind, false).
			Where("NOT EXISTS (SELECT 1 FROM "+table+" WHERE "+table+".id = feed_entries.entity_id AND "+young+")", args...).
			Order("entity_id").Find(&old).Error
		if err != nil {
			return wrap("read what is old in a feed", err)
		}
		for i := range old {
			old[i].Gone = true
		}
		if err := w.put(old); err != nil {
			return err
		}
	}
	return nil
}

// manyRemovals is how many removals a feed keeps before it forgets the older half of them.
const manyRemovals = 2000

// forget drops the older removals of a feed that has many: a feed is as big as what its user sees, not as history. A
// device that has not asked for so long begins anew.
func (w feedWriter) forget() error {
	var seqs []int64
	err := w.db.Model(&FeedEntry{}).Where("user_id = ? AND gone = ?", w.feed.UserID, true).Order("seq").Pluck("seq", &seqs).Error
	if err != nil || len(seqs) < manyRemovals {
		return wrap("count the removals of a feed", err)
	}
	w.feed.Floor = seqs[len(seqs)/2]
	return w.drop(&FeedEntry{}, "user_id = ? AND gone = ? AND seq <= ?", w.feed.UserID, true, w.feed.Floor)
}
