package classic

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// judge reads a periodic problem or a traveller's matrix on its own and drives the routes; it shares nothing with Read, Solve
// and Verify but the routes, whose nodes count from 0 as in those files. It returns what they cost.
func judge(text string, routes []Route) (float64, error) {
	var rows [][]float64
	for line := range strings.Lines(text) {
		var row []float64
		for _, word := range strings.Fields(line) {
			v, err := strconv.ParseFloat(word, 64)
			if err != nil {
				return 0, err
			}
			row = append(row, v)
		}
		if row != nil {
			rows = append(rows, row)
		}
	}
	if len(rows[0]) == 1 {
		return judgeTraveller(rows, routes)
	}
	return judgePeriodic(rows, routes)
}

func judgeTraveller(rows [][]float64, routes []Route) (float64, error) {
	n := int(rows[0][0])
	if len(routes) != 1 || len(routes[0].Nodes) != n-1 {
		return 0, fmt.Errorf("%d routes", len(routes))
	}
	seen := map[int]bool{0: true}
	clock, cost, at := 0.0, 0.0, 0
	for _, next := range append(append([]int{}, routes[0].Nodes...), 0) {
		if next != 0 && seen[next] {
			return 0, fmt.Errorf("node %d twice", next)
		}
		seen[next] = true
		way := rows[1+at][next]
		cost += way
		clock = math.Max(clock+way, rows[1+n+next][0])
		if clock > rows[1+n+next][1] {
			return 0, fmt.Errorf("node %d at %g, it closes at %g", next, clock, rows[1+n+next][1])
		}
		at = next
	}
	return cost, nil
}

func judgePeriodic(rows [][]float64, routes []Route) (float64, error) {
	vehicles, customers, days := int(rows[0][1]), int(rows[0][2]), int(rows[0][3])
	node := func(i int) []float64 { return rows[1+days+i] }
	visited := make([]string, customers+1)
	for day := range days {
		used := 0
		on := make([]bool, customers+1)
		for _, r := range routes {
			if r.Day != day {
				continue
			}
			used++
			for _, i := range r.Nodes {
				if on[i] {
					return 0, fmt.Errorf("node %d twice on day %d", i, day)
				}
				on[i] = true
			}
		}
		if used > vehicles {
			return 0, fmt.Errorf("%d vehicles on day %d", used, day)
		}
		for i := range on {
			visited[i] += map[bool]string{true: "1", false: "0"}[on[i]]
		}
	}
	for i := 1; i <= customers; i++ {
		allowed := false
		for _, c := range node(i)[7 : 7+int(node(i)[6])] {
			allowed = allowed || fmt.Sprintf("%0*b", days, int(c)) == visited[i]
		}
		if !allowed {
			return 0, fmt.Errorf("node %d on days %s", i, visited[i])
		}
	}
	total := 0.0
	for _, r := range routes {
		cost, took, load := 0.0, 0.0, 0.0
		at := node(0)
		for _, i := range append(append([]int{}, r.Nodes...), 0) {
			way := math.Sqrt((at[1]-node(i)[1])*(at[1]-node(i)[1]) + (at[2]-node(i)[2])*(at[2]-node(i)[2]))
			cost, took, load = cost+way, took+way+node(i)[3], load+node(i)[4]
			at = node(i)
		}
		limit := rows[1+r.Day]
		if limit[0] > 0 && took > limit[0]+1e-6 || limit[1] > 0 && load > limit[1] {
			return 0, fmt.Errorf("a route of day %d takes %g and carries %g", r.Day, took, load)
		}
		total += cost
	}
	return total, nil
}
