package schedule

import "strings"

// words are a text in Chinese and English.
type words struct{ zh, en string }

func (w words) in(lang string) string {
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		return w.en
	}
	return w.zh
}

// In says why a stop found no place and what would make room, in "en" or else in Chinese.
func (r ShedReason) In(lang string) string { return r.words().in(lang) }

func (r ShedReason) words() words {
	switch r {
	case NoWorkingDay:
		return words{"可选日期内没有上班日（休假或节假日），可请同事代访或推迟", "No working day between its earliest and latest day (leave or holidays): let a colleague cover, or do it later"}
	case CustomerHours:
		return words{"顾客方便的时段与上班时间不重合，可与顾客另约时段或调整上班时间", "The customer's hours never meet the working hours: agree on other hours, or change the shift"}
	case CompanionAway:
		return words{"同行人员没有空，可换人同行或推迟", "Who must come along is never free: ask somebody else along, or do it later"}
	case SameDayContact:
		return words{"可选日期当天都已有对该顾客的回访，可合并到那次回访或推迟", "Every day left already has a contact with this customer: join it to that contact, or do it later"}
	case WeeklyCap:
		return words{"可选日期前后七天内对该顾客的回访已达上限，可合并到其中一次、取消其中一次或推迟", "On every day left the customer already has the most contacts allowed in seven days: join it to one of them, cancel one, or do it later"}
	case TooLong:
		return words{"所需时间（含往返路程）超过任何一段上班时间，可缩短、分两次或换离得近的人", "Longer than any working window or day, with the way there and back: shorten it, split it, or give it to somebody nearer"}
	case NoCapacity:
		return words{"没有空余工时，可换人或推迟", "No hours left on any allowed day: give it to somebody else, or do it later"}
	case OutsidePeriod:
		return words{"可选日期不在本次计划范围内，留待下次计划", "Its days lie outside the planned ones: a later plan will take it up"}
	}
	return words{string(r), string(r)}
}

// In names the rule that is broken, in "en" or else in Chinese.
func (r Rule) In(lang string) string { return r.words().in(lang) }

func (r Rule) words() words {
	switch r {
	case RuleOnce:
		return words{"每项只能安排一次或列为未安排", "each stop is planned or shed exactly once"}
	case RulePeriod:
		return words{"不在允许的日期内", "outside its allowed or the planned days"}
	case RuleHours:
		return words{"不在上班时间内", "outside the working hours"}
	case RuleCustomer:
		return words{"不在顾客方便的时段内", "outside the customer's hours"}
	case RuleTravel:
		return words{"与前后安排重叠或路上时间不够", "overlaps another stop, or there is no time to get there or back"}
	case RuleCompanion:
		return words{"同行人员没有空", "who must come along is not free"}
	case RuleSameDay:
		return words{"同一天对同一顾客有两次回访", "two contacts with one customer on one day"}
	case RuleCap:
		return words{"七天内对同一顾客的回访超过上限", "more contacts with one customer in seven days than allowed"}
	case RuleFixed:
		return words{"不在约定的日期或时间", "not on its fixed day or minute"}
	case RuleWorker:
		return words{"不由负责的人执行", "not by the worker it belongs to"}
	case RuleProblem:
		return words{"排程数据无效", "the problem is invalid"}
	}
	return words{string(r), string(r)}
}
