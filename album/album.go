// Package album keeps the bytes of photos: in a folder, or in a bucket of an S3-compatible service. It knows keys and
// bytes; whose they are and who may see them is decided in care.
package album

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/s3blob" // s3://bucket?region=…&endpoint=…
	"gocloud.dev/gcerrors"

	"huifang/id"
)

// ErrMissing says that there are no such bytes.
var ErrMissing = errors.New("no such photo is kept")

// Album is where photos are kept. It is safe for concurrent use.
type Album struct {
	bucket *blob.Bucket
	folder string // "" in a bucket of a service
	// room bounds how many pictures unfold at once: each may take a hundred megabytes.
	room chan struct{}
}

// atOnce is how many pictures unfold at once.
const atOnce = 2

// Open opens the album at a place: a folder, made when it is missing, or the URL of a bucket such as
// s3://photos?region=cn-north-1&endpoint=https://…&use_path_style=true.
func Open(ctx context.Context, place string) (*Album, error) {
	if strings.Contains(place, "://") {
		bucket, err := blob.OpenBucket(ctx, place)
		if err != nil {
			return nil, fmt.Errorf("open the bucket of the photos: %w", err)
		}
		return &Album{bucket: bucket, room: make(chan struct{}, atOnce)}, nil
	}
	bucket, err := fileblob.OpenBucket(place, &fileblob.Options{
		CreateDir: true, DirFileMode: 0o700, NoTempDir: true, Metadata: fileblob.MetadataDontWrite,
	})
	if err != nil {
		return nil, fmt.Errorf("open the folder of the photos: %w", err)
	}
	return &Album{bucket: bucket, folder: place, room: make(chan struct{}, atOnce)}, nil
}

// Close lets go of the place.
func (a *Album) Close() error { return a.bucket.Close() }

// Key names a photo. The account comes first, so that all of an account can be found and erased by its prefix.
type Key struct{ Account, Photo id.ID }

func (k Key) full() string  { return k.name("full") }
func (k Key) thumb() string { return k.name("thumb") }

func (k Key) name(size string) string {
	return "accounts/" + k.Account.String() + "/" + k.Photo.String() + "." + size + ".jpg"
}

// Develop is the function of this name, a few at a time.
func (a *Album) Develop(ctx context.Context, body []byte) (Picture, error) {
	select {
	case a.room <- struct{}{}:
		defer func() { <-a.room }()
		return Develop(body)
	case <-ctx.Done():
		return Picture{}, ctx.Err()
	}
}

// Keep keeps a picture for good: when it returns nil, the bytes outlive a power cut.
func (a *Album) Keep(ctx context.Context, k Key, p Picture) error {
	if err := a.write(ctx, k.full(), p.Full); err != nil {
		return err
	}
	return a.write(ctx, k.thumb(), p.Thumb)
}

// Full are the bytes of a photo as they were kept, a JPEG; ErrMissing when there are none.
func (a *Album) Full(ctx context.Context, k Key) ([]byte, error) { return a.read(ctx, k.full()) }

// Thumb is the small picture of a photo, a JPEG; ErrMissing when there is none.
func (a *Album) Thumb(ctx context.Context, k Key) ([]byte, error) { return a.read(ctx, k.thumb()) }

func (a *Album) read(ctx context.Context, key string) ([]byte, error) {
	body, err := a.bucket.ReadAll(ctx, key)
	if isMissing(err) {
		return nil, ErrMissing
	}
	if err != nil {
		return nil, fmt.Errorf("read a photo: %w", err)
	}
	return body, nil
}

func isMissing(err error) bool { return gcerrors.Code(err) == gcerrors.NotFound }

func (a *Album) write(ctx context.Context, key string, body []byte) error {
	if err := a.bucket.WriteAll(ctx, key, body, &blob.WriterOptions{ContentType: mediaType}); err != nil {
		return fmt.Errorf("keep a photo: %w", err)
	}
	return a.settle(key)
}

// settle makes a file of a folder outlive a power cut. The library renames files into place without asking the disk.
func (a *Album) settle(key string) error {
	if a.folder == "" {
		return nil
	}
	for path := key; path != "."; path = filepath.Dir(path) {
		if err := flush(filepath.Join(a.folder, path)); err != nil {
			return fmt.Errorf("keep a photo: %w", err)
		}
	}
	return flush(a.folder)
}

func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
