package care

import (
	"slices"

	"huifang/civil"
	"huifang/models"
	"huifang/sheets"
)

// accountRow is a line of the accounts file: the account, the clear text of its sealed columns, and what hangs on it.
type accountRow struct {
	models.Account
	Rep, Referrer                         string // numbers
	PhoneText, AddressText                string
	HealthText, HistoryText, AllergyText  string
	Birthday, Anniversary, SpouseBirthday *sheets.Occasion
	Spouse                                string
	Tags                                  []string
	SinceGiven                            bool
	Datum                                 Datum      // of the position in the line
	today                                 civil.Date // opt-outs that are over are not written
}

func sexWords() []word[models.Sex] {
	return []word[models.Sex]{
		{models.Female, []string{"女", "FEMALE", "F", "女士"}},
		{models.Male, []string{"男", "MALE", "M", "先生"}},
	}
}

// accountTable are the columns of the accounts file: the four parts of the file of D10.
func accountTable() table[accountRow] {
	return slices.Concat(accountHard(), accountHealth(), accountSoft(), accountContact())
}

func accountHard() table[accountRow] {
	return table[accountRow]{
		{field: "number", zh: "会员号", en: "Member no", also: []string{"会员编号", "卡号", "account", "member"}, required: true,
			read: number(func(r *accountRow) *string { return &r.Number }), write: func(r accountRow) string { return r.Number }},
		{field: "name", zh: "姓名", en: "Name", also: []string{"会员姓名", "顾客姓名"}, required: true,
			read: name(func(r *accountRow) *string { return &r.Name }), write: func(r accountRow) string { return r.Name }},
		{field: "rep", zh: "负责人工号", en: "Rep no", also: []string{"售后代表", "售后代表工号", "负责人", "rep"}, required: true,
			read: number(func(r *accountRow) *string { return &r.Rep }), write: func(r accountRow) string { return r.Rep }},
		{field: "sex", zh: "性别", en: "Sex", read: choose(func(r *accountRow) *models.Sex { return &r.Sex }, sexWords()),
			write: func(r accountRow) string { return chosen(r.Sex, sexWords()) }},
		{field: "birthYear", zh: "出生年", en: "Birth year", also: []string{"出生年份"}, read: readBirthYear, write: func(r accountRow) string { return integerCell(r.BirthYear) }},
		{field: "phone", zh: "电话", en: "Phone", also: []string{"手机", "手机号", "联系电话"},
			read: phone(func(r *accountRow) *string { return &r.PhoneText }), write: func(r accountRow) string { return r.PhoneText }},
		{field: "city", zh: "城市", en: "City", read: text(maxPlace, func(r *accountRow) *string { return &r.City }), write: func(r accountRow) string { return r.City }},
		{field: "district", zh: "区县", en: "District", also: []string{"区域", "片区"}, read: text(maxPlace, func(r *accountRow) *string { return &r.District }), write: func(r accountRow) string { return r.District }},
		{field: "address", zh: "地址", en: "Address", also: []string{"家庭住址", "住址"}, read: text(maxText, func(r *accountRow) *string { return &r.AddressText }), write: func(r accountRow) string { return r.AddressText }},
		datumColumn((*accountRow).home),
		{field: "position", zh: "坐标", en: "Position", also: []string{"经纬度", "位置"},
			read: readPlace((*accountRow).home), write: writePlace((*accountRow).home)},
		{field: "since", zh: "入会日期", en: "Since", also: []string{"建档日期", "注册日期"},
			read: readSince, write: func(r accountRow) string { return r.Since.String() }},
		{field: "source", zh: "来源", en: "Source", read: text(maxPlace, func(r *accountRow) *string { return &r.Source }), write: func(r accountRow) string { return r.Source }},
		{field: "referrer", zh: "介绍人会员号", en: "Referred by", also: []string{"转介绍人", "介绍人"}, read: number(func(r *accountRow) *string { return &r.Referrer }), write: func(r accountRow) string { return r.Referrer }},
	}
}

func accountHealth() table[accountRow] {
	return table[accountRow]{
		{field: "health", zh: "健康状况", en: "Health", read: text(maxNote, func(r *accountRow) *string { return &r.HealthText }), write: func(r accountRow) string { return r.HealthText }},
		{field: "history", zh: "过往病史", en: "Medical history", also: []string{"病史"}, read: text(maxNote, func(r *accountRow) *string { return &r.HistoryText }), write: func(r accountRow) string { return r.HistoryText }},
		{field: "allergies", zh: "过敏史", en: "Allergies", also: []string{"过敏病史"}, read: text(maxNote, func(r *accountRow) *string { return &r.AllergyText }), write: func(r accountRow) string { return r.AllergyText }},
		{field: "frail", zh: "行动不便", en: "Frail", read: func(r *accountRow, c string) (err error) { r.Frail, err = sheets.YesNo(c); return err }, write: func(r accountRow) string { return yesCell(r.Frail) }},
	}
}

func accountSoft() table[accountRow] {
	return table[accountRow]{
		{field: "employer", zh: "工作单位", en: "Employer", read: text(maxShort, func(r *accountRow) *string { return &r.Employer }), write: func(r accountRow) string { return r.Employer }},
		{field: "job", zh: "职务", en: "Job", also: []string{"职业"}, read: text(maxShort, func(r *accountRow) *string { return &r.Job }), write: func(r accountRow) string { return r.Job }},
		{field: "budget", zh: "月预算", en: "Monthly budget", also: []string{"预算", "budget"}, read: readBudget, write: func(r accountRow) string { return yuanCell(r.Budget) }},
		{field: "wishes", zh: "购买意愿", en: "Wishes", also: []string{"需求"}, read: text(maxText, func(r *accountRow) *string { return &r.Wishes }), write: func(r accountRow) string { return r.Wishes }},
		{field: "manner", zh: "沟通方式", en: "Manner of talking", also: []string{"谈吐"}, read: text(maxText, func(r *accountRow) *string { return &r.Manner }), write: func(r accountRow) string { return r.Manner }},
		{field: "looks", zh: "外貌", en: "Looks", read: text(maxText, func(r *accountRow) *string { return &r.Looks }), write: func(r accountRow) string { return r.Looks }},
		{field: "habits", zh: "生活习惯", en: "Habits", read: text(maxText, func(r *accountRow) *string { return &r.Habits }), write: func(r accountRow) string { return r.Habits }},
		{field: "hobbies", zh: "爱好", en: "Hobbies", read: list(maxList, maxShort, func(r *accountRow) *[]string { return &r.Hobbies }), write: func(r accountRow) string { return listCell(r.Hobbies) }},
		{field: "interests", zh: "感兴趣产品", en: "Interests", read: list(maxList, maxShort, func(r *accountRow) *[]string { return &r.Interests }), write: func(r accountRow) string { return listCell(r.Interests) }},
		{field: "brings", zh: "可带来的人", en: "People to bring", read: text(maxText, func(r *accountRow) *string { return &r.Brings }), write: func(r accountRow) string { return r.Brings }},
		{field: "taboos", zh: "忌讳", en: "Taboos", read: text(maxText, func(r *accountRow) *string { return &r.Taboos }), write: func(r accountRow) string { return r.Taboos }},
		{field: "expectedNext", zh: "预计下次购买", en: "Expected next purchase", also: []string{"预期购买日期"},
			read: readExpected, write: func(r accountRow) string { return dayCell(r.ExpectedNextOn) }},
		{field: "tags", zh: "标签", en: "Tags", read: list(maxTags, maxTag, func(r *accountRow) *[]string { return &r.Tags }), write: func(r accountRow) string { return listCell(r.Tags) }},
	}
}

func accountContact() table[accountRow] {
	return table[accountRow]{
		{field: "birthday", zh: "生日", en: "Birthday", read: special(func(r *accountRow) **sheets.Occasion { return &r.Birthday }), write: func(r accountRow) string { return specialCell(r.Birthday) }},
		{field: "anniversary", zh: "结婚纪念日", en: "Anniversary", read: special(func(r *accountRow) **sheets.Occasion { return &r.Anniversary }), write: func(r accountRow) string { return specialCell(r.Anniversary) }},
		{field: "spouse", zh: "配偶姓名", en: "Spouse", also: []string{"老伴"}, read: text(maxShort, func(r *accountRow) *string { return &r.Spouse }), write: func(r accountRow) string { return r.Spouse }},
		{field: "spouseBirthday", zh: "配偶生日", en: "Spouse's birthday", also: []string{"老伴生日"}, read: special(func(r *accountRow) **sheets.Occasion { return &r.SpouseBirthday }), write: func(r accountRow) string { return specialCell(r.SpouseBirthday) }},
		{field: "preferred", zh: "方便时段", en: "Preferred hours", read: windows(func(r *accountRow) *[]civil.Window { return &r.Preferred }), write: func(r accountRow) string { return windowsCell(r.Preferred) }},
		{field: "quiet", zh: "免打扰时段", en: "Quiet hours", read: windows(func(r *accountRow) *[]civil.Window { return &r.Quiet }), write: func(r accountRow) string { return windowsCell(r.Quiet) }},
		{field: "optOut", zh: "拒绝联系方式", en: "No contact by", also: []string{"免联系"}, read: readOptOut, write: func(r accountRow) string { return optOutCell(r.OptOuts, r.today) }},
	}
}
