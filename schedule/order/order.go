// Package order puts the rest of one day in the best order: what a rep asks for on the way, answered at once.
//
// app/src/rules/order.ts is the same routine for phones without a connection; testdata/vectors.json holds the two together.
package order

import (
	"errors"
	"fmt"

	"huifang/civil"
)

// Nowhere is the place of a call, and of a start or an end that nobody named: no way leads to or from it.
const Nowhere = -1

const (
	// MostStops is how many stops a day may have.
	MostStops = 50
	// MostExact is how many stops are put in the best of all orders; beyond it the order is only a good one.
	MostExact = 14
	// mostMinutes bounds what a stop or a way may take: a week, as the schedule does.
	mostMinutes = 7 * 24 * 60
)

// Day is the rest of a day. Minutes count from midnight.
type Day struct {
	// Now is the first minute there is.
	Now int `json:"now"`
	// From and To are the places where it begins and ends, as rows of Travel, or Nowhere.
	From int `json:"from"`
	To   int `json:"to"`
	// Until is the minute by which the day must be over, the way to To included; 0 for no such minute.
	Until int `json:"until"`
	// Travel is the minutes of the way from each place to each other, the two ways need not be the same.
	Travel [][]int `json:"travel"`
	// Shifts are the working hours in order, without overlap; breaks lie between them. Travel may cross a break.
	Shifts []civil.Window `json:"shifts"`
	// Wish is what a stop outside its preferred hours costs, in minutes on the road.
	Wish int `json:"wish"`
	// Stops are in the order the day has now.
	Stops []Stop `json:"stops"`
}

// Stop is one contact still to be made.
type Stop struct {
	// Place is a row of Travel, or Nowhere for a call: it is made anywhere and takes its time from the way.
	Place   int `json:"place"`
	Minutes int `json:"minutes"`
	// Windows are the hours in which it may lie, none meaning all; Preferred are wished, not held.
	Windows   []civil.Window `json:"windows"`
	Preferred []civil.Window `json:"preferred"`
	// At binds it to a minute, whatever the hours: an appointment.
	At *int `json:"at"`
	// Priority says what is left out last; appointments come before all others.
	Priority int `json:"priority"`
}

// Plan is the order: every stop is visited or left out, exactly once.
type Plan struct {
	Visits []Visit `json:"visits"` // in order
	Left   []Left  `json:"left"`   // in the order of the stops
	Travel int     `json:"travel"` // minutes on the road, the way to the end included
	Missed int     `json:"missed"` // stops outside their preferred hours
	Done   int     `json:"done"`   // the minute the last thing is over, the way to the end included
	// Best tells that no order is better; false beyond MostExact, or where hours make too many cases.
	Best bool `json:"best"`
}

// Visit is a stop with its minute.
type Visit struct {
	Stop   int `json:"stop"`
	Start  int `json:"start"`
	Travel int `json:"travel"` // minutes from the place before; 0 for a call
}

// Left is a stop that has no place in the rest of the day, and why.
type Left struct {
	Stop int    `json:"stop"`
	Why  Reason `json:"why"`
}

// Reason is why a stop was left out.
type Reason string

// The reasons, from the most to the least specific.
const (
	HoursOver Reason = "HOURS_OVER" // its hours, or those of work, leave no time for it any more
	TooFar    Reason = "TOO_FAR"    // even as the only stop it cannot be reached in time, or the way back is too long
	NoRoom    Reason = "NO_ROOM"    // with what is at least as important there is no time left
)

// ErrDay says that a day makes no sense: indexes, sizes or minutes out of range.
var ErrDay = errors.New("not a day that can be ordered")

// Best orders a day: first as little as can be is left out, the important last of all; then minutes on the road and
// missed wishes count, then the end. Of equally good orders the one the day has now wins. The same day gives the same
// plan on every machine. ErrDay for a day that makes no sense.
func Best(d Day) (Plan, error) {
	if err := d.check(); err != nil {
		return Plan{}, err
	}
	s := newSearch(&d)
	s.settle(s.inOrder(s.given()))
	s.settle(s.improved(s.inserted()))
	best := s.search()
	s.likeGiven()
	return s.plan(best), nil
}

// search tells whether the best day it found is the best there is.
func (s *search) search() bool {
	if len(s.tasks) > MostExact {
		s.run(beamWidth)
		return false
	}
	return s.run(diveWidth) || s.run(mostLabels)
}

func (d *Day) check() error {
	if len(d.Stops) > MostStops {
		return fmt.Errorf("%w: %d stops, at most %d", ErrDay, len(d.Stops), MostStops)
	}
	for _, row := range d.Travel {
		if len(row) != len(d.Travel) {
			return fmt.Errorf("%w: travel needs as many columns as rows", ErrDay)
		}
		for _, minutes := range row {
			if minutes < 0 || minutes > mostMinutes {
				return fmt.Errorf("%w: a way of %d minutes", ErrDay, minutes)
			}
		}
	}
	if !d.knows(d.From) || !d.knows(d.To) || !sane(d.Now) || !sane(d.Until) || !sane(d.Wish) {
		return fmt.Errorf("%w: from, to, now, until or wish is out of range", ErrDay)
	}
	return d.checkStops()
}

func (d *Day) checkStops() error {
	for i, s := range d.Stops {
		if !d.knows(s.Place) || s.Minutes < 1 || !sane(s.Minutes) || s.At != nil && !sane(*s.At) {
			return fmt.Errorf("%w: the place or the minutes of stop %d are out of range", ErrDay, i)
		}
	}
	return nil
}

func (d *Day) knows(place int) bool { return place >= Nowhere && place < len(d.Travel) }

func sane(minutes int) bool { return minutes >= 0 && minutes <= mostMinutes }
