package models

import (
	"cmp"
	"slices"

	"gorm.io/gorm/clause"

	"huifang/id"
)

// publication is what one transaction tells the feeds in use.
type publication struct {
	tx        *Tx
	accounts  []id.ID
	following map[id.ID]map[id.ID]bool // by user: the accounts they follow now
	told      map[id.ID]map[id.ID]bool // by user: the accounts their feed has
	live      map[entity]bool          // what was touched and belongs to feeds
}

// read reads all that is needed, once the feeds are held.
func (p *publication) read(feeds []Feed) error {
	p.following, p.told, p.live = map[id.ID]map[id.ID]bool{}, map[id.ID]map[id.ID]bool{}, map[entity]bool{}
	users := make([]id.ID, len(feeds))
	for i, f := range feeds {
		users[i] = f.UserID
	}
	err := inBatches(p.accounts, func(some []id.ID) error {
		if err := p.pairs(p.following, "SELECT f.user_id, f.account_id FROM ("+follows+") f", p.tx.follows(some)...); err != nil {
			return err
		}
		return p.pairs(p.told, "SELECT user_id, entity_id AS account_id FROM feed_entries WHERE user_id IN ? AND kind = ? AND entity_id IN ? AND gone = ?",
			users, AccountEntry, some, false)
	})
	if err != nil {
		return err
	}
	return p.readLive()
}

func (p *publication) pairs(into map[id.ID]map[id.ID]bool, query string, args ...any) error {
	var rows []struct{ UserID, AccountID id.ID }
	if err := p.tx.db.Raw(query, args...).Scan(&rows).Error; err != nil {
		return wrap("read who follows accounts", err)
	}
	for _, r := range rows {
		if into[r.UserID] == nil {
			into[r.UserID] = map[id.ID]bool{}
		}
		into[r.UserID][r.AccountID] = true
	}
	return nil
}

// readLive asks which of the touched rows are there and young enough.
func (p *publication) readLive() error {
	byKind := map[EntryKind][]id.ID{}
	for e := range p.tx.touched.rows {
		byKind[e.kind] = append(byKind[e.kind], e.id)
	}
	for _, x := range byKind[AccountEntry] {
		p.live[entity{AccountEntry, x}] = true
	}
	for kind := ItemEntry; kind <= LogEntry; kind++ {
		slices.SortFunc(byKind[kind], id.ID.Compare)
		err := inBatches(byKind[kind], func(some []id.ID) error { return p.readLiveOf(kind, some) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *publication) readLiveOf(kind EntryKind, some []id.ID) error {
	table, young, args := p.tx.young(kind)
	var found []id.ID
	err := p.tx.db.Table(table).Where("id IN ?", some).Where(young, args...).Pluck("id", &found).Error
	for _, x := range found {
		p.live[entity{kind, x}] = true
	}
	return wrap("read what was touched", err)
}

// young is which rows of a kind belong to feeds: open ones and those of late.
func (tx *Tx) young(kind EntryKind) (table, condition string, args []any) {
	switch kind {
	case ItemEntry:
		return "plan_items", "(status IN ('OPEN', 'STARTED') OR day >= ?)", list(keptFrom(tx.Today))
	case CaseEntry:
		return "cases", "(status = 'OPEN' OR closed_on >= ?)", list(tx.Today - logDays)
	}
	return "contact_logs", "day >= ?", list(tx.Today - logDays)
}

// publish writes what one user is told. Only what moved gets a new number; the counter also rises when nothing but the
// world moved.
func (p *publication) publish(f *Feed) error {
	before, following, told := f.Seq, p.following[f.UserID], p.told[f.UserID]
	var gained, lost []id.ID
	for _, account := range p.accounts {
		switch {
		case following[account] && !told[account]:
			gained = append(gained, account)
		case !following[account] && told[account]:
			lost = append(lost, account)
		}
	}
	w := feedWriter{p.tx, f}
	for _, step := range []func() error{
		func() error { return w.lose(lost) },
		func() error { return w.gain(gained) },
		func() error { return w.put(p.kept(following, told)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if f.Seq == before {
		if !p.tx.touched.everyone && !p.tx.touched.worlds[f.UserID] {
			return nil
		}
		f.Seq++
	}
	return w.save()
}

// kept are the entries of what was touched of accounts that the user followed before and still follows.
func (p *publication) kept(following, told map[id.ID]bool) []FeedEntry {
	var out []FeedEntry
	for e, account := range p.tx.touched.rows {
		if following[account] && told[account] {
			out = append(out, FeedEntry{Kind: e.kind, EntityID: e.id, AccountID: account, Gone: !p.live[e]})
		}
	}
	slices.SortFunc(out, func(a, b FeedEntry) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.EntityID.Compare(b.EntityID)) })
	return out
}

// feedWriter writes the entries of one feed, which it holds.
type feedWriter struct {
	*Tx
	feed *Feed
}

// put gives entries the next numbers, over what they were before.
func (w feedWriter) put(entries []FeedEntry) error {
	if len(entries) == 0 {
		return nil
	}
	for i := range entries {
		w.feed.Seq++
		entries[i].UserID, entries[i].Seq = w.feed.UserID, w.feed.Seq
	}
	err := w.db.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "user_id"}, {Name: "kind"}, {Name: "entity_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"account_id", "seq", "gone"}),
	}).CreateInBatches(&entries, keyBatch).Error
	return wrap("write feed entries", err)
}

// lose makes accounts removals. What hung on them needs none.
func (w feedWriter) lose(accounts []id.ID) error {
	err := inBatches(accounts, func(some []id.ID) error {
		return w.drop(&FeedEntry{}, "user_id = ? AND account_id IN ? AND kind <> ?", w.feed.UserID, some, AccountEntry)
	})
	if err != nil {
		return err
	}
	return w.put(accountEntries(accounts, true))
}

// gain adds accounts with all that hangs on them.
func (w feedWriter) gain(accounts []id.ID) error {
	if err := w.put(accountEntries(accounts, false)); err != nil {
		return err
	}
	return inBatches(accounts, w.gainParts)
}

func accountEntries(accounts []id.ID, gone bool) []FeedEntry {
	out := make([]FeedEntry, len(accounts))
	for i, x := range accounts {
		out[i] = FeedEntry{Kind: AccountEntry, EntityID: x, AccountID: x, Gone: gone}
	}
	return out
}

// gainParts numbers the rows in the database: there may be thousands.
func (w feedWriter) gainParts(accounts []id.ID) error {
	parts, args := "", []any{}
	for kind := ItemEntry; kind <= LogEntry; kind++ {
		table, young, more := w.young(kind)
		if parts != "" {
			parts += " UNION ALL "
		}
		parts += "SELECT ? AS kind, id, account_id FROM " + table + " WHERE account_id IN ? AND " + young
		args = append(append(args, kind, accounts), more...)
	}
	args = append(list(w.feed.UserID, w.feed.Seq, false), args...)
	res := w.db.Exec("INSERT INTO feed_entries (user_id, kind, entity_id, account_id, seq, gone)"+
		" SELECT ?, w.kind, w.id, w.account_id, ? + ROW_NUMBER() OVER (ORDER BY w.kind, w.id), ? FROM ("+parts+") w", args...)
	w.feed.Seq += res.RowsAffected
	return wrap("write feed entries", res.Error)
}

// save writes the counter.
func (w feedWriter) save() error {
	return w.updateOne(&Feed{}, map[string]any{"seq": w.feed.Seq, "built": w.feed.Built, "floor": w.feed.Floor}, "user_id = ?", w.feed.UserID)
}
