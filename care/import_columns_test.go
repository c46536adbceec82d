package care

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/civil"
	"huifang/sheets"
)

func TestNoTwoColumnsShareAHeader(t *testing.T) {
	unique(t, "reps", repTable().fields())
	unique(t, "accounts", accountTable().fields())
	unique(t, "purchases", purchaseTable().fields())
}

// unique asks sheets itself: each header, alone, must be found as its own field's.
func unique(t *testing.T, name string, fields []sheets.Field) {
	t.Helper()
	for _, f := range fields {
		for _, h := range f.Headers {
			columns, _ := sheets.Match(sheets.Row{Line: 1, Cells: []string{h}}, fields)
			if !columns.Has(f.Key) {
				t.Errorf("%s: %q is not read as %s", name, h, f.Key)
			}
		}
	}
}

// TestTheManualKnowsEveryColumn reads docs/import.md: its tables list the columns of the files in their order, and every
// example can be read.
func TestTheManualKnowsEveryColumn(t *testing.T) {
	data, err := os.ReadFile("../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(data), "\n## ")
	manual(t, sections, "Reps", repTable())
	manual(t, sections, "Members", accountTable())
	manual(t, sections, "Orders", purchaseTable())
}

func manual[T any](t *testing.T, sections []string, title string, columns table[T]) {
	t.Helper()
	rows := manualRows(sections, title)
	var want, listed []string
	for _, c := range columns {
		want = append(want, fmt.Sprintf("%s | %s | required %v", c.zh, c.en, c.required))
	}
	for i, r := range rows {
		listed = append(listed, fmt.Sprintf("%s | %s | required %v", r[1], r[2], strings.HasPrefix(r[4], "required")))
		var row T
		if i < len(columns) {
			if err := columns[i].read(&row, r[3]); err != nil {
				t.Errorf("%s: the example %q: %v", r[1], r[3], err)
			}
			if again := columns[i].cell(row); again == "" {
				t.Errorf("%s: the example %q is written as a blank", r[1], r[3])
			}
		}
	}
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Errorf("%s (-columns +manual):\n%s", title, diff)
	}
}

var manualRow = regexp.MustCompile(`(?m)^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| (.*)\|$`)

func manualRows(sections []string, title string) [][]string {
	for _, s := range sections {
		if strings.HasPrefix(s, title+"\n") {
			return manualRow.FindAllStringSubmatch(s, -1)[2:] // after the head and the rule
		}
	}
	return nil
}

func TestCellsComeBackAsTheyWereWritten(t *testing.T) {
	for _, c := range accountTable() {
		for _, cell := range roundTrips()[c.field] {
			row := accountRow{}
			if err := c.read(&row, cell); err != nil {
				t.Errorf("%s: %q: %v", c.field, cell, err)
				continue
			}
			if got := c.cell(row); got != cell {
				t.Errorf("%s: %q comes back as %q", c.field, cell, got)
			}
		}
	}
}

// roundTrips are cells as export writes them.
func roundTrips() map[string][]string {
	return map[string][]string{
		"phone":       {"13800138000", "010-12345678", "010-12345678-801", "4001234567", "+85291234567"},
		"position":    {"36.65,117.12", "36.123456,117.1"},
		"coordinates": {"WGS84", "GCJ02"},
		"since":       {"2025-01-02"},
		"frail":       {"是", "否"},
		"sex":         {"女", "男"},
		"budget":      {"0.05", "800.00", "12345.60"},
		"birthYear":   {"1956"},
		"hobbies":     {"钓鱼、下棋", "a b/c"},
		"birthday":    {"03-15", "1956-03-15", "02-29", "农历 08-15", "农历 1956-08-30", "农历闰 04-01"},
		"quiet":       {"00:00-07:00、22:00-24:00", "12:00-14:00"},
		"optOut":      {"全部", "家访、电话、短信、联谊会、到店"},
	}
}

func TestHoursInManySpellings(t *testing.T) {
	for cell, want := range map[string]string{
		"9:00-11:30":             "09:00-11:30",
		"09：00—11：30":            "09:00-11:30",
		"14:00~17:00, 9:00-11":   "",
		"14:00至17:00；9:00-11:00": "09:00-11:00、14:00-17:00",
		"22:00-07:00":            "00:00-07:00、22:00-24:00",
		"22:00-00:00":            "22:00-24:00",
		"09:00-09:00":            "",
		"9:00-12:00、11:00-13:00": "",
		"morning":                "",
		"、":                      "",
	} {
		var row accountRow
		err := windows(func(r *accountRow) *[]civil.Window { return &r.Quiet })(&row, cell)
		if got := windowsCell(row.Quiet); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q, %v", cell, got, err)
		}
	}
}

func FuzzAccountCells(f *testing.F) {
	for _, cells := range roundTrips() {
		for _, cell := range cells {
			f.Add(cell)
		}
	}
	f.Fuzz(func(t *testing.T, cell string) {
		cell = strings.TrimSpace(cell)
		for _, c := range accountTable() {
			var row, again accountRow
			if cell == "" || c.read(&row, cell) != nil {
				continue
			}
			written := c.cell(row)
			if written == "" {
				continue
			}
			if err := c.read(&again, written); err != nil {
				t.Errorf("%s: %q is written as %q: %v", c.field, cell, written, err)
			} else if c.cell(again) != written {
				t.Errorf("%s: %q, then %q, then %q", c.field, cell, written, c.cell(again))
			}
		}
	})
}
