package care

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/forecast"
	"huifang/models"
	"huifang/schedule"
)

// Policy is everything an organisation may change about the care of its accounts: one versioned document with a day
// from which it is in force. What a version leaves out keeps the default.
type Policy struct {
	Cadence  cadence.Policy `json:"cadence"`
	Forecast forecast.Rule  `json:"forecast"`
	Planning Planning       `json:"planning"`
}

// Planning is how plans are made.
type Planning struct {
	// Days is how many days are planned, the first one included.
	Days int `json:"days"`
	// Hours are worked by a rep without hours of their own.
	Hours models.Hours `json:"hours"`
	// Visits happen within VisitHours, calls and messages within CallHours (quiet hours, D19).
	VisitHours []civil.Window `json:"visitHours"`
	CallHours  []civil.Window `json:"callHours"`
	// Detour is road distance by straight distance; Speeds are km/h by mode.
	Detour  float64                 `json:"detour"`
	Speeds  map[models.Mode]float64 `json:"speeds"`
	Weights schedule.Weights        `json:"weights"`
}

// DefaultPolicy is the policy of a company that has set none.
func DefaultPolicy() Policy {
	return Policy{Cadence: cadence.DefaultPolicy(), Forecast: forecast.DefaultRule(), Planning: defaultPlanning()}
}

func defaultPlanning() Planning {
	day := []civil.Window{{From: 9 * 60, To: 12 * 60}, {From: 13 * 60, To: 18 * 60}}
	hours := models.Hours{}
	for d := time.Monday; d <= time.Saturday; d++ {
		hours[int(d)] = day
	}
	return Planning{
		Days:       28,
		Hours:      hours,
		VisitHours: []civil.Window{{From: 8*60 + 30, To: 20 * 60}},
		CallHours:  []civil.Window{{From: 9 * 60, To: 12 * 60}, {From: 13*60 + 30, To: 20*60 + 30}},
		Detour:     1.3,
		Speeds:     map[models.Mode]float64{models.Walk: 5, models.EBike: 18, models.Car: 28, models.Bus: 15},
		Weights:    schedule.DefaultWeights(),
	}
}

// Validate returns an Invalid error that names the first field out of range.
func (p Policy) Validate() error {
	if err := p.Cadence.Validate(); err != nil {
		return Invalid("cadence", "%w", err)
	}
	if p.Forecast.Threshold <= 0 || p.Forecast.Threshold >= 1 || p.Forecast.Hysteresis < 0 || p.Forecast.Hysteresis >= 0.5 {
		return Invalid("forecast", "threshold must lie between 0 and 1, hysteresis between 0 and 0.5")
	}
	return p.Planning.validate()
}

func (p Planning) validate() error {
	if p.Days < 7 || p.Days > 60 {
		return Invalid("planning.days", "%d days planned: choose 7 to 60", p.Days)
	}
	if p.Detour < 1 || p.Detour > 5 {
		return Invalid("planning.detour", "a detour factor of %g: choose 1 to 5", p.Detour)
	}
	for mode, speed := range p.Speeds {
		if speed < 1 || speed > 130 {
			return Invalid("planning.speeds", "%g km/h for %s: choose 1 to 130", speed, mode)
		}
	}
	return p.validateHours()
}

func (p Planning) validateHours() error {
	for weekday, windows := range p.Hours {
		if weekday < 0 || weekday > 6 {
			return Invalid("planning.hours", "weekday %d: 0 is Sunday, 6 is Saturday", weekday)
		}
		if err := validWindows("planning.hours", windows); err != nil {
			return err
		}
	}
	if err := validWindows("planning.visitHours", p.VisitHours); err != nil {
		return err
	}
	return validWindows("planning.callHours", p.CallHours)
}

// validWindows asks for windows within a day, in order and apart.
func validWindows(field string, windows []civil.Window) error {
	end := civil.Minute(0)
	for _, w := range windows {
		if w.From < end || w.To <= w.From || w.To > 24*60 {
			return Invalid(field, "%s–%s: windows must lie within the day, in order, without overlap", w.From.Clock(), w.To.Clock())
		}
		end = w.To
	}
	return nil
}

// ParsePolicy reads a policy document; unknown fields and values out of range are Invalid.
func ParsePolicy(body []byte) (Policy, error) {
	p := DefaultPolicy()
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return Policy{}, Invalid("policy", "not a policy document: %w", err)
	}
	return p, p.Validate()
}

// policy returns the policy in force today.
func (s *Service) policy(tx *models.Tx) (Policy, error) {
	row, err := tx.PolicyOn(tx.Today)
	if errors.Is(err, models.ErrNotFound) {
		return DefaultPolicy(), nil
	}
	if err != nil {
		return Policy{}, err
	}
	p, err := ParsePolicy(row.Body)
	if err != nil {
		return Policy{}, fmt.Errorf("policy version %d: %w", row.Version, err)
	}
	return p, nil
}
