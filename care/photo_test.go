package care_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"huifang/album"
	"huifang/auth"
	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
)

// photographer is a world with an album, and a contact of the rep to take photos of.
type photographer struct {
	*world
	log models.ContactLog
}

func onEachAlbum(t *testing.T, body func(*testing.T, *photographer)) {
	t.Helper()
	onEach(t, func(t *testing.T, w *world) {
		a, err := album.Open(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { a.Close() })
		w.Album, w.Log = a, slog.New(slog.DiscardHandler)
		body(t, &photographer{w, w.log(w.Rep, w.visit(w.Own))})
	})
}

// snapshot is a JPEG like no other of another seed.
func snapshot(t *testing.T, seed uint64) []byte {
	t.Helper()
	img, noise := image.NewRGBA(image.Rect(0, 0, 400, 300)), rand.New(rand.NewPCG(seed, 0))
	for y := range 300 {
		for x := range 400 {
			img.SetRGBA(x, y, color.RGBA{uint8(noise.Uint32()), uint8(x), uint8(y), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// piece is the part of a photo from one byte to another.
func (p *photographer) piece(photo id.ID, body []byte, from, to int) care.PhotoPiece {
	return care.PhotoPiece{
		ID: photo, LogID: p.log.ID, TakenAt: p.clock.Now().Add(-time.Minute), Total: len(body), SHA256: sha256.Sum256(body),
		Offset: from, Body: body[from:to],
	}
}

func (p *photographer) send(u models.User, in care.PhotoPiece) care.PhotoProgress {
	p.t.Helper()
	return got[care.PhotoProgress](p.t)(p.AddPhotoPiece(p.as(u), in))
}

func (p *photographer) photos() []models.Photo {
	p.t.Helper()
	var rows []models.Photo
	p.write(func(tx *models.Tx) error {
		of, err := tx.PhotosOfLogs([]id.ID{p.log.ID})
		rows = of[p.log.ID]
		return err
	})
	return rows
}

func TestAPhotoComesInPiecesAndOnce(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body, photo := snapshot(t, 1), p.key()
		third := len(body) / 3
		for _, step := range []struct {
			name     string
			from, to int
			next     int
			done     bool
		}{
			{"an empty piece asks", 0, 0, 0, false},
			{"the first", 0, third, third, false},
			{"the first again", 0, third, third, false},
			{"one that leaves a gap is not taken", 2 * third, len(body), third, false},
			{"after a cut the phone asks", third, third, third, false},
			{"the second, from before where it was cut", third / 2, 2 * third, 2 * third, false},
			{"the last", 2 * third, len(body), len(body), true},
			{"the last again", 2 * third, len(body), len(body), true},
			{"all of it again", 0, len(body), len(body), true},
		} {
			if g := p.send(p.Rep, p.piece(photo, body, step.from, step.to)); g.Next != step.next || g.Done != step.done || g.ID != photo {
				t.Fatalf("%s: %+v", step.name, g)
			}
		}
		rows := p.photos()
		if len(rows) != 1 || rows[0].ID != photo || rows[0].Width != 400 || rows[0].Height != 300 || rows[0].AccountID != p.Own.ID ||
			!rows[0].TakenAt.Equal(p.clock.Now().Add(-time.Minute)) || rows[0].UserID != p.Rep.ID {
			t.Errorf("photos %+v", rows)
		}
		full, err := p.OpenPhoto(p.as(p.Rep), photo)
		if err != nil || len(full) != rows[0].Bytes {
			t.Errorf("kept %d bytes, the row says %d (%v)", len(full), rows[0].Bytes, err)
		}
		if n := p.audited(p.Own.ID, "ADD_PHOTO"); n != 1 {
			t.Errorf("audited %d times", n)
		}
	})
}

func TestOnePhotoInOnePiece(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body := snapshot(t, 1)
		in := p.piece(p.key(), body, 0, len(body))
		in.TakenAt = p.clock.Now().Add(48 * time.Hour) // a phone whose clock is wrong
		if g := p.send(p.Rep, in); !g.Done || g.Receipt != "" {
			t.Errorf("%+v: a session without a device has no receipts", g)
		}
		if rows := p.photos(); len(rows) != 1 || !rows[0].TakenAt.Equal(p.clock.Now()) {
			t.Errorf("photos %+v", rows)
		}
	})
}

func TestPhotosThatAreRefused(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body, other := snapshot(t, 1), snapshot(t, 2)
		whole := func(change func(*care.PhotoPiece)) care.PhotoPiece {
			in := p.piece(p.key(), body, 0, len(body))
			change(&in)
			return in
		}
		text := bytes.Repeat([]byte("no photo"), 100)
		kept := whole(func(*care.PhotoPiece) {})
		p.send(p.Rep, kept)
		half := p.piece(p.key(), body, 0, 1000)
		p.send(p.Rep, half)
		others := p.log
		p.log = p.world.log(p.Colleague, p.visit(p.Colleagues))
		foreign := p.piece(p.key(), body, 0, len(body))
		p.log = others
		for name, tt := range map[string]struct {
			as   models.User
			in   care.PhotoPiece
			code care.Code
		}{
			"of a contact that is not here yet":  {p.Rep, whole(func(in *care.PhotoPiece) { in.LogID = p.key() }), care.CodeConflict},
			"of somebody else's contact":         {p.Rep, foreign, care.CodeConflict},
			"of a contact of one's own rep":      {p.Supervisor, whole(func(*care.PhotoPiece) {}), care.CodeConflict},
			"nobody's":                           {models.User{}, whole(func(*care.PhotoPiece) {}), care.CodeUnauthenticated},
			"another's under a key that is kept": {p.Colleague, kept, care.CodeConflict},
			"other bytes under a key that is kept": {p.Rep, func() care.PhotoPiece {
				return p.piece(kept.ID, other, 0, len(other))
			}(), care.CodeConflict},
			"other bytes under a key half sent": {p.Rep, p.piece(half.ID, other, 1000, 2000), care.CodeConflict},
			"other bytes where some have come": {p.Rep, func() care.PhotoPiece {
				in := p.piece(half.ID, body, 0, 1000)
				in.Body = bytes.Repeat([]byte{1}, 1000)
				return in
			}(), care.CodeConflict},
			"with another hash": {p.Rep, whole(func(in *care.PhotoPiece) { in.SHA256[0]++ }), care.CodeInvalid},
			"not a picture":     {p.Rep, p.piece(p.key(), text, 0, len(text)), care.CodeInvalid},
			"without a key":     {p.Rep, whole(func(in *care.PhotoPiece) { in.ID = id.ID{} }), care.CodeInvalid},
			"without a contact": {p.Rep, whole(func(in *care.PhotoPiece) { in.LogID = id.ID{} }), care.CodeInvalid},
			"without a time":    {p.Rep, whole(func(in *care.PhotoPiece) { in.TakenAt = time.Time{} }), care.CodeInvalid},
			"of nothing":        {p.Rep, whole(func(in *care.PhotoPiece) { in.Total, in.Body = 0, nil }), care.CodeInvalid},
			"larger than a MB":  {p.Rep, whole(func(in *care.PhotoPiece) { in.Total = care.MaxPhoto + 1 }), care.CodeInvalid},
			"before its start":  {p.Rep, whole(func(in *care.PhotoPiece) { in.Offset = -1 }), care.CodeInvalid},
			"behind its end":    {p.Rep, whole(func(in *care.PhotoPiece) { in.Offset = 1 }), care.CodeInvalid},
			"far behind it":     {p.Rep, whole(func(in *care.PhotoPiece) { in.Offset, in.Body = in.Total+1, nil }), care.CodeInvalid},
		} {
			t.Run(name, func(t *testing.T) {
				ctx := p.as(tt.as)
				if tt.as.ID.IsZero() {
					ctx = t.Context()
				}
				_, err := p.AddPhotoPiece(ctx, tt.in)
				wantCode(t, err, tt.code)
			})
		}
		_, err := p.AddPhotoPiece(p.as(p.Rep), p.piece(kept.ID, other, 0, len(other)))
		if e := care.AsError(err); e.Rule != "content" { // for good, unlike a contact that is not here yet
			t.Errorf("%+v", e)
		}
		if rows := p.photos(); len(rows) != 1 {
			t.Errorf("%d photos are kept, want the good one", len(rows))
		}
	})
}

// After a refusal for its hash, a photo begins anew: nothing bad stays behind.
func TestABrokenPhotoCanBeSentAgain(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body, photo := snapshot(t, 1), p.key()
		broken := p.piece(photo, body, 0, 2000)
		broken.Body = bytes.Repeat([]byte{7}, 2000) // what a bad line made of it
		p.send(p.Rep, broken)
		_, err := p.AddPhotoPiece(p.as(p.Rep), p.piece(photo, body, 2000, len(body)))
		wantCode(t, err, care.CodeInvalid)
		if g := p.send(p.Rep, p.piece(photo, body, 0, 0)); g.Next != 0 {
			t.Errorf("goes on from %d", g.Next)
		}
		if g := p.send(p.Rep, p.piece(photo, body, 0, len(body))); !g.Done {
			t.Errorf("%+v", g)
		}
	})
}

func TestAContactHasNinePhotosAndNoMore(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body := snapshot(t, 1)
		for range 8 {
			p.send(p.Rep, p.piece(p.key(), body, 0, len(body)))
		}
		var both sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			in := p.piece(p.key(), body, 0, len(body))
			both.Go(func() { _, errs[i] = p.AddPhotoPiece(p.as(p.Rep), in) })
		}
		both.Wait()
		if len(p.photos()) != 9 || (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%d photos: %v, %v", len(p.photos()), errs[0], errs[1])
		}
		wantCode(t, errors.Join(errs...), care.CodeRefused)
	})
}

func TestTheSamePhotoTwiceAtOnceIsOne(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body := snapshot(t, 1)
		in := p.piece(p.key(), body, 0, len(body))
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if g, err := p.AddPhotoPiece(p.as(p.Rep), in); err != nil || !g.Done {
					t.Errorf("%+v, %v", g, err)
				}
			})
		}
		all.Wait()
		if n := len(p.photos()); n != 1 {
			t.Errorf("%d photos", n)
		}
	})
}

// The author delivers what was taken before, also when the account has gone to somebody else.
func TestPhotosOfAnAccountThatHasGone(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		in := p.visit(p.Former)
		in.StartedAt = p.clock.Now().Add(-30 * time.Hour)
		in.EndedAt = nil
		p.log = p.world.log(p.Rep, in)
		body, photo := snapshot(t, 1), p.key()
		if g := p.send(p.Rep, p.piece(photo, body, 0, len(body))); !g.Done {
			t.Fatalf("%+v", g)
		}
		_, err := p.OpenPhoto(p.as(p.Rep), photo)
		wantCode(t, err, care.CodeNotFound)
		if _, err := p.OpenPhoto(p.as(p.OtherRep), photo); err != nil {
			t.Error(err)
		}
	})
}

// A photo comes to every device with its contact, in the order taken.
func TestDevicesAreToldOfPhotos(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		first := got[care.Changes](t)(p.Changes(p.as(p.Rep), "", 1000))
		later, earlier := p.piece(p.key(), snapshot(t, 1), 0, 0), p.piece(p.key(), snapshot(t, 2), 0, 0)
		later.Body, earlier.Body = snapshot(t, 1), snapshot(t, 2)
		earlier.TakenAt = later.TakenAt.Add(-time.Hour)
		p.send(p.Rep, later)
		p.send(p.Rep, earlier)
		next := got[care.Changes](t)(p.Changes(p.as(p.Rep), first.Cursor, 1000))
		if len(next.Logs) != 1 || next.Logs[0].Log.ID != p.log.ID || len(next.Logs[0].Photos) != 2 ||
			next.Logs[0].Photos[0].ID != earlier.ID || next.Logs[0].Photos[1].ID != later.ID {
			t.Errorf("logs %+v", next.Logs)
		}
	})
}

func TestWhoSeesAPhoto(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body, photo := snapshot(t, 1), p.key()
		p.send(p.Rep, p.piece(photo, body, 0, len(body)))
		for name, tt := range map[string]struct {
			as   models.User
			sees bool
		}{
			"the author":              {p.Rep, true},
			"their supervisor":        {p.Supervisor, true},
			"the manager":             {p.Manager, true},
			"a colleague":             {p.Colleague, false},
			"a rep of another store":  {p.BranchRep, false},
			"another supervisor":      {p.BranchSupervisor, false},
			"an expert of no contact": {p.Expert, false},
			"the administrator":       {p.Admin, false},
		} {
			for size, open := range map[string]func(context.Context, id.ID) ([]byte, error){"full": p.OpenPhoto, "thumb": p.OpenThumb} {
				got, err := open(p.as(tt.as), photo)
				if tt.sees != (err == nil) || tt.sees != (len(got) > 0) {
					t.Errorf("%s, %s: %d bytes, %v", name, size, len(got), err)
				}
				if !tt.sees {
					wantCode(t, err, care.CodeNotFound)
				}
			}
		}
		if n := p.audited(p.Own.ID, "LOOK_PHOTO"); n != 2 {
			t.Errorf("%d looks are written down, want those of supervisor and manager", n)
		}
		_, err := p.OpenPhoto(p.as(p.Rep), p.key())
		wantCode(t, err, care.CodeNotFound)
	})
}

func TestAPhotoWithoutItsBytesIsAFaultOfOurs(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body, photo := snapshot(t, 1), p.key()
		p.send(p.Rep, p.piece(photo, body, 0, len(body)))
		empty, err := album.Open(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer empty.Close()
		p.Album = empty
		_, err = p.OpenPhoto(p.as(p.Rep), photo)
		wantCode(t, err, care.CodeInternal)
	})
}

// A device gets a receipt that anybody with its key can check, the same each time; a delivery token is enough.
func TestTheReceiptOfAPhoto(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		body, photo, device := snapshot(t, 1), p.key(), p.key()
		v := modelstest.Viewer(p.Rep)
		v.Device = device
		first, err := p.AddPhotoPiece(auth.With(t.Context(), v), p.piece(photo, body, 0, len(body)))
		if err != nil {
			t.Fatal(err)
		}
		v.Delivering = true
		again, err := p.AddPhotoPiece(auth.With(t.Context(), v), p.piece(photo, body, 0, 0))
		if err != nil || again.Receipt != first.Receipt {
			t.Errorf("%+v, %v, first %+v", again, err, first)
		}
		var company models.Company
		p.write(func(tx *models.Tx) error {
			company, err = tx.Company()
			return err
		})
		key, err := p.Vault.Derive(seal.DeviceReceipt, p.Rep.ID[:], device[:])
		if err != nil {
			t.Fatal(err)
		}
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s\n%x\nAPPLIED\n0\n%s\n", photo, sha256.Sum256(body), company.Epoch)
		if want := base64.RawURLEncoding.EncodeToString(mac.Sum(nil)); first.Receipt != want {
			t.Errorf("receipt %q, want %q", first.Receipt, want)
		}
		_, err = p.OpenPhoto(auth.With(t.Context(), v), photo)
		wantCode(t, err, care.CodeNotFound) // a delivery token sees nothing
	})
}

// Story 18: what was taken before a device was revoked still comes, of the author's own contacts.
func TestARevokedDeviceDeliversItsPhotos(t *testing.T) {
	onEachAlbum(t, func(t *testing.T, p *photographer) {
		h := p.handset(p.Rep)
		got[care.Device](t)(p.RevokeDevice(p.as(p.Supervisor), p.Rep.ID, h.viewer.Device, "丢了"))
		courier := h.viewer
		courier.Delivering = true
		body, photo := snapshot(t, 1), p.key()
		g, err := p.AddPhotoPiece(auth.With(t.Context(), courier), p.piece(photo, body, 0, len(body)))
		if err != nil || !g.Done || g.Receipt == "" {
			t.Errorf("%+v, %v", g, err)
		}
		p.log = p.world.log(p.Colleague, p.visit(p.Colleagues))
		_, err = p.AddPhotoPiece(auth.With(t.Context(), courier), p.piece(p.key(), body, 0, len(body)))
		wantCode(t, err, care.CodeConflict)
	})
}
