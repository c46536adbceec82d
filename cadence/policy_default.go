package cadence

// DefaultPolicy returns the domain's numbers, and our defaults where the domain is silent. Each call returns a fresh copy.
func DefaultPolicy() Policy {
	return Policy{
		Rhythms:   defaultRhythms(),
		Potential: Rhythm{CallEvery: 30, Priority: 20},
		Dormant:   Rhythm{CallEvery: 30, VisitEvery: 60, Priority: 25},
		WinBack:   Rhythm{CallEvery: 14, VisitEvery: 30, Priority: 60},

		Distances: Distances{
			Tiers:  map[string]int{"A": 100, "B": 100, "C": 100, "D": 100},
			Grades: map[string]int{"0": 100, "20": 100, "40": 100, "60": 100, "80": 100, "100": 100},
		},

		Onboarding:          defaultPhases(),
		OnboardingPriority:  80,
		OnboardingGapDays:   3,
		OnboardingGraceDays: 14,

		Stops: defaultStops(),
		Return: CaseRule{DueDays: 1, Kind: HomeVisit, OrKind: Call, By: Rep, Objectives: []Objective{HearReason, AgreeRemedy},
			Priority: 90, FollowUpEvery: 7, FollowUpKind: Call},
		Reaction: CaseRule{DueDays: 1, Kind: HomeVisit, OrKind: Call, By: Rep, With: []Role{Expert},
			Objectives: []Objective{RecordSymptoms, ExpertAdvice}, Priority: 95, FollowUpEvery: 3, FollowUpKind: Call},
		Complaint: CaseRule{DueDays: 1, Kind: HomeVisit, OrKind: Call, By: Rep, Instead: []Role{Supervisor},
			Objectives: []Objective{HearReason, Apologise, AgreeRemedy}, Priority: 92, FollowUpEvery: 7, FollowUpKind: Call},

		Dates:            Greeting{Kind: Call, OrKind: Message, LeadDays: 3, JoinDays: 3, LateDays: 3, Priority: 70},
		FestivalGreeting: Greeting{Kind: Call, OrKind: Message, LeadDays: 3, JoinDays: 3, LateDays: 3, Priority: 40},
		Festivals:        defaultFestivals(),
		Activation: map[Activity]Activation{
			LowActivity: {Kind: Message, OrKind: Call, Every: 30, Script: "ACTIVATION", Priority: 30},
			Dormant:     {Kind: Call, Every: 60, Script: "INTERVIEW", Priority: 35},
		},
		Activity: ActivityRule{HighMonths: 3, LowMonths: 3, DormantMonths: 6, LapsedMonths: 12, ChurnedMonths: 12},

		Minutes:              map[Kind]int{HomeVisit: 40, StoreVisit: 20, Event: 120, Call: 10, Message: 3},
		FrailMinutes:         15,
		TolerancePercent:     25,
		GraceDays:            3,
		WeeklyCap:            5,
		FailedCalls:          3,
		FailedCallsVisitDays: 2,
	}
}

// defaultRhythms are D4, and D3 for UNKNOWN: two visits and two to five calls a month.
func defaultRhythms() map[Horizon]Rhythm {
	return map[Horizon]Rhythm{
		ThisMonth:      {CallEvery: 2, VisitEvery: 5, Priority: 65},
		WithinTwo:      {CallEvery: 3, VisitEvery: 7, Priority: 58},
		WithinThree:    {CallEvery: 7, VisitEvery: 15, Priority: 52},
		Later:          {CallEvery: 15, VisitEvery: 30, Priority: 45},
		HorizonUnknown: {CallEvery: 10, VisitEvery: 15, Priority: 45},
	}
}

func defaultPhases() []Phase {
	return []Phase{
		{Day: 3, Kind: Call, OrKind: HomeVisit, By: Rep,
			Objectives: []Objective{Thank, PreventReturn, GuideUse, AgreeCheckup}},
		{Day: 7, Kind: HomeVisit, OrKind: Call, By: Rep,
			Objectives: []Objective{CheckUse, RecordEffect, GuideNoEffect, FurtherPlan, SpotCore}},
		{Day: 14, Kind: Call, OrKind: HomeVisit, By: Rep, HomeAfterCalls: true,
			Objectives: []Objective{CheckUse, DeepenBond, PrepareReferral, InviteEvent}},
		{Day: 21, Kind: HomeVisit, OrKind: Call, By: Rep, OrBy: Expert,
			Objectives: []Objective{CompareEffect, DispelDoubts, RecordFile, GrowDevoted}},
		{Day: 28, Kind: HomeVisit, OrKind: Call, By: Rep, OrBy: Expert,
			Objectives: []Objective{MonthEffect, Encourage, AgreeTestimonial, GroundReferral}},
	}
}

func defaultStops() map[StopCause]CaseRule {
	stop := CaseRule{Kind: HomeVisit, By: Rep, Priority: 100, FollowUpEvery: 7, FollowUpKind: Call}
	effect, service, competitor := stop, stop, stop
	effect.DueDays, effect.Instead = 1, []Role{Expert, Manager}
	effect.Objectives = []Objective{HearReason, CompareEffect, AgreeRemedy}
	service.DueDays, service.With = 2, []Role{Manager}
	service.Objectives = []Objective{HearReason, Apologise, AgreeRemedy}
	competitor.DueDays = 3
	competitor.Objectives = []Objective{HearReason, AgreeRemedy}
	return map[StopCause]CaseRule{EffectOrQuality: effect, BadService: service, Competitor: competitor}
}

func defaultFestivals() []Festival {
	return []Festival{
		{Code: "SPRING_FESTIVAL", ZH: "春节", EN: "Spring Festival", Calendar: Lunar, Month: 1, Day: 1},
		{Code: "DRAGON_BOAT", ZH: "端午节", EN: "Dragon Boat Festival", Calendar: Lunar, Month: 5, Day: 5},
		{Code: "MID_AUTUMN", ZH: "中秋节", EN: "Mid-Autumn Festival", Calendar: Lunar, Month: 8, Day: 15},
		{Code: "DOUBLE_NINTH", ZH: "重阳节", EN: "Double Ninth Festival", Calendar: Lunar, Month: 9, Day: 9},
	}
}
