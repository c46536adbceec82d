package forecast

import (
	"math"
	"slices"
	"strconv"
)

// The codes of evidence; each has its words in words.go.
const (
	neverBought  = "NEVER_BOUGHT"
	rhythm       = "RHYTHM"
	oneGap       = "ONE_GAP"
	onePurchase  = "ONE_PURCHASE"
	supplyAfter  = "SUPPLY_AFTER"
	supplyBefore = "SUPPLY_BEFORE"
	supplyOnDay  = "SUPPLY_ON_DAY"
	supplyLeft   = "SUPPLY_LEFT"
	supplyOut    = "SUPPLY_OUT"
	lapsing      = "LAPSING"
	repDay       = "REP_DAY"
	repHorizon   = "REP_HORIZON"
)

// lapsed is the probability of being active below which evidence says that the account has probably gone.
const lapsed = 0.2

// explain tells, in order of weight, what the projection rests on.
func explain(p path, out Projection) []Evidence {
	var all []Evidence
	if out.Source == FromSupply {
		all = append(all, supplyEvidence(p))
	}
	all = append(all, rhythmEvidence(p, out))
	if out.Active < lapsed {
		all = append(all, Evidence{lapsing, map[string]string{"active": percent(out.Active, p.bought), "ago": days(p.elapsed)}})
	}
	return all
}

// rhythmEvidence tells the account's own gaps, or what similar ones do when it has none.
func rhythmEvidence(p path, out Projection) Evidence {
	args := map[string]string{"ago": days(p.elapsed), "chance": percent(out.P30, p.bought)}
	switch {
	case len(p.gaps) == 0:
		args["chance"] = percent(out.P60, p.bought)
		return Evidence{onePurchase, args}
	case len(p.gaps) < ownGaps:
		args["gap"] = days(p.gaps[0].days)
		return Evidence{oneGap, args}
	default:
		args["gap"], args["times"] = days(middle(p.gaps, gapDays)), strconv.Itoa(p.bought)
		return Evidence{rhythm, args}
	}
}

// supplyEvidence tells when the last pack runs out and, once the account has shown it, when it reorders. Who reordered larger
// packs earlier than this one was bought tells nothing of this one.
func supplyEvidence(p path) Evidence {
	args := map[string]string{"supply": strconv.Itoa(p.supply), "ago": days(p.elapsed)}
	supplied := slices.DeleteFunc(slices.Clone(p.gaps), func(g gap) bool { return g.supply == 0 })
	if len(supplied) < ownGaps {
		return supplyLasts(p, args)
	}
	late := middle(supplied, func(g gap) float64 { return g.days - float64(g.supply) })
	args["days"] = days(math.Abs(late))
	switch {
	case late <= -float64(p.supply):
		return supplyLasts(p, args)
	case late >= 1:
		return Evidence{supplyAfter, args}
	case late <= -1:
		return Evidence{supplyBefore, args}
	}
	delete(args, "days")
	return Evidence{supplyOnDay, args}
}

// supplyLasts tells only until when the last pack lasts.
func supplyLasts(p path, args map[string]string) Evidence {
	left := float64(p.supply) - p.elapsed
	args["days"] = days(math.Abs(left))
	if left > 0 {
		return Evidence{supplyLeft, args}
	}
	return Evidence{supplyOut, args}
}

func gapDays(g gap) float64 { return g.days }

// middle is the median of a value over the latest gaps: a person checks it against the dates on the screen.
func middle(gaps []gap, value func(gap) float64) float64 {
	const recent = 12
	gaps = gaps[max(0, len(gaps)-recent):]
	values := make([]float64, len(gaps))
	for i, g := range gaps {
		values[i] = value(g)
	}
	slices.Sort(values)
	n := len(values)
	return math.Trunc((values[(n-1)/2] + values[n/2]) / 2)
}

func days(d float64) string { return strconv.Itoa(int(d)) }

// sure is the number of purchases from which a probability is told to the percent, below it to five.
const sure = 8

// percent writes a probability no finer than the evidence bears, and never as certain. The app rounds the same way
// (testdata/percent.json).
func percent(p float64, bought int) string {
	grain := 5.0
	if bought >= sure {
		grain = 1
	}
	rounded := math.Round(100*p/grain) * grain
	switch {
	case rounded < grain:
		return "<" + days(grain)
	case rounded > 100-grain:
		return ">" + days(100-grain)
	}
	return days(rounded)
}
