package care_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/sheets"
)

// book is a small company in three files: the second account was brought by the third, whose row follows.
func book() care.ImportInput {
	return care.ImportInput{
		Reps: reps(
			"工号,姓名,角色,登录名,手机,门店编号,门店,城市,小组编号,小组,出行方式,出发位置",
			`R1,张伟,售后代表,zhang.wei,13800138000,N1,和平路店,济南,N1-1,一组,电动车,"36.65,117.12"`,
			"L1,李店长,主管,,,N1,,,N1-1,,,",
		),
		Accounts: accounts(
			"会员号,姓名,负责人工号,性别,电话,地址,健康状况,入会日期,生日,配偶姓名,配偶生日,标签,免打扰时段,拒绝联系方式,介绍人会员号",
			"C1,王秀兰,R1,女,138-0013-8001,和平路1号,高血压,2025/1/2,农历八月十五,刘建国,1950-03-04,重点、糖友,12:00-14:00,短信,",
			"C2,赵淑芬,R1,女,010-12345678,,,,,,,,22:00-07:00,,C3",
			"C3,孙国强,R1,男,,,,,,,,,,,",
		),
		Purchases: purchases(
			"订单号,会员号,日期,金额,产品编号,产品,数量,可用天数,渠道",
			"O1,C1,2026-02-01,298,Q1,钙片,2,60,门店",
			"O1,C1,2026-02-01,100.50,Q2,鱼油,1,30,",
			"O2,C2,2025年11月3日,¥99,,蜂胶,,,",
		),
	}
}

func (w *world) numbered(number string) models.Account {
	w.t.Helper()
	var a models.Account
	w.write(func(tx *models.Tx) (err error) {
		a, err = tx.AccountByNumber(auth.System(), number)
		return err
	})
	return a
}

func (w *world) staffed(number string) models.User {
	w.t.Helper()
	var u models.User
	w.write(func(tx *models.Tx) (err error) {
		u, err = tx.UserByNumber(number)
		return err
	})
	return u
}

func TestImportWritesACompany(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		r := w.loads(book())
		want := "REPS 2: 2 added, 0 updated, 0 unchanged; ACCOUNTS 3: 3 added, 0 updated, 0 unchanged; PURCHASES 3: 2 added, 0 updated, 0 unchanged"
		if tallies(r) != want {
			t.Errorf("%s", tallies(r))
		}
		if diff := cmp.Diff([]string{"zhang.wei", "l1"}, r.Logins); diff != "" {
			t.Errorf("logins (-want +got):\n%s", diff)
		}
		wantRep(t, w)
		wantAccount(t, w)
		wantOrders(t, w)
	})
}

func wantRep(t *testing.T, w *world) {
	t.Helper()
	rep, leader := w.staffed("R1"), w.staffed("L1")
	if rep.Name != "张伟" || rep.Pinyin != "zhangwei zw" || rep.Role != "REP" || rep.Mode != models.EBike || rep.Password != "" {
		t.Errorf("rep %+v", rep)
	}
	if *rep.StoreID != *leader.StoreID || *rep.TeamID != *leader.TeamID || leader.Role != "SUPERVISOR" || *rep.StartLat != 36.65 {
		t.Errorf("rep %+v, leader %+v", rep, leader)
	}
	w.write(func(tx *models.Tx) error {
		shop, err := tx.Shop(*rep.StoreID)
		if shop.Name != "和平路店" || shop.City != "济南" {
			t.Errorf("store %+v", shop)
		}
		return err
	})
	if !w.asked(rep.ID) {
		t.Error("the rep waits for no plan")
	}
}

func wantAccount(t *testing.T, w *world) {
	t.Helper()
	a, rep := w.numbered("C1"), w.staffed("R1")
	if a.RepID != rep.ID || a.StoreID != *rep.StoreID || a.Pinyin != "wangxiulan wxl" || a.Since != civil.Must("2025-01-02") {
		t.Errorf("account %+v", a)
	}
	ctx := w.as(rep)
	if phone := got[string](t)(w.ClearPhone(ctx, a)); phone != "13800138001" {
		t.Errorf("phone %q", phone)
	}
	if address := got[string](t)(w.ClearAddress(ctx, a)); address != "和平路1号" {
		t.Errorf("address %q", address)
	}
	for _, query := range []string{"8001", "wxl", "王秀", "13800138001"} {
		found := got[care.Found](t)(w.Search(ctx, care.Search{Text: query}, care.Page{}))
		if len(found.Rows) != 1 || found.Rows[0].Account.ID != a.ID {
			t.Errorf("search %q finds %d", query, len(found.Rows))
		}
	}
	f := got[care.File](t)(w.AccountFile(ctx, a.ID))
	if diff := cmp.Diff([]string{"糖友", "重点"}, f.Tags); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	if len(f.Members) != 1 || f.Members[0].Name != "刘建国" || len(f.Dates) != 2 {
		t.Errorf("members %+v, dates %+v", f.Members, f.Dates)
	}
	if diff := cmp.Diff([]models.OptOut{{Kind: "MESSAGE"}}, a.OptOuts); diff != "" {
		t.Errorf("opt-outs (-want +got):\n%s", diff)
	}
	w.write(func(tx *models.Tx) error {
		history, err := tx.AssignmentsOf(auth.System(), a.ID)
		if len(history) != 1 || history[0].RepID != rep.ID || history[0].ToAt != nil || *history[0].CreatedBy != w.Manager.ID {
			t.Errorf("history %+v", history)
		}
		return err
	})
	if w.audited(a.ID, "IMPORT") != 1 {
		t.Error("the import of the account is not audited")
	}
}

func wantOrders(t *testing.T, w *world) {
	t.Helper()
	a, b, c := w.numbered("C1"), w.numbered("C2"), w.numbered("C3")
	if a.Service != cadence.OnProduct || a.Purchases != 1 || a.Spent != 39850 || *a.LastPurchaseOn != civil.Must("2026-02-01") || a.Lifecycle != cadence.New {
		t.Errorf("account %+v", a)
	}
	if b.Since != civil.Must("2025-11-03") || b.Service != cadence.OnProduct {
		t.Errorf("without a day given, %s is since its first order", b.Since)
	}
	if c.Since != w.today || c.Service != cadence.NotYet || *b.ReferredBy != c.ID {
		t.Errorf("referrer %+v", c)
	}
	night := []civil.Window{{From: 0, To: 7 * 60}, {From: 22 * 60, To: 24 * 60}}
	if diff := cmp.Diff(night, b.Quiet); diff != "" {
		t.Errorf("quiet over midnight (-want +got):\n%s", diff)
	}
	w.write(func(tx *models.Tx) error {
		p, err := tx.PurchaseByNumber(auth.System(), "O1")
		if err != nil {
			return err
		}
		lines, err := tx.LinesOf(one(p))
		if p.Amount != 39850 || p.SupplyDays != 60 || p.Channel != "门店" || p.RepID != a.RepID || len(lines) != 2 || lines[0].Quantity != 2 {
			t.Errorf("order %+v, lines %+v", p, lines)
		}
		return err
	})
	w.write(func(tx *models.Tx) error {
		p, err := tx.ProductByNumber("Q1")
		if p.Name != "钙片" || p.Price != 14900 || p.SupplyDays != 30 {
			t.Errorf("product %+v", p)
		}
		return err
	})
}

func TestImportAgainChangesNothing(t *testing.T) {
	onEachWithFiles(t, func(t *testing.T, w *files) {
		w.loads(book())
		before, account := w.rows(), w.numbered("C1")
		r := w.loads(book())
		want := "REPS 2: 0 added, 0 updated, 2 unchanged; ACCOUNTS 3: 0 added, 0 updated, 3 unchanged; PURCHASES 3: 0 added, 0 updated, 2 unchanged"
		if tallies(r) != want || len(r.Logins) != 0 {
			t.Errorf("%s %v", tallies(r), r.Logins)
		}
		before["audits"]++ // the import itself
		if diff := cmp.Diff(before, w.rows()); diff != "" {
			t.Errorf("rows (-before +after):\n%s", diff)
		}
		if diff := cmp.Diff(account, w.numbered("C1")); diff != "" {
			t.Errorf("account (-before +after):\n%s", diff)
		}
	})
}

func TestImportOnTrialWritesNothing(t *testing.T) {
	onEachWithFiles(t, func(t *testing.T, w *files) {
		before := w.rows()
		in := book()
		in.DryRun = true
		trial := w.loads(in)
		if diff := cmp.Diff(before, w.rows()); diff != "" {
			t.Errorf("rows (-before +after):\n%s", diff)
		}
		real := w.loads(book())
		if tallies(trial) != tallies(real) || !slices.Equal(trial.Logins, real.Logins) || !trial.DryRun {
			t.Errorf("trial %s, real %s", tallies(trial), tallies(real))
		}
	})
}

func TestImportReadsWhatSpreadsheetsWrite(t *testing.T) {
	chinese := "会员号,姓名,负责人工号,电话\nC1,王秀兰,N-rep,13800138001\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(chinese))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"UTF-8":                []byte(chinese),
		"UTF-8 with a mark":    []byte("\xEF\xBB\xBF" + chinese),
		"GB18030":              gb,
		"XLSX":                 workbook(t, chinese),
		"English headers":      []byte("Member no,Name,Rep no,Phone\nC1,王秀兰,N-rep,13800138001\n"),
		"the API's names":      []byte("number,name,rep,phone\nC1,王秀兰,N-rep,13800138001\n"),
		"columns in any order": []byte("phone,负责人,会员姓名,卡号\n13800138001,N-rep,王秀兰,C1\n"),
		"semicolons and CRLF":  []byte("会员号;姓名;负责人工号;电话\r\nC1;王秀兰;N-rep;13800138001\r\n"),
		"blanks around":        []byte("会员号 , 姓名,负责人工号,电话\n  C1\u3000,\t王秀兰,N-rep , 138 0013 8001\n"),
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, w *world) {
				w.loads(care.ImportInput{Accounts: raw("file", data)})
				a := w.numbered("C1")
				if phone := got[string](t)(w.ClearPhone(w.as(w.Rep), a)); a.Name != "王秀兰" || phone != "13800138001" {
					t.Errorf("name %q, phone %q", a.Name, phone)
				}
			})
		})
	}
}

// workbook turns CSV without quotes into XLSX.
func workbook(t *testing.T, csv string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := sheets.New(sheets.XLSX, "会员", &b)
	for line := range strings.Lines(csv) {
		if err == nil {
			err = w.Write(strings.Split(strings.TrimSpace(line), ","))
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestImportReadsDaysInManySpellings(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		lines := []string{"会员号,姓名,负责人工号,入会日期"}
		for i, day := range []string{"2025-01-02", "2025/1/2", "2025.1.2", "20250102", "2025年1月2日", "45659", "2025-01-02 08:30"} {
			lines = append(lines, "D"+string(rune('0'+i))+",王秀兰,N-rep,"+day)
		}
		w.loads(care.ImportInput{Accounts: accounts(lines...)})
		for i := range lines[1:] {
			if a := w.numbered("D" + string(rune('0'+i))); a.Since != civil.Must("2025-01-02") {
				t.Errorf("%s is read as %s", lines[i+1], a.Since)
			}
		}
	})
}

func TestImportIsForManagers(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, u := range []models.User{w.Rep, w.Expert, w.Supervisor, w.Admin} {
			_, err := w.Import(w.as(u), book())
			wantCode(t, err, care.CodeNotFound)
			wantCode(t, w.Export(w.as(u), care.ExportInput{Reps: &care.ExportFile{Out: &bytes.Buffer{}, Format: sheets.CSV}}), care.CodeNotFound)
		}
		_, err := w.Import(w.as(w.Manager), care.ImportInput{})
		wantCode(t, err, care.CodeInvalid)
		wantCode(t, w.Export(w.as(w.Manager), care.ExportInput{}), care.CodeInvalid)
	})
}

// one is the key of a single order.
func one(p models.Purchase) []id.ID { return []id.ID{p.ID} }
