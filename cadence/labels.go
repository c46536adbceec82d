package cadence

// In returns the kind in words: "zh" (default) or "en".
func (k Kind) In(lang string) string { return label(string(k), lang, kindWords()) }

// In returns the outcome in words.
func (o Outcome) In(lang string) string { return label(string(o), lang, outcomeWords()) }

// In returns the horizon in words.
func (h Horizon) In(lang string) string { return label(string(h), lang, horizonWords()) }

// In returns the cause in words.
func (c StopCause) In(lang string) string { return label(string(c), lang, causeWords()) }

// In returns the occasion in words.
func (o Occasion) In(lang string) string { return label(string(o), lang, occasionWords()) }

// In returns the role in words.
func (r Role) In(lang string) string { return label(string(r), lang, roleWords()) }

// In returns the lifecycle in words.
func (l Lifecycle) In(lang string) string { return label(string(l), lang, lifecycleWords()) }

// In returns the activity in words.
func (a Activity) In(lang string) string { return label(string(a), lang, activityWords()) }

// ObjectiveWords tells an objective of D2 or of a case; one an organisation made up is told as it is.
func ObjectiveWords(o Objective, lang string) string { return label(string(o), lang, objectiveWords()) }

// label falls back to the code.
func label(code, lang string, catalogue map[string]words) string {
	if w, ok := catalogue[code]; ok {
		return w.in(lang)
	}
	return code
}

func kindWords() map[string]words {
	return map[string]words{
		string(HomeVisit): {"家访", "home visit"}, string(Call): {"电话", "call"}, string(Message): {"消息", "message"},
		string(Event): {"联谊会", "event"}, string(StoreVisit): {"到店", "store visit"},
	}
}

func outcomeWords() map[string]words {
	return map[string]words{
		string(Met): {"见到本人", "met"}, string(Talked): {"已通话", "talked"}, string(Sent): {"已送达", "sent"},
		string(Attended): {"已参加", "attended"}, string(NotHome): {"不在家", "not at home"}, string(NoAnswer): {"无人接听", "no answer"},
		string(Refused): {"拒绝", "refused"}, string(WrongNumber): {"号码有误", "wrong number"},
		string(Moved): {"已搬走", "moved away"}, string(ComeBack): {"请改日再来", "asked to come back"},
	}
}

func horizonWords() map[string]words {
	return map[string]words{
		string(ThisMonth): {"当月", "this month"}, string(WithinTwo): {"两个月内", "within two months"},
		string(WithinThree): {"三个月内", "within three months"}, string(Later): {"三个月后", "in more than three months"},
		string(HorizonUnknown): {"未知", "unknown"},
	}
}

func causeWords() map[string]words {
	return map[string]words{
		string(EffectOrQuality): {"效果或质量", "effect or quality"}, string(BadService): {"服务", "service"},
		string(Competitor): {"竞品", "a competitor"},
	}
}

func occasionWords() map[string]words {
	return map[string]words{
		string(Birthday): {"生日", "birthday"}, string(SpouseBirthday): {"老伴生日", "spouse's birthday"},
		string(Anniversary): {"结婚纪念日", "wedding anniversary"}, string(OtherOccasion): {"特别的日子", "special day"},
		"DATE": {"特别的日子", "special day"},
	}
}

func roleWords() map[string]words {
	return map[string]words{
		string(Rep): {"售后代表", "rep"}, string(Expert): {"专家", "expert"}, string(Supervisor): {"主管", "supervisor"},
		string(Manager): {"经理", "manager"},
	}
}

func lifecycleWords() map[string]words {
	return map[string]words{
		string(Potential): {"潜在", "potential"}, string(New): {"新会员", "new"}, string(Established): {"老会员", "established"},
		string(Churned): {"流失", "churned"},
	}
}

func activityWords() map[string]words {
	return map[string]words{
		string(HighActivity): {"高", "high"}, string(NormalActivity): {"一般", "normal"}, string(LowActivity): {"低", "low"},
		string(Dormant): {"休眠", "dormant"}, string(Lapsed): {"失效", "lapsed"},
	}
}

func objectiveWords() map[string]words {
	return map[string]words{
		string(Thank): {"感谢购买", "thank for the purchase"}, string(PreventReturn): {"防止退货", "prevent a return"},
		string(GuideUse): {"指导使用", "guide the use"}, string(AgreeCheckup): {"约定体检或收款", "agree on a check-up or payment"},
		string(CheckUse): {"了解使用情况", "ask whether and how it is used"}, string(RecordEffect): {"记录明显效果", "record clear effects"},
		string(GuideNoEffect): {"引导效果不明显或不适", "guide where there is no effect or discomfort"},
		string(FurtherPlan):   {"给出调理、饮食、运动建议", "plan treatment, diet and exercise"},
		string(SpotCore):      {"发现核心顾客", "spot core customers"}, string(DeepenBond): {"加深感情", "deepen the bond"},
		string(PrepareReferral): {"培养转介绍", "prepare for referral"}, string(InviteEvent): {"邀约参加活动", "invite to an event"},
		string(CompareEffect): {"对照使用前后", "compare before and after in detail"}, string(DispelDoubts): {"解除疑虑", "dispel doubts"},
		string(RecordFile): {"详细记录备案", "record for the file"}, string(GrowDevoted): {"培养铁杆顾客", "grow devoted customers"},
		string(MonthEffect): {"了解一个月的效果和用量", "a month's effect and amount used"}, string(Encourage): {"鼓励继续使用", "encourage the hesitant"},
		string(AgreeTestimonial): {"约定见证或发言", "agree on a testimonial or speaking"},
		string(GroundReferral):   {"打好转介绍基础", "lay ground for referral"},
		string(HearReason):       {"了解原因", "hear the reason"}, string(Apologise): {"诚恳致歉", "apologise"},
		string(AgreeRemedy): {"商定解决办法", "agree on a remedy"}, string(RecordSymptoms): {"记录不适情况", "record the symptoms"},
		string(ExpertAdvice): {"请专家指导", "get the expert's advice"},
	}
}
