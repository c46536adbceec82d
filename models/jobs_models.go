package models

import (
	"database/sql"
	"slices"

	"huifang/civil"
	"huifang/id"
)

// promoted are the states of versions that stand or once did.
var promoted = []ModelState{ModelStanding, ModelRetired}

// ModelsInForce are the standing versions: the company's, and those of segments that have one. None before the first is
// promoted.
func (tx *Tx) ModelsInForce() ([]ForecastModel, error) {
	var rows []ForecastModel
	return rows, tx.sorted(&rows, "segment, created_at DESC, id DESC", "state = ?", ModelStanding)
}

// NewestModel is the company's last version, whatever became of it: ErrNotFound before the first.
func (tx *Tx) NewestModel() (ForecastModel, error) {
	return tx.newestModel("segment = ''")
}

// ModelThen is the company's version that stood on a day: ErrNotFound where none had been promoted.
func (tx *Tx) ModelThen(day civil.Date) (ForecastModel, error) {
	return tx.newestModel("segment = '' AND state IN ? AND fitted_on <= ?", promoted, day)
}

func (tx *Tx) newestModel(where string, args ...any) (ForecastModel, error) {
	var rows []ForecastModel
	err := tx.db.Where(where, args...).Order("created_at DESC, id DESC").Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		return ForecastModel{}, ErrNotFound
	}
	if err != nil {
		return ForecastModel{}, wrap("read a forecast model", err)
	}
	return rows[0], nil
}

// Versions are the last n versions, of the company and of segments, the newest first, without their bodies.
func (tx *Tx) Versions(n int) ([]ForecastModel, error) {
	var rows []ForecastModel
	err := tx.db.Omit("body").Order("created_at DESC, id DESC").Limit(n).Find(&rows).Error
	return rows, wrap("list the versions of the forecast", err)
}

// AddModel keeps a version of a forecast model. One that stands retires those of its segment before it.
func (tx *Tx) AddModel(m ForecastModel) error {
	if m.State == ModelStanding {
		if err := tx.RetireModel(m.Segment); err != nil {
			return err
		}
	}
	return tx.insert(&m)
}

// RetireModel takes the standing version of a segment out of force.
func (tx *Tx) RetireModel(segment string) error {
	_, err := tx.update(&ForecastModel{}, map[string]any{"state": ModelRetired}, "segment = ? AND state = ?", segment, ModelStanding)
	return err
}

// SegmentsBought are the categories that accounts buy most of, by orders with a line of it; of two alike the first by name.
// Accounts without an order of a named category are left out.
func (tx *Tx) SegmentsBought() (map[id.ID]string, error) {
	out := map[id.ID]string{}
	err := eachRow(tx.db.Raw("SELECT o.account_id, p.category, COUNT(DISTINCT o.id) AS n FROM purchases o"+
		" JOIN purchase_lines l ON l.purchase_id = o.id JOIN products p ON p.id = l.product_id"+
		" WHERE p.category <> '' AND "+kept("o")+
		" GROUP BY o.account_id, p.category ORDER BY o.account_id, n DESC, p.category", true), func(rows *sql.Rows) error {
		var account id.ID
		var category string
		var n int
		err := rows.Scan(&account, &category, &n)
		if _, known := out[account]; !known {
			out[account] = category
		}
		return err
	})
	return out, wrap("read what accounts buy most of", err)
}

// SegmentsNow are the segments whose models speak for accounts; those of the company's model are left out.
func (tx *Tx) SegmentsNow() (map[id.ID]string, error) {
	var rows []Account
	err := tx.db.Select("id", "segment").Where("segment <> ''").Find(&rows).Error
	out := map[id.ID]string{}
	for _, a := range rows {
		out[a.ID] = a.Segment
	}
	return out, wrap("read the segments of accounts", err)
}

// PutSegment has a segment's model speak for accounts. No device keeps it.
func (tx *Tx) PutSegment(segment string, accounts []id.ID) error {
	for chunk := range slices.Chunk(accounts, insertBatch) {
		// UpdateColumn leaves updated_at alone: nothing that anybody wrote has changed.
		if err := tx.db.Model(&Account{}).Where("id IN ?", chunk).UpdateColumn("segment", segment).Error; err != nil {
			return wrap("put accounts into a segment", err)
		}
	}
	return nil
}
