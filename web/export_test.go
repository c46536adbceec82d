package web_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/sheets"
)

// fileOf fetches an export and reads it back as a table.
func (w *world) fileOf(path, token string) (header []string, rows []map[string]string) {
	w.t.Helper()
	res := w.do(http.MethodGet, path, token, nil)
	body := w.text(res)
	if res.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %d %s", path, res.StatusCode, body)
	}
	r, err := sheets.Open(strings.NewReader(body), int64(len(body)))
	if errors.Is(err, sheets.ErrHeaderOnly) {
		return nil, nil
	}
	if err != nil {
		w.t.Fatal(err)
	}
	header = r.Header().Cells
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return header, rows
		}
		if err != nil {
			w.t.Fatal(err)
		}
		cells := map[string]string{}
		for i, name := range header {
			if i < len(row.Cells) {
				cells[name] = row.Cells[i]
			}
		}
		rows = append(rows, cells)
	}
}

// worked gives three reps done and open work, one account a name that a spreadsheet would run.
func (w *world) worked() {
	w.t.Helper()
	err := w.Service.Store.Write(context.Background(), func(tx *models.Tx) error {
		a := w.Own
		a.Name = "=1+1"
		if err := tx.SumUpAccount(&a, "name"); err != nil {
			return err
		}
		var items []models.PlanItem
		for n, of := range []models.Account{w.Own, w.Own, w.Colleagues, w.OtherTeams, w.OtherStores} {
			done, open := modelstest.Item(tx, of, "d"+strconv.Itoa(n)), modelstest.Item(tx, of, "o"+strconv.Itoa(n))
			done.Status, done.DoneBy, done.DoneOn, done.Minutes, done.Travel = models.ItemDone, &done.RepID, &tx.Today, 40+n, 7
			open.Day, open.Kind = tx.Today+1, cadence.Call
			items = append(items, done, open)
		}
		return tx.AddItems(items)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestAFileHasTheNumbersOfTheScreen(t *testing.T) {
	w := newWorld(t)
	w.worked()
	manager := auth.With(t.Context(), modelstest.Viewer(w.Manager))
	for _, by := range []care.WorkloadBy{care.ByStore, care.ByTeam, care.ByRep, care.ByWeek} {
		screen, err := w.Workload(manager, care.WorkloadInput{By: by})
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"xlsx", "csv"} {
			_, rows := w.fileOf("/export/workload."+format+"?lang=en&by="+string(by), w.Manager.Login)
			if len(rows) != 2*len(screen.Rows)+2 {
				t.Fatalf("%s by %s: %d lines for %d rows", format, by, len(rows), len(screen.Rows))
			}
			wantSum(t, rows, "Planned (minutes)", "2026-03", screen.Total.Now.Load)
			wantSum(t, rows, "Working time (minutes)", "2026-02", screen.Total.Before.Capacity)
			done := 0
			for _, k := range screen.Total.Now.Kinds {
				done += k.Done
			}
			wantSum(t, rows, "Done", "2026-03", done)
			if done != 5 {
				t.Errorf("%d contacts are done", done)
			}
		}
	}
}

// wantSum adds up a column of a month, and holds it to its total.
func wantSum(t *testing.T, rows []map[string]string, column, month string, want int) {
	t.Helper()
	sum, total := 0, ""
	for _, row := range rows {
		if row["Month"] != month {
			continue
		}
		if slices.Contains(slices.Collect(maps.Values(row)), "Total") {
			total = row[column]
			continue
		}
		n, err := strconv.Atoi(row[column])
		if err != nil {
			t.Fatalf("%s: %q", column, row[column])
		}
		sum += n
	}
	if sum != want || total != strconv.Itoa(want) {
		t.Errorf("%s of %s adds up to %d, the total says %q, the screen %d", column, month, sum, total, want)
	}
}

func TestRowsOfANumberAreExportedWithTheirWords(t *testing.T) {
	w := newWorld(t)
	w.worked()
	for lang, want := range map[string]map[string]string{
		"zh": {"会员": "=1+1", "代表": "王敏", "方式": "家访", "状态": "已完成", "日期": "2026-03-04"},
		"en": {"Account": "=1+1", "Rep": "王敏", "Kind": "home visit", "Status": "Done", "Day": "2026-03-04"},
	} {
		_, rows := w.fileOf("/export/figure-rows.csv?figure=DONE&rep="+w.Rep.ID.String()+"&lang="+lang, w.Manager.Login)
		if len(rows) != 2 {
			t.Fatalf("%d rows", len(rows))
		}
		for name, text := range want {
			if rows[0][name] != text {
				t.Errorf("%s is %q, want %q", name, rows[0][name], text)
			}
		}
	}
	raw := w.text(w.do(http.MethodGet, "/export/figure-rows.csv?figure=DONE", w.Manager.Login, nil))
	if !strings.Contains(raw, "'=1+1") {
		t.Errorf("a cell would be run as a formula:\n%s", raw)
	}
	_, rows := w.fileOf("/export/figure-rows.xlsx?figure=PLANNED&kind=CALL", w.Manager.Login)
	if len(rows) != 5 {
		t.Errorf("%d calls are planned", len(rows))
	}
}

// A supervisor gets no row of another team, whatever they ask for.
func TestASupervisorExportsTheirTeamOnly(t *testing.T) {
	w := newWorld(t)
	w.worked()
	theirs := map[string]bool{"王敏": true, "李静": true, "合计": true, "": true}
	for _, path := range []string{"/export/workload.csv?by=REP", "/export/figure-rows.csv?figure=PLANNED", "/export/inbox.csv"} {
		_, rows := w.fileOf(path, w.Supervisor.Login)
		for _, row := range rows {
			if !theirs[row["代表"]] {
				t.Errorf("%s: a row of %s", path, row["代表"])
			}
		}
		if len(rows) == 0 && !strings.Contains(path, "inbox") {
			t.Errorf("%s is empty", path)
		}
	}
	for _, file := range []string{"workload.csv?by=REP", "figure-rows.csv?figure=PLANNED", "inbox.csv?lang=zh"} {
		for name, key := range map[string]id.ID{"team": w.OtherTeam.ID, "rep": w.OtherRep.ID, "store": w.Branch.ID} {
			if strings.HasPrefix(file, "inbox") && name == "store" {
				continue
			}
			res := w.do(http.MethodGet, "/export/"+file+"&"+name+"="+key.String(), w.Supervisor.Login, nil)
			if res.StatusCode != http.StatusNotFound {
				t.Errorf("%s of another %s: %d %s", file, name, res.StatusCode, w.text(res))
			}
		}
	}
}

func TestWhatIsNoExport(t *testing.T) {
	w := newWorld(t)
	w.worked()
	for _, c := range []struct {
		what, path, token string
		status            int
		code              string
	}{
		{"nobody", "workload.csv?by=REP", "", http.StatusUnauthorized, "UNAUTHENTICATED"},
		{"a rep", "workload.csv?by=REP", w.Rep.Login, http.StatusNotFound, "NOT_FOUND"},
		{"an expert", "inbox.csv", w.Expert.Login, http.StatusNotFound, "NOT_FOUND"},
		{"who only delivers", "workload.csv?by=REP", "delivery", http.StatusNotFound, "NOT_FOUND"},
		{"another table", "users.csv", w.Manager.Login, http.StatusNotFound, "NOT_FOUND"},
		{"another format", "workload.pdf?by=REP", w.Manager.Login, http.StatusBadRequest, "INVALID"},
		{"another language", "workload.csv?by=REP&lang=fr", w.Manager.Login, http.StatusBadRequest, "INVALID"},
		{"rows of no kind", "workload.csv", w.Manager.Login, http.StatusBadRequest, "INVALID"},
		{"a filter misspelt", "workload.csv?by=REP&taem=1", w.Manager.Login, http.StatusBadRequest, "INVALID"},
		{"a filter twice", "workload.csv?by=REP&by=TEAM", w.Manager.Login, http.StatusBadRequest, "INVALID"},
		{"a team that is no key", "workload.csv?by=REP&team=x", w.Manager.Login, http.StatusBadRequest, "INVALID"},
		{"a number that is none", "figure-rows.csv?figure=HAPPY", w.Manager.Login, http.StatusBadRequest, "INVALID"},
		{"a kind of exception that is none", "inbox.csv?kinds=NEGLECTED,HAPPY", w.Manager.Login, http.StatusBadRequest, "INVALID"},
	} {
		res := w.do(http.MethodGet, "/export/"+c.path, c.token, nil)
		text := w.text(res)
		if res.StatusCode != c.status || !strings.Contains(text, c.code) {
			t.Errorf("%s: %d %s", c.what, res.StatusCode, text)
		}
	}
	if n := w.exports(); n != 0 {
		t.Errorf("%d exports are audited that never were", n)
	}
}

// exports counts the audited exports of the manager.
func (w *world) exports() int {
	w.t.Helper()
	n := 0
	err := w.Service.Store.Read(context.Background(), func(tx *models.Tx) error {
		rows, err := tx.AuditsBy(auth.System(), w.Manager.ID, models.Cursor{}, 0)
		for _, r := range rows {
			if r.Action == string(auth.Export) {
				n++
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestAnExportIsAuditedWithWhatItHolds(t *testing.T) {
	w := newWorld(t)
	w.worked()
	query := url.Values{"by": {"TEAM"}, "team": {w.Team.ID.String()}, "lang": {"en"}}
	w.fileOf("/export/workload.xlsx?"+query.Encode(), w.Manager.Login)
	var row models.Audit
	err := w.Service.Store.Read(t.Context(), func(tx *models.Tx) error {
		rows, err := tx.AuditsBy(auth.System(), w.Manager.ID, models.Cursor{}, 1)
		if len(rows) == 1 {
			row = rows[0]
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if row.Action != string(auth.Export) || row.Entity != "workload" || row.Detail["team"] != w.Team.ID.String() || row.Detail["format"] != "xlsx" ||
		!row.At.Equal(w.clock.Now().UTC().Truncate(time.Millisecond)) {
		t.Errorf("%+v", row)
	}
}
