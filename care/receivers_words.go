package care

import "fmt"

// Words are the grounds for a receiver, "zh" or "en".
func (r Receiver) Words(lang string) []string {
	if lang == "en" {
		return r.english()
	}
	return r.chinese()
}

func (r Receiver) chinese() []string {
	out := []string{fmt.Sprintf("负荷从 %s 到 %s。", percent(r.Utilisation), percent(r.UtilisationAfter))}
	if r.idle {
		out = []string{"今后四周没有上班时间。"}
	}
	if r.Metres != nil {
		out = append(out, fmt.Sprintf("离自己的会员或出发地平均 %s。", howFar(*r.Metres, "米", "公里")))
	}
	if r.Known > 0 {
		out = append(out, fmt.Sprintf("%d 位会员中照顾过 %d 位。", r.asked, r.Known))
	}
	if r.Friends > 0 {
		out = append(out, fmt.Sprintf("有 %d 位与其会员是转介绍关系。", r.Friends))
	}
	if r.AwayFrom != nil {
		out = append(out, fmt.Sprintf("%s 起休假。", r.AwayFrom))
	}
	return out
}

func (r Receiver) english() []string {
	out := []string{fmt.Sprintf("Load goes from %s to %s.", percent(r.Utilisation), percent(r.UtilisationAfter))}
	if r.idle {
		out = []string{"No working hours in the next four weeks."}
	}
	if r.Metres != nil {
		out = append(out, fmt.Sprintf("%s from own accounts or start, on average.", howFar(*r.Metres, "m", "km")))
	}
	if r.Known > 0 {
		out = append(out, fmt.Sprintf("Has cared for %d of %s.", r.Known, numbered(r.asked, "account")))
	}
	if r.Friends > 0 {
		out = append(out, fmt.Sprintf("%d tied to their accounts by a referral.", r.Friends))
	}
	if r.AwayFrom != nil {
		out = append(out, fmt.Sprintf("On leave from %s.", r.AwayFrom))
	}
	return out
}

func howFar(metres float64, near, far string) string {
	if metres < 1000 {
		return fmt.Sprintf("%.0f %s", metres, near)
	}
	return fmt.Sprintf("%.1f %s", metres/1000, far)
}
