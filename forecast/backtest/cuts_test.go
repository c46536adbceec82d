package backtest_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huifang/civil"
	"huifang/forecast/backtest"
	"huifang/sheets"
)

func period(from, to string) backtest.File {
	return backtest.File{From: civil.Must(from), To: civil.Must(to)}
}

func texts(cuts []civil.Date) string {
	var out []string
	for _, c := range cuts {
		out = append(out, c.String())
	}
	return strings.Join(out, " ")
}

func TestCutsAreChosenInTheSecondHalf(t *testing.T) {
	for name, tt := range map[string]struct {
		file backtest.File
		want string
	}{
		"two years: from the middle to 90 days before the end": {period("2010-01-01", "2011-12-31"), "2010-12-31 2011-03-09 2011-05-17 2011-07-25 2011-10-02"},
		"half a year: the middle and the last day are near":    {period("2021-01-01", "2021-07-03"), "2021-04-02 2021-04-03 2021-04-04"},
		"less: the last possible day":                          {period("2021-01-01", "2021-05-01"), "2021-01-31"},
		"as short as it gets":                                  {period("2021-01-01", "2021-04-02"), "2021-01-02"},
	} {
		t.Run(name, func(t *testing.T) {
			cuts, err := tt.file.Cuts()
			if err != nil || texts(cuts) != tt.want {
				t.Errorf("%s (%v), want %s", texts(cuts), err, tt.want)
			}
		})
	}
}

func TestChosenCutsArePossibleOnes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := backtest.File{From: civil.Date(rapid.IntRange(-20_000, 80_000).Draw(t, "from"))}
		f.To = f.From + civil.Date(rapid.IntRange(0, 4_000).Draw(t, "days"))
		cuts, err := f.Cuts()
		if (err != nil) != (f.To-f.From <= 90) {
			t.Fatalf("%d days: %v", f.To-f.From, err)
		}
		if len(cuts) == 0 {
			return
		}
		var again []string
		for _, c := range cuts {
			again = append(again, c.String())
		}
		given, err := f.CutsAt(again)
		if d := cmp.Diff(cuts, given); err != nil || d != "" {
			t.Errorf("given they are %v (%v)", given, err)
		}
		if f.To-f.From > 200 && len(cuts) != 5 {
			t.Errorf("%d cut-offs in %d days", len(cuts), f.To-f.From)
		}
	})
}

func TestCutsGivenAreReadInOrder(t *testing.T) {
	cuts, err := period("1997-01-01", "1998-06-30").CutsAt([]string{"1998-04-01", " 1997-01-02", "1997-12-31"})
	if err != nil || texts(cuts) != "1997-01-02 1997-12-31 1998-04-01" {
		t.Errorf("%s, %v", texts(cuts), err)
	}
}

func TestCutsThatCannotBe(t *testing.T) {
	year := period("2021-01-01", "2021-12-31")
	for name, tt := range map[string]struct {
		file       backtest.File
		days       []string
		code, want string
	}{
		"no date":                {year, []string{"soon"}, "CUT_DAY", `"soon" is not a day: write it like`},
		"nothing":                {year, []string{""}, "CUT_DAY", `"" is not a day`},
		"a day no calendar has":  {year, []string{"2021-02-30"}, "CUT_DAY", "2021-02-30"},
		"twice":                  {year, []string{"2021-05-01", "2021-06-01", "2021-05-01"}, "CUT_TWICE", "2021-05-01 is given twice"},
		"89 days before the end": {year, []string{"2021-10-03"}, "CUT_OUTSIDE", "which 2021-10-03 has not: days from 2021-01-02 to 2021-10-02 are possible"},
		"the first day":          {year, []string{"2021-01-01"}, "CUT_OUTSIDE", "from 2021-01-02 to 2021-10-02"},
		"before the data":        {year, []string{"2020-05-01"}, "CUT_OUTSIDE", "from 2021-01-02"},
		"a time too short":       {period("2021-01-01", "2021-04-01"), []string{"2021-01-02"}, "SHORT_PERIOD", "2021-01-01 to 2021-04-01"},
		"none given, too short":  {period("2021-01-01", "2021-04-01"), nil, "SHORT_PERIOD", "90 days of data after it"},
	} {
		t.Run(name, func(t *testing.T) {
			cuts, err := tt.file.Cuts()
			if tt.days != nil {
				cuts, err = tt.file.CutsAt(tt.days)
			}
			var f *sheets.Fault
			if !errors.As(err, &f) {
				t.Fatalf("got %s, %v", texts(cuts), err)
			}
			if f.Code != tt.code || !strings.Contains(f.Words.EN, tt.want) || strings.Contains(f.Words.ZH+f.Words.EN, "%!") {
				t.Errorf("%s %s / %s, want %s with %q", f.Code, f.Words.EN, f.Words.ZH, tt.code, tt.want)
			}
		})
	}
}
