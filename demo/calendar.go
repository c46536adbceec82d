package demo

import (
	"slices"
	"strings"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// holidays are the public days off of last year, this and next: the statutory ones, and the week of Spring Festival.
// Weekend days worked instead are decreed year by year and are left out: the reps' days off are spread over the week anyway.
func (m *maker) holidays() {
	names := map[civil.Date]string{}
	add := func(first civil.Date, n int, name string) {
		for d := first; d < first+civil.Date(n); d++ {
			names[d] = strings.TrimPrefix(names[d]+"、"+name, "、")
		}
	}
	this, _, _ := m.today.YMD()
	for year := this - 2; year <= this+1; year++ {
		add(civil.Of(year, time.January, 1), 1, "元旦")
		add(lunar(year, 1, 1)-1, 8, "春节")
		add(qingming(year), 1, "清明节")
		add(civil.Of(year, time.May, 1), 2, "劳动节")
		add(lunar(year, 5, 5), 1, "端午节")
		add(civil.Of(year, time.October, 1), 3, "国庆节")
		add(lunar(year, 8, 15), 1, "中秋节")
	}
	for d, name := range names {
		m.off[d] = true
		m.book.Holidays = append(m.book.Holidays, models.Holiday{Day: d, Name: name})
	}
	slices.SortFunc(m.book.Holidays, func(a, b models.Holiday) int { return int(a.Day - b.Day) })
}

// lunar is a day of the lunar calendar that every year has.
func lunar(year, month, day int) civil.Date {
	d, ok := cadence.LunarDay{Year: year, Month: month, Day: day}.Solar()
	if !ok {
		panic("demo: the lunar calendar does not reach the book's years")
	}
	return d
}

// qingming is the day the sun reaches 15°: the usual formula for the years 2000 to 2099.
func qingming(year int) civil.Date {
	y := year % 100
	return civil.Of(year, time.April, int(float64(y)*0.2422+4.81)-y/4)
}
