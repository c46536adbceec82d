package demo

import (
	"huifang/civil"
	"huifang/models"
)

var (
	elderHealth = []string{"高血压，服药控制", "2型糖尿病，餐后偏高", "血脂偏高", "骨质疏松", "膝关节退变，上下楼疼", "腰椎间盘突出，久坐不适",
		"睡眠浅，凌晨三点醒", "慢性胃炎，饭后胀", "便秘", "冠心病，支架术后", "白内障术后一年", "听力下降，说话要大声", "轻度脂肪肝", "颈椎病，偶尔头晕", "高血压合并糖尿病"}
	adultHealth  = []string{"甲状腺结节，每年复查", "贫血", "经期不调", "颈椎不适", "失眠，工作压力大", "慢性咽炎", "过敏性鼻炎", "产后恢复中", "皮肤敏感"}
	elderHistory = []string{"2019年胆囊切除", "2021年脑梗，恢复可", "2018年心脏支架一枚", "阑尾炎手术史", "2022年右膝置换", "肺结核史，已愈", "2020年白内障手术", "2017年腰椎手术", "胃溃疡史"}
	adultHistory = []string{"剖宫产一次", "阑尾炎手术史", "甲状腺手术后服药", "2020年子宫肌瘤手术"}
	allergies    = []string{"青霉素过敏", "磺胺类过敏", "头孢过敏", "海鲜过敏", "花粉过敏", "对蜂制品过敏", "牛奶蛋白过敏", "阿司匹林不耐受", "酒精过敏"}

	elderHobbies = []string{"钓鱼", "养花", "下象棋", "广场舞", "太极拳", "书法", "打麻将", "听戏", "养鸟", "散步", "唱歌", "乒乓球", "摄影", "种菜", "旅游", "追剧"}
	adultHobbies = []string{"瑜伽", "烘焙", "旅游", "追剧", "跑步", "插花", "逛街", "摄影", "看书", "羽毛球", "露营", "亲子活动"}

	elderHabits = []string{"早上六点晨练，八点后在家", "午睡到两点半", "晚饭后散步", "每周三去老年大学", "爱喝浓茶", "口味偏咸", "一天一包烟，正在减", "早睡早起", "上午买菜，十点后在家", "每天测血压并记本子"}
	adultHabits = []string{"工作日六点后方便", "周末带孩子，下午有空", "常加班熬夜", "爱喝咖啡", "微信回得快，不爱接电话", "早上送完孩子有空", "午休十二点到一点半"}
	manners     = []string{"爱聊家常，慢慢说", "性子急，直说重点", "话不多，要多问", "讲道理，喜欢看资料", "热情，爱拉人一起", "要面子，多夸几句", "谨慎，价格要说清", "耳背，大声慢讲", "喜欢先听别人的例子", "信任专家，最好专家说"}
	looks       = []string{"银发，戴眼镜", "短卷发，爱穿红色", "高瘦，拄拐", "圆脸爱笑", "微胖，走路慢", "打扮讲究", "戴助听器", "白净，说话轻"}
	wishes      = []string{"睡个整觉", "少吃点药", "血压稳住", "膝盖不疼，能带孙子", "体重降十斤", "皮肤状态好一点", "孩子少生病", "能去旅游", "把血糖控制下来", "跟老伴一起调理", "想等活动再买", "想试试新品"}
	taboos      = []string{"不谈子女", "不当着老伴说价格", "忌提年龄", "不进卧室，门口换鞋", "不喜欢推销口气", "家里有狗，先打电话", "不吃素以外的试吃品"}
	elderJobs   = [][2]string{{"丝织厂", "退休工人"}, {"中学", "退休教师"}, {"市一医院", "退休护士"}, {"供销社", "退休职工"}, {"铁路局", "退休"}, {"机床厂", "退休技工"}, {"街道办", "退休干部"}, {"", "务农"}, {"", "家庭主妇"}, {"公交公司", "退休司机"}, {"大学", "退休教授"}, {"百货公司", "退休营业员"}}
	adultJobs   = [][2]string{{"银行", "柜员"}, {"互联网公司", "运营"}, {"小学", "教师"}, {"", "个体经营"}, {"", "全职妈妈"}, {"保险公司", "内勤"}, {"医院", "护士"}, {"外贸公司", "会计"}, {"物业公司", "客服主管"}, {"设计院", "工程师"}}
)

// health fills the sealed columns for a share of the accounts.
func (m *maker) health(l *life) {
	p := &l.person
	if l.group != elder {
		p.Health, p.History = m.maybe(0.22, adultHealth), m.maybe(0.12, adultHistory)
		p.Allergies = m.maybe(0.09, allergies)
		return
	}
	p.Health, p.History = m.maybe(0.68, elderHealth), m.maybe(0.33, elderHistory)
	p.Allergies = m.maybe(0.12, allergies)
	p.Account.Frail = m.chance([]float64{0.03, 0.25}[l.age/76]) // ages end at 84
}

// maybe draws a text in the share p of all throws, else none.
func (m *maker) maybe(p float64, texts []string) string {
	if !m.chance(p) {
		return ""
	}
	return pick(m.dice, texts)
}

func (m *maker) softFacts(l *life) {
	a := &l.person.Account
	jobs, hobbies, habits := adultJobs, adultHobbies, adultHabits
	if l.group == elder {
		jobs, hobbies, habits = elderJobs, elderHobbies, elderHabits
	}
	if m.chance(0.75) {
		job := pick(m.dice, jobs)
		a.Employer, a.Job = job[0], job[1]
	}
	if m.chance(0.5) {
		a.Budget = ptr(models.Fen(m.between(2, 16) * 10_000))
	}
	a.Wishes, a.Manner, a.Looks = m.maybe(0.55, wishes), m.maybe(0.7, manners), m.maybe(0.25, looks)
	a.Habits, a.Taboos = m.maybe(0.65, habits), m.maybe(0.12, taboos)
	a.Hobbies = some(m.dice, hobbies, m.between(0, 3))
	m.likings(l)
}

// likings are the two or three articles an account buys, and what else it is interested in.
func (m *maker) likings(l *life) {
	seen := map[int]bool{}
	for range m.between(2, 3) {
		i := draw(m.dice, taste(l.group))
		if !seen[i] {
			l.likes = append(l.likes, i)
		}
		seen[i] = true
	}
	if i := draw(m.dice, taste(l.group)); m.chance(0.4) {
		l.person.Account.Interests = []string{articles[i].short}
	}
	l.quantity = draw(m.dice, []weighted[int]{{2, 1}, {4, 2}, {5, 3}})
	l.usage = min(max(m.factor(1.08, 0.16), 0.7), 1.7)
}

// wishesOfContact are preferred and quiet hours, opt-outs and pauses (D19).
func (m *maker) wishesOfContact(l *life) {
	a := &l.person.Account
	if m.chance(0.28) {
		a.Preferred = []civil.Window{pick(m.dice, []civil.Window{{From: 9 * 60, To: 11*60 + 30}, {From: 14*60 + 30, To: 17 * 60}, {From: 15 * 60, To: 18 * 60}})}
	}
	if m.chance(0.24) {
		a.Quiet = []civil.Window{pick(m.dice, []civil.Window{{From: 12 * 60, To: 14*60 + 30}, {From: 11*60 + 30, To: 14 * 60}, {From: 8 * 60, To: 9*60 + 30}})}
	}
	if m.chance(0.018) {
		kind := pick(m.dice, []string{"HOME_VISIT", "CALL", "MESSAGE", "MESSAGE", ""})
		a.OptOuts = []models.OptOut{{Kind: kind, From: max(a.Since, m.today-200) + m.days(0, int(m.today-1-max(a.Since, m.today-200)))}}
	}
	m.pause(l)
}

// pause holds contacts of a few: some paused long ago, some are away now.
func (m *maker) pause(l *life) {
	if !m.chance(0.035) {
		return
	}
	a := &l.person.Account
	from := max(a.Since, m.today-300)
	if m.chance(0.4) {
		from = max(from, m.today-18)
	}
	from += m.days(0, int(m.today-1-from))
	to := from + m.days(10, 45)
	at := m.moment(from)
	l.pauses = append(l.pauses, civil.Span{From: from, To: &to})
	m.book.Pauses = append(m.book.Pauses, models.Pause{
		ID: m.key(at), AccountID: &a.ID, FromDay: from, ToDay: &to, CreatedBy: l.rep.user, CreatedAt: at,
		Reason: pick(m.dice, []string{"去外地女儿家", "住院", "出国旅游", "家中有丧事", "装修搬家暂住外面", "回老家带孙子"}),
	})
}
