package album

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"gocloud.dev/blob"

	"huifang/id"
)

// Upload is a photo on its way: who sends it, its key, and what it will be when it is whole.
type Upload struct {
	User, Photo id.ID
	Total       int      // bytes
	SHA256      [32]byte // of all of them
}

var (
	// ErrOther says that pieces of other content have come under the key of an upload.
	ErrOther = errors.New("other content under the same key")
	// ErrTooMany says that a user has too many photos on the way.
	ErrTooMany = errors.New("too many photos are half sent")
)

const (
	staging = "staging/"
	// staleAfter is how long the pieces of a photo that was never finished are kept.
	staleAfter = 7 * 24 * time.Hour
	// mostPieces of one user lie here at a time.
	mostPieces = 200
)

func (u Upload) user() string { return staging + u.User.String() + "/" }

// The pieces of a photo are staging/<user>/<photo>/<sha256>-<total>/<offset>: the name says what they are pieces of.
func (u Upload) photo() string { return u.user() + u.Photo.String() + "/" }

func (u Upload) folder() string {
	return u.photo() + hex.EncodeToString(u.SHA256[:]) + "-" + strconv.Itoa(u.Total) + "/"
}

func (u Upload) piece(offset int) string { return u.folder() + fmt.Sprintf("%08d", offset) }

// Staged are the bytes of an upload that have come, from the first on without a gap. ErrOther when those that came are
// of something else.
func (a *Album) Staged(ctx context.Context, u Upload) ([]byte, error) {
	keys, err := a.list(ctx, u.photo())
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(keys, func(k string) bool { return !strings.HasPrefix(k, u.folder()) }) {
		return nil, ErrOther
	}
	var all []byte
	for _, key := range keys { // in the order of their offsets
		offset, err := strconv.Atoi(strings.TrimPrefix(key, u.folder()))
		if err != nil || offset > len(all) {
			break // a gap: whatever lies behind is sent again
		}
		body, err := a.read(ctx, key)
		if err != nil {
			return nil, err
		}
		if skip := len(all) - offset; skip < len(body) {
			all = append(all, body[skip:]...)
		}
	}
	return all, nil
}

// Stage keeps a piece of an upload. It need not outlive a power cut: what is lost is sent again. ErrTooMany when the user
// has many pieces here.
func (a *Album) Stage(ctx context.Context, u Upload, offset int, body []byte) error {
	pieces, err := a.list(ctx, u.user())
	if err != nil {
		return err
	}
	if len(pieces) >= mostPieces {
		return ErrTooMany
	}
	if err := a.bucket.WriteAll(ctx, u.piece(offset), body, nil); err != nil {
		return fmt.Errorf("keep a piece of a photo: %w", err)
	}
	return nil
}

// Unstage forgets the pieces of an upload.
func (a *Album) Unstage(ctx context.Context, u Upload) error {
	keys, err := a.list(ctx, u.photo())
	if err != nil {
		return err
	}
	return a.forget(ctx, keys)
}

// Sweep forgets the pieces of photos that were never finished: those older than a week. It tells how many.
func (a *Album) Sweep(ctx context.Context, now time.Time) (int, error) {
	var stale []string
	err := a.each(ctx, staging, func(o *blob.ListObject) {
		if now.Sub(o.ModTime) > staleAfter {
			stale = append(stale, o.Key)
		}
	})
	if err != nil {
		return 0, err
	}
	return len(stale), a.forget(ctx, stale)
}

func (a *Album) forget(ctx context.Context, keys []string) error {
	var failed []error
	for _, key := range keys {
		if err := a.bucket.Delete(ctx, key); err != nil && !isMissing(err) {
			failed = append(failed, fmt.Errorf("forget a piece of a photo: %w", err))
		}
	}
	return errors.Join(failed...)
}

func (a *Album) list(ctx context.Context, prefix string) ([]string, error) {
	var keys []string
	err := a.each(ctx, prefix, func(o *blob.ListObject) { keys = append(keys, o.Key) })
	slices.Sort(keys)
	return keys, err
}

func (a *Album) each(ctx context.Context, prefix string, f func(*blob.ListObject)) error {
	for it := a.bucket.List(&blob.ListOptions{Prefix: prefix}); ; {
		o, err := it.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("list photos: %w", err)
		}
		f(o)
	}
}
