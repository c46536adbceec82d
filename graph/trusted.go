package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"huifang/care"
)

// idPrefix starts the id of a trusted document: "sha256:" and the hash of its text in hexadecimal digits.
const idPrefix = "sha256:"

// DocumentID returns the id under which a document's text stands in a manifest.
func DocumentID(text string) string {
	hash := sha256.Sum256([]byte(text))
	return idPrefix + hex.EncodeToString(hash[:])
}

// Trusted are the documents of a manifest by their ids: the only ones the app may run in production.
type Trusted map[string]string

// Manifest is mobile-schema/manifest.json: every document the app ever ran. It only grows, because old phones still
// run old documents.
type Manifest struct {
	Documents []ManifestDocument `json:"documents"`
}

// ManifestDocument is one document of a manifest.
type ManifestDocument struct {
	ID      string `json:"id"`
	Name    string `json:"name"`              // of its operation
	Current bool   `json:"current,omitempty"` // stands in the operations folder now; of each name one at most does
	Text    string `json:"document"`
}

// ReadTrusted reads a manifest. It refuses one in which an id is not the hash of its document.
func ReadTrusted(manifest []byte) (Trusted, error) {
	var m Manifest
	if err := json.Unmarshal(manifest, &m); err != nil {
		return nil, fmt.Errorf("read the manifest of trusted documents: %w", err)
	}
	trusted := make(Trusted, len(m.Documents))
	for _, d := range m.Documents {
		if DocumentID(d.Text) != d.ID {
			return nil, fmt.Errorf("document %s of the manifest has another hash than its id %s", d.Name, d.ID)
		}
		trusted[d.ID] = d.Text
	}
	return trusted, nil
}

// text returns the document that a request means. A request sends an id, or the text, or both, which must fit. Who may
// run only trusted documents may still send the text of one.
func (t Trusted) text(req request, required bool) (string, error) {
	if req.query == "" {
		return t.byID(req.document)
	}
	id := DocumentID(req.query)
	if req.document != "" && req.document != id {
		return "", care.Invalid("documentId", "is not the sha256 of query").By("DocumentHash")
	}
	if _, ok := t[id]; required && !ok {
		return "", care.Invalid("query", "send the documentId of a document of mobile-schema/manifest.json").By("TrustedDocument")
	}
	return req.query, nil
}

func (t Trusted) byID(id string) (string, error) {
	if text, ok := t[id]; ok {
		return text, nil
	}
	return "", care.Invalid("documentId", "is not in mobile-schema/manifest.json of this server: update the app, or the server").
		By("TrustedDocument")
}
