package guard

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// check runs the guard as the transport does: text, parse, document.
func check(l Limits, document string) error {
	if err := l.Text(document); err != nil {
		return err
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		return err
	}
	return l.Document(doc)
}

// attack is a document that costs other servers dearly, and the limit that stops it here.
type attack struct {
	name     string
	document string
	limit    string
}

func attacks() []attack {
	return []attack{
		{"nested fragment spreads double twenty times", doubling(20, "f"), "expanded selections"},
		{"nested spreads of an undefined fragment", doubling(20, "...Nowhere"), "expanded selections"},
		{"doubling fragments that no operation spreads", strings.Replace(doubling(20, "f"), "{...F0}", "{f}", 1), "expanded selections"},
		{"one field 3,000 times", "{" + strings.Repeat("f ", 3000) + "}", "tokens"},
		{"450 fields", "{q" + strings.ReplaceAll(aliased(450), ":f", "") + "}", "fields"},
		{"one field 300 times", "{a{" + strings.Repeat("f ", 300) + "}}", "overlapping fields"},
		{"one field 30 times with sub-fields", "{a{" + strings.Repeat("f{g{h}} ", 30) + "}}", "overlapping fields"},
		{"one field once in each of 24 fragments", overlapping(24), "overlapping fields"},
		{"the same inline fragment 50 times", "{a{" + strings.Repeat("...on T{f} ", 50) + "}}", "overlapping fields"},
		{"brackets 10,000 deep", strings.Repeat("{f", 10000), "bytes or nesting"},
		{"selections 30 deep", strings.Repeat("{f", 30) + strings.Repeat("}", 30), "levels of depth"},
		{"depth hidden in fragments", chain(20), "levels of depth"},
		{"lists 5,000 deep in an argument", "{f(x:" + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + ")}", "nesting"},
		{"10,000 aliases", aliased(10000), "bytes"},
		{"390 aliases", aliased(390), "aliases"},
		{"20 root fields", "{" + strings.ReplaceAll(aliased(20)[1:], ":f", ""), "root fields"},
		{"31 aliases below the root", "{q" + aliased(31) + "}", "aliases"},
		{"aliases multiplied by spreads", "{a{...F} b{...F} c{...F} d{...F}} fragment F on T " + aliased(9), "aliases"},
		{"two sign-ins in one mutation", "mutation{a:f b:f}", "mutations in one request"},
		{"two sign-ins hidden in a fragment", "mutation{...F} fragment F on M{a:f b:f}", "mutations in one request"},
		{"a string of one megabyte", `{f(x:"` + strings.Repeat("x", 1<<20) + `")}`, "bytes"},
		{"a comment of one megabyte", "#" + strings.Repeat("x", 1<<20), "bytes"},
		{"10,000 commas and comments", "{f}" + strings.Repeat("#\n", 10000), "tokens"},
		{"200 directives", "{f" + strings.Repeat(" @a", 200) + "}", "directives"},
		{"directives on variables", "query(" + strings.Repeat("$v:I @a ", 50) + "){f}", "directives"},
		{"1,000 values in a list", "{f(x:[" + strings.Repeat("1 ", 1000) + "])}", "values in a list"},
		{"600 fields in an object of a default", "query($v:I={" + strings.Repeat("a:1 ", 600) + "}){f}", "values in a list"},
		{"300 arguments", "{f(" + strings.Repeat("a:1 ", 300) + ")}", "arguments"},
		{"300 variables", "query(" + strings.Repeat("$v:I ", 300) + "){f}", "arguments"},
		{"100 operations", strings.Repeat("query{f}", 100), "operations"},
		{"100 fragments", "{f}" + strings.Repeat("fragment F on T{f}", 100), "fragments"},
		{"300 inline fragments", "{" + strings.Repeat("...{f} ", 300) + "}", "spreads"},
	}
}

// doubling nests n fragments, each spreading the next twice, so that the leaf stands 2ⁿ times in the expansion.
func doubling(n int, leaf string) string {
	var b strings.Builder
	b.WriteString("{...F0}")
	for i := range n {
		fmt.Fprintf(&b, "fragment F%d on T{...F%d ...F%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment F%d on T{%s}", n, leaf)
	return b.String()
}

func overlapping(n int) string {
	var spreads, fragments strings.Builder
	for i := range n {
		fmt.Fprintf(&spreads, "...F%d ", i)
		fmt.Fprintf(&fragments, "fragment F%d on T{f{g}}", i)
	}
	return "{a{" + spreads.String() + "}}" + fragments.String()
}

func chain(n int) string {
	var b strings.Builder
	b.WriteString("{a{...F0}}")
	for i := range n {
		fmt.Fprintf(&b, "fragment F%d on T{f{...F%d}}", i, i+1)
	}
	fmt.Fprintf(&b, "fragment F%d on T{f}", n)
	return b.String()
}

func aliased(n int) string {
	var b strings.Builder
	b.WriteString("{")
	for i := range n {
		fmt.Fprintf(&b, "a%d:f ", i)
	}
	return b.String() + "}"
}

func TestAttacksAreRefused(t *testing.T) {
	for _, a := range attacks() {
		t.Run(a.name, func(t *testing.T) {
			err := check(Default(), a.document)
			var over *Exceeded
			if !errors.As(err, &over) {
				t.Fatalf("got %v, want the limit of %s", err, a.limit)
			}
			if !strings.Contains(a.limit, over.Limit) {
				t.Errorf("stopped by %q, want %q", over.Limit, a.limit)
			}
		})
	}
}

func TestFragmentsThatSpreadThemselves(t *testing.T) {
	for _, c := range []struct {
		name, document string
		want           error
	}{
		{"directly", "{...F} fragment F on T{...F}", ErrCycle},
		{"over another", "{...F} fragment F on T{a{...G}} fragment G on T{b{...F}}", ErrCycle},
		{"in an inline fragment", "{...F} fragment F on T{...on T{...F}}", ErrCycle},
		{"spread by nobody", "{f} fragment F on T{...G} fragment G on T{...F}", ErrCycle},
		{"twice the same name", "{...F} fragment F on T{f} fragment F on T{...F}", ErrTwice},
		{"the same one twice is no cycle", "{a{...F} b{...F}} fragment F on T{f}", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := check(Default(), c.document); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestLimitsAreInclusive(t *testing.T) {
	l := Default()
	l.Aliases, l.Roots = 3, 3
	if err := check(l, aliased(3)); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	err := check(l, "{q"+aliased(4)+"}")
	var over *Exceeded
	if !errors.As(err, &over) || *over != (Exceeded{Limit: "aliases", Max: 3}) {
		t.Errorf("one over the limit: %v", err)
	}
	if err.Error() != "more than 3 aliases" {
		t.Errorf("words %q", err)
	}
}

func TestTheGuardLeavesSyntaxToTheParser(t *testing.T) {
	for _, text := range []string{"", "{", "}", "\x00", `{f(x:"`, "query query", "}}}}{{{{"} {
		if err := Default().Text(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestEveryKindOfSelectionIsCounted(t *testing.T) {
	doc, err := parser.ParseQuery(&ast.Source{Input: `
		query Q($a: I = [1 2 3] @d) @d { a: b(x: 1) @d(y: {z: [1 2 3 4]}) ... @d { c } ...F @d }
		fragment F on T @d { e }`})
	if err != nil {
		t.Fatal(err)
	}
	want := counts{fields: 3, spreads: 2, directives: 6, arguments: 3, list: 4}
	if got := count(doc); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestJSON(t *testing.T) {
	for _, c := range []struct {
		name, json, limit string
	}{
		{"a plain object passes", `{"a":[1,2,3],"b":{"c":null}}`, ""},
		{"brackets and commas in strings are no values", `{"a":"` + strings.Repeat("[,{", 30000) + `"}`, ""},
		{"an escaped quote does not end a string", `{"a":"\"` + strings.Repeat("[", 100) + `"}`, ""},
		{"a huge string is one value", `{"a":"` + strings.Repeat("x", 1<<20) + `"}`, ""},
		{"20,001 values", `{"a":[` + strings.Repeat("1,", 20001) + `1]}`, "values in the JSON"},
		{"empty lists count", `{"a":` + strings.Repeat("[],", 20001), "values in the JSON"},
		{"100 levels", strings.Repeat("[", 100), "levels in the JSON"},
		{"an escaped backslash does end a string", `{"a":"\\"` + strings.Repeat("[", 100), "levels in the JSON"},
		{"a string without end", `{"a":"\"[[[[`, ""},
		{"a long run of backslashes", `{"a":"` + strings.Repeat(`\`, 1<<20) + `"}`, ""},
		{"malformed text is left to the decoder", `}}}"\`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Default().JSON([]byte(c.json))
			var over *Exceeded
			if errors.As(err, &over) != (c.limit != "") || over != nil && over.Limit != c.limit {
				t.Errorf("got %v, want %q", err, c.limit)
			}
		})
	}
}

func FuzzGuard(f *testing.F) {
	for _, a := range attacks() {
		if len(a.document) < 2000 {
			f.Add(a.document)
		}
	}
	l := Default()
	f.Fuzz(func(t *testing.T, document string) {
		_ = check(l, document) // must neither panic nor hang
		_ = l.JSON([]byte(document))
	})
}

func BenchmarkAttacks(b *testing.B) {
	for _, a := range attacks() {
		b.Run(strings.ReplaceAll(a.name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				_ = check(Default(), a.document)
			}
		})
	}
}
