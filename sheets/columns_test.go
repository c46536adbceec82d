package sheets

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func fields() []Field {
	return []Field{
		{Key: "number", Headers: []string{"会员编号", "编号", "member_no"}, Required: true},
		{Key: "name", Headers: []string{"姓名", "name"}, Required: true},
		{Key: "phone", Headers: []string{"电话", "手机", "phone"}},
		{Key: "amount", Headers: []string{"金额(元)", "amount"}},
	}
}

func TestHeadersAreMatchedWhateverTheirForm(t *testing.T) {
	header := Row{1, []string{"Member No", "", "ＮＡＭＥ*", "金额（元）"}}
	c, problems := Match(header, fields())
	if problems != nil {
		t.Fatal(problems)
	}
	row := Row{2, []string{"007", "", " 张伟 ", "5"}}
	got := map[string]string{}
	for _, f := range fields() {
		got[f.Key] = c.Cell(row, f.Key)
	}
	if diff := cmp.Diff(map[string]string{"number": "007", "name": "张伟", "phone": "", "amount": "5"}, got); diff != "" {
		t.Error(diff)
	}
	if !c.Has("name") || c.Has("phone") || c.Header("name") != "ＮＡＭＥ*" || c.Header("phone") != "电话" || c.Header("?") != "?" {
		t.Errorf("columns %+v", c)
	}
}

func TestHeaderProblemsComeAllAtOnce(t *testing.T) {
	_, problems := Match(Row{1, []string{"姓名", "name", "phnoe", "星座"}}, fields())
	var got []string
	for _, p := range problems {
		got = append(got, p.Code+" "+p.Column)
	}
	want := []string{"DUPLICATE_COLUMN name", "UNKNOWN_COLUMN phnoe", "UNKNOWN_COLUMN 星座", "MISSING_COLUMN 会员编号"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMistypedHeaderIsRecognised(t *testing.T) {
	for typed, want := range map[string]string{"Member-Nr": "member_no", "会员编码": "会员编号", "ammount": "amount", "姓明": "姓名", "birthday": "", "地址": "", "x": ""} {
		if got := nearest(typed, fields()); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	_, problems := Match(Row{1, []string{"编号", "姓名", "ammount"}}, fields())
	if len(problems) != 1 || !strings.Contains(problems[0].In("en"), `did you mean "amount"?`) || !strings.Contains(problems[0].In("zh"), "amount") {
		t.Errorf("%+v", problems)
	}
}

func TestDistanceCountsLetters(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"", "ab", 2}, {"kitten", "sitting", 3}, {"姓名", "姓", 1}, {"same", "same", 0}} {
		if got := distance([]rune(test.a), []rune(test.b)); got != test.want {
			t.Errorf("%q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestValuesWithoutAHeaderAreNotLostSilently(t *testing.T) {
	c, _ := Match(Row{1, []string{"编号", "", "姓名"}}, fields())
	got := c.Stray(Row{7, []string{"1", "x", "张伟", " ", "y"}})
	if len(got) != 2 || got[0].Line != 7 || got[0].Column != "2" || got[1].Column != "5" || got[1].Value != "y" {
		t.Errorf("%+v", got)
	}
	if got := c.Stray(Row{8, []string{"1", "", "张伟"}}); got != nil {
		t.Errorf("%+v", got)
	}
}

func TestAProblemTellsWhereWhatAndWhatToDo(t *testing.T) {
	c, _ := Match(Row{1, []string{"编号", "姓名", "金额(元)"}}, fields())
	p := c.Problem(Row{3, []string{"1", "张伟", "-5"}}, "amount", negativeAmount())
	if got, want := p.In("zh-CN"), "第 3 行，“金额(元)”列，“-5”：金额不能为负；退货请用退货登记"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := p.In("en"), `line 3, column "金额(元)", "-5": must not be negative: record returns as returns`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if p.Code != "NEGATIVE_AMOUNT" || p.Error() != p.In("en") {
		t.Errorf("%+v", p)
	}
}

func TestCallersAddTheirOwnFaults(t *testing.T) {
	own := &Fault{Code: "UNKNOWN_REP", Words: Words{ZH: "没有这位代表", EN: "no such rep"}}
	p := At(4, "代表", "R9", own)
	if p.Code != "UNKNOWN_REP" || !errors.Is(&p, own) || p.In("en") != `line 4, column "代表", "R9": no such rep` {
		t.Errorf("%+v", p)
	}
	other := At(0, "", "", errors.New("disk broke"))
	if other.Code != "INVALID" || other.In("zh") != "disk broke" {
		t.Errorf("%+v", other)
	}
}

func TestLongValuesAreCut(t *testing.T) {
	forty := strings.Repeat("字", 40)
	for value, want := range map[string]string{"": "", forty: forty, forty + "字": strings.Repeat("字", 39) + "…"} {
		if got := At(1, "x", value, Required()).Value; got != want {
			t.Errorf("%q became %q", value, got)
		}
	}
}
