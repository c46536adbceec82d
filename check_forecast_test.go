package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huifang/civil"
	"huifang/forecast/backtest"
)

// purchasesFile writes what some customers bought in 400 days from 2021-01-01 on, each again about when the supply ends.
func purchasesFile(t *testing.T, customers int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("date,customer_id,amount,days_supply\n")
	for c := range customers {
		supply := 30 * (1 + c%3)
		for d, n := c*7%40, 0; d <= 400; d, n = d+supply+(c+n*n)%9, n+1 {
			fmt.Fprintf(&text, "%s,K%03d,68.00,%d\n", civil.Must("2021-01-01")+civil.Date(d), c, supply)
		}
	}
	return writeText(t, "purchases.csv", text.String())
}

func writeText(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCheckForecastMeasuresAFileAndMakesNoDatabase(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	var r backtest.Report
	out := must(t, data, "check", "forecast", purchasesFile(t, 40), "--cut", "2021-10-01,2021-09-01", "--json")
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if r.File != "purchases.csv" || r.Customers != 40 || r.Supplied != r.Purchases || len(r.Cuts) != 2 || r.Cuts[0] != civil.Must("2021-09-01") || len(r.Results) != 5 {
		t.Errorf("reported %+v", r)
	}
	for _, l := range r.Results {
		if l.All == nil || l.Active == nil || l.All.Customers != 80 || l.Failed != "" || l.FitSeconds < 0 {
			t.Errorf("%s: %+v", l.Name, l)
		}
	}
	if _, err := os.Stat(data); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the data folder was touched: %v", err)
	}
}

func TestCheckForecastChoosesCutOffsAndWorksWithAFewCustomers(t *testing.T) {
	for _, customers := range []int{2, 5, 20, 25} {
		out := must(t, t.TempDir(), "check", "forecast", purchasesFile(t, customers))
		for _, want := range []string{
			fmt.Sprintf("of %d customers", customers), "cut-offs: 2021-07-", "\nnaive ", "\nBG/NBD ", "\nMBG/NBD ", "\ngrid ", "\nprior ", "Best by log-loss: ",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("%d customers: no %q in\n%s", customers, want, out)
			}
		}
	}
}

func TestCheckForecastShowsWhoCannotBeFitted(t *testing.T) {
	once := writeText(t, "once.csv", "customer_id,date\na,2021-01-01\nb,2021-02-01\nc,2021-12-01\n")
	out := must(t, t.TempDir(), "check", "forecast", once)
	for _, want := range []string{"BG/NBD           —", "BG/NBD: not fitted at 2021-06-1", "no BG/NBD to hold the grid against"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestCheckForecastTellsWhatIsWrong(t *testing.T) {
	good := purchasesFile(t, 3)
	bad := func(text string) string { return writeText(t, "bad.csv", text) }
	for name, tt := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no file":                   {nil, 80, "<file>"},
		"a file that is not there":  {[]string{"nowhere.csv"}, 80, "nowhere.csv"},
		"an empty file":             {[]string{bad("")}, 2, "bad.csv: the file has no rows"},
		"one customer":              {[]string{purchasesFile(t, 1)}, 2, "there is only one customer"},
		"a missing column":          {[]string{bad("customer_id,day\na,2021-01-01\n")}, 2, `bad.csv: line 1, column "date": a required column is missing`},
		"a bad date":                {[]string{bad("customer_id,date\na,soon\n")}, 2, `line 2, column "date", "soon": not a date: write it like`},
		"in Chinese":                {[]string{bad("customer_id,date\na,soon\n"), "--lang", "zh"}, 2, `第 2 行，“date”列，“soon”：不是日期`},
		"a negative supply":         {[]string{bad("customer_id,date,days_supply\na,2021-01-01,-1\n")}, 2, "line 2, column \"days_supply\", \"-1\""},
		"a workbook":                {[]string{bad("PK\x03\x04\x00")}, 2, `save it from the spreadsheet as "CSV UTF-8"`},
		"a period too short":        {[]string{bad("customer_id,date\na,2021-01-01\nb,2021-04-01\n")}, 2, "the purchases are of 2021-01-01 to 2021-04-01"},
		"a cut-off that is no date": {[]string{good, "--cut", "2021-09-01,autumn"}, 2, `--cut: "autumn" is not a day: write it like`},
		"a cut-off twice":           {[]string{good, "--cut", "2021-09-01", "--cut", "2021-09-01"}, 2, "2021-09-01 is given twice"},
		"a cut-off too late":        {[]string{good, "--cut", "2022-01-01"}, 2, "days from 2021-01-02 to 2021-"},
	} {
		t.Run(name, func(t *testing.T) {
			out, code := huifang(t, t.TempDir(), append([]string{"check", "forecast"}, tt.args...)...)
			if code != tt.code || !strings.Contains(out, tt.want) {
				t.Errorf("exit code %d, want %d; no %q in:\n%s", code, tt.code, tt.want, out)
			}
		})
	}
}
