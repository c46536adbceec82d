package graph_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"huifang/auth"
	"huifang/graph"
)

const (
	trustedText = `query Echo($t:String!){echo(text:$t)}`
	otherText   = `{echo(text:"x")}`
)

// trusting requires trusted documents of everyone who is signed in.
func trusting(c *graph.Config) {
	c.Trusted = graph.Trusted{graph.DocumentID(trustedText): trustedText}
	c.RequireTrusted = func(ctx context.Context) bool {
		_, err := auth.From(ctx)
		return err == nil
	}
}

func TestTrustedDocuments(t *testing.T) {
	id := graph.DocumentID(trustedText)
	hash := strings.TrimPrefix(id, "sha256:")
	variables := `"variables":{"t":"x"}`
	persisted := `"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}`
	for _, c := range []struct {
		name, token, body string
		rule, field       string // of the refusal, "" when it runs
	}{
		{"by id", "good", `{"documentId":"` + id + `",` + variables + `}`, "", ""},
		{"by id as other clients send it", "good", `{` + persisted + `,` + variables + `}`, "", ""},
		{"by its text", "good", `{"query":` + quoted(trustedText) + `,` + variables + `}`, "", ""},
		{"by both", "good", `{"documentId":"` + id + `","query":` + quoted(trustedText) + `,` + variables + `}`, "", ""},
		{"anonymous by id", "", `{"documentId":"` + id + `",` + variables + `}`, "", ""},
		{"anonymous may send another", "", `{"query":` + quoted(otherText) + `}`, "", ""},
		{"another text", "good", `{"query":` + quoted(otherText) + `}`, "TrustedDocument", "query"},
		{"the same text with a blank more", "good", `{"query":` + quoted(trustedText+" ") + `,` + variables + `}`, "TrustedDocument", "query"},
		{"an unknown id", "good", `{"documentId":"sha256:00"}`, "TrustedDocument", "documentId"},
		{"an id that does not fit the text", "", `{"documentId":"` + id + `","query":` + quoted(otherText) + `}`, "DocumentHash", "documentId"},
		{"another text under a good id", "good", `{"documentId":"` + id + `","query":` + quoted(otherText) + `}`, "DocumentHash", "documentId"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := post(c.body)
			if c.token != "" {
				r.Header.Set("Authorization", "Bearer "+c.token)
			}
			got := serve(t, trusting).send(t, r)
			if c.rule == "" {
				if string(got.body.Data) != `{"echo":"x"}` {
					t.Errorf("%d %s", got.status, got.text)
				}
				return
			}
			if got.code(t) != "INVALID" || got.status != http.StatusBadRequest {
				t.Fatalf("%d %s", got.status, got.text)
			}
			if e := got.body.Errors[0].Extensions; e["rule"] != c.rule || e["field"] != c.field {
				t.Errorf("%v", e)
			}
		})
	}
}

func TestTrustedDocumentByGet(t *testing.T) {
	r := get("documentId", graph.DocumentID(trustedText), "variables", `{"t":"x"}`)
	if got := serve(t, trusting).send(t, r); string(got.body.Data) != `{"echo":"x"}` {
		t.Errorf("%d %s", got.status, got.text)
	}
}

func TestWithoutManifestNoIDIsKnown(t *testing.T) {
	got := serve(t, nil).send(t, post(`{"documentId":"`+graph.DocumentID(trustedText)+`"}`))
	if got.code(t) != "INVALID" {
		t.Errorf("%d %s", got.status, got.text)
	}
}

func TestReadTrusted(t *testing.T) {
	good := `{"documents":[{"id":"` + graph.DocumentID(otherText) + `","name":"Echo","document":` + quoted(otherText) + `}]}`
	trusted, err := graph.ReadTrusted([]byte(good))
	if err != nil || trusted[graph.DocumentID(otherText)] != otherText {
		t.Errorf("%v %v", trusted, err)
	}
	for _, bad := range []string{"", "[]", strings.Replace(good, "sha256:", "sha256:0", 1), strings.Replace(good, "echo", "leak", 1)} {
		if _, err := graph.ReadTrusted([]byte(bad)); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
}
