// Package forecast says when an account is likely to buy again, how sure that is, and on what evidence.
//
// It is pure and deterministic: purchase histories in, projections out.
package forecast

import "huifang/civil"

// Horizon is how soon the next sale is projected (续购期, D4).
type Horizon string

// The horizons, nearest first. Unknown: never bought, nothing to go by.
const (
	ThisMonth   Horizon = "THIS_MONTH"      // ≤ 30 days
	WithinTwo   Horizon = "WITHIN_2_MONTHS" // 31–60
	WithinThree Horizon = "WITHIN_3_MONTHS" // 61–90
	Later       Horizon = "LATER"           // > 90
	Unknown     Horizon = "UNKNOWN"
)

// Source is what a projection rests on most.
type Source string

// The sources.
const (
	FromSupply     Source = "SUPPLY"     // days of supply of what was bought
	FromRhythm     Source = "RHYTHM"     // the account's own gaps
	FromPopulation Source = "POPULATION" // what similar accounts do
	FromRep        Source = "REP"        // a rep's word
)

// Purchase is a day on which the account bought; purchases of one day are one.
type Purchase struct {
	Day civil.Date
	// Supply is for how many days what was bought lasts, 0 when unknown.
	Supply int
}

// History is an account's purchases, in any order. Returned purchases are left out by the caller.
type History struct {
	Purchases []Purchase
}

// Rule is the policy part of a projection.
type Rule struct {
	// Threshold is the probability from which a horizon counts as projected (0.5).
	Threshold float64 `json:"threshold"`
	// Hysteresis keeps the previous horizon while the probability is this near the threshold (0.05).
	Hysteresis float64 `json:"hysteresis"`
}

// Override is a rep's word on the next purchase: a horizon or a day, with its reason. It wins until it ends:
// after the day Until, or with the next purchase after the day it was Given.
type Override struct {
	Horizon Horizon
	On      *civil.Date
	Reason  string
	Given   civil.Date
	Until   civil.Date
}

// Projection is what is expected of an account on a day.
type Projection struct {
	// Expected is the likely day of the next purchase, nil when none is expected; never before the day of projection.
	Expected *civil.Date
	// P30, P60 and P90 are the probabilities of a purchase within so many days; P30 ≤ P60 ≤ P90.
	P30, P60, P90 float64
	// Active is the probability that the account has not dropped out.
	Active  float64
	Horizon Horizon
	// Model is the horizon the model alone gives: differs from Horizon when a rep's word wins.
	Model    Horizon
	Source   Source
	Evidence []Evidence
}

// Evidence is one sentence of why, to be told in either language by In.
type Evidence struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}
