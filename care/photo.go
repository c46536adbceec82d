package care

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"huifang/album"
	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Limits of photos.
const (
	// MaxPhoto is how large a photo may be, in bytes; the app makes them smaller.
	MaxPhoto = 1 << 20
	// maxPhotos of one contact.
	maxPhotos = 9
)

// PhotoPiece is a part of a photo, or all of it. An empty one asks how far the photo has come.
type PhotoPiece struct {
	ID      id.ID // of the photo, made by the phone
	LogID   id.ID // the contact it belongs to, which the server must have
	TakenAt time.Time
	Total   int // bytes of the whole
	SHA256  [sha256.Size]byte
	Offset  int
	Body    []byte
}

// PhotoProgress is how far a photo has come.
type PhotoProgress struct {
	ID      id.ID
	Next    int  // the offset of the next piece
	Done    bool // it is kept for good
	Receipt string
}

// AddPhotoPiece takes a part of a photo of a contact the viewer made. Pieces may come again, overlap, and come in a
// later session; one that leaves a gap is not taken, and the answer says what to send. With the last byte the photo is
// checked, drawn anew without anything beside its pixels, and kept for good: then Done and, for a known device, Receipt.
//
// CONFLICT when the contact is not here yet, and by rule "content" when the key names another photo; REFUSED beyond nine photos of a contact,
// INVALID for what is no photo or whose hash is another: then it begins anew from offset 0.
func (s *Service) AddPhotoPiece(ctx context.Context, in PhotoPiece) (PhotoProgress, error) {
	v, err := auth.Authorize(ctx, auth.PushWork)
	if err != nil {
		return PhotoProgress{}, err
	}
	if err := in.check(); err != nil {
		return PhotoProgress{}, err
	}
	u := upload{Service: s, v: v, in: in}
	err = s.Store.Read(ctx, u.look)
	switch {
	case err != nil:
		return PhotoProgress{}, err
	case u.kept:
		return u.done()
	}
	return u.take(ctx)
}

func (in PhotoPiece) check() error {
	switch {
	case in.ID.IsZero():
		return Invalid("id", "make a UUIDv7 for the photo").By("required")
	case in.LogID.IsZero():
		return Invalid("log", "name the contact").By("required")
	case in.TakenAt.IsZero():
		return Invalid("takenAt", "say when it was taken").By("required")
	case in.Total < 1 || in.Total > MaxPhoto:
		return Invalid("total", "1 to %d bytes", MaxPhoto).By("range")
	case in.Offset < 0 || in.Offset > in.Total:
		return Invalid("offset", "0 to total").By("range")
	case in.Offset+len(in.Body) > in.Total:
		return Invalid("offset", "the piece ends behind total").By("range")
	}
	return nil
}

// upload is one piece being taken.
type upload struct {
	*Service
	v    auth.Viewer
	in   PhotoPiece
	log  models.ContactLog
	kept bool // the photo is there already
	// epoch of the company, for the receipt.
	epoch id.ID
}

// look reads what the photo is for, and whether it is there already.
func (u *upload) look(tx *models.Tx) error {
	company, err := tx.Company()
	if err != nil {
		return err
	}
	u.epoch = company.Epoch
	if u.kept, err = u.before(tx); err != nil || u.kept {
		return err
	}
	// The author's own contact, also when the account has gone to somebody else since. That of another says the same as
	// one that does not exist.
	u.log, err = tx.Log(auth.System(), u.in.LogID)
	if errors.Is(err, models.ErrNotFound) || err == nil && u.log.UserID != u.v.User {
		return Conflict("the contact of this photo is not here: send it first")
	}
	if err != nil {
		return err
	}
	n, err := tx.PhotosOfLog(u.in.LogID)
	if err == nil && n >= maxPhotos {
		err = Refused("D10", "a contact has at most %d photos", maxPhotos)
	}
	return err
}

// before tells whether the photo was kept before: CONFLICT when its key names another.
func (u *upload) before(tx *models.Tx) (bool, error) {
	p, err := tx.PhotoMade(u.in.ID)
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}
	if err == nil && (p.UserID != u.v.User || p.LogID != u.in.LogID || !bytes.Equal(p.SHA256, u.in.SHA256[:])) {
		err = otherPhoto()
	}
	return err == nil, err
}

// take adds the piece to those that have come.
func (u *upload) take(ctx context.Context) (PhotoProgress, error) {
	to := album.Upload{User: u.v.User, Photo: u.in.ID, Total: u.in.Total, SHA256: u.in.SHA256}
	have, err := u.Album.Staged(ctx, to)
	if err != nil {
		return PhotoProgress{}, staged(err)
	}
	all, fresh, err := u.join(have)
	switch {
	case err != nil:
		return PhotoProgress{}, err
	case len(all) == u.in.Total:
		return u.finish(ctx, to, all)
	case len(fresh) > 0:
		err = u.Album.Stage(ctx, to, len(have), fresh)
	}
	return PhotoProgress{ID: u.in.ID, Next: len(all)}, staged(err)
}

// join puts the piece behind what has come; fresh is the part of it that is new.
func (u *upload) join(have []byte) (all, fresh []byte, err error) {
	if u.in.Offset > len(have) {
		return have, nil, nil // a gap: the answer says where to go on
	}
	again := min(len(have)-u.in.Offset, len(u.in.Body))
	if !bytes.Equal(have[u.in.Offset:u.in.Offset+again], u.in.Body[:again]) {
		return nil, nil, otherPhoto()
	}
	fresh = u.in.Body[again:]
	return append(have, fresh...), fresh, nil
}

// otherPhoto says that the key names another photo. Unlike a contact that is not here yet, that stays so.
func otherPhoto() *Error { return otherContent("photo").By("content") }

func staged(err error) error {
	switch {
	case errors.Is(err, album.ErrOther):
		return otherPhoto()
	case errors.Is(err, album.ErrTooMany):
		return Limited("photos", "too many photos are half sent: finish those first")
	}
	return err
}

// finish keeps a photo that is whole: first its bytes, then the row that says so.
func (u *upload) finish(ctx context.Context, to album.Upload, all []byte) (PhotoProgress, error) {
	picture, err := u.develop(ctx, all)
	if err != nil {
		return PhotoProgress{}, errors.Join(err, u.unstage(ctx, to))
	}
	if err := u.Album.Keep(ctx, album.Key{Account: u.log.AccountID, Photo: u.in.ID}, picture); err != nil {
		return PhotoProgress{}, err
	}
	add := func(tx *models.Tx) error { return u.add(tx, picture) }
	err = u.Store.Write(ctx, add)
	if errors.Is(err, errTwin) {
		err = u.Store.Write(ctx, add)
	}
	if err != nil {
		return PhotoProgress{}, err
	}
	if err := u.unstage(ctx, to); err != nil { // swept in a week
		u.Log.WarnContext(ctx, "the pieces of a photo stay for now", "error", err)
	}
	return u.done()
}

func (u *upload) unstage(ctx context.Context, to album.Upload) error {
	return u.Album.Unstage(context.WithoutCancel(ctx), to)
}

func (u *upload) develop(ctx context.Context, all []byte) (album.Picture, error) {
	if sha256.Sum256(all) != u.in.SHA256 {
		return album.Picture{}, Invalid("sha256", "what came has another hash: send it from the beginning").By("hash")
	}
	picture, err := u.Album.Develop(ctx, all)
	if errors.Is(err, album.ErrNoImage) || errors.Is(err, album.ErrTooBig) {
		return picture, Invalid("body", "%w", err).By("picture")
	}
	return picture, err
}

// add writes the row of a photo whose bytes are kept. The account is locked: two at once are counted one after the other.
func (u *upload) add(tx *models.Tx, p album.Picture) error {
	if _, err := tx.LockAccount(auth.System(), u.log.AccountID); err != nil {
		return missing(err, "account")
	}
	if err := u.look(tx); err != nil || u.kept {
		return err
	}
	taken := u.in.TakenAt.UTC().Truncate(time.Millisecond)
	if taken.After(tx.Now) { // a phone's clock may be wrong; the photo is none the worse
		taken = tx.Now
	}
	err := tx.AddPhoto(&models.Photo{
		ID: u.in.ID, LogID: u.log.ID, AccountID: u.log.AccountID, UserID: u.v.User, TakenAt: taken, Width: p.Width,
		Height: p.Height, Bytes: len(p.Full), SHA256: u.in.SHA256[:], Type: "image/jpeg", CreatedAt: tx.Now,
	})
	if errors.Is(err, models.ErrConflict) {
		return errTwin
	}
	if err != nil {
		return err
	}
	return tx.AddAudit(deed(u.v, "ADD_PHOTO", "photos", u.in.ID, u.log.AccountID, nil))
}

// done is the answer for a photo that is kept. Its receipt covers the hash of what the phone sent.
func (u *upload) done() (PhotoProgress, error) {
	out := PhotoProgress{ID: u.in.ID, Next: u.in.Total, Done: true}
	if u.v.Device.IsZero() {
		return out, nil
	}
	key, err := u.receiptKey(u.v.User, u.v.Device)
	if err != nil {
		return out, fmt.Errorf("make the receipt of a photo: %w", err)
	}
	out.Receipt = receipt(key, CommandAnswer{ID: u.in.ID, Status: Applied}, u.in.SHA256[:], u.epoch)
	return out, nil
}
