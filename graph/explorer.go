package graph

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
)

// page is the demo's GraphQL page: one file, nothing from elsewhere, works offline.
//
//go:embed explorer.html
var page string

// wantsPage tells a person's browser from a program: it asks for HTML and names no document.
func wantsPage(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") && r.URL.RawQuery == ""
}

func servePage(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policyFor(page))
	w.Header().Set("Referrer-Policy", "no-referrer")
	_, _ = w.Write([]byte(page))
}

// policyFor lets the page run its own script and style, named by hash, and call only this server.
func policyFor(page string) string {
	return "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'" +
		"; script-src '" + hashOf(page, "script") + "'; style-src '" + hashOf(page, "style") + "'"
}

func hashOf(page, element string) string {
	inside := regexp.MustCompile(`(?s)<` + element + `>(.*?)</` + element + `>`).FindStringSubmatch(page)
	if inside == nil {
		return "none"
	}
	hash := sha256.Sum256([]byte(inside[1]))
	return "sha256-" + base64.StdEncoding.EncodeToString(hash[:])
}
