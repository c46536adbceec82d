package care

import (
	"context"

	"huifang/id"
	"huifang/models"
)

// LogCard is a contact as a device keeps it.
type LogCard struct {
	Log      models.ContactLog
	UserName string
	Note     string
	Photos   []models.Photo // in the order taken
	Odd      *ReviewCard    // nil when it was never odd
}

// CaseCard is a case as a device keeps it.
type CaseCard struct {
	Case  models.Case
	Steps []models.CaseStep
	Note  string
}

// look is how many notes of others on an account a viewer was shown.
type look struct{ logs, cases int }

// The readers below return the keys they found, in order.

func (p *pull) readAccounts(tx *models.Tx, keys []id.ID) ([]id.ID, error) {
	cards, err := tx.Cards(p.v.Scope(), keys)
	if err != nil {
		return nil, err
	}
	briefs, err := p.briefs(tx, cards.Accounts)
	if err != nil {
		return nil, err
	}
	seen := make([]id.ID, len(cards.Accounts))
	for i, a := range cards.Accounts {
		seen[i] = a.Account.ID
		card, err := cardOf(cards, a, tx.Today)
		if err != nil {
			return nil, err
		}
		card.Brief = briefs[a.Account.ID]
		p.out.Accounts = append(p.out.Accounts, card)
	}
	return seen, nil
}

// briefs are those of the last handovers of accounts that the viewer holds.
func (p *pull) briefs(tx *models.Tx, accounts []models.CardHead) (map[id.ID]*HandoverBrief, error) {
	var held []id.ID
	for _, a := range accounts {
		if a.Account.RepID == p.v.User {
			held = append(held, a.Account.ID)
		}
	}
	rows, err := tx.BriefsAmong(held)
	if err != nil {
		return nil, err
	}
	out := make(map[id.ID]*HandoverBrief, len(rows))
	for account, row := range rows {
		if out[account], err = p.s.handoverBrief(row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p *pull) readItems(tx *models.Tx, keys []id.ID) ([]id.ID, error) {
	rows, err := tx.ItemsAmong(p.v.Scope(), keys)
	p.out.Items = rows
	seen := make([]id.ID, len(rows))
	for i, r := range rows {
		seen[i] = r.ID
	}
	return seen, err
}

func (p *pull) readCases(tx *models.Tx, keys []id.ID) ([]id.ID, error) {
	rows, err := tx.CasesAmong(p.v.Scope(), keys)
	if err != nil {
		return nil, err
	}
	seen := make([]id.ID, len(rows))
	for i, r := range rows {
		seen[i] = r.Case.ID
		note, err := p.s.open(sealedAt{"cases", "note", r.Case.ID}, r.Case.Note)
		if err != nil {
			return nil, err
		}
		if note != "" && r.Case.CreatedBy != p.v.User {
			p.lookAt(r.Case.AccountID).cases++
		}
		p.out.Cases = append(p.out.Cases, CaseCard{Case: r.Case, Steps: r.Steps, Note: note})
	}
	return seen, nil
}

func (p *pull) readLogs(tx *models.Tx, keys []id.ID) ([]id.ID, error) {
	rows, err := tx.LogsAmong(p.v.Scope(), keys)
	if err != nil {
		return nil, err
	}
	seen := make([]id.ID, len(rows))
	for i, r := range rows {
		seen[i] = r.Log.ID
	}
	photos, err := tx.PhotosOfLogs(seen)
	if err != nil {
		return nil, err
	}
	reviews, err := tx.ReviewsOf(oddOnes(rows))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		note, err := p.s.open(sealedAt{"contact_logs", "note", r.Log.ID}, r.Log.Note)
		if err != nil {
			return nil, err
		}
		if note != "" && r.Log.UserID != p.v.User { // one's own words are no look
			p.lookAt(r.Log.AccountID).logs++
		}
		odd, err := p.s.reviewCard(r.Log, reviews)
		if err != nil {
			return nil, err
		}
		p.out.Logs = append(p.out.Logs, LogCard{Log: r.Log, UserName: r.UserName, Note: note, Photos: photos[r.Log.ID], Odd: odd})
	}
	return seen, nil
}

// oddOnes are the keys of the contacts that look odd.
func oddOnes(rows []models.NamedLog) []id.ID {
	var odd []id.ID
	for _, r := range rows {
		if r.Log.Review != "" {
			odd = append(odd, r.Log.ID)
		}
	}
	return odd
}

func (p *pull) lookAt(account id.ID) *look {
	if p.looks[account] == nil {
		p.looks[account] = &look{}
	}
	return p.looks[account]
}

// writeLooks writes down whose notes by others the answer holds: one entry for each account (D23). An answer that could
// not be written down is not given.
func (p *pull) writeLooks(ctx context.Context) error {
	if len(p.looks) == 0 {
		return nil
	}
	return p.s.Store.Write(ctx, func(tx *models.Tx) error {
		rows := make([]models.Audit, 0, len(p.looks))
		for account, l := range p.looks {
			row := deed(p.v, "LOOK_NOTES", "accounts", account, account, map[string]any{"logs": l.logs, "cases": l.cases})
			row.ID, row.At = tx.NewID(), tx.Now
			rows = append(rows, row)
		}
		return models.AddAll(tx, rows)
	})
}
