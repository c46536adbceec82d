package sheets

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

const (
	// maxRun is the most bytes of a text as it is written: a full cell, every byte of it a reference.
	maxRun = 6*MaxCell + 1<<10
	// maxTag is the most bytes of a tag; no spreadsheet comes near.
	maxTag = 16 << 10
)

// token is what a scanner found.
type token int

const (
	opened token = iota
	closed
	text
)

var errXML = errors.New("broken XML")

// scanner reads the XML that spreadsheets write, and no more of XML than that: elements, attributes, texts, and the
// five named references. It is there because a general decoder takes twenty times as long over a table and holds
// any text in memory before one can refuse it; this one cuts texts at maxRun.
type scanner struct {
	in    *bufio.Reader
	tag   []byte // of the last opened or closed
	run   []byte // of the last text, as it is written
	cut   bool   // the text went on
	plain bool   // the text has no references
	short bool   // the last opened closes itself
}

func newScanner(r io.Reader) *scanner { return &scanner{in: bufio.NewReaderSize(r, 64<<10)} }

// next finds the next token; io.EOF at the end of the file, in the middle of a token io.ErrUnexpectedEOF.
func (s *scanner) next() (token, error) {
	if s.short {
		s.short = false
		return closed, nil
	}
	for {
		b, err := s.in.ReadByte()
		if err != nil {
			return 0, err
		}
		if b != '<' {
			_ = s.in.UnreadByte()
			return text, s.readText()
		}
		if t, found, err := s.markup(); found || err != nil {
			return t, whole(err)
		}
	}
}

// whole makes an end of the file that comes too early one that is told from the end.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// markup reads what follows a <. Comments and instructions are skipped, found is false for them.
func (s *scanner) markup() (t token, found bool, err error) {
	next, err := s.in.Peek(1)
	if err != nil {
		return 0, false, err
	}
	switch next[0] {
	case '?':
		return 0, false, s.skip("?>")
	case '!':
		return s.declared()
	case '/':
		_, _ = s.in.Discard(1)
		return closed, true, s.readTag()
	}
	err = s.readTag()
	if s.short = bytes.HasSuffix(s.tag, []byte("/")); s.short {
		s.tag = s.tag[:len(s.tag)-1]
	}
	return opened, true, err
}

// declared reads a comment or literal text; a document type has no place in a table.
func (s *scanner) declared() (t token, found bool, err error) {
	head, _ := s.in.Peek(len(literalStart))
	switch {
	case bytes.HasPrefix(head, []byte("!--")):
		_, _ = s.in.Discard(len("!--"))
		return 0, false, s.skip("-->")
	case string(head) == literalStart:
		_, _ = s.in.Discard(len(literalStart))
		return text, true, s.readLiteral()
	}
	return 0, false, errXML
}

const (
	literalStart = "![CDATA["
	literalEnd   = "]]>"
)

// readLiteral reads text in which nothing is mark-up.
func (s *scanner) readLiteral() error {
	s.run, s.cut, s.plain = s.run[:0], false, true
	for !bytes.HasSuffix(s.run, []byte(literalEnd)) {
		b, err := s.in.ReadByte()
		if err != nil {
			return err
		}
		if s.run = append(s.run, b); len(s.run) > MaxCell+len(literalEnd) {
			s.cut = true
			return s.skip(literalEnd)
		}
	}
	s.run = s.run[:len(s.run)-len(literalEnd)]
	return nil
}

// skip reads past an end mark, keeping nothing.
func (s *scanner) skip(end string) error {
	var tail []byte
	for {
		b, err := s.in.ReadByte()
		if err != nil {
			return whole(err)
		}
		if tail = append(tail, b); len(tail) > len(end) {
			tail = tail[1:]
		}
		if string(tail) == end {
			return nil
		}
	}
}

// readText reads up to a <, which stays.
func (s *scanner) readText() error {
	s.run, s.cut, s.plain = s.run[:0], false, false
	for {
		chunk, err := s.in.ReadSlice('<')
		keep := min(len(chunk), maxRun-len(s.run))
		s.run = append(s.run, chunk[:keep]...)
		s.cut = s.cut || keep < len(chunk)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			s.run = bytes.TrimSuffix(s.run, []byte("<"))
			return s.in.UnreadByte()
		}
		return err
	}
}

// readTag reads up to the > that stands outside quotes.
func (s *scanner) readTag() error {
	s.tag = s.tag[:0]
	for {
		chunk, err := s.in.ReadSlice('>')
		s.tag = append(s.tag, chunk...)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return whole(err)
		}
		if len(s.tag) > maxTag {
			return errXML
		}
		if err == nil && balanced(s.tag) {
			s.tag = s.tag[:len(s.tag)-1]
			return nil
		}
	}
}

// balanced tells whether every quote of a tag is closed.
func balanced(tag []byte) bool {
	var open byte
	for _, b := range tag {
		switch {
		case open == 0 && (b == '"' || b == '\''):
			open = b
		case b == open:
			open = 0
		}
	}
	return open == 0
}

// is tells whether the last tag has the name, whatever its namespace is called.
func (s *scanner) is(name string) bool { return string(s.name()) == name }

func (s *scanner) name() []byte {
	name := s.tag
	if i := bytes.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i]
	}
	return name[bytes.IndexByte(name, ':')+1:]
}

// attr is the value of an attribute of the last tag opened, "" when it has none of that name.
func (s *scanner) attr(name string) string {
	rest := s.tag
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := bytes.TrimSpace(rest[:eq])
		key = key[bytes.LastIndexAny(key, " \t\r\n:")+1:]
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key) == name {
			value, _ := dereferenced(rest[1 : end+1])
			return value
		}
		rest = rest[end+2:]
	}
}

// chars is the last text as it reads. One that was cut is given as it is written: only its length matters.
func (s *scanner) chars() (string, error) {
	if s.cut {
		return string(bytes.ToValidUTF8(s.run[:MaxCell+4], []byte("?"))), nil
	}
	if s.plain {
		return string(bytes.ToValidUTF8(s.run, []byte("?"))), nil
	}
	return dereferenced(s.run)
}

// dereferenced resolves the references of a text; it must be UTF-8.
func dereferenced(raw []byte) (string, error) {
	if !utf8.Valid(raw) {
		return "", fmt.Errorf("%w: not UTF-8", errXML)
	}
	if bytes.IndexByte(raw, '&') < 0 && bytes.IndexByte(raw, '\r') < 0 {
		return string(raw), nil
	}
	out := make([]byte, 0, len(raw))
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, "&\r")
		if i < 0 {
			return string(append(out, raw...)), nil
		}
		out = append(out, raw[:i]...)
		size, r, err := special(raw[i:])
		if err != nil {
			return "", err
		}
		out, raw = utf8.AppendRune(out, r), raw[i+size:]
	}
	return string(out), nil
}

// special reads a reference, or a line end, which XML always reads as LF.
func special(raw []byte) (size int, r rune, err error) {
	if bytes.HasPrefix(raw, []byte("\r\n")) {
		return 2, '\n', nil
	}
	if raw[0] == '\r' {
		return 1, '\n', nil
	}
	end := bytes.IndexByte(raw, ';')
	if end < 0 {
		return 0, 0, fmt.Errorf("%w: a reference without end", errXML)
	}
	r, ok := reference(string(raw[1:end]))
	if !ok {
		return 0, 0, fmt.Errorf("%w: reference &%.20s;", errXML, raw[1:end])
	}
	return end + 1, r, nil
}

func reference(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	return codePoint(name[1:])
}

// codePoint reads a character's number, decimal or after an x hexadecimal.
func codePoint(digits string) (rune, bool) {
	base := 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n > 0 && n <= utf8.MaxRune && utf8.ValidRune(rune(n))
}
