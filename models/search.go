package models

import (
	"math"
	"strings"

	"gorm.io/gorm"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// AccountSort is an order of a list of accounts.
type AccountSort string

// The orders. Accounts without the value come last.
const (
	ByName        AccountSort = "NAME"         // by pinyin
	ByNextDue     AccountSort = "NEXT_DUE"     // soonest first
	ByExpected    AccountSort = "EXPECTED"     // next purchase, soonest first
	ByLastContact AccountSort = "LAST_CONTACT" // longest ago first
	BySpent       AccountSort = "SPENT"        // most first
	ByDistance    AccountSort = "DISTANCE"     // nearest first; only with Near
)

// AccountSearch says which accounts a list shows; empty fields ask for nothing. Fields are joined by and.
type AccountSearch struct {
	// Text is part of a name, the beginning of its pinyin or initials, or a whole member number.
	Text string
	// PhoneHash and Last4Hash are blind indexes: they widen Text, when there is one, to those numbers (or).
	PhoneHash, Last4Hash []byte
	Among                []id.ID // no others than these
	Tag                  string
	District             string
	RepID                *id.ID
	Services             []cadence.Service
	Horizons             []cadence.Horizon
	Lifecycles           []cadence.Lifecycle
	Activities           []cadence.Activity
	Tiers                []string    // value tiers A–D (D12)
	DueBefore            *civil.Date // next due day before this one
	Near                 *Box
}

// Box is a rectangle of the map, WGS-84 degrees.
type Box struct{ South, North, West, East float64 }

// metresPerDegree of latitude.
const metresPerDegree = 111_195.0

// BoxAround is the box that holds all places within metres of a point.
func BoxAround(lat, lng, metres float64) Box {
	dLat := metres / metresPerDegree
	dLng := 180.0
	if c := math.Cos((math.Abs(lat) + dLat) * math.Pi / 180); c > 0 {
		dLng = min(dLat/c, 180)
	}
	return Box{South: lat - dLat, North: lat + dLat, West: lng - dLng, East: lng + dLng}
}

// After is where the last page of a list ended: the value it was sorted by, as the row had it, and the row's key.
type After struct {
	Value string
	ID    id.ID
}

// FindAccounts reads a page of the accounts of a scope: up to n of them, after a row when one is given.
func (tx *Tx) FindAccounts(sc auth.Scope, s AccountSearch, sort AccountSort, after *After, n int) ([]Account, error) {
	key, desc := sortKey(sort)
	q := tx.found(sc, s)
	if after != nil {
		q = keysetAfter(q, key, "accounts.id", desc, after.Value, after.ID)
	}
	var rows []Account
	err := q.Order(ordered(key, "accounts.id", desc)).Limit(n).Find(&rows).Error
	return rows, wrap("search accounts", err)
}

// sortKey is the expression a list is sorted by; it is never NULL, or rows would fall between pages.
func sortKey(s AccountSort) (key string, desc bool) {
	switch s {
	case ByNextDue:
		return "COALESCE(accounts.next_due_on, '9999-12-31')", false
	case ByExpected:
		return "COALESCE(accounts.expected_on, '9999-12-31')", false
	case ByLastContact:
		return "COALESCE(accounts.last_contact_on, '0001-01-01')", false
	case BySpent:
		return "accounts.spent", true
	}
	return "accounts.pinyin", false
}

func ordered(key, tie string, desc bool) string {
	if desc {
		return key + " DESC, " + tie + " DESC"
	}
	return key + ", " + tie
}

// keysetAfter leaves out everything up to a row, in the order of a key and, among equals, of the row's id.
func keysetAfter(q *gorm.DB, key, tie string, desc bool, value any, row id.ID) *gorm.DB {
	op := ">"
	if desc {
		op = "<"
	}
	return q.Where("("+key+" "+op+" ? OR ("+key+" = ? AND "+tie+" "+op+" ?))", value, value, row)
}

func (tx *Tx) found(sc auth.Scope, s AccountSearch) *gorm.DB {
	q := tx.in(sc, "accounts.id")
	if s.Text != "" || s.PhoneHash != nil || s.Last4Hash != nil {
		where, args := s.words()
		q = q.Where(where, args...)
	}
	if len(s.Among) > 0 {
		q = q.Where("accounts.id IN ?", s.Among)
	}
	if s.Tag != "" {
		q = q.Where("accounts.id IN (SELECT t.account_id FROM account_tags t WHERE t.tag = ?)", s.Tag)
	}
	if s.District != "" {
		q = q.Where("accounts.district = ?", s.District)
	}
	if s.RepID != nil {
		q = q.Where("accounts.rep_id = ?", *s.RepID)
	}
	return s.standing(q)
}

func (s AccountSearch) standing(q *gorm.DB) *gorm.DB {
	if len(s.Services) > 0 {
		q = q.Where("accounts.service IN ?", s.Services)
	}
	if len(s.Horizons) > 0 {
		q = q.Where("accounts.horizon IN ?", s.Horizons)
	}
	if len(s.Lifecycles) > 0 {
		q = q.Where("accounts.lifecycle IN ?", s.Lifecycles)
	}
	if len(s.Activities) > 0 {
		q = q.Where("accounts.activity IN ?", s.Activities)
	}
	if len(s.Tiers) > 0 {
		q = q.Where("accounts.tier IN ?", s.Tiers)
	}
	if s.DueBefore != nil {
		q = q.Where("accounts.next_due_on < ?", *s.DueBefore)
	}
	if b := s.Near; b != nil {
		q = q.Where("accounts.lat BETWEEN ? AND ? AND accounts.lng BETWEEN ? AND ?", b.South, b.North, b.West, b.East)
	}
	return q
}

// words are the ways a text may name an account.
func (s AccountSearch) words() (string, []any) {
	var ways []string
	var args []any
	way := func(sql string, values ...any) {
		ways, args = append(ways, sql), append(args, values...)
	}
	if s.Text != "" {
		lower := like(strings.ToLower(s.Text))
		way("accounts.name LIKE ? ESCAPE '!'", "%"+like(s.Text)+"%")
		way("accounts.pinyin LIKE ? ESCAPE '!'", lower+"%")
		way("accounts.pinyin LIKE ? ESCAPE '!'", "% "+lower+"%")
		way("accounts.number = ?", s.Text)
	}
	if s.PhoneHash != nil {
		way("accounts.phone_hash = ?", s.PhoneHash)
	}
	if s.Last4Hash != nil {
		way("accounts.last4_hash = ?", s.Last4Hash)
	}
	return "(" + strings.Join(ways, " OR ") + ")", args
}

// like makes a text mean itself in a LIKE pattern with ESCAPE '!'.
func like(s string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s)
}
