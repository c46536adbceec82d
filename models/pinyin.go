package models

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// surnames are the characters that read differently as a family name than as a word.
var surnames = map[rune]string{
	'单': "shan", '曾': "zeng", '仇': "qiu", '解': "xie", '查': "zha", '朴': "piao", '任': "ren", '盖': "ge",
	'区': "ou", '尉': "yu", '缪': "miao", '宓': "mi", '冼': "xian", '翟': "zhai", '覃': "qin", '秘': "bi",
	'种': "chong", '折': "she", '乐': "yue", '员': "yun", '祭': "zhai", '繁': "po", '黑': "he", '召': "shao",
	'华': "hua", '洗': "xian", '瞿': "qu", '谌': "chen", '逄': "pang", '郗': "xi", '晟': "cheng",
}

// twoCharacterSurnames are family names whose reading as a pair differs from their parts'.
var twoCharacterSurnames = map[string][]string{
	"尉迟": {"yu", "chi"}, "万俟": {"mo", "qi"}, "长孙": {"zhang", "sun"}, "单于": {"chan", "yu"},
	"澹台": {"tan", "tai"}, "令狐": {"ling", "hu"}, "夏侯": {"xia", "hou"}, "皇甫": {"huang", "fu"},
}

// Pinyin writes a name for search: the full spelling, a space, and the initials: "张伟" is "zhangwei zw". The first
// character is read as a family name (单 is shan). Latin letters and digits are kept in lower case, each word's first
// one as its initial; everything else is left out. A name with nothing to spell gives "".
func Pinyin(name string) string {
	var full, initials strings.Builder
	for _, s := range syllables(name) {
		full.WriteString(s)
		initials.WriteByte(s[0])
	}
	if full.Len() == 0 {
		return ""
	}
	return full.String() + " " + initials.String()
}

// syllables splits a name into readings of its characters and words of Latin letters.
func syllables(name string) []string {
	runes := []rune(strings.TrimSpace(name))
	var out []string
	if len(runes) >= 2 {
		out = append(out, twoCharacterSurnames[string(runes[:2])]...)
		runes = runes[len(out):]
	}
	first := len(out) == 0
	for len(runes) > 0 {
		if word := latinWord(runes); word > 0 {
			out = append(out, strings.ToLower(string(runes[:word])))
			runes, first = runes[word:], false
			continue
		}
		if s := reading(runes[0], first); s != "" {
			out = append(out, s)
			first = false
		}
		runes = runes[1:]
	}
	return out
}

// latinWord counts the plain letters and digits at the front.
func latinWord(runes []rune) int {
	for i, r := range runes {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return i
		}
	}
	return len(runes)
}

func reading(r rune, surname bool) string {
	if s, ok := surnames[r]; ok && surname {
		return s
	}
	all := pinyin.SinglePinyin(r, pinyin.NewArgs())
	if len(all) == 0 {
		return ""
	}
	return all[0]
}
