package care

import (
	"fmt"
	"strings"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
	"huifang/schedule"
)

// say is what goes wrong in one plain sentence, in Chinese and in English.
func (f *filling) say(e Exception, w wrong) (zh, en string) {
	switch w.kind {
	case NeglectedAccount:
		n := int(f.tx.Today - w.from)
		return fmt.Sprintf("%s已%d天没有联系上，规定每%d天一次", called(e), n, w.every),
			fmt.Sprintf("%s has not been reached for %s; every %s is due", called(e), daysEN(n), daysEN(w.every))
	case MissedContact:
		return fmt.Sprintf("%s的%s应在%s完成，已晚%d天", called(e), e.Item.Kind.In("zh"), dayZH(e.Item.DueOn), e.Days),
			fmt.Sprintf("%s: the %s was due on %s and is %s late", called(e), e.Item.Kind.In("en"), e.Item.DueOn, daysEN(e.Days))
	case PlanWithoutRoom:
		return f.sayNoRoom(e)
	case CaseNearDeadline, OpenComplaint:
		return sayCase(e)
	case ContactToReview:
		return sayReview(e)
	case SilentPhone:
		return f.sayPhone(e, w.phone)
	case WordWithoutReason:
		return f.sayWord(e, w.word)
	case ForecastKeptBack:
		return sayForecast(e, w.version)
	}
	return fmt.Sprintf("%s%s至%s休假，%d位会员在这些天有到期的回访，无人代班", e.RepName, dayZH(e.Leave.FromDay), dayZH(e.Leave.ToDay), e.Count),
		fmt.Sprintf("%s is off from %s to %s: %s with a contact due then, and nobody stands in", e.RepName, e.Leave.FromDay, e.Leave.ToDay, countEN(e.Count, "account"))
}

// called is an account with its tier.
func called(e Exception) string {
	if e.Tier == "" {
		return e.AccountName
	}
	return e.AccountName + " (" + e.Tier + ")"
}

func countEN(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func daysEN(n int) string { return countEN(n, "day") }

func dayZH(d civil.Date) string {
	_, month, day := d.YMD()
	return fmt.Sprintf("%d月%d日", month, day)
}

// sayNoRoom names the most important contacts and why the first of them found no room.
func (f *filling) sayNoRoom(e Exception) (zh, en string) {
	var names []string
	for _, s := range f.shed[e.RepID] {
		names = append(names, called(Exception{AccountName: s.AccountName, Tier: s.Tier}))
	}
	if len(names) == 0 {
		return fmt.Sprintf("%s的计划排不下%d次回访", e.RepName, e.Count),
			fmt.Sprintf("%s's plan has no room for %s", e.RepName, countEN(e.Count, "contact"))
	}
	why := schedule.ShedReason(f.shed[e.RepID][0].Why)
	return fmt.Sprintf("%s的计划排不下%d次回访，最要紧的：%s（%s）", e.RepName, e.Count, strings.Join(names, "、"), why.In("zh")),
		fmt.Sprintf("%s's plan has no room for %s, most important: %s (%s)", e.RepName, countEN(e.Count, "contact"), strings.Join(names, ", "), why.In("en"))
}

// caseNames name the kinds of case.
func caseNames(k models.CaseKind) (zh, en string) {
	switch k {
	case models.StopCase:
		return "停服", "stop"
	case models.WinBackCase:
		return "挽回", "win-back"
	case models.ReturnCase:
		return "退货", "return"
	case models.ReactionCase:
		return "不适", "reaction"
	}
	return "投诉", "complaint"
}

func sayCase(e Exception) (zh, en string) {
	zh, en = caseNames(e.Case.Kind)
	due := e.Since - 1
	zh = fmt.Sprintf("%s的%s跟进，%s到期", called(e), zh, dayZH(due))
	en = fmt.Sprintf("%s: the next step of the %s case", called(e), en)
	switch {
	case e.Days > 0:
		return zh + fmt.Sprintf("，已超%d天", e.Days), en + fmt.Sprintf(" was due on %s, %s ago", due, daysEN(e.Days))
	case e.Days == 0:
		return zh + "，就在今天", en + " is due today"
	}
	return zh + fmt.Sprintf("，还有%d天", -e.Days), en + fmt.Sprintf(" is due on %s, in %s", due, daysEN(-e.Days))
}

func sayReview(e Exception) (zh, en string) {
	var zhs, ens []string
	for _, f := range e.Flags {
		z, n := flagNames(f)
		zhs, ens = append(zhs, z), append(ens, n)
	}
	about, of := "", ""
	if e.AccountName != "" {
		about, of = "对"+called(e), " of "+called(e)
	}
	kind := e.Log.Kind
	zh = fmt.Sprintf("%s%s%s的%s需要看一看：%s", e.RepName, dayZH(e.Log.Day), about, kind.In("zh"), strings.Join(zhs, "、"))
	en = fmt.Sprintf("%s's %s%s on %s looks odd: %s", e.RepName, kind.In("en"), of, e.Log.Day, strings.Join(ens, ", "))
	if e.Answer != "" {
		return zh + "；代表已说明", en + "; the rep has answered"
	}
	return zh, en
}

func flagNames(f Flag) (zh, en string) {
	w, ok := map[Flag][2]string{
		FlagFar: {"离家远", "far from the home"}, FlagShort: {"时间太短", "too short"}, FlagMany: {"一小时内家访太多", "many visits within an hour"},
		FlagTravel: {"路程来不及", "impossible travel"}, FlagCopied: {"记录与别处相同", "copied note"}, FlagAhead: {"手机时间偏快", "the phone's clock runs ahead"},
		FlagVeryLate: {"补录太晚", "logged very late"}, FlagAfterHandover: {"会员已移交", "after the handover"}, FlagClosed: {"计划项已关闭", "its plan item was closed"},
		FlagOptedOut: {"会员不愿用这种方式", "the customer opted out of it"}, FlagAfterRevoked: {"设备已停用后送达", "delivered after the phone was revoked"},
		FlagNotPlanned: {"约定的下次没能排上", "the next step could not be planned"},
	}[f]
	if !ok {
		return string(f), string(f)
	}
	return w[0], w[1]
}

func (f *filling) sayPhone(e Exception, p models.Phone) (zh, en string) {
	hours := int(f.tx.Now.Sub(p.SeenAt).Hours())
	zh = fmt.Sprintf("%s的手机已%d小时没有消息", e.RepName, hours)
	en = fmt.Sprintf("%s's phone was not heard for %s", e.RepName, countEN(hours, "hour"))
	if n := len(p.Waiting); n > 0 {
		return zh + fmt.Sprintf("，上面还有%d条未上传", n), en + fmt.Sprintf("; it still holds %s not sent", countEN(n, "item"))
	}
	return zh, en
}

// sayWord says that a reason says nothing, or by how much the purchase was put off.
func (f *filling) sayWord(e Exception, w models.Word) (zh, en string) {
	horizon := cadence.Horizon(w.Horizon)
	if f.thin(w.Reason) {
		return fmt.Sprintf("%s把%s的续购改为%s，理由没有写清：“%s”", e.RepName, called(e), horizon.In("zh"), w.Reason),
			fmt.Sprintf("%s set the next purchase of %s to %s without a reason to speak of: “%s”", e.RepName, called(e), horizon.In("en"), w.Reason)
	}
	n := f.putOff(w)
	return fmt.Sprintf("%s把%s的续购推后了%d天（预计%s）：%s", e.RepName, called(e), n, dayZH(*w.Expected), w.Reason),
		fmt.Sprintf("%s put the next purchase of %s off by %s (%s was expected): %s", e.RepName, called(e), daysEN(n), w.Expected, w.Reason)
}
