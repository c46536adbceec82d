package care

import (
	"encoding/base64"
	"encoding/json"
)

// Page is which part of a list is asked for.
type Page struct {
	First int    // 0: DefaultPage
	After string // the cursor of the last row of the page before, empty for the first page
}

// The sizes of pages.
const (
	DefaultPage = 30
	MaxPage     = 100
)

// size checks how many rows a page has.
func (p Page) size() (int, error) {
	if p.First == 0 {
		return DefaultPage, nil
	}
	if p.First < 0 {
		return 0, Invalid("first", "must be positive").By("page")
	}
	if p.First > MaxPage {
		return 0, Limited("page", "at most %d rows a page", MaxPage)
	}
	return p.First, nil
}

// cursorOf writes where a row stands in a list: opaque to clients, the same for the same row and order.
func cursorOf(place any) (string, error) {
	text, err := json.Marshal(place)
	return base64.RawURLEncoding.EncodeToString(text), err
}

const longestCursor = 1000

// readCursor reads a cursor into place; INVALID for text that is none.
func readCursor(cursor string, place any) error {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(cursor) > longestCursor || json.Unmarshal(text, place) != nil {
		return Invalid("after", "is no cursor of this list").By("cursor")
	}
	return nil
}
