package care

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
	"huifang/sheets"
)

func readBirthYear(r *accountRow, cell string) error {
	year, err := sheets.Integer(cell)
	if err != nil {
		return err
	}
	if year < 1900 || year > 2100 {
		return fault("YEAR", "出生年应为四位数，如 1956", "a birth year has four digits, such as 1956")
	}
	r.BirthYear = &year
	return nil
}

func readSince(r *accountRow, cell string) (err error) {
	r.Since, err = sheets.Day(cell)
	r.SinceGiven = err == nil
	return err
}

func readExpected(r *accountRow, cell string) error {
	day, err := sheets.Day(cell)
	if err == nil {
		r.ExpectedNextOn = &day
	}
	return err
}

func readBudget(r *accountRow, cell string) error {
	fen, err := sheets.Fen(cell)
	if err == nil {
		budget := models.Fen(fen)
		r.Budget = &budget
	}
	return err
}

func special(field func(*accountRow) **sheets.Occasion) func(*accountRow, string) error {
	return func(r *accountRow, cell string) error {
		d, err := sheets.ReadOccasion(cell)
		if err == nil {
			*field(r) = &d
		}
		return err
	}
}

func channelWords() []word[string] {
	return []word[string]{
		{"", []string{"全部", "ALL", "所有"}},
		{string(cadence.HomeVisit), []string{"家访", "HOME_VISIT", "上门"}},
		{string(cadence.Call), []string{"电话", "CALL"}},
		{string(cadence.Message), []string{"短信", "MESSAGE", "微信", "短信/微信"}},
		{string(cadence.Event), []string{"联谊会", "EVENT"}},
		{string(cadence.StoreVisit), []string{"到店", "STORE_VISIT", "STORE"}},
	}
}

// readOptOut reads the channels the customer refuses now. Refusals known keep their days, and those that are over or yet
// to come stay.
func readOptOut(r *accountRow, cell string) error {
	var out []models.OptOut
	for _, part := range sheets.List(cell) {
		var o models.OptOut
		if err := choose(func(o *models.OptOut) *string { return &o.Kind }, channelWords())(&o, part); err != nil {
			return err
		}
		if slices.ContainsFunc(out, func(x models.OptOut) bool { return x.Kind == o.Kind }) {
			continue
		}
		out = append(out, refusal(r.OptOuts, o, r.today))
	}
	for _, o := range r.OptOuts {
		if !refused(o, r.today) {
			out = append(out, o)
		}
	}
	r.OptOuts = out
	return nil
}

// refusal is the one known and in force, or a new one that counts since ever: a file does not say since when.
func refusal(known []models.OptOut, o models.OptOut, today civil.Date) models.OptOut {
	i := slices.IndexFunc(known, func(x models.OptOut) bool { return x.Kind == o.Kind && refused(x, today) })
	if i < 0 {
		return o
	}
	return known[i]
}

func refused(o models.OptOut, today civil.Date) bool {
	return o.From <= today && (o.To == nil || *o.To >= today)
}

func optOutCell(all []models.OptOut, today civil.Date) string {
	var parts []string
	for _, o := range all {
		if refused(o, today) {
			parts = append(parts, chosen(o.Kind, channelWords()))
		}
	}
	return listCell(parts)
}

func integerCell(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func dayCell(d *civil.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func yesCell(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func yuanCell(f *models.Fen) string {
	if f == nil {
		return ""
	}
	return yuan(*f)
}

// yuan writes money as spreadsheets do: 1234.50.
func yuan(f models.Fen) string { return fmt.Sprintf("%d.%02d", f/100, f%100) }

// specialCell writes a day of every year as import reads it: 1956-03-15, 03-15, 农历 08-15, 农历闰 04-01.
func specialCell(o *sheets.Occasion) string {
	if o == nil {
		return ""
	}
	day := fmt.Sprintf("%02d-%02d", o.Month, o.Day)
	if o.Year != 0 {
		day = fmt.Sprintf("%04d-%s", o.Year, day)
	}
	return strings.TrimSpace(calendarWord(*o) + " " + day)
}

func calendarWord(o sheets.Occasion) string {
	switch {
	case o.Leap:
		return "农历闰"
	case o.Lunar:
		return "农历"
	}
	return ""
}
