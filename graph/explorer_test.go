package graph_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"huifang/graph"
)

func browse() *http.Request {
	return with(httptest.NewRequest(http.MethodGet, "/graphql", nil), "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
}

func demo(c *graph.Config) { c.Explorer = true }

func TestExplorerIsForTheDemoOnly(t *testing.T) {
	if got := serve(t, nil).send(t, browse()); got.status != http.StatusBadRequest || strings.Contains(got.text, "<html") {
		t.Errorf("without the option: %d %s", got.status, got.text)
	}
	got := serve(t, demo).send(t, browse())
	if got.status != 200 || got.header.Get("Content-Type") != "text/html; charset=utf-8" || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("with it: %d %v", got.status, got.header)
	}
}

func TestExplorerNeedsNothingFromElsewhere(t *testing.T) {
	got := serve(t, demo).send(t, browse())
	if found := regexp.MustCompile(`(?i)https?://|src=|<link|@import|url\(`).FindString(got.text); found != "" {
		t.Errorf("the page loads something: %q", found)
	}
	policy := got.header.Get("Content-Security-Policy")
	if strings.Count(policy, "'sha256-") != 2 || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
}

func TestExplorerSpeaksBothLanguagesInFull(t *testing.T) {
	text := serve(t, demo).send(t, browse()).text
	words := regexp.MustCompile(`(?m)^  (zh|en): \{(.*)\},$`).FindAllStringSubmatch(text, -1)
	if len(words) != 2 {
		t.Fatalf("%d languages", len(words))
	}
	for _, shown := range regexp.MustCompile(`data-t="(\w+)"`).FindAllStringSubmatch(text, -1) {
		for _, language := range words {
			if !strings.Contains(language[2], shown[1]+`: "`) {
				t.Errorf("%s has no word for %s", language[1], shown[1])
			}
		}
	}
}

func TestExplorersOwnQuestionIsAnswered(t *testing.T) {
	s := serve(t, demo)
	text := s.send(t, browse()).text
	reference := regexp.MustCompile(`const reference = "(.*)";`).FindStringSubmatch(text)
	question := regexp.MustCompile("(?s)const introspection = `(.*?)`;").FindStringSubmatch(text)
	got := s.query(t, strings.ReplaceAll(question[1], "${reference}", reference[1]), `{}`)
	if got.status != 200 || got.body.Errors != nil || !strings.Contains(got.text, "OrderInput") {
		t.Errorf("%d %.500s", got.status, got.text)
	}
}

func TestIntrospectionOfOtherClientsFitsTheLimits(t *testing.T) {
	s := serve(t, func(c *graph.Config) { c.Introspection = true })
	if got := s.query(t, introspection, `{}`); got.status != 200 || got.body.Errors != nil {
		t.Errorf("%d %.500s", got.status, got.text)
	}
}

// introspection is what GraphiQL and code generators ask.
const introspection = `query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind }
  subscriptionType { name kind } types { ...FullType }
  directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue }
    type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`
