package search

import "time"

// pace tells how far a round has come after so many steps: from 0 to 1, when it ends.
type pace func(steps int) float64

// steady is the pace of a round of so many steps.
func steady(steps int) pace {
	return func(n int) float64 { return float64(n) / float64(max(steps, coolEvery)) }
}

// Shares of the time there is that a round takes.
const (
	shareOfFirst = 0.45 // one of two
	shareOfOnly  = 0.95 // the only one, when there is no time for two of enough steps
	probed       = 1024 // steps after which their speed is known
)

// timed is the pace of a round that takes its share of a time: more of it when the share of one of two is not enough steps.
func timed(enough int, begin time.Time, all time.Duration) pace {
	share, known := shareOfFirst, false
	return func(n int) float64 {
		gone := float64(time.Since(begin)) / float64(max(all, 1))
		if !known && n >= probed {
			if known = true; gone/float64(n)*float64(enough) > shareOfFirst {
				share = shareOfOnly
			}
		}
		return gone / share
	}
}
