package care

import (
	"slices"

	"huifang/models"
	"huifang/sheets"
)

// referral is a row that names a member who has not been seen yet: the row of the member may follow.
type referral struct {
	to      string
	problem sheets.Problem
}

func (im *importer) checkAccounts(report *FileReport, file *ImportFile) error {
	numbers := seen{}
	var later []referral
	err := lines(pass{im, "check", file, report}, accountTable(), func(l line[accountRow]) error {
		report.Rows++
		row := accountRow{today: im.tx.Today}
		problems := l.fill(&row)
		if first := numbers.before(row.Number, l.row.Line); first > 0 {
			problems = append(problems, l.problem("number", duplicate(first)))
		}
		report.add(slices.Concat(problems, im.badHolder(l, row), im.badDays(l, row), badReferrer(l, row))...)
		if _, ok := im.accounts[row.Referrer]; row.Referrer != "" && !ok {
			later = append(later, referral{row.Referrer, l.problem("referrer", unknownMember("请改正或留空", "correct it or leave it empty"))})
		}
		im.expectAccount(row)
		return nil
	})
	if !im.unread[accountsFile] {
		report.merge(im.nobody(later))
	}
	return err
}

func badReferrer(l line[accountRow], row accountRow) []sheets.Problem {
	if row.Referrer == "" || row.Referrer != row.Number {
		return nil
	}
	return []sheets.Problem{l.problem("referrer", fault("SELF", "介绍人不能是本人，请改正或留空", "nobody refers themselves: correct it or leave it empty"))}
}

// expectAccount gives the key to a member who is not there yet.
func (im *importer) expectAccount(row accountRow) {
	if _, ok := im.accounts[row.Number]; ok || row.Number == "" {
		return
	}
	im.accounts[row.Number] = models.AccountKeys{ID: im.tx.NewID(), RepID: im.holders[row.Rep].id}
}

// nobody are the referrals to members whose rows did not follow.
func (im *importer) nobody(later []referral) []sheets.Problem {
	var problems []sheets.Problem
	for _, r := range later {
		if _, ok := im.accounts[r.to]; !ok {
			problems = append(problems, r.problem)
		}
	}
	return problems
}

func unknownMember(zh, en string) error {
	return fault("UNKNOWN", "没有这个会员号；"+zh, "nobody has this member number: "+en)
}

func erased() error {
	return fault("ERASED", "该会员的档案已按规定清除，不能再导入；请删除此行", "this member's file has been erased and takes nothing any more: delete the line")
}

// badHolder asks for an active rep of a store, unless the account is theirs already.
func (im *importer) badHolder(l line[accountRow], row accountRow) []sheets.Problem {
	known, ok := im.accounts[row.Number]
	if ok && known.Erased {
		return []sheets.Problem{l.problem("number", erased())}
	}
	if row.Rep == "" || im.unread[repsFile] {
		return nil
	}
	h, ok := im.holders[row.Rep]
	if !ok {
		return []sheets.Problem{l.problem("rep", fault("UNKNOWN",
			"没有这个工号的员工；请先导入员工表，或改正工号", "nobody has this staff number: import the reps first, or correct it"))}
	}
	if !h.fit && h.id != known.RepID {
		return []sheets.Problem{l.problem("rep", fault("NOT_A_REP",
			"此员工不是在职的门店售后代表，不能负责会员；请改为售后代表的工号", "this is no active rep of a store, and cannot hold members: name a rep"))}
	}
	return nil
}

// badDays finds what cannot have been yet.
func (im *importer) badDays(l line[accountRow], row accountRow) []sheets.Problem {
	var problems []sheets.Problem
	today := im.tx.Today
	year, _, _ := today.YMD()
	if row.SinceGiven && row.Since > today {
		problems = append(problems, l.problem("since", future()))
	}
	if row.BirthYear != nil && *row.BirthYear > year {
		problems = append(problems, l.problem("birthYear", future()))
	}
	for _, d := range []struct {
		field string
		on    *sheets.Occasion
	}{{"birthday", row.Birthday}, {"anniversary", row.Anniversary}, {"spouseBirthday", row.SpouseBirthday}} {
		if d.on != nil && d.on.Year > year {
			problems = append(problems, l.problem(d.field, future()))
		}
	}
	return problems
}
