package classic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// madePeriodic writes a periodic problem in the manner of Cordeau, Gendreau and Laporte: customers around a depot, some in
// clusters, of three frequencies, with vehicles that are nearly full.
func madePeriodic(seed uint64, customers, days, vehicles int, longest float64) string {
	dice := rand.New(rand.NewPCG(seed, 31))
	var nodes strings.Builder
	combos := combinationsOf(days)
	load := 0
	for i := range customers {
		x, y := (dice.Float64()-0.5)*100, (dice.Float64()-0.5)*100
		if i%2 == 0 {
			k := float64(1 + i%8/2)
			x, y = 35*math.Cos(k*1.57+float64(seed))+6*dice.NormFloat64(), 35*math.Sin(k*1.57+float64(seed))+6*dice.NormFloat64()
		}
		f := []int{1, 1, 2, days}[dice.IntN(4)]
		demand := 1 + dice.IntN(24)
		load += f * demand
		fmt.Fprintf(&nodes, "%d %.2f %.2f %d %d %d %d", i+1, x, y, dice.IntN(4), demand, f, len(combos[f]))
		for _, c := range combos[f] {
			fmt.Fprintf(&nodes, " %d", c)
		}
		nodes.WriteByte('\n')
	}
	var head strings.Builder
	fmt.Fprintf(&head, "1 %d %d %d\n", vehicles, customers, days)
	for range days {
		fmt.Fprintf(&head, "%g %d\n", longest, load*108/100/(days*vehicles)+12)
	}
	return head.String() + "0 0 0 0 0 0 0\n" + nodes.String()
}

// combinationsOf are by frequency the combinations of days that lie evenly.
func combinationsOf(days int) map[int][]int {
	out := map[int][]int{days: {1<<days - 1}}
	for day := range days {
		out[1] = append(out[1], 1<<day)
		for gap := 2; gap < days; gap++ {
			if other := day + gap; other < days && (gap == days/2 || gap == (days+1)/2) {
				out[2] = append(out[2], 1<<day|1<<other)
			}
		}
	}
	return out
}

// madeTraveller writes a traveller's problem in the manner of Dumas and others: windows of some width around the times of
// some tour, in whole numbers.
func madeTraveller(seed uint64, customers, width int) string {
	dice := rand.New(rand.NewPCG(seed, 32))
	x, y := make([]float64, customers+1), make([]float64, customers+1)
	for i := range x {
		x[i], y[i] = dice.Float64()*50, dice.Float64()*50
	}
	way := func(a, b int) int { return int(math.Ceil(math.Hypot(x[a]-x[b], y[a]-y[b]))) }
	var out strings.Builder
	fmt.Fprintln(&out, customers+1)
	for a := range x {
		for b := range x {
			fmt.Fprintf(&out, "%d ", way(a, b))
		}
		out.WriteByte('\n')
	}
	windows := make([]string, customers+1)
	at, now := 0, 0
	for _, k := range dice.Perm(customers) {
		now += way(at, k+1)
		at = k + 1
		windows[at] = fmt.Sprintf("%d %d", max(0, now-dice.IntN(width/2+1)), now+dice.IntN(width/2+1))
	}
	windows[0] = fmt.Sprintf("0 %d", now+way(at, 0)+width)
	return out.String() + strings.Join(windows, "\n") + "\n"
}
