package main

import (
	"bufio"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The very first start shows the product, and so does the second.
func TestDemoOpensTwiceInARow(t *testing.T) {
	if testing.Short() {
		t.Skip("makes the whole sample")
	}
	data := t.TempDir()
	first := 0
	for _, start := range []string{"first", "second"} {
		s, stop := startDemo(t, data)
		for _, role := range []string{"expert", "supervisor", "manager", "admin"} {
			if s.signIn(t, role, demoPassword) == "" {
				t.Errorf("%s start: %s cannot sign in", start, role)
			}
		}
		planned := s.fortnight(t, s.signIn(t, "rep", demoPassword))
		if start == "first" {
			first = planned
		}
		if planned < 50 || planned != first {
			t.Errorf("%s start: %d contacts in the rep's fortnight, %d at first", start, planned, first)
		}
		s.wantDesk(t, s.signIn(t, "supervisor", demoPassword))
		stop()
	}
}

// wantDesk asks for something on every screen of a supervisor's desk.
func (s *server) wantDesk(t *testing.T, token string) {
	t.Helper()
	var inbox struct {
		Counts []struct {
			Kind string
			N    int
		}
	}
	s.ask(t, token, "Inbox", map[string]any{"filter": map[string]any{}, "first": 1, "after": "", "lang": "EN"}).into(t, "inbox", &inbox)
	for _, c := range inbox.Counts {
		if c.N == 0 && c.Kind != "FORECAST" { // that is for managers, and only when something is wrong
			t.Errorf("nothing of the kind %s in the inbox", c.Kind)
		}
	}
	var moves struct {
		Edges []struct{ Node struct{ Status string } }
	}
	s.ask(t, token, "Moves", map[string]any{"filter": map[string]any{}, "first": 30, "after": ""}).into(t, "moves", &moves)
	seen := map[string]bool{}
	for _, e := range moves.Edges {
		seen[e.Node.Status] = true
	}
	if !seen["DONE"] || !seen["PLANNED"] {
		t.Errorf("moves of the states %v", seen)
	}
	var covers []struct {
		LeaveID string
		Owner   struct{ Name string }
	}
	s.ask(t, token, "Covers", map[string]any{"first": 100}).into(t, "covers", &covers)
	if len(covers) == 0 || covers[0].LeaveID == "" || covers[0].Owner.Name == "" {
		t.Errorf("covers %+v", covers)
	}
}

// fortnight counts the contacts planned for the two weeks after today: today may be a public holiday.
func (s *server) fortnight(t *testing.T, token string) int {
	t.Helper()
	tomorrow := time.Now().Add(32 * time.Hour) // a day, and the eight hours of the company's zone
	var weeks struct{ Days []dayOf }
	s.ask(t, token, "MyWeeks", map[string]any{
		"from": tomorrow.Format("2006-01-02"), "to": tomorrow.AddDate(0, 0, 13).Format("2006-01-02"), "lang": "EN",
	}).into(t, "myWeeks", &weeks)
	n := 0
	for _, day := range weeks.Days {
		n += len(day.Items)
	}
	return n
}

func startDemo(t *testing.T, data string) (*server, func()) {
	t.Helper()
	cmd := exec.Command(built(t), "demo", "--listen", "127.0.0.1:0", "--data", data)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	s := &server{cmd: cmd}
	lines := bufio.NewScanner(out)
	for said := ""; !strings.Contains(said, "Ctrl+C"); said = lines.Text() {
		if !lines.Scan() {
			t.Fatal("the demo ended before it said where it is")
		}
		if url := listening.FindString(lines.Text()); url != "" && s.url == "" {
			s.url = url
		}
	}
	return s, func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	}
}
