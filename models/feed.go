package models

import (
	"huifang/civil"
	"huifang/id"
)

// Feed is the counter of what a user's devices are told (design §4). Whoever changes something the user sees takes this
// row as the last step before the commit, so that numbers become visible in the order of commits.
type Feed struct {
	UserID id.ID `gorm:"primaryKey"`
	Seq    int64 // the last number given; it also rises when only the user's world moved
	// Built is the day the feed was last reckoned with; nil until a device of the user first asks. Until then nothing is
	// written for the user, and the counter tells only that something moved.
	Built *civil.Date
	// Floor: removals up to this number were forgotten, so that a device which knows no more must begin anew.
	Floor int64
}

// EntryKind is what an entry of a feed tells of. A snapshot comes in the order of the numbers: what is told of an account
// needs the account first.
type EntryKind int

// The kinds of entry.
const (
	AccountEntry EntryKind = iota + 1
	ItemEntry
	CaseEntry
	LogEntry
)

// FeedEntry is the last change of one thing a user sees, or saw: Gone is a removal. With an account goes all that hangs
// on it, so there are no removals of that.
type FeedEntry struct {
	UserID    id.ID     `gorm:"primaryKey"`
	Kind      EntryKind `gorm:"primaryKey;autoIncrement:false"`
	EntityID  id.ID     `gorm:"primaryKey"`
	AccountID id.ID
	Seq       int64
	Gone      bool
}

// logDays is for how many days contacts and closed cases stay in a feed.
const logDays = 365

// keptFrom is the first day of the month before: planned contacts that are closed stay in a feed from then on.
func keptFrom(today civil.Date) civil.Date {
	year, month, _ := today.YMD()
	return civil.Of(year, month-1, 1)
}
