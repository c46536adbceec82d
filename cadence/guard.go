package cadence

import "huifang/civil"

// hold returns a pause or opt-out that forbids the kind on a day.
func (pl *planner) hold(kind Kind, day civil.Date) (civil.Span, bool) {
	for _, pause := range pl.Pauses {
		if pause.Holds(day) {
			return pause.Span, true
		}
	}
	for _, out := range pl.OptOuts {
		if (out.Kind == "" || out.Kind == kind) && out.Holds(day) {
			return out.Span, true
		}
	}
	return civil.Span{}, false
}

// optedOut tells whether the customer forbade the kind; a pause is no opt-out.
func (pl *planner) optedOut(kind Kind, day civil.Date) bool {
	for _, out := range pl.OptOuts {
		if (out.Kind == "" || out.Kind == kind) && out.Holds(day) {
			return true
		}
	}
	return false
}

func (pl *planner) allowed(kind Kind, day civil.Date) bool {
	_, held := pl.hold(kind, day)
	return !held
}

// next returns the first day from day on that allows the kind; false when there is none.
func (pl *planner) next(kind Kind, day civil.Date) (civil.Date, bool) {
	for {
		span, held := pl.hold(kind, day)
		if !held {
			return day, true
		}
		if span.To == nil {
			return 0, false
		}
		day = *span.To + 1
	}
}

// nextExpected returns the due day the rules allow: the honest day, unless a pause or opt-out covers it or, when it is over,
// covers today; then the first day after. False when there is none.
func (pl *planner) nextExpected(kind Kind, due civil.Date) (civil.Date, bool) {
	due, ok := pl.next(kind, due)
	if !ok || due >= pl.today {
		return due, ok
	}
	now, ok := pl.next(kind, pl.today)
	if now == pl.today {
		return due, ok
	}
	return now, ok
}

// fit moves a draft to days that allow it, by its other kind where only that may be used, and cuts its window to days
// without a pause; false when no day allows it.
func (pl *planner) fit(d draft) (draft, bool) {
	due, ok := pl.nextExpected(d.Kind, d.Due)
	if d.OrKind != "" {
		if other, can := pl.nextExpected(d.OrKind, d.Due); can && (!ok || other < due) {
			d, due, ok = d.asOther(), other, true
		}
	}
	if !ok {
		return d, false
	}
	d.moveTo(due)
	pl.cutWindow(&d)
	return d, true
}

// asOther is the demand made as its other kind.
func (d draft) asOther() draft {
	d.Kind, d.OrKind = d.OrKind, ""
	if d.OrBy != "" {
		d.By, d.OrBy = d.OrBy, ""
	}
	return d
}

// moveTo keeps the room after the due day.
func (d *draft) moveTo(due civil.Date) {
	room := max(0, d.Latest-d.Due)
	if due > d.Due {
		d.Latest = due + room
	}
	d.Due = due
	d.Earliest = min(d.Earliest, due)
}

// cutWindow leaves the days around the expected one on which the contact is allowed, and gives overdue work its grace.
func (pl *planner) cutWindow(d *draft) {
	day := pl.expected(d.Demand)
	if d.Due < pl.today {
		d.Latest = max(d.Latest, pl.today+civil.Date(pl.policy.GraceDays))
	}
	d.Latest = pl.lastAllowed(d.Kind, day, max(d.Latest, day))
	d.Earliest = min(max(d.Earliest, d.cause+1), d.Due)
	d.Earliest = pl.firstAllowed(d.Kind, d.Due, d.Earliest)
}

// dropOther leaves the other kind only where it is allowed on every day of the window still to come.
func (pl *planner) dropOther(d *draft) {
	from := max(d.Earliest, pl.today)
	if d.OrKind == "" || (pl.allowed(d.OrKind, from) && pl.lastAllowed(d.OrKind, from, d.Latest) == d.Latest) {
		return
	}
	d.OrKind, d.OrBy = "", ""
}

// lastAllowed walks from an allowed day towards upTo and stops before the first held day.
func (pl *planner) lastAllowed(kind Kind, day, upTo civil.Date) civil.Date {
	for day < upTo && pl.allowed(kind, day+1) {
		day++
	}
	return day
}

// firstAllowed walks from a day back towards downTo and stops after the first held day.
func (pl *planner) firstAllowed(kind Kind, day, downTo civil.Date) civil.Date {
	for day > downTo && pl.allowed(kind, day-1) {
		day--
	}
	return day
}
