package cadence

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// ErrPolicy is returned for a policy that cannot be meant; the message names the field.
var ErrPolicy = errors.New("policy")

// PolicyFault is one value of a policy that cannot be meant. It matches ErrPolicy.
type PolicyFault struct {
	Field string // the path into the document: "onboarding[1].day"
	Words string
}

func (f *PolicyFault) Error() string { return ErrPolicy.Error() + ": " + f.Field + ": " + f.Words }

func (f *PolicyFault) Unwrap() error { return ErrPolicy }

const (
	mostDays     = 366
	longestCode  = 32 // bytes
	longestName  = 100
	longestVisit = 24 * 60
)

// Validate tells what is wrong with a policy, all of it at once; every error matches ErrPolicy.
func (p Policy) Validate() error {
	return errors.Join(
		p.checkRhythms(), p.checkDistances(), p.checkOnboarding(), p.checkCases(), p.checkGreetings(), p.checkFestivals(),
		p.checkActivity(), p.checkMinutes(), p.checkLimits(),
	)
}

func (p Policy) checkRhythms() error {
	errs := []error{checkRhythm("potential", p.Potential), checkRhythm("dormant", p.Dormant), checkRhythm("winBack", p.WinBack)}
	for i, h := range AllHorizons() {
		name := "rhythms." + string(h)
		r, ok := p.Rhythms[h]
		if !ok {
			errs = append(errs, bad(name, "is missing"))
			continue
		}
		errs = append(errs, checkRhythm(name, r))
		if i > 0 && h != HorizonUnknown {
			errs = append(errs, checkOrder(name, p.Rhythms[AllHorizons()[i-1]], r))
		}
	}
	return errors.Join(errs...)
}

// checkDistances asks for known tiers and grades, and for a quarter to four times the distance.
func (p Policy) checkDistances() error {
	var errs []error
	for _, part := range []struct {
		name  string
		is    map[string]int
		known []string
	}{
		{"distances.tiers", p.Distances.Tiers, []string{"A", "B", "C", "D"}},
		{"distances.grades", p.Distances.Grades, []string{"0", "20", "40", "60", "80", "100"}},
	} {
		for _, key := range slices.Sorted(maps.Keys(part.is)) {
			if !slices.Contains(part.known, key) {
				errs = append(errs, bad(part.name, "%q is not one of %v", key, part.known))
				continue
			}
			errs = append(errs, within(part.name+"."+key, part.is[key], 25, 400))
		}
	}
	return errors.Join(errs...)
}

// checkOrder asks that a sale further off brings no kind of contact more often than a nearer one.
func checkOrder(name string, nearer, r Rhythm) error {
	const more = "is more frequent than that of a nearer sale"
	var errs []error
	if seldom(nearer.CallEvery, r.CallEvery) {
		errs = append(errs, bad(name+".callEvery", more))
	}
	if seldom(nearer.VisitEvery, r.VisitEvery) {
		errs = append(errs, bad(name+".visitEvery", more))
	}
	return errors.Join(errs...)
}

func seldom(every, other int) bool { return other > 0 && (every == 0 || every > other) }

func checkRhythm(name string, r Rhythm) error {
	return errors.Join(
		within(name+".callEvery", r.CallEvery, 0, mostDays),
		within(name+".visitEvery", r.VisitEvery, 0, mostDays),
		within(name+".priority", r.Priority, 0, 100),
	)
}

func (p Policy) checkOnboarding() error {
	errs := []error{
		within("onboardingPriority", p.OnboardingPriority, 0, 100),
		within("onboardingGapDays", p.OnboardingGapDays, 0, 30),
		within("onboardingGraceDays", p.OnboardingGraceDays, 0, mostDays),
	}
	before := 0
	for i, phase := range p.Onboarding {
		name := fmt.Sprintf("onboarding[%d]", i)
		errs = append(errs, checkKinds(name, phase.Kind, phase.OrKind), checkRoles(name, phase.By, phase.With, nil, phase.OrBy))
		if phase.Day <= before || phase.Day > mostDays {
			errs = append(errs, bad(name+".day", "must come after the phase before and within a year"))
		}
		if len(phase.Objectives) == 0 {
			errs = append(errs, bad(name+".objectives", "is empty"))
		}
		errs = append(errs, checkObjectives(name+".objectives", phase.Objectives))
		before = phase.Day
	}
	return errors.Join(errs...)
}

func (p Policy) checkCases() error {
	errs := []error{checkCase("return", p.Return), checkCase("reaction", p.Reaction), checkCase("complaint", p.Complaint)}
	for _, cause := range AllStopCauses() {
		rule, ok := p.Stops[cause]
		name := "stops." + string(cause)
		if !ok {
			errs = append(errs, bad(name, "is missing"))
			continue
		}
		errs = append(errs, checkCase(name, rule))
	}
	return errors.Join(errs...)
}

func checkCase(name string, c CaseRule) error {
	errs := []error{
		within(name+".dueDays", c.DueDays, 0, 60),
		within(name+".followUpEvery", c.FollowUpEvery, 0, mostDays),
		within(name+".priority", c.Priority, 0, 100),
		checkKinds(name, c.Kind, c.OrKind), checkRoles(name, c.By, c.With, c.Instead, ""),
		checkObjectives(name+".objectives", c.Objectives),
	}
	if c.FollowUpEvery > 0 {
		errs = append(errs, checkKind(name+".followUpKind", c.FollowUpKind))
	}
	return errors.Join(errs...)
}

func (p Policy) checkGreetings() error {
	return errors.Join(checkGreeting("dates", p.Dates), checkGreeting("festivalGreeting", p.FestivalGreeting))
}

func checkGreeting(name string, g Greeting) error {
	return errors.Join(
		checkKinds(name, g.Kind, g.OrKind),
		within(name+".leadDays", g.LeadDays, 0, 30),
		within(name+".joinDays", g.JoinDays, 0, 30),
		within(name+".lateDays", g.LateDays, 0, 30),
		within(name+".priority", g.Priority, 0, 100),
	)
}

func (p Policy) checkFestivals() error {
	var errs []error
	seen := map[string]bool{}
	for i, f := range p.Festivals {
		name := fmt.Sprintf("festivals[%d]", i)
		if f.Code == "" || len(f.Code) > longestCode || seen[f.Code] {
			errs = append(errs, bad(name+".code", "must be there, at most %d long, and used once", longestCode))
		}
		errs = append(errs, checkName(name+".zh", f.ZH), checkName(name+".en", f.EN))
		if !f.date().exists() {
			errs = append(errs, bad(name+".day", "is no day of its calendar"))
		}
		if f.Kind != "" {
			errs = append(errs, checkKind(name+".kind", f.Kind))
		}
		seen[f.Code] = true
	}
	return errors.Join(errs...)
}

// checkObjectives takes known ones and those an organisation made up, which are told as they are.
func checkObjectives(name string, objectives []Objective) error {
	var errs []error
	for i, o := range objectives {
		errs = append(errs, checkName(fmt.Sprintf("%s[%d]", name, i), string(o)))
	}
	return errors.Join(errs...)
}

func checkName(field, name string) error {
	if n := utf8.RuneCountInString(name); n < 1 || n > longestName || !utf8.ValidString(name) {
		return bad(field, "needs 1 to %d characters", longestName)
	}
	return nil
}

// exists tells whether the date comes at least in some year.
func (s SpecialDate) exists() bool {
	const leapYear = 2000
	_, ok := s.Of(leapYear)
	return ok && (s.Calendar == Solar || s.Calendar == Lunar)
}

func (p Policy) checkActivity() error {
	a := p.Activity
	errs := []error{within("activity.highMonths", a.HighMonths, 1, 12), within("activity.churnedMonths", a.ChurnedMonths, 1, 120)}
	errs = append(errs,
		within("activity.lowMonths", a.LowMonths, 1, 120),
		within("activity.dormantMonths", a.DormantMonths, a.LowMonths+1, 120),
		within("activity.lapsedMonths", a.LapsedMonths, a.DormantMonths+1, 120))
	for level, act := range p.Activation {
		name := "activation." + string(level)
		errs = append(errs, checkKinds(name, act.Kind, act.OrKind), within(name+".every", act.Every, 1, mostDays),
			within(name+".priority", act.Priority, 0, 100))
		if level != LowActivity && level != Dormant {
			errs = append(errs, bad(name, "only LOW and DORMANT are activated"))
		}
	}
	return errors.Join(errs...)
}

func (p Policy) checkMinutes() error {
	errs := []error{within("frailMinutes", p.FrailMinutes, 0, longestVisit)}
	for _, kind := range AllKinds() {
		errs = append(errs, within("minutes."+string(kind), p.Minutes[kind], 1, longestVisit))
	}
	return errors.Join(errs...)
}

func (p Policy) checkLimits() error {
	return errors.Join(
		within("tolerancePercent", p.TolerancePercent, 0, 45),
		within("graceDays", p.GraceDays, 0, 30),
		within("weeklyCap", p.WeeklyCap, 1, 7),
		within("failedCalls", p.FailedCalls, 1, 20),
		within("failedCallsVisitDays", p.FailedCallsVisitDays, 0, 30),
	)
}

// checkKinds asks for kinds in the fields kind and orKind; the second may be left out.
func checkKinds(name string, kind, or Kind) error {
	if or == "" {
		return checkKind(name+".kind", kind)
	}
	return errors.Join(checkKind(name+".kind", kind), checkKind(name+".orKind", or))
}

func checkKind(field string, kind Kind) error {
	if kind.touch() == 0 {
		return bad(field, "%q is no kind of contact", kind)
	}
	return nil
}

// checkRoles asks for roles in the fields by, with, instead and orBy; the last may be left out.
func checkRoles(name string, by Role, with, instead []Role, orBy Role) error {
	errs := []error{checkRole(name+".by", by)}
	for i, r := range with {
		errs = append(errs, checkRole(fmt.Sprintf("%s.with[%d]", name, i), r))
	}
	for i, r := range instead {
		errs = append(errs, checkRole(fmt.Sprintf("%s.instead[%d]", name, i), r))
	}
	if orBy != "" {
		errs = append(errs, checkRole(name+".orBy", orBy))
	}
	return errors.Join(errs...)
}

func checkRole(field string, r Role) error {
	if !slices.Contains([]Role{Rep, Expert, Supervisor, Manager}, r) {
		return bad(field, "%q is no role", r)
	}
	return nil
}

func within(name string, value, least, most int) error {
	if value < least || value > most {
		return bad(name, "%d is not between %d and %d", value, least, most)
	}
	return nil
}

func bad(field, format string, args ...any) error {
	return &PolicyFault{Field: field, Words: fmt.Sprintf(format, args...)}
}
