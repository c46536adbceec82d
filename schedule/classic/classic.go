// Package classic reads, solves and verifies the routing problems of the literature: periodic and multi-depot routing in
// the format of Cordeau, Gendreau and Laporte, routing with time windows as Solomon wrote it, and one traveller with time
// windows as Dumas wrote it. They are the schedule's yardstick: the same search plans the days of reps.
package classic

import (
	"errors"
	"math"
)

// ErrFile is wrapped with what is wrong in a file and where.
var ErrFile = errors.New("invalid routing problem")

// Problem is a set of customers to be visited on some of several days by equal vehicles. Costs are distances.
type Problem struct {
	Vehicles int // on each day
	Days     []Day
	Nodes    []Node
	Windows  bool // visits begin within the nodes' hours
	// Travel is the way between two nodes; nil stands for Euclid's distance.
	Travel [][]float64
}

// Day is a day, or a depot's vehicles when there are several depots.
type Day struct {
	Depot    int     // in Problem.Nodes
	Longest  float64 // duration of a route with service and waiting; infinite for no limit
	Capacity float64 // of a vehicle
}

// Node is a customer, or a depot when it has no combinations.
type Node struct {
	Number          int // in the file
	X, Y            float64
	Service, Demand float64
	Combinations    []uint64 // days it may be visited on together, one bit a day, the first day lowest
	Ready, Due      float64  // when a visit may begin; a depot's are those of leaving and of being back
}

// Solution is the routes that are driven.
type Solution struct {
	Routes []Route
	Cost   float64
}

// Route is one vehicle's day, the depot left out.
type Route struct {
	Day   int // in Problem.Days
	Nodes []int
}

// Distance is the way from one node to another.
func (p *Problem) Distance(a, b int) float64 {
	if p.Travel != nil {
		return p.Travel[a][b]
	}
	return math.Hypot(p.Nodes[a].X-p.Nodes[b].X, p.Nodes[a].Y-p.Nodes[b].Y)
}

// length is the distance of a route.
func (p *Problem) length(r Route) float64 {
	at, sum := p.Days[r.Day].Depot, 0.0
	for _, n := range r.Nodes {
		sum += p.Distance(at, n)
		at = n
	}
	return sum + p.Distance(at, p.Days[r.Day].Depot)
}
