package forecast

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// version of a stored model; it changes whenever the grid's axes or the meaning of a weight do.
const version = 1

// The errors of reading a stored model.
var (
	ErrVersion = errors.New("forecast model of another version")
	ErrModel   = errors.New("forecast model is damaged")
)

// stored is a model on disk; weights are little-endian float32.
type stored struct {
	Version   int     `json:"version"`
	Customers int     `json:"customers"`
	Supply    float64 `json:"supply"`
	Power     float64 `json:"power"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Weights   []byte  `json:"weights"`
}

// MarshalJSON writes the model compactly (about 9 kB), with its version.
func (m Model) MarshalJSON() ([]byte, error) {
	if len(m.weights) == 0 {
		m = Prior()
	}
	weights, err := binary.Append(nil, binary.LittleEndian, m.weights)
	if err != nil {
		return nil, fmt.Errorf("write forecast model: %w", err)
	}
	return json.Marshal(stored{version, m.customers, m.clock.usual, m.clock.power, m.low, m.high, weights})
}

// UnmarshalJSON reads a model. ErrVersion: written by another version, to be fitted anew. ErrModel: unusable.
func (m *Model) UnmarshalJSON(b []byte) error {
	var s stored
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("%w: %w", ErrModel, err)
	}
	if s.Version != version {
		return fmt.Errorf("%w: %d, this program reads %d", ErrVersion, s.Version, version)
	}
	read := newModel(clock{usual: s.Supply, power: s.Power}, s.Low, s.High)
	read.customers = s.Customers
	if len(s.Weights) != 4*len(read.weights) {
		return fmt.Errorf("%w: %d bytes of weights", ErrModel, len(s.Weights))
	}
	if err := binary.Read(bytes.NewReader(s.Weights), binary.LittleEndian, read.weights); err != nil {
		return fmt.Errorf("%w: %w", ErrModel, err)
	}
	if !read.valid() || s.Customers < 0 {
		return fmt.Errorf("%w: numbers out of range", ErrModel)
	}
	*m = read
	return nil
}
