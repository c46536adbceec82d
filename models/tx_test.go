package models_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"huifang/auth"
	"huifang/models"
	"huifang/models/modelstest"
)

func TestANewerSchemaIsRefused(t *testing.T) {
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, _ *modelstest.Clock) {
		if _, err := raw(t, c).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)"); err != nil {
			t.Fatal(err)
		}
		s, err := models.Open(t.Context(), c)
		if !errors.Is(err, models.ErrNewerSchema) || s != nil {
			t.Fatalf("opened %v, %v", s, err)
		}
		t.Log(err)
	})
}

func TestTwoServersMigrateAtOnce(t *testing.T) {
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, _ *modelstest.Clock) {
		if c.DSN == "" {
			t.Skip("a file belongs to one program")
		}
		empty(t, c)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				s, err := models.Open(t.Context(), c)
				if err != nil {
					t.Error(err)
					return
				}
				if err := errors.Join(s.Migrate(t.Context()), s.Close()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// empty takes the schema away again.
func empty(t *testing.T, c models.Config) {
	t.Helper()
	cfg, err := mysql.ParseDSN(c.DSN)
	if err != nil {
		t.Fatal(err)
	}
	db := raw(t, c)
	for _, q := range []string{"DROP DATABASE ", "CREATE DATABASE "} {
		if _, err := db.Exec(q + cfg.DBName); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		failure := errors.New("no")
		add := func(tx *models.Tx) error {
			return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S9"})
		}
		err := s.Write(t.Context(), func(tx *models.Tx) error { return errors.Join(add(tx), failure) })
		if !errors.Is(err, failure) {
			t.Error(err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = s.Write(t.Context(), func(tx *models.Tx) error { _ = add(tx); panic("no") })
		}()
		read(t, s, func(tx *models.Tx) error {
			if rows, err := tx.Shops(); len(rows) != 0 || err != nil {
				t.Errorf("left %v, %v", rows, err)
			}
			return nil
		})
	})
}

func TestReadingCannotWrite(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		if err := s.Read(t.Context(), func(tx *models.Tx) error {
			return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S9"})
		}); err == nil {
			t.Error("a reader wrote")
		}
		write(t, s, func(tx *models.Tx) error { return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S9"}) })
	})
}

func TestAReaderKeepsItsSnapshotWhileAWriterCommits(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		modelstest.Seed(t, s)
		read(t, s, func(tx *models.Tx) error {
			before, err := tx.Company()
			if err != nil {
				return err
			}
			write(t, s, func(tx *models.Tx) error { return tx.RenameCompany("新名", "Asia/Shanghai") })
			if after, err := tx.Company(); err != nil || after.Name != before.Name {
				t.Errorf("the snapshot moved from %q to %q, %v", before.Name, after.Name, err)
			}
			return nil
		})
	})
}

// bump reads and writes a number that a lost update would leave too small.
func bump(c modelstest.Company) func(*models.Tx) error {
	return func(tx *models.Tx) error {
		a, err := tx.LockAccount(auth.System(), c.Own.ID)
		if err != nil {
			return err
		}
		a.Purchases++
		return tx.SumUpAccount(&a, "purchases")
	}
}

func TestWritersDoNotOverwriteEachOther(t *testing.T) {
	modelstest.EachConfig(t, func(t *testing.T, cfg models.Config, _ *modelstest.Clock) {
		one, two := modelstest.Open(t, cfg), modelstest.Open(t, cfg) // as of two programs
		c := modelstest.Seed(t, one)
		var wg sync.WaitGroup
		for n := range 20 {
			s := []*models.Store{one, two}[n%2]
			wg.Go(func() {
				if err := s.Write(t.Context(), bump(c)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		read(t, one, func(tx *models.Tx) error {
			a, err := tx.Account(auth.System(), c.Own.ID)
			if a.Purchases != 20 {
				t.Errorf("%d of 20 changes are left", a.Purchases)
			}
			return err
		})
	})
}

// TestADeadlockIsTriedAgain makes two transactions lock two accounts in opposite order, so that MariaDB must give up one
// of them. SQLite has one writer and no deadlock; there the two simply take turns.
func TestADeadlockIsTriedAgain(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		pairs := [][2]models.Account{{c.Own, c.Colleagues}, {c.Colleagues, c.Own}}
		var runs atomic.Int64
		var wg, first sync.WaitGroup
		first.Add(len(pairs))
		for _, p := range pairs {
			var once sync.Once
			wg.Go(func() {
				err := s.Write(t.Context(), func(tx *models.Tx) error {
					runs.Add(1)
					return lockBoth(tx, p, func() {
						once.Do(first.Done)
						if s.Dialect() == models.MySQL {
							first.Wait()
						}
					})
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if want := map[models.Dialect]int64{models.SQLite: 2, models.MySQL: 3}[s.Dialect()]; runs.Load() != want {
			t.Errorf("%d runs, want %d", runs.Load(), want)
		}
		read(t, s, func(tx *models.Tx) error {
			for _, a := range pairs[0] {
				if a, err := tx.Account(auth.System(), a.ID); err != nil || a.Purchases != 2 {
					t.Errorf("%d changes of 2, %v", a.Purchases, err)
				}
			}
			return nil
		})
	})
}

func lockBoth(tx *models.Tx, pair [2]models.Account, between func()) error {
	for _, x := range pair {
		a, err := tx.LockAccount(auth.System(), x.ID)
		if err != nil {
			return err
		}
		a.Purchases++
		if err := tx.SumUpAccount(&a, "purchases"); err != nil {
			return err
		}
		between()
	}
	return nil
}

func TestATransactionIsTriedFourTimesAtMost(t *testing.T) {
	deadlock := fmt.Errorf("lock an account: %w", &mysql.MySQLError{Number: 1213})
	s, _ := modelstest.SQLite(t)
	runs := 0
	err := s.Write(t.Context(), func(*models.Tx) error { runs++; return deadlock })
	if runs != 4 || !errors.Is(err, deadlock) {
		t.Errorf("%d runs, %v", runs, err)
	}
	runs = 0
	refused := errors.New("refused")
	if err := s.Write(t.Context(), func(*models.Tx) error { runs++; return refused }); runs != 1 || !errors.Is(err, refused) {
		t.Errorf("a refusal ran %d times, %v", runs, err)
	}
}

// TestASwallowedDeadlockIsNotCommitted: after a deadlock the server has already rolled back. A use case that overlooks
// the error must not get its second half committed.
func TestASwallowedDeadlockIsNotCommitted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		if s.Dialect() == models.SQLite {
			t.Skip("one writer, no deadlock")
		}
		c := modelstest.Seed(t, s)
		var wg, both sync.WaitGroup
		both.Add(2)
		for _, p := range [][2]models.Account{{c.Own, c.Colleagues}, {c.Colleagues, c.Own}} {
			var once sync.Once
			wg.Go(func() {
				err := s.Write(t.Context(), func(tx *models.Tx) error {
					_ = lockBoth(tx, p, func() { once.Do(both.Done); both.Wait() })
					_ = tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S-" + p[0].Number})
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		read(t, s, func(tx *models.Tx) error {
			a, err := tx.Account(auth.System(), c.Own.ID)
			if a.Purchases != 2 {
				t.Errorf("%d changes of 2: half of a transaction was committed", a.Purchases)
			}
			return err
		})
	})
}

func TestStatementsAreCounted(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		ctx, n := models.CountStatements(t.Context())
		err := s.Read(ctx, func(tx *models.Tx) error {
			_, one := tx.Company()
			_, two := tx.Account(auth.System(), c.Own.ID)
			return errors.Join(one, two)
		})
		if err != nil || *n != 2 {
			t.Errorf("reading took %d statements, want 2, %v", *n, err)
		}
		feeds := int64(3)
		if s.Dialect() == models.MySQL {
			feeds++ // the account is locked first
		}
		rows := make([]models.AccountTag, 450)
		for i := range rows {
			rows[i] = models.AccountTag{AccountID: c.Own.ID, Tag: fmt.Sprint(i)}
		}
		if err := s.Write(ctx, func(tx *models.Tx) error { return tx.AddTags(rows) }); err != nil || *n != 2+3+feeds {
			t.Errorf("450 rows took %d statements, want 3 and %d for the feeds, %v", *n-2, feeds, err)
		}
		if err := s.Write(t.Context(), bump(c)); err != nil || *n != 5+feeds {
			t.Errorf("another's statements were counted: %d, %v", *n, err)
		}
	})
}

func TestAZoneTakesEffectWithItsCommit(t *testing.T) {
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		modelstest.Seed(t, s)
		clock.Set(time.Date(2026, 3, 4, 17, 30, 0, 0, time.UTC)) // 5 March, 01:30, in Shanghai
		day := func() (out string) {
			read(t, s, func(tx *models.Tx) error { out = tx.Today.String() + " " + tx.TodayMinute().Clock(); return nil })
			return out
		}
		if day() != "2026-03-05 01:30" {
			t.Error("in Shanghai it is", day())
		}
		write(t, s, func(tx *models.Tx) error { return tx.RenameCompany("Lisboa", "Europe/Lisbon") })
		if day() != "2026-03-04 17:30" {
			t.Error("in Lisbon it is", day())
		}
		if err := s.Write(t.Context(), func(tx *models.Tx) error { return tx.RenameCompany("x", "Moon/Tycho") }); err == nil {
			t.Error("a zone on the moon was accepted")
		}
	})
}

func TestWithoutRandomnessNothingIsCommitted(t *testing.T) {
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, _ *modelstest.Clock) {
		c.Rand = io.LimitReader(c.Rand, 10)
		s := modelstest.Open(t, c)
		err := s.Write(t.Context(), func(tx *models.Tx) error {
			return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S1"}) // 10 bytes are enough for one key
		})
		if err != nil {
			t.Error(err)
		}
		err = s.Write(t.Context(), func(tx *models.Tx) error {
			return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S2"})
		})
		if !errors.Is(err, io.EOF) {
			t.Errorf("a row without a key: %v", err)
		}
	})
}

func TestACancelledRequestEndsItsTransaction(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Write(ctx, func(tx *models.Tx) error {
			err := tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S1"})
			cancel()
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("committed after the caller had gone: %v", err)
		}
		write(t, s, func(tx *models.Tx) error { return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S1"}) })
	})
}
