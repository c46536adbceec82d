// Package balance proposes which accounts should change hands so that every rep of a team has a fair load and less of it is
// travel (D9: fairness with efficiency).
//
// It is pure: loads and places in, moves out. It knows no clock, no database, no randomness; the same problem in any order
// gives the same proposal.
package balance

// Problem is the load of a team for a month.
type Problem struct {
	Reps     []Rep
	Accounts []Account
	Rule     Rule
}

// Rep is somebody who cares for accounts.
type Rep struct {
	ID string
	// Capacity is working time in minutes a month. A rep without any neither gives nor receives: who is away is covered.
	Capacity float64
	// Days is how many days a month are worked: see Travel.
	Days float64
	// Start is where the days begin and end; nil for the middle of the accounts.
	Start *Place
	// MetresPerMinute is the straight distance covered in a minute: speed by detour. 0 for a bicycle's.
	MetresPerMinute float64
}

// Account is what the care of one takes in a month.
type Account struct {
	ID      string
	Rep     string  // who cares now
	Minutes float64 // of contacts
	Visits  float64 // at the home
	Place   *Place  // nil when not known: its visits cost what those of the others do on average
	// Stays keeps the account where it is.
	Stays bool
	// Bond is how close the account is to its rep, 0 to 1; a closer one is moved less willingly.
	Bond float64
	// Known are the reps who have cared for it before.
	Known []string
}

// Place is a place on the earth, in degrees.
type Place struct{ Lat, Lng float64 }

// Rule is what a fair load is and what a move is worth.
type Rule struct {
	// Low and High are the band of utilisation everybody should be in, 1 for full.
	Low, High float64
	// MaxMoves bounds the proposal.
	MaxMoves int
	// Worth is how many minutes of travel a month a move must save that is not needed for fairness.
	Worth   float64
	Weights Weights
}

// Weights say what counts when moves are compared.
type Weights struct {
	// Fairness is for a minute a month that is no longer outside the band, Travel for one not travelled.
	Fairness float64
	Travel   float64
	// Bond is how many minutes a whole bond counts against a move, and for one to a rep who knows the account.
	Bond float64
}

// Proposal is a list of moves, the most useful first. Taken in order, whole or any first part of it, it never makes the
// spread nor the travel worse than doing nothing.
type Proposal struct {
	// Low and High are the band that was aimed at: that of the rule, moved as little as is needed so that the mean of the
	// team lies in the middle half of it. A team that is too full or too empty as a whole cannot be brought into another.
	Low, High float64
	// Within tells whether everybody is in the band after all moves.
	Within        bool
	Before, After Measures
	Loads         []Load // by ID
	Moves         []Move
}

// Measures are the two measures of a team that no proposal may make worse.
type Measures struct {
	// Spread is the standard deviation of the utilisation of those with capacity, in points of a hundred.
	Spread float64
	// Travel is in minutes a month, estimated.
	Travel float64
	// Mean is the load of those with capacity against their capacity, 1 for full.
	Mean float64
	// Outside is how many minutes a month are above the band or missing below it.
	Outside float64
}

// Load is a rep before and after.
type Load struct {
	Rep           string
	Capacity      float64
	Before, After Share
}

// Share is what one rep has: minutes a month.
type Share struct {
	Accounts     int
	Care, Travel float64
	// Utilisation is care and travel against capacity, 0 without any capacity.
	Utilisation float64
}

// Move is an account that would do better elsewhere.
type Move struct {
	Account, From, To string
	// Fairness is by how many points of a hundred the spread falls, Travel how many minutes a month are saved, Band how
	// many minutes are no longer outside the band: by this move after those before it. Below 0 it costs.
	Fairness, Travel, Band float64
	// Care is the minutes of contacts a month that go with the account; Saved is the travel the giver saves, Added what it
	// costs the receiver, by this move after those before it.
	Care, Saved, Added float64
	// Known tells whether the receiver has cared for the account before.
	Known bool
}

// Measure measures a problem by the yardsticks of another, the one before it: the same band, visits a day and cost of an unknown
// place, so that the two can be compared.
func Measure(p, before Problem) Measures {
	t := newTeam(before)
	now := newTeam(p)
	holders := make([]int, len(now.accounts))
	for i := range now.accounts {
		holders[i] = now.accounts[i].holds
	}
	return t.measures(t.sums(holders))
}
