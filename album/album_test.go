package album_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"huifang/album"
	"huifang/id"
)

func open(t *testing.T) (*album.Album, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "photos")
	a, err := album.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a, dir
}

func upload(whole []byte) album.Upload {
	return album.Upload{User: id.ID{1}, Photo: id.ID{2}, Total: len(whole), SHA256: sha256.Sum256(whole)}
}

func stage(t *testing.T, a *album.Album, u album.Upload, offset int, body string) {
	t.Helper()
	if err := a.Stage(t.Context(), u, offset, []byte(body)); err != nil {
		t.Fatal(err)
	}
}

func TestPiecesComeTogether(t *testing.T) {
	type piece struct {
		at   int
		body string
	}
	for name, tt := range map[string]struct {
		pieces []piece
		want   string
	}{
		"none":                                 {nil, ""},
		"one after the other":                  {[]piece{{0, "abc"}, {3, "def"}}, "abcdef"},
		"in any order":                         {[]piece{{3, "def"}, {0, "abc"}}, "abcdef"},
		"twice the same":                       {[]piece{{0, "abc"}, {0, "abc"}}, "abc"},
		"overlapping":                          {[]piece{{0, "abc"}, {2, "cdef"}}, "abcdef"},
		"one inside another":                   {[]piece{{0, "abcdef"}, {2, "cd"}, {6, "g"}}, "abcdefg"},
		"behind a gap they wait":               {[]piece{{0, "ab"}, {3, "def"}}, "ab"},
		"without a beginning there is nothing": {[]piece{{3, "def"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := open(t)
			u := upload([]byte("abcdefg"))
			for _, p := range tt.pieces {
				stage(t, a, u, p.at, p.body)
			}
			if got, err := a.Staged(t.Context(), u); err != nil || string(got) != tt.want {
				t.Errorf("%q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestPiecesOfOtherContentAreNotMixed(t *testing.T) {
	a, _ := open(t)
	u, other := upload([]byte("abcdef")), upload([]byte("uvwxyz"))
	stage(t, a, u, 0, "abc")
	if _, err := a.Staged(t.Context(), other); !errors.Is(err, album.ErrOther) {
		t.Errorf("error %v, want ErrOther", err)
	}
	another := u
	another.User = id.ID{9}
	if got, err := a.Staged(t.Context(), another); err != nil || len(got) != 0 {
		t.Errorf("another user got %q, %v", got, err)
	}
	if err := a.Unstage(t.Context(), u); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Staged(t.Context(), other); err != nil || len(got) != 0 {
		t.Errorf("%q, %v after all was forgotten", got, err)
	}
}

func TestAUserHasSoManyPiecesAndNoMore(t *testing.T) {
	a, _ := open(t)
	u := upload(make([]byte, 1000))
	var err error
	n := 0
	for ; n < 1000 && err == nil; n++ {
		err = a.Stage(t.Context(), u, n, []byte{0})
	}
	if !errors.Is(err, album.ErrTooMany) || n != 201 {
		t.Errorf("after %d pieces %v", n, err)
	}
}

func TestWhatWasNeverFinishedIsSwept(t *testing.T) {
	a, dir := open(t)
	stage(t, a, upload([]byte("abc")), 0, "ab")
	key := album.Key{Account: id.ID{3}, Photo: id.ID{2}}
	if err := a.Keep(t.Context(), key, album.Picture{Full: []byte("full"), Thumb: []byte("thumb")}); err != nil {
		t.Fatal(err)
	}
	for _, after := range []struct{ days, want int }{{6, 0}, {8, 1}, {9, 0}} {
		if n, err := a.Sweep(t.Context(), time.Now().AddDate(0, 0, after.days)); err != nil || n != after.want {
			t.Errorf("after %d days %d pieces were swept, %v", after.days, n, err)
		}
	}
	if got, err := a.Staged(t.Context(), upload([]byte("abc"))); err != nil || len(got) != 0 {
		t.Errorf("%q, %v are still here", got, err)
	}
	if got, err := a.Full(t.Context(), key); err != nil || string(got) != "full" {
		t.Errorf("what was kept: %q, %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "accounts", key.Account.String())); err != nil {
		t.Errorf("photos do not stand under their account: %v", err)
	}
}

func TestWhatIsKeptIsFound(t *testing.T) {
	a, dir := open(t)
	key := album.Key{Account: id.ID{3}, Photo: id.ID{2}}
	if _, err := a.Full(t.Context(), key); !errors.Is(err, album.ErrMissing) {
		t.Errorf("error %v, want ErrMissing", err)
	}
	if err := a.Keep(t.Context(), key, album.Picture{Full: []byte("full"), Thumb: []byte("thumb")}); err != nil {
		t.Fatal(err)
	}
	again, err := album.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	full, err := again.Full(t.Context(), key)
	thumb, thumbErr := again.Thumb(t.Context(), key)
	if err != nil || thumbErr != nil || !bytes.Equal(full, []byte("full")) || !bytes.Equal(thumb, []byte("thumb")) {
		t.Errorf("%q, %v and %q, %v", full, err, thumb, thumbErr)
	}
}

func TestPlacesThatAreNone(t *testing.T) {
	for _, place := range []string{"nowhere://bucket", "s3://", "/dev/null/photos"} {
		a, err := album.Open(t.Context(), place)
		if err == nil {
			a.Close()
			t.Errorf("%s was opened", place)
		}
	}
}

func TestDevelopWaitsForRoomNoLongerThanItsCaller(t *testing.T) {
	a, _ := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 { // with room and a caller who has gone, either may win
		if _, err := a.Develop(ctx, nil); !errors.Is(err, context.Canceled) && !errors.Is(err, album.ErrNoImage) {
			t.Fatal(err)
		}
	}
}
