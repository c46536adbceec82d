package care_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"huifang/care"
)

// bulk is many orders of a few hundred members.
func bulk(orders int) care.ImportInput {
	var a, p strings.Builder
	a.WriteString("会员号,姓名,负责人工号,电话,健康状况\n")
	for i := range 500 {
		fmt.Fprintf(&a, "C%03d,王秀兰,N-rep,138%08d,高血压\n", i, i)
	}
	p.WriteString("订单号,会员号,日期,金额,产品编号,产品,数量,可用天数\n")
	for i := range orders {
		fmt.Fprintf(&p, "O%06d,C%03d,2025-%02d-%02d,%d.50,Q%d,钙片,2,60\n", i, i%500, i%12+1, i%28+1, i%900, i%20)
	}
	return care.ImportInput{Accounts: raw("a.csv", []byte(a.String())), Purchases: raw("p.csv", []byte(p.String()))}
}

func TestManyOrdersAreImportedSwiftly(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := bulk(5000)
		begin := time.Now()
		r := w.loads(in)
		t.Logf("5,000 orders in %s", time.Since(begin))
		if tally(r.Files[1]) != "PURCHASES 5000: 5000 added, 0 updated, 0 unchanged" {
			t.Errorf("%s", tallies(r))
		}
		r = w.loads(in)
		if tally(r.Files[1]) != "PURCHASES 5000: 0 added, 0 updated, 5000 unchanged" {
			t.Errorf("%s", tallies(r))
		}
		if a := w.numbered("C007"); a.Purchases != 10 {
			t.Errorf("account %+v", a)
		}
	})
}

// TestAnImportHoldsFewRowsAtOnce measures what is alive at the end of each reading of 10,000 orders: about their numbers.
func TestAnImportHoldsFewRowsAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := bulk(10_000)
		before, most := alive(), map[string]int64{}
		in.DryRun = true
		in.Progress = func(file, step string, share float64) {
			if file == "p.csv" && share > 0.9 && most[step] == 0 {
				most[step] = alive() - before
			}
		}
		w.loads(in)
		for _, step := range []string{"check", "write"} {
			if most[step] == 0 || most[step] > 8<<20 {
				t.Errorf("%s: %d KiB are alive", step, most[step]>>10)
			}
		}
		t.Logf("bytes alive: %v", most)
	})
}

func alive() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
