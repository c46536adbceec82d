package graph_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
)

// attacks are requests that cost other servers dearly, at or over the limits, by name.
func attacks() map[string]string {
	query := func(document string) string { return `{"query":` + quoted(document) + `}` }
	return map[string]string{
		"one field 3,000 times":                query("{" + strings.Repeat("__typename ", 3000) + "}"),
		"one field as often as the limit lets": query("{" + strings.Repeat("__typename ", 20) + "}"),
		"doubling fragments":                   query(doubling(20)),
		"unknown fields up to the limit":       query("{" + distinct("f", 10) + " nodes(n:1){" + distinct("g", 380) + "}}"),
		"10,000 aliases":                       query("{" + strings.Repeat("a:__typename ", 10000) + "}"),
		"10,000 brackets":                      query(strings.Repeat("{a", 10000)),
		"a document of 1 MB":                   query(strings.Repeat(" ", 1<<20-100)),
		"escapes of 1 MB":                      `{"query":"` + strings.Repeat(`\u0020`, 170000) + `"}`,
		"a variable of 1 MB":                   `{"query":"{__typename}","variables":{"x":"` + strings.Repeat("x", 1<<20-100) + `"}}`,
		"500,000 values in the variables":      `{"query":"{__typename}","variables":{"x":[` + strings.Repeat("1,", 500000) + `1]}}`,
		"an unknown text of 1 MB":              `{"query":"{nothing}","x":"` + strings.Repeat("x", 1<<20-100) + `"}`,
		"backslashes of 1 MB":                  `{"query":"` + strings.Repeat(`\`, 1<<20-100) + `"}`,
		"500,000 brackets in the variables":    `{"query":"{__typename}","variables":{"x":` + strings.Repeat("[", 500000) + `}}`,
		"5,000 brackets in an unknown key":     `{"query":"{nothing}","x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
		"60,000 unknown keys":                  `{"query":"{nothing}"` + keys(60000) + `}`,
		"24 fragments side by side":            query(sideBySide(24)),
	}
}

func doubling(n int) string {
	var b strings.Builder
	b.WriteString("{...F0}")
	for i := range n {
		fmt.Fprintf(&b, "fragment F%d on Query{...F%d ...F%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "fragment F%d on Query{__typename}", n)
	return b.String()
}

// sideBySide spreads n fragments of distinct fields in one set, so that the validator compares each with each.
func sideBySide(n int) string {
	var spreads, fragments strings.Builder
	for i := range n {
		fmt.Fprintf(&spreads, "...F%d ", i)
		fmt.Fprintf(&fragments, "fragment F%d on Node{%s}", i, distinct(fmt.Sprintf("x%d_", i), 15))
	}
	return "{nodes(n:1){" + spreads.String() + "}}" + fragments.String()
}

func distinct(prefix string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s%d ", prefix, i)
	}
	return b.String()
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"k%d":0`, i)
	}
	return b.String()
}

func TestAttacksEndInAnErrorOfTheTable(t *testing.T) {
	s := serve(t, nil)
	for name, body := range attacks() {
		t.Run(name, func(t *testing.T) {
			got := s.send(t, post(body))
			if len(got.body.Errors) == 0 && len(body) > 1000 && !strings.HasPrefix(name, "a variable") {
				t.Fatalf("%d %.300s", got.status, got.text)
			}
			for _, e := range got.body.Errors {
				if code := e.Extensions["code"]; code != "LIMITED" && code != "INVALID" {
					t.Errorf("%d %v", got.status, e)
				}
			}
			if len(got.text) > 10000 || s.log.Len() > 0 {
				t.Errorf("an answer of %d bytes, a log of %d", len(got.text), s.log.Len())
			}
		})
	}
}

// BenchmarkAttacks prints what each attack costs, body to answer.
func BenchmarkAttacks(b *testing.B) {
	s := serve(b, nil)
	for name, body := range attacks() {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				s.ServeHTTP(httptest.NewRecorder(), post(body))
			}
		})
	}
}

// BenchmarkEcho is the floor: a known document with one field.
func BenchmarkEcho(b *testing.B) {
	s := serve(b, nil)
	b.ReportAllocs()
	for b.Loop() {
		s.ServeHTTP(httptest.NewRecorder(), post(`{"query":"query($t:String!){echo(text:$t)}","variables":{"t":"x"}}`))
	}
}

func FuzzBody(f *testing.F) {
	f.Add(`{"query":"{echo(text:\"x\")}"}`)
	f.Add(`{"query":"query($in:OrderInput){order(id:\"x\",in:$in){id}}","variables":{"in":{"day":"2026-01-01","days":[null]}}}`)
	f.Add(`{"documentId":"x","extensions":{"persistedQuery":{"sha256Hash":1}}}`)
	f.Add(`{"query":"{nodes(n:1){...on Node{n}}}","operationName":null}`)
	s := serve(f, trusting)
	f.Fuzz(func(t *testing.T, body string) {
		if strings.Contains(body, "nodes") && strings.ContainsAny(body, "23456789") || strings.Contains(body, "wait") || strings.Contains(body, "fail") {
			t.Skip("asks for much memory, time or a failure, as is its right here")
		}
		s.log.Reset()
		got := s.send(t, post(body))
		if got.status >= 500 {
			t.Errorf("%d %s\n%s", got.status, got.text, s.log)
		}
	})
}
