package sheets

import (
	"regexp"
	"strings"
)

// Occasion is a day that comes back every year, such as a birthday.
type Occasion struct {
	Year  int // it began in, 0 unknown
	Month int // 1–12
	Day   int // 1–31, lunar 1–30
	Lunar bool
	Leap  bool // in the lunar leap month
}

var (
	lunarWord    = regexp.MustCompile(`^(?:农历|阴历|旧历|LUNAR)[ :]*`)
	solarWord    = regexp.MustCompile(`^(?:公历|阳历|新历|SOLAR)[ :]*`)
	leapWord     = regexp.MustCompile(`(?:闰|LEAP) ?`)
	digitDay     = regexp.MustCompile(`^(?:(\d{4})[-/.年])?(\d{1,2})(?:-|/|\.|月)(\d{1,2})[日号]?$`)
	compactSolar = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	chineseLunar = regexp.MustCompile(`^(?:(\d{4})年)?(\d{1,2}|[正一二三四五六七八九十冬腊]{1,2})月(?:(\d{1,2})|([初一二三四五六七八九十廿卅]{1,3}))[日号]?$`)
	lunarSign    = regexp.MustCompile(`[闰正冬腊初廿卅]|LEAP`)
)

// ReadOccasion reads a solar day (03-15, 3月15日, 1956-03-15, a spreadsheet's date) or a lunar one (农历八月十五,
// 农历1956年八月十五, 农历闰四月初一, 腊月廿三, lunar 8-15, lunar leap 4-1).
func ReadOccasion(s string) (Occasion, error) {
	s = strings.ToUpper(plainText(s))
	if rest := lunarWord.ReplaceAllString(s, ""); rest != s {
		return lunar(rest)
	}
	rest := solarWord.ReplaceAllString(s, "")
	switch {
	case rest == s && lunarSign.MatchString(s):
		return lunar(s)
	case chineseLunar.MatchString(rest) && !digitDay.MatchString(rest):
		return Occasion{}, lunarOrSolar()
	}
	return solar(rest)
}

func solar(s string) (Occasion, error) {
	if m := clockTime.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	for _, form := range []*regexp.Regexp{digitDay, compactSolar} {
		if m := form.FindStringSubmatch(s); m != nil {
			return Occasion{Year: number(m[1]), Month: number(m[2]), Day: number(m[3])}.onCalendar()
		}
	}
	if yearLast.MatchString(s) {
		return Occasion{}, ambiguousDay()
	}
	if twoDigits.MatchString(s) {
		return Occasion{}, shortYear()
	}
	return Occasion{}, badOccasion()
}

func lunar(s string) (Occasion, error) {
	rest := leapWord.ReplaceAllString(s, "")
	o := Occasion{Lunar: true, Leap: rest != s}
	if m := digitDay.FindStringSubmatch(rest); m != nil {
		o.Year, o.Month, o.Day = number(m[1]), number(m[2]), number(m[3])
		return o.onCalendar()
	}
	m := chineseLunar.FindStringSubmatch(rest)
	if m == nil {
		return Occasion{}, badOccasion()
	}
	o.Year, o.Month, o.Day = number(m[1]), monthOf(m[2]), number(m[3])
	if m[4] != "" {
		o.Day = chineseNumber(m[4])
	}
	return o.onCalendar()
}

// onCalendar refuses what no year has. Without a year 29 February is a day.
func (o Occasion) onCalendar() (Occasion, error) {
	year := o.Year
	if year == 0 {
		year = 2000
	}
	if year < 1850 || year > 2199 {
		return Occasion{}, noSuchDay()
	}
	fits := onCalendar(year, o.Month, o.Day)
	if o.Lunar {
		fits = o.Month >= 1 && o.Month <= 12 && o.Day >= 1 && o.Day <= 30
	}
	if !fits {
		return Occasion{}, noSuchDay()
	}
	return o, nil
}

func monthOf(s string) int {
	if digits.MatchString(s) {
		return number(s)
	}
	return chineseNumber(s)
}

// chineseNumber reads what stands for months and days: 正 1, 冬 11, 腊 12, 初五 5, 十五 15, 廿三 23, 二十三 23, 三十 30. It is 0 for
// what is no number.
func chineseNumber(s string) int {
	if n := map[string]int{"正": 1, "冬": 11, "腊": 12}[s]; n > 0 {
		return n
	}
	s, first := strings.CutPrefix(s, "初")
	s = strings.NewReplacer("廿", "二十", "卅", "三十").Replace(s)
	tens, units, ten := strings.Cut(s, "十")
	switch {
	case first && s == "十":
		return 10
	case first && ten:
		return 0
	case !ten:
		return digit(s)
	}
	return tenfold(tens)*10 + digitOrNone(units)
}

// tenfold is the number of tens: none written is one.
func tenfold(s string) int {
	if s == "" {
		return 1
	}
	return impossible(digit(s))
}

func digitOrNone(s string) int {
	if s == "" {
		return 0
	}
	return impossible(digit(s))
}

// impossible makes no number one that no calendar has.
func impossible(n int) int {
	if n == 0 {
		return 100
	}
	return n
}

func digit(s string) int {
	for i, c := range []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"} {
		if s == c {
			return i + 1
		}
	}
	return 0
}
