package demo

import (
	"fmt"
	"strings"

	"huifang/cadence"
)

// topic is what a contact is about, which decides its note.
type topic int

const (
	aboutCare topic = iota
	aboutPhase
	aboutStop
	aboutReturn
	aboutReaction
	aboutRelief
	aboutBirthday
	aboutEvent
	aboutFirst // a member who has not bought yet
)

// Answers about the product, in the codes of care, and how the contact felt, in the rep's words.
var (
	usages   = []weighted[string]{{74, "REGULAR"}, {22, "IRREGULAR"}, {4, "STOPPED"}}
	effects  = []weighted[string]{{32, "GOOD"}, {44, "SOME"}, {22, "NONE"}, {2, "DISCOMFORT"}}
	feelings = []weighted[string]{{25, "热情"}, {15, "信任"}, {38, "平和"}, {12, "客气"}, {7, "冷淡"}, {1, "不满"}}
)

var (
	phaseNotes = [5][]string{
		{"感谢选购，讲了{品}的吃法：饭后半小时，温水。", "电话致谢，提醒{品}按说明用，别断。", "说明书字小，帮着把用量写在盒子上。", "家里人问得细，逐条答了，约好一周后再看。", "已拆封，第一天用，没有不适。"},
		{"{品}用了四天，{用法}。", "有两天忘了吃，教她放在电饭锅旁边。", "刚开始用有点口干，说明正常，多喝水。", "{用法}，饭量睡眠都正常，建议每天走四十分钟。"},
		{"{品}用了近两周，{效果}。", "约下周来店里做免费检测。", "{效果}，邀请参加月底健康讲座，说考虑。", "{用法}，聊了家里情况，家人也想了解。"},
		{"专家详细问了前后变化：{效果}。", "对比第一次记录，{效果}，已记入档案。", "对价格还有疑虑，算了每天的花费，接受。", "{效果}，顾虑是怕和别的药冲突，专家已解释，间隔一小时。"},
		{"满一个月，{效果}，还剩不多。", "{用法}，一个月下来{效果}，愿意在讲座上说两句。", "还没看出变化，鼓励按疗程来，三个月再评。", "{效果}，说邻居也想试，约周末带来店里。"},
	}
	visitNotes = []string{"上门测血压{血压}，{用法}。", "{效果}，{用法}。", "在家，气色不错，聊了半小时家常。{效果}。", "帮着把{品}按天分好装盒，{用法}。", "老伴也在，问了{品}能不能一起吃，已解答。",
		"血压{血压}，提醒少盐，{效果}。", "送了小区活动通知，{效果}。", "{用法}，剩{剩}天的量。", "陪着走了一圈小区，膝盖还行。{效果}。", "家里换了新手机，教会了看健康小程序。", "刚从医院复查回来，指标稳定，{用法}。", "最近天凉，提醒添衣，{效果}。"}
	callNotes = []string{"{用法}，{效果}。", "电话回访，一切正常。", "{用法}，还有{剩}天左右的量。", "问候天气变化，提醒量血压。", "在带孙子，简单说两句，{效果}。", "说{效果}，让我下周再去坐坐。",
		"提醒{品}快用完了，说等儿子回来商量。", "{用法}，下月想趁活动一起买。", "接电话挺高兴，{效果}。", "在外面买菜，约了上门时间。", "{用法}，睡眠一般。"}
	youngVisitNotes = []string{"上门送货，{效果}。", "{用法}，聊了护理和作息。", "孩子在午睡，轻声聊了十分钟，{效果}。", "{效果}，要了新品试用装。", "{用法}，剩{剩}天左右的量。", "刚下班，站门口聊几句，{用法}。", "看了她记的打卡表，{用法}，{效果}。", "{效果}，问有没有老会员优惠。"}
	youngCallNotes  = []string{"{用法}，{效果}。", "上班时间，简短说两句，一切正常。", "{用法}，还有{剩}天左右的量。", "让加微信发活动图。", "{效果}，等大促再囤。", "接孩子路上，约晚上再聊。", "{用法}，提醒{品}快用完了。", "说{效果}，同事也想试。"}
	firstNotes      = []string{"介绍了门店和免费检测，说有空来看。", "对{品}感兴趣，先了解。", "留了资料，家里还有别的牌子没吃完。", "愿意参加讲座，没有购买意向。", "儿女不同意买保健品，先做朋友。"}

	stopNotes = map[cadence.StopCause][]string{
		cadence.EffectOrQuality: {"来电说吃了没效果，停用。", "反映胶囊有异味，不敢再用。", "用后胃不舒服，自己停了。", "效果不如从前，怀疑换了配方。"},
		cadence.BadService:      {"不满两次约好没上门。", "投诉活动赠品没兑现。", "嫌电话太勤，生气停用。", "换货拖了两周，意见很大。"},
		cadence.Competitor:      {"小区里另一家送鸡蛋搞讲座，买了他们的。", "女儿从网上买了同类产品，便宜一半。", "亲戚做直销，改用亲戚家的。"},
	}
	reviewNotes   = []string{"自查：近两月只打电话没上门，被对手抢先。", "自查：续购前没及时提醒，价格优惠没讲清。", "自查：对同类产品了解不够，顾客问到答不上。"}
	stopVisits    = []string{"当面致歉，听顾客说完，记下三条意见，答应三天内答复。", "上门看了剩余产品，批号正常，约专家来电解释。", "带了对比资料，顾客愿意再想想。", "态度缓和，留下吃了水果，说再看看。", "经理一起来的，赠品当面补上，气消了大半。"}
	returnVisits  = []string{"上门取回退货，确认原因，费用已走流程。", "退货沟通顺利，保留一盒继续试。", "家人在场，解释清楚，退款后关系不受影响。"}
	reactionNotes = []string{"来电说用后起小红疹，让先停用，专家明天上门。", "反映拉肚子两天，已停，转专家。", "服后心慌，嘱停用并量血压，必要时就医。", "说胃胀反酸，先停两天，专家跟进。"}
	reliefVisits  = []string{"专家上门，症状已消，减半量再观察。", "考虑与饮食有关，停三天后好转，不再继续。", "建议门诊检查，顾客同意，费用自理。"}
	birthdayNotes = []string{"生日祝福，很高兴，说难得还记得。", "祝生日快乐，送生日券一张。", "电话祝寿，全家在吃饭，不多打扰。", "生日问候，约周末送长寿面。"}
	eventNotes    = []string{"参加联谊会，听完讲座，做了血管检测。", "来联谊会，还带了一位邻居。", "到场，前排就座，提了两个问题。", "活动上分享了使用体会，大家鼓掌。"}
	absentNotes   = []string{"敲门无人，邻居说出去买菜了。", "不在家，留了便条。", "电话没人接，门口等十分钟。", "去女儿家了，下周回。"}
	silentNotes   = []string{"", "", "", "无人接听。", "响了很久没接，晚点再打。", "占线两次。", "关机。"}
	laterNotes    = []string{"正在做饭，让晚点再来。", "家里有客，改天。", "在午休，约下午。", "开会，让明天联系。"}
	refusedNotes  = []string{"说最近不需要，别打了。", "没开门，隔着门说不用。", "情绪不好，没多说。"}
	wonNotes      = []string{"恢复使用，赠品已补", "换成小包装后继续", "专家解释后放心，已续购意向", "更换代表后满意"}
	lostNotes     = []string{"明确不再购买，止损", "已改用他家，关系维持", "子女坚决反对", "经济原因，不再跟进"}
	nextSteps     = []string{"下周带试用装上门", "提醒复查", "约专家电话", "送活动邀请函", "月底前谈续购", "帮取药", "带老花镜过去", "回访睡眠情况", "问问邻居意向"}
	usageWords    = []string{"按时在用", "早晚各一次，没断过", "偶尔漏一次", "{品}每天都吃", "周末容易忘", "隔天吃一次，说省着点", "自己减了量"}
)

// note fills a text with the account's own facts.
func (m *maker) note(l *life, texts []string, left int) string {
	text := pick(m.dice, texts)
	article := articles[l.likes[0]]
	effect := "没什么特别感觉"
	if len(article.effects) > 0 {
		effect = pick(m.dice, article.effects)
	}
	usage := pick(m.dice, usageWords)
	return strings.NewReplacer(
		"{用法}", strings.ReplaceAll(usage, "{品}", article.short),
		"{品}", article.short,
		"{效果}", effect,
		"{血压}", fmt.Sprintf("%d/%d", m.between(118, 162), m.between(68, 96)),
		"{剩}", fmt.Sprint(max(left, 3)),
	).Replace(text)
}

// texts are what a rep would write about a contact that reached the customer.
func texts(t task) []string {
	switch t.topic {
	case aboutPhase:
		return phaseNotes[t.phase]
	case aboutStop:
		return stopVisits
	case aboutReturn:
		return returnVisits
	case aboutReaction:
		return reactionNotes
	case aboutRelief:
		return reliefVisits
	case aboutBirthday:
		return birthdayNotes
	case aboutEvent:
		return eventNotes
	case aboutFirst:
		return firstNotes
	}
	return everyday(t.life.group, t.kind)
}

func everyday(g group, kind cadence.Kind) []string {
	switch {
	case g == elder && kind == cadence.HomeVisit:
		return visitNotes
	case g == elder:
		return callNotes
	case kind == cadence.HomeVisit:
		return youngVisitNotes
	}
	return youngCallNotes
}

// missed are what a rep would write when the customer was not reached.
func missed(o cadence.Outcome) []string {
	switch o {
	case cadence.NotHome:
		return absentNotes
	case cadence.ComeBack:
		return laterNotes
	case cadence.Refused:
		return refusedNotes
	}
	return silentNotes
}
