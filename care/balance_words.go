package care

import (
	"fmt"
	"strings"
)

// balanceWhy is what the words of a proposal follow from.
type balanceWhy struct {
	reps, moves, most int
	outside           int // reps outside the band after all moves
	accounts, staying int
	tooMany           int // accounts the team has no time for
	within            bool
	mean, low, high   float64
	absent            []string // reps with accounts and without working time
}

// Words tells why not everybody is in the band or why nothing is proposed, "zh" or "en"; empty when all is well.
func (b Balance) Words(lang string) string { return b.why.in(lang) }

func (w balanceWhy) in(lang string) string {
	if lang == "en" {
		return strings.Join(w.english(), " ")
	}
	return strings.Join(w.chinese(), "")
}

func (w balanceWhy) chinese() []string {
	if w.reps == 0 {
		return []string{"本组没有在职的售后代表。"}
	}
	var out []string
	if len(w.absent) > 0 {
		out = append(out, fmt.Sprintf("%s今后四周没有上班时间：请安排代访，不必移交。", strings.Join(w.absent, "、")))
	}
	if w.tooMany > 0 {
		out = append(out, fmt.Sprintf("全组负荷 %s，已经超过上班时间：怎么调整都不够，需要增加代表，大约多出 %d 位会员。", percent(w.mean), w.tooMany))
	}
	switch {
	case w.within:
	case w.reps == 1:
		out = append(out, "本组只有一位代表，没有人可以接手。")
	case w.moves >= w.most:
		out = append(out, fmt.Sprintf("一次最多提议 %d 位会员，仍有 %d 位代表不在 %s–%s 之间：执行后可再提一次。", w.most, w.outside, percent(w.low), percent(w.high)))
	case w.moves > 0:
		out = append(out, fmt.Sprintf("全部执行后仍有 %d 位代表不在 %s–%s 之间：再移交就会增加路程或差距%s。", w.outside, percent(w.low), percent(w.high), w.tiedZH()))
	default:
		out = append(out, fmt.Sprintf("有 %d 位代表不在 %s–%s 之间，但没有一次移交能不增加路程或差距%s。", w.outside, percent(w.low), percent(w.high), w.tiedZH()))
	}
	return out
}

func (w balanceWhy) tiedZH() string {
	if w.staying == 0 {
		return ""
	}
	return fmt.Sprintf("；%d 位会员中有 %d 位宜留在原处（个案、新客维护、刚换人、已约同访或感情深）", w.accounts, w.staying)
}

func (w balanceWhy) english() []string {
	if w.reps == 0 {
		return []string{"The team has no active reps."}
	}
	var out []string
	if len(w.absent) > 0 {
		verb := "has"
		if len(w.absent) > 1 {
			verb = "have"
		}
		out = append(out, fmt.Sprintf("%s %s no working hours in the next four weeks: let colleagues stand in instead of moving accounts.", strings.Join(w.absent, ", "), verb))
	}
	if w.tooMany > 0 {
		out = append(out, fmt.Sprintf("The team as a whole is at %s of its working time: no moves can mend that. It needs another rep; it has about %s too many.",
			percent(w.mean), numbered(w.tooMany, "account")))
	}
	switch {
	case w.within:
	case w.reps == 1:
		out = append(out, "The team has one rep only: nobody else could take accounts.")
	case w.moves >= w.most:
		out = append(out, fmt.Sprintf("A proposal has at most %d moves, and %s outside %s–%s: ask again once these are made.", w.most, remain(w.outside), percent(w.low), percent(w.high)))
	case w.moves > 0:
		out = append(out, fmt.Sprintf("After all moves %s outside %s–%s: any further move would make travel or the spread worse%s.", remain(w.outside), percent(w.low), percent(w.high), w.tiedEN()))
	default:
		out = append(out, fmt.Sprintf("%s outside %s–%s, but no move helps without making travel or the spread worse%s.", are(w.outside), percent(w.low), percent(w.high), w.tiedEN()))
	}
	return out
}

func (w balanceWhy) tiedEN() string {
	if w.staying == 0 {
		return ""
	}
	return fmt.Sprintf("; %d of %d accounts had better stay where they are (a case, onboarding, just moved, a joint contact, a strong bond)", w.staying, w.accounts)
}

func remain(n int) string {
	if n == 1 {
		return "1 rep remains"
	}
	return fmt.Sprintf("%d reps remain", n)
}

func are(n int) string {
	if n == 1 {
		return "1 rep is"
	}
	return fmt.Sprintf("%d reps are", n)
}

func numbered(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func percent(v float64) string { return fmt.Sprintf("%.0f%%", 100*v) }

// Words are the grounds of a move, "zh" or "en".
func (m BalanceMove) Words(lang string) string {
	if lang == "en" {
		return m.english()
	}
	return m.chinese()
}

func (m BalanceMove) chinese() string {
	out := fmt.Sprintf("%s负荷 %s，%s %s", m.FromRep.Name, percent(m.fromLoad), m.ToRep.Name, percent(m.toLoad))
	switch {
	case m.GainTravel > 0:
		out += fmt.Sprintf("；每月少走 %d 分钟", m.GainTravel)
	case m.GainTravel < 0:
		out += fmt.Sprintf("；每月多走 %d 分钟", -m.GainTravel)
	}
	if m.Known {
		out += fmt.Sprintf("；%s照顾过这位会员", m.ToRep.Name)
	}
	return out + "。"
}

func (m BalanceMove) english() string {
	out := fmt.Sprintf("%s is at %s, %s at %s", m.FromRep.Name, percent(m.fromLoad), m.ToRep.Name, percent(m.toLoad))
	switch {
	case m.GainTravel > 0:
		out += fmt.Sprintf("; saves %s of travel a month", numbered(m.GainTravel, "minute"))
	case m.GainTravel < 0:
		out += fmt.Sprintf("; costs %s of travel a month", numbered(-m.GainTravel, "minute"))
	}
	if m.Known {
		out += fmt.Sprintf("; %s has cared for them before", m.ToRep.Name)
	}
	return out + "."
}
