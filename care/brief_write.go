package care

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// briefAt is where a brief is sealed: it opens for its move and account only.
func briefAt(move, account id.ID) sealedAt {
	return sealedAt{"moved_accounts", "brief of " + move.String(), account}
}

func (s *Service) sealBrief(move, account id.ID, b Brief) (models.Sealed, error) {
	text, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("write a brief: %w", err)
	}
	return s.seal(briefAt(move, account), string(text))
}

func (s *Service) openBrief(row models.MovedAccount) (Brief, error) {
	var b Brief
	text, err := s.open(briefAt(row.MoveID, row.AccountID), row.Brief)
	if err != nil || text == "" {
		return b, err
	}
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return b, fmt.Errorf("read a brief: %w", err)
	}
	return b, nil
}

// brief writes what the next rep must know of an account, from its file: nothing of health, and no note, which is sealed
// (D9, D10, D21).
func (h *handing) brief(l leg, a models.Account) Brief {
	b := Brief{Promises: h.promises(a), Taboos: a.Taboos, Open: h.open(a)}
	for _, t := range h.story(l, a) {
		b.StoryZH, b.StoryEN = append(b.StoryZH, t.zh), append(b.StoryEN, t.en)
	}
	return b
}

// told is a sentence in both languages.
type told struct{ zh, en string }

// briefTalks is how many of the last talks a brief tells.
const briefTalks = 3

func (h *handing) story(l leg, a models.Account) []told {
	out := []told{h.who(a), h.boughtWhat(a)}
	if a.StopCause != "" {
		out = append(out, told{"目前停服，原因：" + a.StopCause.In("zh") + "。", "They have stopped: " + a.StopCause.In("en") + "."})
	}
	out = append(out, h.talks(a)...)
	out = append(out, spokenTo(a)...)
	if l.move.Joint {
		out = append(out, h.firstTogether(a))
	}
	return out
}

// who is who they are, since when they are in care, and who cared.
func (h *handing) who(a models.Account) told {
	t := told{
		fmt.Sprintf("%s，%s%s，%s起由我们照顾，等级 %s。", a.Name, a.City, a.District, a.Since, a.Tier),
		fmt.Sprintf("%s, %s %s, in our care since %s, tier %s.", a.Name, a.City, a.District, a.Since, a.Tier),
	}
	if held, ok := h.facts.Held[a.ID]; ok {
		name, since := h.facts.Names[held.RepID], h.tx.Day(held.FromAt)
		t.zh += fmt.Sprintf("%s起由%s照顾。", since, name)
		t.en += fmt.Sprintf(" %s cared since %s.", name, since)
	}
	return t
}

// boughtWhat is what they bought, when last, and how often.
func (h *handing) boughtWhat(a models.Account) told {
	var days []civil.Date
	var sum models.Fen
	for _, o := range h.facts.Orders[a.ID] {
		sum += o.Amount - o.Back
		if !o.Whole && (len(days) == 0 || days[len(days)-1] != o.Day) {
			days = append(days, o.Day)
		}
	}
	if len(days) == 0 {
		return told{"还没有购买。", "They have bought nothing yet."}
	}
	last := days[len(days)-1]
	t := told{
		fmt.Sprintf("购买过 %d 次，共 %s 元；最近一次 %s", len(days), yuan(sum), last),
		fmt.Sprintf("They bought %d times, %s yuan in all; last on %s", len(days), yuan(sum), last),
	}
	zh, en := "：", ": "
	for _, l := range h.facts.Bought[a.ID] {
		t.zh, t.en = t.zh+zh+fmt.Sprintf("%s×%d", l.Name, l.Quantity), t.en+en+fmt.Sprintf("%s × %d", l.Name, l.Quantity)
		zh, en = "、", ", "
	}
	t.zh, t.en = t.zh+"。", t.en+"."
	if n := len(days) - 1; n > 0 {
		every := (int(last-days[0]) + n/2) / n
		t.zh += fmt.Sprintf("平均每 %d 天买一次。", every)
		t.en += fmt.Sprintf(" About every %d days.", every)
	}
	if a.ExpectedOn != nil {
		t.zh += fmt.Sprintf("预计 %s 再买。", *a.ExpectedOn)
		t.en += fmt.Sprintf(" Expected again on %s.", *a.ExpectedOn)
	}
	return t
}

// talks are the last contacts that reached the customer, the latest first.
func (h *handing) talks(a models.Account) []told {
	var out []told
	for _, l := range h.facts.Logs[a.ID] {
		if !l.Outcome.Reached() || len(out) == briefTalks {
			continue
		}
		name := h.facts.Names[l.UserID]
		t := told{
			fmt.Sprintf("%s %s（%s），%s", l.Day, l.Kind.In("zh"), l.Outcome.In("zh"), name),
			fmt.Sprintf("%s %s (%s), %s", l.Day, l.Kind.In("en"), l.Outcome.In("en"), name),
		}
		if l.Feeling != "" {
			t.zh, t.en = t.zh+"：“"+l.Feeling+"”", t.en+": “"+l.Feeling+"”"
		}
		out = append(out, told{t.zh + "。", t.en + "."})
	}
	if len(out) == 0 && a.LastContactOn != nil {
		return []told{{fmt.Sprintf("上次联系是 %s。", *a.LastContactOn), fmt.Sprintf("Last contact on %s.", *a.LastContactOn)}}
	}
	if len(out) == 0 {
		return []told{{"还没有联系上过。", "Nobody has reached them yet."}}
	}
	return out
}

// spokenTo is how they like to be spoken to, and when.
func spokenTo(a models.Account) []told {
	var out []told
	if a.Manner != "" {
		out = append(out, told{"说话方式：" + a.Manner + "。", "Manner of talking: " + a.Manner + "."})
	}
	for _, w := range a.Preferred {
		clock := w.From.Clock() + "–" + w.To.Clock()
		out = append(out, told{"方便的时间：" + clock + "。", "Good time: " + clock + "."})
	}
	for _, w := range a.Quiet {
		clock := w.From.Clock() + "–" + w.To.Clock()
		out = append(out, told{clock + " 请勿打扰。", "Not to be disturbed " + clock + "."})
	}
	return out
}

// firstTogether tells of the first visit with the former rep, or why there is none.
func (h *handing) firstTogether(a models.Account) told {
	name, first := h.givers[a.RepID].Name, h.first[a.ID]
	switch first.why {
	case formerLeft:
		return told{name + "已离职，首次上门没有前任陪同。", name + " has left: nobody comes along to the first visit."}
	case noVisits:
		return told{"会员不接受家访，没有安排共同上门。", "They want no home visits: no first visit together is planned."}
	case visitsPaused:
		return told{"会员暂停联系，没有安排共同上门。", "Contacts are paused: no first visit together is planned."}
	case noRoom:
		return told{"一周内双方都没有空，没有安排共同上门。", "Neither has room within a week: no first visit together is planned."}
	}
	return told{fmt.Sprintf("首次上门定在 %s，%s陪同。", first.day, name), fmt.Sprintf("First visit on %s, %s comes along.", first.day, name)}
}

// promises are next steps of contacts that are not kept yet: nobody met or called the customer on that day or later, and the
// contact planned for it was neither made nor called off.
func (h *handing) promises(a models.Account) []Promise {
	var out []Promise
	reached := civil.Date(0) // the last day on which the customer was reached after the contact at hand
	for _, l := range h.facts.Logs[a.ID] {
		if h.promised(l) && !h.keptBy(l, reached) {
			p := Promise{Text: l.NextStep, On: l.NextOn, Made: l.Day, By: h.facts.Names[l.UserID]}
			if p.Text == "" {
				p.Text = l.NextKind.In("zh")
			}
			out = append(out, p)
		}
		if l.Outcome.Reached() {
			reached = max(reached, l.Day)
		}
	}
	return out
}

func (h *handing) promised(l models.ContactLog) bool { return l.NextStep != "" || l.NextOn != nil }

// keptBy tells whether a promise was kept by a later contact, the last of which reached the customer on a day, 0 for none.
func (h *handing) keptBy(l models.ContactLog, reached civil.Date) bool {
	if l.NextOn == nil {
		return reached > 0
	}
	return reached >= *l.NextOn || h.kept[models.NextStep{AccountID: l.AccountID, DueOn: *l.NextOn, Kind: l.NextKind}]
}

// open are the planned contacts and the open cases, the earliest due first.
func (h *handing) open(a models.Account) []OpenMatter {
	var out []OpenMatter
	for _, i := range h.facts.Items[a.ID] {
		m := OpenMatter{ID: i.ID, DueOn: i.DueOn, ZH: i.Kind.In("zh"), EN: i.Kind.In("en")}
		if reasons := slices.DeleteFunc(i.AllReasons(), ofHealth); len(reasons) > 0 {
			m.ZH, m.EN = m.ZH+"，"+reasons[0].In("zh"), m.EN+", "+reasons[0].In("en")
		}
		out = append(out, m)
	}
	for _, c := range h.facts.Cases[a.ID] {
		words := caseTold(c)
		out = append(out, OpenMatter{ID: c.ID, DueOn: c.DueOn, ZH: words.zh, EN: words.en})
	}
	slices.SortStableFunc(out, func(a, b OpenMatter) int { return cmp.Compare(a.DueOn, b.DueOn) })
	return out
}

// ofHealth tells whether a reason speaks of somebody's health.
func ofHealth(r cadence.Reason) bool {
	return r.Code == "FRAIL_HOME" || strings.HasPrefix(r.Code, "REACTION")
}

func caseTold(c models.Case) told {
	kinds := map[models.CaseKind]told{
		models.StopCase: {"停服个案", "stop case"}, models.ReturnCase: {"退货个案", "case of a return"},
		models.ReactionCase: {"不适个案", "case of a reaction"}, models.WinBackCase: {"挽回计划", "plan to win back"},
	}
	t, known := kinds[c.Kind]
	if !known {
		t = told{"投诉个案", "case of a complaint"}
	}
	if c.Cause != "" {
		t.zh, t.en = t.zh+"（"+c.Cause.In("zh")+"）", t.en+" ("+c.Cause.In("en")+")"
	}
	return told{t.zh + fmt.Sprintf("，%s 开始", c.OpenedOn), t.en + fmt.Sprintf(", since %s", c.OpenedOn)}
}
