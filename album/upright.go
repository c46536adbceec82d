package album

import (
	"bytes"
	"encoding/binary"
	"image"
	"iter"
)

// Markers of a JPEG.
const (
	baseline = 0xC0
	extended = 0xC1 // sequential, as baseline
	exif     = 0xE1
	scan     = 0xDA // the pixels begin
)

// segments are those of a JPEG before its pixels, by marker; none of any other file.
func segments(body []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		rest, ok := bytes.CutPrefix(body, []byte{0xFF, 0xD8})
		for ok && len(rest) >= 4 && rest[0] == 0xFF {
			marker, size := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
			if marker == 0xFF { // padding
				rest = rest[1:]
				continue
			}
			if marker == scan || size < 2 || len(rest) < 2+size || !yield(marker, rest[4:2+size]) {
				return
			}
			rest = rest[2+size:]
		}
	}
}

// orientation is the one the camera wrote beside the pixels (Exif tag 0x0112), 1 to 8; 1, upright, when there is none.
// Phones turn their pictures before they send them; this is for those that do not.
func orientation(body []byte) int {
	for marker, segment := range segments(body) {
		if marker != exif {
			continue
		}
		if o := exifOrientation(segment); o > 0 {
			return o
		}
	}
	return 1
}

// exifOrientation reads the tag from the first directory of an Exif segment, 0 when it is not there.
func exifOrientation(segment []byte) int {
	tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := order.Uint32(tiff[4:])
	if uint64(at)+2 > uint64(len(tiff)) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 0
		}
		if o := order.Uint16(entries[8:]); order.Uint16(entries) == 0x0112 && o >= 1 && o <= 8 {
			return int(o)
		}
		entries = entries[12:]
	}
	return 0
}

// upright turns and mirrors a picture as its orientation says.
func upright(img image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return img
	}
	from := img.Bounds()
	w, h := from.Dx(), from.Dy()
	if orientation >= 5 { // lies on its side
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := source(orientation, x, y, from.Dx(), from.Dy())
			out.Set(x, y, img.At(from.Min.X+sx, from.Min.Y+sy))
		}
	}
	return out
}

// source is where the pixel at x, y of the upright picture stands in the one of w by h pixels that was sent.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5: // mirrored, on its side
		return y, x
	case 6: // turned left: the top is at the right
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	}
	return w - 1 - y, x // 8
}
