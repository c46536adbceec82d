package care

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"huifang/forecast"
	"huifang/id"
	"huifang/models"
)

// outlook is the forecast in force: the company's model, and those of segments that have one of their own.
type outlook struct {
	company  version
	segments map[string]version
}

// version is a model with its key, nil for the one the program brings.
type version struct {
	id    *id.ID
	model forecast.Model
}

// of is the model that speaks for an account.
func (o outlook) of(a models.Account) version {
	if v, own := o.segments[a.Segment]; own {
		return v
	}
	return o.company
}

// model is the forecast in force, the shipped prior before the first version was promoted.
func (s *Service) model(ctx context.Context) (outlook, error) {
	var out outlook
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		var err error
		out, err = s.outlook(tx)
		return err
	})
	if err != nil {
		return outlook{}, fmt.Errorf("read the forecast model: %w", err)
	}
	return out, nil
}

// outlook reads the versions in force. One that this program cannot read, written by another release, speaks for nobody: the
// prior does until the next fit, which is due then.
func (s *Service) outlook(tx *models.Tx) (outlook, error) {
	out := outlook{company: version{model: forecast.Prior()}, segments: map[string]version{}}
	rows, err := tx.ModelsInForce()
	for _, row := range rows {
		v, ok := readVersion(row)
		switch {
		case !ok:
			s.Log.WarnContext(tx.Context(), "a forecast model cannot be read and speaks for nobody until the next fit", "segment", row.Segment)
		case row.Segment == "":
			out.company = v
		default:
			out.segments[row.Segment] = v
		}
	}
	return out, err
}

func readVersion(row models.ForecastModel) (version, bool) {
	v := version{id: &row.ID}
	return v, json.Unmarshal(row.Body, &v.model) == nil
}

// modelThen is the model that stood on the day of a cut-off: the prior where none had been promoted, or none can be read.
func modelThen(tx *models.Tx, r refit) (forecast.Model, error) {
	row, err := tx.ModelThen(r.cut())
	if errors.Is(err, models.ErrNotFound) {
		return forecast.Prior(), nil
	}
	if err != nil {
		return forecast.Model{}, err
	}
	if v, ok := readVersion(row); ok {
		return v.model, nil
	}
	return forecast.Prior(), nil
}
