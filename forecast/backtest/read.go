package backtest

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"huifang/civil"
	"huifang/forecast"
	"huifang/sheets"
)

// File is what was bought, as a file tells it.
type File struct {
	Histories []forecast.History // in the order customers first appear; one purchase a day, oldest first
	Rows      int                // without the header
	From, To  civil.Date         // the first and the last day of a purchase
}

// Purchases is how many there are: what a customer buys on one day is one.
func (f File) Purchases() int { return f.count(func(forecast.Purchase) bool { return true }) }

// Supplied is how many purchases say for how long they last.
func (f File) Supplied() int { return f.count(func(p forecast.Purchase) bool { return p.Supply > 0 }) }

func (f File) count(counts func(forecast.Purchase) bool) int {
	n := 0
	for _, h := range f.Histories {
		for _, p := range h.Purchases {
			if counts(p) {
				n++
			}
		}
	}
	return n
}

// The columns that are read. They are found by name, in any order; all others, amounts too, say nothing to a forecast.
const (
	customerColumn = "customer_id"
	dayColumn      = "date"
	supplyColumn   = "days_supply"
)

func fields() []sheets.Field {
	return []sheets.Field{
		{Key: customerColumn, Headers: []string{customerColumn}, Required: true},
		{Key: dayColumn, Headers: []string{dayColumn}, Required: true},
		{Key: supplyColumn, Headers: []string{supplyColumn}},
	}
}

// Read reads purchases row by row: CSV in UTF-8, with or without byte order mark. Of what a customer bought on one day
// the longest supply counts, as package forecast has it. What is wrong with the file is a *sheets.Problem with its line.
func Read(r io.Reader) (File, error) {
	in, err := openTable(r)
	if err != nil {
		return File{}, err
	}
	for {
		err := in.row()
		if errors.Is(err, io.EOF) {
			return in.done()
		}
		if err != nil {
			return File{}, err
		}
	}
}

// table is a file half read.
type table struct {
	rows    *csv.Reader
	columns sheets.Columns
	file    File
	index   map[string]int // of customers
}

const mark = "\xEF\xBB\xBF"

// openTable reads the header.
func openTable(r io.Reader) (*table, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, problem(0, notTable())
	}
	if bytes.HasPrefix(head, []byte(mark)) {
		_, _ = in.Discard(len(mark))
	}
	t := &table{rows: csv.NewReader(in), index: map[string]int{}}
	t.rows.ReuseRecord = true
	return t, t.header()
}

func (t *table) header() error {
	header, err := t.next()
	if errors.Is(err, io.EOF) {
		return problem(0, empty())
	}
	if err != nil {
		return err
	}
	header.Cells = slices.Clone(header.Cells) // the next row is read over it
	var problems []sheets.Problem
	t.columns, problems = sheets.Match(header, fields())
	for _, p := range problems {
		if p.Code != "UNKNOWN_COLUMN" {
			return &p
		}
	}
	return nil
}

// next is the next row, whose cells are good until the one after it.
func (t *table) next() (sheets.Row, error) {
	cells, err := t.rows.Read()
	var bad *csv.ParseError
	switch {
	case err == nil:
		line, _ := t.rows.FieldPos(0)
		return sheets.Row{Line: line, Cells: cells}, nil
	case errors.Is(err, io.EOF):
		return sheets.Row{}, io.EOF
	case !errors.As(err, &bad):
		return sheets.Row{}, fmt.Errorf("read the file: %w", err)
	case errors.Is(err, csv.ErrFieldCount):
		return sheets.Row{}, problem(bad.StartLine, widths(len(cells), t.rows.FieldsPerRecord))
	}
	return sheets.Row{}, problem(bad.StartLine, strayQuote())
}

// row reads one purchase.
func (t *table) row() error {
	row, err := t.next()
	if err != nil {
		return err
	}
	customer := t.columns.Cell(row, customerColumn)
	if customer == "" {
		return t.bad(row, customerColumn, sheets.Required())
	}
	day, err := dayOf(t.columns.Cell(row, dayColumn))
	if err != nil {
		return t.bad(row, dayColumn, err)
	}
	supply, err := supplyOf(t.columns.Cell(row, supplyColumn))
	if err != nil {
		return t.bad(row, supplyColumn, err)
	}
	t.add(customer, forecast.Purchase{Day: day, Supply: supply})
	return nil
}

// dayOf reads a day as import does: 2021-01-31, and what spreadsheets make of it.
func dayOf(cell string) (civil.Date, error) {
	if cell == "" {
		return 0, sheets.Required()
	}
	return sheets.Day(cell)
}

// supplyOf reads days of supply: 0 when they are not known.
func supplyOf(cell string) (int, error) {
	if cell == "" {
		return 0, nil
	}
	n, err := sheets.Integer(cell)
	if err == nil && n < 0 {
		return 0, negativeSupply()
	}
	return n, err
}

func (t *table) add(customer string, p forecast.Purchase) {
	i, known := t.index[customer]
	if !known {
		i = len(t.file.Histories)
		t.index[strings.Clone(customer)] = i // not the whole row with it
		t.file.Histories = append(t.file.Histories, forecast.History{})
	}
	h := &t.file.Histories[i]
	h.Purchases = append(h.Purchases, p)
	if t.file.Rows == 0 {
		t.file.From, t.file.To = p.Day, p.Day
	}
	t.file.Rows++
	t.file.From, t.file.To = min(t.file.From, p.Day), max(t.file.To, p.Day)
}

func (t *table) done() (File, error) {
	switch len(t.file.Histories) {
	case 0:
		return File{}, problem(0, empty())
	case 1:
		return File{}, problem(0, oneCustomer())
	}
	for i, h := range t.file.Histories {
		t.file.Histories[i].Purchases = merged(h.Purchases)
	}
	return t.file, nil
}

// merged sorts purchases and keeps the longest supply of each day.
func merged(all []forecast.Purchase) []forecast.Purchase {
	slices.SortFunc(all, func(a, b forecast.Purchase) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(b.Supply, a.Supply))
	})
	return slices.CompactFunc(all, func(a, b forecast.Purchase) bool { return a.Day == b.Day })
}

func (t *table) bad(row sheets.Row, column string, err error) error {
	p := t.columns.Problem(row, column, err)
	return &p
}

// problem places a fault that is of no column; line 0 is the file as a whole.
func problem(line int, f *sheets.Fault) error {
	p := sheets.At(line, "", "", f)
	return &p
}
