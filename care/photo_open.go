package care

import (
	"context"
	"errors"
	"fmt"

	"huifang/album"
	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// OpenPhoto is a photo of a contact of an account the viewer sees, a JPEG. A look at one somebody else took is written
// down, as a look at their notes is (D23).
func (s *Service) OpenPhoto(ctx context.Context, photo id.ID) ([]byte, error) {
	var p models.Photo
	err := s.write(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		if p, err = tx.Photo(v.Scope(), photo); err != nil || p.UserID == v.User {
			return missing(err, "photo")
		}
		return tx.AddAudit(deed(v, "LOOK_PHOTO", "photos", p.ID, p.AccountID, nil))
	})
	if err != nil {
		return nil, err
	}
	return kept(s.Album.Full(ctx, album.Key{Account: p.AccountID, Photo: p.ID}))
}

// OpenThumb is a photo of a contact of an account the viewer sees, too small to tell a secret, a JPEG.
func (s *Service) OpenThumb(ctx context.Context, photo id.ID) ([]byte, error) {
	var p models.Photo
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		p, err = tx.Photo(v.Scope(), photo)
		return missing(err, "photo")
	})
	if err != nil {
		return nil, err
	}
	return kept(s.Album.Thumb(ctx, album.Key{Account: p.AccountID, Photo: p.ID}))
}

// kept: a row without bytes is a fault of ours, such as a database put back without its photos.
func kept(body []byte, err error) ([]byte, error) {
	if errors.Is(err, album.ErrMissing) {
		return nil, fmt.Errorf("the database knows of this photo, the photos folder does not: %w", err)
	}
	return body, err
}

// sweepPhotos forgets the pieces of photos that were never finished.
func (s *Service) sweepPhotos(ctx context.Context) error {
	if s.Album == nil {
		return nil
	}
	n, err := s.Album.Sweep(ctx, s.Store.Now())
	if n > 0 {
		s.Log.InfoContext(ctx, "forgot pieces of photos that were never finished", "pieces", n)
	}
	return err
}
