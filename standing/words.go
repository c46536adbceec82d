package standing

import (
	"strconv"
	"strings"
)

// Axis is one of the four ways an account is looked at.
type Axis string

const (
	Grade     Axis = "GRADE"     // D1
	Value     Axis = "TIER"      // D12
	Lifecycle Axis = "LIFECYCLE" // D13
	Activity  Axis = "ACTIVITY"  // D14
)

// Basis is what a value rests on: a code and the numbers that belong to it, told in words by In.
type Basis struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

type words struct{ zh, en string }

// in falls back to Chinese, the product's first language.
func (w words) in(lang string) string {
	if lang == "en" {
		return w.en
	}
	return w.zh
}

func basisWords() map[string]words {
	return map[string]words{
		"NEVER_BOUGHT":   {"还没有购买记录", "no order on record"},
		"LADDER":         {"{last}购买，共{times}次，仍在新会员维护期", "bought {last}, {times} in all, still in onboarding"},
		"BUYS_AGAIN":     {"购买{times}次，最近一次{last}", "{times} orders, the last on {last}"},
		"NOT_SINCE":      {"{last}以后没有购买，已满{months}个月", "nothing bought since {last}, {months} months and more"},
		"EVERY_MONTH":    {"最近{months}个月每月都有购买", "bought in each of the last {months} months"},
		"BOUGHT_LATELY":  {"最近一次购买{last}", "last bought {last}"},
		"FIFTHS":         {"最近购买{last}（{r}分），{months}个月内{times}次（{f}分）、{yuan}元（{m}分），合计{sum}分", "last bought {last} ({r}), {times} orders ({f}) and {yuan} yuan ({m}) in {months} months: {sum} points"},
		"NONE_IN_MONTHS": {"{months}个月内没有购买", "nothing bought in {months} months"},
		"GIVEN":          {"随资料带来", "came with the file"},
	}
}

// In tells the basis: "zh" (default) or "en". A code this version does not know is told as it is.
func (b Basis) In(lang string) string {
	if b.Code == behaviour {
		return b.onRecord(lang)
	}
	w, ok := basisWords()[b.Code]
	if !ok {
		return b.Code
	}
	text := w.in(lang)
	pairs := make([]string, 0, 2*len(b.Args))
	for name, value := range b.Args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Basis tells what a tier rests on.
func (r TierRule) Basis(b Bought, s Scores) Basis {
	months := strconv.Itoa(r.Months)
	if b.Times == 0 {
		return Basis{"NONE_IN_MONTHS", map[string]string{"months": months}}
	}
	return Basis{"FIFTHS", map[string]string{
		"last": b.Last.String(), "times": strconv.Itoa(b.Times), "yuan": strconv.FormatInt((b.Spent+50)/100, 10), "months": months,
		"r": strconv.Itoa(s.Recency), "f": strconv.Itoa(s.Times), "m": strconv.Itoa(s.Spent), "sum": strconv.Itoa(s.Sum()),
	}}
}

// Basis tells the evidence.
func (e Evidence) Basis() Basis {
	args := map[string]string{}
	for i, name := range evidenceNames {
		args[name] = strconv.Itoa(e.parts()[i])
	}
	return Basis{behaviour, args}
}

// behaviour is the code of what is on record of an account, told part by part.
const behaviour = "BEHAVIOUR"

// onRecord tells the parts of which there are any.
func (b Basis) onRecord(lang string) string {
	sayings := [5]words{
		{"续购{n}次", "repurchases {n}"}, {"参加活动{n}次", "events attended {n}"}, {"带来朋友{n}人", "friends brought {n}"},
		{"介绍{n}人", "referrals {n}"}, {"其中{n}人已购买", "of whom bought {n}"},
	}
	var parts []string
	for i, name := range evidenceNames {
		if n := b.Args[name]; n != "" && n != "0" {
			parts = append(parts, strings.ReplaceAll(sayings[i].in(lang), "{n}", n))
		}
	}
	if len(parts) == 0 {
		return words{"还没有续购、活动或介绍的记录", "no repurchase, event or referral on record"}.in(lang)
	}
	return strings.Join(parts, words{"，", ", "}.in(lang))
}

var evidenceNames = [5]string{"repurchases", "events", "friends", "referrals", "closed"}

// Missing tells what is wanted for a higher grade, one saying each; "zh" (default) or "en".
func (e Evidence) Missing(lang string) []string {
	sayings := [5]words{
		{"再续购{n}次", "repurchases: {n} more"}, {"再参加活动{n}次", "events: {n} more"}, {"再带{n}位朋友参加活动", "friends brought to events: {n} more"},
		{"再介绍{n}人", "referrals: {n} more"}, {"介绍的人再有{n}位购买", "referrals that buy: {n} more"},
	}
	var out []string
	for i, n := range e.parts() {
		if n == 0 {
			continue
		}
		out = append(out, strings.ReplaceAll(sayings[i].in(lang), "{n}", strconv.Itoa(n)))
	}
	return out
}
