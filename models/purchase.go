package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// Product is something the company sells.
type Product struct {
	ID       id.ID  `gorm:"primaryKey"`
	Number   string // the company's own, unique
	Name     string
	Category string
	Price    Fen
	// SupplyDays is for how many days one unit lasts, 0 when unknown.
	SupplyDays int
	CreatedAt  time.Time
}

// Purchase is an order (购买); any after the first is a repurchase (续购).
type Purchase struct {
	ID        id.ID  `gorm:"primaryKey"`
	Number    string // the company's own order number, unique
	AccountID id.ID
	RepID     id.ID // who cared then
	Day       civil.Date
	Amount    Fen // paid
	// SupplyDays is for how many days the whole order lasts: the longest of its lines; 0 when unknown.
	SupplyDays int
	Channel    string
	CreatedAt  time.Time
}

// PurchaseLine is one product of an order.
type PurchaseLine struct {
	ID         id.ID `gorm:"primaryKey"`
	PurchaseID id.ID
	Line       int
	ProductID  id.ID
	Quantity   int
	Amount     Fen
	SupplyDays int // of this line: quantity × the product's, or as stated
}

// Return is goods of an order given back (退货). It holds the onboarding ladder and opens a case (D2, D7).
type Return struct {
	ID         id.ID  `gorm:"primaryKey"`
	Number     string // the company's own, unique, may be empty for one recorded by a rep
	PurchaseID id.ID
	AccountID  id.ID
	Day        civil.Date
	Amount     Fen
	Whole      bool // the whole order: it no longer counts as a purchase
	Reason     string
	CaseID     *id.ID
	CreatedAt  time.Time
}

// Override is a rep's word on an account's next purchase: a horizon or a day, with reason and expiry.
type Override struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	Horizon   string
	OnDay     *civil.Date
	Reason    string
	GivenOn   civil.Date
	UntilDay  civil.Date
	CreatedBy id.ID
	CreatedAt time.Time
	EndedAt   *time.Time
}

// Projection is what was expected of an account on a day; kept when it changes, and later compared with what came.
type Projection struct {
	AccountID id.ID      `gorm:"primaryKey"`
	Day       civil.Date `gorm:"primaryKey;type:date"`
	Expected  *civil.Date
	P30       float64
	P60       float64
	P90       float64
	Active    float64
	Horizon   string
	Model     string // the model's horizon when a rep's word wins
	Source    string
	Evidence  []byte // JSON of []forecast.Evidence
	Curve     []byte // chances within 5, 10 … 120 days in thousandths, two bytes each; nil for rows of old
	ModelID   *id.ID // the version it is of, nil for the model the program brings
}
