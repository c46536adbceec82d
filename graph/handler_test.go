package graph_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/graph"
)

func TestAnswers(t *testing.T) {
	s := serve(t, nil)
	for _, c := range []struct{ name, document, variables, want string }{
		{"a plain query", `{echo(text:"你好 \"x\"")}`, `null`, `{"echo":"你好 \"x\""}`},
		{"variables", `query($t:String!){echo(text:$t)}`, `{"t":"a<b>&\u2028"}`, `{"echo":"a<b>&` + "\u2028" + `"}`},
		{"a mutation", `mutation{put(text:"x")}`, `{}`, `{"put":"x"}`},
		{
			"every scalar goes there and back",
			`query($in:OrderInput){order(id:"01890a5d-ac96-774b-bcce-b302099a8057",in:$in){id day at fen}}`,
			`{"in":{"day":"2026-02-28","at":"2026-03-01T16:30:00+08:00","fen":9007199254740991}}`,
			`{"order":{"id":"01890a5d-ac96-774b-bcce-b302099a8057","day":"2026-02-28","at":"2026-03-01T08:30:00.000Z","fen":9007199254740991}}`,
		},
		{"lists", `{nodes(n:2){n next{n}}}`, `null`, `{"nodes":[{"n":0,"next":{"n":1}},{"n":0,"next":{"n":1}}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.query(t, c.document, c.variables)
			if got.status != 200 || string(got.body.Data) != c.want || got.body.Errors != nil {
				t.Errorf("%d %s", got.status, got.text)
			}
		})
	}
}

func TestBadHTTP(t *testing.T) {
	s := serve(t, nil)
	ok := `{"query":"{echo(text:\"x\")}"}`
	for _, c := range []struct {
		name    string
		request *http.Request
		status  int
		code    string
	}{
		{"no content type", with(post(ok), "Content-Type", ""), 415, "INVALID"},
		{"a form, which foreign pages can send", with(post(ok), "Content-Type", "application/x-www-form-urlencoded"), 415, "INVALID"},
		{"text/plain, which foreign pages can send", with(post(ok), "Content-Type", "text/plain"), 415, "INVALID"},
		{"another charset", with(post(ok), "Content-Type", "application/json; charset=gb18030"), 415, "INVALID"},
		{"an encoded body", with(post(ok), "Content-Encoding", "gzip"), 415, "INVALID"},
		{"a method that is none of ours", httptest.NewRequest(http.MethodPut, "/graphql", strings.NewReader(ok)), 405, "INVALID"},
		{"an answer nobody can give", with(post(ok), "Accept", "text/csv"), 406, "INVALID"},
		{"an answer refused by weight", with(post(ok), "Accept", "application/json;q=0"), 406, "INVALID"},
		{"no body", post(""), 400, "INVALID"},
		{"malformed JSON", post(`{"query": secret`), 400, "INVALID"},
		{"a batch", post("[" + ok + "]"), 400, "INVALID"},
		{"null", post("null"), 400, "INVALID"},
		{"two objects", post(ok + ok), 400, "INVALID"},
		{"not UTF-8", post("{\"query\":\"{echo(text:\\\"\xff\\\")}\"}"), 400, "INVALID"},
		{"a body of 1 MiB and one byte", posting(1<<20 + 1), 413, "LIMITED"},
		{"Query with a capital letter", post(`{"Query":"{echo(text:\"x\")}"}`), 400, "INVALID"},
		{"a query that is no text", post(`{"query":["secret"]}`), 400, "INVALID"},
		{"an empty query", post(`{"query":""}`), 400, "INVALID"},
		{"variables that are a list", post(`{"query":"{x}","variables":["secret"]}`), 400, "INVALID"},
		{"variables that are text", post(`{"query":"{x}","variables":"{}"}`), 400, "INVALID"},
		{"extensions that are text", post(`{"query":"{x}","extensions":"secret"}`), 400, "INVALID"},
		{"an operation name that is a number", post(`{"query":"{x}","operationName":1}`), 400, "INVALID"},
		{"100 levels of variables", post(`{"query":"{x}","variables":{"secret":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}}`), 400, "LIMITED"},
		{"a mutation by GET", get("query", `mutation{put(text:"x")}`), 405, "INVALID"},
		{"a query given twice by GET", get("query", "{a}", "query", "{secret}"), 400, "INVALID"},
		{"variables that are no JSON by GET", get("query", "{a}", "variables", "secret"), 400, "INVALID"},
		{"two variables objects by GET", get("query", "{a}", "variables", "{}{}"), 400, "INVALID"},
		{"a URL that cannot be read", httptest.NewRequest(http.MethodGet, "/graphql?query=%zz", nil), 400, "INVALID"},
		{"GET without a document", get(), 400, "INVALID"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.send(t, c.request)
			if got.status != c.status || got.code(t) != c.code {
				t.Errorf("got %d %s, want %d %s", got.status, got.text, c.status, c.code)
			}
			if strings.Contains(got.text, "secret") || got.body.Data != nil {
				t.Errorf("the answer echoes the request, or has data: %s", got.text)
			}
		})
	}
}

func with(r *http.Request, key, value string) *http.Request {
	r.Header.Set(key, value)
	if value == "" {
		r.Header.Del(key)
	}
	return r
}

func get(pairs ...string) *http.Request {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodGet, "/graphql?"+values.Encode(), nil)
	r.Header.Set("Accept", "application/graphql-response+json")
	return r
}

func posting(n int) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", reader(n))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func TestGetReads(t *testing.T) {
	got := serve(t, nil).send(t, get("query", "query($t:String!){echo(text:$t)}", "variables", `{"t":"x"}`, "other", "y"))
	if got.status != 200 || string(got.body.Data) != `{"echo":"x"}` {
		t.Errorf("%d %s", got.status, got.text)
	}
}

func TestMethodRefusedSaysWhatIsAllowed(t *testing.T) {
	s := serve(t, nil)
	if got := s.send(t, get("query", `mutation{put(text:"x")}`)).header.Get("Allow"); got != "POST" {
		t.Errorf("Allow %q", got)
	}
	if got := s.send(t, httptest.NewRequest(http.MethodDelete, "/graphql", nil)).header.Get("Allow"); got != "GET, POST" {
		t.Errorf("Allow %q", got)
	}
}

func TestBodyOfExactlyTheLimitIsRead(t *testing.T) {
	got := serve(t, nil).send(t, posting(1<<20))
	if got.status != 400 || got.code(t) != "INVALID" { // a megabyte of blanks is no JSON
		t.Errorf("%d %s", got.status, got.text)
	}
}

func TestMediaTypeOfTheAnswer(t *testing.T) {
	s := serve(t, nil)
	for _, c := range []struct{ accept, want string }{
		{"", "application/json; charset=utf-8"},
		{"*/*", "application/json; charset=utf-8"},
		{"application/*", "application/json; charset=utf-8"},
		{"application/json", "application/json; charset=utf-8"},
		{"application/graphql-response+json", "application/graphql-response+json; charset=utf-8"},
		{"application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json; charset=utf-8"},
		{"application/json;q=0.5, application/graphql-response+json", "application/graphql-response+json; charset=utf-8"},
		{"text/html, application/json;q=0.1, x", "application/json; charset=utf-8"},
	} {
		got := s.send(t, with(post(`{"query":"{echo(text:\"x\")}"}`), "Accept", c.accept))
		if got.status != 200 || got.header.Get("Content-Type") != c.want {
			t.Errorf("Accept %q: %d %q, want %q", c.accept, got.status, got.header.Get("Content-Type"), c.want)
		}
	}
}

func TestEveryAnswerIsUnstoredAndUnsniffed(t *testing.T) {
	s := serve(t, nil)
	for name, r := range map[string]*http.Request{
		"data":             post(`{"query":"{echo(text:\"x\")}"}`),
		"a malformed body": post("{"),
		"a bad token":      with(post(`{"query":"{x}"}`), "Authorization", "Bearer bad"),
	} {
		got := s.send(t, r).header
		if got.Get("Cache-Control") != "no-store" || got.Get("X-Content-Type-Options") != "nosniff" || got.Get("Vary") != "Accept" {
			t.Errorf("%s: headers %v", name, got)
		}
	}
}

func TestRefusedDocuments(t *testing.T) {
	s := serve(t, nil)
	long := strings.Repeat("x", 20000)
	for _, c := range []struct{ name, document, variables, code, rule, field string }{
		{"bad syntax", `{echo(`, `null`, "INVALID", "Syntax", ""},
		{"a field that is not there", `{nothing}`, `null`, "INVALID", "FieldsOnCorrectType", ""},
		{"an argument of the wrong type", `{echo(text:1)}`, `null`, "INVALID", "ValuesOfCorrectType", ""},
		{"no operation", `fragment F on Query{echo(text:"x")}`, `null`, "INVALID", "Operation", ""},
		{"a variable that is missing", `query($t:String!){echo(text:$t)}`, `{}`, "INVALID", "Variables", "t"},
		{"a variable that is null", `query($t:String!){echo(text:$t)}`, `{"t":null}`, "INVALID", "Variables", "t"},
		{"a variable of the wrong type", `query($t:Int!){nodes(n:$t){n}}`, `{"t":"x"}`, "INVALID", "Variables", "t"},
		{"a variable beyond 64 bits", `query($t:Int!){nodes(n:$t){n}}`, `{"t":99999999999999999999}`, "INVALID", "Variables", "t"},
		{"a list for one thing", `query($t:Int!){nodes(n:$t){n}}`, `{"t":[1]}`, "INVALID", "Variables", "t"},
		{"a part of a variable that is missing", `query($in:OrderInput){order(id:"x",in:$in){id}}`, `{"in":{}}`, "INVALID", "Variables", "in.day"},
		{"a part of a variable that nobody knows", `query($in:OrderInput){order(id:"x",in:$in){id}}`, `{"in":{"day":"2026-01-01","x":1}}`, "INVALID", "Variables", "in.x"},
		{"introspection", `{__schema{types{name}}}`, `null`, "INVALID", "NoIntrospection", ""},
		{"introspection of one type", `{__type(name:"Query"){name}}`, `null`, "INVALID", "NoIntrospection", ""},
		{"@defer", `{nodes(n:1){n ...@defer{next{n}}}}`, `null`, "INVALID", "NoDefer", ""},
		{"a subscription", `subscription{x}`, `null`, "INVALID", "KnownRootType", ""},
		{"a fragment that spreads itself", `{...F} fragment F on Query{...F}`, `null`, "INVALID", "NoFragmentCycles", ""},
		{"a long unknown name", `{` + long + `}`, `null`, "INVALID", "FieldsOnCorrectType", ""},
		{"too many aliases", `{nodes(n:1){` + strings.Repeat("a:n b:n c:n ", 11) + `}}`, `null`, "LIMITED", "aliases", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.query(t, c.document, c.variables)
			if got.status != 400 || got.code(t) != c.code || got.body.Data != nil {
				t.Fatalf("%d %s", got.status, got.text)
			}
			e := got.body.Errors[0].Extensions
			rule, _ := e["rule"].(string)
			field, _ := e["field"].(string)
			if rule != c.rule || field != c.field || len(got.text) > 1000 {
				t.Errorf("rule %q, field %q in %s", rule, field, got.text)
			}
		})
	}
}

func TestRefusedDocumentsAreAnswersUnderPlainJSON(t *testing.T) {
	s := serve(t, nil)
	for _, document := range []string{"{", "{nothing}", "query($t:String!){echo(text:$t)}"} {
		got := s.send(t, with(post(`{"query":`+quoted(document)+`}`), "Accept", "application/json"))
		if got.status != 200 || got.body.Data != nil {
			t.Errorf("%s: %d %s", document, got.status, got.text)
		}
	}
}

func TestLimitsSayTheirNameAndValue(t *testing.T) {
	got := serve(t, nil).query(t, `mutation{a:put(text:"x") b:put(text:"y")}`, `null`)
	want := map[string]any{"code": "LIMITED", "rule": "mutations in one request", "limit": 1.0}
	if diff := cmp.Diff(want, got.body.Errors[0].Extensions); diff != "" {
		t.Error(diff)
	}
}

func TestManyErrorsAreCut(t *testing.T) {
	got := serve(t, nil).query(t, `{`+strings.Join([]string{"a", "b", "c", "d", "e", "f", "g", "h"}, " ")+` nodes(n:1){i j k l}}`, `null`)
	if len(got.body.Errors) != 10 {
		t.Errorf("%d errors", len(got.body.Errors))
	}
}

func TestOperationName(t *testing.T) {
	s := serve(t, nil)
	two := `query A{echo(text:"a")} query B{echo(text:"b")}`
	got := s.send(t, post(`{"operationName":"B","query":`+quoted(two)+`}`))
	if string(got.body.Data) != `{"echo":"b"}` {
		t.Errorf("%s", got.text)
	}
	for _, name := range []string{`null`, `"C"`, `""`} {
		got := s.send(t, post(`{"operationName":`+name+`,"query":`+quoted(two)+`}`))
		if got.status != 400 || got.code(t) != "INVALID" || got.body.Errors[0].Extensions["field"] != "operationName" {
			t.Errorf("%s: %d %s", name, got.status, got.text)
		}
	}
}

func TestTimeout(t *testing.T) {
	s := serve(t, func(c *graph.Config) { c.Timeout = soon })
	got := s.query(t, `{wait}`, `null`)
	if got.code(t) != "LIMITED" || got.body.Errors[0].Extensions["rule"] != "time" {
		t.Errorf("%d %s", got.status, got.text)
	}
	if s.log.Len() > 0 {
		t.Errorf("a timeout is no fault of ours, but the log says %s", s.log)
	}
}

func TestDocumentsAreValidatedOnce(t *testing.T) {
	s := serve(t, nil)
	for range 3 { // the second and third come from the cache
		if got := s.query(t, `query($t:String!){echo(text:$t)}`, `{"t":"x"}`); string(got.body.Data) != `{"echo":"x"}` {
			t.Fatal(got.text)
		}
		if got := s.query(t, `query($t:String!){echo(text:$t)}`, `{}`); got.code(t) != "INVALID" {
			t.Fatal(got.text)
		}
	}
}
