package cadence

import (
	"strconv"

	"huifang/civil"
)

// silence is a customer who did not answer several calls in a row: a visit is due.
type silence struct {
	calls   int
	visitBy civil.Date
}

// unanswered tells of failed calls since the last contact, on at least as many days as the policy says; two tries of one day
// count once. Nil when the customer answered or has not been tried that often.
func (pl *planner) unanswered() *silence {
	last, ok := pl.lastTalk()
	var days []civil.Date
	for _, c := range pl.Contacts {
		if c.Kind == Call && !c.Outcome.Reached() && (!ok || c.Day > last) {
			days = appendNew(days, c.Day)
		}
	}
	if len(days) < pl.policy.FailedCalls {
		return nil
	}
	decisive := days[pl.policy.FailedCalls-1]
	return &silence{calls: len(days), visitBy: decisive + civil.Date(pl.policy.FailedCallsVisitDays)}
}

// lastTalk is the last day on which the customer was spoken with or met; false for never.
func (pl *planner) lastTalk() (day civil.Date, found bool) {
	for _, c := range pl.Contacts {
		if c.Outcome.Reached() && c.Kind.answers(Call) {
			day, found = c.Day, true
		}
	}
	return day, found
}

func (s silence) reason() Reason {
	return Reason{Rule: "D19", Code: "CALLS_UNANSWERED", Args: map[string]string{"calls": strconv.Itoa(s.calls)}}
}
