package backtest_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/backtest"
	"huifang/sheets"
)

func read(t *testing.T, text string) backtest.File {
	t.Helper()
	f, err := backtest.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func on(day string, supply int) forecast.Purchase {
	return forecast.Purchase{Day: civil.Must(day), Supply: supply}
}

// two is what every good file below tells.
func two() []forecast.History {
	return []forecast.History{
		{Purchases: []forecast.Purchase{on("2021-01-31", 30), on("2021-03-02", 0)}},
		{Purchases: []forecast.Purchase{on("2021-02-01", 60)}},
	}
}

func TestReadTakesEveryFormOfTheFile(t *testing.T) {
	for name, text := range map[string]string{
		"the full form":                                   "customer_id,date,amount,quantity,product_id,days_supply\na,2021-01-31,5,1,p,30\nb,2021-02-01,5,1,p,60\na,2021-03-02,5,1,p,\n",
		"columns in another order, with one":              "days_supply,other,date,customer_id\n30,x,2021-01-31,a\n60,y,2021-02-01,b\n,z,2021-03-02,a\n",
		"a mark, line ends of Windows, no last line end":  "\xEF\xBB\xBFcustomer_id,date,days_supply\r\na,2021-01-31,30\r\nb,2021-02-01,60\r\na,2021-03-02,",
		"a mark before a quoted header":                   "\xEF\xBB\xBF\"customer_id\",\"date\",\"days_supply\"\na,2021-01-31,30\nb,2021-02-01,60\na,2021-03-02,0\n",
		"carriage returns inside a row":                   "customer_id,date,days_supply,amount,quantity\na,2021-01-31,30,29.33\r,2\nb,2021-02-01,60\r,5,1\na,2021-03-02,,7\r,1\n",
		"days as spreadsheets write them":                 "customer_id,date,days_supply\na,2021/1/31,30.0\nb,2021-02-01,60\na,2021-03-02 10:15:00,\n",
		"blank lines, blanks around, no order":            "customer_id,date,days_supply\n\n a , 2021-03-02,\n\nb,2021-02-01,60\na,2021-01-31, 30\n",
		"rows of a customer and day, the longest supply":  "customer_id,date,days_supply\na,2021-01-31,10\na,2021-01-31,30\na,2021-01-31,\nb,2021-02-01,60\na,2021-03-02,\n",
		"cells that hold commas, quotes and line ends":    "customer_id,note,date,days_supply\na,\"1,5 \"\"x\"\"\ny\",2021-01-31,30\nb,,2021-02-01,60\na,,2021-03-02,\n",
		"columns that come twice but are not looked into": "customer_id,x,x,date,days_supply\na,1,2,2021-01-31,30\nb,1,2,2021-02-01,60\na,1,2,2021-03-02,\n",
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, text)
			if d := cmp.Diff(two(), f.Histories); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if f.From != civil.Must("2021-01-31") || f.To != civil.Must("2021-03-02") || f.Purchases() != 3 || f.Supplied() != 2 {
				t.Errorf("%s to %s, %d purchases, %d supplied", f.From, f.To, f.Purchases(), f.Supplied())
			}
		})
	}
}

func TestReadWithoutSupply(t *testing.T) {
	f := read(t, "customer_id,date,amount\n1,1997-01-01,29.33\n2,1997-01-18,-5\n2,1997-01-18,1\n")
	if f.Rows != 3 || f.Purchases() != 2 || f.Supplied() != 0 {
		t.Errorf("%d rows, %d purchases, %d supplied", f.Rows, f.Purchases(), f.Supplied())
	}
}

func TestReadSaysWhatIsWrongAndWhere(t *testing.T) {
	const head = "customer_id,date,amount,days_supply\na,2021-01-31,5,30\n"
	for name, tt := range map[string]struct {
		text, code, want string
		line             int
	}{
		"an empty file":                {"", "EMPTY_FILE", "choose one with a header and purchases", 0},
		"blank lines":                  {"\n\n", "EMPTY_FILE", "choose one with", 0},
		"a mark alone":                 {"\xEF\xBB\xBF", "EMPTY_FILE", "choose one with", 0},
		"a header alone":               {"customer_id,date\n", "EMPTY_FILE", "choose one with", 0},
		"one customer":                 {head + "a,2021-05-01,5,30\n", "ONE_CUSTOMER", "only one customer", 0},
		"no customers' column":         {"customer,date\na,2021-01-31\n", "MISSING_COLUMN", `column "customer_id": a required column is missing`, 1},
		"no days' column":              {"\ncustomer_id,day\na,2021-01-31\n", "MISSING_COLUMN", `column "date"`, 2},
		"a column twice":               {"customer_id,date,date\na,2021-01-31,2021-01-31\n", "DUPLICATE_COLUMN", "keep one of them", 1},
		"no customer":                  {head + ",2021-05-01,5,30\n", "REQUIRED", `line 3, column "customer_id": must not be empty`, 3},
		"no day":                       {head + "b,,5,30\n", "REQUIRED", `line 3, column "date": must not be empty`, 3},
		"a word for a day":             {head + "b,soon,5,30\n", "BAD_DAY", `"soon": not a date: write it like 2026-11-22`, 3},
		"a day with the month first":   {head + "b,01/31/2021,5,30\n", "AMBIGUOUS_DAY", "write the year first", 3},
		"a day no calendar has":        {head + "b,2021-02-30,5,30\n", "NO_SUCH_DAY", "correct it", 3},
		"a negative supply":            {head + "b,2021-02-01,5,-30\n", "SUPPLY", `line 3, column "days_supply", "-30": days of supply are not negative`, 3},
		"a supply of words":            {head + "b,2021-02-01,5,month\n", "BAD_INTEGER", "write digits only", 3},
		"a row of too many cells":      {head + "b,2021-02-01,1,250,30\n", "CELLS", "the row has 5 cells, the header 4", 3},
		"a row of too few cells":       {head + "b,2021-02-01\n", "CELLS", "the row has 2 cells", 3},
		"a quote that is never closed": {head + "b,2021-02-01,\"5,30\nc,2021-01-01,5,30\n", "QUOTE", "double those inside", 3},
		"a quote inside a cell":        {head + "b,2021-02-01,5\",30\n", "QUOTE", "put the whole cell into quotes", 3},
		"lines below a long row":       {"customer_id,date,note\na,2021-01-31,\"1\n2\n3\"\nb,never,x\n", "BAD_DAY", "line 5", 5},
		"a workbook":                   {"PK\x03\x04\x14\x00\x06\x00", "NOT_A_TABLE", `save it from the spreadsheet as "CSV UTF-8"`, 0},
		"UTF-16":                       {"c\x00u\x00s\x00", "NOT_A_TABLE", "CSV UTF-8", 0},
		"a page":                       {"<html>\n<body>", "MISSING_COLUMN", "customer_id", 1},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := backtest.Read(strings.NewReader(tt.text))
			var p *sheets.Problem
			if !errors.As(err, &p) {
				t.Fatalf("read %+v, %v", f, err)
			}
			if p.Code != tt.code || p.Line != tt.line || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s at line %d, want %s at %d with %q:\n%v", p.Code, p.Line, tt.code, tt.line, tt.want, err)
			}
			if zh := p.In("zh"); zh == "" || zh == p.In("en") {
				t.Errorf("in Chinese it says %q", zh)
			}
		})
	}
}

func TestReadGoesOnNoFurtherThanTheDisk(t *testing.T) {
	broken := errors.New("the disk is gone")
	head := strings.NewReader("customer_id,date\na,2021-01-31\nb,2021-01-31\n")
	for name, r := range map[string]io.Reader{"at once": iotest.ErrReader(broken), "after some rows": io.MultiReader(head, iotest.ErrReader(broken))} {
		if _, err := backtest.Read(r); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// endless makes rows as they are read, and counts them.
type endless struct {
	rows, most int
	rest       []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.rows == e.most {
			return 0, io.EOF
		}
		e.rest = fmt.Appendf(nil, "%d,2021-%02d-%02d,%s\n", e.rows%5_000, 1+e.rows%12, 1+e.rows%28, strings.Repeat("x", 2_000))
		e.rows++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func TestReadStopsAtTheFirstBadRow(t *testing.T) {
	rows := &endless{most: 50_000, rest: []byte("customer_id,date,note\na,soon,\n")}
	if _, err := backtest.Read(rows); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
	if rows.rows > 100 {
		t.Errorf("%d rows were read to find that the first is bad", rows.rows)
	}
}

// Forty megabytes of rows leave a few hundred kilobytes of purchases.
func TestReadKeepsPurchasesNotRows(t *testing.T) {
	before := heap()
	f, err := backtest.Read(&endless{most: 20_000, rest: []byte("customer_id,date,note\n")})
	if err != nil || f.Rows != 20_000 || len(f.Histories) != 5_000 {
		t.Fatalf("%d rows of %d customers (%v)", f.Rows, len(f.Histories), err)
	}
	if kept := int64(heap()) - int64(before); kept > 4<<20 {
		t.Errorf("%d bytes are kept", kept)
	}
	runtime.KeepAlive(f)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
