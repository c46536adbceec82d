package order_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/schedule/order"
)

var update = flag.Bool("update", false, "write the vectors anew")

const vectorFile = "testdata/vectors.json"

// vector is a day and its plan: the server and the app answer the same.
type vector struct {
	Name string     `json:"name"`
	Day  order.Day  `json:"day"`
	Plan order.Plan `json:"plan"`
}

func TestTheSharedVectors(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var all []vector
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) < 40 {
		t.Fatalf("only %d vectors", len(all))
	}
	for _, v := range all {
		t.Run(v.Name, func(t *testing.T) {
			p, err := order.Best(v.Day)
			if diff := cmp.Diff(v.Plan, p); err != nil || diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func writeVectors(t *testing.T) {
	var lines [][]byte
	add := func(name string, d order.Day) {
		p, err := order.Best(d)
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(vector{name, d, p})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	for _, c := range knownDays() {
		add(c.name, c.day)
	}
	for i, stops := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16} {
		for _, hours := range []bool{false, true} {
			d := town(stops, uint64(100+i), hours)
			add(fmt.Sprintf("a town with %d stops, hours %v", stops, hours), d)
			d.Now, d.From, d.To, d.Until = 930, order.Nowhere, order.Nowhere, 0
			add(fmt.Sprintf("the same at half past three from nowhere, %d stops, hours %v", stops, hours), d)
		}
	}
	text := append(append([]byte("[\n"), bytes.Join(lines, []byte(",\n"))...), "\n]\n"...)
	if err := os.WriteFile(vectorFile, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
