package care

import (
	"math"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// Pace is how what is done compares with how much of the time has passed.
type Pace string

// The paces.
const (
	PaceUnder Pace = "UNDER"
	PaceOn    Pace = "ON"
	PaceOver  Pace = "OVER"
)

// Figures are the figures of D30, each as docs/figures.md defines it. What is known of now only is nil for other times.
type Figures struct {
	Accounts, Covering     *int
	Capacity, Load, Travel int // minutes
	Utilisation            *float64
	Kinds                  []MonthNumbers
	Attainment, Elapsed    *float64
	Pace                   *Pace
	Rhythmic, InTouch      *int
	Coverage               *float64
	Spaced, Regular        int
	Regularity             *float64
	Overdue                *int
	OverdueDays            *float64
	Neglected              *int
	VisitsPerHour          *float64
	Repurchases            int
	Amount                 models.Fen
	Referrals              int
}

// portion is what figures are reckoned from: sums, so that portions add up to rows and rows to the total.
type portion struct {
	tally                           tally
	held                            models.Holding
	overdue, overdueDays            int
	repurchases, referrals          int
	amount                          models.Fen
	capacity, workingDays, daysGone int
}

func (p *portion) add(q *portion) {
	p.tally.add(&q.tally)
	p.hold(q.held)
	p.overdue, p.overdueDays = p.overdue+q.overdue, p.overdueDays+q.overdueDays
	p.repurchases, p.referrals, p.amount = p.repurchases+q.repurchases, p.referrals+q.referrals, p.amount+q.amount
	p.capacity, p.workingDays, p.daysGone = p.capacity+q.capacity, p.workingDays+q.workingDays, p.daysGone+q.daysGone
}

func (p *portion) hold(h models.Holding) {
	p.held.Accounts, p.held.Covering = p.held.Accounts+h.Accounts, p.held.Covering+h.Covering
	p.held.Rhythmic, p.held.InTouch = p.held.Rhythmic+h.Rhythmic, p.held.InTouch+h.InTouch
	p.held.Neglected += h.Neglected
}

// work counts the working time of a user in a period, and how many of its days are over, as phones count them.
func (p *portion) work(h hours, u models.User, s models.Stretch, today civil.Date) {
	for day := s.From; day <= s.To; day++ {
		minutes := h.minutes(u, day)
		p.capacity += minutes
		if minutes == 0 {
			continue
		}
		p.workingDays++
		if day < today {
			p.daysGone++
		}
	}
}

// idle tells whether there is nothing at all in it but time.
func (p *portion) idle() bool {
	q := *p
	q.capacity, q.workingDays, q.daysGone, q.held.User = 0, 0, 0, [16]byte{}
	return q == portion{}
}

func (p *portion) load() int {
	n := 0
	for _, k := range p.tally {
		n += k.minutes + k.travel
	}
	return n
}

// figures are the figures of a portion; those known of now only when it is of now.
func (p *portion) figures(t *timesheet, month civil.Date, ofNow bool) Figures {
	f := Figures{Capacity: p.capacity, Load: p.load(), Kinds: p.tally.rows(month), Repurchases: p.repurchases, Amount: p.amount, Referrals: p.referrals}
	planned, done := 0, 0
	for _, k := range p.tally {
		f.Travel += k.travel
		f.Spaced, f.Regular = f.Spaced+k.spaced, f.Regular+k.regular
		planned, done = planned+k.open+k.done+k.shed, done+k.done
	}
	f.Utilisation = ratio(f.Load, f.Capacity)
	f.Regularity = ratio(f.Regular, f.Spaced)
	f.Attainment, f.Elapsed = ratio(done, planned), ratio(p.daysGone, p.workingDays)
	f.Pace = pace(f.Attainment, f.Elapsed, t.policy.Workload.PaceTolerance)
	visits := p.tally.of(cadence.HomeVisit)
	f.VisitsPerHour = ratio(60*visits.done, visits.doneMinutes)
	if ofNow {
		p.ofNow(&f)
	}
	return f
}

func (p *portion) ofNow(f *Figures) {
	h := p.held
	f.Accounts, f.Covering, f.Rhythmic, f.InTouch, f.Neglected = &h.Accounts, &h.Covering, &h.Rhythmic, &h.InTouch, &h.Neglected
	f.Coverage = ratio(h.InTouch, h.Rhythmic)
	overdue := p.overdue
	f.Overdue, f.OverdueDays = &overdue, ratio(p.overdueDays, p.overdue)
}

// ratio is nil when there is nothing to divide by.
func ratio(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	r := float64(part) / float64(whole)
	return &r
}

// pace compares in points: 40 % done after 45 % of the time is within ten points of it.
func pace(attained, elapsed *float64, tolerance float64) *Pace {
	if attained == nil || elapsed == nil {
		return nil
	}
	p := PaceOn
	switch ahead := *attained - *elapsed; {
	case ahead < -tolerance-rounding:
		p = PaceUnder
	case ahead > tolerance+rounding:
		p = PaceOver
	}
	return &p
}

// rounding keeps what is exactly at the bound within it.
const rounding = 1e-9

// Fairness is how even the utilisation of reps is.
type Fairness struct {
	Least, Greatest *float64
	Spread          float64 // standard deviation, in points of a hundred
	Index           *float64
}

// fairness is that of the month (0) or of the one before (1), over the reps with working time in it.
func (t *timesheet) fairness(month int) Fairness {
	half := len(t.periods) / 2
	var all []float64
	for _, w := range t.people {
		var p portion
		for i := range half {
			p.add(t.at(w.User.ID, month*half+i))
		}
		if u := ratio(p.load(), p.capacity); u != nil {
			all = append(all, *u)
		}
	}
	return fairnessOf(all)
}

// fairnessOf is (Jain, Chiu, Hawe 1984): the square of the sum by n times the sum of the squares.
func fairnessOf(all []float64) Fairness {
	if len(all) == 0 {
		return Fairness{}
	}
	least, greatest, sum, squares := math.Inf(1), math.Inf(-1), 0.0, 0.0
	for _, u := range all {
		least, greatest, sum, squares = min(least, u), max(greatest, u), sum+u, squares+u*u
	}
	n := float64(len(all))
	f := Fairness{Least: &least, Greatest: &greatest, Spread: 100 * math.Sqrt(max(squares/n-(sum/n)*(sum/n), 0))}
	if squares > 0 {
		index := sum * sum / (n * squares)
		f.Index = &index
	}
	return f
}
