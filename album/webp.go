package album

import (
	"bytes"
	"encoding/binary"
	"image"

	"golang.org/x/image/webp"
)

func isWebP(body []byte) bool {
	return len(body) >= 12 && string(body[:4]) == "RIFF" && string(body[8:12]) == "WEBP"
}

// decodeWebP looks at the frames too: the header of an extended file may name a small canvas before a huge frame.
func decodeWebP(body []byte) (image.Image, error) {
	c, err := webp.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return nil, ErrNoImage
	}
	if err := fits(c.Width, c.Height, mostPixels); err != nil {
		return nil, err
	}
	for rest := body[12:]; len(rest) >= 8; {
		size := uint64(binary.LittleEndian.Uint32(rest[4:]))
		data := rest[8:]
		if w, h, ok := frame(string(rest[:4]), data); ok && fits(w, h, mostPixels) != nil {
			return nil, ErrTooBig
		}
		if size += size & 1; size > uint64(len(data)) { // chunks are even
			break
		}
		rest = data[size:]
	}
	return known(webp.Decode(bytes.NewReader(body)))
}

// frame reads the size of a frame from its chunk.
func frame(chunk string, data []byte) (width, height int, ok bool) {
	switch {
	case chunk == "VP8 " && len(data) >= 10:
		return int(binary.LittleEndian.Uint16(data[6:]) & 0x3FFF), int(binary.LittleEndian.Uint16(data[8:]) & 0x3FFF), true
	case chunk == "VP8L" && len(data) >= 5:
		bits := binary.LittleEndian.Uint32(data[1:])
		return int(bits&0x3FFF) + 1, int(bits>>14&0x3FFF) + 1, true
	}
	return 0, 0, false
}
