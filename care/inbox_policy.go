package care

// InboxRules are from when on the exceptions inbox speaks; policy.
type InboxRules struct {
	// NeglectFactor times the distance of the rules without a contact, and an account is neglected (D9).
	NeglectFactor float64 `json:"neglectFactor"`
	// MissedDays after its due day an open contact is missed; one whose last day in time has passed is so at once.
	MissedDays int `json:"missedDays"`
	// CaseDays before the next step of a stop or win-back case is due it shows.
	CaseDays int `json:"caseDays"`
	// SilentHours without a sign of a phone in use.
	SilentHours int `json:"silentHours"`
	// ReasonCharacters are the fewest letters, digits or characters of a reason to speak of; OverrideDays is how far a rep's
	// word may put off the purchase that was expected.
	ReasonCharacters int `json:"reasonCharacters"`
	OverrideDays     int `json:"overrideDays"`
	// LeaveDays before a leave begins somebody must stand in.
	LeaveDays int `json:"leaveDays"`
}

func defaultInbox() InboxRules {
	return InboxRules{NeglectFactor: 1.5, MissedDays: 3, CaseDays: 1, SilentHours: 72, ReasonCharacters: 4, OverrideDays: 60, LeaveDays: 7}
}

func (i InboxRules) validate() error {
	if !(i.NeglectFactor >= 1 && i.NeglectFactor <= 10) {
		return Invalid("inbox.neglectFactor", "%g times the distance of the rules: choose 1 to 10", i.NeglectFactor)
	}
	for _, f := range []struct {
		name           string
		is, from, most int
	}{
		{"missedDays", i.MissedDays, 0, 60},
		{"caseDays", i.CaseDays, 0, 60},
		{"silentHours", i.SilentHours, 1, 1000},
		{"reasonCharacters", i.ReasonCharacters, 1, 100},
		{"overrideDays", i.OverrideDays, 1, 1000},
		{"leaveDays", i.LeaveDays, 0, 60},
	} {
		if f.is < f.from || f.is > f.most {
			return Invalid("inbox."+f.name, "%d: choose %d to %d", f.is, f.from, f.most)
		}
	}
	return nil
}
