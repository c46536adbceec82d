package cadence

import "huifang/civil"

// Facts is everything the care rules look at in one account. It holds no clock: the day is an argument.
// The order of the elements of its lists carries no meaning.
type Facts struct {
	// Since is the day the account came into care: the anchor of its rhythm before any contact.
	Since civil.Date
	// Spread is a number of the account that never changes, 0 for none: a list of accounts that came on one day, none of
	// them contacted yet, gets its first contacts spread over the interval of the rhythm instead of all at its end.
	Spread    int
	Service   Service
	Horizon   Horizon
	Lifecycle Lifecycle
	Activity  Activity
	// Tier is the value tier A–D (D12), empty for none; Grade the loyalty grade 0–100 (D1).
	Tier  string
	Grade int
	// NextPurchase is the projected day of the next purchase, nil when none is expected; only the words of reasons use it.
	NextPurchase *civil.Date
	// Frail asks for home over call and longer visits (D5).
	Frail bool

	Purchases []Purchase
	Returns   []Return
	// Reactions are adverse reactions to the product, open until a case about them is closed (D2, D7).
	Reactions []Reaction
	// Complaints are open or settled cases about what the customer complains of (D18).
	Complaints []Complaint
	Contacts   []Contact
	Pauses     []Pause
	OptOuts    []OptOut
	// Stop is the open case of a stopped account, nil when there is none (D7).
	Stop *Stop
	// WinBack is the plan of a churned account worth winning, nil when there is none (D15).
	WinBack *WinBack
	Dates   []SpecialDate
	// Planned are contacts somebody fixed: manual items, appointments, items moved to a chosen day,
	// pinned or started ones. Demands never contradict them; near demands of the same kind join them.
	Planned []Planned
	// Skipped are demands a person called off without another day: they are not asked for again, and a rhythm goes on
	// from the day it would have had the contact.
	Skipped []Skip
}

// Purchase is an order of the account. Every purchase starts onboarding anew (D2) only while the account
// is new: its first purchase, or another one before the ladder of the first has ended.
type Purchase struct {
	ID  string
	Day civil.Date
}

// Return is goods given back; it holds the onboarding ladder of the purchase (D2).
type Return struct {
	PurchaseID string
	Day        civil.Date
	// Settled is the day the case about it ended, nil while open.
	Settled *civil.Date
}

// Reaction is an adverse reaction to the product.
type Reaction struct {
	Day     civil.Date
	Settled *civil.Date
}

// Complaint is what the customer complains of (D18).
type Complaint struct {
	ID      string
	Day     civil.Date
	Settled *civil.Date
}

// Contact is something that happened, or was tried. Only a contact whose outcome Reached the customer counts
// for any rhythm; an attempt does not (story 10).
type Contact struct {
	ID      string
	Day     civil.Date
	Kind    Kind
	Outcome Outcome
	By      Role
	// Fulfils is the Key of the demand it answered, empty for an unplanned contact.
	Fulfils string
}

// Pause holds all contacts for a span of days, for one account or its whole area; pauses overlap freely and an
// account is paused as long as any holds it (story 9).
type Pause struct{ civil.Span }

// OptOut is the customer's word that a channel may not be used from a day on; an empty Kind means none at all (D19).
type OptOut struct {
	Kind Kind
	civil.Span
}

// Stop is an open case of a stopped account (D7).
type Stop struct {
	ID       string
	Cause    StopCause
	OpenedOn civil.Date
	// SelfReviewOn and AgreedOn are the steps a COMPETITOR case needs before its visit, nil while undone.
	SelfReviewOn *civil.Date
	AgreedOn     *civil.Date
}

// WinBack is a churned account's plan with its deadline (D15).
type WinBack struct {
	ID       string
	OpenedOn civil.Date
	Deadline civil.Date
}

// SpecialDate is a day that comes every year: a birthday, an anniversary (D6 b).
type SpecialDate struct {
	ID       string
	Occasion Occasion
	// Who is the person's name for the words of the reason, empty for the account itself.
	Who      string
	Calendar Calendar
	Month    int // 1–12
	Day      int // 1–31 solar, 1–30 lunar
	// Leap marks a day of a leap month of the lunar calendar; in years without that leap month the plain month counts.
	Leap bool
}

// Planned is a contact somebody fixed.
type Planned struct {
	ID   string
	Key  string // the demand it came from, empty for an ad-hoc one
	Kind Kind
	Day  civil.Date
	// Case are the beginnings of the keys of what the case asks for that it was made for, without their colon: it takes up the
	// first of those its kind suits, however far away its day.
	Case []string
}

// Skip is a demand a person called off.
type Skip struct {
	Key string // of the demand
	Day civil.Date
}
