package album

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"

	"golang.org/x/image/draw"
)

// Picture is a photo as it is kept: drawn anew, so that nothing of what came beside the pixels (position, maker, a
// hidden second file) is kept with it.
type Picture struct {
	Full, Thumb   []byte // JPEG
	Width, Height int
}

const (
	mediaType = "image/jpeg"
	// mostPixels bounds what a small file may unfold to.
	mostPixels      = 20_000_000
	mostProgressive = 8_000_000
	// thumbSide is the longer side of a thumbnail.
	thumbSide    = 320
	fullQuality  = 85
	thumbQuality = 75
)

// What a photo may not be.
var (
	ErrNoImage = errors.New("not a JPEG or WebP picture")
	ErrTooBig  = fmt.Errorf("more than %d megapixels, or %d of a progressive JPEG", mostPixels/1_000_000, mostProgressive/1_000_000)
)

// Develop reads a photo and draws it anew, upright. ErrNoImage and ErrTooBig say what is wrong with it. It takes memory
// in proportion to the pixels: let few run at once.
func Develop(body []byte) (Picture, error) {
	img, err := decode(body)
	if err != nil {
		return Picture{}, err
	}
	img = upright(img, orientation(body))
	size := img.Bounds().Size()
	full, err := encode(img, fullQuality)
	if err != nil {
		return Picture{}, err
	}
	thumb, err := encode(shrunk(img), thumbQuality)
	return Picture{Full: full, Thumb: thumb, Width: size.X, Height: size.Y}, err
}

// decode unfolds the pixels once the headers have said how many there are.
func decode(body []byte) (image.Image, error) {
	if isWebP(body) {
		return decodeWebP(body)
	}
	c, err := jpeg.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return nil, ErrNoImage
	}
	if err := fits(c.Width, c.Height, mostOf(body)); err != nil {
		return nil, err
	}
	return known(jpeg.Decode(bytes.NewReader(body)))
}

// fits tells whether so many pixels may be unfolded.
func fits(width, height, most int) error {
	switch {
	case width < 1 || height < 1:
		return ErrNoImage
	case width > most/height:
		return ErrTooBig
	}
	return nil
}

// mostOf is for how many pixels there is room: those of a progressive JPEG take eight times the memory, and what is not
// surely baseline counts as one.
func mostOf(body []byte) int {
	for marker := range segments(body) {
		if marker == baseline || marker == extended {
			return mostPixels
		}
	}
	return mostProgressive
}

func known(img image.Image, err error) (image.Image, error) {
	if err != nil {
		return nil, ErrNoImage
	}
	return img, nil
}

func encode(img image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return b.Bytes(), nil
}

// shrunk is the picture as a thumbnail; a smaller one stays as it is.
func shrunk(img image.Image) image.Image {
	size := img.Bounds().Size()
	longer := max(size.X, size.Y)
	if longer <= thumbSide {
		return img
	}
	to := image.Rect(0, 0, max(1, size.X*thumbSide/longer), max(1, size.Y*thumbSide/longer))
	small := image.NewRGBA(to)
	draw.CatmullRom.Scale(small, to, img, img.Bounds(), draw.Src, nil)
	return small
}
