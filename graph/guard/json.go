package guard

import "bytes"

// JSON checks the JSON of a request in one pass over its bytes, before anything is built from it. Malformed JSON
// passes: the decoder refuses it.
func (l Limits) JSON(text []byte) error {
	values, levels := 1, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i += quoted(text[i:])
		case '{', '[':
			levels++
			values++
		case '}', ']':
			levels--
		case ',':
			values++
		}
		if values > l.Values {
			return &Exceeded{Limit: "values in the JSON", Max: l.Values}
		}
		if levels > l.Levels {
			return &Exceeded{Limit: "levels in the JSON", Max: l.Levels}
		}
	}
	return nil
}

// quoted returns how far behind its opening quote a string ends, at most the whole text.
func quoted(text []byte) int {
	for at := 1; ; {
		length := bytes.IndexByte(text[at:], '"')
		if length < 0 {
			return len(text)
		}
		inside := text[at : at+length]
		if escapes := len(inside) - len(bytes.TrimRight(inside, `\`)); escapes%2 == 0 {
			return at + length
		}
		at += length + 1
	}
}
