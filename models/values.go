// Package models is storage: the nouns of the domain as GORM structs, each beside its queries.
//
// Only this package knows the database. Every query takes an auth.Scope, which becomes a WHERE clause: a row
// outside the scope does not exist for the caller (ErrNotFound).
package models

import (
	"database/sql/driver"

	"huifang/civil"
)

// Sealed is the ciphertext of a sensitive column (D23). It has no text: only care opens it, checked and audited.
// No GraphQL scalar accepts it, so a schema that leaks it does not compile.
type Sealed []byte

// GormDataType names the column type for the schema drift test.
func (Sealed) GormDataType() string { return "varbinary" }

// Value stores missing text as NULL.
func (s Sealed) Value() (driver.Value, error) {
	if s == nil {
		return nil, nil
	}
	return []byte(s), nil
}

// Fen is money: hundredths of a yuan.
type Fen int64

// Sex of a person, empty when unknown.
type Sex string

// The sexes a file knows.
const (
	Female Sex = "FEMALE"
	Male   Sex = "MALE"
)

// Mode is how a rep travels.
type Mode string

// The modes.
const (
	Walk  Mode = "WALK"
	EBike Mode = "EBIKE"
	Car   Mode = "CAR"
	Bus   Mode = "BUS"
)

// Hours are weekly working hours: windows by weekday, 0 = Sunday. A missing weekday is a day off.
type Hours map[int][]civil.Window

// OptOut is the customer's word against a channel; an empty Kind means every channel (D19).
type OptOut struct {
	Kind string      `json:"kind,omitempty"`
	From civil.Date  `json:"from"`
	To   *civil.Date `json:"to,omitempty"`
}
