package care

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// ParsePolicy reads a policy document; unknown fields and values out of range are Invalid.
//
// The document is laid over the default: an object field by field, at any depth, a list or a value as a whole. Decoding
// straight into the default would keep parts of its lists: a phase without a second kind would get that of the phase it
// takes the place of.
func ParsePolicy(body []byte) (Policy, error) {
	document, err := object(body)
	if err != nil {
		return Policy{}, Invalid("policy", "not a policy document: %w", err)
	}
	if err := checkFields(document, reflect.TypeFor[Policy](), ""); err != nil {
		return Policy{}, gathered(err)
	}
	whole, err := laidOver(document)
	if err != nil {
		return Policy{}, Invalid("policy", "not a policy document: %w", err)
	}
	var p Policy
	if err := json.Unmarshal(whole, &p); err != nil {
		return Policy{}, wrongType(err)
	}
	return p, p.Validate()
}

// wrongType says where a value is of another type than the rules.
func wrongType(err error) error {
	var typed *json.UnmarshalTypeError
	if errors.As(err, &typed) && typed.Field != "" {
		return Invalid(typed.Field, "not a policy document: a %s where a %s belongs", typed.Value, typed.Type).By("type")
	}
	return Invalid("policy", "not a policy document: %w", err)
}

// laidOver is the default policy with a document laid over it.
func laidOver(document map[string]any) ([]byte, error) {
	written, err := json.Marshal(DefaultPolicy())
	if err != nil {
		return nil, err
	}
	standard, err := object(written)
	if err != nil {
		return nil, err
	}
	lay(document, standard)
	return json.Marshal(standard)
}

// checkFields refuses names that no rule has, wherever they stand: they would be left out unseen. A name that differs from
// a known one by its case only is one of them: JSON in Go would take it for that one.
func checkFields(value any, t reflect.Type, path string) error {
	var errs []error
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			inner, known := fieldOf(t, name)
			if !known {
				errs = append(errs, Invalid(path+name, "not a policy document: no such field%s", hint(t, name)).By("unknown"))
				continue
			}
			errs = append(errs, checkFields(value[name], inner, path+name+"."))
		}
	case []any:
		for i, x := range value {
			if t != nil && t.Kind() == reflect.Slice {
				errs = append(errs, checkFields(x, t.Elem(), fmt.Sprintf("%s[%d].", strings.TrimSuffix(path, "."), i)))
			}
		}
	}
	return errors.Join(errs...)
}

// fieldOf is the type of what stands under a name in an object: nil where the type is no object, which decoding refuses.
func fieldOf(t reflect.Type, name string) (reflect.Type, bool) {
	switch {
	case t == nil:
		return nil, true
	case t.Kind() == reflect.Map:
		return t.Elem(), true
	case t.Kind() != reflect.Struct:
		return nil, true
	}
	for i := range t.NumField() {
		if jsonName(t.Field(i)) == name {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}

// hint names the field that was meant when only its case differs.
func hint(t reflect.Type, name string) string {
	for i := range t.NumField() {
		if known := jsonName(t.Field(i)); strings.EqualFold(known, name) {
			return fmt.Sprintf(": it is written %q", known)
		}
	}
	return ""
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// object reads exactly one JSON object, its numbers as they are written.
func object(body []byte) (map[string]any, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var out map[string]any
	if err := d.Decode(&out); err != nil {
		return nil, err
	}
	if out == nil {
		return nil, fmt.Errorf("null is no document")
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("something follows the document")
	}
	return out, nil
}

// lay puts the fields of an object over those of another: objects field by field, anything else as a whole.
func lay(over, under map[string]any) {
	for name, value := range over {
		inner, both := under[name].(map[string]any)
		if object, is := value.(map[string]any); is && both {
			lay(object, inner)
			continue
		}
		under[name] = value
	}
}
