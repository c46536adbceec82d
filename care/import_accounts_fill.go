package care

import (
	"bytes"
	"fmt"

	"huifang/models"
)

// fillAccount finds who is meant by numbers, seals what is sensitive, and derives what follows from the columns.
func (im *importer) fillAccount(row *accountRow, old accountRow) error {
	a := &row.Account
	a.Pinyin, a.UpdatedAt = models.Pinyin(a.Name), im.tx.Now
	if err := im.resolve(row); err != nil {
		return err
	}
	if row.PhoneText != old.PhoneText {
		if err := im.setPhone(a, row.PhoneText); err != nil {
			return err
		}
	}
	return im.sealTexts(row, old)
}

// resolve finds the rep and the referrer, whom the check has found. An account belongs to the store of its rep.
func (im *importer) resolve(row *accountRow) error {
	h, ok := im.holders[row.Rep]
	if !ok || row.ID.IsZero() {
		return changedMeanwhile(im.in.Accounts)
	}
	row.RepID = h.id
	if h.store != nil {
		row.StoreID = *h.store
	}
	if row.Referrer == "" {
		return nil
	}
	referrer, ok := im.accounts[row.Referrer]
	if !ok {
		return changedMeanwhile(im.in.Accounts)
	}
	row.ReferredBy = &referrer.ID
	return nil
}

// sealedText is a text of a row that lies sealed in its account.
type sealedText struct {
	column string
	clear  *string
	sealed *models.Sealed
}

func (r *accountRow) sealedTexts() []sealedText {
	return []sealedText{
		{"phone", &r.PhoneText, &r.Phone}, {"address", &r.AddressText, &r.Address}, {"health", &r.HealthText, &r.Health},
		{"history", &r.HistoryText, &r.History}, {"allergies", &r.AllergyText, &r.Allergies},
	}
}

// sealTexts seals what differs; the telephone number has been sealed with its indexes.
func (im *importer) sealTexts(row *accountRow, old accountRow) error {
	before := old.sealedTexts()
	for i, t := range row.sealedTexts() {
		if t.column == "phone" || *t.clear == *before[i].clear {
			continue
		}
		var err error
		if *t.sealed, err = im.seal(sealedAt{"accounts", t.column, row.ID}, *t.clear); err != nil {
			return err
		}
	}
	return nil
}

// unseal opens the sealed columns of an account into its row.
func (s *Service) unseal(row *accountRow) error {
	for _, t := range row.sealedTexts() {
		if len(*t.sealed) == 0 {
			continue
		}
		var err error
		if *t.clear, err = s.open(sealedAt{"accounts", t.column, row.ID}, *t.sealed); err != nil {
			return fmt.Errorf("open %s of account %s: %w", t.column, row.Number, err)
		}
	}
	return nil
}

// differAccounts notes the columns files carry in which an account differs. The rep is not among them: see MoveAccount.
func differAccounts(d *difference, a, b models.Account) {
	differ(d, "name", a.Name, b.Name)
	differ(d, "pinyin", a.Pinyin, b.Pinyin)
	differ(d, "store_id", a.StoreID, b.StoreID)
	differ(d, "sex", a.Sex, b.Sex)
	differ(d, "birth_year", a.BirthYear, b.BirthYear)
	differ(d, "district", a.District, b.District)
	differ(d, "city", a.City, b.City)
	differ(d, "frail", a.Frail, b.Frail)
	differ(d, "source", a.Source, b.Source)
	differ(d, "referred_by", a.ReferredBy, b.ReferredBy)
	differ(d, "since", a.Since, b.Since)
	differSoft(d, a, b)
	differSecrets(d, a, b)
}

func differSoft(d *difference, a, b models.Account) {
	differ(d, "employer", a.Employer, b.Employer)
	differ(d, "job", a.Job, b.Job)
	differ(d, "budget", a.Budget, b.Budget)
	differ(d, "wishes", a.Wishes, b.Wishes)
	differ(d, "manner", a.Manner, b.Manner)
	differ(d, "looks", a.Looks, b.Looks)
	differ(d, "habits", a.Habits, b.Habits)
	differ(d, "hobbies", a.Hobbies, b.Hobbies)
	differ(d, "interests", a.Interests, b.Interests)
	differ(d, "brings", a.Brings, b.Brings)
	differ(d, "taboos", a.Taboos, b.Taboos)
	differ(d, "expected_next_on", a.ExpectedNextOn, b.ExpectedNextOn)
	differ(d, "preferred", a.Preferred, b.Preferred)
	differ(d, "quiet", a.Quiet, b.Quiet)
	differ(d, "opt_outs", a.OptOuts, b.OptOuts)
}

// differSecrets compares what is sealed as it is sealed: a text that stayed the same was not sealed anew.
func differSecrets(d *difference, a, b models.Account) {
	d.secret("lat", same(a.Lat, b.Lat))
	d.secret("lng", same(a.Lng, b.Lng))
	d.secret("phone", bytes.Equal(a.Phone, b.Phone))
	d.secret("phone_hash", bytes.Equal(a.PhoneHash, b.PhoneHash))
	d.secret("last4_hash", bytes.Equal(a.Last4Hash, b.Last4Hash))
	d.secret("address", bytes.Equal(a.Address, b.Address))
	d.secret("health", bytes.Equal(a.Health, b.Health))
	d.secret("history", bytes.Equal(a.History, b.History))
	d.secret("allergies", bytes.Equal(a.Allergies, b.Allergies))
}
