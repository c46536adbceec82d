package classic

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// The bounds of a file.
const (
	maxBytes = 64 << 20
	maxNodes = 4000
	maxDays  = 64
)

// Read takes any of the three formats and tells them apart: Solomon's by its word VEHICLE, a matrix by a first line of one
// number, else Cordeau's of types 0 (one day), 1 (periodic), 2 (several depots) and 4, 5, 6 (the same with time windows).
// It returns ErrFile with the line and what is wrong there.
func Read(r io.Reader) (Problem, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return Problem{}, fmt.Errorf("read a routing problem: %w", err)
	}
	if len(text) > maxBytes {
		return Problem{}, fmt.Errorf("%w: more than %d MiB", ErrFile, maxBytes>>20)
	}
	rd := &reader{lines: strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")}
	p, err := rd.problem()
	if err == nil {
		err = p.validate()
	}
	if err != nil {
		return Problem{}, fmt.Errorf("%w: %w", ErrFile, err)
	}
	return p, nil
}

// reader hands a file's numbers out line by line.
type reader struct {
	lines []string
	at    int // lines read
}

func (r *reader) problem() (Problem, error) {
	for _, line := range r.lines {
		if strings.EqualFold(strings.TrimSpace(line), "VEHICLE") {
			return r.solomon()
		}
	}
	head, err := r.next()
	switch {
	case err != nil:
		return Problem{}, err
	case len(head) == 1:
		return r.matrix(head[0])
	}
	return r.cordeau(head)
}

// next is the numbers of the next line that has some.
func (r *reader) next() ([]float64, error) {
	for r.at < len(r.lines) {
		fields := strings.Fields(r.lines[r.at])
		r.at++
		if len(fields) > 0 {
			return r.numbers(fields)
		}
	}
	return nil, fmt.Errorf("line %d: the file ends too early", r.at)
}

func (r *reader) numbers(fields []string) ([]float64, error) {
	out := make([]float64, len(fields))
	for i, field := range fields {
		v, err := strconv.ParseFloat(field, 64)
		if err != nil || math.IsNaN(v) || math.Abs(v) > 1e12 {
			return nil, fmt.Errorf("line %d: %q is no number that makes sense here", r.at, field)
		}
		out[i] = v
	}
	return out, nil
}

// count makes a number of things of a number.
func (r *reader) count(what string, v float64, from, to int) (int, error) {
	if v != math.Trunc(v) || v < float64(from) || v > float64(to) {
		return 0, fmt.Errorf("line %d: %g %s: %d to %d are read", r.at, v, what, from, to)
	}
	return int(v), nil
}

// cordeau reads a file that begins with type, vehicles, customers and days (or depots).
func (r *reader) cordeau(head []float64) (Problem, error) {
	if len(head) < 4 {
		return Problem{}, fmt.Errorf("line %d: %d numbers where type, vehicles, customers and days should be", r.at, len(head))
	}
	kind, err := r.count("as type", head[0], 0, 6)
	if err != nil || kind == 3 {
		return Problem{}, fmt.Errorf("line %d: type %g: 0, 1, 2, 4, 5 and 6 are read", r.at, head[0])
	}
	var p Problem
	var customers, days int
	for _, c := range []struct {
		into *int
		what string
		v    float64
		to   int
	}{{&p.Vehicles, "vehicles", head[1], maxNodes}, {&customers, "customers", head[2], maxNodes}, {&days, "days or depots", head[3], maxDays}} {
		if *c.into, err = r.count(c.what, c.v, 1, c.to); err != nil {
			return Problem{}, err
		}
	}
	p.Windows = kind >= 4
	if err := r.limits(&p, days); err != nil {
		return Problem{}, err
	}
	depots := 1
	if kind == 2 || kind == 6 {
		depots = days
		for d := range p.Days {
			p.Days[d].Depot = customers + d
		}
	}
	for range customers + depots {
		if err := r.node(&p); err != nil {
			return Problem{}, err
		}
	}
	for _, d := range p.Days {
		p.Nodes[d.Depot].Combinations = nil
	}
	return p, nil
}

// limits reads the longest duration and the capacity of each day, 0 being none.
func (r *reader) limits(p *Problem, days int) error {
	for range days {
		line, err := r.next()
		if err != nil {
			return err
		}
		if len(line) != 2 || line[0] < 0 || line[1] < 0 {
			return fmt.Errorf("line %d: where a day's longest duration and capacity should be", r.at)
		}
		p.Days = append(p.Days, Day{Longest: endless(line[0]), Capacity: endless(line[1])})
	}
	return nil
}

func endless(limit float64) float64 {
	if limit == 0 {
		return math.Inf(1)
	}
	return limit
}

// node reads number, place, service, demand, frequency and combinations, and with time windows the hours behind them.
func (r *reader) node(p *Problem) error {
	line, err := r.next()
	if err != nil {
		return err
	}
	if len(line) < 5 {
		return fmt.Errorf("line %d: %d numbers where a node should be", r.at, len(line))
	}
	n := Node{Number: int(line[0]), X: line[1], Y: line[2], Service: line[3], Demand: line[4], Due: math.Inf(1)}
	rest := line[5:]
	if len(rest) >= 2 {
		combinations, err := r.count("combinations", rest[1], 0, len(rest)-2)
		if err != nil {
			return err
		}
		if n.Combinations, err = r.combinations(rest[2:2+combinations], len(p.Days)); err != nil {
			return err
		}
		rest = rest[2+combinations:]
	}
	if p.Windows {
		if len(rest) < 2 {
			return fmt.Errorf("line %d: no time window at its end", r.at)
		}
		n.Ready, n.Due = rest[0], endless(rest[1])
	}
	p.Nodes = append(p.Nodes, n)
	return nil
}

// combinations turns numbers whose highest digit of as many as there are days stands for the first day into bits.
func (r *reader) combinations(of []float64, days int) ([]uint64, error) {
	var out []uint64
	for _, v := range of {
		if v != math.Trunc(v) || v < 1 || v >= math.Exp2(float64(days)) {
			return nil, fmt.Errorf("line %d: %g is no combination of %d days", r.at, v, days)
		}
		bits := uint64(0)
		for day := range days {
			bits |= uint64(v) >> (days - 1 - day) & 1 << day
		}
		out = append(out, bits)
	}
	return out, nil
}

// solomon reads vehicles and capacity below VEHICLE, and one node a line below CUSTOMER.
func (r *reader) solomon() (Problem, error) {
	if err := r.skipTo("VEHICLE"); err != nil {
		return Problem{}, err
	}
	r.at++ // the names of the columns
	fleet, err := r.next()
	if err != nil {
		return Problem{}, err
	}
	if len(fleet) != 2 {
		return Problem{}, fmt.Errorf("line %d: where vehicles and capacity should be", r.at)
	}
	p := Problem{Windows: true, Days: []Day{{Longest: math.Inf(1), Capacity: endless(fleet[1])}}}
	if p.Vehicles, err = r.count("vehicles", fleet[0], 1, maxNodes); err != nil {
		return Problem{}, err
	}
	if err := r.skipTo("CUSTOMER"); err != nil {
		return Problem{}, err
	}
	for r.at++; r.more(); {
		line, err := r.next()
		if err != nil {
			return Problem{}, err
		}
		if len(line) != 7 {
			return Problem{}, fmt.Errorf("line %d: %d numbers where a customer has 7", r.at, len(line))
		}
		p.Nodes = append(p.Nodes, Node{Number: int(line[0]), X: line[1], Y: line[2], Demand: line[3], Ready: line[4], Due: line[5], Service: line[6], Combinations: []uint64{1}})
	}
	if len(p.Nodes) > 0 {
		p.Nodes[0].Combinations = nil
	}
	return p, nil
}

func (r *reader) skipTo(word string) error {
	for r.at < len(r.lines) {
		r.at++
		if strings.EqualFold(strings.TrimSpace(r.lines[r.at-1]), word) {
			return nil
		}
	}
	return fmt.Errorf("no line says %s", word)
}

// more tells whether a line with something in it is left.
func (r *reader) more() bool {
	for _, line := range r.lines[min(r.at, len(r.lines)):] {
		if strings.TrimSpace(line) != "" {
			return true
		}
	}
	return false
}

// matrix reads a traveller's problem: how many nodes, the way between any two, and one window a node; the first is home.
// What a visit takes is part of the way from there.
func (r *reader) matrix(head float64) (Problem, error) {
	n, err := r.count("nodes", head, 2, maxNodes)
	if err != nil {
		return Problem{}, err
	}
	p := Problem{Vehicles: 1, Windows: true, Days: []Day{{Longest: math.Inf(1), Capacity: math.Inf(1)}}}
	for range n {
		row, err := r.next()
		if err != nil {
			return Problem{}, err
		}
		if len(row) != n {
			return Problem{}, fmt.Errorf("line %d: %d distances for %d nodes", r.at, len(row), n)
		}
		p.Travel = append(p.Travel, row)
	}
	for i := range n {
		window, err := r.next()
		if err != nil {
			return Problem{}, err
		}
		if len(window) != 2 {
			return Problem{}, fmt.Errorf("line %d: where the window of node %d should be", r.at, i)
		}
		p.Nodes = append(p.Nodes, Node{Number: i, Ready: window[0], Due: window[1], Combinations: []uint64{1}})
	}
	p.Nodes[0].Combinations = nil
	return p, nil
}

// validate holds what was read to what can be planned.
func (p *Problem) validate() error {
	if len(p.Nodes) < 2 {
		return fmt.Errorf("no customers")
	}
	depot := map[int]bool{}
	for _, d := range p.Days {
		depot[d.Depot] = true
	}
	for i, n := range p.Nodes {
		switch {
		case !depot[i] && len(n.Combinations) == 0:
			return fmt.Errorf("node %d has no day it may be visited on", i)
		case n.Service < 0 || n.Demand < 0:
			return fmt.Errorf("node %d has a service or demand below 0", i)
		case n.Due < n.Ready:
			return fmt.Errorf("the window of node %d ends before it begins", i)
		}
	}
	for i, row := range p.Travel {
		for j, v := range row {
			if v < 0 {
				return fmt.Errorf("the way from node %d to %d is %g", i, j, v)
			}
		}
	}
	return nil
}
