package backtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/backtest"
	"huifang/sheets"
)

func scored(customers int, accuracy, logLoss, brier, ece float64) backtest.Score {
	return backtest.Score{Customers: customers, Accuracy: accuracy, LogLoss: logLoss, Brier: brier, ECE: [3]float64{.01, .02, .04}, MeanECE: ece}
}

// outcome is a run in which one could not be fitted, and the grid is better by some measures and worse by others.
func outcome() []backtest.Result {
	return []backtest.Result{
		{Name: "naive", Failed: &sheets.Fault{Code: "NOT_FITTED", Words: sheets.Words{ZH: "无法拟合", EN: "not fitted at 2021-05-01: too hot"}}},
		{Name: "BG/NBD", All: scored(40, .66, .938, .4, .03), Active: scored(9, .5, 1.1, .5, .05), Fit: 1500 * time.Millisecond, Score: 20 * time.Millisecond},
		{Name: "grid", All: scored(40, .6599, .92, .4, .02), Active: scored(9, .50004, 1.2, .5, .05), Fit: time.Second, Score: time.Second},
	}
}

func twoCustomers() backtest.File {
	return backtest.File{Rows: 4, From: civil.Must("2021-01-31"), To: civil.Must("2021-12-02"), Histories: []forecast.History{
		{Purchases: []forecast.Purchase{on("2021-01-31", 30), on("2021-12-02", 0)}}, {Purchases: []forecast.Purchase{on("2021-02-01", 60)}}}}
}

func report(lang string, results []backtest.Result) backtest.Report {
	return backtest.NewReport("orders.csv", twoCustomers(), []civil.Date{civil.Must("2021-05-01"), civil.Must("2021-07-01")}, results, lang)
}

func printed(lang string, results []backtest.Result) string {
	var out strings.Builder
	report(lang, results).Print(&out, lang)
	return out.String()
}

func TestReportAsText(t *testing.T) {
	want := `orders.csv: 4 rows, 3 purchases of 2 customers, 2 of them with days of supply, 2021-01-31 to 2021-12-02
cut-offs: 2021-05-01, 2021-07-01

              all                                                                 active                              seconds
model   customers  accuracy  log-loss   Brier     ECE  ECE≤30  ECE≤60  ECE≤90  customers  log-loss  accuracy     ECE      fit  score
naive           —         —         —       —       —       —       —       —          —         —         —       —        —      —
BG/NBD         40    0.6600    0.9380  0.4000  0.0300  0.0100  0.0200  0.0400          9    1.1000    0.5000  0.0500     1.50   0.02
grid           40    0.6599    0.9200  0.4000  0.0200  0.0100  0.0200  0.0400          9    1.2000    0.5000  0.0500     1.00   1.00

naive: not fitted at 2021-05-01: too hot
prior: the model shipped for companies without data; nothing was fitted
Best by log-loss: grid
The grid is worse than BG/NBD in 2:
  all accuracy: 0.6599, BG/NBD 0.6600
  active logLoss: 1.2000, BG/NBD 1.1000
`
	if d := cmp.Diff(want, printed("en", outcome())); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestReportInChinese(t *testing.T) {
	got := printed("zh", outcome())
	for _, want := range []string{
		"orders.csv：2 位顾客的 3 次购买（4 行），2021-01-31 至 2021-12-02；其中 2 次有可用天数\n截止日：2021-05-01, 2021-07-01\n",
		"模型    人次  准确率  对数损失   Brier",
		"BG/NBD    40  0.6600    0.9380  0.4000",
		"naive：无法拟合\n", "对数损失最小：grid\n", "grid 在 2 项上不如 BG/NBD：\n  all accuracy：0.6599，BG/NBD 0.6600\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestReportTellsWhenThereIsNothingToCompareOrToBlame(t *testing.T) {
	all := outcome()
	all[1].Failed = all[0].Failed
	if got := printed("en", all); !strings.Contains(got, "There is no BG/NBD to hold the grid against\n") || !strings.Contains(got, "Best by log-loss: grid\n") {
		t.Errorf("without BG/NBD:\n%s", got)
	}
	all = outcome()
	all[2].All, all[2].Active = all[1].All, backtest.Score{}
	if got := printed("en", all); !strings.Contains(got, "The grid is nowhere worse than BG/NBD\n") || !strings.Contains(got, "Best by log-loss: BG/NBD\n") {
		t.Errorf("a grid as good as BG/NBD:\n%s", got)
	}
}

// The names are what scripts rely on.
func TestReportAsJSON(t *testing.T) {
	text, err := json.Marshal(report("en", outcome()))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"file":"orders.csv","rows":4,"purchases":3,"supplied":2,"customers":2,"from":"2021-01-31","to":"2021-12-02","cuts":["2021-05-01","2021-07-01"],"results":[` +
		`{"name":"naive","all":null,"active":null,"fitSeconds":0,"scoreSeconds":0,"failed":"not fitted at 2021-05-01: too hot"},` +
		`{"name":"BG/NBD","all":{"customers":40,"accuracy":0.66,"logLoss":0.938,"brier":0.4,"ece":[0.01,0.02,0.04],"meanEce":0.03},` +
		`"active":{"customers":9,"accuracy":0.5,"logLoss":1.1,"brier":0.5,"ece":[0.01,0.02,0.04],"meanEce":0.05},"fitSeconds":1.5,"scoreSeconds":0.02,"failed":""},` +
		`{"name":"grid","all":{"customers":40,"accuracy":0.6599,"logLoss":0.92,"brier":0.4,"ece":[0.01,0.02,0.04],"meanEce":0.02},` +
		`"active":{"customers":9,"accuracy":0.50004,"logLoss":1.2,"brier":0.5,"ece":[0.01,0.02,0.04],"meanEce":0.05},"fitSeconds":1,"scoreSeconds":1,"failed":""}],` +
		`"best":"grid","compared":true,"gridWorse":[{"part":"all","measure":"accuracy","grid":0.6599,"bgNbd":0.66},{"part":"active","measure":"logLoss","grid":1.2,"bgNbd":1.1}]}`
	if d := cmp.Diff(want, string(text)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	all := outcome()[:2]
	all[1].Active = backtest.Score{}
	if text, err = json.Marshal(report("en", all)); err != nil || !strings.Contains(string(text), `"active":null,"fitSeconds":1.5`) || !strings.HasSuffix(string(text), `"best":"BG/NBD","compared":false,"gridWorse":[]}`) {
		t.Errorf("with nobody active and no grid: %s (%v)", text, err)
	}
}
