package demo_test

import (
	"errors"
	"testing"

	"huifang/auth"
	"huifang/demo"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
)

func TestLoadedBookReadsBackAndOpens(t *testing.T) {
	b := books()[0]
	vault, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		if err := demo.Load(t.Context(), s, vault, b, "a hash"); err != nil {
			t.Fatal(err)
		}
		err := s.Read(t.Context(), func(tx *models.Tx) error {
			readBack(t, tx, vault, b)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := demo.Load(t.Context(), s, vault, b, "a hash"); !errors.Is(err, models.ErrConflict) {
			t.Errorf("loading twice: %v, want ErrConflict", err)
		}
	})
}

// readBack compares some rows of the database with the book's clear text.
func readBack(t *testing.T, tx *models.Tx, vault *seal.Vault, b demo.Book) {
	opens := func(column string, sealed models.Sealed, p demo.Person, want string) {
		t.Helper()
		got, err := vault.Open(sealed, seal.Context("accounts", column, p.Account.ID))
		if err != nil || got != want {
			t.Errorf("%s of %s opens to %q, %v; want %q", column, p.Account.Number, got, err, want)
		}
	}
	for i := 0; i < len(b.People); i += 97 {
		p := b.People[i]
		a, err := tx.AccountByNumber(auth.System(), p.Account.Number)
		if err != nil {
			t.Fatalf("read %s: %v", p.Account.Number, err)
		}
		if a.Name != p.Account.Name || a.Since != p.Account.Since || a.Purchases != p.Account.Purchases {
			t.Errorf("%s came back as %+v", p.Account.Number, a)
		}
		opens("phone", a.Phone, p, p.Phone)
		opens("address", a.Address, p, p.Address)
		opens("health", a.Health, p, p.Health)
		opens("history", a.History, p, p.History)
		opens("allergies", a.Allergies, p, p.Allergies)
	}
	noteOpens(t, tx, vault, b.Logs[len(b.Logs)-1])
	u, err := tx.UserByLogin("rep")
	if err != nil || u.Password != "a hash" {
		t.Errorf("user rep has password %q, %v", u.Password, err)
	}
}

func noteOpens(t *testing.T, tx *models.Tx, vault *seal.Vault, l demo.Log) {
	t.Helper()
	row, err := tx.Log(auth.System(), l.Log.ID)
	if err != nil {
		t.Fatal(err)
	}
	note, err := vault.Open(row.Note, seal.Context("contact_logs", "note", row.ID))
	if err != nil || note != l.Note {
		t.Errorf("note opens to %q, %v; want %q", note, err, l.Note)
	}
}
