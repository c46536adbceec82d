// Package demo makes a believable book of accounts to show the product with: three stores in two cities, 24 reps, 2,400
// accounts and 18 months of purchases and contacts. Same seed and day, same book. Nobody in it exists: the telephone
// numbers are from a range nobody has (199 0000 xxxx), names and homes are drawn by chance.
package demo

import (
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// The size of the book.
const (
	storyDays    = 548 // 18 months end yesterday
	repsPerStore = 8
	heldByRep    = 100 // on average
)

// Person is an account with the clear text of its sealed columns, which Load seals.
type Person struct {
	Account                                    models.Account
	Phone, Address, Health, History, Allergies string
}

// User is a user with their telephone number in clear text. Password is left empty: Load sets it.
type User struct {
	User  models.User
	Phone string
}

// Log is a contact log with its note in clear text.
type Log struct {
	Log  models.ContactLog
	Note string
}

// Case is a case with its note in clear text and its steps in order.
type Case struct {
	Case  models.Case
	Note  string
	Steps []Step
}

// Step is a step of a case with its note in clear text.
type Step struct {
	Step models.CaseStep
	Note string
}

// Review is a contact to look at, with its author's answer in clear text.
type Review struct {
	Review models.Review
	Answer string
}

// Book is a whole company as plain values. Every slice is in the order in which its rows were written.
type Book struct {
	Today       civil.Date
	Company     models.Company
	Stores      []models.Shop
	Teams       []models.Team
	Users       []User
	Leaves      []models.Leave
	Holidays    []models.Holiday
	Products    []models.Product
	People      []Person
	Members     []models.Member
	Dates       []models.AccountDate
	Tags        []models.AccountTag
	Assignments []models.Assignment
	Covers      []models.Cover
	Pauses      []models.Pause
	Purchases   []models.Purchase
	Lines       []models.PurchaseLine
	Returns     []models.Return
	Overrides   []models.Override
	Cases       []Case
	Logs        []Log
	Items       []models.PlanItem // appointments made with customers
	Reviews     []Review
	Devices     []models.Device
	Policies    []models.Policy
	Moves       []models.Move // for days to come
	Moved       []models.MovedAccount
	Joint       []models.JointRequest
	Handovers   []Handover // Load leaves them to the use cases
	// Where accounts stand, and how they came there.
	Cuts      []models.TierCuts
	Changes   []models.StandingChange
	Proposals []models.GradeProposal
	// Versions and Foretold are the record of the forecast, once Foretell has added it.
	Versions []models.ForecastModel
	Foretold []models.Foretold
}

// zone is the company's: China has had one time and no summer time since 1991.
var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// maker carries a book in the making.
type maker struct {
	dice
	today, start civil.Date
	off          map[civil.Date]bool // public holidays
	policy       cadence.Policy
	stores       []branch
	managers     []id.ID
	experts      map[id.ID]id.ID // by store
	carers       []*carer
	lives        []*life
	book         Book
	phones       []int // telephone numbers not given out yet
}

// Make makes the book as it stands on the morning of a day: nothing in it happened on that day or later.
func Make(seed uint64, today civil.Date) Book { return bookOf(seed, today, branches) }

// MakeStore makes the book of a company that has the first store only: eight reps.
func MakeStore(seed uint64, today civil.Date) Book { return bookOf(seed, today, branches[:1]) }

func bookOf(seed uint64, today civil.Date, stores []branch) Book {
	m := &maker{
		dice: newDice(seed), stores: stores, policy: cadence.DefaultPolicy(), today: today, start: today - storyDays,
		off: map[civil.Date]bool{}, experts: map[id.ID]id.ID{}, book: Book{Today: today},
	}
	m.phones = m.Perm(10_000)
	m.holidays()
	m.company()
	m.catalogue()
	m.people()
	m.purchases()
	m.troubles()
	m.work()
	m.standing()
	m.gather()
	return m.book
}

// at is the instant of a minute of a day.
func (m *maker) at(day civil.Date, minute int) time.Time {
	return day.At(civil.Minute(minute), zone).UTC()
}

// moment is some instant within shop hours of a day.
func (m *maker) moment(day civil.Date) time.Time {
	return m.at(day, m.between(9*60, 17*60)).Add(time.Duration(m.IntN(60_000)) * time.Millisecond)
}

// phone gives out a number no one else has.
func (m *maker) phone() string {
	n := m.phones[0]
	m.phones = m.phones[1:]
	return "1990000" + fourDigits(n)
}

func fourDigits(n int) string {
	return string([]byte{byte('0' + n/1000), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}
