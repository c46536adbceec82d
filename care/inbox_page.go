package care

import (
	"cmp"
	"slices"

	"huifang/id"
	"huifang/models"
)

// inboxPlace is where a row stands: urgent ones first, then by kind; of the neglected the good tiers first, of all others
// what is wrong the longest.
type inboxPlace struct {
	Calm  bool   `json:"c"` // not urgent
	Kind  int    `json:"k"`
	Tier  string `json:"t"`
	Since int    `json:"s"`
	ID    id.ID  `json:"x"`
}

func (w wrong) place() inboxPlace {
	p := inboxPlace{Calm: !w.Urgent, Kind: w.order(), Since: int(w.Since), ID: w.ID}
	if w.kind == NeglectedAccount {
		p.Tier = cmp.Or(w.Tier, "~") // those without a tier come last
	}
	return p
}

func (p inboxPlace) compare(o inboxPlace) int {
	return cmp.Or(compareBools(p.Calm, o.Calm), cmp.Compare(p.Kind, o.Kind), cmp.Compare(p.Tier, o.Tier),
		cmp.Compare(p.Since, o.Since), p.ID.Compare(o.ID))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// page cuts the rows behind a cursor and fills them in.
func (d *inboxDesk) page(out *Inbox, after string, n int) error {
	rows := d.rows
	if after != "" {
		var from inboxPlace
		if err := readCursor(after, &from); err != nil {
			return err
		}
		at, found := slices.BinarySearchFunc(rows, from, func(w wrong, p inboxPlace) int { return w.place().compare(p) })
		if found {
			at++
		}
		rows = rows[at:]
	}
	out.More = len(rows) > n
	rows = rows[:min(n, len(rows))]
	f, err := d.fill(rows)
	if err != nil {
		return err
	}
	for _, w := range rows {
		edge := ExceptionEdge{Node: f.exception(w)}
		if edge.Cursor, err = cursorOf(w.place()); err != nil {
			return err
		}
		out.Edges = append(out.Edges, edge)
	}
	return nil
}

// filling is what the rows of a page are about.
type filling struct {
	*inboxDesk
	items   map[id.ID]models.PlanItem
	shed    map[id.ID][]models.ShedAbove
	cases   map[id.ID]models.Case
	logs    map[id.ID]models.ReviewedLog
	answers map[id.ID]string
}

// namedShed is how many contacts without room are named.
const namedShed = 3

func (d *inboxDesk) fill(rows []wrong) (*filling, error) {
	f := &filling{inboxDesk: d, shed: map[id.ID][]models.ShedAbove{}, answers: map[id.ID]string{}}
	keys := map[ExceptionKind][]id.ID{}
	for _, w := range rows {
		keys[w.kind] = append(keys[w.kind], w.ID)
	}
	var err error
	if f.items, err = d.tx.ItemsByKey(keys[MissedContact]); err != nil {
		return nil, err
	}
	shed, err := d.tx.ShedOfReps(keys[PlanWithoutRoom], namedShed)
	if err != nil {
		return nil, err
	}
	for _, s := range shed {
		f.shed[s.RepID] = append(f.shed[s.RepID], s)
	}
	if f.cases, err = d.tx.CasesByKey(append(keys[CaseNearDeadline], keys[OpenComplaint]...)); err != nil {
		return nil, err
	}
	if f.logs, err = d.tx.ReviewedLogs(keys[ContactToReview]); err != nil {
		return nil, err
	}
	return f, f.openAnswers()
}

func (f *filling) openAnswers() error {
	for key, l := range f.logs {
		answer, err := f.s.open(sealedAt{"reviews", "answer", key}, l.Review.Answer)
		if err != nil {
			return err
		}
		f.answers[key] = answer
	}
	return nil
}

// exception is a row with its parts, its words and what to do next.
func (f *filling) exception(w wrong) Exception {
	e := Exception{
		ID: w.ID, Kind: w.kind, Urgent: w.Urgent, RepID: w.RepID, RepName: f.people[w.RepID].Name, AccountName: w.AccountName,
		Tier: w.Tier, Since: w.Since, Days: int(f.tx.Today-w.Since) + 1, Count: max(w.Count, 1), Today: f.tx.Today,
	}
	if w.AccountName != "" {
		e.AccountID = &w.AccountID
	}
	e.Action = f.action(w)
	f.parts(&e, w)
	e.zh, e.en = f.say(e, w)
	return e
}

func (f *filling) parts(e *Exception, w wrong) {
	switch w.kind {
	case MissedContact:
		i := f.items[w.ID]
		e.Item = &i
	case CaseNearDeadline, OpenComplaint:
		c := f.cases[w.ID]
		e.Case = &c
	case ContactToReview:
		l := f.logs[w.ID].Log
		e.Flags, e.Answer = ReviewFlags(l), f.answers[w.ID]
		if e.AccountID == nil {
			l = bare(l)
		}
		e.Log = &l
	case LeaveUncovered:
		e.Leave = &w.leave
	}
}

// bare leaves of a contact what its author answers for: its account is in other hands by now.
func bare(l models.ContactLog) models.ContactLog {
	return models.ContactLog{
		ID: l.ID, AccountID: l.AccountID, UserID: l.UserID, ByRole: l.ByRole, Kind: l.Kind, Outcome: l.Outcome, Day: l.Day,
		StartedAt: l.StartedAt, EndedAt: l.EndedAt, Late: l.Late, Review: l.Review, CreatedAt: l.CreatedAt,
	}
}

// action is what to do next. A neglected account goes to another rep when its own cannot care for it now.
func (f *filling) action(w wrong) NextAction {
	if w.kind == NeglectedAccount && (f.people[w.RepID].DisabledAt != nil || f.away[w.RepID] || f.full[w.RepID]) {
		return DoReassign
	}
	return map[ExceptionKind]NextAction{
		NeglectedAccount: DoPlanContact, MissedContact: DoReschedule, PlanWithoutRoom: DoReassign, CaseNearDeadline: DoWorkCase,
		OpenComplaint: DoWorkCase, ContactToReview: DoLook, SilentPhone: DoCallRep, WordWithoutReason: DoAskReason, LeaveUncovered: DoCover,
		ForecastKeptBack: DoSeeForecast,
	}[w.kind]
}
