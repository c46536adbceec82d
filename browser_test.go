package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The first page in a real browser: signing in, refusals, the day, why, both languages, phone and desk, accessibility.
func TestFirstPageInABrowser(t *testing.T) {
	chromium := need(t, "chromium")
	need(t, "node")
	if _, err := os.Stat("app/browser/node_modules/playwright-core"); err != nil {
		leaveOut(t, "run `npm ci --prefix app/browser` first")
	}
	data := t.TempDir()
	passwords := company(t, data)
	s := serve(t, data)
	pictures := filepath.Join("bin", "screens")
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "app/browser/page.mjs", s.url, "wangfang", passwords["wangfang"], pictures)
	cmd.Env = append(os.Environ(), "CHROMIUM="+chromium)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// need finds a program; without it the test is left out, which CI does not allow.
func need(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		leaveOut(t, program+" is not installed")
	}
	return path
}

func leaveOut(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}
