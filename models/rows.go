package models

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"huifang/auth"
	"huifang/id"
)

// MaxPage is the most rows a page of a list ever has.
const MaxPage = 500

// Cursor is where a page of a list by time ended: the next one begins behind it. The zero cursor is the beginning.
type Cursor struct {
	At time.Time
	ID id.ID
}

// find reads all rows that meet a condition, without a scope: for lists whose caller has already been judged.
func (tx *Tx) find(rows any, where string, args ...any) error {
	return wrap("find rows", tx.db.Where(where, args...).Find(rows).Error)
}

// take reads the one row that meets a condition: ErrNotFound when there is none.
func (tx *Tx) take(row any, where string, args ...any) error {
	return wrap("take a row", tx.db.Where(where, args...).Take(row).Error)
}

// lock is take that also holds the row until the transaction ends. SQLite needs no lock: it has one writer.
func (tx *Tx) lock(row any, where string, args ...any) error {
	return wrap("lock a row", tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Where(where, args...).Take(row).Error)
}

// insert writes one row or a slice of rows, in statements of a size every engine takes.
func (tx *Tx) insert(rows any) error {
	if err := wrap("insert", tx.db.CreateInBatches(rows, insertBatch).Error); err != nil {
		return err
	}
	tx.touchRows(rows)
	return nil
}

// insertBatch times the columns of the widest table stays below SQLite's 32,766 variables.
const insertBatch = 200

// change updates chosen columns of the rows that meet a condition and tells how many it found. Rows of a synced noun are
// read first, for the feeds: where their keys are known, touch them and use update.
func (tx *Tx) change(model any, columns map[string]any, where string, args ...any) (int64, error) {
	if err := tx.touchFound(model, where, args...); err != nil {
		return 0, err
	}
	return tx.update(model, columns, where, args...)
}

// update is change of rows the caller touches.
func (tx *Tx) update(model any, columns map[string]any, where string, args ...any) (int64, error) {
	res := tx.db.Model(model).Where(where, args...).Updates(columns)
	return res.RowsAffected, wrap("change rows", res.Error)
}

// changeOne is change of one row: ErrNotFound when it is not there.
func (tx *Tx) changeOne(model any, columns map[string]any, where string, args ...any) error {
	return found(tx.change(model, columns, where, args...))
}

// updateOne is changeOne of a row the caller touches.
func (tx *Tx) updateOne(model any, columns map[string]any, where string, args ...any) error {
	return found(tx.update(model, columns, where, args...))
}

func found(n int64, err error) error {
	if err == nil && n == 0 {
		return wrap("change a row", ErrNotFound)
	}
	return err
}

// remove deletes the rows that meet a condition; those of a synced noun are read first, as change does.
func (tx *Tx) remove(model any, where string, args ...any) error {
	if err := tx.touchFound(model, where, args...); err != nil {
		return err
	}
	return tx.drop(model, where, args...)
}

// drop is remove of rows the caller touches.
func (tx *Tx) drop(model any, where string, args ...any) error {
	return wrap("delete rows", tx.db.Where(where, args...).Delete(model).Error)
}

// save writes chosen columns of a row as the row now has them, by its primary key. The names are those of the Go fields
// or the columns; one nobody knows is an error, not silence. ErrNotFound when no row met the further conditions.
func (tx *Tx) save(row any, columns []string, conditions ...any) error {
	if err := tx.known(row, columns); err != nil {
		return err
	}
	q := tx.db.Model(row).Select(columns)
	if len(conditions) > 0 {
		q = q.Where(conditions[0], conditions[1:]...)
	}
	res := q.Updates(row)
	if res.Error == nil && res.RowsAffected == 0 {
		return wrap("save a row", ErrNotFound)
	}
	if res.Error != nil {
		return wrap("save a row", res.Error)
	}
	tx.touchRows(row)
	return nil
}

func (tx *Tx) known(row any, columns []string) error {
	stmt := &gorm.Statement{DB: tx.db}
	if err := stmt.Parse(row); err != nil {
		return wrap("read the columns of a row", err)
	}
	for _, c := range columns {
		if stmt.Schema.LookUpField(c) == nil {
			return fmt.Errorf("%s has no column %q", stmt.Schema.Table, c)
		}
	}
	return nil
}

// seen reads the one row that meets a condition and whose account, named by the column, lies in the scope.
func (tx *Tx) seen(row any, sc auth.Scope, column, where string, args ...any) error {
	return wrap("take a row", tx.in(sc, column).Where(where, args...).Take(row).Error)
}

// listed reads the rows that meet a condition and whose account lies in the scope, at most MaxPage.
func (tx *Tx) listed(rows any, sc auth.Scope, column, order, where string, args ...any) error {
	return wrap("list rows", tx.in(sc, column).Where(where, args...).Order(order).Limit(MaxPage).Find(rows).Error)
}

// newestFirst is a page of rows by an instant, newest first.
func newestFirst(q *gorm.DB, column string, after Cursor, limit int) *gorm.DB {
	if !after.At.IsZero() {
		q = q.Where(column+" < ? OR ("+column+" = ? AND id < ?)", after.At, after.At, after.ID)
	}
	return q.Order(column + " DESC, id DESC").Limit(pageSize(limit))
}

func pageSize(limit int) int {
	if limit <= 0 || limit > MaxPage {
		return MaxPage
	}
	return limit
}

// byID puts rows under their keys.
func byID[T any](rows []T, key func(T) id.ID) map[id.ID]T {
	out := make(map[id.ID]T, len(rows))
	for _, row := range rows {
		out[key(row)] = row
	}
	return out
}
