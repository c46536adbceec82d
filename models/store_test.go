package models_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"huifang/models"
	"huifang/models/modelstest"
)

func TestOpenNeedsAPlaceAndAClock(t *testing.T) {
	for name, c := range map[string]models.Config{
		"nothing":      {},
		"no path":      {Now: modelstest.NewClock().Now, Rand: modelstest.Rand()},
		"no clock":     {Path: t.TempDir() + "/x.db", Rand: modelstest.Rand()},
		"a broken DSN": {DSN: "secret", Now: modelstest.NewClock().Now, Rand: modelstest.Rand()},
	} {
		if s, err := models.Open(t.Context(), c); err == nil || s != nil {
			t.Errorf("%s: opened %v, %v", name, s, err)
		}
	}
}

func TestMigratingTwiceIsMigratingOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		if err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		current, target, err := s.SchemaVersion(t.Context())
		if err != nil || current != target || target < 1 {
			t.Errorf("schema %d, want %d, %v", current, target, err)
		}
	})
}

func TestTheDayIsThatOfTheCompanysZone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		err := s.Read(t.Context(), func(tx *models.Tx) error {
			if tx.Today.String() != "2026-03-04" || !tx.Now.Equal(modelstest.Start) {
				t.Errorf("today is %v at %v", tx.Today, tx.Now)
			}
			return models.ErrNotFound
		})
		if !errors.Is(err, models.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestAPathMayHoldAnyCharacter(t *testing.T) {
	for _, name := range []string{"a b.db", "回访.db", "100%.db", "what?.db", "a#b&c=d.db"} {
		c := models.Config{Path: filepath.Join(t.TempDir(), name), Now: modelstest.NewClock().Now, Rand: modelstest.Rand()}
		s := modelstest.Open(t, c)
		if err := s.Migrate(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(c.Path); err != nil {
			t.Error(err)
		}
	}
	t.Chdir(t.TempDir())
	c := models.Config{Path: "here.db", Now: modelstest.NewClock().Now, Rand: modelstest.Rand()}
	modelstest.Open(t, c)
	if _, err := os.Stat("here.db"); err != nil {
		t.Error(err)
	}
}
