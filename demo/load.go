package demo

import (
	"context"
	"fmt"

	"huifang/id"
	"huifang/models"
	"huifang/seal"
)

// Load writes a book into an empty, migrated store in one transaction, sealing what is sensitive. Every user gets the
// same password, given as its hash in PHC form. models.ErrConflict when the store already holds the book.
func Load(ctx context.Context, store *models.Store, vault *seal.Vault, book Book, hash string) error {
	rows, err := sealed(vault, book, hash)
	if err != nil {
		return fmt.Errorf("seal the book: %w", err)
	}
	if err := store.Write(ctx, rows.write); err != nil {
		return fmt.Errorf("load the book: %w", err)
	}
	return nil
}

// sealedBook is a book as the tables take it.
type sealedBook struct {
	Book
	users    []models.User
	accounts []models.Account
	cases    []models.Case
	steps    []models.CaseStep
	logs     []models.ContactLog
	reviews  []models.Review
}

// write puts every row after those it refers to.
func (b *sealedBook) write(tx *models.Tx) error {
	for _, step := range []func() error{
		func() error { return models.AddAll(tx, []models.Company{b.Company}) },
		func() error { return models.AddAll(tx, b.Stores) },
		func() error { return models.AddAll(tx, b.Teams) },
		func() error { return models.AddAll(tx, b.users) },
		func() error { return models.AddAll(tx, b.Leaves) },
		func() error { return models.AddAll(tx, b.Holidays) },
		func() error { return models.AddAll(tx, b.Products) },
		func() error { return models.AddAll(tx, b.accounts) },
		func() error { return models.AddAll(tx, b.Members) },
		func() error { return models.AddAll(tx, b.Dates) },
		func() error { return models.AddAll(tx, b.Tags) },
		func() error { return models.AddAll(tx, b.Assignments) },
		func() error { return models.AddAll(tx, b.Covers) },
		func() error { return models.AddAll(tx, b.Pauses) },
		func() error { return models.AddAll(tx, b.Purchases) },
		func() error { return models.AddAll(tx, b.Lines) },
		func() error { return models.AddAll(tx, b.Overrides) },
		func() error { return models.AddAll(tx, b.logs) },
		func() error { return models.AddAll(tx, b.cases) },
		func() error { return models.AddAll(tx, b.steps) },
		func() error { return models.AddAll(tx, b.Returns) },
		func() error { return models.AddAll(tx, b.Items) },
		func() error { return models.AddAll(tx, b.reviews) },
		func() error { return models.AddAll(tx, b.Devices) },
		func() error { return models.AddAll(tx, b.Policies) },
		func() error { return models.AddAll(tx, b.Moves) },
		func() error { return models.AddAll(tx, b.Moved) },
		func() error { return models.AddAll(tx, b.Joint) },
		func() error { return models.AddAll(tx, b.Cuts) },
		func() error { return models.AddAll(tx, b.Changes) },
		func() error { return models.AddAll(tx, b.Proposals) },
		func() error { return models.AddAll(tx, b.Versions) },
		func() error { return models.AddAll(tx, b.Foretold) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// sealed turns clear text into sealed columns. The book itself is left as it is.
func sealed(vault *seal.Vault, book Book, hash string) (*sealedBook, error) {
	s := &sealer{vault: vault}
	b := &sealedBook{Book: book}
	for _, u := range book.Users {
		u.User.Password = hash
		u.User.Phone = s.seal("users", "phone", u.User.ID, u.Phone)
		b.users = append(b.users, u.User)
	}
	for _, p := range book.People {
		b.accounts = append(b.accounts, s.account(p))
	}
	for _, c := range book.Cases {
		c.Case.Note = s.seal("cases", "note", c.Case.ID, c.Note)
		b.cases = append(b.cases, c.Case)
		for _, step := range c.Steps {
			step.Step.Note = s.seal("case_steps", "note", step.Step.ID, step.Note)
			b.steps = append(b.steps, step.Step)
		}
	}
	for _, l := range book.Logs {
		l.Log.Note = s.seal("contact_logs", "note", l.Log.ID, l.Note)
		b.logs = append(b.logs, l.Log)
	}
	for _, r := range book.Reviews {
		r.Review.Answer = s.seal("reviews", "answer", r.Review.LogID, r.Answer)
		b.reviews = append(b.reviews, r.Review)
	}
	return b, s.err
}

// sealer seals value after value and keeps the first error.
type sealer struct {
	vault *seal.Vault
	err   error
}

func (s *sealer) account(p Person) models.Account {
	a := p.Account
	a.Phone = s.seal("accounts", "phone", a.ID, p.Phone)
	a.PhoneHash = s.index(seal.Phone, p.Phone)
	a.Last4Hash = s.index(seal.PhoneTail, p.Phone[len(p.Phone)-4:])
	a.Address = s.seal("accounts", "address", a.ID, p.Address)
	a.Health = s.seal("accounts", "health", a.ID, p.Health)
	a.History = s.seal("accounts", "history", a.ID, p.History)
	a.Allergies = s.seal("accounts", "allergies", a.ID, p.Allergies)
	return a
}

func (s *sealer) seal(table, column string, row id.ID, clear string) models.Sealed {
	out, err := s.vault.Seal(clear, seal.Context(table, column, row))
	s.keep(err)
	return out
}

func (s *sealer) index(purpose seal.Purpose, value string) []byte {
	out, err := s.vault.Index(purpose, value)
	s.keep(err)
	return out
}

func (s *sealer) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}
