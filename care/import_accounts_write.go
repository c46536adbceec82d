package care

import (
	"huifang/cadence"
	"huifang/models"
)

// writeAccounts writes the accounts file in chunks.
func (im *importer) writeAccounts(report *FileReport, file *ImportFile) error {
	var batch []line[accountRow]
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := im.writeAccountChunk(report, batch)
		err = near(err, file, batch[0].row.Line, batch[len(batch)-1].row.Line)
		batch = batch[:0]
		return err
	}
	err := again(im, accountsFile, file, accountTable(), func(l line[accountRow]) error {
		batch = append(batch, l)
		if len(batch) < chunk {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

func (im *importer) writeAccountChunk(report *FileReport, batch []line[accountRow]) error {
	numbers := make([]string, len(batch))
	for i, l := range batch {
		numbers[i] = l.cell("number")
	}
	filed, err := im.tx.AccountsNumbered(numbers)
	if err != nil {
		return err
	}
	known := map[string]models.Account{}
	for _, a := range filed.Accounts {
		known[a.Number] = a
	}
	rows := accountRows{filed: filed}
	for _, l := range batch {
		before, ok := known[l.cell("number")]
		if !ok {
			report.Added++
			err = im.addAccount(&rows, l)
		} else {
			err = im.changeAccount(report, &rows, before, l)
		}
		if err != nil {
			return err
		}
	}
	return im.addRows(rows)
}

// accountRows are the rows of a chunk: what was there, and what is inserted together.
type accountRows struct {
	filed       models.Filed
	accounts    []models.Account
	assignments []models.Assignment
	members     []models.Member
	dates       []models.AccountDate
	tags        []models.AccountTag
	audits      []models.Audit
}

func (im *importer) addRows(n accountRows) error {
	for _, add := range []func() error{
		func() error { return models.AddAll(im.tx, n.accounts) },
		func() error { return models.AddAll(im.tx, n.assignments) },
		func() error { return models.AddAll(im.tx, n.members) },
		func() error { return models.AddAll(im.tx, n.dates) },
		func() error { return models.AddAll(im.tx, n.tags) },
		func() error { return models.AddAll(im.tx, n.audits) },
	} {
		if err := add(); err != nil {
			return err
		}
	}
	return nil
}

// addAccount makes a new account: without a day given it is in care from today, or from its first order.
func (im *importer) addAccount(n *accountRows, l line[accountRow]) error {
	row := accountRow{today: im.tx.Today}
	if len(l.fill(&row)) > 0 {
		return changedMeanwhile(im.in.Accounts)
	}
	a := &row.Account
	a.ID, a.Version, a.CreatedAt = im.accounts[row.Number].ID, 1, im.tx.Now
	a.Service, a.Lifecycle, a.Activity, a.Horizon = cadence.NotYet, cadence.Potential, cadence.NormalActivity, cadence.HorizonUnknown
	if !row.SinceGiven {
		a.Since = im.tx.Today
	}
	if err := im.fillAccount(&row, accountRow{}); err != nil {
		return err
	}
	n.accounts = append(n.accounts, *a)
	n.assignments = append(n.assignments, im.assignment(*a))
	n.audits = append(n.audits, im.audit("accounts", a.ID, &a.ID, nil))
	im.addFamily(n, row)
	im.replans[a.RepID] = true
	return nil
}

func (im *importer) addFamily(n *accountRows, row accountRow) {
	for _, tag := range row.Tags {
		n.tags = append(n.tags, models.AccountTag{AccountID: row.ID, Tag: tag})
	}
	spouse := im.spouse(row)
	if spouse != nil {
		n.members = append(n.members, *spouse)
	}
	n.dates = append(n.dates, im.dates(row, spouse)...)
}

func (im *importer) assignment(a models.Account) models.Assignment {
	return models.Assignment{ID: im.tx.NewID(), AccountID: a.ID, RepID: a.RepID, FromAt: im.tx.Now, Reason: "import", CreatedBy: im.by}
}

// changeAccount writes what a line changes of an account, moves it when its rep differs, and audits.
func (im *importer) changeAccount(report *FileReport, n *accountRows, before models.Account, l line[accountRow]) error {
	old, row, err := im.updated(before, n.filed, l)
	if err != nil {
		return err
	}
	d := difference{detail: map[string]any{}}
	differAccounts(&d, before, row.Account)
	if before.RepID != row.RepID {
		d.tell("rep_id", before.RepID, row.RepID)
	}
	if err := im.changeFamily(&d, n.filed, old, row); err != nil {
		return err
	}
	if len(d.detail) == 0 {
		report.Unchanged++
		return nil
	}
	report.Updated++
	im.replans[before.RepID], im.replans[row.RepID] = true, true
	n.audits = append(n.audits, im.audit("accounts", before.ID, &before.ID, d.detail))
	return im.saveAccount(before, row.Account, d.columns)
}

// updated is an account as it was and as the line makes it.
func (im *importer) updated(before models.Account, filed models.Filed, l line[accountRow]) (old, row accountRow, err error) {
	old = filedRow(before, filed)
	old.today = im.tx.Today
	if err := im.unseal(&old); err != nil {
		return old, row, err
	}
	row = old
	if err := l.update(&row); err != nil {
		return old, row, changedMeanwhile(im.in.Accounts)
	}
	if row.Since == im.tx.Day(before.CreatedAt) && old.Since < row.Since {
		row.Since = old.Since // the day it was entered says nothing: the first order was earlier
	}
	err = im.fillAccount(&row, old)
	return old, row, err
}

// saveAccount writes the changed columns and moves the account with its open items and cases (D9).
func (im *importer) saveAccount(before, a models.Account, columns []string) error {
	rep := a.RepID
	a.RepID = before.RepID
	if err := im.tx.ChangeAccount(&a, append(columns, "updated_at")...); err != nil || rep == before.RepID {
		return err
	}
	a.RepID = rep
	if err := im.tx.MoveAccount(&a, im.assignment(a)); err != nil {
		return err
	}
	keys := im.accounts[a.Number]
	keys.RepID = rep
	im.accounts[a.Number] = keys
	return handOverWork(im.tx, a, im.assignment(a).Reason)
}
