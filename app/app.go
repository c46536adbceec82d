// Package app is what a browser gets: for now one plain page that signs in and lists a day's plan from the API.
package app

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
)

//go:embed page
var files embed.FS

// Handler serves the page. documents are the ids of the trusted documents it may run, by operation name.
func Handler(documents map[string]string) (http.Handler, error) {
	page, err := fs.Sub(files, "page")
	if err != nil {
		return nil, fmt.Errorf("open the page: %w", err)
	}
	index, err := render(page, documents)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(index)
	})
	mux.Handle("GET /page/", http.StripPrefix("/page/", http.FileServerFS(page)))
	return secured(mux), nil
}

func render(page fs.FS, documents map[string]string) ([]byte, error) {
	t, err := template.ParseFS(page, "index.html")
	if err != nil {
		return nil, fmt.Errorf("read the page: %w", err)
	}
	for _, name := range []string{"SignIn", "MyDay", "WhyItem", "SignOut"} {
		if documents[name] == "" {
			return nil, fmt.Errorf("the page needs the operation %s, which the manifest does not have", name)
		}
	}
	var b bytes.Buffer
	err = t.Execute(&b, documents)
	return b.Bytes(), err
}

// secured lets the page run its own files and nothing else.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}
