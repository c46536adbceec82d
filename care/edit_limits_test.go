package care_test

import (
	"strings"
	"testing"

	"huifang/care"
	"huifang/models"
)

// What the checks let through fits the columns of every engine.
func TestTextsAtTheirLimitsAreStored(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		long := strings.Repeat("庄", 100)
		a := got[models.Account](t)(w.EditFile(w.as(w.Rep), care.EditFile{
			ID: w.key(), AccountID: w.Own.ID, Version: w.Own.Version,
			Name: care.Some(long), City: care.Some(long), District: care.Some(long), Employer: care.Some(long), Job: care.Some(long), Source: care.Some(long),
		}))
		if a.Name != long || a.City != long || a.Source != long {
			t.Errorf("stored %+v", a)
		}
		got[models.Member](t)(w.AddMember(w.as(w.Rep), care.NewMember{ID: w.key(), AccountID: a.ID, Name: long, Relation: long}))
		got[models.Pause](t)(w.PauseAccount(w.as(w.Rep), care.PauseAccount{ID: w.key(), AccountID: a.ID, From: w.today, Reason: long}))
	})
}
