package models

import (
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// Account is a customer household under care (会员): it belongs to one store and, at any time, to exactly one rep.
// Its columns are the hard and soft facts of D10.
type Account struct {
	ID      id.ID  `gorm:"primaryKey"`
	Number  string // the company's own member number, unique
	StoreID id.ID
	RepID   id.ID // who cares now; assignments keep the history
	Version int   // rises with every change of the file

	// Hard facts.
	Name      string
	Pinyin    string // for search: "zhangwei zw"
	Sex       Sex
	BirthYear *int
	Phone     Sealed
	PhoneHash []byte // blind index of the whole number
	Last4Hash []byte // blind index of its last four digits
	Address   Sealed
	District  string // area of a city, for planning and lists
	City      string
	Lat, Lng  *float64 // WGS-84

	// Health, sealed (D10, D23).
	Health    Sealed
	History   Sealed // medical history
	Allergies Sealed
	Frail     bool // longer visits, home over call (D5)

	// Soft facts.
	Employer       string
	Job            string
	Budget         *Fen // a month
	Wishes         string
	Manner         string // manner of talking
	Looks          string
	Habits         string
	Hobbies        []string    `gorm:"serializer:json"`
	Interests      []string    `gorm:"serializer:json"` // products of interest
	Brings         string      // people they can bring
	ExpectedNextOn *civil.Date // the customer's own word on the next purchase
	Taboos         string

	// Contact preferences (D19).
	Preferred []civil.Window `gorm:"serializer:json"`
	Quiet     []civil.Window `gorm:"serializer:json"`
	OptOuts   []OptOut       `gorm:"serializer:json"`

	// Standing.
	Service    cadence.Service
	StopCause  cadence.StopCause
	Lifecycle  cadence.Lifecycle
	Activity   cadence.Activity
	Grade      int    // loyalty 0–100 (D1)
	Tier       string // value tier A–D (D12)
	Source     string // how the account came
	ReferredBy *id.ID
	Since      civil.Date // in care from this day on

	// What the lists show without a join; written with the row they come from.
	LastContactOn  *civil.Date
	LastVisitOn    *civil.Date
	LastPurchaseOn *civil.Date
	Purchases      int
	Spent          Fen
	Horizon        cadence.Horizon
	ExpectedOn     *civil.Date
	NextDueOn      *civil.Date // earliest due day of its open items
	// ContactEvery is how often the account must hear of us by the rules in force, in days; 0 while they ask for no rhythm.
	// InTouchUntil is the last day on which the contact after the last one is in time; from NeglectedOn on the account counts
	// as neglected (policy inbox.neglectFactor).
	ContactEvery int
	InTouchUntil *civil.Date
	NeglectedOn  *civil.Date
	// Segment is the category whose own model of the forecast speaks for the account; empty: the company's model does.
	Segment string

	ErasedAt  *time.Time
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Member is a person of an account's household.
type Member struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	Name      string
	Relation  string
	Sex       Sex
	BirthYear *int
	Note      string
	CreatedAt time.Time
}

// AccountDate is a special day of an account or one of its people (D6 b).
type AccountDate struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	MemberID  *id.ID
	Occasion  cadence.Occasion
	Label     string
	Calendar  cadence.Calendar
	Year      *int
	Month     int
	Day       int
	Leap      bool
	CreatedAt time.Time
}

// AccountTag is a free tag on an account (D11).
type AccountTag struct {
	AccountID id.ID  `gorm:"primaryKey"`
	Tag       string `gorm:"primaryKey"`
}

// Assignment is who cared for an account from when to when; the open one has no ToAt (D9).
type Assignment struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	RepID     id.ID
	FromAt    time.Time
	ToAt      *time.Time
	Reason    string
	Note      string // handover note
	CreatedBy *id.ID
}

// Cover is a rep standing in for another's account for some days; the owner keeps the account. RepID sees the account from
// FromDay to ToDay, and has its contacts from WorkFrom to WorkTo: the days before and after are for handing over and back.
type Cover struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	RepID     id.ID
	OwnerID   *id.ID
	LeaveID   *id.ID // the leave it is for
	FromDay   civil.Date
	ToDay     civil.Date
	WorkFrom  *civil.Date // nil: FromDay
	WorkTo    *civil.Date // nil: ToDay
	Reason    string
	CommandID *id.ID // the command that made it, with others
	CreatedBy id.ID
	CreatedAt time.Time
	// EndedAt is when a person ended it before its last day.
	EndedAt *time.Time
}

// Days are those of which the contacts belong to who stands in.
func (c Cover) Days() (from, to civil.Date) {
	from, to = c.FromDay, c.ToDay
	if c.WorkFrom != nil {
		from = *c.WorkFrom
	}
	if c.WorkTo != nil {
		to = min(to, *c.WorkTo)
	}
	return from, to
}

// Pause holds contacts for days: of one account, or of a whole district of a store (area) (story 9).
type Pause struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID *id.ID
	StoreID   *id.ID // with District: an area
	District  string
	FromDay   civil.Date
	ToDay     *civil.Date
	Reason    string
	CreatedBy id.ID
	CreatedAt time.Time
	EndedAt   *time.Time
}
