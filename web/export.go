package web

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/graph"
	"huifang/id"
	"huifang/models"
)

// Exports writes the tables of desks to files:
//
//	GET /export/workload.{xlsx|csv}?by=&month=&store=&team=&rep=&lang=
//	GET /export/figure-rows.{xlsx|csv}?figure=&month=&week=&before=&kind=&store=&team=&rep=&lang=
//	GET /export/inbox.{xlsx|csv}?kinds=A,B&team=&rep=&lang=
//
// with what the screen asked for. Who may read the screen may export it, and it is audited.
type Exports struct {
	Care   *care.Service
	Verify graph.Verify
	Faults graph.Faults
}

// Handler serves the files below /export/.
func (e Exports) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /export/{file}", e.get)
	return graph.Authenticate(e.Verify, e.Faults)(mux)
}

// get answers with an error of the API, or with the file: from its first byte on, what fails breaks the connection, so that
// nobody takes a part for the whole.
func (e Exports) get(w http.ResponseWriter, r *http.Request) {
	private(w.Header())
	name, format, _ := strings.Cut(r.PathValue("file"), ".")
	in, err := readExport(name, format, r.URL.Query())
	if err != nil {
		e.Faults.Refuse(w, r, err)
		return
	}
	begun := false
	err = e.Care.ExportDesk(r.Context(), in, func() io.Writer {
		begun = true
		w.Header().Set("Content-Type", exportTypes[format])
		w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+"."+format))
		return w
	})
	switch {
	case err == nil:
	case begun:
		panic(http.ErrAbortHandler)
	default:
		e.Faults.Refuse(w, r, err)
	}
}

var exportTypes = map[string]string{
	"csv":  "text/csv; charset=utf-8",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// readExport reads what to export from an address. A parameter nobody knows is an error: a filter that is misspelt would
// otherwise export everything.
func readExport(name, format string, q url.Values) (care.DeskExport, error) {
	in := care.DeskExport{What: name, Format: format, Lang: "zh", Filter: map[string]string{}}
	read := parametersOf(&in)
	for _, key := range slices.Sorted(maps.Keys(q)) {
		into, known := read[key]
		if !known || len(q[key]) != 1 {
			return in, care.Invalid(key, "is no parameter of this file, or is there twice").By("parameter")
		}
		text := q.Get(key)
		if text == "" {
			continue
		}
		if err := into(text); err != nil {
			return in, care.Invalid(key, "is not of its form").By("scalar")
		}
		in.Filter[key] = text
	}
	return in, nil
}

// parametersOf are the parameters of a file.
func parametersOf(in *care.DeskExport) map[string]func(string) error {
	lang := parse(&in.Lang, plain)
	switch in.What {
	case "workload":
		w := &in.Workload
		return map[string]func(string) error{"lang": lang, "by": parse(&w.By, code[care.WorkloadBy]), "month": parse(&w.Month, optional(civil.Parse)),
			"store": parse(&w.Store, optional(id.Parse)), "team": parse(&w.Team, optional(id.Parse)), "rep": parse(&w.Rep, optional(id.Parse))}
	case "figure-rows":
		f := &in.Figure
		return map[string]func(string) error{"lang": lang, "figure": parse(&f.Figure, code[models.FigureKind]), "month": parse(&f.Month, optional(civil.Parse)),
			"week": parse(&f.Week, optional(civil.Parse)), "before": parse(&f.Before, yesOrNo), "kind": parse(&f.Kind, optional(code[cadence.Kind])),
			"store": parse(&f.Store, optional(id.Parse)), "team": parse(&f.Team, optional(id.Parse)), "rep": parse(&f.Rep, optional(id.Parse))}
	case "inbox":
		i := &in.Inbox
		return map[string]func(string) error{"lang": lang, "kinds": parse(&i.Kinds, kindsOf), "team": parse(&i.Team, optional(id.Parse)),
			"rep": parse(&i.Rep, optional(id.Parse))}
	}
	return map[string]func(string) error{"lang": lang}
}

func plain(text string) (string, error) { return text, nil }

func code[T ~string](text string) (T, error) { return T(text), nil }

func optional[T any](read func(string) (T, error)) func(string) (*T, error) {
	return func(text string) (*T, error) {
		v, err := read(text)
		return &v, err
	}
}

func yesOrNo(text string) (bool, error) {
	switch text {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, errYesOrNo
}

var errYesOrNo = errors.New("neither true nor false")

// kindsOf reads kinds of exceptions; one nobody knows is an error.
func kindsOf(text string) ([]care.ExceptionKind, error) {
	var out []care.ExceptionKind
	for part := range strings.SplitSeq(text, ",") {
		kind := care.ExceptionKind(part)
		if !slices.Contains(care.AllExceptionKinds(), kind) {
			return nil, errKind
		}
		out = append(out, kind)
	}
	return out, nil
}

var errKind = errors.New("no kind of exception")
