package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// ErrSecrets says that a file of keys cannot be read: damaged, or of a version this program does not know.
var ErrSecrets = errors.New("file of secrets cannot be used")

// maxFile bounds what is read as a file of keys, in bytes; a keyset grows by about 250 per rotation.
const maxFile = 1 << 20

// vaultFile is a vault on paper: two Tink keysets in Tink's own JSON.
type vaultFile struct {
	Columns json.RawMessage `json:"columns"`
	Index   json.RawMessage `json:"index"`
}

// Write writes the keys of the vault as JSON, in the clear: only to a place nobody else reads.
func (v *Vault) Write(w io.Writer) error {
	file, err := v.file()
	if err != nil {
		return err
	}
	return writeJSON(w, file)
}

// Load reads a vault that Write wrote, or returns ErrSecrets.
func Load(r io.Reader) (*Vault, error) {
	var file vaultFile
	if err := readJSON(r, &file); err != nil {
		return nil, err
	}
	return file.vault()
}

func (v *Vault) file() (vaultFile, error) {
	columns, err := keysetJSON(v.columns)
	if err != nil {
		return vaultFile{}, fmt.Errorf("write the column keys: %w", err)
	}
	index, err := keysetJSON(v.index)
	if err != nil {
		return vaultFile{}, fmt.Errorf("write the index key: %w", err)
	}
	return vaultFile{Columns: columns, Index: index}, nil
}

func (f vaultFile) vault() (*Vault, error) {
	columns, err := readKeyset(f.Columns)
	if err != nil {
		return nil, fmt.Errorf("column keys: %w: %w", ErrSecrets, err)
	}
	index, err := readKeyset(f.Index)
	if err != nil {
		return nil, fmt.Errorf("index key: %w: %w", ErrSecrets, err)
	}
	v, err := fromKeysets(columns, index)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSecrets, err)
	}
	return v, nil
}

func keysetJSON(h *keyset.Handle) (json.RawMessage, error) {
	var b bytes.Buffer
	if err := insecurecleartextkeyset.Write(h, keyset.NewJSONWriter(&b)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func readKeyset(raw json.RawMessage) (*keyset.Handle, error) {
	return insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(raw)))
}

func writeJSON(w io.Writer, file any) error {
	b, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return fmt.Errorf("write keys: %w", err)
	}
	if _, err := w.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("write keys: %w", err)
	}
	return nil
}

func readJSON(r io.Reader, file any) error {
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return fmt.Errorf("read keys: %w", err)
	}
	if len(b) > maxFile {
		return fmt.Errorf("%w: longer than %d bytes", ErrSecrets, maxFile)
	}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(file); err != nil {
		return fmt.Errorf("%w: %w", ErrSecrets, err)
	}
	if decoder.More() {
		return fmt.Errorf("%w: text after its end", ErrSecrets)
	}
	return nil
}
