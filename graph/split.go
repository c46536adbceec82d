package graph

import (
	"bytes"
	"encoding/json"
	"errors"
)

// errSplit says that text is not one JSON object.
var errSplit = errors.New("not one JSON object")

// split cuts the text of a JSON object into the texts of its members, in one pass that builds nothing else: of a
// megabyte somebody sent, only the members we know are decoded, and those only when their size is right. The members'
// own texts are not checked, only where they end. A member given twice is refused, because readers differ on which holds.
func split(text []byte) (map[string]json.RawMessage, error) {
	s := splitter{text: text}
	members := map[string]json.RawMessage{}
	if s.next() != '{' {
		return nil, errSplit
	}
	mark := byte(',')
	for mark == ',' {
		if len(members) > 0 || s.peek() != '}' {
			if err := s.member(members); err != nil {
				return nil, err
			}
		}
		mark = s.next()
	}
	if mark != '}' || s.peek() != 0 {
		return nil, errSplit
	}
	return members, nil
}

// splitter reads on through a text.
type splitter struct {
	text []byte
	at   int
}

// member reads one "key": value. Only the keys we know are kept.
func (s *splitter) member(into map[string]json.RawMessage) error {
	if s.peek() != '"' {
		return errSplit
	}
	start := s.at
	s.quoted()
	key := known(string(s.text[min(start+1, s.at):max(s.at-1, start+1)]))
	if s.next() != ':' {
		return errSplit
	}
	value := s.value()
	if _, twice := into[key]; twice && key != "" || len(value) == 0 {
		return errSplit
	}
	into[key] = value
	return nil
}

// value returns the text up to the comma or bracket that ends it.
func (s *splitter) value() json.RawMessage {
	start, depth := s.at, 0
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case '"':
			s.quoted()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				return bytes.TrimSpace(s.text[start:s.at])
			}
		}
		if depth < 0 {
			break
		}
		s.at++
	}
	return bytes.TrimSpace(s.text[start:s.at])
}

// quoted moves behind the string that starts here, or to the end of the text.
func (s *splitter) quoted() {
	for s.at++; ; {
		length := bytes.IndexByte(s.text[s.at:], '"')
		if length < 0 {
			s.at = len(s.text)
			return
		}
		inside := s.text[s.at : s.at+length]
		s.at += length + 1
		if escapes := len(inside) - len(bytes.TrimRight(inside, `\`)); escapes%2 == 0 {
			return
		}
	}
}

// peek returns the next byte that is no blank, 0 at the end, and stays before it.
func (s *splitter) peek() byte {
	for ; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// next is peek, and moves behind it.
func (s *splitter) next() byte {
	c := s.peek()
	if c != 0 {
		s.at++
	}
	return c
}
