package care

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"huifang/cadence"
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
			read: short(func(r *accountRow) *string { return &r.Number }), write: func(r accountRow) string { return r.Number }},
		{field: "name", zh: "姓名", en: "Name", also: []string{"会员姓名", "顾客姓名"}, required: true,
			read: short(func(r *accountRow) *string { return &r.Name }), write: func(r accountRow) string { return r.Name }},
		{field: "rep", zh: "负责人工号", en: "Rep no", also: []string{"售后代表", "售后代表工号", "负责人", "rep"}, required: true,
			read: short(func(r *accountRow) *string { return &r.Rep }), write: func(r accountRow) string { return r.Rep }},
		{field: "sex", zh: "性别", en: "Sex", read: choose(func(r *accountRow) *models.Sex { return &r.Sex }, sexWords()),
			write: func(r accountRow) string { return chosen(r.Sex, sexWords()) }},
		{field: "birthYear", zh: "出生年", en: "Birth year", also: []string{"出生年份"}, read: readBirthYear, write: func(r accountRow) string { return yearCell(r.BirthYear) }},
		{field: "phone", zh: "电话", en: "Phone", also: []string{"手机", "手机号", "联系电话"},
			read:  func(r *accountRow, c string) (err error) { r.PhoneText, err = sheets.Phone(c); return err },
			write: func(r accountRow) string { return r.PhoneText }},
		{field: "city", zh: "城市", en: "City", read: short(func(r *accountRow) *string { return &r.City }), write: func(r accountRow) string { return r.City }},
		{field: "district", zh: "区县", en: "District", also: []string{"区域", "片区"}, read: short(func(r *accountRow) *string { return &r.District }), write: func(r accountRow) string { return r.District }},
		{field: "address", zh: "地址", en: "Address", also: []string{"家庭住址", "住址"}, read: text(func(r *accountRow) *string { return &r.AddressText }), write: func(r accountRow) string { return r.AddressText }},
		{field: "position", zh: "坐标", en: "Position", also: []string{"经纬度", "位置"}, read: readPosition, write: func(r accountRow) string { return positionCell(r.Lat, r.Lng) }},
		{field: "since", zh: "入会日期", en: "Since", also: []string{"建档日期", "注册日期"},
			read: func(r *accountRow, c string) (err error) {
				r.Since, err = sheets.Day(c)
				r.SinceGiven = err == nil
				return err
			},
			write: func(r accountRow) string { return r.Since.String() }},
		{field: "source", zh: "来源", en: "Source", read: short(func(r *accountRow) *string { return &r.Source }), write: func(r accountRow) string { return r.Source }},
		{field: "referrer", zh: "介绍人会员号", en: "Referred by", also: []string{"转介绍人", "介绍人"}, read: short(func(r *accountRow) *string { return &r.Referrer }), write: func(r accountRow) string { return r.Referrer }},
	}
}

func accountHealth() table[accountRow] {
	return table[accountRow]{
		{field: "health", zh: "健康状况", en: "Health", read: text(func(r *accountRow) *string { return &r.HealthText }), write: func(r accountRow) string { return r.HealthText }},
		{field: "history", zh: "过往病史", en: "Medical history", also: []string{"病史"}, read: text(func(r *accountRow) *string { return &r.HistoryText }), write: func(r accountRow) string { return r.HistoryText }},
		{field: "allergies", zh: "过敏史", en: "Allergies", also: []string{"过敏病史"}, read: text(func(r *accountRow) *string { return &r.AllergyText }), write: func(r accountRow) string { return r.AllergyText }},
		{field: "frail", zh: "行动不便", en: "Frail", read: func(r *accountRow, c string) (err error) { r.Frail, err = sheets.YesNo(c); return err }, write: func(r accountRow) string { return yesCell(r.Frail) }},
	}
}

func accountSoft() table[accountRow] {
	return table[accountRow]{
		{field: "employer", zh: "工作单位", en: "Employer", read: short(func(r *accountRow) *string { return &r.Employer }), write: func(r accountRow) string { return r.Employer }},
		{field: "job", zh: "职务", en: "Job", also: []string{"职业"}, read: short(func(r *accountRow) *string { return &r.Job }), write: func(r accountRow) string { return r.Job }},
		{field: "budget", zh: "月预算", en: "Monthly budget", also: []string{"预算", "budget"}, read: readBudget, write: func(r accountRow) string { return budgetCell(r.Budget) }},
		{field: "wishes", zh: "购买意愿", en: "Wishes", also: []string{"需求"}, read: text(func(r *accountRow) *string { return &r.Wishes }), write: func(r accountRow) string { return r.Wishes }},
		{field: "manner", zh: "沟通方式", en: "Manner of talking", also: []string{"谈吐"}, read: text(func(r *accountRow) *string { return &r.Manner }), write: func(r accountRow) string { return r.Manner }},
		{field: "looks", zh: "外貌", en: "Looks", read: text(func(r *accountRow) *string { return &r.Looks }), write: func(r accountRow) string { return r.Looks }},
		{field: "habits", zh: "生活习惯", en: "Habits", read: text(func(r *accountRow) *string { return &r.Habits }), write: func(r accountRow) string { return r.Habits }},
		{field: "hobbies", zh: "爱好", en: "Hobbies", read: listed(func(r *accountRow) *[]string { return &r.Hobbies }), write: func(r accountRow) string { return listCell(r.Hobbies) }},
		{field: "interests", zh: "感兴趣产品", en: "Interests", read: listed(func(r *accountRow) *[]string { return &r.Interests }), write: func(r accountRow) string { return listCell(r.Interests) }},
		{field: "brings", zh: "可带来的人", en: "People to bring", read: text(func(r *accountRow) *string { return &r.Brings }), write: func(r accountRow) string { return r.Brings }},
		{field: "taboos", zh: "忌讳", en: "Taboos", read: text(func(r *accountRow) *string { return &r.Taboos }), write: func(r accountRow) string { return r.Taboos }},
		{field: "expectedNext", zh: "预计下次购买", en: "Expected next purchase", also: []string{"预期购买日期"},
			read: func(r *accountRow, c string) error {
				day, err := sheets.Day(c)
				if err == nil {
					r.ExpectedNextOn = &day
				}
				return err
			}, write: func(r accountRow) string { return dayCell(r.ExpectedNextOn) }},
		{field: "tags", zh: "标签", en: "Tags", read: listed(func(r *accountRow) *[]string { return &r.Tags }), write: func(r accountRow) string { return listCell(r.Tags) }},
	}
}

func accountContact() table[accountRow] {
	return table[accountRow]{
		{field: "birthday", zh: "生日", en: "Birthday", read: special(func(r *accountRow) **sheets.Occasion { return &r.Birthday }), write: func(r accountRow) string { return specialCell(r.Birthday) }},
		{field: "anniversary", zh: "结婚纪念日", en: "Anniversary", read: special(func(r *accountRow) **sheets.Occasion { return &r.Anniversary }), write: func(r accountRow) string { return specialCell(r.Anniversary) }},
		{field: "spouse", zh: "配偶姓名", en: "Spouse", also: []string{"老伴"}, read: short(func(r *accountRow) *string { return &r.Spouse }), write: func(r accountRow) string { return r.Spouse }},
		{field: "spouseBirthday", zh: "配偶生日", en: "Spouse's birthday", also: []string{"老伴生日"}, read: special(func(r *accountRow) **sheets.Occasion { return &r.SpouseBirthday }), write: func(r accountRow) string { return specialCell(r.SpouseBirthday) }},
		{field: "preferred", zh: "方便时段", en: "Preferred hours", read: hours(func(r *accountRow) *[]civil.Window { return &r.Preferred }), write: func(r accountRow) string { return hoursCell(r.Preferred) }},
		{field: "quiet", zh: "免打扰时段", en: "Quiet hours", read: hours(func(r *accountRow) *[]civil.Window { return &r.Quiet }), write: func(r accountRow) string { return hoursCell(r.Quiet) }},
		{field: "optOut", zh: "拒绝联系方式", en: "No contact by", also: []string{"免联系"}, read: readOptOut, write: func(r accountRow) string { return optOutCell(r.OptOuts) }},
	}
}

func readBirthYear(r *accountRow, cell string) error {
	year, err := sheets.Integer(cell)
	if err != nil {
		return err
	}
	if year < 1900 || year > 2100 {
		return fault("YEAR", "出生年应为四位数，如 1956", "a birth year has four digits, such as 1956")
	}
	r.BirthYear = &year
	return nil
}

func readPosition(r *accountRow, cell string) error {
	at, err := sheets.ReadPosition(cell)
	if err == nil {
		r.Lat, r.Lng = &at.Lat, &at.Lng
	}
	return err
}

func readBudget(r *accountRow, cell string) error {
	fen, err := sheets.Fen(cell)
	if err == nil && fen < 0 {
		err = fault("NEGATIVE", "预算不能为负数", "a budget is not negative")
	}
	if err == nil {
		budget := models.Fen(fen)
		r.Budget = &budget
	}
	return err
}

func listed(field func(*accountRow) *[]string) func(*accountRow, string) error {
	return func(r *accountRow, cell string) error {
		items := sheets.List(cell)
		if len(items) > 50 || slices.ContainsFunc(items, func(s string) bool { return len([]rune(s)) > 60 }) {
			return fault("TOO_LONG", "最多 50 项，每项最多 60 字", "at most 50 items of at most 60 characters")
		}
		*field(r) = items
		return nil
	}
}

func special(field func(*accountRow) **sheets.Occasion) func(*accountRow, string) error {
	return func(r *accountRow, cell string) error {
		d, err := sheets.ReadOccasion(cell)
		if err == nil {
			*field(r) = &d
		}
		return err
	}
}

// hours reads windows such as "09:00-11:30、14:00-17:00".
func hours(field func(*accountRow) *[]civil.Window) func(*accountRow, string) error {
	return func(r *accountRow, cell string) error {
		var windows []civil.Window
		for _, part := range sheets.List(cell) {
			w, err := parseWindow(part)
			if err != nil {
				return err
			}
			windows = append(windows, w)
		}
		if validWindows("", windows) != nil {
			return badHours()
		}
		*field(r) = windows
		return nil
	}
}

func parseWindow(s string) (civil.Window, error) {
	from, to, ok := strings.Cut(strings.NewReplacer("—", "-", "–", "-", "~", "-", "至", "-", "：", ":").Replace(s), "-")
	if !ok {
		return civil.Window{}, badHours()
	}
	f, err := civil.ParseClock(strings.TrimSpace(from))
	if err != nil {
		return civil.Window{}, badHours()
	}
	t, err := civil.ParseClock(strings.TrimSpace(to))
	if err != nil {
		return civil.Window{}, badHours()
	}
	return civil.Window{From: f, To: t}, nil
}

func badHours() error {
	return fault("HOURS", "请写成 09:00-11:30、14:00-17:00 的样子，按先后排列", "write hours like 09:00-11:30, 14:00-17:00, in order")
}

func channelWords() []word[string] {
	return []word[string]{
		{"", []string{"全部", "ALL", "所有"}},
		{string(cadence.HomeVisit), []string{"家访", "HOME_VISIT", "上门"}},
		{string(cadence.Call), []string{"电话", "CALL"}},
		{string(cadence.Message), []string{"短信", "MESSAGE", "微信", "短信/微信"}},
		{string(cadence.Event), []string{"联谊会", "EVENT"}},
		{string(cadence.StoreVisit), []string{"到店", "STORE"}},
	}
}

// readOptOut reads channels the customer refused; they count from the day the account came.
func readOptOut(r *accountRow, cell string) error {
	var out []models.OptOut
	for _, part := range sheets.List(cell) {
		o := models.OptOut{From: optOutSince}
		if err := choose(func(o *models.OptOut) *string { return &o.Kind }, channelWords())(&o, part); err != nil {
			return err
		}
		out = append(out, o)
	}
	r.OptOuts = out
	return nil
}

// optOutSince is "always": a file does not say since when.
const optOutSince = civil.Date(0)

func yearCell(year *int) string {
	if year == nil {
		return ""
	}
	return strconv.Itoa(*year)
}

func dayCell(d *civil.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func yesCell(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func listCell(items []string) string { return strings.Join(items, "、") }

func budgetCell(f *models.Fen) string {
	if f == nil {
		return ""
	}
	return yuan(*f)
}

// yuan writes money as spreadsheets do: 1234.50.
func yuan(f models.Fen) string { return fmt.Sprintf("%d.%02d", f/100, f%100) }

func positionCell(lat, lng *float64) string {
	if lat == nil || lng == nil {
		return ""
	}
	return strconv.FormatFloat(*lat, 'f', -1, 64) + "," + strconv.FormatFloat(*lng, 'f', -1, 64)
}

func specialCell(d *sheets.Occasion) string {
	if d == nil {
		return ""
	}
	return occasionCell(*d)
}

// occasionCell writes a day of every year as import reads it: 1956-03-15, 03-15, 农历 08-15, 农历闰 04-01.
func occasionCell(o sheets.Occasion) string {
	day := fmt.Sprintf("%02d-%02d", o.Month, o.Day)
	if o.Year != 0 {
		day = fmt.Sprintf("%04d-%s", o.Year, day)
	}
	switch {
	case o.Leap:
		return "农历闰 " + day
	case o.Lunar:
		return "农历 " + day
	}
	return day
}

func hoursCell(windows []civil.Window) string {
	parts := make([]string, len(windows))
	for i, w := range windows {
		parts[i] = w.From.Clock() + "-" + w.To.Clock()
	}
	return strings.Join(parts, "、")
}

func optOutCell(optOuts []models.OptOut) string {
	parts := make([]string, len(optOuts))
	for i, o := range optOuts {
		parts[i] = chosen(o.Kind, channelWords())
	}
	return strings.Join(parts, "、")
}
