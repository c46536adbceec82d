package sheets

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Byte order marks.
const (
	markUTF8    = "\xEF\xBB\xBF"
	markUTF16LE = "\xFF\xFE"
	markUTF16BE = "\xFE\xFF"
)

// decoding is a way to read a file as UTF-8 without mark.
type decoding struct {
	file     io.ReaderAt
	size     int64
	mark     int64             // bytes of the mark
	encoding encoding.Encoding // nil: UTF-8 as it is
}

// open reads from the start; read counts the bytes of the file.
func (d decoding) open(read *int64) io.Reader {
	raw := &counted{io.NewSectionReader(d.file, d.mark, d.size-d.mark), read}
	if d.encoding == nil {
		return raw
	}
	return transform.NewReader(raw, d.encoding.NewDecoder())
}

type counted struct {
	io.Reader
	n *int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	*c.n += int64(n)
	return n, err
}

// decodingOf finds the encoding of a text by reading all of it once.
func decodingOf(r io.ReaderAt, size int64) (decoding, error) {
	head := make([]byte, min(size, 3))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return decoding{}, fmt.Errorf("read the file: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte(markUTF8)):
		return firstGood(decoding{r, size, 3, nil})
	case bytes.HasPrefix(head, []byte(markUTF16LE)):
		return firstGood(decoding{r, size, 2, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)})
	case bytes.HasPrefix(head, []byte(markUTF16BE)):
		return firstGood(decoding{r, size, 2, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)})
	}
	return firstGood(decoding{r, size, 0, nil}, decoding{r, size, 0, simplifiedchinese.GB18030})
}

// firstGood picks the first decoding that is all text.
func firstGood(all ...decoding) (decoding, error) {
	for _, d := range all {
		err := check(d.open(new(int64)), d.encoding != nil)
		if err == nil {
			return d, nil
		}
		if !errors.Is(err, ErrEncoding) {
			return decoding{}, err
		}
	}
	return decoding{}, broken(ErrEncoding, 0, "", "BAD_ENCODING", "无法识别文件编码；请另存为“CSV UTF-8”或 .xlsx", "the encoding is not known: save the file as \"CSV UTF-8\" or .xlsx")
}

// check reads to the end. NUL is no text. Decoders write U+FFFD for what they cannot read; only plain UTF-8 may hold it
// as a character of its own.
func check(r io.Reader, decoded bool) error {
	buffered := bufio.NewReaderSize(r, 64<<10)
	for {
		c, size, err := buffered.ReadRune()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read the file: %w", err)
		case c == 0:
			return notTable()
		case c == utf8.RuneError && (size == 1 || decoded):
			return ErrEncoding
		}
	}
}
