package main

import (
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"huifang/id"
)

// phone is a device of a rep, as the server sees it.
type phone struct {
	id, token string
	counter   int
}

// phoneOf signs a rep in on a device.
func (s *server) phoneOf(t *testing.T, login, password, device string) *phone {
	t.Helper()
	var in struct{ Access string }
	s.ask(t, "", "SignIn", map[string]any{"login": login, "password": password, "device": "test", "deviceId": device}).into(t, "signIn", &in)
	return &phone{id: device, token: in.Access}
}

type pushAnswer struct {
	Epoch   string
	Answers []struct {
		Status, Code, Words string
		Sequence            int
	}
}

func (p *phone) push(t *testing.T, s *server, commands ...map[string]any) pushAnswer {
	t.Helper()
	report := map[string]any{"id": p.id, "issued": p.counter, "waiting": []int{}, "app": "test"}
	var out pushAnswer
	s.ask(t, p.token, "Push", map[string]any{"device": report, "commands": commands}).into(t, "push", &out)
	return out
}

// call is a command that logs a call to an account.
func (p *phone) call(t *testing.T, account string) map[string]any {
	t.Helper()
	key := newKey(t)
	vars, err := json.Marshal(map[string]any{"input": map[string]any{
		"id": key, "accountId": account, "kind": "CALL", "outcome": "TALKED", "startedAt": time.Now().Add(-time.Minute).UTC(),
	}})
	if err != nil {
		t.Fatal(err)
	}
	p.counter++
	return map[string]any{
		"id": key, "counter": p.counter, "writtenAt": time.Now().UTC(), "document": manifest(t)["LogContact"], "variables": string(vars),
	}
}

type pulled struct {
	Epoch, Cursor string
	Reset, More   bool
	Sequence      int
	Logs          []struct{ Log struct{ ID string } }
}

// TestARestoredBackup is the drill of docs/operations.md: what a phone saw accepted after the backup was made comes
// again, and is done once.
func TestARestoredBackup(t *testing.T) {
	data, backup := t.TempDir(), filepath.Join(t.TempDir(), "backup.db")
	passwords := company(t, data)
	const login = "wangfang"
	device := newKey(t)

	first := serve(t, data)
	p := first.phoneOf(t, login, passwords[login], device)
	account := first.firstItem(t, p.token).Account.ID
	kept, lost := p.call(t, account), p.call(t, account)
	p.push(t, first, kept)
	var before pulled
	first.ask(t, p.token, "Changes", map[string]any{"after": "", "first": 2000}).into(t, "changes", &before)
	first.stop(t)
	copyFile(t, filepath.Join(data, "huifang.db"), backup)

	second := serve(t, data)
	p.token = second.phoneOf(t, login, passwords[login], device).token
	if got := p.push(t, second, lost); got.Answers[0].Status != "APPLIED" || got.Answers[0].Sequence != 2 {
		t.Fatalf("the push %+v", got)
	}
	second.stop(t)

	copyFile(t, backup, filepath.Join(data, "huifang.db"))
	if out := must(t, data, "restored"); !strings.Contains(out, "epoch") {
		t.Errorf("printed %q", out)
	}
	third := serve(t, data)
	p.token = third.phoneOf(t, login, passwords[login], device).token
	var after pulled
	third.ask(t, p.token, "Changes", map[string]any{"after": before.Cursor, "first": 2000}).into(t, "changes", &after)
	if after.Epoch == before.Epoch || !after.Reset || after.Sequence != 1 {
		t.Errorf("after the restore %+v", after)
	}
	again := p.push(t, third, kept, lost)
	if again.Epoch != after.Epoch || again.Answers[0].Status != "DUPLICATE" || again.Answers[1].Status != "APPLIED" || again.Answers[1].Sequence != 2 {
		t.Errorf("offered again: %+v", again)
	}
	var now pulled
	third.ask(t, p.token, "Changes", map[string]any{"after": "", "first": 2000}).into(t, "changes", &now)
	seen := map[string]int{}
	for _, l := range now.Logs {
		seen[l.Log.ID]++
	}
	if seen[kept["id"].(string)] != 1 || seen[lost["id"].(string)] != 1 {
		t.Errorf("contacts %v, want both once", seen)
	}
}

func newKey(t *testing.T) string {
	t.Helper()
	key, err := id.V7(time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key.String()
}

// stop ends the server as an operator does.
func (s *server) stop(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
