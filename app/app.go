// Package app is what a browser gets: the field app as its build left it in dist, embedded into the program.
package app

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// The folder is empty but for .keep until the app is built, so that the program builds without Node.
//
//go:embed all:dist
var embedded embed.FS

// Dist is the build of the app that stands in the program; without an index.html it was not built.
func Dist() fs.FS {
	dist, err := fs.Sub(embedded, "dist")
	if err != nil {
		panic(err) // the folder is embedded above: without it this does not compile
	}
	return dist
}

// index is the page of every route of the app.
const index = "index.html"

// Handler serves a build of the app. Routes of the app all get its page; a file that is not there is 404 and never the
// page, because a browser that asks for a chunk of an older build must notice. Without a build it says how to make one.
func Handler(dist fs.FS) (http.Handler, error) {
	files, err := load(dist)
	if err != nil {
		return nil, fmt.Errorf("load the app: %w", err)
	}
	if files[index] == nil {
		return secured(http.HandlerFunc(unbuilt)), nil
	}
	return secured(pages(files)), nil
}

// pages are the files of a build by path, without a slash in front.
type pages map[string]*file

// ServeHTTP answers with a file, the page, or 404.
func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	f := p[name(r.URL.Path)]
	if f == nil {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "no such file", http.StatusNotFound)
		return
	}
	f.serve(w, r)
}

// name is the file that a path means.
func name(path string) string {
	path = strings.TrimPrefix(path, "/")
	if isRoute(path) {
		return index
	}
	return path
}

// notRoutes are first parts of a path that the app may not use: files, and what the server answers itself.
var notRoutes = []string{"assets", "graphql", "photos", "events", "healthz", "readyz", "metrics"}

// isRoute tells routes of the app from files, which all have a dot.
func isRoute(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	for _, other := range notRoutes {
		if first == other {
			return false
		}
	}
	return !strings.Contains(path, ".")
}

// unbuilt is what a program without the app answers.
func unbuilt(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if !isRoute(strings.TrimPrefix(r.URL.Path, "/")) {
		http.Error(w, errUnbuilt.Error(), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	fmt.Fprintf(w, unbuiltPage, errUnbuilt)
}

var errUnbuilt = errors.New("this program was built without the app: run make build, which needs Node and npm, and start it again")

const unbuiltPage = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>回访 Huifang</title></head>
<body>
<h1>回访 Huifang</h1>
<p>这个程序编译时没有包含应用：请运行 <code>make build</code>（需要 Node 与 npm），然后重新启动。接口 <code>/graphql</code> 照常可用。</p>
<p lang="en">%s. The API at <code>/graphql</code> works as ever.</p>
</body>
</html>
`
