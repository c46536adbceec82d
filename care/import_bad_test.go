package care_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/care"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/sheets"
)

func TestImportNamesEveryBadRow(t *testing.T) {
	modelstest.Sequential(t)
	const repHeader, accountHeader = "工号,姓名,角色,登录名,门店编号,小组编号", "会员号,姓名,负责人工号"
	const orderHeader = "订单号,会员号,日期,金额,产品"
	long := strings.Repeat("长", 1001)
	for _, test := range []struct {
		name string
		in   care.ImportInput
		want []string
	}{
		{"reps: a cell that must hold something", care.ImportInput{Reps: reps(repHeader, "R1,,,,N1,T9", ",张伟,,,N1,T9")},
			[]string{"REPS:2:姓名::REQUIRED", "REPS:3:工号::REQUIRED"}},
		{"reps: English headers are named as they stand", care.ImportInput{Reps: reps("Staff no,Name,Role", "R1,张伟,BOSS")},
			[]string{"REPS:2:Role:BOSS:NOT_A_CHOICE"}},
		{"reps: the same number and the same login twice", care.ImportInput{Reps: reps(repHeader, "R1,张伟,,a.b,N1,T9", "R1,李娜,,c.d,N1,T9", "R2,王芳,,A.B,N1,T9")},
			[]string{"REPS:3:工号:R1:DUPLICATE", "REPS:4:登录名:A.B:DUPLICATE"}},
		{"reps: a login of somebody else", care.ImportInput{Reps: reps(repHeader, "R1,张伟,,REP,N1,T9", "N-colleague,李静,,rep,S1,T1")},
			[]string{"REPS:2:登录名:REP:LOGIN_TAKEN", "REPS:3:登录名:rep:LOGIN_TAKEN", "REPS:3:登录名:rep:DUPLICATE"}},
		{"reps: a login that cannot be typed", care.ImportInput{Reps: reps(repHeader, "R1,张伟,,zhang wei,N1,T9", "工一,李娜,,,N1,T9")},
			[]string{"REPS:2:登录名:zhang wei:LOGIN", "REPS:3:登录名::LOGIN"}},
		{"reps: no store, no team", care.ImportInput{Reps: reps(repHeader, "R1,张伟,,,,", "R2,李娜,主管,,N1,")},
			[]string{"REPS:2:门店编号::NO_TEAM", "REPS:3:小组编号::NO_TEAM"}},
		{"reps: a team of another store", care.ImportInput{Reps: reps(repHeader, "R1,张伟,,,S2,T1", "R2,李娜,,,N1,T9", "R3,王芳,,,N2,T9")},
			[]string{"REPS:2:小组编号:T1:TEAM_STORE", "REPS:4:小组编号:T9:TEAM_STORE"}},
		{"reps: managers make no managers and admins", care.ImportInput{Reps: reps(repHeader, "R1,张伟,经理,,,", "N-admin,陈,售后代表,,S1,T1", "N-admin,陈,,chen,,")},
			[]string{"REPS:2:角色:经理:NOT_YOURS", "REPS:3:角色:售后代表:NOT_YOURS", "REPS:4:工号:N-admin:DUPLICATE"}},
		{"reps: a number with signs nobody sees", care.ImportInput{Reps: reps(repHeader, "R\u200b1,张伟,,,N1,T9")},
			[]string{"REPS:2:工号:R\u200b1:INVISIBLE"}},
		{"accounts: duplicates, unknown reps, no rep", care.ImportInput{Accounts: accounts(accountHeader, "C1,王秀兰,N-rep", "C1,王秀兰,N-rep", "C2,赵淑芬,X9", "C3,孙国强,")},
			[]string{"ACCOUNTS:3:会员号:C1:DUPLICATE", "ACCOUNTS:4:负责人工号:X9:UNKNOWN", "ACCOUNTS:5:负责人工号::REQUIRED"}},
		{"accounts: held by nobody who is no active rep", care.ImportInput{Accounts: accounts(accountHeader, "C1,王秀兰,N-supervisor", "C2,赵淑芬,N-manager", "M1,张秀英,N-expert", "C4,孙国强,N-colleague")},
			[]string{"ACCOUNTS:2:负责人工号:N-supervisor:NOT_A_REP", "ACCOUNTS:3:负责人工号:N-manager:NOT_A_REP", "ACCOUNTS:4:负责人工号:N-expert:NOT_A_REP", "ACCOUNTS:5:负责人工号:N-colleague:NOT_A_REP"}},
		{"accounts: the reps file is asked first", care.ImportInput{Reps: reps(repHeader, "R1,张伟,专家,,,", "R2,,,,N1,T9"), Accounts: accounts(accountHeader, "C1,王秀兰,R1", "C2,赵淑芬,R2")},
			[]string{"REPS:3:姓名::REQUIRED", "ACCOUNTS:2:负责人工号:R1:NOT_A_REP"}},
		{"accounts: an erased file takes nothing", care.ImportInput{Accounts: accounts(accountHeader, "M7,张秀英,N-rep"), Purchases: purchases(orderHeader, "O1,M7,2026-01-01,1,钙片")},
			[]string{"ACCOUNTS:2:会员号:M7:ERASED", "PURCHASES:2:会员号:M7:ERASED"}},
		{"accounts: cells of every kind", care.ImportInput{Accounts: accounts(
			"会员号,姓名,负责人工号,性别,出生年,电话,坐标,入会日期,行动不便,月预算,生日,免打扰时段,拒绝联系方式,购买意愿,标签",
			"C1,王秀兰,N-rep,?,56,1380013800,\"117.12,36.65\",2025-02-30,maybe,-1,2-30,9-25,鸽子,"+long+","+strings.Repeat("长", 41))},
			[]string{
				"ACCOUNTS:2:性别:?:NOT_A_CHOICE", "ACCOUNTS:2:出生年:56:YEAR", "ACCOUNTS:2:电话:1380013800:BAD_PHONE",
				"ACCOUNTS:2:坐标:117.12,36.65:SWAPPED_POSITION", "ACCOUNTS:2:入会日期:2025-02-30:NO_SUCH_DAY", "ACCOUNTS:2:行动不便:maybe:BAD_YES_NO",
				"ACCOUNTS:2:月预算:-1:NEGATIVE_AMOUNT", "ACCOUNTS:2:购买意愿:" + strings.Repeat("长", 39) + "…:TOO_LONG", "ACCOUNTS:2:标签:" + strings.Repeat("长", 39) + "…:TOO_LONG",
				"ACCOUNTS:2:生日:2-30:NO_SUCH_DAY", "ACCOUNTS:2:免打扰时段:9-25:HOURS", "ACCOUNTS:2:拒绝联系方式:鸽子:NOT_A_CHOICE",
			}},
		{"accounts: outside the country", care.ImportInput{Accounts: accounts(accountHeader+",坐标", `C1,王秀兰,N-rep,"35.68,139.69"`)},
			[]string{"ACCOUNTS:2:坐标:35.68,139.69:ABROAD"}},
		{"accounts: days to come", care.ImportInput{Accounts: accounts(accountHeader+",入会日期,出生年,生日", "C1,王秀兰,N-rep,2026-03-05,2027,2027-01-01")},
			[]string{"ACCOUNTS:2:入会日期:2026-03-05:FUTURE", "ACCOUNTS:2:出生年:2027:FUTURE", "ACCOUNTS:2:生日:2027-01-01:FUTURE"}},
		{"accounts: referrers, in the order of the file", care.ImportInput{Accounts: accounts(accountHeader+",介绍人会员号", "C1,王秀兰,N-rep,X1", "C2,赵淑芬,N-rep,C2", "C3,孙国强,N-rep,C4", "C4,,N-rep,X1")},
			[]string{"ACCOUNTS:2:介绍人会员号:X1:UNKNOWN", "ACCOUNTS:3:介绍人会员号:C2:SELF", "ACCOUNTS:5:姓名::REQUIRED", "ACCOUNTS:5:介绍人会员号:X1:UNKNOWN"}},
		{"accounts: values without a header", care.ImportInput{Accounts: accounts(accountHeader, "C1,王秀兰,N-rep,多余")},
			[]string{"ACCOUNTS:2:4:多余:STRAY_CELL"}},
		{"orders: unknown members, negative amounts, days to come and long ago", care.ImportInput{Purchases: purchases(orderHeader,
			"O1,X1,2026-01-01,1,钙片", "O2,M1,2026-01-01,-1,钙片", "O3,M1,2026-03-05,1,钙片", "O4,M1,1990-01-01,1,钙片", "O5,M1,2026-01-01,1,", "O6,M1,明天,1,钙片", "O7,M1,2026-01-01,20000000,钙片")},
			[]string{
				"PURCHASES:2:会员号:X1:UNKNOWN", "PURCHASES:3:金额:-1:NEGATIVE_AMOUNT", "PURCHASES:4:日期:2026-03-05:FUTURE", "PURCHASES:5:日期:1990-01-01:LONG_AGO",
				"PURCHASES:6:产品::REQUIRED", "PURCHASES:7:日期:明天:BAD_DAY", "PURCHASES:8:金额:20000000:TOO_MUCH",
			}},
		{"orders: lines apart, lines that differ", care.ImportInput{Purchases: purchases(orderHeader,
			"O1,M1,2026-01-01,1,钙片", "O1,M2,2026-01-01,1,鱼油", "O2,M1,2026-01-01,1,钙片", "O1,M1,2026-01-01,1,蜂胶", "O2,M1,bad,1,钙片", "O2,M1,2026-01-01,1,钙片")},
			[]string{"PURCHASES:3:订单号:O1:DIFFERS", "PURCHASES:5:订单号:O1:APART", "PURCHASES:6:日期:bad:BAD_DAY", "PURCHASES:6:订单号:O2:APART"}},
		{"an unknown column, with what was meant", care.ImportInput{Accounts: accounts("会员号,姓名,负责人工号,性別", "C1,王秀兰,N-rep,女")},
			[]string{"ACCOUNTS:1:性別::UNKNOWN_COLUMN"}},
		{"columns missing and twice", care.ImportInput{Accounts: accounts("会员号,姓名,Name", "C1,王秀兰,王秀兰")},
			[]string{"ACCOUNTS:1:Name::DUPLICATE_COLUMN", "ACCOUNTS:1:负责人工号::MISSING_COLUMN"}},
		{"a file without reps is not asked for reps", care.ImportInput{Reps: reps("工号,姓", "R1,张"), Accounts: accounts(accountHeader, "C1,王秀兰,R1"), Purchases: purchases(orderHeader, "O1,C1,2026-01-01,1,钙片")},
			[]string{"REPS:1:姓::UNKNOWN_COLUMN", "REPS:1:姓名::MISSING_COLUMN"}},
		{"no file at all", care.ImportInput{Accounts: raw("a.csv", nil)}, []string{"ACCOUNTS:0:::EMPTY_FILE"}},
		{"a header only", care.ImportInput{Accounts: accounts(accountHeader)}, []string{"ACCOUNTS:1:::HEADER_ONLY"}},
		{"a broken encoding", care.ImportInput{Accounts: raw("a.csv", []byte("会员号,姓名,负责人工号\nC1,\xff\xff\xff,N-rep\n"))}, []string{"ACCOUNTS:0:::BAD_ENCODING"}},
		{"a PDF", care.ImportInput{Accounts: raw("a.csv", []byte("%PDF-1.7\n"))}, []string{"ACCOUNTS:0:::NOT_A_TABLE"}},
		{"an old workbook", care.ImportInput{Accounts: raw("a.xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))}, []string{"ACCOUNTS:0:::OLD_EXCEL"}},
		{"a damaged workbook", care.ImportInput{Accounts: raw("a.xlsx", []byte("PK\x03\x04 and no more"))}, []string{"ACCOUNTS:0:::DAMAGED_FILE"}},
		{"a cell of 10 MB", care.ImportInput{Accounts: accounts(accountHeader+",地址", "C1,王秀兰,N-rep,"+strings.Repeat("a", 10<<20))},
			[]string{"ACCOUNTS:2:地址::CELL_TOO_LARGE"}},
		{"a quote that never closes", care.ImportInput{Accounts: accounts(accountHeader, "C1,王秀兰,N-rep", `C2,"赵淑芬,N-rep`)}, []string{"ACCOUNTS:3:::OPEN_QUOTE"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			onEachWithFiles(t, func(t *testing.T, w *files) {
				w.disable(w.Colleague)
				before := w.rows()
				if diff := cmp.Diff(test.want, w.refuses(test.in)); diff != "" {
					t.Errorf("problems (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(before, w.rows()); diff != "" {
					t.Errorf("rows (-before +after):\n%s", diff)
				}
			})
		})
	}
}

func (w *world) disable(u models.User) {
	w.write(func(tx *models.Tx) error { return tx.DisableUser(u.ID) })
}

func TestOneBadRowOfTheLastFileKeepsEverythingOut(t *testing.T) {
	onEachWithFiles(t, func(t *testing.T, w *files) {
		before, content := w.rows(), w.exports(sheets.CSV, "zh")
		in := book()
		in.Purchases = purchases("订单号,会员号,日期,金额,产品", "O1,C1,2026-01-01,1,钙片", "O2,C9,2026-01-01,1,钙片")
		if problems := w.refuses(in); len(problems) != 1 {
			t.Errorf("problems %v", problems)
		}
		if diff := cmp.Diff(content, w.exports(sheets.CSV, "zh")); diff != "" {
			t.Error(diff)
		}
		before["audits"] += 2 // the exports
		if diff := cmp.Diff(before, w.rows()); diff != "" {
			t.Errorf("rows (-before +after):\n%s", diff)
		}
	})
}

func TestProblemsTellWhatToDoInBothLanguages(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		r := got[care.ImportReport](t)(w.Import(w.as(w.Manager), care.ImportInput{
			Accounts: accounts("会员号,姓名,负责人工号,性别,区", "C1,王秀兰,N-rep,女,"),
		}))
		p := r.Files[0].Problems[0]
		if want := `第 1 行，“区”列：不认识的列；`; !strings.HasPrefix(p.In("zh"), want) {
			t.Errorf("%s", p.In("zh"))
		}
		r = got[care.ImportReport](t)(w.Import(w.as(w.Manager), care.ImportInput{
			Accounts: accounts("Member no,Name,Rep no", "C1,王秀兰,X9"),
		}))
		p = r.Files[0].Problems[0]
		if want := `line 2, column "Rep no", "X9": nobody has this staff number: import the reps first, or correct it`; p.In("en") != want {
			t.Errorf("%s", p.In("en"))
		}
	})
}

func TestAThousandBadRowsAreCounted(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		lines := []string{"会员号,姓名,负责人工号,介绍人会员号"}
		for i := range 1000 {
			lines = append(lines, fmt.Sprintf("C%d,,N-rep,X%d", i, i))
		}
		r := got[care.ImportReport](t)(w.Import(w.as(w.Manager), care.ImportInput{Accounts: accounts(lines...)}))
		f := r.Files[0]
		if len(f.Problems) != 200 || f.More != 1800 || f.Rows != 1000 {
			t.Fatalf("%d problems, %d more of %d rows", len(f.Problems), f.More, f.Rows)
		}
		for i, p := range f.Problems {
			if p.Line != 2+i/2 {
				t.Fatalf("problem %d is of line %d", i, p.Line)
			}
		}
	})
}

// changing is a file that somebody saves anew between the check and the writing.
type changing struct {
	*bytes.Reader
	next []byte
	left int
}

func (c *changing) ReadAt(p []byte, off int64) (int, error) {
	if c.left--; c.left == 0 {
		c.Reader = bytes.NewReader(c.next)
	}
	return c.Reader.ReadAt(p, off)
}

func TestAFileThatChangesMeanwhileIsRefused(t *testing.T) {
	good := []byte("会员号,姓名,负责人工号,出生年\nC1,王秀兰,N-rep,1950\n")
	for name, bad := range map[string]string{
		"a bad cell":   "会员号,姓名,负责人工号,出生年\nC1,王秀兰,N-rep,????\n",
		"a bad header": "会员号,姓名,负责人工号,出生地\nC1,王秀兰,N-rep,1950\n",
		"another rep":  "会员号,姓名,负责人工号,出生年\nC1,王秀兰,X-rep,1950\n",
		"another one":  "会员号,姓名,负责人工号,出生年\nC9,王秀兰,N-rep,1950\n",
	} {
		t.Run(name, func(t *testing.T) {
			onEachWithFiles(t, func(t *testing.T, w *files) {
				before, conflicts := w.rows(), 0
				for reads := range 12 {
					in := care.ImportInput{Accounts: raw("a.csv", good), DryRun: true}
					in.Accounts.Data = &changing{bytes.NewReader(good), []byte(bad), reads + 1}
					if _, err := w.Import(w.as(w.Manager), in); err != nil {
						wantCode(t, err, care.CodeConflict)
						conflicts++
					}
				}
				if conflicts == 0 {
					t.Error("nobody noticed")
				}
				if diff := cmp.Diff(before, w.rows()); diff != "" {
					t.Errorf("rows (-before +after):\n%s", diff)
				}
			})
		})
	}
}
