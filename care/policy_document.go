package care

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// ParsePolicy reads a policy document; unknown fields and values out of range are Invalid.
//
// The document is laid over the default: an object field by field, at any depth, a list or a value as a whole. Decoding
// straight into the default would keep parts of its lists: a phase without a second kind would get that of the phase it
// takes the place of.
func ParsePolicy(body []byte) (Policy, error) {
	whole, err := laidOver(body)
	if err != nil {
		return Policy{}, Invalid("policy", "not a policy document: %w", err)
	}
	var p Policy
	d := json.NewDecoder(bytes.NewReader(whole))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return Policy{}, Invalid("policy", "not a policy document: %w", err)
	}
	return p, p.Validate()
}

// laidOver is the default policy with a document laid over it.
func laidOver(body []byte) ([]byte, error) {
	written, err := json.Marshal(DefaultPolicy())
	if err != nil {
		return nil, err
	}
	standard, err := object(written)
	if err != nil {
		return nil, err
	}
	document, err := object(body)
	if err != nil {
		return nil, err
	}
	if err := lay(document, standard, ""); err != nil {
		return nil, err
	}
	return json.Marshal(standard)
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

// lay puts the fields of an object over those of another: objects field by field, anything else as a whole. A name that
// differs from a known one by its case only would be decoded as that one, and lose: it is an error.
func lay(over, under map[string]any, path string) error {
	for name, value := range over {
		known, ok := under[name]
		if twin := likeName(under, name); !ok && twin != "" {
			return fmt.Errorf("%s%s: the field is written %q", path, name, twin)
		}
		inner, both := known.(map[string]any)
		if object, is := value.(map[string]any); is && both {
			if err := lay(object, inner, path+name+"."); err != nil {
				return err
			}
			continue
		}
		under[name] = value
	}
	return nil
}

// likeName finds a name that differs by case only, empty for none.
func likeName(object map[string]any, name string) string {
	for known := range object {
		if known != name && strings.EqualFold(known, name) {
			return known
		}
	}
	return ""
}
