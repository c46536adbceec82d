package sheets

import (
	"errors"
	"testing"
	"unicode/utf8"

	"huifang/civil"

	"github.com/google/go-cmp/cmp"
)

// code is the code of a fault, "" for none; anything else is a mistake.
func code(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var f *Fault
	if !errors.As(err, &f) {
		t.Fatalf("%v is no Fault", err)
	}
	if f.Words.ZH == "" || f.Words.EN == "" || f.Words.ZH == f.Words.EN {
		t.Errorf("%s lacks words: %+v", f.Code, f.Words)
	}
	return f.Code
}

func TestDay(t *testing.T) {
	for _, s := range []string{"2026-11-22", "2026/11/22", "2026.11.22", "20261122", "2026年11月22日", "2026年11月22号", " 2026-11-22 ",
		"２０２６－１１－２２", "46348", "46348.75", "2026-11-22 00:00:00", "2026-11-22T09:30", "2026/11/22 9:30", "2026年11月22日 09:30"} {
		got, err := Day(s)
		if err != nil || got != civil.Must("2026-11-22") {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
	if got, err := Day("2026-1-2"); err != nil || got != civil.Must("2026-01-02") {
		t.Errorf("short month and day: %v, %v", got, err)
	}
	for s, want := range map[string]string{
		"22/11/2026": "AMBIGUOUS_DAY", "11-22-2026": "AMBIGUOUS_DAY", "1.2.2026": "AMBIGUOUS_DAY",
		"26-11-22": "SHORT_YEAR", "26年11月22日": "SHORT_YEAR",
		"2026-02-30": "NO_SUCH_DAY", "2025-02-29": "NO_SUCH_DAY", "20261322": "NO_SUCH_DAY", "1026-11-22": "NO_SUCH_DAY", "2026-00-10": "NO_SUCH_DAY",
		"2026-11-22T20:00:00Z": "ZONED_DAY", "2026-11-22 20:00+08:00": "ZONED_DAY",
		"": "BAD_DAY", "昨天": "BAD_DAY", "2026-11/22": "BAD_DAY", "2026-11": "BAD_DAY", "1": "BAD_DAY", "-46348": "BAD_DAY", "#N/A": "BAD_DAY",
	} {
		if _, err := Day(s); code(t, err) != want {
			t.Errorf("%q: %v, want %s", s, err, want)
		}
	}
}

func TestFen(t *testing.T) {
	for s, want := range map[string]int64{
		"1234.5": 123450, "¥1,234.50": 123450, "￥1234.50": 123450, "1234.5元": 123450, "1,234.50 元": 123450, "人民币1234.5": 123450, "rmb 1234.5": 123450,
		"１２３４．５": 123450, "0": 0, "0.00": 0, "-0": 0, "0.01": 1, "+5": 500, "12.3400": 1234, "1.5万": 1500000, "1.234567万元": 1234567, "99999999999.99": 9999999999999,
		"007": 700,
	} {
		got, err := Fen(s)
		if err != nil || got != want {
			t.Errorf("%q is %d, %v: want %d", s, got, err, want)
		}
	}
	for s, want := range map[string]string{
		"-5": "NEGATIVE_AMOUNT", "−5.00": "NEGATIVE_AMOUNT", "(1,234.50)": "NEGATIVE_AMOUNT", "¥-5": "NEGATIVE_AMOUNT", "-￥5": "NEGATIVE_AMOUNT",
		"1.234": "FINE_AMOUNT", "1.2345678万": "FINE_AMOUNT", "999999999999.99": "LARGE_AMOUNT", "99999999999999999999999": "LARGE_AMOUNT",
		"": "BAD_AMOUNT", "abc": "BAD_AMOUNT", "1,5": "BAD_AMOUNT", "12,34.5": "BAD_AMOUNT", ".5": "BAD_AMOUNT", "5.": "BAD_AMOUNT", "1e5": "BAD_AMOUNT", "1.2.3": "BAD_AMOUNT", "--5": "BAD_AMOUNT", "$5": "BAD_AMOUNT",
	} {
		if _, err := Fen(s); code(t, err) != want {
			t.Errorf("%q: %v, want %s", s, err, want)
		}
	}
}

func TestInteger(t *testing.T) {
	for s, want := range map[string]int{"30": 30, "1,200": 1200, "30.0": 30, "３０": 30, "-3": -3, " 7 ": 7, "0": 0} {
		if got, err := Integer(s); err != nil || got != want {
			t.Errorf("%q is %d, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "3.5", "30天", "1e3", "99999999999", "1,2", "3.", "١"} {
		if _, err := Integer(s); code(t, err) != "BAD_INTEGER" {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestYesNo(t *testing.T) {
	for s, want := range map[string]bool{"是": true, "YES": true, "True": true, "1": true, "１": true, "否": false, "no": false, "FALSE": false, "0": false} {
		if got, err := YesNo(s); err != nil || got != want {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "maybe", "2"} {
		if _, err := YesNo(s); code(t, err) != "BAD_YES_NO" {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestPhone(t *testing.T) {
	for s, want := range map[string]string{
		"13800138000": "13800138000", "138 0013 8000": "13800138000", "138-0013-8000": "13800138000", "+86 13800138000": "13800138000",
		"+86-138-0013-8000": "13800138000", "008613800138000": "13800138000", "8613800138000": "13800138000", "１３８００１３８０００": "13800138000",
		"010-12345678": "010-12345678", "01012345678": "010-12345678", "(010)12345678": "010-12345678", "（0755）1234567": "0755-1234567",
		"0755 12345678": "0755-12345678", "+86 10 12345678": "010-12345678", "+86 0755-12345678": "0755-12345678",
		"010-12345678-801": "010-12345678-801", "010-12345678转801": "010-12345678-801",
		"400-800-8820": "4008008820", "+852 9123 4567": "+85291234567",
	} {
		if got, err := Phone(s); err != nil || got != want {
			t.Errorf("%q is %q, %v: want %q", s, got, err, want)
		}
	}
	for s, want := range map[string]string{
		"": "BAD_PHONE", "12345": "BAD_PHONE", "12800138000": "BAD_PHONE", "138001380001": "BAD_PHONE", "12345678": "BAD_PHONE", "+86 123": "BAD_PHONE", "无": "BAD_PHONE",
		"1.38E+10": "SHORTENED_NUMBER", "1.38001e10": "SHORTENED_NUMBER",
	} {
		if _, err := Phone(s); code(t, err) != want {
			t.Errorf("%q: %v, want %s", s, err, want)
		}
	}
}

func TestReadOccasion(t *testing.T) {
	for s, want := range map[string]Occasion{
		"03-15": {Month: 3, Day: 15}, "3/15": {Month: 3, Day: 15}, "3月15日": {Month: 3, Day: 15}, "公历3月15日": {Month: 3, Day: 15},
		"1956-03-15": {Year: 1956, Month: 3, Day: 15}, "1956年3月15日": {Year: 1956, Month: 3, Day: 15}, "19560315": {Year: 1956, Month: 3, Day: 15},
		"1956-03-15 00:00:00": {Year: 1956, Month: 3, Day: 15}, "02-29": {Month: 2, Day: 29},
		"农历八月十五": {Month: 8, Day: 15, Lunar: true}, "lunar 8-15": {Month: 8, Day: 15, Lunar: true}, "Lunar: 8-15": {Month: 8, Day: 15, Lunar: true},
		"阴历8月15": {Month: 8, Day: 15, Lunar: true}, "农历8月十五": {Month: 8, Day: 15, Lunar: true}, "农历闰四月初一": {Month: 4, Day: 1, Lunar: true, Leap: true},
		"lunar leap 4-1": {Month: 4, Day: 1, Lunar: true, Leap: true}, "闰四月初一": {Month: 4, Day: 1, Lunar: true, Leap: true},
		"农历1956年八月十五": {Year: 1956, Month: 8, Day: 15, Lunar: true}, "农历1956-08-15": {Year: 1956, Month: 8, Day: 15, Lunar: true},
		"腊月廿三": {Month: 12, Day: 23, Lunar: true}, "正月初一": {Month: 1, Day: 1, Lunar: true}, "冬月三十": {Month: 11, Day: 30, Lunar: true},
		"农历十二月二十九": {Month: 12, Day: 29, Lunar: true}, "农历二月初十": {Month: 2, Day: 10, Lunar: true}, "农历十月二十": {Month: 10, Day: 20, Lunar: true},
		"农历 ８－１５": {Month: 8, Day: 15, Lunar: true},
	} {
		got, err := ReadOccasion(s)
		if err != nil {
			t.Errorf("%q: %v", s, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", s, diff)
		}
	}
	for s, want := range map[string]string{
		"八月十五": "LUNAR_OR_SOLAR", "02-30": "NO_SUCH_DAY", "1957-02-29": "NO_SUCH_DAY", "13-01": "NO_SUCH_DAY", "农历8-31": "NO_SUCH_DAY", "农历十三月初一": "NO_SUCH_DAY",
		"农历八月初十五": "NO_SUCH_DAY", "农历八月十廿": "NO_SUCH_DAY", "0956-03-15": "NO_SUCH_DAY",
		"": "BAD_OCCASION", "农历": "BAD_OCCASION", "生日": "BAD_OCCASION", "公历正月初一": "LUNAR_OR_SOLAR", "15/03/1956": "AMBIGUOUS_DAY", "56-03-15": "SHORT_YEAR",
	} {
		if got, err := ReadOccasion(s); code(t, err) != want {
			t.Errorf("%q: %+v %v, want %s", s, got, err, want)
		}
	}
}

func TestReadPosition(t *testing.T) {
	want := Position{Lat: 39.9042, Lng: 116.4074}
	for _, s := range []string{"39.9042,116.4074", "39.9042, 116.4074", "39.9042，116.4074", "(39.9042 116.4074)", "39.9042;116.4074", "３９.9042，116.4074"} {
		if got, err := ReadPosition(s); err != nil || got != want {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
	for s, want := range map[string]string{
		"116.4074,39.9042": "SWAPPED_POSITION", "48.85,2.35": "ABROAD", "0,0": "ABROAD", "-39.9,116.4": "ABROAD",
		"": "BAD_POSITION", "39.9": "BAD_POSITION", "北京": "BAD_POSITION", "39,9042,116,4074": "BAD_POSITION", "NaN,NaN": "BAD_POSITION",
	} {
		if _, err := ReadPosition(s); code(t, err) != want {
			t.Errorf("%q: %v, want %s", s, err, want)
		}
	}
}

func TestList(t *testing.T) {
	want := []string{"钓鱼", "养花", "下棋"}
	for _, s := range []string{"钓鱼、养花、下棋", "钓鱼;养花;下棋", "钓鱼, 养花，下棋", "钓鱼|养花｜下棋", "、钓鱼、、养花、下棋、钓鱼"} {
		if diff := cmp.Diff(want, List(s)); diff != "" {
			t.Errorf("%q: %s", s, diff)
		}
	}
	if got := List(" 、"); got != nil {
		t.Errorf("nothing is %v", got)
	}
}

// FuzzCells holds that no text brings a reader of cells down or gets a value out of range.
func FuzzCells(f *testing.F) {
	for _, s := range []string{"2026-11-22", "农历闰四月初一", "¥1,234.50", "39.9,116.4", "+86 10 12345678", "99999", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if fen, err := Fen(s); err == nil && fen < 0 {
			t.Errorf("%d fen", fen)
		}
		if d, err := Day(s); err == nil && (d < civil.Must("1900-01-01") || d > civil.Must("2199-12-31")) {
			t.Errorf("day %v", d)
		}
		if o, err := ReadOccasion(s); err == nil && (o.Month < 1 || o.Month > 12 || o.Day < 1 || o.Day > 31 || o.Leap && !o.Lunar) {
			t.Errorf("occasion %+v", o)
		}
		if p, err := ReadPosition(s); err == nil && !p.inCountry() {
			t.Errorf("position %+v", p)
		}
		if p, err := Phone(s); err == nil {
			if again, err := Phone(p); err != nil || again != p {
				t.Errorf("%q becomes %q, then %q (%v)", s, p, again, err)
			}
		}
		p := At(1, "x", s, Required())
		if n := utf8.RuneCountInString(p.Value); n > shown {
			t.Errorf("%d runes shown", n)
		}
	})
}
