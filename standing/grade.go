package standing

// Evidence is the recorded behaviour that loyalty grades follow from (D1), counted over all the time in care.
type Evidence struct {
	Repurchases int `json:"repurchases"` // orders after the first
	Events      int `json:"events"`      // events attended
	Friends     int `json:"friends"`     // people brought to events
	Referrals   int `json:"referrals"`   // accounts it brought
	Closed      int `json:"closed"`      // of those, the ones that bought
}

// parts are the numbers in the order they are told in.
func (e Evidence) parts() [5]int {
	return [5]int{e.Repurchases, e.Events, e.Friends, e.Referrals, e.Closed}
}

// meets tells whether every number is reached.
func (e Evidence) meets(need Evidence) bool {
	has, needs := e.parts(), need.parts()
	for i := range has {
		if has[i] < needs[i] {
			return false
		}
	}
	return true
}

// less is what is missing to a need, never below 0.
func (e Evidence) less(need Evidence) Evidence {
	return Evidence{
		Repurchases: max(0, need.Repurchases-e.Repurchases), Events: max(0, need.Events-e.Events), Friends: max(0, need.Friends-e.Friends),
		Referrals: max(0, need.Referrals-e.Referrals), Closed: max(0, need.Closed-e.Closed),
	}
}

// Rung is a loyalty grade and what must be on record for it, that of the rungs below included.
type Rung struct {
	Grade int      `json:"grade"`
	Needs Evidence `json:"needs"`
}

// GradeRule is the ladder from its lowest rung to its highest; policy. Grade 0 needs nothing and is none of the rungs.
type GradeRule []Rung

// DefaultGradeRule is our reading of D1 in numbers that are on record.
func DefaultGradeRule() GradeRule {
	return GradeRule{
		{20, Evidence{Repurchases: 1}},
		{40, Evidence{Repurchases: 1, Events: 1}},
		{60, Evidence{Repurchases: 1, Events: 1, Referrals: 1}},
		{80, Evidence{Repurchases: 1, Events: 1, Referrals: 2, Closed: 1}},
		{100, Evidence{Repurchases: 2, Events: 2, Referrals: 3, Closed: 2}},
	}
}

// Of is the highest rung reached; one cannot be reached past one that is not.
func (r GradeRule) Of(e Evidence) int {
	grade := 0
	for _, rung := range r {
		if !e.meets(rung.Needs) {
			break
		}
		grade = rung.Grade
	}
	return grade
}

// Next is the first rung above a grade and what is missing for it; false on the highest.
func (r GradeRule) Next(grade int, e Evidence) (next Rung, missing Evidence, found bool) {
	for _, rung := range r {
		if rung.Grade > grade {
			return rung, e.less(rung.Needs), true
		}
	}
	return Rung{}, Evidence{}, false
}

// Grades are the grades an account can have, the lowest first (D1).
func Grades() []int { return []int{0, 20, 40, 60, 80, 100} }
