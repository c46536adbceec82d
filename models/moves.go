package models

import (
	"gorm.io/gorm"

	"huifang/auth"
	"huifang/id"
)

// The card of an account tells its rep of the handover.
func (m *MovedAccount) touch(t *touched) {
	if m.At != nil {
		t.account(m.AccountID)
	}
}

// AddMoves writes decisions to move accounts.
func (tx *Tx) AddMoves(rows []Move) error { return tx.insert(&rows) }

// ChangeMove writes chosen columns of a move, which must be locked.
func (tx *Tx) ChangeMove(m *Move, columns ...string) error { return tx.save(m, columns) }

// PutMoved makes these the accounts of a move.
func (tx *Tx) PutMoved(move id.ID, rows []MovedAccount) error {
	if err := tx.drop(&MovedAccount{}, "move_id = ?", move); err != nil {
		return err
	}
	return AddAll(tx, rows)
}

// ChangeMoved writes chosen columns of an account of a move. Its account must be locked.
func (tx *Tx) ChangeMoved(m *MovedAccount, columns ...string) error { return tx.save(m, columns) }

// EndMoved gives some accounts of a move another status. The accounts are touched by whoever moves them back.
func (tx *Tx) EndMoved(move id.ID, accounts []id.ID, s MovedStatus) error {
	return inBatches(accounts, func(some []id.ID) error {
		_, err := tx.update(&MovedAccount{}, map[string]any{"status": s}, "move_id = ? AND account_id IN ?", move, some)
		return err
	})
}

// LockMove reads a move and holds it until the transaction ends. The accounts come first.
func (tx *Tx) LockMove(x id.ID) (Move, error) {
	var m Move
	return m, tx.lock(&m, "id = ?", x)
}

// MoveFilter narrows a list of moves; a zero field narrows nothing.
type MoveFilter struct {
	Statuses []MoveStatus
	Rep      *id.ID // who gives or receives
}

// Moves is a page of the moves of accounts in the scope, the latest first.
func (tx *Tx) Moves(sc auth.Scope, f MoveFilter, after Cursor, limit int) ([]Move, error) {
	q := tx.movesIn(sc)
	if len(f.Statuses) > 0 {
		q = q.Where("moves.status IN ?", f.Statuses)
	}
	if f.Rep != nil {
		q = q.Where("(moves.to_rep_id = ? OR EXISTS (SELECT 1 FROM moved_accounts g WHERE g.move_id = moves.id AND g.from_rep_id = ?))", *f.Rep, *f.Rep)
	}
	var rows []Move
	return rows, wrap("list moves", newestFirst(q, "created_at", after, limit).Find(&rows).Error)
}

// movesIn are the moves of which the scope reaches at least one account.
func (tx *Tx) movesIn(sc auth.Scope) *gorm.DB {
	return tx.db.Where("EXISTS (SELECT 1 FROM moved_accounts m WHERE m.move_id = moves.id AND ?)", tx.within(sc, "m.account_id"))
}

// Move reads a move of accounts in the scope.
func (tx *Tx) Move(sc auth.Scope, x id.ID) (Move, error) {
	var m Move
	return m, wrap("take a move", tx.movesIn(sc).Where("moves.id = ?", x).Take(&m).Error)
}

// MovesAmong reads some moves, in the order they were decided.
func (tx *Tx) MovesAmong(keys []id.ID) ([]Move, error) {
	var rows []Move
	return rows, tx.sorted(&rows, "created_at, id", "id IN ?", keys)
}

// DueMoves are the planned moves whose day has come and whose receiver is an active rep, the earliest decided first.
func (tx *Tx) DueMoves() ([]Move, error) {
	var rows []Move
	err := tx.db.Where("moves.status = ? AND moves.on_day <= ?", MovePlanned, tx.Today).
		Where("EXISTS (SELECT 1 FROM users u WHERE u.id = moves.to_rep_id AND u.role = 'REP' AND u.disabled_at IS NULL)").
		Order("on_day, created_at, id").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list moves that are due", err)
}

// MovedTally is how many accounts of a move came from a rep.
type MovedTally struct {
	MoveID, FromRepID        id.ID
	Accounts, Read, Objected int
}

// MovedTallies counts the accounts of some moves by the rep they came from.
func (tx *Tx) MovedTallies(moves []id.ID) ([]MovedTally, error) {
	var rows []MovedTally
	if len(moves) == 0 {
		return nil, nil
	}
	err := tx.db.Model(&MovedAccount{}).
		Select("move_id, from_rep_id, COUNT(*) AS accounts, SUM(CASE WHEN read_at IS NULL THEN 0 ELSE 1 END) AS `read`,"+
			" SUM(CASE WHEN objected_at IS NULL THEN 0 ELSE 1 END) AS objected").
		Where("move_id IN ?", moves).Group("move_id, from_rep_id").Order("move_id, from_rep_id").Scan(&rows).Error
	return rows, wrap("count moved accounts", err)
}

// MovedIn are the accounts of a move, in the order of their keys.
func (tx *Tx) MovedIn(move id.ID) ([]MovedAccount, error) {
	var rows []MovedAccount
	return rows, tx.sorted(&rows, "account_id", "move_id = ?", move)
}

// NamedMoved is an account of a move with its name and who cared before.
type NamedMoved struct {
	Moved       MovedAccount `gorm:"embedded"`
	AccountName string
	FromName    string
}

// MovedSeen are those accounts of a move that the scope reaches, by name.
func (tx *Tx) MovedSeen(sc auth.Scope, move id.ID) ([]NamedMoved, error) {
	return tx.namedMoved(tx.in(sc, "moved_accounts.account_id").Where("moved_accounts.move_id = ?", move))
}

// MovedMade is one account of a move, for who made the change: see results.go.
func (tx *Tx) MovedMade(move, account id.ID) (NamedMoved, error) {
	rows, err := tx.namedMoved(tx.db.Where("moved_accounts.move_id = ? AND moved_accounts.account_id = ?", move, account))
	if err == nil && len(rows) == 0 {
		err = wrap("take a moved account", ErrNotFound)
	}
	if err != nil {
		return NamedMoved{}, err
	}
	return rows[0], nil
}

func (tx *Tx) namedMoved(q *gorm.DB) ([]NamedMoved, error) {
	var rows []NamedMoved
	err := q.Table("moved_accounts").
		Select("moved_accounts.move_id, moved_accounts.account_id, moved_accounts.from_rep_id, moved_accounts.to_rep_id, moved_accounts.status," +
			" moved_accounts.at, moved_accounts.read_at, moved_accounts.objected_at, moved_accounts.objection, moved_accounts.joint_item_id," +
			" n.name AS account_name, u.name AS from_name").
		Joins("JOIN accounts n ON n.id = moved_accounts.account_id").Joins("JOIN users u ON u.id = moved_accounts.from_rep_id").
		Order("n.name, moved_accounts.account_id").Find(&rows).Error
	return rows, wrap("read moved accounts", err)
}
