package btyd

import (
	"embed"
	"encoding/csv"
	"math"
	"strconv"
	"testing"
)

//go:embed testdata/cdnow.csv
var published embed.FS

// cdnow are the customers of the CDNOW sample, in weeks.
func cdnow(t *testing.T) []Buyer {
	file, err := published.Open("testdata/cdnow.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []Buyer
	for _, row := range rows[1:] {
		var n [4]int
		for i := range n {
			if n[i], err = strconv.Atoi(row[i]); err != nil {
				t.Fatal(err)
			}
		}
		for range n[3] {
			all = append(all, Buyer{Repeats: n[0], Last: float64(n[1]) / 7, Age: float64(n[2]) / 7})
		}
	}
	return all
}

// TestFitReproducesThePaper holds BG/NBD on CDNOW to table 2 of Fader, Hardie and Lee (2005).
func TestFitReproducesThePaper(t *testing.T) {
	all := cdnow(t)
	if len(all) != 2_357 {
		t.Fatalf("%d customers", len(all))
	}
	got, err := FitBGNBD(all)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		name      string
		got, want float64
	}{{"r", got.R, .2425945}, {"alpha", got.Alpha, 4.4136019}, {"a", got.A, .7929199}, {"b", got.B, 2.4258881}} {
		if math.Abs(p.got/p.want-1) > 0.001 {
			t.Errorf("%s = %.7f, published %.7f", p.name, p.got, p.want)
		}
	}
	sum := 0.0
	for _, b := range all {
		sum += got.LogLikelihood(b)
	}
	if math.Abs(sum+9_582.429) > 0.01 {
		t.Errorf("log-likelihood %.3f, published −9582.429", sum)
	}
}

// TestARoughFitForetellsTheSame holds what a rough fit says of the next quarter to the thorough one.
func TestARoughFitForetellsTheSame(t *testing.T) {
	all := cdnow(t)
	thorough, err := FitMBG(all, 1)
	if err != nil {
		t.Fatal(err)
	}
	rough, err := RoughMBG(all, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range all {
		if got, want := rough.Silent(b, 13), thorough.Silent(b, 13); math.Abs(got-want) > 0.002 {
			t.Fatalf("%+v is silent %.4f, by the thorough fit %.4f", b, got, want)
		}
	}
}
