package models

import (
	"database/sql"

	"huifang/civil"
	"huifang/id"
)

// Outcomes of what was foretold: the first purchase came within 30 days, in the 30 or 60 after, or not within 90.
const came = "CASE WHEN f.came_on IS NULL THEN 3 WHEN f.came_on <= f.by30 THEN 0 WHEN f.came_on <= f.by60 THEN 1 ELSE 2 END"

// ForetoldTally is how many accounts of a month of which the same was foretold had the same outcome.
type ForetoldTally struct {
	Month   civil.Date
	Horizon string // that counted
	Model   string // the model's own
	Word    bool   // a rep's word counted
	Came    int    // 0 to 2: in the first, second or third thirty days; 3: not within ninety
	N       int
}

// ForetoldTallies counts what was foretold of accounts that users cared for then, since a month; only rows whose ninety days
// are over.
func (tx *Tx) ForetoldTallies(users []id.ID, since civil.Date) ([]ForetoldTally, error) {
	var out []ForetoldTally
	err := eachRow(tx.db.Raw("SELECT f.month, f.horizon, f.model, f.override_id IS NOT NULL AS word, "+came+" AS came, COUNT(*) FROM foretold f"+
		" WHERE "+anyOf("f.rep_id", users)+" AND f.month >= ? AND f.by90 < ? GROUP BY f.month, f.horizon, f.model, word, came"+
		" ORDER BY f.month, f.horizon, f.model, word, came", with(users, since, tx.Today)...), func(rows *sql.Rows) error {
		var t ForetoldTally
		err := rows.Scan(&t.Month, &t.Horizon, &t.Model, &t.Word, &t.Came, &t.N)
		out = append(out, t)
		return err
	})
	return out, wrap("count what came of what was foretold", err)
}

// SaidTally is how many accounts were told a probability of the same tenth, the sum of those, and how many came.
type SaidTally struct {
	Days  int // the probability is of a purchase within so many
	Tenth int // 0: below 10 %, 9: from 90 % on
	N     int
	Said  float64
	Came  int
}

// SaidTallies sums up probabilities by tenths; of each horizon the rows whose days are over.
func (tx *Tx) SaidTallies(users []id.ID, since civil.Date) ([]SaidTally, error) {
	var q union
	for _, h := range []struct {
		days  int
		p, by string
	}{{30, "f.p30", "f.by30"}, {60, "f.p60", "f.by60"}, {90, "f.p90", "f.by90"}} {
		tenth := "CASE WHEN " + h.p + " >= 0.9 THEN 9 ELSE FLOOR(" + h.p + " * 10) END"
		q.add(h.days, tenth+" AS tenth, COUNT(*), SUM("+h.p+"), "+countIf("f.came_on <= "+h.by)+" FROM foretold f"+
			" WHERE "+anyOf("f.rep_id", users)+" AND f.month >= ? AND "+h.by+" < ? GROUP BY tenth", with(users, since, tx.Today))
	}
	var out []SaidTally
	err := q.each(tx, func(rows *sql.Rows) error {
		var t SaidTally
		var tenth float64
		err := rows.Scan(&t.Days, &tenth, &t.N, &t.Said, &t.Came)
		t.Tenth = int(tenth)
		out = append(out, t)
		return err
	})
	return out, wrap("sum up what was said", err)
}

// SaidWord is what a rep's word and the model said of an account, and the outcome.
type SaidWord struct {
	Horizon, Model string
	P30, P60, P90  float64
	Came           int // as of ForetoldTally
}

// maxWords caps the words that are held against the model: the latest.
const maxWords = 20_000

// SaidWords are those rows since a month whose ninety days are over and in which a rep's word counted.
func (tx *Tx) SaidWords(users []id.ID, since civil.Date) ([]SaidWord, error) {
	var out []SaidWord
	err := eachRow(tx.db.Raw("SELECT f.horizon, f.model, f.p30, f.p60, f.p90, "+came+" FROM foretold f WHERE "+anyOf("f.rep_id", users)+
		" AND f.month >= ? AND f.by90 < ? AND f.override_id IS NOT NULL ORDER BY f.month DESC, f.account_id LIMIT ?",
		with(users, since, tx.Today, maxWords)...), func(rows *sql.Rows) error {
		var w SaidWord
		err := rows.Scan(&w.Horizon, &w.Model, &w.P30, &w.P60, &w.P90, &w.Came)
		out = append(out, w)
		return err
	})
	return out, wrap("read words against the forecast", err)
}

// ForetoldOpen is the earliest last day of the first horizon of what is still open, nil when nothing is: from the day after
// the record has more to tell. Of rows of accounts that users cared for then.
func (tx *Tx) ForetoldOpen(users []id.ID) (by30, by90 *civil.Date, err error) {
	err = eachRow(tx.db.Raw("SELECT MIN(f.by30), MIN(f.by90) FROM foretold f WHERE "+anyOf("f.rep_id", users)+" AND f.by90 >= ?",
		with(users, tx.Today)...), func(rows *sql.Rows) error { return rows.Scan(&by30, &by90) })
	return by30, by90, wrap("read what is still open", err)
}
