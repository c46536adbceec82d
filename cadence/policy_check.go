package cadence

import (
	"errors"
	"fmt"
	"slices"
)

// ErrPolicy is returned for a policy that cannot be meant; the message names the field.
var ErrPolicy = errors.New("policy")

const (
	mostDays     = 366
	longestCode  = 32
	longestVisit = 24 * 60
)

// Validate tells what is wrong with a policy, all of it at once; every error matches ErrPolicy.
func (p Policy) Validate() error {
	return errors.Join(
		p.checkRhythms(), p.checkOnboarding(), p.checkCases(), p.checkGreetings(), p.checkFestivals(),
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
		if i > 0 && h != HorizonUnknown && rarer(p.Rhythms[AllHorizons()[i-1]], r) {
			errs = append(errs, bad(name, "is more frequent than that of a nearer sale"))
		}
	}
	return errors.Join(errs...)
}

// rarer tells whether rhythm r brings contacts less often than s in any kind.
func rarer(r, s Rhythm) bool {
	return seldom(r.CallEvery, s.CallEvery) || seldom(r.VisitEvery, s.VisitEvery)
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
	}
	if c.FollowUpEvery > 0 {
		errs = append(errs, checkKinds(name+".followUpKind", c.FollowUpKind, ""))
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
		if f.ZH == "" || f.EN == "" {
			errs = append(errs, bad(name, "needs a name in both languages"))
		}
		if !f.date().exists() {
			errs = append(errs, bad(name, "is no day of its calendar"))
		}
		if f.Kind != "" {
			errs = append(errs, checkKinds(name, f.Kind, ""))
		}
		seen[f.Code] = true
	}
	return errors.Join(errs...)
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
	if a.LowMonths < 1 || a.DormantMonths <= a.LowMonths || a.LapsedMonths <= a.DormantMonths || a.LapsedMonths > 120 {
		errs = append(errs, bad("activity", "lowMonths, dormantMonths and lapsedMonths must rise"))
	}
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

func checkKinds(name string, kind, or Kind) error {
	if kind.touch() == 0 {
		return bad(name+".kind", "%q is no kind of contact", kind)
	}
	if or != "" && or.touch() == 0 {
		return bad(name+".orKind", "%q is no kind of contact", or)
	}
	return nil
}

func checkRoles(name string, by Role, with, instead []Role, orBy Role) error {
	known := []Role{Rep, Expert, Supervisor, Manager}
	all := append([]Role{by}, append(slices.Clone(with), instead...)...)
	if orBy != "" {
		all = append(all, orBy)
	}
	for _, r := range all {
		if !slices.Contains(known, r) {
			return bad(name+".by", "%q is no role", r)
		}
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
	return fmt.Errorf("%w: %s: "+format, append([]any{ErrPolicy, field}, args...)...)
}
