package care

import (
	"huifang/civil"
	"huifang/id"
)

// CoverCard is a cover as people read it.
type CoverCard struct {
	ID               id.ID
	AccountID        id.ID
	AccountName      string
	Rep              Person // who stands in
	Owner            Person
	LeaveID          *id.ID
	FromDay, ToDay   civil.Date // who stands in sees the account
	WorkFrom, WorkTo civil.Date // its contacts are theirs
	Reason           string
}
