package care_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

func allRows() []care.WorkloadBy {
	return []care.WorkloadBy{care.ByStore, care.ByTeam, care.ByRep, care.ByWeek}
}

// A rep's row says what their phone says, and rows add up to the total, whatever the rows are.
func TestTheNumbersOfDesksAreThoseOfPhones(t *testing.T) {
	onBusy(t, func(t *testing.T, b *busy) {
		all := b.workload(b.Manager, care.WorkloadInput{By: care.ByRep})
		if len(all.Rows) != len(b.reps) {
			t.Fatalf("%d rows for %d reps", len(all.Rows), len(b.reps))
		}
		for _, row := range all.Rows {
			b.samePhone(row)
		}
		for _, by := range allRows() {
			w := b.workload(b.Manager, care.WorkloadInput{By: by})
			if diff := cmp.Diff(all.Total, w.Total); diff != "" {
				t.Errorf("the total by %s (-by rep +got)\n%s", by, diff)
			}
			sameSum(t, fmt.Sprint("now by ", by), w.Total.Now, figuresOf(w.Rows, func(r care.WorkloadRow) care.Figures { return r.Now }))
			sameSum(t, fmt.Sprint("before by ", by), w.Total.Before, figuresOf(w.Rows, func(r care.WorkloadRow) care.Figures { return r.Before }))
			if diff := cmp.Diff(all.Fairness, w.Fairness); diff != "" {
				t.Errorf("the fairness by %s (-by rep +got)\n%s", by, diff)
			}
		}
	})
}

func (b *busy) samePhone(row care.WorkloadRow) {
	b.t.Helper()
	var want []care.MonthNumbers
	for _, u := range b.reps {
		if u.ID == *row.ID && u.ID != b.gone.ID {
			want = b.device(u).world.Numbers
		}
	}
	if *row.ID == b.gone.ID {
		return // has no phone any more
	}
	if diff := cmp.Diff(want, append(append([]care.MonthNumbers{}, row.Before.Kinds...), row.Now.Kinds...)); diff != "" {
		b.t.Errorf("%s (-phone +desk)\n%s", row.Name, diff)
	}
}

func figuresOf(rows []care.WorkloadRow, of func(care.WorkloadRow) care.Figures) []care.Figures {
	var out []care.Figures
	for _, r := range rows {
		out = append(out, of(r))
	}
	return out
}

// sameSum holds what can be added up to the total.
func sameSum(t *testing.T, what string, total care.Figures, rows []care.Figures) {
	t.Helper()
	sum := func(of func(care.Figures) int) int {
		n := 0
		for _, r := range rows {
			n += of(r)
		}
		return n
	}
	kinds := func(f care.Figures, of func(care.MonthNumbers) int) int {
		n := 0
		for _, k := range f.Kinds {
			n += of(k)
		}
		return n
	}
	known := func(n *int) int {
		if n == nil {
			return 0
		}
		return *n
	}
	columns := map[string]func(care.Figures) int{
		"capacity": func(f care.Figures) int { return f.Capacity }, "load": func(f care.Figures) int { return f.Load },
		"travel": func(f care.Figures) int { return f.Travel }, "spaced": func(f care.Figures) int { return f.Spaced },
		"regular": func(f care.Figures) int { return f.Regular }, "repurchases": func(f care.Figures) int { return f.Repurchases },
		"amount": func(f care.Figures) int { return int(f.Amount) }, "referrals": func(f care.Figures) int { return f.Referrals },
		"planned":   func(f care.Figures) int { return kinds(f, func(k care.MonthNumbers) int { return k.Planned }) },
		"scheduled": func(f care.Figures) int { return kinds(f, func(k care.MonthNumbers) int { return k.Scheduled }) },
		"done":      func(f care.Figures) int { return kinds(f, func(k care.MonthNumbers) int { return k.Done }) },
		"remaining": func(f care.Figures) int { return kinds(f, func(k care.MonthNumbers) int { return k.Remaining }) },
		"reached":   func(f care.Figures) int { return kinds(f, func(k care.MonthNumbers) int { return k.Reached }) },
		"attempts":  func(f care.Figures) int { return kinds(f, func(k care.MonthNumbers) int { return k.Attempts }) },
	}
	if len(rows) > 0 && rows[0].Accounts != nil {
		columns["accounts"] = func(f care.Figures) int { return known(f.Accounts) }
		columns["covering"] = func(f care.Figures) int { return known(f.Covering) }
		columns["in touch"] = func(f care.Figures) int { return known(f.InTouch) }
		columns["overdue"] = func(f care.Figures) int { return known(f.Overdue) }
		columns["neglected"] = func(f care.Figures) int { return known(f.Neglected) }
	}
	for name, of := range columns {
		if sum(of) != of(total) {
			t.Errorf("%s, %s: the rows add up to %d, the total is %d", what, name, sum(of), of(total))
		}
	}
}

// Every number opens to exactly as many rows as it says, each once, whoever asks and whatever they ask for.
func TestEveryNumberOpensToItsRows(t *testing.T) {
	modelstest.Sequential(t)
	onBusy(t, func(t *testing.T, b *busy) {
		opened := 0
		for _, who := range []models.User{b.Manager, b.Supervisor} {
			b.reachOf[who.ID] = b.reach(who)
			for _, by := range []care.WorkloadBy{care.ByTeam, care.ByRep, care.ByWeek} {
				w := b.workload(who, care.WorkloadInput{By: by})
				rows := w.Rows
				if by == care.ByTeam {
					rows = append(rows, w.Total)
				}
				for _, row := range rows {
					opened += b.opens(who, by, row)
				}
			}
		}
		if opened < 500 {
			t.Errorf("only %d rows were opened", opened)
		}
	})
}

// opens opens all numbers of a row and tells how many rows there were.
func (b *busy) opens(who models.User, by care.WorkloadBy, row care.WorkloadRow) int {
	b.t.Helper()
	in := care.FigureInput{Week: row.Week}
	switch {
	case row.ID == nil:
	case by == care.ByStore:
		in.Store = row.ID
	case by == care.ByTeam:
		in.Team = row.ID
	case by == care.ByRep:
		in.Rep = row.ID
	}
	n := 0
	for _, before := range []bool{false, true} {
		f := row.Now
		if before {
			f = row.Before
		}
		in.Before = before
		for _, c := range numbersIn(f) {
			in.Figure, in.Kind = c.figure, c.kind
			n += b.opensTo(who, fmt.Sprint(by, " ", row.Name, " ", in.Week, " before ", before), in, c.want)
			if c.figure == models.FigureLoad || c.figure == models.FigureRepurchases || c.figure == models.FigureOverdue && f.OverdueDays != nil {
				b.addsUp(who, in, f)
			}
		}
	}
	return n
}

type numberIn struct {
	figure models.FigureKind
	kind   *cadence.Kind
	want   int // -1: unknown
}

// numbersIn are the numbers of figures that open.
func numbersIn(f care.Figures) []numberIn {
	all := map[models.FigureKind]int{}
	var out []numberIn
	for _, k := range f.Kinds {
		for figure, n := range map[models.FigureKind]int{
			models.FigurePlanned: k.Planned, models.FigureScheduled: k.Scheduled, models.FigureDone: k.Done,
			models.FigureRemaining: k.Remaining, models.FigureReached: k.Reached, models.FigureAttempts: k.Attempts,
		} {
			out = append(out, numberIn{figure, ptr(k.Kind), n})
			all[figure] += n
		}
	}
	for _, figure := range []models.FigureKind{models.FigurePlanned, models.FigureScheduled, models.FigureDone, models.FigureRemaining, models.FigureReached, models.FigureAttempts} {
		out = append(out, numberIn{figure, nil, all[figure]})
	}
	out = append(out, numberIn{models.FigureRegular, nil, f.Regular}, numberIn{models.FigureIrregular, nil, f.Spaced - f.Regular},
		numberIn{models.FigureRepurchases, nil, f.Repurchases}, numberIn{models.FigureReferrals, nil, f.Referrals}, numberIn{models.FigureLoad, nil, -1})
	if f.Accounts == nil {
		return out
	}
	return append(out, numberIn{models.FigureAccounts, nil, *f.Accounts}, numberIn{models.FigureCovering, nil, *f.Covering},
		numberIn{models.FigureInTouch, nil, *f.InTouch}, numberIn{models.FigureOutOfTouch, nil, *f.Rhythmic - *f.InTouch},
		numberIn{models.FigureOverdue, nil, *f.Overdue}, numberIn{models.FigureNeglected, nil, *f.Neglected})
}

// walk reads all rows behind a number, page by page: by few of the whole company, by many of a row.
func (b *busy) walk(who models.User, in care.FigureInput) (rows []care.FigureRow, total int) {
	b.t.Helper()
	after, size := "", 100
	if in.Rep == nil && in.Team == nil && in.Store == nil && in.Week == nil {
		size = 7
	}
	for {
		c := got[care.FigureConnection](b.t)(b.FigureRows(b.as(who), in, care.Page{First: size, After: after}))
		for _, e := range c.Edges {
			rows = append(rows, e.Node)
			after = e.Cursor
		}
		if !c.More {
			return rows, c.Total
		}
	}
}

func (b *busy) opensTo(who models.User, what string, in care.FigureInput, want int) int {
	b.t.Helper()
	rows, total := b.walk(who, in)
	type key struct{ row, rep id.ID }
	seen := map[key]bool{}
	reach := b.reachOf[who.ID]
	for _, r := range rows {
		k := key{r.ID, r.Rep.ID}
		if seen[k] {
			b.t.Errorf("%s: %s has a row twice", what, in.Figure)
		}
		seen[k] = true
		if r.Rep.Name == "" {
			b.t.Errorf("%s: %s has a row of nobody", what, in.Figure)
		}
		if (r.AccountID != nil && reach[*r.AccountID]) != (r.AccountName != "") {
			b.t.Errorf("%s: %s shows %q of account %v", what, in.Figure, r.AccountName, r.AccountID)
		}
	}
	if len(rows) != total || want >= 0 && total != want {
		b.t.Errorf("%s: %s is %d, says %d, and opens to %d rows", what, in.Figure, want, total, len(rows))
	}
	return len(rows)
}

// reach is which accounts a user sees.
func (b *busy) reach(who models.User) map[id.ID]bool {
	b.t.Helper()
	out := map[id.ID]bool{}
	b.write(func(tx *models.Tx) error {
		rows, err := tx.FindAccounts(modelstest.Viewer(who).Scope(), models.AccountSearch{}, models.ByName, nil, 1000)
		for _, a := range rows {
			out[a.ID] = true
		}
		return err
	})
	return out
}

// addsUp holds sums and averages to the rows they are of.
func (b *busy) addsUp(who models.User, in care.FigureInput, f care.Figures) {
	b.t.Helper()
	rows, _ := b.walk(who, in)
	minutes, days := 0, 0
	var amount models.Fen
	for _, r := range rows {
		if r.Minutes != nil {
			minutes += *r.Minutes + *r.Travel
		}
		if r.Amount != nil {
			amount += *r.Amount
		}
		if r.Days != nil {
			days += *r.Days
		}
	}
	switch in.Figure {
	case models.FigureLoad:
		if minutes != f.Load {
			b.t.Errorf("the rows come to %d minutes, the load is %d", minutes, f.Load)
		}
	case models.FigureRepurchases:
		if amount != f.Amount {
			b.t.Errorf("the orders come to %d, the amount is %d", amount, f.Amount)
		}
	case models.FigureOverdue:
		if math.Abs(float64(days)/float64(len(rows))-*f.OverdueDays) > 1e-9 {
			b.t.Errorf("the rows are overdue for %d days, the average is %f", days, *f.OverdueDays)
		}
	}
}

func TestASupervisorReadsTheirTeamOnly(t *testing.T) {
	onBusy(t, func(t *testing.T, b *busy) {
		w := b.workload(b.Supervisor, care.WorkloadInput{By: care.ByRep})
		for _, row := range w.Rows {
			if *row.ID != b.Rep.ID && *row.ID != b.Colleague.ID && *row.ID != b.gone.ID {
				t.Errorf("a row of %s", row.Name)
			}
		}
		for what, in := range map[string]care.WorkloadInput{
			"another team":          {By: care.ByRep, Team: &b.OtherTeam.ID},
			"another store":         {By: care.ByWeek, Store: &b.Branch.ID},
			"a rep of another team": {By: care.ByRep, Rep: &b.OtherRep.ID},
			"somebody who is none":  {By: care.ByRep, Rep: &b.Expert.ID},
			"nobody":                {By: care.ByTeam, Team: ptr(b.key())},
		} {
			_, err := b.Workload(b.as(b.Supervisor), in)
			wantCode(t, err, care.CodeNotFound)
			_, err = b.FigureRows(b.as(b.Supervisor), care.FigureInput{Figure: models.FigureDone, Team: in.Team, Store: in.Store, Rep: in.Rep}, care.Page{})
			if care.CodeOf(err) != care.CodeNotFound {
				t.Errorf("%s: rows, error %v", what, err)
			}
		}
	})
}

func TestWhatAWorkloadCannotTell(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		manager := w.as(w.Manager)
		for what, in := range map[string]care.WorkloadInput{
			"rows of no kind": {By: "DAY"}, "a month no plan reaches": {By: care.ByRep, Month: ptr(w.today + 200)},
			"a month before all": {By: care.ByRep, Month: ptr(civil.Must("1990-01-01"))},
		} {
			if _, err := w.Workload(manager, in); care.CodeOf(err) != care.CodeInvalid {
				t.Errorf("%s: error %v", what, err)
			}
		}
		for what, in := range map[string]care.FigureInput{
			"a number that is none":        {Figure: "HAPPY"},
			"what is held, of a month ago": {Figure: models.FigureAccounts, Month: ptr(w.today - 40)},
			"what is held, of a week":      {Figure: models.FigureAccounts, Week: ptr(civil.Must("2026-03-02"))},
			"what is held, before":         {Figure: models.FigureNeglected, Before: true},
			"a kind where there are none":  {Figure: models.FigureReferrals, Kind: ptr(cadence.Call)},
			"a kind that is none":          {Figure: models.FigureDone, Kind: ptr(cadence.Kind("TELEPATHY"))},
			"a week that begins no row":    {Figure: models.FigureDone, Week: ptr(civil.Must("2026-03-03"))},
		} {
			if _, err := w.FigureRows(manager, in, care.Page{}); care.CodeOf(err) != care.CodeInvalid {
				t.Errorf("%s: error %v", what, err)
			}
		}
		_, err := w.FigureRows(manager, care.FigureInput{Figure: models.FigureDone}, care.Page{After: "x"})
		wantCode(t, err, care.CodeInvalid)
		_, err = w.FigureRows(manager, care.FigureInput{Figure: models.FigureDone}, care.Page{First: 1000})
		wantCode(t, err, care.CodeLimited)
	})
}

func TestAMonthThatIsOverKnowsNothingOfNow(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		past := got[care.Workload](t)(w.Workload(w.as(w.Manager), care.WorkloadInput{By: care.ByRep, Month: ptr(civil.Must("2026-02-10"))}))
		if past.Total.Now.Accounts != nil || past.Total.Now.Overdue != nil || past.Elapsed != 1 {
			t.Errorf("%+v", past.Total.Now)
		}
		now := got[care.Workload](t)(w.Workload(w.as(w.Manager), care.WorkloadInput{By: care.ByRep}))
		if now.Total.Now.Accounts == nil || now.Total.Before.Accounts != nil {
			t.Errorf("%+v", now.Total)
		}
		// Sundays are off: on Wednesday the 4th the 2nd and the 3rd have passed, of 26 working days.
		if want := 2.0 / 26; math.Abs(now.Elapsed-want) > 1e-9 {
			t.Errorf("%f of the month has passed, want %f", now.Elapsed, want)
		}
	})
}
