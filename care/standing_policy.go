package care

import (
	"errors"

	"huifang/standing"
)

// StandingRules are from when on an account is of a value tier (D12) or deserves a loyalty grade (D1); policy.
type StandingRules struct {
	Tiers  standing.TierRule  `json:"tiers"`
	Grades standing.GradeRule `json:"grades"`
}

func defaultStanding() StandingRules {
	return StandingRules{Tiers: standing.DefaultTierRule(), Grades: standing.DefaultGradeRule()}
}

func (r StandingRules) validate() error {
	var errs []error
	for section, faults := range map[string][]standing.Fault{"standing.tiers.": r.Tiers.Validate(), "standing.grades": r.Grades.Validate()} {
		for _, f := range faults {
			errs = append(errs, Invalid(section+f.Field, "%s", f.Words).By("range"))
		}
	}
	return errors.Join(errs...)
}
