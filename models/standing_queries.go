package models

import (
	"strings"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/standing"
)

// BoughtSince sums up what accounts bought from a day on, less what was given back; accounts that bought nothing are left out.
// No keys stand for all accounts.
func (tx *Tx) BoughtSince(from civil.Date, keys ...id.ID) (map[id.ID]standing.Bought, error) {
	q := tx.db.Table("purchases p").
		Select("p.account_id, MAX(p.day) AS last, COUNT(*) AS times, SUM(p.amount - COALESCE(b.back, 0)) AS spent").
		Joins("JOIN accounts a ON a.id = p.account_id").
		Joins("LEFT JOIN (SELECT purchase_id, SUM(amount) AS back, MAX(whole) AS whole FROM returns GROUP BY purchase_id) b ON b.purchase_id = p.id").
		Where("p.day >= ? AND p.day <= ? AND a.erased_at IS NULL AND COALESCE(b.whole, 0) = 0", from, tx.Today).Group("p.account_id")
	if len(keys) > 0 {
		q = q.Where("p.account_id IN ?", keys)
	}
	var rows []struct {
		AccountID id.ID
		standing.Bought
	}
	if err := q.Find(&rows).Error; err != nil {
		return nil, wrap("sum up what was bought", err)
	}
	out := make(map[id.ID]standing.Bought, len(rows))
	for _, r := range rows {
		out[r.AccountID] = r.Bought
	}
	return out, nil
}

// Behaviour is what loyalty grades of accounts follow from; no keys stand for all accounts. Accounts without any are left out.
func (tx *Tx) Behaviour(keys ...id.ID) (map[id.ID]standing.Evidence, error) {
	part := func(columns, from, account, where string) string {
		if len(keys) > 0 {
			where += " AND " + account + " IN @keys"
		}
		return "SELECT " + account + " AS account_id, " + columns + " FROM " + from + " WHERE " + where + " GROUP BY " + account
	}
	var rows []struct {
		AccountID id.ID
		standing.Evidence
	}
	err := tx.db.Raw(strings.Join([]string{
		part("MAX(purchases) - 1 AS repurchases, 0 AS events, 0 AS referrals, 0 AS closed", "accounts", "id", "purchases > 1 AND erased_at IS NULL"),
		part("0, COUNT(DISTINCT day), 0, 0", "contact_logs", "account_id", "kind = 'EVENT' AND outcome = 'ATTENDED'"),
		part("0, 0, COUNT(*), SUM(CASE WHEN purchases > 0 THEN 1 ELSE 0 END)", "accounts", "referred_by", "referred_by IS NOT NULL AND erased_at IS NULL"),
	}, " UNION ALL "), map[string]any{"keys": keys}).Scan(&rows).Error
	out := map[id.ID]standing.Evidence{}
	for _, r := range rows {
		e := out[r.AccountID]
		e.Repurchases, e.Events, e.Referrals, e.Closed = e.Repurchases+r.Repurchases, e.Events+r.Events, e.Referrals+r.Referrals, e.Closed+r.Closed
		out[r.AccountID] = e
	}
	return out, wrap("read what grades follow from", err)
}

// Stand is where an account stands in the columns of its row.
type Stand struct {
	ID        id.ID
	Tier      string
	Grade     int
	Purchases int
}

// StandsAfter reads the next n accounts in order of their keys, the zero key first.
func (tx *Tx) StandsAfter(key id.ID, n int) ([]Stand, error) {
	var rows []Stand
	err := tx.db.Model(&Account{}).Where("id > ? AND erased_at IS NULL", key).Order("id").Limit(n).Find(&rows).Error
	return rows, wrap("read where accounts stand", err)
}

// PutTierCuts keeps the fifths of today; made again they replace those before.
func (tx *Tx) PutTierCuts(c TierCuts) error {
	if err := tx.drop(&TierCuts{}, "day = ?", c.Day); err != nil {
		return err
	}
	return tx.insert(&c)
}

// LastTierCuts are the newest fifths: ErrNotFound before the first night.
func (tx *Tx) LastTierCuts() (TierCuts, error) {
	var c TierCuts
	return c, wrap("read the fifths of the buyers", tx.db.Order("day DESC").Take(&c).Error)
}

// AddStandingChanges keeps moves of accounts.
func (tx *Tx) AddStandingChanges(rows []StandingChange) error { return AddAll(tx, rows) }

// NamedChange is a move with the name of who made it.
type NamedChange struct {
	Change StandingChange `gorm:"embedded"`
	ByName string
}

// StandingChangesOf are the moves of an account, the latest first.
func (tx *Tx) StandingChangesOf(sc auth.Scope, account id.ID) ([]NamedChange, error) {
	var rows []NamedChange
	err := tx.in(sc, "c.account_id").Table("standing_changes c").Select("c.*, COALESCE(u.name, '') AS by_name").
		Joins("LEFT JOIN users u ON u.id = c.made_by").Where("c.account_id = ?", account).Order("c.id DESC").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list moves of an account", err)
}

// AddProposals writes proposed grades; ErrConflict when a key is taken.
func (tx *Tx) AddProposals(rows []GradeProposal) error { return AddAll(tx, rows) }

// Proposal reads a proposed grade of an account in the scope.
func (tx *Tx) Proposal(sc auth.Scope, x id.ID) (GradeProposal, error) {
	var p GradeProposal
	return p, tx.seen(&p, sc, "grade_proposals.account_id", "id = ?", x)
}

// ChangeProposal writes chosen columns of a proposal. Its account must be locked.
func (tx *Tx) ChangeProposal(p *GradeProposal, columns ...string) error { return tx.save(p, columns) }

// LastProposals are the latest proposals of some accounts.
func (tx *Tx) LastProposals(accounts []id.ID) (map[id.ID]GradeProposal, error) {
	var rows []GradeProposal
	if len(accounts) == 0 {
		return nil, nil
	}
	err := tx.find(&rows, "account_id IN ? AND id = (SELECT MAX(p.id) FROM grade_proposals p WHERE p.account_id = grade_proposals.account_id)", accounts)
	return byID(rows, func(p GradeProposal) id.ID { return p.AccountID }), err
}

// NamedProposal is a proposed grade as people read it.
type NamedProposal struct {
	Proposal    GradeProposal `gorm:"embedded"`
	AccountName string
	District    string
	RepID       id.ID
	RepName     string
	ByName      string
}

// OpenProposals are the proposals that wait for an answer in the scope, the oldest first.
func (tx *Tx) OpenProposals(sc auth.Scope) ([]NamedProposal, error) {
	return tx.proposals(sc, "p.status = ?", ProposalOpen)
}

// ProposalMade is the proposal of a command, with its names.
func (tx *Tx) ProposalMade(x id.ID) (NamedProposal, error) {
	rows, err := tx.proposals(auth.System(), "p.id = ?", x)
	if err == nil && len(rows) == 0 {
		err = wrap("read a proposal", ErrNotFound)
	}
	if err != nil {
		return NamedProposal{}, err
	}
	return rows[0], nil
}

// OpenProposalOf is the proposal that waits for an answer of an account in the scope; nil when there is none.
func (tx *Tx) OpenProposalOf(sc auth.Scope, account id.ID) (*NamedProposal, error) {
	rows, err := tx.proposals(sc, "p.account_id = ? AND p.status = ?", account, ProposalOpen)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

func (tx *Tx) proposals(sc auth.Scope, where string, args ...any) ([]NamedProposal, error) {
	var rows []NamedProposal
	err := tx.in(sc, "p.account_id").Table("grade_proposals p").
		Select("p.*, a.name AS account_name, a.district AS district, a.rep_id AS rep_id, r.name AS rep_name, COALESCE(u.name, '') AS by_name").
		Joins("JOIN accounts a ON a.id = p.account_id").Joins("JOIN users r ON r.id = a.rep_id").Joins("LEFT JOIN users u ON u.id = p.proposed_by").
		Where("a.erased_at IS NULL").Where(where, args...).Order("p.id").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list proposed grades", err)
}

// CloseProposals ends what is proposed for an account: another one takes its place.
func (tx *Tx) CloseProposals(account id.ID) error {
	_, err := tx.update(&GradeProposal{}, map[string]any{"status": ProposalReplaced, "answered_at": tx.Now}, "account_id = ? AND status = ?", account, ProposalOpen)
	return err
}

// SetTier gives accounts a value tier. They must be locked.
func (tx *Tx) SetTier(accounts []id.ID, tier string) error {
	for _, a := range accounts {
		tx.touched.account(a)
	}
	_, err := tx.update(&Account{}, map[string]any{"tier": tier}, "id IN ?", accounts)
	return err
}
