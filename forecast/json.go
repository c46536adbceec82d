package forecast

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"huifang/forecast/btyd"
)

// version of a stored model; it changes whenever the grid's axes or the meaning of a weight do.
const version = 2

// The errors of reading a stored model.
var (
	ErrVersion = errors.New("forecast model of another version")
	ErrModel   = errors.New("forecast model is damaged")
)

// stored is a model on disk; weights are little-endian codes.
type stored struct {
	Version   int     `json:"version"`
	Customers int     `json:"customers"`
	Supply    float64 `json:"supply"`
	Power     float64 `json:"power"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Weights   []byte  `json:"weights"`
	// Rival is MBG/NBD as r, α, a and b, with its Trust; none when it has no share.
	Rival *[4]float64 `json:"rival,omitempty"`
	Trust float64     `json:"trust,omitempty"`
}

// MarshalJSON writes the model compactly (about 9 kB), with its version.
func (m Model) MarshalJSON() ([]byte, error) {
	if len(m.weights) == 0 {
		m = Prior()
	}
	weights := make([]byte, 0, 2*len(m.weights))
	for _, w := range m.weights {
		weights = binary.LittleEndian.AppendUint16(weights, codeOf(float64(w)))
	}
	s := stored{Version: version, Customers: m.customers, Supply: m.clock.usual, Power: m.clock.power, Low: m.low, High: m.high, Weights: weights}
	if r := m.rival; r.trust > 0 {
		s.Rival, s.Trust = &[4]float64{r.R, r.Alpha, r.A, r.B}, r.trust
	}
	return json.Marshal(s)
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
	if len(s.Weights) != 2*len(read.weights) {
		return fmt.Errorf("%w: %d bytes of weights", ErrModel, len(s.Weights))
	}
	for i := range read.weights {
		read.weights[i] = weightOf(binary.LittleEndian.Uint16(s.Weights[2*i:]))
	}
	read.rival.trust = s.Trust
	if s.Rival != nil {
		read.rival.Model = btyd.Model{R: s.Rival[0], Alpha: s.Rival[1], A: s.Rival[2], B: s.Rival[3], K: 1, FromFirst: true}
	}
	if !read.valid() || s.Customers < 0 {
		return fmt.Errorf("%w: numbers out of range", ErrModel)
	}
	*m = read
	return nil
}
