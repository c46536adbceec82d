package standing

import (
	"strconv"

	"huifang/cadence"
	"huifang/civil"
)

// LifecycleBasis tells what a lifecycle rests on (D13); days are those of the orders that stand, in order.
func LifecycleBasis(l cadence.Lifecycle, days []civil.Date, rule cadence.ActivityRule) Basis {
	switch l {
	case cadence.Potential:
		return Basis{Code: "NEVER_BOUGHT"}
	case cadence.Churned:
		return notSince(days, rule.ChurnedMonths)
	case cadence.New:
		return boughtBasis("LADDER", days)
	}
	return boughtBasis("BUYS_AGAIN", days)
}

// ActivityBasis tells what an activity rests on (D14).
func ActivityBasis(a cadence.Activity, days []civil.Date, rule cadence.ActivityRule) Basis {
	switch {
	case len(days) == 0:
		return Basis{Code: "NEVER_BOUGHT"}
	case a == cadence.Lapsed:
		return notSince(days, rule.LapsedMonths)
	case a == cadence.Dormant:
		return notSince(days, rule.DormantMonths)
	case a == cadence.LowActivity:
		return notSince(days, rule.LowMonths)
	case a == cadence.HighActivity:
		return Basis{Code: "EVERY_MONTH", Args: map[string]string{"months": strconv.Itoa(rule.HighMonths)}}
	}
	return boughtBasis("BOUGHT_LATELY", days)
}

func notSince(days []civil.Date, months int) Basis {
	b := boughtBasis("NOT_SINCE", days)
	b.Args["months"] = strconv.Itoa(months)
	return b
}

func boughtBasis(code string, days []civil.Date) Basis {
	args := map[string]string{"times": strconv.Itoa(len(days)), "last": ""}
	if len(days) > 0 {
		args["last"] = days[len(days)-1].String()
	}
	return Basis{Code: code, Args: args}
}
