package models

import (
	"slices"

	"huifang/auth"
	"huifang/id"
)

// User reads a user, disabled or not.
func (tx *Tx) User(x id.ID) (User, error) {
	var u User
	return u, tx.take(&u, "id = ?", x)
}

// UserByLogin reads a user by login, which is lower case.
func (tx *Tx) UserByLogin(login string) (User, error) {
	var u User
	return u, tx.take(&u, "login = ?", login)
}

// UserByNumber reads a user by the company's staff number.
func (tx *Tx) UserByNumber(number string) (User, error) {
	var u User
	return u, tx.take(&u, "number = ? AND number <> ''", number)
}

// UserInScope reads a user whose accounts lie in the scope: oneself, someone of the team, anyone of the company.
func (tx *Tx) UserInScope(sc auth.Scope, x id.ID) (User, error) {
	where, args := staff(sc)
	var u User
	return u, wrap("take a user", tx.db.Where(where, args...).Where("id = ?", x).Take(&u).Error)
}

// StaffInScope are the users whose accounts lie in the scope, by number; without the disabled.
func (tx *Tx) StaffInScope(sc auth.Scope) ([]User, error) {
	where, args := staff(sc)
	var rows []User
	err := tx.db.Where(where, args...).Where("disabled_at IS NULL").Order("number, id").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list users", err)
}

// staff is the scope over people.
func staff(sc auth.Scope) (where string, args []any) {
	switch sc.Reach {
	case auth.ReachOwn, auth.ReachExpert:
		return "id = ?", list(sc.User)
	case auth.ReachTeam:
		return "team_id = ?", list(sc.Team)
	case auth.ReachCompany, auth.ReachSystem:
		return "1 = 1", nil
	}
	return "1 = 0", nil
}

// UserFilter narrows a list of users; a zero field narrows nothing.
type UserFilter struct {
	Role     auth.Role
	StoreID  id.ID
	TeamID   id.ID
	Disabled bool   // with the disabled
	After    string // login of the last user of the page before
	Limit    int
}

// Users are the users by login: for who manages users, whatever accounts they reach.
func (tx *Tx) Users(f UserFilter) ([]User, error) {
	q := tx.db.Where("login > ?", f.After)
	if f.Role != "" {
		q = q.Where("role = ?", f.Role)
	}
	if !f.StoreID.IsZero() {
		q = q.Where("store_id = ?", f.StoreID)
	}
	if !f.TeamID.IsZero() {
		q = q.Where("team_id = ?", f.TeamID)
	}
	if !f.Disabled {
		q = q.Where("disabled_at IS NULL")
	}
	var rows []User
	return rows, wrap("list users", q.Order("login").Limit(pageSize(f.Limit)).Find(&rows).Error)
}

// UsersAmong reads some users, by their keys: for the names beside rows.
func (tx *Tx) UsersAmong(keys []id.ID) (map[id.ID]User, error) {
	if len(keys) == 0 {
		return map[id.ID]User{}, nil
	}
	var rows []User
	err := tx.find(&rows, "id IN ?", keys)
	return byID(rows, func(u User) id.ID { return u.ID }), err
}

// lockUser reads a user and holds the row until the transaction ends.
func (tx *Tx) lockUser(x id.ID) (User, error) {
	var u User
	return u, tx.lock(&u, "id = ?", x)
}

// AddUser adds a user; ErrConflict when the login or the number is taken.
func (tx *Tx) AddUser(u *User) error {
	if err := tx.insert(u); err != nil {
		return err
	}
	return tx.addFeeds([]User{*u})
}

// AddUsers adds many users.
func (tx *Tx) AddUsers(users []User) error { return AddAll(tx, users) }

// ChangeUser writes chosen columns of a user. Not for passwords and disabling: see SetPassword and DisableUser.
func (tx *Tx) ChangeUser(u *User, columns ...string) error {
	if err := tx.touchNamed(u.ID, columns); err != nil {
		return err
	}
	return tx.save(u, columns)
}

// touchNamed notes what shows the name of a user, when that changes: their accounts and the contacts they made.
func (tx *Tx) touchNamed(user id.ID, columns []string) error {
	if !slices.Contains(columns, "name") && !slices.Contains(columns, "Name") {
		return nil
	}
	held, err := tx.lockAccountsOf(user)
	if err != nil {
		return err
	}
	tx.touchRows(held)
	return tx.touchFound(&ContactLog{}, "user_id = ? AND day >= ?", user, tx.Today-logDays)
}

// SetPassword sets a password in PHC form and ends every session and token of the user.
func (tx *Tx) SetPassword(x id.ID, phc string) error {
	return tx.barUser(x, map[string]any{"password": phc})
}

// DisableUser locks a user out and ends every session and token.
func (tx *Tx) DisableUser(x id.ID) error {
	tx.touched.everyone = true
	return tx.barUser(x, map[string]any{"disabled_at": tx.Now})
}

// EnableUser lets a disabled user in again; old tokens stay dead.
func (tx *Tx) EnableUser(x id.ID) error {
	tx.touched.everyone = true
	return tx.updateOne(&User{}, map[string]any{"disabled_at": nil}, "id = ?", x)
}

func (tx *Tx) barUser(x id.ID, columns map[string]any) error {
	u, err := tx.lockUser(x)
	if err != nil {
		return err
	}
	columns["epoch"] = u.Epoch + 1
	if err := tx.updateOne(&User{}, columns, "id = ?", x); err != nil {
		return err
	}
	return tx.RevokeSessions(x)
}

// AddLeave writes time off.
func (tx *Tx) AddLeave(l *Leave) error { return tx.insert(l) }

// Leave reads one.
func (tx *Tx) Leave(x id.ID) (Leave, error) {
	var l Leave
	return l, tx.take(&l, "id = ?", x)
}

// LeavesOf are the leaves of a user that have not ended, asked and granted.
func (tx *Tx) LeavesOf(user id.ID) ([]Leave, error) {
	var rows []Leave
	return rows, tx.sorted(&rows, "from_day, id", "user_id = ? AND to_day >= ?", user, tx.Today)
}

// AskedLeaves are the leaves of the people of a scope that nobody has granted yet.
func (tx *Tx) AskedLeaves(sc auth.Scope) ([]Leave, error) {
	where, args := staff(sc)
	var rows []Leave
	err := tx.db.Where("granted = ? AND to_day >= ?", false, tx.Today).
		Where("user_id IN (SELECT id FROM users WHERE "+where+")", args...).
		Order("from_day, id").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list leaves", err)
}

// ChangeLeave writes chosen columns of a leave.
func (tx *Tx) ChangeLeave(l *Leave, columns ...string) error { return tx.save(l, columns) }

// RemoveLeave takes a leave back.
func (tx *Tx) RemoveLeave(x id.ID) error { return tx.remove(&Leave{}, "id = ?", x) }
