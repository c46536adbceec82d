package sheets

import (
	"bufio"
	"errors"
	"io"
)

const (
	// maxRun allows for a full cell of which every byte is written as a reference.
	maxRun = 6*MaxCell + 1<<10
	// maxToken is the most bytes between two tokens: no spreadsheet writes more.
	maxToken = 4 * maxRun
)

// clip cuts the texts of an XML stream at a length, so that a cell of many megabytes is never held in memory; what
// comes out is longer than a cell may be, which tells that it was cut. Runes and references stay whole.
type clip struct {
	in     *bufio.Reader
	run    int  // bytes since the last < or >
	entity bool // inside &…;
	cut    bool // dropping until the next < or >
	since  int  // bytes since the last token
}

var errToken = errors.New("a mark-up element without end")

func newClip(in io.Reader) *clip { return &clip{in: bufio.NewReaderSize(in, 32<<10)} }

func (c *clip) Read(out []byte) (int, error) {
	n := 0
	for n < len(out) {
		b, err := c.in.ReadByte()
		if err != nil {
			if n > 0 && errors.Is(err, io.EOF) {
				return n, nil
			}
			return n, err
		}
		if c.passes(b) {
			out[n] = b
			n++
		}
	}
	if c.since += n; c.since > maxToken {
		return n, errToken
	}
	return n, nil
}

// passes follows the stream and drops a text's bytes past the limit, from the first whole character on.
func (c *clip) passes(b byte) bool {
	if b == '<' || b == '>' {
		c.run, c.entity, c.cut = 0, false, false
		return true
	}
	c.run++
	begins := !c.entity && b&0xC0 != 0x80
	if c.cut || c.run > maxRun && begins || c.run > maxRun+64 {
		c.cut = true
		return false
	}
	if b == '&' || b == ';' {
		c.entity = b == '&'
	}
	return true
}
