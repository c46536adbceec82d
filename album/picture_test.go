package album_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"huifang/album"
)

// drawn is a JPEG whose left upper quarter is red and the rest white.
func drawn(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{220, 0, 0, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegments puts segments behind the first marker of a JPEG.
func withSegments(body []byte, parts ...[]byte) []byte {
	out := bytes.Clone(body[:2])
	for _, p := range parts {
		out = append(out, p...)
	}
	return append(out, body[2:]...)
}

func segment(marker byte, payload []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xFF, marker}, uint16(len(payload)+2)), payload...)
}

// exif is a segment with an orientation and, as a camera would, a position in plain text behind it.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	mark := "II*\x00"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		mark = "MM\x00*"
	}
	b := order.AppendUint32([]byte("Exif\x00\x00"+mark), 8)
	b = order.AppendUint16(b, 1)
	b = order.AppendUint16(b, 0x0112)
	b = order.AppendUint16(b, 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, orientation)
	return segment(0xE1, append(b, "\x00\x00GPS 36.65,117.12"...))
}

func TestWhatComesBesideThePixelsIsGone(t *testing.T) {
	body := withSegments(drawn(t, 640, 480), exif(binary.BigEndian, 1), segment(0xFE, []byte("GPS 36.65,117.12")))
	body = append(body, "GPS 36.65,117.12 behind the end"...)
	p, err := album.Develop(body)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][]byte{"picture": p.Full, "thumbnail": p.Thumb} {
		if bytes.Contains(got, []byte("GPS")) || bytes.Contains(got, []byte("Exif")) {
			t.Errorf("the %s still tells where it was taken", name)
		}
	}
	full, small := size(t, p.Full), size(t, p.Thumb)
	if p.Width != 640 || p.Height != 480 || full != image.Pt(640, 480) || small != image.Pt(320, 240) {
		t.Errorf("%d×%d, kept %v and %v", p.Width, p.Height, full, small)
	}
}

func size(t *testing.T, body []byte) image.Point {
	t.Helper()
	c, err := jpeg.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return image.Pt(c.Width, c.Height)
}

// The red quarter stands left above in the file; where the orientation says that the top is elsewhere, it moves there.
func TestPicturesStandUpright(t *testing.T) {
	for orientation, want := range map[uint16]struct{ right, below, turned bool }{
		0: {}, 1: {}, 2: {right: true}, 3: {right: true, below: true}, 4: {below: true}, 9: {},
		5: {turned: true}, 6: {right: true, turned: true}, 7: {right: true, below: true, turned: true}, 8: {below: true, turned: true},
	} {
		for name, order := range map[string]binary.AppendByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian} {
			p, err := album.Develop(withSegments(drawn(t, 64, 32), exif(order, orientation)))
			if err != nil {
				t.Fatal(err)
			}
			if turned := p.Height > p.Width; turned != want.turned {
				t.Errorf("orientation %d (%s): %d×%d", orientation, name, p.Width, p.Height)
			}
			x, y := p.Width/4, p.Height/4
			if want.right {
				x = p.Width * 3 / 4
			}
			if want.below {
				y = p.Height * 3 / 4
			}
			img, err := jpeg.Decode(bytes.NewReader(p.Full))
			if err != nil {
				t.Fatal(err)
			}
			if _, g, _, _ := img.At(x, y).RGBA(); g > 0x8000 {
				t.Errorf("orientation %d (%s): not red at %d,%d", orientation, name, x, y)
			}
		}
	}
}

func TestSmallPicturesAreTheirOwnThumbnail(t *testing.T) {
	for _, want := range []image.Point{{1, 1}, {320, 10}, {16, 320}} {
		p, err := album.Develop(drawn(t, want.X, want.Y))
		if err != nil || size(t, p.Thumb) != want {
			t.Errorf("%v became %v, %v", want, size(t, p.Thumb), err)
		}
	}
	if p, err := album.Develop(drawn(t, 4000, 3)); err != nil || size(t, p.Thumb) != image.Pt(320, 1) {
		t.Errorf("a ribbon: %v, %v", size(t, p.Thumb), err)
	}
}

// bomb is a small file whose header promises many pixels.
func bomb(t *testing.T, w, h uint16) []byte {
	body := drawn(t, 16, 16)
	at := bytes.Index(body, []byte{0xFF, 0xC0}) + 5
	binary.BigEndian.PutUint16(body[at:], h)
	binary.BigEndian.PutUint16(body[at+2:], w)
	return body
}

func webp(chunks ...string) []byte {
	body := "WEBP"
	for _, c := range chunks {
		body += c
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func chunk(name string, payload ...byte) string {
	return name + string(binary.LittleEndian.AppendUint32(nil, uint32(len(payload)))) + string(payload)
}

func TestWhatIsNoPhoto(t *testing.T) {
	var aPNG bytes.Buffer
	if err := png.Encode(&aPNG, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	whole := drawn(t, 64, 64)
	progressive := bomb(t, 4000, 3000)
	progressive[bytes.Index(progressive, []byte{0xFF, 0xC0})+1] = 0xC2
	for name, tt := range map[string]struct {
		body []byte
		want error
	}{
		"nothing":                        {nil, album.ErrNoImage},
		"text":                           {[]byte("hello"), album.ErrNoImage},
		"another format":                 {aPNG.Bytes(), album.ErrNoImage},
		"a header and no more":           {whole[:2], album.ErrNoImage},
		"half a photo":                   {whole[:len(whole)/2], album.ErrNoImage},
		"a page that begins as one":      {append([]byte{0xFF, 0xD8, 0xFF}, "<script>"...), album.ErrNoImage},
		"more pixels than any phone has": {bomb(t, 65000, 65000), album.ErrTooBig},
		"21 megapixels":                  {bomb(t, 5250, 4000), album.ErrTooBig},
		"a progressive one of 12":        {progressive, album.ErrTooBig},
		"no pixels":                      {bomb(t, 0, 100), album.ErrNoImage},
		"half a WebP":                    {webp("VP8 "), album.ErrNoImage},
		"a WebP with a small canvas and a huge frame": {
			webp(chunk("VP8X", 0, 0, 0, 0, 9, 0, 0, 9, 0, 0), chunk("VP8 ", 0, 0, 0, 0x9D, 1, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F)), album.ErrTooBig},
		"and a huge frame without loss": {
			webp(chunk("VP8X", 0, 0, 0, 0, 9, 0, 0, 9, 0, 0), chunk("VP8L", 0x2F, 0xFF, 0xFF, 0xFF, 0x0F, 0)), album.ErrTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := album.Develop(tt.body); !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
		})
	}
}

// tiny is a WebP of one white pixel without loss.
var tiny = webp(chunk("VP8L", 0x2F, 0, 0, 0, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xFE, 0x07, 0))

func TestAWebPBecomesAJPEG(t *testing.T) {
	p, err := album.Develop(tiny)
	if err != nil || p.Width != 1 || p.Height != 1 || size(t, p.Full) != image.Pt(1, 1) {
		t.Errorf("%d×%d, %v", p.Width, p.Height, err)
	}
}

func FuzzDevelop(f *testing.F) {
	f.Add(drawn(f, 8, 8))
	f.Add(withSegments(drawn(f, 8, 8), exif(binary.BigEndian, 6), segment(0xFE, []byte("GPS"))))
	f.Add(withSegments(drawn(f, 8, 8), exif(binary.LittleEndian, 5)))
	f.Add(tiny)
	f.Fuzz(func(t *testing.T, body []byte) {
		if c, err := jpeg.DecodeConfig(bytes.NewReader(body)); err == nil && c.Width*c.Height > 1<<16 {
			t.Skip("large ones only take time")
		}
		p, err := album.Develop(body)
		if err != nil {
			if !errors.Is(err, album.ErrNoImage) && !errors.Is(err, album.ErrTooBig) {
				t.Fatal(err)
			}
			return
		}
		if full := size(t, p.Full); full != image.Pt(p.Width, p.Height) {
			t.Fatalf("kept %v of %d×%d", full, p.Width, p.Height)
		}
		if small := size(t, p.Thumb); max(small.X, small.Y) > 320 {
			t.Fatalf("a thumbnail of %v", small)
		}
	})
}
