package demo

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Handover is a move of accounts that a supervisor decides on the morning of the book's day: the use cases write its briefs.
type Handover struct {
	ID       id.ID // of the command
	By       id.ID // supervisor
	To       id.ID
	Accounts []id.ID
	Reason   string
	Note     string
}

// desks gives every team what its leader has to see to: one of each kind, so that no screen of a desk is empty.
func (m *maker) desks() {
	m.rules()
	for n := 0; n+repsPerTeam <= len(m.carers); n += repsPerTeam {
		m.desk(m.carers[n : n+repsPerTeam])
	}
}

// repsPerTeam is how many reps a supervisor leads.
const repsPerTeam = repsPerStore / 2

func (m *maker) desk(team []*carer) {
	m.complaint(team[0])
	m.hollowWord(team[0])
	m.shortVisit(team[1])
	m.farVisit(team[2])
	m.handsets(team)
	m.handovers(team)
	m.asked(team)
}

// rules are what the company has made its own since it began: a greeting, and a narrower look at where visits are logged.
func (m *maker) rules() {
	day := m.today - 60
	body, err := json.Marshal(map[string]any{
		"review": map[string]any{"farMetres": 800},
		"scripts": map[string]any{"FESTIVAL": map[string]any{
			"zh": "{call}，节日好！我是{company}的{rep}，祝您和家人身体健康。", "en": "{call}, happy holidays from {rep} of {company}. We wish you and your family good health.",
		}},
	})
	if err != nil {
		panic(err) // maps of texts and numbers always marshal
	}
	m.book.Policies = []models.Policy{{Version: 1, FromDay: day, Body: body, CreatedBy: &m.managers[0], CreatedAt: m.at(day-1, 15*60)}}
}

// complaint was made yesterday and waits for its answer (D18).
func (m *maker) complaint(c *carer) {
	l := m.inUse(c)
	if l == nil {
		return
	}
	one := m.open(l, models.ComplaintCase, m.today-1, m.today, pick(m.dice, complaintNotes))
	m.step(one, models.StepVisit, m.today, id.ID{}, "")
	m.step(one, models.StepDecide, m.today-1+decideDays, id.ID{}, "")
}

// hollowWord is a word against the forecast without a reason, the only one on its account.
func (m *maker) hollowWord(c *carer) {
	l := m.inUse(c)
	if l == nil {
		return
	}
	m.book.Overrides = slices.DeleteFunc(m.book.Overrides, func(o models.Override) bool { return o.AccountID == l.person.Account.ID })
	given := m.today - 2
	at := m.moment(given)
	m.book.Overrides = append(m.book.Overrides, models.Override{
		ID: m.key(at), AccountID: l.person.Account.ID, Horizon: string(cadence.Later), Reason: "再说",
		GivenOn: given, UntilDay: given + 45, CreatedBy: c.user, CreatedAt: at,
	})
}

// lately finds a visit of a rep in the last days that reached the customer and was logged with its place.
func (m *maker) lately(c *carer) *Log {
	var found *Log
	for _, l := range c.held {
		for i := range l.logs {
			log := &l.logs[i]
			met := log.Log.Kind == cadence.HomeVisit && log.Log.UserID == c.user && log.Log.Outcome.Reached() && log.Log.Lat != nil && log.Log.Review == ""
			if met && log.Log.Day >= m.today-9 && (found == nil || log.Log.StartedAt.After(found.Log.StartedAt)) {
				found = log
			}
		}
	}
	return found
}

func (m *maker) shortVisit(c *carer) {
	if log := m.lately(c); log != nil {
		log.Log.EndedAt = ptr(log.Log.StartedAt.Add(70 * time.Second))
		m.odd(log, "TOO_SHORT", "")
	}
}

func (m *maker) farVisit(c *carer) {
	if log := m.lately(c); log != nil {
		at := point{*log.Log.Lat, *log.Log.Lng}.move(1700, 900)
		log.Log.Lat, log.Log.Lng = ptr(round6(at.lat)), ptr(round6(at.lng))
		m.odd(log, "FAR_FROM_HOME", "顾客在女儿家帮忙带孩子，就近见的面。")
	}
}

// handsets are those the reps of a team carry; the third's was not heard for four days and holds what was not sent.
func (m *maker) handsets(team []*carer) {
	for i, c := range team[1:] {
		seen := m.at(m.today-1, 18*60+m.between(0, 90))
		d := models.Device{Name: pick(m.dice, []string{"华为畅享", "红米", "荣耀", "小米"}), App: "1.0", CreatedAt: m.at(m.today-90, 9*60), SeenAt: seen, Issued: m.between(400, 900)}
		d.UserID, d.ID = c.user, m.key(d.CreatedAt)
		if i == 1 {
			d.SeenAt, d.Waiting = m.at(m.today-4, 17*60), []int{d.Issued - 1, d.Issued}
		}
		m.book.Devices = append(m.book.Devices, d)
	}
}

// handovers are a move decided today and one for the day after tomorrow.
func (m *maker) handovers(team []*carer) {
	from, to := team[2], team[0]
	taken := m.movable(from, 5)
	if len(taken) < 5 {
		return
	}
	m.book.Handovers = append(m.book.Handovers, Handover{
		ID: m.key(m.at(m.today, 0)), By: from.leader, To: to.user, Accounts: taken[:2], Reason: "两位会员就住在新代表的片区里", Note: "都爱聊孙辈，第一次上门请先打电话。",
	})
	at := m.at(m.today-1, 16*60+20)
	move := models.Move{
		ID: m.key(at), ToRepID: team[3].user, Reason: "平衡工作量", Note: "请在第一周内逐一联系。", OnDay: m.today + 2,
		Status: models.MovePlanned, CreatedBy: from.leader, CreatedAt: at,
	}
	m.book.Moves = append(m.book.Moves, move)
	for _, a := range taken[2:] {
		m.book.Moved = append(m.book.Moved, models.MovedAccount{MoveID: move.ID, AccountID: a, FromRepID: from.user, ToRepID: move.ToRepID, Status: models.MovedPlanned})
	}
}

// movable are accounts in routine care that nothing ties to their rep.
func (m *maker) movable(c *carer, n int) []id.ID {
	var out []id.ID
	for _, l := range c.held {
		a := &l.person.Account
		if len(out) < n && l.rep == c && l.before == nil && !l.booked && len(l.cases)+len(l.pauses)+len(a.OptOuts) == 0 && l.story == old && a.Service == cadence.OnProduct {
			out = append(out, a.ID)
		}
	}
	return out
}

// asked are requests to come along: one that the expert has not answered, and one that was declined.
func (m *maker) asked(team []*carer) {
	for i, c := range team[:2] {
		one := m.openStop(c)
		if one == nil {
			continue
		}
		at := m.at(m.today-1, 17*60+10*i)
		r := models.JointRequest{
			ID: m.key(at), AccountID: one.Case.AccountID, CaseID: &one.Case.ID, AskedBy: c.user, WithID: c.expert, Kind: cadence.HomeVisit,
			Day: m.today + civil.Date(i+1), At: ptr(10 * 60), Minutes: 40, Note: "顾客想当面问问用法，请您一起去。", Status: models.JointAsked, CreatedAt: at,
		}
		if i == 1 {
			r.Status, r.Answer, r.AnsweredAt = models.JointDeclined, "那天在外地讲课，后天可以电话里先谈。", ptr(m.at(m.today-1, 19*60))
		}
		m.book.Joint = append(m.book.Joint, r)
	}
}

func (m *maker) openStop(c *carer) *Case {
	for _, l := range c.held {
		for _, one := range l.cases {
			if l.rep == c && one.Case.Kind == models.StopCase && one.Case.Status == models.CaseOpen {
				return one
			}
		}
	}
	return nil
}

var complaintNotes = strings.Fields("送货比约好的晚了三天，家里没人收。 上次说的赠品一直没有送来。 活动现场排队太久，没有人招呼。")
