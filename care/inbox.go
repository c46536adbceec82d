package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// ExceptionKind is what can go wrong in a team.
type ExceptionKind string

// The kinds, in the order of the inbox.
const (
	NeglectedAccount  ExceptionKind = "NEGLECTED"    // no contact for longer than the rules bear (D9)
	MissedContact     ExceptionKind = "MISSED"       // an open contact that is past its time
	PlanWithoutRoom   ExceptionKind = "NO_ROOM"      // a plan that cannot hold all that is due
	CaseNearDeadline  ExceptionKind = "CASE"         // a stop or win-back case near its next step or past it (D7, D15)
	OpenComplaint     ExceptionKind = "COMPLAINT"    // a complaint, return or reaction not settled (D18)
	ContactToReview   ExceptionKind = "REVIEW"       // a contact that looks odd (story 16)
	SilentPhone       ExceptionKind = "SILENT_PHONE" // a phone in use that was not heard (story 15)
	WordWithoutReason ExceptionKind = "OVERRIDE"     // a word against the forecast without a reason to speak of, or that puts it off far
	LeaveUncovered    ExceptionKind = "LEAVE"        // days off on which nobody stands in
	ForecastKeptBack  ExceptionKind = "FORECAST"     // a new version of the forecast did worse than the one before
)

// AllExceptionKinds returns the kinds in the order of the inbox.
func AllExceptionKinds() []ExceptionKind {
	return []ExceptionKind{NeglectedAccount, MissedContact, PlanWithoutRoom, CaseNearDeadline, OpenComplaint, ContactToReview,
		SilentPhone, WordWithoutReason, LeaveUncovered, ForecastKeptBack}
}

// NextAction is what to do about an exception.
type NextAction string

// The actions.
const (
	DoPlanContact NextAction = "PLAN_CONTACT"
	DoReschedule  NextAction = "RESCHEDULE"
	DoReassign    NextAction = "REASSIGN"
	DoCover       NextAction = "COVER"
	DoWorkCase    NextAction = "WORK_CASE"
	DoLook        NextAction = "LOOK"
	DoCallRep     NextAction = "CALL_REP"
	DoAskReason   NextAction = "ASK_REASON"
	DoSeeForecast NextAction = "SEE_FORECAST"
)

// Exception is something that goes wrong, with what to do next.
type Exception struct {
	ID          id.ID
	Kind        ExceptionKind
	Action      NextAction
	Urgent      bool
	RepID       id.ID
	RepName     string
	AccountID   *id.ID
	AccountName string
	Tier        string
	Since       civil.Date // from which day on it is wrong, or will be
	Days        int        // how many days it has been wrong, today included; 0 or less while it is only near
	Count       int
	Flags       []Flag
	Item        *models.PlanItem
	Log         *models.ContactLog
	Case        *models.Case
	Leave       *models.Leave
	Answer      string
	Today       civil.Date

	zh, en string
}

// Words tell what goes wrong in one sentence, "zh" or "en".
func (e Exception) Words(lang string) string {
	if lang == "en" {
		return e.en
	}
	return e.zh
}

// ExceptionCount is how many exceptions of a kind there are.
type ExceptionCount struct {
	Kind   ExceptionKind
	N      int
	Urgent int
}

// Inbox is a page of what goes wrong among those somebody leads, the worst first.
type Inbox struct {
	Counts []ExceptionCount // of every kind, whatever the page shows
	Edges  []ExceptionEdge
	More   bool
}

// ExceptionEdge is a row of the inbox.
type ExceptionEdge struct {
	Node   Exception
	Cursor string
}

// InboxInput narrows the inbox; what is left out narrows nothing.
type InboxInput struct {
	Kinds []ExceptionKind
	Rep   *id.ID
	Team  *id.ID
}

// Inbox lists what goes wrong: a supervisor's team, everybody for a manager. NOT_FOUND for a rep or team the viewer does not
// lead. All kinds are read, light rows each, and sorted here: the counts need them, and there are hundreds, not millions.
func (s *Service) Inbox(ctx context.Context, in InboxInput, page Page) (Inbox, error) {
	var out Inbox
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		n, err := page.size()
		if err != nil {
			return err
		}
		d, err := s.sortedDesk(tx, v, in)
		if err != nil {
			return err
		}
		out.Counts = d.all
		return d.page(&out, page.After, n)
	})
	return out, err
}

// sortedDesk is a look at what goes wrong, of the kinds asked for, in order, with the counts of all kinds.
func (s *Service) sortedDesk(tx *models.Tx, v auth.Viewer, in InboxInput) (*inboxDesk, error) {
	d, err := s.desk(tx, v, in)
	if err != nil {
		return nil, err
	}
	if err := d.gather(AllExceptionKinds()...); err != nil {
		return nil, err
	}
	d.all = d.counts()
	if len(in.Kinds) > 0 {
		d.rows = slices.DeleteFunc(d.rows, func(w wrong) bool { return !slices.Contains(in.Kinds, w.kind) })
	}
	slices.SortFunc(d.rows, func(a, b wrong) int { return a.place().compare(b.place()) })
	return d, nil
}

// inboxDesk is one look at what goes wrong.
type inboxDesk struct {
	s      *Service
	tx     *models.Tx
	v      auth.Viewer
	policy Policy
	led    models.Led
	people map[id.ID]models.LedUser
	asleep map[sleeper]models.Snooze
	rows   []wrong
	all    []ExceptionCount
	away   map[id.ID]bool // reps on leave today
	full   map[id.ID]bool // reps whose plan has no room
}

// wrong is an exception before its words: what sorts it, and what it was made from.
type wrong struct {
	models.Wrong
	kind  ExceptionKind
	every int        // NEGLECTED: how often it must hear of us
	from  civil.Date // NEGLECTED: since when it did not
	phone models.Phone
	word  models.Word
	leave models.Leave
	// FORECAST: the last version kept back.
	version models.ForecastModel
}

type sleeper struct {
	kind    ExceptionKind
	subject id.ID
}

func (s *Service) desk(tx *models.Tx, v auth.Viewer, in InboxInput) (*inboxDesk, error) {
	d := &inboxDesk{s: s, tx: tx, v: v, people: map[id.ID]models.LedUser{}, asleep: map[sleeper]models.Snooze{},
		away: map[id.ID]bool{}, full: map[id.ID]bool{}}
	people, err := tx.LedUsers()
	if err != nil {
		return nil, err
	}
	for _, u := range people {
		d.people[u.ID] = u
	}
	if d.led, err = d.leads(in); err != nil {
		return nil, err
	}
	if d.policy, err = s.policy(tx); err != nil {
		return nil, err
	}
	snoozes, err := tx.Snoozes()
	for _, z := range snoozes {
		d.asleep[sleeper{ExceptionKind(z.Kind), z.SubjectID}] = z
	}
	return d, err
}

// leads is whose work the viewer looks at.
func (d *inboxDesk) leads(in InboxInput) (models.Led, error) {
	all := d.v.Scope().Reach == auth.ReachCompany
	var reps []id.ID
	for _, u := range d.people {
		mine := u.TeamID != nil && *u.TeamID == d.v.Team
		if (all || mine) && (in.Rep == nil || *in.Rep == u.ID) && (in.Team == nil || u.TeamID != nil && *in.Team == *u.TeamID) {
			reps = append(reps, u.ID)
		}
	}
	if in.Rep != nil && len(reps) == 0 {
		return models.Led{}, NotFound("rep")
	}
	if in.Team != nil && len(reps) == 0 {
		return models.Led{}, d.emptyTeam(*in.Team, all)
	}
	return models.Led{All: all && in.Rep == nil && in.Team == nil, Reps: reps}, nil
}

// emptyTeam tells a team without people from one the viewer does not lead.
func (d *inboxDesk) emptyTeam(team id.ID, all bool) error {
	if !all && team != d.v.Team {
		return NotFound("team")
	}
	_, err := d.tx.Team(team)
	return missing(err, "team")
}

// awake tells whether a row shows: it is not put aside, or it is wrong from a later day on than when it was.
func (d *inboxDesk) awake(w wrong) bool {
	z, asleep := d.asleep[sleeper{w.kind, w.ID}]
	return !asleep || w.kind != PlanWithoutRoom && w.Since > z.Since
}

func (d *inboxDesk) counts() []ExceptionCount {
	kinds := AllExceptionKinds()
	out := make([]ExceptionCount, len(kinds))
	for n, kind := range kinds {
		out[n].Kind = kind
	}
	for _, w := range d.rows {
		c := &out[w.order()]
		c.N++
		if w.Urgent {
			c.Urgent++
		}
	}
	return out
}

// order is the place of the kind.
func (w wrong) order() int { return slices.Index(AllExceptionKinds(), w.kind) }
