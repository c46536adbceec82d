// Package id is the key of every row: a UUIDv7 of 16 bytes, made by whoever creates the row, phones included.
package id

import (
	"bytes"
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// ID is a UUID. The zero ID is no key.
type ID [16]byte

// ErrID is returned for text that is not a UUID.
var ErrID = errors.New("not a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057")

// V7 makes a UUIDv7 (RFC 9562) of instant t with random bits from r.
func V7(t time.Time, r io.Reader) (ID, error) {
	var x ID
	if _, err := io.ReadFull(r, x[6:]); err != nil {
		return ID{}, fmt.Errorf("read random bits of a key: %w", err)
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(t.UnixMilli()))
	copy(x[:6], ms[2:])
	x[6] = x[6]&0x0f | 0x70
	x[8] = x[8]&0x3f | 0x80
	return x, nil
}

// Parse reads the 36-character form.
func Parse(s string) (ID, error) {
	var x ID
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return ID{}, fmt.Errorf("%.40q is %w", s, ErrID)
	}
	digits := s[:8] + s[9:13] + s[14:18] + s[19:23] + s[24:]
	if _, err := hex.Decode(x[:], []byte(digits)); err != nil {
		return ID{}, fmt.Errorf("%.40q is %w", s, ErrID)
	}
	return x, nil
}

// IsZero tells whether the key is missing.
func (x ID) IsZero() bool { return x == ID{} }

// Compare orders keys by their bytes, which for UUIDv7 is by time made.
func (x ID) Compare(y ID) int { return bytes.Compare(x[:], y[:]) }

// String writes the 36-character form.
func (x ID) String() string {
	h := hex.EncodeToString(x[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// MarshalText writes the 36-character form.
func (x ID) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// UnmarshalText reads the 36-character form.
func (x *ID) UnmarshalText(b []byte) error {
	parsed, err := Parse(string(b))
	if err != nil {
		return err
	}
	*x = parsed
	return nil
}

// MarshalGQL writes a GraphQL ID.
func (x ID) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(x.String())) }

// UnmarshalGQL reads a GraphQL ID.
func (x *ID) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("%v is %w", v, ErrID)
	}
	return x.UnmarshalText([]byte(s))
}

// Value stores the key as 16 bytes.
func (x ID) Value() (driver.Value, error) { return x[:], nil }

// GormDataType names the column type for the schema drift test.
func (ID) GormDataType() string { return "binary(16)" }

// Scan reads 16 bytes.
func (x *ID) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok || len(b) != len(x) {
		return fmt.Errorf("scan %T of %d bytes into a key", src, len(b))
	}
	copy(x[:], b)
	return nil
}
