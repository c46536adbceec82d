package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// Company is the one company of an installation: a single row.
type Company struct {
	ID   int `gorm:"primaryKey;autoIncrement:false"` // always 1
	Name string
	// Zone is the IANA time zone that says which day it is, Asia/Shanghai by default.
	Zone string
	// Epoch changes when a backup is restored, so that phones offer again what is newer (design §4).
	Epoch id.ID
	// KeysMark tells which file of keys seals this database: with another one nothing would open.
	KeysMark  []byte
	CreatedAt time.Time
}

// Shop is a store of the company (门店). Its Go name leaves Store to the database; everywhere else it is a store.
type Shop struct {
	ID        id.ID  `gorm:"primaryKey"`
	Number    string // the company's own
	Name      string
	City      string
	Address   string
	Lat, Lng  *float64
	CreatedAt time.Time
}

// TableName keeps the word of the domain.
func (Shop) TableName() string { return "stores" }

// Team is a group of reps under a supervisor, in one store.
type Team struct {
	ID        id.ID `gorm:"primaryKey"`
	StoreID   id.ID
	Number    string
	Name      string
	CreatedAt time.Time
}

// User is someone who signs in. Role is one of auth's roles; reps and supervisors have a team, managers and admins none.
type User struct {
	ID       id.ID  `gorm:"primaryKey"`
	Number   string // the company's own staff number
	Login    string // unique, lower case
	Password string // argon2id, PHC form
	Name     string
	Pinyin   string // for search: full spelling and initials, "zhangwei zw"
	Role     string
	StoreID  *id.ID
	TeamID   *id.ID
	Phone    Sealed
	Lang     string // "zh" or "en"
	// Hours, StartLat/Lng and Mode shape the plan: when the day is worked, where it starts, how fast it moves (D5).
	Hours              Hours `gorm:"serializer:json"`
	StartLat, StartLng *float64
	Mode               Mode
	// Epoch rises when all tokens of the user must stop working: password reset, disabling.
	Epoch      int
	DisabledAt *time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Session is one signed-in device: a family of rotating refresh tokens, of which only hashes are kept.
type Session struct {
	ID        id.ID `gorm:"primaryKey"`
	UserID    id.ID
	Device    string
	TokenHash []byte `gorm:"not null"` // of the token valid now
	PrevHash  []byte // of the token before: its reuse means theft and revokes the session
	CreatedAt time.Time
	RotatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
	DeviceID  *id.ID // nil when the device keeps nothing
}

// Leave is time off of a user; both days included.
type Leave struct {
	ID        id.ID `gorm:"primaryKey"`
	UserID    id.ID
	FromDay   civil.Date
	ToDay     civil.Date
	Reason    string
	Granted   bool
	CreatedBy id.ID
	CreatedAt time.Time
}

// Holiday is a public day off of the company, or with Working a weekend day worked instead (调休).
type Holiday struct {
	Day     civil.Date `gorm:"primaryKey;type:date"`
	Name    string
	Working bool
}

// Policy is a version of the organisation's rules, in force from a day on; the last one that has begun counts.
type Policy struct {
	Version   int `gorm:"primaryKey;autoIncrement:false"`
	FromDay   civil.Date
	Body      []byte `gorm:"not null"` // JSON of care.Policy
	CreatedBy *id.ID
	CreatedAt time.Time
}

// Audit is who did or saw what, never with sensitive text (D10, D23).
type Audit struct {
	ID        id.ID `gorm:"primaryKey"`
	At        time.Time
	UserID    *id.ID // nil: the system itself
	Action    string
	Entity    string // table
	EntityID  *id.ID
	AccountID *id.ID
	// Detail is what changed, field by field: {"budget": [old, new]}; sealed fields say only that they changed.
	Detail map[string]any `gorm:"serializer:json"`
}

// Lease is a named right to work that one server instance holds until a time (nightly planning).
type Lease struct {
	Name   string `gorm:"primaryKey"`
	Holder id.ID
	Until  time.Time
}
