package seal

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
)

// ErrExposed says that a file of secrets can be read by other users of the machine.
var ErrExposed = errors.New("file of secrets is open to others, run chmod 600 on it")

// version is the layout of the file of secrets.
const version = 1

// keptSeeds is how many signing seeds are kept: today's, and the one before for tokens still alive at a rotation.
const keptSeeds = 2

// Secrets are all the keys of an installation, in one small file: the vault, and the seeds that sign access tokens.
// Without the file the sealed columns of the database are lost for good, so it needs a backup of its own.
type Secrets struct {
	vault *Vault
	seeds [][]byte // newest first
}

type secretsFile struct {
	Version int       `json:"version"`
	Vault   vaultFile `json:"vault"`
	Signing [][]byte  `json:"signing"` // base64 by encoding/json
}

// NewSecrets makes fresh keys; the signing seed is read from random, the vault's keys as New says.
func NewSecrets(random io.Reader) (*Secrets, error) {
	vault, err := New()
	if err != nil {
		return nil, err
	}
	seed, err := newSeed(random)
	if err != nil {
		return nil, err
	}
	return &Secrets{vault: vault, seeds: [][]byte{seed}}, nil
}

// Vault seals and opens the columns.
func (s *Secrets) Vault() *Vault { return s.vault }

// SigningSeeds are the Ed25519 seeds of access tokens, the one to sign with first.
func (s *Secrets) SigningSeeds() [][]byte { return slices.Clone(s.seeds) }

// Rotate returns secrets with a new column key and a new signing seed in front; see Vault.Rotate. Save them before use.
func (s *Secrets) Rotate(random io.Reader) (*Secrets, error) {
	vault, err := s.vault.Rotate()
	if err != nil {
		return nil, err
	}
	seed, err := newSeed(random)
	if err != nil {
		return nil, err
	}
	seeds := append([][]byte{seed}, s.seeds...)
	return &Secrets{vault: vault, seeds: seeds[:min(len(seeds), keptSeeds)]}, nil
}

// Write writes all keys as JSON, in the clear: only to a place nobody else reads.
func (s *Secrets) Write(w io.Writer) error {
	vault, err := s.vault.file()
	if err != nil {
		return err
	}
	return writeJSON(w, secretsFile{Version: version, Vault: vault, Signing: s.seeds})
}

// ReadSecrets reads what Write wrote, or returns ErrSecrets.
func ReadSecrets(r io.Reader) (*Secrets, error) {
	var file secretsFile
	if err := readJSON(r, &file); err != nil {
		return nil, err
	}
	if file.Version != version {
		return nil, fmt.Errorf("%w: version %d, this program knows %d", ErrSecrets, file.Version, version)
	}
	if len(file.Signing) == 0 || slices.ContainsFunc(file.Signing, notASeed) {
		return nil, fmt.Errorf("%w: signing seeds are missing or not of 32 bytes", ErrSecrets)
	}
	vault, err := file.Vault.vault()
	if err != nil {
		return nil, err
	}
	return &Secrets{vault: vault, seeds: file.Signing}, nil
}

// LoadOrCreate reads the secrets of an installation, or on the first start makes them, in a file only its owner reads.
// The file appears whole or not at all, and of several processes that start at once all get the same secrets. The keys
// lie in the clear, protected by the file's mode (0600) alone: the default of an embedded installation. ErrExposed when
// others may read the file, ErrSecrets when it is damaged; it is never overwritten.
func LoadOrCreate(path string, random io.Reader) (*Secrets, error) {
	s, err := load(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	fresh, err := NewSecrets(random)
	if err != nil {
		return nil, err
	}
	temp, err := fresh.writeBeside(path)
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp)
	// A link, unlike a rename, never replaces the file another process has made meanwhile.
	if err := os.Link(temp, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("create the file of secrets: %w", err)
	}
	if err := syncFolder(path); err != nil {
		return nil, err
	}
	return load(path)
}

// Save replaces the file of secrets at once and whole, for Rotate.
func (s *Secrets) Save(path string) error {
	temp, err := s.writeBeside(path)
	if err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(fmt.Errorf("replace the file of secrets: %w", err), os.Remove(temp))
	}
	return syncFolder(path)
}

func load(path string) (*Secrets, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the file of secrets: %w", err)
	}
	defer f.Close()
	if err := private(f); err != nil {
		return nil, err
	}
	s, err := ReadSecrets(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// private refuses a file that group or others may read or write. Windows has no such bits; there the folder guards it.
func private(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("look at the file of secrets: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s: %w: not a plain file", f.Name(), ErrSecrets)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s has mode %#o: %w", f.Name(), info.Mode().Perm(), ErrExposed)
	}
	return nil
}

// writeBeside writes the secrets to a new file of mode 0600 in the folder of path, safely on disk, and returns its name.
func (s *Secrets) writeBeside(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
	if err != nil {
		return "", fmt.Errorf("write the file of secrets: %w", err)
	}
	if err := errors.Join(s.Write(f), f.Sync(), f.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("write the file of secrets: %w", err), os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// syncFolder makes the file's name survive a power cut. Windows cannot, and does not need to.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("open the folder of secrets: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("sync the folder of secrets: %w", err)
	}
	return nil
}

func newSeed(random io.Reader) ([]byte, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("read a signing seed: %w", err)
	}
	return seed, nil
}

func notASeed(seed []byte) bool { return len(seed) != ed25519.SeedSize }

// String keeps keys out of logs.
func (Secrets) String() string { return "secrets" }

// GoString keeps keys out of %#v.
func (Secrets) GoString() string { return "seal.Secrets{}" }
