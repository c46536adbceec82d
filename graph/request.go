package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"huifang/care"
	"huifang/graph/guard"
)

// request is a GraphQL request as it came, parsed once.
type request struct {
	query         string
	operationName string
	document      string // the id of a trusted document, "sha256:…", instead of or beside query
	variables     map[string]any
}

// The errors of reading a request. Their words never hold what was sent.
var (
	errNotJSON   = care.Invalid("", "the body is not one JSON object in UTF-8").By("json")
	errMediaType = care.Invalid("", "send Content-Type: application/json, in UTF-8 and not encoded").By("media type")
	errMethod    = care.Invalid("", "send GET for a query, or POST").By("method")
	errAccept    = care.Invalid("", "accept application/graphql-response+json or application/json").By("accept")
	errOperation = care.Invalid("operationName", "names no operation of the document, or is missing where there are several").By("operation")
	errNoQuery   = care.Invalid("query", "send a document as query, or its id as documentId").By("required")

	errSubscription = care.Invalid("query", "subscriptions are not served here").By("operation")
)

// read reads a request by its method. It returns the HTTP status and why, when it is none.
func read(w http.ResponseWriter, r *http.Request, maxBody int64, limits guard.Limits) (request, int, *care.Error) {
	var parts map[string]json.RawMessage
	var status int
	var err *care.Error
	switch r.Method {
	case http.MethodPost:
		parts, status, err = readBody(w, r, maxBody, limits)
	case http.MethodGet:
		parts, status, err = readURL(r.URL.RawQuery)
	default:
		status, err = http.StatusMethodNotAllowed, errMethod
	}
	if err != nil {
		return request{}, status, err
	}
	req, err := assemble(parts, limits)
	return req, http.StatusBadRequest, err
}

// readBody reads a POST. Asking for JSON keeps out the forms that a foreign page can send without a preflight.
func readBody(w http.ResponseWriter, r *http.Request, maxBody int64, limits guard.Limits) (map[string]json.RawMessage, int, *care.Error) {
	if !isJSON(r.Header) {
		return nil, http.StatusUnsupportedMediaType, errMediaType
	}
	body, err := readAll(http.MaxBytesReader(w, r.Body, maxBody), min(r.ContentLength, maxBody))
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return nil, http.StatusRequestEntityTooLarge, care.Limited("body", "the body has more than %d bytes", maxBody)
	}
	if err != nil || !utf8.Valid(body) {
		return nil, http.StatusBadRequest, errNotJSON
	}
	if err := limits.JSON(body); err != nil {
		return nil, http.StatusBadRequest, care.AsError(meaning(err))
	}
	parts, err := split(body)
	if err != nil {
		return nil, http.StatusBadRequest, errNotJSON
	}
	return parts, 0, nil
}

// readAll is io.ReadAll with room for the size that the client announced.
func readAll(r io.Reader, announced int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(max(announced, 0)) + bytes.MinRead)
	_, err := b.ReadFrom(r)
	return b.Bytes(), err
}

func isJSON(h http.Header) bool {
	mediaType, parameters, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		return false
	}
	charset, given := parameters["charset"]
	return (!given || strings.EqualFold(charset, "utf-8")) && h.Get("Content-Encoding") == ""
}

// readURL reads a GET: query and operationName as text, variables and extensions as JSON, each at most once.
func readURL(rawQuery string) (map[string]json.RawMessage, int, *care.Error) {
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, http.StatusBadRequest, care.Invalid("", "the URL's query cannot be read").By("url")
	}
	parts := map[string]json.RawMessage{}
	for key, given := range values {
		part, ok := urlPart(key, given)
		if !ok {
			return nil, http.StatusBadRequest, care.Invalid(known(key), "give it once, in UTF-8").By("url")
		}
		parts[key] = part
	}
	return parts, 0, nil
}

func urlPart(key string, given []string) (json.RawMessage, bool) {
	if len(given) != 1 || !utf8.ValidString(given[0]) {
		return nil, false
	}
	if key == "variables" || key == "extensions" {
		return json.RawMessage(given[0]), true
	}
	text, err := json.Marshal(given[0])
	return text, err == nil
}

// known returns the key when it is one of ours, so that no error echoes another.
func known(key string) string {
	switch key {
	case "query", "operationName", "documentId", "variables", "extensions":
		return key
	}
	return ""
}

// assemble checks each part's type. Keys are exact, null is absent, and keys that nobody knows are left alone.
func assemble(parts map[string]json.RawMessage, limits guard.Limits) (request, *care.Error) {
	var req request
	var extensions map[string]any
	for _, part := range []struct {
		key  string
		into any
	}{
		{"query", &req.query}, {"operationName", &req.operationName}, {"documentId", &req.document},
		{"variables", &req.variables}, {"extensions", &extensions},
	} {
		if err := decode(part.key, parts[part.key], part.into, limits); err != nil {
			return request{}, err
		}
	}
	if req.document == "" {
		req.document = persisted(extensions)
	}
	if req.query == "" && req.document == "" {
		return request{}, errNoQuery
	}
	return req, nil
}

func decode(key string, raw json.RawMessage, into any, limits guard.Limits) *care.Error {
	if raw == nil {
		return nil
	}
	if text, ok := into.(*string); ok {
		return decodeText(key, raw, text, limits)
	}
	if err := limits.JSON(raw); err != nil {
		return care.AsError(meaning(err))
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber() // whole numbers stay exact
	if d.Decode(into) != nil || d.Decode(new(any)) != io.EOF {
		return care.Invalid(key, "is of the wrong type").By("type")
	}
	return nil
}

// escaped is the most bytes that one byte of a text takes in JSON: \u0020.
const escaped = 6

func decodeText(key string, raw json.RawMessage, into *string, limits guard.Limits) *care.Error {
	if len(raw) > escaped*limits.Bytes+len(`""`) {
		return care.AsError(meaning(&guard.Exceeded{Limit: "bytes", Max: limits.Bytes}))
	}
	if json.Unmarshal(raw, into) != nil {
		return care.Invalid(key, "is of the wrong type").By("type")
	}
	return nil
}

// persisted reads the id as other clients send it: extensions.persistedQuery.sha256Hash.
func persisted(extensions map[string]any) string {
	query, _ := extensions["persistedQuery"].(map[string]any)
	hash, _ := query["sha256Hash"].(string)
	if hash == "" {
		return ""
	}
	return idPrefix + strings.TrimPrefix(hash, idPrefix)
}
