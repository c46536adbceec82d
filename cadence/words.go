package cadence

import "strings"

// words is one saying in both languages.
type words struct{ zh, en string }

// in falls back to Chinese, the product's first language.
func (w words) in(lang string) string {
	if lang == "en" {
		return w.en
	}
	return w.zh
}

// In tells the reason with its rule: "zh" (default) or "en". A code this version does not know is told as it is.
func (r Reason) In(lang string) string {
	w, ok := reasonWords(r.Code)
	if !ok {
		return r.Rule + ":" + r.Code
	}
	text := r.fill(w.in(lang), lang)
	if lang == "en" {
		return r.Rule + ": " + text
	}
	return r.Rule + "：" + text
}

// fill puts the arguments in, in one pass: a person's name is never read as a place for another argument.
func (r Reason) fill(text, lang string) string {
	pairs := make([]string, 0, 2*len(r.Args))
	for name, value := range r.Args {
		pairs = append(pairs, "{"+name+"}", argIn(name, value, lang))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// argIn tells a code among the arguments in the language; everything else stands as it is.
func argIn(name, value, lang string) string {
	switch name {
	case "horizon":
		return Horizon(value).In(lang)
	case "cause":
		return StopCause(value).In(lang)
	case "occasion":
		return Occasion(value).In(lang)
	}
	return value
}

func reasonWords(code string) (words, bool) {
	for _, catalogue := range []map[string]words{onboardingWords(), rhythmWords(), caseWords(), greetingWords(), personWords()} {
		if w, ok := catalogue[code]; ok {
			return w, true
		}
	}
	return words{}, false
}

func onboardingWords() map[string]words {
	return map[string]words{
		"ONBOARDING":        {"{bought}购买，第{day}天{phase}期维护", "bought {bought}, onboarding phase {phase} on day {day}"},
		"ONBOARDING_MISSED": {"补做错过的第{phases}期", "makes up for missed phase {phases}"},
		"HOME_AFTER_CALLS":  {"之前都是电话，这次必须家访", "only calls so far, this one must be at home"},
		"FRAIL_HOME":        {"身体不便，优先家访", "frail: home rather than a call"},
		"ROUTINE_BEGINS":    {"同时是日常维护的第一次", "also the first contact of routine care"},
		"CALLS_UNANSWERED":  {"{calls}天电话未接通，改为家访", "calls on {calls} days unanswered, visit instead"},
	}
}

func rhythmWords() map[string]words {
	return map[string]words{
		"HORIZON_VISIT":       {"预计{horizon}续购，每{every}天家访一次", "next purchase {horizon}, home visit every {every} days"},
		"HORIZON_CALL":        {"预计{horizon}续购，每{every}天电话一次", "next purchase {horizon}, call every {every} days"},
		"HORIZON_VISIT_DATED": {"预计{on}续购，每{every}天家访一次", "next purchase expected {on}, home visit every {every} days"},
		"HORIZON_CALL_DATED":  {"预计{on}续购，每{every}天电话一次", "next purchase expected {on}, call every {every} days"},
		"ROUTINE_VISIT":       {"日常维护，每{every}天家访一次", "routine care, home visit every {every} days"},
		"ROUTINE_CALL":        {"日常维护，每{every}天电话一次", "routine care, call every {every} days"},
		"POTENTIAL_VISIT":     {"潜在会员，每{every}天家访一次", "potential member, home visit every {every} days"},
		"POTENTIAL_CALL":      {"潜在会员，每{every}天电话一次", "potential member, call every {every} days"},
		"DORMANT_VISIT":       {"休眠会员，每{every}天家访一次", "dormant, home visit every {every} days"},
		"DORMANT_CALL":        {"休眠会员，每{every}天电话一次", "dormant, call every {every} days"},
		"DISTANCE":            {"{tier}级、评分{grade}，间隔按规则的{percent}%", "tier {tier}, grade {grade}: {percent}% of the distance"},
		"WIN_BACK_VISIT":      {"挽回计划，每{every}天家访一次", "plan to win back, home visit every {every} days"},
		"WIN_BACK_CALL":       {"挽回计划，每{every}天电话一次", "plan to win back, call every {every} days"},
	}
}

func caseWords() map[string]words {
	return map[string]words{
		"STOP":                      {"{opened}停服，原因：{cause}", "stopped on {opened}: {cause}"},
		"STOP_FOLLOW_UP_CALL":       {"停服未结案，每{every}天跟进", "stop case still open, follow up every {every} days"},
		"STOP_FOLLOW_UP_VISIT":      {"停服未结案，每{every}天上门跟进", "stop case still open, visit every {every} days"},
		"RETURN":                    {"{on}退货，暂停分期维护", "goods returned on {on}, onboarding is held"},
		"RETURN_FOLLOW_UP_CALL":     {"退货未处理完，每{every}天跟进", "return not settled, follow up every {every} days"},
		"RETURN_FOLLOW_UP_VISIT":    {"退货未处理完，每{every}天上门跟进", "return not settled, visit every {every} days"},
		"COMPLAINT":                 {"{on}投诉，限时答复", "complained on {on}: to be answered in time"},
		"COMPLAINT_FOLLOW_UP_CALL":  {"投诉未解决，每{every}天跟进", "complaint not settled, follow up every {every} days"},
		"COMPLAINT_FOLLOW_UP_VISIT": {"投诉未解决，每{every}天上门跟进", "complaint not settled, visit every {every} days"},
		"REACTION":                  {"{on}出现不适，专家同行，暂停分期维护", "unwell since {on}: with an expert, onboarding is held"},
		"REACTION_FOLLOW_UP_CALL":   {"不适未解决，每{every}天跟进", "reaction not settled, follow up every {every} days"},
		"REACTION_FOLLOW_UP_VISIT":  {"不适未解决，每{every}天上门跟进", "reaction not settled, visit every {every} days"},
	}
}

func greetingWords() map[string]words {
	return map[string]words{
		"DATE":               {"{on}是{occasion}", "{occasion} on {on}"},
		"DATE_OF":            {"{on}是{who}的{occasion}", "{who}: {occasion} on {on}"},
		"FESTIVAL":           {"{on}{zh}问候", "{en} greeting, {on}"},
		"ACTIVATE_AT_DATE":   {"休眠会员，借此唤醒", "dormant: a chance to wake the bond"},
		"ACTIVATION_LOW":     {"{bought}以后未再购买，发消息激活", "no purchase since {bought}: activate by message"},
		"ACTIVATION_DORMANT": {"{bought}以后未再购买，电话访谈", "no purchase since {bought}: interview by phone"},
	}
}

// personWords are those of contacts a person planned: the use cases give them these reasons.
func personWords() map[string]words {
	return map[string]words{
		"BY_HAND":     {"人工安排：{why}", "planned by hand: {why}"},
		"FOR_CASE":    {"为个案安排：{why}", "planned for the case: {why}"},
		"FIRST_VISIT": {"换人后首次上门，{who}陪同", "first visit after the handover, {who} comes along"},
		"NEXT_STEP":   {"上次回访时约定", "agreed at the contact before"},
	}
}
