package care

import (
	"strings"
	"unicode/utf8"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
	"huifang/sheets"
)

// knownPeople reads who is there, with their stores and teams.
func (im *importer) knownPeople() error {
	shops, teams, err := im.tx.Places()
	if err != nil {
		return err
	}
	im.places = placesOf(shops, teams)
	users, err := im.tx.Staff()
	im.people, im.logins, im.holders = map[string]models.User{}, map[string]id.ID{}, map[string]holder{}
	for _, u := range users {
		im.people[staffNumber(u)] = u
		im.logins[u.Login] = u.ID
		fit := auth.Role(u.Role) == auth.Rep && u.StoreID != nil && u.DisabledAt == nil
		im.holders[staffNumber(u)] = holder{u.ID, u.StoreID, fit}
	}
	return err
}

// staffNumber is what files call a user: who has no number goes by the login.
func staffNumber(u models.User) string {
	if u.Number != "" {
		return u.Number
	}
	return u.Login
}

func (im *importer) checkReps(report *FileReport, file *ImportFile) error {
	numbers, logins, teams := seen{}, seen{}, map[string]string{}
	return lines(pass{im, "check", file, report}, repTable(), func(l line[repRow]) error {
		report.Rows++
		var row repRow
		problems := l.fill(&row)
		known, ok := im.people[row.Number]
		row.line = l.row.Line
		im.complete(&row, known)
		if first := numbers.before(row.Number, l.row.Line); first > 0 {
			problems = append(problems, l.problem("number", duplicate(first)))
		}
		if len(problems) == 0 {
			problems = append(problems, im.badLogins(l, row, known.ID, logins)...)
			problems = append(problems, im.badTeam(l, row, teams)...)
			problems = append(problems, im.badRole(l, row, known, ok)...)
		}
		report.add(problems...)
		im.expect(row, known)
		return nil
	})
}

// expect notes a row that will be there when the other files are read, so that one bad row is one problem only.
func (im *importer) expect(row repRow, known models.User) {
	if row.Number == "" {
		return
	}
	h := holder{known.ID, known.StoreID, row.Role == auth.Rep && known.DisabledAt == nil}
	if h.id.IsZero() {
		h.id = im.tx.NewID()
	}
	im.holders[row.Number] = h
	im.repRows = append(im.repRows, row)
}

// complete fills what a row leaves blank with what is known of the user, or with what follows from the other cells.
func (im *importer) complete(r *repRow, known models.User) {
	if r.Role == "" {
		r.Role = auth.Role(known.Role)
	}
	if r.Role == "" {
		r.Role = auth.Rep
	}
	if r.Login == "" {
		r.Login = known.Login
	}
	if r.Login == "" {
		r.Login = strings.ToLower(r.Number)
	}
	im.places.completeStore(r, known)
	im.places.completeTeam(r, known)
	if !r.inTeam() {
		r.Team, r.TeamName = "", ""
	}
}

// badLogins finds logins that cannot be, or are somebody else's: in the file, or in the database as it is now.
func (im *importer) badLogins(l line[repRow], row repRow, user id.ID, logins seen) []sheets.Problem {
	var problems []sheets.Problem
	owner, taken := im.logins[row.Login]
	switch {
	case taken && owner == user:
	case !goodLogin(row.Login):
		problems = append(problems, l.problem("login", badLogin()))
	case taken:
		problems = append(problems, l.problem("login", faultf("LOGIN_TAKEN",
			"登录名 %s 已属于其他员工，请另选一个", "login %s belongs to somebody else: choose another", row.Login)))
	}
	if first := logins.before(row.Login, l.row.Line); first > 0 {
		problems = append(problems, l.problem("login", duplicate(first)))
	}
	return problems
}

// badTeam holds reps and supervisors to a team, and a team to one store.
func (im *importer) badTeam(l line[repRow], row repRow, teams map[string]string) []sheets.Problem {
	if !row.inTeam() {
		return nil
	}
	if row.Store == "" {
		return []sheets.Problem{l.problem("storeNo", noTeam())}
	}
	if row.Team == "" {
		return []sheets.Problem{l.problem("teamNo", noTeam())}
	}
	if utf8.RuneCountInString(row.Team) > maxNumber {
		return []sheets.Problem{l.problem("team", tooLong(maxNumber-1-utf8.RuneCountInString(row.Store)))}
	}
	store, ok := im.places.storeOfTeam(row.Team)
	if !ok {
		store, ok = teams[row.Team]
	}
	if ok && store != row.Store {
		return []sheets.Problem{l.problem("teamNo", faultf("TEAM_STORE",
			"小组 %s 属于门店 %s；请改正门店，或换一个小组编号", "team %s belongs to store %s: correct the store, or give this team another number", row.Team, store))}
	}
	teams[row.Team] = row.Store
	return nil
}

// badRole keeps managers, who may import, from making managers and admins, which only admins may, or taking their logins.
func (im *importer) badRole(l line[repRow], row repRow, known models.User, ok bool) []sheets.Problem {
	above := func(r auth.Role) bool { return r == auth.Manager || r == auth.Admin }
	same := ok && auth.Role(known.Role) == row.Role && known.Login == row.Login
	if im.by == nil || same || !above(row.Role) && !above(auth.Role(known.Role)) {
		return nil
	}
	return []sheets.Problem{l.problem("role", fault("NOT_YOURS",
		"经理和管理员只能由管理员添加或修改，请从文件中删除此行", "only an admin adds or changes managers and admins: take this line out of the file"))}
}
