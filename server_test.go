package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"huifang/id"
	mobileschema "huifang/mobile-schema"
)

// program is the real binary, built once.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "huifang-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "huifang")
	build := exec.Command("go", "build", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := program(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// huifang runs a command of the real program in a data folder and returns what it printed and its exit code.
func huifang(t *testing.T, data string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), built(t), append(args, "--data", data)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatalf("huifang %v: %v", args, err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

func built(t *testing.T) string {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func must(t *testing.T, data string, args ...string) string {
	t.Helper()
	out, code := huifang(t, data, args...)
	if code != 0 {
		t.Fatalf("huifang %v: exit code %d\n%s", args, code, out)
	}
	return out
}

// orders writes orders of the last weeks, so that something is due whatever day the test runs.
func orders(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "orders.csv")
	text := "订单号,会员号,日期,金额,产品,数量,可用天数\n"
	for i, ago := range []int{95, 65, 35} {
		text += fmt.Sprintf("P%d,H0001,%s,680.00,灵芝孢子粉,1,30\n", i, time.Now().AddDate(0, 0, -ago).Format("2006-01-02"))
	}
	text += fmt.Sprintf("P8,H0002,%s,\"1,299.50\",蛋白粉,2,60\n", time.Now().AddDate(0, 0, -4).Format("2006/01/02"))
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// company imports the files of testdata and returns the passwords by login.
func company(t *testing.T, data string) map[string]string {
	t.Helper()
	passwords := filepath.Join(t.TempDir(), "passwords.csv")
	out := must(t, data, "import", "--reps", "testdata/reps.csv", "--accounts", "testdata/members.csv",
		"--purchases", orders(t), "--passwords", passwords)
	for _, want := range []string{"reps.csv: 4 rows, 4 added", "members.csv: 3 rows, 3 added", "orders.csv: 4 rows, 4 added", "planned 2 reps"} {
		if !strings.Contains(out, want) {
			t.Errorf("import printed no %q:\n%s", want, out)
		}
	}
	f, err := os.Open(passwords)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	byLogin := map[string]string{}
	for _, row := range rows[1:] {
		byLogin[row[0]] = row[1]
	}
	return byLogin
}

// server is a running program.
type server struct {
	url string
	cmd *exec.Cmd
}

var listening = regexp.MustCompile(`http://[0-9.:]+`)

// serve starts the program on a free port and stops it with the test.
func serve(t *testing.T, data string) *server {
	t.Helper()
	cmd := exec.Command(built(t), "serve", "--listen", "127.0.0.1:0", "--data", data)
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: cmd}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	first := make([]byte, 200)
	n, err := pipe.Read(first)
	if s.url = listening.FindString(string(first[:n])); s.url == "" {
		t.Fatalf("the server said %q (%v)", first[:n], err)
	}
	go func() { _, _ = io.Copy(io.Discard, pipe) }()
	return s
}

type answer struct {
	Data   map[string]json.RawMessage
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
}

// ask runs one of the app's operations.
func (s *server) ask(t *testing.T, token, name string, variables map[string]any) answer {
	t.Helper()
	documents := manifest(t)
	body, err := json.Marshal(map[string]any{"documentId": documents[name], "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var a answer
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return a
}

func manifest(t *testing.T) map[string]string {
	t.Helper()
	documents, err := mobileschema.Documents()
	if err != nil {
		t.Fatal(err)
	}
	return documents
}

// into reads a field of an answer that must have no errors.
func (a answer) into(t *testing.T, field string, v any) {
	t.Helper()
	if len(a.Errors) > 0 {
		t.Fatalf("%s: %+v", field, a.Errors)
	}
	if err := json.Unmarshal(a.Data[field], v); err != nil {
		t.Fatalf("%s: %v in %s", field, err, a.Data[field])
	}
}

func (s *server) signIn(t *testing.T, login, password string) string {
	t.Helper()
	var in struct{ Access string }
	s.ask(t, "", "SignIn", map[string]any{"login": login, "password": password, "device": "test"}).into(t, "signIn", &in)
	return in.Access
}

type dayOf struct {
	Day     string
	Overdue []itemOf
	Items   []itemOf
}

type itemOf struct {
	ID, Kind, Status string
	Day              string
	Reasons          []struct{ Words string }
	Account          struct{ ID, Name string }
}

// day is the day of who asks.
func (s *server) day(t *testing.T, token, day string) dayOf {
	t.Helper()
	var d dayOf
	s.ask(t, token, "MyDay", map[string]any{"lang": "ZH", "day": day}).into(t, "myDay", &d)
	return d
}

// The main job: from a member list to a rep's plan, on the real program.
func TestFromAMemberListToARepsDay(t *testing.T) {
	data := t.TempDir()
	passwords := company(t, data)
	s := serve(t, data)
	token := s.signIn(t, "wangfang", passwords["wangfang"])
	item := s.firstItem(t, token)
	if item.Account.Name == "" || len(item.Reasons) == 0 || item.Reasons[0].Words == "" {
		t.Errorf("an item without name or reason: %+v", item)
	}
	s.log(t, token, item)
	for _, later := range s.day(t, token, item.Day).Items {
		if later.ID == item.ID && later.Status != "DONE" {
			t.Errorf("the logged item is %s", later.Status)
		}
	}
}

// firstItem is the first contact planned in the two weeks after an import.
func (s *server) firstItem(t *testing.T, token string) itemOf {
	t.Helper()
	var weeks struct{ Days []dayOf }
	s.ask(t, token, "MyWeeks", map[string]any{
		"from": time.Now().Format("2006-01-02"), "to": time.Now().AddDate(0, 0, 13).Format("2006-01-02"), "lang": "ZH",
	}).into(t, "myWeeks", &weeks)
	planned := 0
	for _, day := range weeks.Days {
		planned += len(day.Items)
	}
	if planned < 4 {
		t.Fatalf("%d contacts planned in the two weeks after an import", planned)
	}
	first := weeks.Days[slices.IndexFunc(weeks.Days, func(d dayOf) bool { return len(d.Items) > 0 })]
	item := s.day(t, token, first.Day).Items[0]
	item.Day = first.Day
	return item
}

// log logs a contact that reached the customer, just now, and returns its key.
func (s *server) log(t *testing.T, token string, item itemOf) string {
	t.Helper()
	outcome := map[string]string{"HOME_VISIT": "MET", "CALL": "TALKED", "MESSAGE": "SENT"}[item.Kind]
	key, err := id.V7(time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var log struct{ ID, Outcome string }
	s.ask(t, token, "LogContact", map[string]any{"input": map[string]any{
		"id": key, "accountId": item.Account.ID, "itemId": item.ID, "kind": item.Kind, "outcome": outcome,
		"startedAt": time.Now().UTC().Add(-30 * time.Minute).Format(time.RFC3339), "note": "服用正常",
	}}).into(t, "logContact", &log)
	if log.ID != key.String() || log.Outcome != outcome {
		t.Errorf("logged %+v", log)
	}
	return log.ID
}

func TestServerStopsWhenToldTo(t *testing.T) {
	data := t.TempDir()
	passwords := company(t, data)
	s := serve(t, data)
	res, err := http.Get(s.url + "/readyz")
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("not ready: %v %v", res, err)
	}
	res.Body.Close()
	// A phone that listens holds nobody up.
	events := s.send(t, http.MethodGet, "/events", s.signIn(t, "wangfang", passwords["wangfang"]), nil)
	if events.StatusCode != http.StatusOK {
		t.Fatalf("events answered %s", events.Status)
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- s.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the server stopped with %v", err)
		}
	case <-ctx.Done():
		t.Error("the server did not stop")
	}
}

// send sends a request of any kind.
func (s *server) send(t *testing.T, method, path, token string, body []byte) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}

func TestPhotosStandInTheDataFolder(t *testing.T) {
	data := t.TempDir()
	passwords := company(t, data)
	s := serve(t, data)
	token := s.signIn(t, "wangfang", passwords["wangfang"])
	item := s.firstItem(t, token)
	log := s.log(t, token, item)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 640, 480)), nil); err != nil {
		t.Fatal(err)
	}
	photo, err := id.V7(time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	path := fmt.Sprintf("/photos/%s?log=%s&total=%d&sha256=%x&takenAt=2026-03-04T01:30:00Z&offset=0", photo, log, picture.Len(), sha256.Sum256(picture.Bytes()))
	if res := s.send(t, http.MethodPut, path, token, picture.Bytes()); res.StatusCode != http.StatusOK {
		t.Fatalf("put answered %s", res.Status)
	}
	thumb, err := jpeg.DecodeConfig(s.send(t, http.MethodGet, "/photos/"+photo.String()+"?size=thumb", token, nil).Body)
	if err != nil || thumb.Width != 320 || thumb.Height != 240 {
		t.Errorf("the thumbnail is %d×%d (%v)", thumb.Width, thumb.Height, err)
	}
	files, err := filepath.Glob(filepath.Join(data, "photos", "accounts", item.Account.ID, "*.jpg"))
	if err != nil || len(files) != 2 {
		t.Errorf("in the folder stand %v (%v)", files, err)
	}
}

func TestProductionRunsTrustedDocumentsOnly(t *testing.T) {
	s := serve(t, t.TempDir())
	for name, body := range map[string]string{
		"a document of one's own": `{"query":"{ version }"}`,
		"introspection":           `{"query":"{ __schema { types { name } } }"}`,
	} {
		t.Run(name, func(t *testing.T) {
			res, err := http.Post(s.url+"/graphql", "application/json", strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			text, err := io.ReadAll(res.Body)
			if err != nil || !strings.Contains(string(text), `"INVALID"`) || strings.Contains(string(text), `"data":{`) {
				t.Errorf("answered %s %s (%v)", res.Status, text, err)
			}
		})
	}
}

func TestCommandsTellWhatIsWrong(t *testing.T) {
	data := t.TempDir()
	company(t, data)
	for name, tt := range map[string]struct {
		args []string
		code int
		want string
	}{
		"a bad row is named with line, column, value and what to do": {
			[]string{"import", "--accounts", "testdata/bad_members.csv"}, 2, `line 2, column "负责人工号", "R99"`},
		"a dry run says that nothing was written": {
			[]string{"import", "--accounts", "testdata/members.csv", "--dry-run"}, 0, "dry run: nothing was written"},
		"an import again changes nothing": {
			[]string{"import", "--accounts", "testdata/members.csv"}, 0, "0 added, 0 updated, 3 unchanged"},
		"no file":                    {[]string{"import"}, 2, "give at least one file"},
		"a file that is not there":   {[]string{"import", "--reps", "nowhere.csv"}, 80, "nowhere.csv"},
		"an unknown rep":             {[]string{"plan", "--rep", "R77"}, 2, `nobody has the number "R77"`},
		"one rep":                    {[]string{"plan", "--rep", "R01"}, 0, "R01: 2 accounts"},
		"a user who is not a rep":    {[]string{"plan", "--rep", "M01"}, 2, "M01 is no active rep"},
		"everybody":                  {[]string{"plan"}, 0, "planned 2 reps"},
		"a login nobody has":         {[]string{"user", "reset", "nobody"}, 2, `nobody signs in as "nobody"`},
		"a role nobody has":          {[]string{"user", "add", "x1", "--name", "X", "--role", "BOSS"}, 80, "BOSS"},
		"a team nobody has":          {[]string{"user", "add", "x1", "--name", "X", "--role", "REP", "--team", "T9"}, 2, `"T9"`},
		"a login that is taken":      {[]string{"user", "add", "wangfang", "--name", "X", "--role", "MANAGER"}, 2, "taken"},
		"an export without files":    {[]string{"export"}, 2, "name at least one file"},
		"an export to nowhere":       {[]string{"export", "--reps", "reps.pdf"}, 2, ".csv or .xlsx"},
		"the schema":                 {[]string{"migrate"}, 0, "schema version "},
		"a nightly that is none":     {[]string{"serve", "--nightly", "25:99"}, 2, "HH:MM"},
		"a command that is none":     {[]string{"fly"}, 80, "unexpected argument fly"},
		"a road server that is none": {[]string{"plan", "--osrm", "osrm:5000"}, 2, "write http://host:5000"},
		"roads for a bus":            {[]string{"plan", "--osrm", "BUS=http://osrm"}, 2, "leave BUS out"},
		"two databases at once":      {[]string{"plan", "--dsn", "x", "--dsn-file", "y"}, 2, "not both"},
	} {
		t.Run(name, func(t *testing.T) {
			out, code := huifang(t, data, tt.args...)
			if code != tt.code || !strings.Contains(out, tt.want) {
				t.Errorf("exit code %d, want %d; no %q in:\n%s", code, tt.code, tt.want, out)
			}
		})
	}
}

func TestUsersFromTheCommandLine(t *testing.T) {
	data := t.TempDir()
	company(t, data)
	added := strings.Fields(must(t, data, "user", "add", "newrep", "--name", "孙丽", "--role", "REP", "--team", "T1"))
	reset := strings.Fields(must(t, data, "user", "reset", "newrep"))
	s := serve(t, data)
	if a := s.ask(t, "", "SignIn", map[string]any{"login": "newrep", "password": added[1], "device": "t"}); len(a.Errors) == 0 {
		t.Error("the first password still opens after a reset")
	}
	token := s.signIn(t, "newrep", reset[1])
	s.day(t, token, time.Now().Format("2006-01-02"))
	must(t, data, "user", "disable", "newrep")
	if a := s.ask(t, token, "MyDay", map[string]any{"lang": "ZH"}); len(a.Errors) == 0 || a.Errors[0].Extensions.Code != "UNAUTHENTICATED" {
		t.Errorf("a disabled user still sees a day: %+v", a)
	}
}

func TestExportComesBackAsItWent(t *testing.T) {
	for _, ext := range []string{"csv", "xlsx"} {
		t.Run(ext, func(t *testing.T) {
			data, again, dir := t.TempDir(), t.TempDir(), t.TempDir()
			company(t, data)
			files := func(name string) []string {
				return []string{"--reps", filepath.Join(dir, name+"-r."+ext), "--accounts", filepath.Join(dir, name+"-a."+ext), "--purchases", filepath.Join(dir, name+"-p."+ext)}
			}
			must(t, data, append([]string{"export"}, files("one")...)...)
			must(t, again, append([]string{"import"}, files("one")...)...)
			must(t, again, append([]string{"export"}, files("two")...)...)
			for i := 1; i < 6; i += 2 {
				one, err := os.ReadFile(files("one")[i])
				if err != nil {
					t.Fatal(err)
				}
				two, err := os.ReadFile(files("two")[i])
				if err != nil || !bytes.Equal(one, two) {
					t.Errorf("%s differs from %s (%v)", files("one")[i], files("two")[i], err)
				}
			}
		})
	}
}

func TestOtherKeysAreRefused(t *testing.T) {
	data := t.TempDir()
	company(t, data)
	if err := os.Remove(filepath.Join(data, "keys.json")); err != nil {
		t.Fatal(err)
	}
	out, code := huifang(t, data, "plan")
	if code != 1 || !strings.Contains(out, "keys.json") {
		t.Errorf("exit code %d with fresh keys on an old database:\n%s", code, out)
	}
}

func TestHelpTeaches(t *testing.T) {
	out := must(t, t.TempDir(), "--help")
	for _, command := range []string{"serve", "demo", "import", "export", "plan", "user add", "user reset", "user disable", "migrate", "version"} {
		if !strings.Contains(out, command) {
			t.Errorf("--help does not speak of %s", command)
		}
	}
}
