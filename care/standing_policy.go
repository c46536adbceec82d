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
	for _, f := range r.Tiers.Validate() {
		errs = append(errs, Invalid("standing.tiers."+f.Field, "%s", f.Words).By("range"))
	}
	for _, f := range r.Grades.Validate() {
		errs = append(errs, Invalid("standing.grades"+f.Field, "%s", f.Words).By("range"))
	}
	return errors.Join(errs...)
}
