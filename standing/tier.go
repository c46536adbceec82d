// Package standing tells where an account stands by what it did: its value tier by recency, frequency and money (D12), and
// the rung of the loyalty ladder that its recorded behaviour reaches (D1). Lifecycle and activity are those of package cadence.
package standing

import (
	"cmp"
	"slices"

	"huifang/civil"
)

// Tier is the value tier (D12); none for an account that never bought.
type Tier string

const (
	TierA Tier = "A" // personal care
	TierB Tier = "B" // interaction and coupons
	TierC Tier = "C" // more talk to raise the wish to buy
	TierD Tier = "D" // to be activated
)

// Bought is what an account bought within the months that count.
type Bought struct {
	Last  civil.Date // the day of the last order; within the months or before
	Times int        // orders, less those given back whole
	Spent int64      // fen, less what was given back
}

// Cuts are where the fifths of the buyers begin: an account scores 1, and one more for each cut it reaches. They are values, so
// that one account can be judged during the day without looking at all others.
type Cuts struct {
	Buyers  int      `json:"buyers"`  // how many accounts they were made from
	Recency [4]int   `json:"recency"` // days since the last order, falling: at most so many for 2, 3, 4 and 5
	Times   [4]int   `json:"times"`   // orders, rising: at least so many
	Spent   [4]int64 `json:"spent"`   // fen, rising
}

// Scores are the fifths an account lies in by each measure, 1 the lowest and 5 the highest.
type Scores struct{ Recency, Times, Spent int }

// Sum is 3 to 15.
func (s Scores) Sum() int { return s.Recency + s.Times + s.Spent }

// CutsOf makes the cuts of a day from all who bought within the months that count. Equals share the fifth of their middle
// rank, so that whoever bought once like most others is neither among the best nor the last for it.
func CutsOf(all []Bought, today civil.Date) Cuts {
	days, times, spent := make([]int, len(all)), make([]int, len(all)), make([]int64, len(all))
	for i, b := range all {
		days[i], times[i], spent[i] = -since(b, today), b.Times, b.Spent
	}
	c := Cuts{Buyers: len(all), Times: cuts(times), Spent: cuts(spent)}
	for i, d := range cuts(days) {
		c.Recency[i] = -d
	}
	return c
}

func since(b Bought, today civil.Date) int { return max(0, int(today-b.Last)) }

// cuts are the least values whose middle rank lies in the second to the fifth fifth. A fifth nobody lies in begins where
// the one above it does; above the highest value nothing begins, so a cut nobody reaches lies one above it.
func cuts[N int | int64](values []N) (out [4]N) {
	if len(values) == 0 {
		return out
	}
	slices.Sort(values)
	for i := range out {
		out[i] = values[len(values)-1] + 1
	}
	for i := 0; i < len(values); {
		end := i
		for end < len(values) && values[end] == values[i] {
			end++
		}
		fifth := 5 * (i + end) / (2 * len(values)) // of the middle rank (i+end)/2, from 0
		for k := range min(fifth, 4) {
			out[k] = min(out[k], values[i])
		}
		i = end
	}
	return out
}

// Score puts an account into the fifths of a day.
func (c Cuts) Score(b Bought, today civil.Date) Scores {
	days := since(b, today)
	s := Scores{1, 1, 1}
	for i := range 4 {
		if days <= c.Recency[i] {
			s.Recency++
		}
		s.Times += reached(b.Times, c.Times[i])
		s.Spent += reached(b.Spent, c.Spent[i])
	}
	return s
}

func reached[N cmp.Ordered](value, cut N) int {
	if value >= cut {
		return 1
	}
	return 0
}

// TierRule is from which sum of scores on an account is of a tier; policy. What reaches none is D.
type TierRule struct {
	// Months are how far back orders count.
	Months int `json:"months"`
	A      int `json:"a"`
	B      int `json:"b"`
	C      int `json:"c"`
}

// DefaultTierRule counts a year; our default.
func DefaultTierRule() TierRule { return TierRule{Months: 12, A: 13, B: 10, C: 7} }

// From is the first day of which orders count.
func (r TierRule) From(today civil.Date) civil.Date { return today.AddMonths(-r.Months) + 1 }

// Of is the tier of an account that bought, once or more, at any time: D when nothing within the months counts.
func (r TierRule) Of(b Bought, c Cuts, today civil.Date) (Tier, Scores) {
	if b.Times == 0 {
		return TierD, Scores{}
	}
	s := c.Score(b, today)
	switch sum := s.Sum(); {
	case sum >= r.A:
		return TierA, s
	case sum >= r.B:
		return TierB, s
	case sum >= r.C:
		return TierC, s
	}
	return TierD, s
}
