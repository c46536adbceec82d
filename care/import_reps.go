package care

import (
	"strings"

	"huifang/auth"
	"huifang/models"
)

// repRow is a line of the reps file: a user with the store and the team they belong to.
type repRow struct {
	Number, Name, Login, Phone      string
	Role                            auth.Role
	Store, StoreName, City, Address string
	Team, TeamName                  string
	Mode                            models.Mode
	Datum                           Datum    // of the start in the line
	Lat, Lng                        *float64 // where the day starts
	line                            int      // of the file
}

func (r repRow) inTeam() bool { return r.Role == auth.Rep || r.Role == auth.Supervisor }

func roleWords() []word[auth.Role] {
	return []word[auth.Role]{
		{auth.Rep, []string{"售后代表", "REP", "代表", "客服", "售后", "员工"}},
		{auth.Expert, []string{"专家", "EXPERT", "售后医生", "医生"}},
		{auth.Supervisor, []string{"主管", "SUPERVISOR", "店长", "组长"}},
		{auth.Manager, []string{"经理", "MANAGER", "营运部", "营运"}},
		{auth.Admin, []string{"管理员", "ADMIN"}},
	}
}

func modeWords() []word[models.Mode] {
	return []word[models.Mode]{
		{models.Walk, []string{"步行", "WALK", "走路"}},
		{models.EBike, []string{"电动车", "EBIKE", "e-bike", "电瓶车"}},
		{models.Car, []string{"汽车", "CAR", "开车", "自驾"}},
		{models.Bus, []string{"公交", "BUS", "公共交通", "地铁"}},
	}
}

// repTable are the columns of the reps file.
func repTable() table[repRow] {
	return table[repRow]{
		{field: "number", zh: "工号", en: "Staff no", also: []string{"员工号", "员工编号", "rep", "rep no"}, required: true,
			read: number(func(r *repRow) *string { return &r.Number }), write: func(r repRow) string { return r.Number }},
		{field: "name", zh: "姓名", en: "Name", also: []string{"员工姓名"}, required: true,
			read: name(func(r *repRow) *string { return &r.Name }), write: func(r repRow) string { return r.Name }},
		{field: "role", zh: "角色", en: "Role", also: []string{"岗位", "职务"},
			read:  choose(func(r *repRow) *auth.Role { return &r.Role }, roleWords()),
			write: func(r repRow) string { return chosen(r.Role, roleWords()) }},
		{field: "login", zh: "登录名", en: "Login", also: []string{"账号", "用户名"}, read: readLogin, write: func(r repRow) string { return r.Login }},
		{field: "phone", zh: "手机", en: "Phone", also: []string{"电话", "手机号"},
			read: phone(func(r *repRow) *string { return &r.Phone }), write: func(r repRow) string { return r.Phone }},
		{field: "storeNo", zh: "门店编号", en: "Store no", also: []string{"店号"},
			read: number(func(r *repRow) *string { return &r.Store }), write: func(r repRow) string { return r.Store }},
		{field: "store", zh: "门店", en: "Store", also: []string{"门店名称", "store name"},
			read: text(maxNumber, func(r *repRow) *string { return &r.StoreName }), write: func(r repRow) string { return r.StoreName }},
		{field: "city", zh: "城市", en: "City", read: text(maxPlace, func(r *repRow) *string { return &r.City }), write: func(r repRow) string { return r.City }},
		{field: "storeAddress", zh: "门店地址", en: "Store address",
			read: text(maxAddress, func(r *repRow) *string { return &r.Address }), write: func(r repRow) string { return r.Address }},
		{field: "teamNo", zh: "小组编号", en: "Team no", also: []string{"组号"},
			read: number(func(r *repRow) *string { return &r.Team }), write: func(r repRow) string { return r.Team }},
		{field: "team", zh: "小组", en: "Team", also: []string{"团队", "小组名称", "team name"},
			read: text(maxNumber, func(r *repRow) *string { return &r.TeamName }), write: func(r repRow) string { return r.TeamName }},
		{field: "mode", zh: "出行方式", en: "Travels by", also: []string{"交通方式", "travel", "mode"},
			read:  choose(func(r *repRow) *models.Mode { return &r.Mode }, modeWords()),
			write: func(r repRow) string { return chosen(r.Mode, modeWords()) }},
		datumColumn((*repRow).start),
		{field: "start", zh: "出发位置", en: "Starts at", also: []string{"出发坐标", "start position"},
			read: readPlace((*repRow).start), write: writePlace((*repRow).start)},
	}
}

// readLogin takes a login as the sign-in knows it: lower case.
func readLogin(r *repRow, cell string) error {
	r.Login = strings.ToLower(cell)
	if !goodLogin(r.Login) {
		return badLogin()
	}
	return nil
}

func goodLogin(login string) bool {
	return len(login) >= 2 && len(login) <= 64 && !strings.ContainsFunc(login, notLogin)
}

func badLogin() error {
	return fault("LOGIN", "登录名为 2 到 64 个字母、数字、点、横线或下划线，请填写登录名一列",
		"a login has 2 to 64 letters, digits, dots, dashes or underscores: fill in the login column")
}

func noTeam() error {
	return fault("NO_TEAM", "售后代表和主管必须属于门店和小组，请填写", "reps and supervisors belong to a store and a team: fill in both")
}
