package forecast

import (
	"regexp"
	"strings"
)

// words are a sentence in both languages; {name:form} puts an argument in, in the form given.
type words struct{ zh, en string }

// sentences holds the words of every code.
func sentences() map[string]words {
	return map[string]words{
		neverBought: {"还没有购买记录，无法推算", "has not bought yet: nothing to go by"},
		rhythm: {"约每{gap:every}购买一次（共 {times} 次），上次购买：{ago:ago}；30 天内续购可能性{chance:chance}",
			"bought every {gap:every} ({times} times), {ago:last}: {chance:chance} within 30 days"},
		oneGap: {"购买过 2 次，相隔 {gap} 天，上次购买：{ago:ago}；30 天内续购可能性{chance:chance}",
			"bought twice, {gap:days} apart, {ago:last}: {chance:chance} within 30 days"},
		onePurchase: {"只购买过 1 次（{ago:ago}）；类似会员中有{chance:chance} 会在今后 60 天内再次购买",
			"one purchase {ago:ago}; {chance:chance} of similar members return within 60 days"},
		supplyAfter: {"{ago:ago}购买了 {supply} 天的用量，通常用完后 {days} 天续购",
			"{supply}-day pack bought {ago:ago}, usually reordered {days:days} after it runs out"},
		supplyBefore: {"{ago:ago}购买了 {supply} 天的用量，通常用完前 {days} 天续购",
			"{supply}-day pack bought {ago:ago}, usually reordered {days:days} before it runs out"},
		supplyOnDay: {"{ago:ago}购买了 {supply} 天的用量，通常用完当天续购",
			"{supply}-day pack bought {ago:ago}, usually reordered the day it runs out"},
		supplyLeft: {"{ago:ago}购买了 {supply} 天的用量，{days:left}",
			"{supply}-day pack bought {ago:ago}, {days:left}"},
		supplyOut: {"{ago:ago}购买了 {supply} 天的用量，{days:run}",
			"{supply}-day pack bought {ago:ago}, {days:run}"},
		lapsing: {"上次购买：{ago:ago}；很可能已流失，仍在购买的可能性{active:chance}",
			"last bought {ago:ago}: probably gone, {active:chance} likely to be still buying"},
		repDay: {"代表于 {given} 判断：将在 {day} 购买（有效至 {until}）{reason:reason}",
			"the rep said on {given}: buys on {day} (valid to {until}){reason:reason}"},
		repHorizon: {"代表于 {given} 判断：续购期为{horizon:horizon}（有效至 {until}）{reason:reason}",
			"the rep said on {given}: buys {horizon:horizon} (valid to {until}){reason:reason}"},
	}
}

// In tells the evidence in a language: "en…" is English, all else Chinese. A code this version does not know, from
// evidence stored by a newer one, is told as it is.
func (e Evidence) In(lang string) string {
	w, ok := sentences()[e.Code]
	if !ok {
		return e.Code
	}
	if english(lang) {
		return e.fill(w.en, englishForm)
	}
	return e.fill(w.zh, chineseForm)
}

func english(lang string) bool { return strings.HasPrefix(strings.ToLower(lang), "en") }

var slot = regexp.MustCompile(`\{(\w+)(?::(\w+))?\}`)

// fill puts the arguments in, in one pass: a brace in a rep's reason stays a brace.
func (e Evidence) fill(text string, form func(form, value string) string) string {
	return slot.ReplaceAllStringFunc(text, func(s string) string {
		m := slot.FindStringSubmatch(s)
		return form(m[2], e.Args[m[1]])
	})
}

func englishForm(form, value string) string {
	switch form {
	case "days":
		return oneOr(value, "1 day", value+" days")
	case "every":
		return oneOr(value, "day", "~"+value+" days")
	case "ago":
		return agoIn(value, "today", "yesterday", value+" days ago")
	case "last":
		return agoIn(value, "most recently today", "most recently yesterday", "last "+value+" days ago")
	case "left":
		return "runs out " + oneOr(value, "tomorrow", "in "+value+" days")
	case "run":
		return agoIn(value, "runs out today", "ran out yesterday", "ran out "+value+" days ago")
	case "chance":
		return chanceIn(value, "under ", "over ", "") + " %"
	case "horizon":
		return map[string]string{string(ThisMonth): "within 30 days", string(WithinTwo): "in 31 to 60 days",
			string(WithinThree): "in 61 to 90 days", string(Later): "in more than 90 days"}[value]
	case "reason":
		return prefixed(": ", value)
	}
	return value
}

func chineseForm(form, value string) string {
	switch form {
	case "every":
		return oneOr(value, "天", " "+value+" 天")
	case "ago":
		return agoIn(value, "今天", "昨天", value+" 天前")
	case "left":
		return oneOr(value, "明天用完", "还可用 "+value+" 天")
	case "run":
		return agoIn(value, "今天用完", "昨天用完", "已用完 "+value+" 天")
	case "chance":
		return chanceIn(value, "不到 ", "超过 ", " ") + "%"
	case "horizon":
		return map[string]string{string(ThisMonth): " 30 天内", string(WithinTwo): " 31–60 天",
			string(WithinThree): " 61–90 天", string(Later): " 90 天以后"}[value]
	case "reason":
		return prefixed("：", value)
	}
	return value
}

// oneOr tells one day in its own words.
func oneOr(value, one, more string) string {
	if value == "1" {
		return one
	}
	return more
}

// agoIn tells today and yesterday in their own words.
func agoIn(value, today, yesterday, ago string) string {
	if value == "0" {
		return today
	}
	return oneOr(value, yesterday, ago)
}

// chanceIn tells a probability as percent writes it: one at an end is only known to lie beyond it.
func chanceIn(value, under, over, exact string) string {
	if end, ok := strings.CutPrefix(value, "<"); ok {
		return under + end
	}
	if end, ok := strings.CutPrefix(value, ">"); ok {
		return over + end
	}
	return exact + value
}

func prefixed(prefix, value string) string {
	if value == "" {
		return ""
	}
	return prefix + value
}
