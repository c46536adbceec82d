package order_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"testing"

	"huifang/schedule"
)

const wayFile = "testdata/ways.json"

// way is how long one is on the road: phones reckon as the planner does, to the minute.
type way struct {
	From      spot    `json:"from"`
	To        spot    `json:"to"`
	Detour    float64 `json:"detour"`
	KmPerHour float64 `json:"kmPerHour"`
	Minutes   int     `json:"minutes"`
}

type spot struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

func (w way) reckoned() int {
	return schedule.Haversine{Detour: w.Detour, KmPerHour: w.KmPerHour}.Minutes(schedule.Point(w.From), schedule.Point(w.To))
}

func TestTheSharedVectorsOfWays(t *testing.T) {
	if *update {
		writeWays(t)
	}
	text, err := os.ReadFile(wayFile)
	if err != nil {
		t.Fatal(err)
	}
	var all []way
	if err := json.Unmarshal(text, &all); err != nil || len(all) < 30 {
		t.Fatalf("%d ways, %v", len(all), err)
	}
	for _, w := range all {
		if got := w.reckoned(); got != w.Minutes {
			t.Errorf("%+v takes %d minutes", w, got)
		}
	}
}

func writeWays(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 7))
	home := spot{Lat: 36.651, Lng: 117.12}
	all := []way{{From: home, To: home, Detour: 1.3, KmPerHour: 18}, {From: home, To: spot{Lat: -36, Lng: -62}, Detour: 1.3, KmPerHour: 5}}
	for i := range 40 {
		speed := []float64{schedule.WalkSpeed, schedule.EBikeSpeed, schedule.CarSpeed, schedule.BusSpeed}[i%4]
		near := func() spot {
			return spot{Lat: home.Lat + (dice.Float64()-0.5)/5, Lng: home.Lng + (dice.Float64()-0.5)/5}
		}
		all = append(all, way{From: near(), To: near(), Detour: 1 + dice.Float64(), KmPerHour: speed})
	}
	for i := range all {
		all[i].Minutes = all[i].reckoned()
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(wayFile, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
