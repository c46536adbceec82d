package standing

import (
	"fmt"
	"slices"
)

// Fault is one value of a rule that cannot be meant.
type Fault struct {
	Field string // the path within the rule: "a", "[1].needs.events"
	Words string
}

const (
	mostMonths = 60
	mostCount  = 1000
)

// Validate tells all that is wrong with the rule.
func (r TierRule) Validate() (faults []Fault) {
	if r.Months < 1 || r.Months > mostMonths {
		faults = append(faults, Fault{"months", fmt.Sprintf("%d: choose 1 to %d", r.Months, mostMonths)})
	}
	below := 3
	for _, f := range []struct {
		name string
		is   int
	}{{"c", r.C}, {"b", r.B}, {"a", r.A}} {
		if f.is <= below || f.is > 15 {
			faults = append(faults, Fault{f.name, fmt.Sprintf("%d: choose %d to 15; a better tier begins at a higher sum", f.is, min(below+1, 15))})
		}
		below = max(below, f.is)
	}
	return faults
}

// Validate tells all that is wrong with the ladder.
func (r GradeRule) Validate() (faults []Fault) {
	if len(r) == 0 {
		return []Fault{{"", "names no grade"}}
	}
	var below Rung
	for i, rung := range r {
		at := fmt.Sprintf("[%d]", i)
		if !slices.Contains(Grades()[1:], rung.Grade) || rung.Grade <= below.Grade {
			faults = append(faults, Fault{at + ".grade", fmt.Sprintf("%d: the grades are %v, each once, the lowest first", rung.Grade, Grades()[1:])})
		}
		needs, less := rung.Needs.parts(), below.Needs.parts()
		some := false
		for k, n := range needs {
			if n < less[k] || n > mostCount {
				faults = append(faults, Fault{at + ".needs." + evidenceNames[k], fmt.Sprintf("%d: choose %d to %d; no grade needs less than the one below", n, less[k], mostCount)})
			}
			some = some || n > less[k]
		}
		if !some {
			faults = append(faults, Fault{at + ".needs", "asks for nothing more than the grade below"})
		}
		below = rung
	}
	return faults
}
