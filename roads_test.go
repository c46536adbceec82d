package main

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"

	"huifang/road/roadtest"
)

func TestPlansAskTheRoadServer(t *testing.T) {
	osrm := roadtest.Start(t)
	data := t.TempDir()
	company(t, data)
	t.Setenv("HUIFANG_OSRM", osrm.URL)
	must(t, data, "plan")
	requests := osrm.Requests()
	if len(requests) != 2 { // one for each rep
		t.Errorf("asked %v", requests)
	}
	for _, r := range requests {
		if !strings.HasPrefix(r, "/table/v1/bike/120.15510,30.27410;") {
			t.Errorf("asked %s, want the start of a rep who rides an e-bike first", r)
		}
	}
}

// TestAServerTellsOfAWrongRoadServer reads what the program logs until it says so; it serves all the same.
func TestAServerTellsOfAWrongRoadServer(t *testing.T) {
	osrm := roadtest.Start(t)
	cmd := exec.Command(built(t), "serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--osrm", "CAR="+osrm.URL+"/maps")
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	var served, told bool
	for lines := bufio.NewScanner(pipe); !(served && told) && lines.Scan(); {
		served = served || listening.MatchString(lines.Text())
		told = told || strings.Contains(lines.Text(), "is the address right") && strings.Contains(lines.Text(), "/maps/table/v1/car")
	}
	if !served || !told {
		t.Errorf("served %v, told %v", served, told)
	}
}
