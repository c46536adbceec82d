package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// FigureInput says which number of a workload to open. Before is the month before the one named, with a week the days of
// it beside that week: so every number of a row opens by what was asked for the row.
type FigureInput struct {
	Figure           models.FigureKind
	Month, Week      *civil.Date
	Before           bool
	Kind             *cadence.Kind
	Store, Team, Rep *id.ID
}

// FigureRow is one of the rows behind a number. AccountID is nil for an account that has left the viewer's reach since:
// the row still counts for who made the contact.
type FigureRow struct {
	ID              id.ID
	AccountID       *id.ID
	AccountName     string
	Rep             Person
	Day             *civil.Date
	Kind            cadence.Kind
	Status          *models.ItemStatus
	Outcome         *cadence.Outcome
	Days            *int
	Minutes, Travel *int
	Amount          *models.Fen
}

// FigureEdge is a row with its place in the list.
type FigureEdge struct {
	Node   FigureRow
	Cursor string
}

// FigureConnection is a page of the rows behind a number.
type FigureConnection struct {
	Total int
	Edges []FigureEdge
	More  bool
}

// FigureRows opens a number of a workload, in five statements. Errors are those of Workload; INVALID too for what is known
// of now only and asked for another month, and for a kind of contact where the number has none.
func (s *Service) FigureRows(ctx context.Context, in FigureInput, page Page) (FigureConnection, error) {
	var c FigureConnection
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		n, err := page.size()
		if err != nil {
			return err
		}
		var after *models.FigureAfter
		if page.After != "" {
			after = &models.FigureAfter{}
			if err := readCursor(page.After, after); err != nil {
				return err
			}
		}
		o, err := s.openFigure(tx, v, in)
		if err != nil {
			return err
		}
		c, err = o.page(after, n)
		return err
	})
	return c, err
}

// openedFigure reads the rows of one number.
type openedFigure struct {
	tx    *models.Tx
	v     auth.Viewer
	ask   models.FigureAsk
	names map[id.ID]string // of the reps
}

func (s *Service) openFigure(tx *models.Tx, v auth.Viewer, in FigureInput) (openedFigure, error) {
	o := openedFigure{tx: tx, v: v, ask: models.FigureAsk{Figure: in.Figure}, names: map[id.ID]string{}}
	var err error
	if o.ask.Stretch, err = in.stretch(tx); err != nil {
		return o, err
	}
	if err := in.check(tx.Today, o.ask.Stretch); err != nil {
		return o, err
	}
	if in.Kind != nil {
		o.ask.Kind = *in.Kind
	}
	people, err := workers(tx, v, models.WorkerFilter{Rep: in.Rep, Team: in.Team, Store: in.Store})
	if err != nil {
		return o, err
	}
	o.ask.Users = keysOfWorkers(people)
	for _, w := range people {
		o.names[w.User.ID] = w.User.Name
	}
	policy, err := s.policy(tx)
	o.ask.Credit = models.Credit(policy.Workload.CreditDays)
	return o, err
}

// stretch is which days a number is of.
func (in FigureInput) stretch(tx *models.Tx) (models.Stretch, error) {
	month, err := monthAsked(tx, in.Month)
	if err != nil {
		return month, err
	}
	before := monthOf(month.From - 1)
	if in.Week == nil {
		if in.Before {
			return before, nil
		}
		return month, nil
	}
	weeks := weeksOf(month)
	i := slices.IndexFunc(weeks, func(w models.Stretch) bool { return w.From == *in.Week })
	if i < 0 {
		return month, Invalid("week", "%s begins no week of the month from %s: name the first day of a row", *in.Week, month.From).By("week")
	}
	if in.Before {
		return besides(weeks, month, before)[i], nil
	}
	return weeks[i], nil
}

func (in FigureInput) check(today civil.Date, s models.Stretch) error {
	if !slices.Contains(models.FigureKinds(), in.Figure) {
		return Invalid("figure", "%q is no number of a workload", in.Figure).By("enum")
	}
	if in.Figure.OfNow() && (in.Week != nil || !s.Holds(today)) {
		return Invalid("figure", "%s is known of now only: ask for this month, without a week", in.Figure).By("now")
	}
	if in.Kind == nil {
		return nil
	}
	if !in.Figure.HasKinds() {
		return Invalid("kind", "%s is not counted by kind of contact: leave the kind out", in.Figure).By("kind")
	}
	if !slices.Contains(cadence.AllKinds(), *in.Kind) {
		return Invalid("kind", "%q is no kind of contact", *in.Kind).By("enum")
	}
	return nil
}

func (o openedFigure) page(after *models.FigureAfter, n int) (FigureConnection, error) {
	var c FigureConnection
	var err error
	if c.Total, err = o.tx.CountFigure(o.ask); err != nil {
		return c, err
	}
	rows, err := o.tx.FigureRows(o.ask, after, n+1)
	if err != nil {
		return c, err
	}
	c.More = len(rows) > n
	rows = rows[:min(len(rows), n)]
	shown, err := o.show(rows)
	if err != nil {
		return c, err
	}
	for i, row := range rows {
		cursor, err := cursorOf(models.FigureAfter{Place: row.Place, ID: row.ID, User: row.UserID})
		if err != nil {
			return c, err
		}
		c.Edges = append(c.Edges, FigureEdge{Node: shown[i], Cursor: cursor})
	}
	return c, nil
}

// show puts names beside the rows; an account beyond the viewer's reach has none.
func (o openedFigure) show(rows []models.CountedRow) ([]FigureRow, error) {
	keys := make([]id.ID, len(rows))
	for i, r := range rows {
		keys[i] = r.AccountID
	}
	accounts, err := o.tx.AccountNames(o.v.Scope(), keys)
	if err != nil {
		return nil, err
	}
	out := make([]FigureRow, len(rows))
	for i, r := range rows {
		out[i] = o.row(r)
		if name, ok := accounts[r.AccountID]; ok {
			out[i].AccountID, out[i].AccountName = &rows[i].AccountID, name
		}
	}
	return out, nil
}

func (o openedFigure) row(r models.CountedRow) FigureRow {
	out := FigureRow{ID: r.ID, Rep: Person{ID: r.UserID, Name: o.names[r.UserID]}, Day: r.Day, Kind: r.Kind}
	if r.Status != "" {
		out.Status = &r.Status
	}
	if r.Outcome != "" {
		out.Outcome = &r.Outcome
	}
	if r.Minutes+r.Travel > 0 {
		out.Minutes, out.Travel = &r.Minutes, &r.Travel
	}
	if o.ask.Figure == models.FigureRepurchases {
		out.Amount = &r.Amount
	}
	out.Days = o.days(r)
	return out
}

// days are how long overdue or neglected, or since the contact before.
func (o openedFigure) days(r models.CountedRow) *int {
	switch o.ask.Figure {
	case models.FigureOverdue, models.FigureNeglected:
		if r.Since != nil {
			n := int(o.tx.Today - *r.Since)
			return &n
		}
	case models.FigureRegular, models.FigureIrregular, models.FigureReached:
		if r.Days >= 0 {
			return &r.Days
		}
	}
	return nil
}
