package care

import (
	"context"
	"errors"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Changes is what changed for a viewer since a cursor (design §4).
type Changes struct {
	Epoch    id.ID
	Cursor   string
	More     bool
	Reset    bool // the cursor was of no use: this answer begins anew
	Sequence int64
	World    *World // nil when nothing moved and the day is that of the cursor
	Accounts []AccountCard
	Items    []models.PlanItem
	Logs     []LogCard
	Cases    []CaseCard
	Removed  []Removal
	Today    civil.Date
}

// FeedKind is what a feed tells of.
type FeedKind string

// The kinds of rows in a feed.
const (
	FeedAccount FeedKind = "ACCOUNT"
	FeedItem    FeedKind = "ITEM"
	FeedCase    FeedKind = "CASE"
	FeedLog     FeedKind = "LOG"
)

func kindOf(k models.EntryKind) FeedKind {
	switch k {
	case models.AccountEntry:
		return FeedAccount
	case models.ItemEntry:
		return FeedItem
	case models.CaseEntry:
		return FeedCase
	}
	return FeedLog
}

// Removal is a row to take off a device. With an account goes everything about it.
type Removal struct {
	Kind FeedKind
	ID   id.ID
}

// maxChanges caps a page.
const maxChanges = 5000

// errOldFeed says that a feed was not reckoned today.
var errOldFeed = errors.New("the feed is not of today")

// Changes tells what changed for the viewer since a cursor; the empty one stands before everything. A first answer is the
// beginning of a snapshot by kind and key; behind its last page the cursor goes on with what moved since it began. So no
// row is missed, however pages and writers interleave: what moves while a snapshot runs has a later number.
//
// It takes one statement to say that nothing moved. Whose note was read is written down (D23).
func (s *Service) Changes(ctx context.Context, after string, first int) (Changes, error) {
	v, err := auth.Authorize(ctx, auth.OwnLogin)
	if err != nil {
		return Changes{}, err
	}
	if first < 1 {
		return Changes{}, Invalid("first", "must be positive").By("page")
	}
	if first > maxChanges {
		return Changes{}, Limited("page", "at most %d rows a page", maxChanges)
	}
	p := pull{s: s, v: v, first: first}
	if after != "" {
		p.from = &feedPlace{}
		if err := readCursor(after, p.from); err != nil {
			return Changes{}, err
		}
	}
	return p.run(ctx)
}

// feedPlace is where an answer ended. Kind is set within a snapshot: the next row stands behind Kind and Row, and when
// there is none, the feed goes on behind Seq.
type feedPlace struct {
	Epoch id.ID            `json:"e"`
	User  id.ID            `json:"u"`
	Day   civil.Date       `json:"d"`
	Seq   int64            `json:"n"`
	Kind  models.EntryKind `json:"k,omitempty"`
	Row   id.ID            `json:"x"`
}

// feedTries is how often a feed is reckoned for one answer: midnight may pass in between.
const feedTries = 2

// pull is one asking for changes.
type pull struct {
	s     *Service
	v     auth.Viewer
	first int
	from  *feedPlace // nil for the empty cursor
	out   Changes
	looks map[id.ID]*look
}

func (p *pull) run(ctx context.Context) (Changes, error) {
	err := p.s.Store.Read(ctx, p.read)
	for n := 0; n < feedTries && errors.Is(err, errOldFeed); n++ {
		err = p.s.Store.Write(ctx, func(tx *models.Tx) error { return tx.RefreshFeed(p.v.User) })
		if err == nil {
			err = p.s.Store.Read(ctx, p.read)
		}
	}
	if err != nil {
		return Changes{}, err
	}
	return p.out, p.writeLooks(ctx)
}

// read answers from one snapshot of the database.
func (p *pull) read(tx *models.Tx) error {
	p.out, p.looks = Changes{Today: tx.Today}, map[id.ID]*look{}
	head, err := tx.FeedHead(p.v.User)
	if errors.Is(err, models.ErrNotFound) || err == nil && (head.Built == nil || *head.Built < tx.Today) {
		return errOldFeed
	}
	if err != nil {
		return err
	}
	p.out.Epoch, p.out.Sequence = head.Epoch, head.Commands
	at := p.begin(head, tx.Today)
	moved := at != p.place(at, head)
	entries, err := p.entries(tx, &at, head)
	if err != nil {
		return err
	}
	if err := p.load(tx, entries); err != nil {
		return err
	}
	p.out.More = at.Kind != 0 || at.Seq < head.Seq
	at.Day = tx.Today
	if p.out.Cursor, err = cursorOf(at); err != nil {
		return err
	}
	if !moved {
		return nil
	}
	p.out.World, err = p.s.world(tx, p.v, head)
	return err
}

// begin is where to go on: at the beginning of a snapshot when there is no cursor or it is of no use, because a backup was
// restored, because it is somebody else's, or because removals after it were forgotten.
func (p *pull) begin(head models.FeedHead, today civil.Date) feedPlace {
	from := p.from
	if from != nil && from.Epoch == head.Epoch && from.User == p.v.User && from.Seq >= head.Floor && from.Seq <= head.Seq {
		return *from
	}
	p.out.Reset = from != nil
	return feedPlace{Epoch: head.Epoch, User: p.v.User, Day: today, Seq: head.Seq, Kind: models.AccountEntry}
}

// place is where the viewer would stand if nothing had moved since at. Within a snapshot that is at: the world was told
// with its first page, and what moves meanwhile is told behind it.
func (p *pull) place(at feedPlace, head models.FeedHead) feedPlace {
	still := at
	still.Day = p.out.Today
	if at.Kind == 0 {
		still.Seq = head.Seq
	}
	if at.Kind != 0 && at.Row.IsZero() {
		still.Seq = -1 // the first page
	}
	return still
}

// entries are the next rows of the feed; at moves behind them.
func (p *pull) entries(tx *models.Tx, at *feedPlace, head models.FeedHead) ([]models.FeedEntry, error) {
	if at.Kind == 0 {
		return p.since(tx, at, head)
	}
	rows, err := tx.FeedFrom(p.v.User, at.Kind, at.Row, p.first+1)
	if len(rows) <= p.first {
		at.Kind, at.Row = 0, id.ID{}
		return rows, err
	}
	rows = rows[:p.first]
	at.Kind, at.Row = rows[p.first-1].Kind, rows[p.first-1].EntityID
	return rows, err
}

func (p *pull) since(tx *models.Tx, at *feedPlace, head models.FeedHead) ([]models.FeedEntry, error) {
	if at.Seq == head.Seq {
		return nil, nil
	}
	rows, err := tx.FeedSince(p.v.User, at.Seq, p.first+1)
	if len(rows) <= p.first {
		at.Seq = head.Seq // of the same snapshot of the database
		return rows, err
	}
	rows = rows[:p.first]
	at.Seq = rows[p.first-1].Seq
	return rows, err
}

// load reads the rows of entries, each kind in few statements. What the viewer's scope does not reach any more is a
// removal.
func (p *pull) load(tx *models.Tx, entries []models.FeedEntry) error {
	keys := map[models.EntryKind][]id.ID{}
	for _, e := range entries {
		if e.Gone {
			p.remove(e.Kind, e.EntityID)
			continue
		}
		keys[e.Kind] = append(keys[e.Kind], e.EntityID)
	}
	for _, part := range []struct {
		kind models.EntryKind
		read func(*models.Tx, []id.ID) ([]id.ID, error)
	}{
		{models.AccountEntry, p.readAccounts}, {models.ItemEntry, p.readItems},
		{models.CaseEntry, p.readCases}, {models.LogEntry, p.readLogs},
	} {
		if len(keys[part.kind]) == 0 {
			continue
		}
		seen, err := part.read(tx, keys[part.kind])
		if err != nil {
			return err
		}
		for _, x := range keys[part.kind] {
			if _, found := slices.BinarySearchFunc(seen, x, id.ID.Compare); !found {
				p.remove(part.kind, x)
			}
		}
	}
	return nil
}

func (p *pull) remove(kind models.EntryKind, x id.ID) {
	p.out.Removed = append(p.out.Removed, Removal{kindOf(kind), x})
}
