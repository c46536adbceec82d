package models_test

import (
	"testing"

	"huifang/models"
	"huifang/models/modelstest"
)

// BenchmarkAccount is the smallest request there is: a transaction, one account under a rep's scope.
func BenchmarkAccount(b *testing.B) {
	s, _ := modelstest.SQLite(b)
	c := modelstest.Seed(b, s)
	sc := modelstest.Viewer(c.Rep).Scope()
	for b.Loop() {
		err := s.Read(b.Context(), func(tx *models.Tx) error {
			_, err := tx.Account(sc, c.Own.ID)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
