package classic

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const periodic = `1 1 3 2
0 10
8.5 12
0 0 0 0 0 0 0
1 3 4 1 5 1 2 1 2
2 0 5 0 4 2 1 3
3 6 8 2 1 1 1 2
`

func read(t *testing.T, text string) Problem {
	t.Helper()
	p, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestReadPeriodic(t *testing.T) {
	inf := math.Inf(1)
	want := Problem{Vehicles: 1, Days: []Day{{0, inf, 10}, {0, 8.5, 12}}, Nodes: []Node{
		{Due: inf},
		{Number: 1, X: 3, Y: 4, Service: 1, Demand: 5, Combinations: []uint64{2, 1}, Due: inf}, // of two days, 1 is the second
		{Number: 2, Y: 5, Demand: 4, Combinations: []uint64{3}, Due: inf},
		{Number: 3, X: 6, Y: 8, Service: 2, Demand: 1, Combinations: []uint64{1}, Due: inf},
	}}
	if diff := cmp.Diff(want, read(t, periodic)); diff != "" {
		t.Error(diff)
	}
}

const solomon = `R1

VEHICLE
NUMBER     CAPACITY
  2         20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0         100          0
    1      3         4          7         10          20          5
    2      0         5          9          0          50          5
`

func TestReadSolomon(t *testing.T) {
	inf := math.Inf(1)
	want := Problem{Vehicles: 2, Windows: true, Days: []Day{{0, inf, 20}}, Nodes: []Node{
		{Due: 100},
		{Number: 1, X: 3, Y: 4, Demand: 7, Ready: 10, Due: 20, Service: 5, Combinations: []uint64{1}},
		{Number: 2, Y: 5, Demand: 9, Due: 50, Service: 5, Combinations: []uint64{1}},
	}}
	if diff := cmp.Diff(want, read(t, strings.ReplaceAll(solomon, "\n", "\r\n"))); diff != "" {
		t.Error(diff)
	}
}

const matrix = `3
0 4 9
5 0 3
9 3 0
0 100
4 8
0 50
`

func TestReadMatrix(t *testing.T) {
	p := read(t, matrix)
	if p.Vehicles != 1 || !p.Windows || len(p.Nodes) != 3 || p.Distance(1, 0) != 5 || p.Nodes[1].Due != 8 || p.Nodes[0].Combinations != nil {
		t.Errorf("read %+v", p)
	}
}

func TestReadSeveralDepots(t *testing.T) {
	p := read(t, "2 1 2 2\n0 9\n0 9\n1 0 1 0 1 1 2 1 2\n2 9 1 0 1 1 2 1 2\n3 0 0 0 0 0 0\n4 9 0 0 0 0 0\n")
	if p.Days[0].Depot != 2 || p.Days[1].Depot != 3 || p.Nodes[2].Combinations != nil || len(p.Nodes[0].Combinations) != 2 {
		t.Errorf("read %+v", p)
	}
}

func TestReadTellsWhatIsWrong(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":                    {"", "ends too early"},
		"a word":                     {"1 1 x 2", `line 1: "x" is no number`},
		"not a number":               {"1 NaN 3 2", "line 1"},
		"an unknown type":            {"9 1 1 1", "type 9"},
		"site-dependent":             {"3 1 1 1", "type 3"},
		"half a head":                {"1 2", "line 1: 2 numbers where type"},
		"no vehicles":                {"1 0 1 1", "line 1: 0 vehicles: 1 to"},
		"too many days":              {"1 1 1 65", "65 days or depots: 1 to 64"},
		"a customer and a half":      {"1 1 1.5 1", "1.5 customers"},
		"no limits":                  {"1 1 1 1\n5", "line 2: where a day's longest"},
		"a negative capacity":        {"1 1 1 1\n0 -1", "line 2"},
		"nodes missing":              {"1 1 2 1\n0 9\n0 0 0 0 0 0 0\n1 1 1 0 1 1 1 1", "ends too early"},
		"a node cut short":           {"1 1 1 1\n0 9\n0 0 0", "line 3: 3 numbers where a node should be"},
		"more combinations than are": {"1 1 1 1\n0 9\n0 0 0 0 0 0 0\n1 1 1 0 1 1 5 1", "line 4: 5 combinations"},
		"a combination of no day":    {"1 1 1 1\n0 9\n0 0 0 0 0 0 0\n1 1 1 0 1 1 1 2", "line 4: 2 is no combination of 1 days"},
		"nobody may visit":           {"1 1 1 1\n0 9\n0 0 0 0 0 0 0\n1 1 1 0 1 1 0", "node 1 has no day"},
		"a demand below nothing":     {"1 1 1 1\n0 9\n0 0 0 0 0 0 0\n1 1 1 0 -1 1 1 1", "node 1 has a service or demand below 0"},
		"no window":                  {"4 1 1 1\n0 9\n0 0 0 0 0 0 0 0 9\n1 1 1 0 1 1 1 1", "line 4: no time window"},
		"a window that ends first":   {"4 1 1 1\n0 9\n0 0 0 0 0 0 0 0 9\n1 1 1 0 1 1 1 1 5 4", "window of node 1 ends before"},
		"solomon without customers":  {"VEHICLE\nNUMBER CAPACITY\n2 20\n", "no line says CUSTOMER"},
		"solomon cut short":          {"VEHICLE\nNUMBER CAPACITY\n2 20\nCUSTOMER\nhead\n0 0 0 0 0\n", "line 6: 5 numbers where a customer has 7"},
		"solomon with a depot alone": {"VEHICLE\nNUMBER CAPACITY\n2 20\nCUSTOMER\nhead\n0 0 0 0 0 9 0\n", "no customers"},
		"a matrix too narrow":        {"2\n0 1\n0\n0 9\n0 9\n", "line 3: 1 distances for 2 nodes"},
		"a matrix without windows":   {"2\n0 1\n1 0\n0 9\n", "ends too early"},
		"a way below nothing":        {"2\n0 -1\n1 0\n0 9\n0 9\n", "the way from node 0 to 1 is -1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(strings.NewReader(tt.text))
			if !errors.Is(err, ErrFile) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// FuzzRead wants no panic, and of what is read a solution that keeps every rule or none.
func FuzzRead(f *testing.F) {
	for _, text := range []string{periodic, solomon, matrix, "2 1 2 2\n0 9\n0 9\n1 0 1 0 1 1 2 1 2\n2 9 1 0 1 1 2 1 2\n3 0 0 0 0 0 0\n4 9 0 0 0 0 0\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Read(strings.NewReader(text))
		if err != nil {
			if !errors.Is(err, ErrFile) {
				t.Fatalf("%v is no ErrFile", err)
			}
			return
		}
		if len(p.Nodes) > 30 || p.Vehicles > 30 {
			return
		}
		solveBriefly(t, &p)
	})
}
