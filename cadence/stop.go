package cadence

import (
	"slices"

	"huifang/civil"
)

// openCase is a case that asks for a contact soon and for more while it stays open (D7).
type openCase struct {
	CaseRule
	key, rule, code, script string
	args                    map[string]string
	since                   civil.Date
}

// stopCase asks for what the cause of a stop wants. A competitor's case asks for nothing before the rep's self-review and the
// agreement with the manager are done: both are steps of the case, not contacts.
func (pl *planner) stopCase(s Stop) {
	cause := s.Cause
	rule, ok := pl.policy.Stops[cause]
	if !ok {
		cause = EffectOrQuality // unknown yet: the most urgent
		rule = pl.policy.Stops[cause]
	}
	since := s.OpenedOn
	if cause == Competitor {
		if !pl.happened(s.SelfReviewOn) || !pl.happened(s.AgreedOn) {
			return
		}
		since = max(*s.SelfReviewOn, *s.AgreedOn, s.OpenedOn)
	}
	pl.open(openCase{CaseRule: rule, key: "stop:" + s.ID, rule: "D7", code: "STOP", script: stopScript(cause),
		args: map[string]string{"cause": string(cause), "opened": s.OpenedOn.String()}, since: since})
}

func stopScript(cause StopCause) string {
	switch cause {
	case BadService:
		return "STOP_SERVICE"
	case Competitor:
		return "STOP_COMPETITOR"
	}
	return "STOP_EFFECT"
}

// held tells whether a return or a reaction holds onboarding and sales (D2), or a complaint does until it is answered (D18).
func (pl *planner) held() bool {
	return slices.ContainsFunc(pl.Returns, pl.openReturn) || slices.ContainsFunc(pl.Reactions, pl.openReaction) ||
		slices.ContainsFunc(pl.Complaints, pl.openComplaint)
}

func (pl *planner) openReturn(r Return) bool       { return !pl.happened(r.Settled) }
func (pl *planner) openReaction(r Reaction) bool   { return !pl.happened(r.Settled) }
func (pl *planner) openComplaint(c Complaint) bool { return !pl.happened(c.Settled) }

// holdingCases asks for the contacts about open reactions, complaints and returns.
func (pl *planner) holdingCases() {
	for _, r := range pl.Reactions {
		if pl.openReaction(r) {
			pl.open(openCase{CaseRule: pl.policy.Reaction, key: "reaction:" + r.Day.String(), rule: "D2", code: "REACTION",
				script: "REACTION", args: map[string]string{"on": r.Day.String()}, since: r.Day})
		}
	}
	for _, c := range pl.Complaints {
		if pl.openComplaint(c) {
			pl.open(openCase{CaseRule: pl.policy.Complaint, key: "complaint:" + c.ID, rule: "D18", code: "COMPLAINT",
				script: "COMPLAINT", args: map[string]string{"on": c.Day.String()}, since: c.Day})
		}
	}
	for _, r := range pl.Returns {
		if pl.openReturn(r) {
			pl.open(openCase{CaseRule: pl.policy.Return, key: "return:" + r.PurchaseID, rule: "D2", code: "RETURN",
				script: "RETURN", args: map[string]string{"on": r.Day.String()}, since: r.Day})
		}
	}
}

// open asks for the contact the case wants, urgently, and once it was made for further ones while the case stays open.
func (pl *planner) open(c openCase) {
	d := pl.firstOf(c)
	if pl.hasKey(d.Key) {
		return
	}
	if last, met := pl.metSince(c, d); met {
		pl.followUp(c, last)
		return
	}
	pl.add(d)
}

func (pl *planner) hasKey(key string) bool {
	return slices.ContainsFunc(pl.drafts, func(d draft) bool { return d.Key == key })
}

func (pl *planner) firstOf(c openCase) draft {
	due := c.since + civil.Date(c.DueDays)
	return draft{cause: c.since - 1, Demand: Demand{
		Key: c.key + ":visit", Kind: c.Kind, OrKind: c.OrKind, By: c.By, With: slices.Clone(c.With), Instead: slices.Clone(c.Instead),
		Earliest: c.since, Due: due, Latest: due, Objectives: slices.Clone(c.Objectives),
		Script: c.script, Priority: c.Priority, Urgent: true, Reasons: []Reason{{Rule: c.rule, Code: c.code, Args: c.args}},
	}}
}

// metSince finds the last contact since the one the case asked for was made. What was done on the day the case was opened may
// have brought it to light: it counts only when it was made for the case.
func (pl *planner) metSince(c openCase, d draft) (anchor, bool) {
	met := pl.fulfilled(d.Key)
	last := anchor{c.since, "open"}
	for _, contact := range pl.reached(c.since - 1) {
		met = met || (contact.Day > c.since && d.suits(contact.Kind))
		if met && contact.Kind.answers(Call) && contact.Day > last.day {
			last = anchor{contact.Day, contact.ID}
		}
	}
	return last, met
}

func (pl *planner) followUp(c openCase, last anchor) {
	if c.FollowUpEvery == 0 {
		return
	}
	kind := c.FollowUpKind
	if pl.unanswered() != nil && !pl.optedOut(HomeVisit, pl.today) {
		kind = HomeVisit
	}
	p := pace{Rhythm: Rhythm{Priority: c.Priority}, rule: c.rule, code: c.code + "_FOLLOW_UP", script: c.script,
		prefix: c.key, until: pl.end}
	pl.run(p, chain{kind: kind, every: c.FollowUpEvery, from: last, first: last.day + civil.Date(c.FollowUpEvery)}, nil)
}
