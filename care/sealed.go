package care

import (
	"huifang/id"
	"huifang/models"
	"huifang/seal"
)

// sealedAt is where a sealed value lives: table, column and row. A value opens only there.
type sealedAt struct {
	table, column string
	row           id.ID
}

func (s *Service) seal(at sealedAt, clear string) (models.Sealed, error) {
	return s.Vault.Seal(clear, seal.Context(at.table, at.column, at.row))
}

func (s *Service) open(at sealedAt, sealed models.Sealed) (string, error) {
	return s.Vault.Open(sealed, seal.Context(at.table, at.column, at.row))
}

// setPhone seals a number in its one spelling, with its blind indexes; an empty one takes it away.
func (s *Service) setPhone(a *models.Account, number string) error {
	var err error
	if a.Phone, err = s.seal(sealedAt{"accounts", "phone", a.ID}, number); err != nil {
		return err
	}
	if a.PhoneHash, err = s.Vault.Index(seal.Phone, number); err != nil {
		return err
	}
	a.Last4Hash, err = s.Vault.Index(seal.PhoneTail, lastFour(number))
	return err
}
