// Package schedule puts demands on days and in order: demands, calendars and a map in; days of ordered stops out.
//
// It is pure and deterministic: the same problem, budget and seed give the same plan on every machine.
package schedule

import "huifang/civil"

// Problem is what is to be planned; Solve never changes it. Several workers at once are one problem.
type Problem struct {
	// From and To are the first and last day planned, both included.
	From, To   civil.Date
	Workers    []Worker
	Companions []Companion
	Stops      []Stop
	Travel     Travel
	Weights    Weights
	// Frozen is how many days from the first on are settled: stops that were there stay, unless an urgent one needs their
	// place. 0 settles none.
	Frozen int
	// CapPerWeek is the most days with a contact a customer may have in any seven consecutive days, 0 for no cap (D19).
	// Fixed stops always stay: they count, and those over the cap are conflicts. Of the others none is planned into
	// seven days over the cap, whatever brought them there.
	CapPerWeek int
	// Contacts are days that count for the cap beside this problem's stops, by customer: contacts made in the six days
	// before From or on From itself, or fixed elsewhere. They forbid no stop on their own day.
	Contacts map[string][]civil.Date
}

// Point is a WGS-84 position in degrees.
type Point struct{ Lat, Lng float64 }

// Worker is a rep with a calendar. Days without a shift (leave, holidays, days off) are not worked.
type Worker struct {
	ID    string
	Start *Point // nil: the day starts at the first stop
	End   *Point // nil: the day ends at the last stop
	// Shifts are the working hours by day: windows in order, without overlap; breaks lie between them.
	// A stop lies within one window; travel may cross a break.
	Shifts map[civil.Date][]civil.Window
}

// Companion is someone who must come along on some stops: an expert, a manager.
type Companion struct {
	ID string
	// Free are the hours not taken by day.
	Free map[civil.Date][]civil.Window
}

// Stop is one demand of one worker.
type Stop struct {
	ID string
	// Customer groups stops: two stops of one customer never lie on one day. Empty stands for nobody else's.
	Customer string
	Worker   int // index in Problem.Workers
	// Place is nil for a stop without place: a call, a message.
	Place *Point
	// Earliest, Due and Latest bound the day; a stop after Due is late, after Latest it is shed.
	Earliest, Due, Latest civil.Date
	// Days are the only days between Earliest and Latest on which it may lie, none meaning all.
	Days     []civil.Date
	Minutes  int
	Priority int
	Urgent   bool
	// Windows are the hours of any day in which the stop may lie, none meaning all; Preferred are wished, not held.
	Windows   []civil.Window
	Preferred []civil.Window
	// Companions are indexes in Problem.Companions; all must be free.
	Companions []int
	// Fixed binds the stop to a day and, with At, to a minute: appointments, pinned, started and today's items.
	// A fixed stop is never shed and comes first; when it breaks a rule (hours, travel) the plan says so in Conflicts.
	// Fixed outside the planned days it stays there, with RulePeriod as its only conflict, and still counts for the cap.
	Fixed *Moment
	// Was is where the stop lay in the plan before, nil when new: other things equal it stays on that day, and those that
	// stay keep their order.
	Was *Moment
	// Series names stops that should keep an even distance from each other (the visits of one customer), empty for none.
	Series string
}

// Moment is a day and perhaps a minute of it.
type Moment struct {
	Day civil.Date
	At  *civil.Minute
}

// Weights order what gives way to what; all are costs per unit. The zero value means DefaultWeights.
type Weights struct {
	LateDay  float64 `json:"lateDay"`  // per day after Due, times priority
	EarlyDay float64 `json:"earlyDay"` // per day before Due
	Spacing  float64 `json:"spacing"`  // per day the distance of two stops of a Series differs from that of their Dues
	Travel   float64 `json:"travel"`   // per minute
	Move     float64 `json:"move"`     // per stop moved off the day it Was on
	Balance  float64 `json:"balance"`  // per minute a day's load differs from its share of all work
	Wish     float64 `json:"wish"`     // per stop outside its Preferred hours
}

// Travel tells how long it takes from one place to another.
type Travel interface {
	// Minutes rounds up and is 0 from a point to itself. Answers below 0 count as 0, above a week as a week.
	Minutes(from, to Point) int
}

// Plan is the answer: every stop is either visited or shed, exactly once.
type Plan struct {
	Visits    []Visit // by worker, day and start
	Shed      []Shed  // most important first
	Conflicts []Conflict
}

// Visit is a stop on a day.
type Visit struct {
	Stop   int // index in Problem.Stops
	Worker int
	Day    civil.Date
	Start  civil.Minute
	// Travel is the minutes from the place before, the start included; 0 for a stop without place.
	Travel int
}

// ShedReason is why a stop found no place.
type ShedReason string

// The reasons, from the most to the least specific.
const (
	NoWorkingDay   ShedReason = "NO_WORKING_DAY"   // no shift between earliest and latest: leave, holidays
	CustomerHours  ShedReason = "CUSTOMER_HOURS"   // the customer's hours never meet the worker's
	CompanionAway  ShedReason = "COMPANION_AWAY"   // who must come along is never free
	SameDayContact ShedReason = "SAME_DAY_CONTACT" // every day left already has a contact with this customer
	WeeklyCap      ShedReason = "WEEKLY_CAP"       // the customer already has all contacts allowed in seven days
	TooLong        ShedReason = "TOO_LONG"         // longer than any working window, or than an empty day with the way there and back
	NoCapacity     ShedReason = "NO_CAPACITY"      // every allowed day is full
	OutsidePeriod  ShedReason = "OUTSIDE_PERIOD"   // due outside the planned days
)

// Shed is a stop that found no place, why, and what would make room.
type Shed struct {
	Stop   int
	Reason ShedReason
	Room   []Room
}

// Conflict is a fixed stop that breaks a rule; somebody must decide.
type Conflict struct {
	Stop int
	Rule Rule
}

// Rule names a hard rule of the model.
type Rule string

// The hard rules Check holds a plan to.
const (
	RuleOnce      Rule = "ONCE"      // each stop visited or shed exactly once
	RulePeriod    Rule = "PERIOD"    // within the planned days and earliest … latest
	RuleHours     Rule = "HOURS"     // within one working window
	RuleCustomer  Rule = "CUSTOMER"  // within the customer's hours
	RuleTravel    Rule = "TRAVEL"    // no overlap, time to get there and back
	RuleCompanion Rule = "COMPANION" // companions free, nowhere else at once
	RuleSameDay   Rule = "SAME_DAY"  // one contact with a customer a day
	RuleCap       Rule = "CAP"       // no more contact days with a customer in seven days than allowed
	RuleFixed     Rule = "FIXED"     // fixed stops on their day and minute
	RuleWorker    Rule = "WORKER"    // by the worker it belongs to
	RuleProblem   Rule = "PROBLEM"   // the problem itself is invalid, no plan can be checked against it
)

// Violation is a hard rule a plan breaks.
type Violation struct {
	Rule  Rule
	Stop  int    // -1 when no single stop is to blame
	Words string // for logs, without personal data
}
