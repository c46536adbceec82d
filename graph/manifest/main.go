// Command manifest publishes the contract with the app. From graph/schema and mobile-schema/operations it writes
//
//	mobile-schema/manifest.json   every document the app may run, by its sha256; old ones stay for old phones
//	mobile-schema/schema.graphql  the whole schema in one file
//
// `make generate` runs it from the root of the repository.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", ".", "root of the repository")
	flag.Parse()
	if err := publish(*root); err != nil {
		fmt.Fprintln(os.Stderr, "manifest:", err)
		os.Exit(1)
	}
}

// publish reads the sources below root and writes what follows from them.
func publish(root string) error {
	schemas, err := readAll(filepath.Join(root, "graph/schema"), "*.graphqls")
	if err != nil {
		return err
	}
	operations, err := readAll(filepath.Join(root, "mobile-schema/operations"), "*.graphql")
	if err != nil {
		return err
	}
	manifest := filepath.Join(root, "mobile-schema/manifest.json")
	old, err := os.ReadFile(manifest)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	files, err := compose(schemas, operations, old)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(manifest, files.manifest, 0o644),
		os.WriteFile(filepath.Join(root, "mobile-schema/schema.graphql"), files.schema, 0o644),
	)
}

// source is a file of GraphQL.
type source struct{ name, text string }

// readAll returns the files of a folder in the order of their names.
func readAll(folder, pattern string) ([]source, error) {
	paths, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		return nil, err
	}
	var sources []source
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		sources = append(sources, source{filepath.Base(path), string(text)})
	}
	return sources, nil
}
