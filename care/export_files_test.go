package care_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huifang/auth"
	"huifang/care"
	"huifang/civil"
	"huifang/demo"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
	"huifang/sheets"
)

// smallBook is every sixth account of the sample, with all that files speak of, less the weddings that have not been yet:
// import takes no days to come.
var smallBook = sync.OnceValue(func() demo.Book {
	b := demo.Make(1, civil.Must("2026-03-04"))
	b.Logs, b.Items, b.Cases, b.Covers, b.Pauses, b.Overrides = nil, nil, nil, nil, nil, nil
	b.Reviews, b.Devices, b.Moves, b.Moved, b.Joint, b.Handovers = nil, nil, nil, nil, nil, nil
	b.Cuts, b.Changes, b.Proposals = nil, nil, nil
	kept, orders := map[id.ID]bool{}, map[id.ID]bool{}
	b.People = sixth(b.People, func(p demo.Person) { kept[p.Account.ID] = true })
	for i, p := range b.People {
		if p.Account.ReferredBy != nil && !kept[*p.Account.ReferredBy] {
			b.People[i].Account.ReferredBy = nil
		}
	}
	b.Members = slices.DeleteFunc(b.Members, func(m models.Member) bool { return !kept[m.AccountID] })
	b.Dates = slices.DeleteFunc(b.Dates, func(d models.AccountDate) bool { return !kept[d.AccountID] || d.Year != nil && *d.Year > 2026 })
	b.Tags = slices.DeleteFunc(b.Tags, func(t models.AccountTag) bool { return !kept[t.AccountID] })
	b.Assignments = slices.DeleteFunc(b.Assignments, func(a models.Assignment) bool { return !kept[a.AccountID] })
	b.Purchases = slices.DeleteFunc(b.Purchases, func(p models.Purchase) bool {
		orders[p.ID] = kept[p.AccountID]
		return !kept[p.AccountID]
	})
	b.Lines = slices.DeleteFunc(b.Lines, func(l models.PurchaseLine) bool { return !orders[l.PurchaseID] })
	b.Returns = slices.DeleteFunc(b.Returns, func(r models.Return) bool { return !kept[r.AccountID] })
	return b
})

func sixth(people []demo.Person, keep func(demo.Person)) []demo.Person {
	var out []demo.Person
	for i := 0; i < len(people); i += 6 {
		keep(people[i])
		out = append(out, people[i])
	}
	return out
}

// empty is a migrated store with a company and nothing in it.
func empty(t *testing.T, s *models.Store) *world {
	t.Helper()
	vault, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Service: &care.Service{Store: s, Vault: vault}, t: t, today: civil.Must("2026-03-04")}
	return w
}

func (w *world) company() *world {
	w.write(func(tx *models.Tx) error {
		_, err := tx.CreateCompany("康颐堂", "Asia/Shanghai")
		return err
	})
	return w
}

// loadsNow imports on nobody's behalf.
func (w *world) loadsNow(in care.ImportInput) care.ImportReport {
	w.t.Helper()
	r := got[care.ImportReport](w.t)(w.ImportNow(w.t.Context(), in))
	for _, f := range r.Files {
		for _, p := range f.Problems {
			w.t.Errorf("%s: %s", f.Name, p.In("en"))
		}
	}
	if !r.Written {
		w.t.Fatal("not written")
	}
	return r
}

func sameFiles(t *testing.T, want, got exported) {
	t.Helper()
	for name, pair := range map[string][2][]byte{
		"reps": {want.Reps, got.Reps}, "accounts": {want.Accounts, got.Accounts}, "purchases": {want.Purchases, got.Purchases},
	} {
		if !bytes.Equal(pair[0], pair[1]) {
			t.Errorf("%s differ: %s", name, firstDifference(pair[0], pair[1]))
		}
	}
}

func firstDifference(want, got []byte) string {
	a, b := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return cmp.Diff(a[i], b[i])
		}
	}
	return "one is longer"
}

func TestTheSampleComesBackFromItsExport(t *testing.T) {
	modelstest.Sequential(t)
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		w := empty(t, s)
		if err := demo.Load(t.Context(), s, w.Vault, smallBook(), "!"); err != nil {
			t.Fatal(err)
		}
		out := w.exports(sheets.CSV, "zh")
		if n := bytes.Count(out.Accounts, []byte("\n")); n < 350 {
			t.Fatalf("%d lines of accounts", n)
		}
		for _, f := range w.loadsNow(out.input()).Files {
			if f.Added+f.Updated != 0 || f.Unchanged == 0 {
				t.Errorf("into itself: %s", tally(f))
			}
		}
		sameFiles(t, out, w.exports(sheets.CSV, "zh"))
		fresh, _ := modelstest.SQLite(t)
		copied := empty(t, fresh).company()
		copied.loadsNow(out.input())
		sameFiles(t, out, copied.exports(sheets.CSV, "zh"))
		sameFiles(t, w.exports(sheets.CSV, "en"), copied.exports(sheets.CSV, "en"))
	})
}

func TestWorkbooksComeBackFromTheirExport(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		w := empty(t, s).company()
		w.loadsNow(book())
		out := w.exports(sheets.XLSX, "en")
		fresh, _ := modelstest.SQLite(t)
		copied := empty(t, fresh).company()
		copied.loadsNow(out.input())
		sameFiles(t, out, copied.exports(sheets.XLSX, "en"))
		sameFiles(t, w.exports(sheets.CSV, "zh"), copied.exports(sheets.CSV, "zh"))
	})
}

func TestExportsRunNoFormulas(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.loads(care.ImportInput{Accounts: accounts("会员号,姓名,负责人工号,地址", `C1,"=HYPERLINK(""http://x"",""y"")",N-rep,'@SUM(A1)`)})
		if a := w.numbered("C1"); a.Name != `=HYPERLINK("http://x","y")` {
			t.Errorf("name %q", a.Name)
		}
		out := string(w.exports(sheets.CSV, "zh").Accounts)
		if !strings.Contains(out, `"'=HYPERLINK(`) || !strings.Contains(out, `,'@SUM(A1),`) {
			t.Errorf("%s", out)
		}
	})
}

func TestExportLeavesOutTheErased(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.write(func(tx *models.Tx) error {
			w.Own.ReferredBy = &w.Erased.ID
			if err := tx.ChangeAccount(&w.Own, "referred_by"); err != nil {
				return err
			}
			p := models.Purchase{ID: tx.NewID(), Number: "O1", AccountID: w.Erased.ID, RepID: w.Rep.ID, Day: w.today}
			l := models.PurchaseLine{ID: tx.NewID(), PurchaseID: p.ID, Line: 1, ProductID: w.Product.ID, Quantity: 1}
			return tx.AddPurchases([]models.Purchase{p}, []models.PurchaseLine{l})
		})
		out := w.exports(sheets.CSV, "zh")
		if strings.Contains(string(out.Accounts), "M7") || strings.Contains(string(out.Purchases), "O1") {
			t.Errorf("%s\n%s", out.Accounts, out.Purchases)
		}
		fresh, _ := modelstest.SQLite(t)
		copied := empty(t, fresh).company()
		copied.loadsNow(out.input())
		sameFiles(t, out, copied.exports(sheets.CSV, "zh"))
	})
}

// nasty are texts that spreadsheets, quotes and trimming like to spoil.
func nasty() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom([]rune("=+-@'\",;、|\t\r\n \u00a0\u3000＝ＡaZ0.王𠮷é\u200b\ufeff/\\")), 0, 12, -1)
}

func TestNastyTextsComeBackFromTheirExport(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.write(func(tx *models.Tx) error {
			for n := range 60 {
				if err := addNasty(t, w, tx, n); err != nil {
					return err
				}
			}
			return nil
		})
		for _, format := range []sheets.Format{sheets.CSV, sheets.XLSX} {
			out := w.exports(format, "zh")
			r := w.loads(out.input())
			if tally(r.Files[2]) != "PURCHASES 60: 0 added, 0 updated, 60 unchanged" || r.Files[1].Added > 0 {
				t.Errorf("into itself: %s", tallies(r))
			}
			if r := w.loads(w.exports(format, "zh").input()); r.Files[1].Updated > 0 {
				t.Errorf("into itself again: %s", tallies(r))
			}
			fresh, _ := modelstest.SQLite(t)
			copied := empty(t, fresh).company()
			copied.loadsNow(out.input())
			sameFiles(t, out, copied.exports(format, "zh"))
		}
	})
}

// addNasty adds an account and an order whose texts are nasty: the app takes such, and trims nothing.
func addNasty(t *testing.T, w *world, tx *models.Tx, n int) error {
	seed := n * 100
	next := func() string { seed++; return nasty().Example(seed) }
	a := w.Own
	a.ID, a.Number, a.Phone, a.PhoneHash = tx.NewID(), fmt.Sprintf("Z%03d", n), nil, nil
	a.Name, a.City, a.District, a.Employer, a.Job, a.Source = "x"+next(), next(), next(), next(), next(), next()
	a.Wishes, a.Manner, a.Looks, a.Habits, a.Brings, a.Taboos = next(), next(), next(), next(), next(), next()
	a.Hobbies, a.Interests = []string{next(), next()}, []string{next()}
	a.Address, a.Health = sealedFor(t, w, "address", a, next()), sealedFor(t, w, "health", a, next())
	a.History, a.Allergies = sealedFor(t, w, "history", a, next()), sealedFor(t, w, "allergies", a, next())
	p := models.Product{ID: tx.NewID(), Number: a.Number, Name: "x" + next(), Category: next()}
	o := models.Purchase{ID: tx.NewID(), Number: a.Number, AccountID: a.ID, RepID: a.RepID, Day: w.today, Channel: next(), Amount: 5, SupplyDays: 9}
	l := models.PurchaseLine{ID: tx.NewID(), PurchaseID: o.ID, Line: 1, ProductID: p.ID, Quantity: 3, Amount: 7, SupplyDays: 9}
	if err := tx.AddAccount(&a); err != nil {
		return err
	}
	if err := tx.AddProducts([]models.Product{p}); err != nil {
		return err
	}
	return tx.AddPurchases([]models.Purchase{o}, []models.PurchaseLine{l})
}

func sealedFor(t *testing.T, w *world, column string, a models.Account, clear string) models.Sealed {
	t.Helper()
	return got[models.Sealed](t)(w.Vault.Seal(clear, seal.Context("accounts", column, a.ID)))
}

func TestAnExportIsAudited(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		err := w.Export(w.as(w.Manager), care.ExportInput{Accounts: &care.ExportFile{Out: &bytes.Buffer{}, Format: sheets.CSV}})
		if err != nil {
			t.Fatal(err)
		}
		w.write(func(tx *models.Tx) error {
			rows, err := tx.AuditsBy(auth.System(), w.Manager.ID, models.Cursor{}, 0)
			if !slices.ContainsFunc(rows, func(a models.Audit) bool { return a.Action == "EXPORT" }) {
				t.Errorf("audits %+v", rows)
			}
			return err
		})
	})
}
