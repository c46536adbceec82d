package sheets

import (
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// index is what the workbook says about its parts.
type index struct {
	names  []string
	hidden []bool
	parts  []string // of the sheets, as names
	shared string   // name of the shared texts' part, "" none
	styles string
	from4  bool
}

func (a archive) index(main string) (index, error) {
	folder, file := path.Split(main)
	var x index
	targets := map[string]string{}
	for _, rel := range a.relations(folder+"_rels/"+file+".rels", folder) {
		targets[rel.id] = rel.target
		switch {
		case strings.HasSuffix(rel.kind, "/sharedStrings"):
			x.shared = rel.target
		case strings.HasSuffix(rel.kind, "/styles"):
			x.styles = rel.target
		}
	}
	err := a.each(main, func(p *part) error {
		switch string(p.name()) {
		case "workbookPr":
			x.from4 = p.attr("date1904") == "1" || p.attr("date1904") == "true"
		case "sheet":
			x.names = append(x.names, p.attr("name"))
			x.hidden = append(x.hidden, strings.HasSuffix(strings.ToLower(p.attr("state")), "hidden"))
			x.parts = append(x.parts, targets[p.attr("id")])
		}
		return nil
	})
	return x, err
}

// each calls for every element a part opens.
func (a archive) each(name string, do func(*part) error) error {
	p, err := a.open(name)
	if err != nil {
		return err
	}
	defer p.file.Close()
	for {
		t, err := p.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t != opened {
			continue
		}
		if err := do(p); err != nil {
			return err
		}
	}
}

// pick finds the part of the named sheet, or of the first visible one.
func (x index) pick(sheet string) (string, error) {
	for i, name := range x.names {
		if sheet != "" && strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(sheet)) || sheet == "" && !x.hidden[i] {
			return x.parts[i], nil
		}
	}
	list := strings.Join(x.names, "、")
	return "", broken(ErrFormat, 0, "", "NO_SHEET", "没有名为“"+sheet+"”的工作表；现有："+list, "no sheet named \""+sheet+"\"; there are: "+list)
}

// shared reads the shared texts; a workbook without them has none.
func (a archive) shared(name string) ([]string, error) {
	if name == "" || a[name] == nil {
		return nil, nil
	}
	var all []string
	size := 0
	err := a.each(name, func(p *part) error {
		if !p.is("si") {
			return nil
		}
		text, err := p.text("si")
		all = append(all, text)
		if size += len(text) + 16; size > maxShared {
			return broken(ErrTooLarge, 0, "", "FILE_TOO_LARGE", "表格中的文字超过 256 MB；请拆分成几个文件", "more than 256 MiB of text: split the file")
		}
		return err
	})
	return all, err
}

// format is how a style shows a number.
type format int

const (
	asNumber format = iota
	asDay
	asTime
)

// dates reads of each cell style whether it shows days or times.
func (a archive) dates(name string) ([]format, error) {
	if name == "" || a[name] == nil {
		return nil, nil
	}
	var all []format
	own := map[string]format{}
	inside := false
	err := a.each(name, func(p *part) error {
		switch string(p.name()) {
		case "numFmt":
			own[p.attr("numFmtId")] = formatOf(p.attr("formatCode"))
		case "cellXfs":
			inside = true
		case "cellStyles", "dxfs":
			inside = false
		case "xf":
			if !inside {
				return nil
			}
			id := p.attr("numFmtId")
			f, ok := own[id]
			if !ok {
				f = builtin(id)
			}
			all = append(all, f)
		}
		return nil
	})
	return all, err
}

// builtin knows the formats that every workbook has, those of Chinese Excel among them.
func builtin(id string) format {
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
		return asNumber
	case n >= 18 && n <= 21, n == 32, n == 33, n >= 45 && n <= 47:
		return asTime
	case n >= 14 && n <= 22, n >= 27 && n <= 36, n >= 50 && n <= 58:
		return asDay
	}
	return asNumber
}

// literal is what stands in a format code as text: quoted, escaped, or in brackets.
var literal = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// formatOf reads a format code: days have y or d, or m without hours and seconds.
func formatOf(code string) format {
	code, _, _ = strings.Cut(code, ";")
	code = strings.ToLower(literal.ReplaceAllString(code, ""))
	switch {
	case strings.Contains(code, "general"):
		return asNumber
	case strings.ContainsAny(code, "yd"):
		return asDay
	case strings.ContainsAny(code, "hs"):
		return asTime
	case strings.Contains(code, "m"):
		return asDay
	}
	return asNumber
}

// shown is a cell's value as text: days as YYYY-MM-DD, numbers plain.
func (b book) shown(kind, style, value string) (string, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(b.shared) {
			return "", damaged(errors.New("a cell refers to no shared text"))
		}
		return b.shared[i], nil
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[value], nil
	case "d":
		return strings.TrimSuffix(strings.TrimSuffix(value, "Z"), "T00:00:00"), nil
	case "", "n":
		return b.number(style, strings.TrimSpace(value)), nil
	}
	return value, nil
}

func (b book) number(style, value string) string {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || len(value) > 64 {
		return value
	}
	i, err := strconv.Atoi(style)
	if err != nil || i < 0 || i >= len(b.dates) || b.dates[i] == asNumber || f < 0 || f > lastSerial {
		return plain(f)
	}
	return b.moment(f, b.dates[i])
}

// plain writes a number as Excel shows it, 15 digits at most, never with an exponent.
func plain(f float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	if err != nil {
		rounded = f
	}
	if rounded == 0 {
		return "0"
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// lastSerial is 9999-12-31.
const lastSerial = 2_958_465

// moment writes a serial number as a day, with the time when it has one.
func (b book) moment(serial float64, f format) string {
	seconds := int64(serial*86_400 + 0.5)
	at := serialStart(serial, b.from4).Add(time.Duration(seconds%86_400)*time.Second).AddDate(0, 0, int(seconds/86_400))
	switch {
	case f == asTime && serial < 1:
		return at.Format("15:04:05")
	case seconds%86_400 == 0:
		return at.Format("2006-01-02")
	}
	return at.Format("2006-01-02 15:04:05")
}

// serialStart is the day 0. Excel believes in a 29 February 1900, so days before March of that year are off by one.
func serialStart(serial float64, from4 bool) time.Time {
	switch {
	case from4:
		return time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60:
		return time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape reads the characters that XML cannot hold: _x000D_ is CR, _x005F_ an underscore.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:6], 16, 32)
		if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
			return e
		}
		return string(rune(n))
	})
}
