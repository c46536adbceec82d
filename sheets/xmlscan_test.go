package sheets

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// scanned tells all tokens of a text.
func scanned(xml string) (all []string, err error) {
	s := newScanner(strings.NewReader(xml))
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		switch t {
		case opened:
			all = append(all, "<"+string(s.name())+" "+s.attr("a"))
		case closed:
			all = append(all, ">"+string(s.name()))
		case text:
			chars, err := s.chars()
			if err != nil {
				return all, err
			}
			all = append(all, chars)
		}
	}
}

func TestScannerReadsWhatSpreadsheetsWrite(t *testing.T) {
	tests := []struct {
		name, xml string
		want      []string
	}{
		{"an element", `<c a="1">x</c>`, []string{"<c 1", "x", ">c"}},
		{"a namespace", `<x:c r:a="1">x</x:c>`, []string{"<c 1", "x", ">c"}},
		{"an element that closes itself", `<c a="1"/>`, []string{"<c 1", ">c"}},
		{"blanks and line ends in a tag", "<c\n  a = \"1\" >", []string{"<c 1"}},
		{"another attribute that ends alike", `<c ba="2" a="1">`, []string{"<c 1"}},
		{"no such attribute", `<c b="1">`, []string{"<c "}},
		{"quotes of either kind, with marks inside", `<c b='"' a="x>'y">`, []string{"<c x>'y"}},
		{"references", `<c a="&lt;&#65;">&amp;&quot;&apos;&gt;&#x5F20;</c>`, []string{"<c <A", "&\"'>张", ">c"}},
		{"a reference read once only", `&amp;lt;`, []string{"&lt;"}},
		{"literal text", `<![CDATA[a<b>&amp;]]]]>`, []string{"a<b>&amp;]]"}},
		{"comments and instructions are nothing", `<?xml version="1.0"?><!-- <c> -- --->x`, []string{"x"}},
		{"line ends of XML", "a\r\nb\rc&#13;", []string{"a\nb\nc\r"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := scanned(test.xml)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestScannerRefusesWhatIsBroken(t *testing.T) {
	for name, xml := range map[string]string{
		"a tag without end":       `<c a="1"`,
		"an open quote":           `<c a="1>x</c>`,
		"a comment without end":   `<!-- x`,
		"literal without end":     `<![CDATA[x`,
		"a document type":         `<!DOCTYPE x [<!ENTITY a "b">]>`,
		"an unknown reference":    `&nbsp;`,
		"a reference without end": `&amp`,
		"a reference to nothing":  `&#0;`,
		"a surrogate":             `&#xD800;`,
		"an empty reference":      `&#x;`,
		"no UTF-8":                "\xff",
		"a tag far too long":      "<c " + strings.Repeat("a", maxTag+1) + ">",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := scanned(xml); err == nil {
				t.Errorf("read as %q", got)
			}
		})
	}
}

func TestScannerCutsLongTexts(t *testing.T) {
	for name, xml := range map[string]string{
		"letters":    strings.Repeat("字", maxRun),
		"references": strings.Repeat("&amp;", maxRun),
		"literal":    "<![CDATA[" + strings.Repeat("字", maxRun) + "]]>",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := scanned(xml + "<c/>")
			if err != nil || len(got) != 3 {
				t.Fatalf("%d tokens, %v", len(got), err)
			}
			if n := len(got[0]); n <= MaxCell || n > MaxCell+16 {
				t.Errorf("%d bytes kept: the cut must show and be near the limit", n)
			}
		})
	}
	full := strings.Repeat("&quot;", MaxCell)
	if got, err := scanned(full); err != nil || got[0] != strings.Repeat(`"`, MaxCell) {
		t.Errorf("a full cell written as references was cut: %v", err)
	}
}
