package seal

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func create(t *testing.T) (path string, s *Secrets) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "secrets.json")
	s, err := LoadOrCreate(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return path, s
}

func reload(t *testing.T, path string) *Secrets {
	t.Helper()
	s, err := LoadOrCreate(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSecretsAreMadeOnceAndPrivate(t *testing.T) {
	path, s := create(t)
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, error %v", info.Mode(), err)
	}
	again := reload(t, path)
	if got, err := again.Vault().Open(seal(t, s.Vault(), phone), place); err != nil || got != phone {
		t.Errorf("opened as %q, error %v", got, err)
	}
	if !bytes.Equal(s.SigningSeeds()[0], again.SigningSeeds()[0]) {
		t.Error("the signing seed changed")
	}
	onlyFile(t, path)
}

// onlyFile tells that no half-written file with keys in it was left beside path.
func onlyFile(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("folder holds %v, error %v", entries, err)
	}
}

func TestProcessesThatStartAtOnceShareTheSecrets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets.json")
	all := make([]*Secrets, 8)
	errs := make([]error, len(all))
	var group sync.WaitGroup
	for i := range all {
		group.Go(func() { all[i], errs[i] = LoadOrCreate(path, rand.Reader) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for i, s := range all {
		if !bytes.Equal(s.SigningSeeds()[0], all[0].SigningSeeds()[0]) {
			t.Errorf("process %d has secrets of its own", i)
		}
	}
	onlyFile(t, path)
}

func TestAFileOpenToOthersIsRefused(t *testing.T) {
	for _, mode := range []fs.FileMode{0o640, 0o604, 0o620, 0o666, 0o601} {
		path, _ := create(t)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if s, err := LoadOrCreate(path, rand.Reader); !errors.Is(err, ErrExposed) || s != nil {
			t.Errorf("mode %v: error %v", mode, err)
		}
	}
	path, _ := create(t)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	reload(t, path)
}

func TestADamagedFileIsNeverOverwritten(t *testing.T) {
	path, s := create(t)
	var good bytes.Buffer
	if err := s.Write(&good); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]string{
		"empty":            "",
		"cut":              good.String()[:good.Len()-10],
		"a newer version":  strings.Replace(good.String(), `"version": 1`, `"version": 2`, 1),
		"no version":       strings.Replace(good.String(), `"version": 1,`, ``, 1),
		"no signing seeds": good.String()[:strings.Index(good.String(), `"signing"`)] + `"signing": []}`,
		"a short seed":     good.String()[:strings.Index(good.String(), `"signing"`)] + `"signing": ["AAAA"]}`,
		"no vault":         `{"version": 1, "signing": ["AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]}`,
	} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := LoadOrCreate(path, rand.Reader); !errors.Is(err, ErrSecrets) || s != nil {
			t.Errorf("%s: error %v", name, err)
		}
		if left, err := os.ReadFile(path); err != nil || string(left) != bad {
			t.Errorf("%s: the file was changed, error %v", name, err)
		}
	}
}

func TestLoadOrCreateFailsWhole(t *testing.T) {
	folder := t.TempDir()
	if _, err := LoadOrCreate(folder, rand.Reader); !errors.Is(err, ErrSecrets) {
		t.Errorf("a folder in its place: error %v", err)
	}
	if _, err := LoadOrCreate(filepath.Join(folder, "missing", "secrets.json"), rand.Reader); err == nil {
		t.Error("created in a folder that does not exist")
	}
	if _, err := LoadOrCreate(filepath.Join(folder, "secrets.json"), bytes.NewReader(nil)); err == nil {
		t.Error("created without randomness")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("left behind %v, error %v", entries, err)
	}
}

func TestRotatedSecretsReadTheOld(t *testing.T) {
	path, first := create(t)
	sealed := seal(t, first.Vault(), phone)
	current := first
	for range 3 {
		next, err := current.Rotate(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if err := next.Save(path); err != nil {
			t.Fatal(err)
		}
		loaded := reload(t, path)
		seeds := loaded.SigningSeeds()
		if len(seeds) != keptSeeds || !bytes.Equal(seeds[1], current.SigningSeeds()[0]) || bytes.Equal(seeds[0], seeds[1]) {
			t.Errorf("%d seeds, want a new one and the one before", len(seeds))
		}
		if got, err := loaded.Vault().Open(sealed, place); err != nil || got != phone {
			t.Errorf("opened as %q, error %v", got, err)
		}
		current = loaded
	}
	onlyFile(t, path)
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, error %v", info.Mode(), err)
	}
}

// Whatever stands in the file, reading it never panics, and what is accepted works.
func FuzzReadSecrets(f *testing.F) {
	s, err := NewSecrets(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	var good bytes.Buffer
	if err := s.Write(&good); err != nil {
		f.Fatal(err)
	}
	f.Add(good.String())
	f.Add(`{"version":1,"vault":{"columns":{},"index":{}},"signing":[]}`)
	f.Fuzz(func(t *testing.T, file string) {
		s, err := ReadSecrets(strings.NewReader(file))
		if err != nil {
			return
		}
		sealed, err := s.Vault().Seal(phone, place)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Vault().Open(sealed, place); err != nil || got != phone {
			t.Errorf("opened as %q, error %v", got, err)
		}
	})
}
