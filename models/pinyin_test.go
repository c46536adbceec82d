package models_test

import (
	"strings"
	"testing"
	"unicode"

	"huifang/models"
)

func TestPinyin(t *testing.T) {
	for _, c := range []struct{ rule, name, want string }{
		{"two characters", "张伟", "zhangwei zw"},
		{"three characters", "王秀英", "wangxiuying wxy"},
		{"a family name read its own way: 单", "单小红", "shanxiaohong sxh"},
		{"a family name read its own way: 曾", "曾国强", "zengguoqiang zgq"},
		{"a family name read its own way: 仇", "仇英", "qiuying qy"},
		{"a family name read its own way: 解", "解建军", "xiejianjun xjj"},
		{"a family name read its own way: 任", "任静", "renjing rj"},
		{"only the first character is a family name", "王解放", "wangjiefang wjf"},
		{"two-character family name read as a pair", "尉迟敬德", "yuchijingde ycjd"},
		{"two-character family name with common readings", "欧阳娜", "ouyangna oyn"},
		{"ü is written v, as on a keyboard", "吕梅", "lvmei lm"},
		{"Latin names are lowered, one initial a word", "John Smith", "johnsmith js"},
		{"mixed names", "李Amy", "liamy la"},
		{"spaces and dots are left out", " 阿依·古丽 ", "ayiguli aygl"},
		{"a dot in front does not hide the family name", "·单丹", "shandan sd"},
		{"nothing to spell", "··", ""},
		{"empty", "", ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := models.Pinyin(c.name); got != c.want {
				t.Errorf("Pinyin(%q) = %q, want %q", c.name, got, c.want)
			}
		})
	}
}

func FuzzPinyin(f *testing.F) {
	f.Add("张伟")
	f.Add("O'Neil 单")
	f.Fuzz(func(t *testing.T, name string) {
		got := models.Pinyin(name)
		if strings.Count(got, " ") > 1 {
			t.Errorf("Pinyin(%q) = %q has more than one space", name, got)
		}
		for _, r := range got {
			if r > unicode.MaxASCII || unicode.IsUpper(r) {
				t.Errorf("Pinyin(%q) = %q holds %q", name, got, r)
			}
		}
	})
}
