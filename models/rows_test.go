package models_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// full is an account whose every column says something.
func full(tx *models.Tx, c modelstest.Company) models.Account {
	day, year, lat, lng, budget := civil.Of(1999, 12, 31), 1950, 36.651234, -117.12, models.Fen(1<<40+7)
	a := c.Own
	a.ID, a.Number, a.BirthYear, a.Lat, a.Lng, a.Budget = tx.NewID(), "M-full", &year, &lat, &lng, &budget
	a.Name, a.Wishes = "欧阳𠮷 O'Neil \\ \"x\"", strings.Repeat("愿", 5000)
	a.Phone, a.Health = models.Sealed{0, 1, 2, 255, 0, '\'', '\\'}, bytes.Repeat([]byte{0xff, 0}, 20000)
	a.Address, a.PhoneHash, a.Last4Hash = models.Sealed{}, bytes.Repeat([]byte{7}, 32), []byte{0}
	a.Hobbies, a.Interests = []string{"钓鱼", "a\"b"}, []string{}
	a.Preferred = []civil.Window{{From: 540, To: 660}}
	a.OptOuts = []models.OptOut{{Kind: "CALL", From: day, To: &day}}
	a.ExpectedNextOn, a.LastVisitOn, a.NextDueOn, a.Since = &day, &day, &day, civil.Of(1970, 1, 1)
	a.StopCause, a.ReferredBy, a.Frail = cadence.BadService, &c.Colleagues.ID, true
	erased := time.Date(2026, 1, 2, 3, 4, 5, 678e6, time.UTC)
	a.ErasedAt = &erased
	return a
}

func TestEveryColumnComesBackAsWritten(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			a := full(tx, c)
			if err := tx.AddAccount(&a); err != nil {
				return err
			}
			// Locking has no scope of its own; only so is an erased account still to be seen.
			got, err := models.RawAccount(tx, a.ID)
			if a.Address != nil && len(a.Address) == 0 && got.Address != nil && len(got.Address) == 0 {
				got.Address = a.Address
			}
			if diff := cmp.Diff(a, got); diff != "" {
				t.Errorf("(-written +read)\n%s", diff)
			}
			return err
		})
	})
}

func TestWhatIsMissingComesBackMissing(t *testing.T) {
	modelstest.EachConfig(t, func(t *testing.T, cfg models.Config, _ *modelstest.Clock) {
		s := modelstest.Open(t, cfg)
		c := modelstest.Seed(t, s)
		read(t, s, func(tx *models.Tx) error {
			a, err := tx.Account(auth.System(), c.Own.ID)
			if diff := cmp.Diff(c.Own, a); diff != "" {
				t.Errorf("(-written +read)\n%s", diff)
			}
			return err
		})
		var nulls int
		err := raw(t, cfg).QueryRow("SELECT COUNT(*) FROM accounts WHERE phone IS NULL AND phone_hash IS NULL AND hobbies IS NULL").Scan(&nulls)
		if err != nil || nulls != len(c.Accounts()) {
			t.Errorf("%d accounts say that nothing is there, want %d, %v", nulls, len(c.Accounts()), err)
		}
	})
}

// TestInstantsCompareInTheDatabase would fail if SQLite kept 10:00:00 and 10:00:00.5 as text of different lengths, or if
// an engine rounded a fraction up.
func TestInstantsCompareInTheDatabase(t *testing.T) {
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		c := modelstest.Seed(t, s)
		base := time.Date(2026, 3, 4, 10, 0, 0, 0, time.FixedZone("CST", 8*3600))
		steps := []time.Duration{999*time.Millisecond + 999*time.Microsecond, time.Second, 0, 500 * time.Millisecond, time.Millisecond}
		for _, d := range steps {
			clock.Set(base.Add(d))
			write(t, s, func(tx *models.Tx) error {
				return tx.AddAudit(models.Audit{Action: "LOOK", AccountID: &c.Own.ID})
			})
		}
		var got []time.Duration
		read(t, s, func(tx *models.Tx) error {
			var after models.Cursor
			for {
				page, err := tx.AuditsOf(auth.System(), c.Own.ID, after, 2)
				if err != nil || len(page) == 0 {
					return err
				}
				for _, a := range page {
					got = append(got, a.At.Sub(base))
					after = models.Cursor{At: a.At, ID: a.ID}
				}
			}
		})
		want := []time.Duration{time.Second, 999 * time.Millisecond, 500 * time.Millisecond, time.Millisecond, 0}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("newest first (-want +got)\n%s", diff)
		}
	})
}

func TestPagesOfOneInstantLoseNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			logs := make([]models.ContactLog, 7)
			for i := range logs {
				logs[i] = models.ContactLog{ID: tx.NewID(), AccountID: c.Own.ID, UserID: c.Rep.ID, StartedAt: tx.Now, Day: tx.Today}
			}
			return tx.AddLogs(logs)
		})
		seen := map[id.ID]bool{}
		read(t, s, func(tx *models.Tx) error {
			var after models.Cursor
			for range 4 {
				page, err := tx.LogsOf(auth.System(), c.Own.ID, after, 3)
				if err != nil {
					return err
				}
				for _, l := range page {
					seen[l.ID] = true
					after = models.Cursor{At: l.StartedAt, ID: l.ID}
				}
			}
			return nil
		})
		if len(seen) != 7 {
			t.Errorf("%d of 7 rows came out", len(seen))
		}
	})
}

func TestConflicts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		for _, x := range []struct {
			name string
			do   func(*models.Tx) error
			want error
		}{
			{"a key is taken", func(tx *models.Tx) error { return tx.AddShop(&models.Shop{ID: c.Main.ID, Number: "new"}) }, models.ErrConflict},
			{"a store's number is taken", func(tx *models.Tx) error { return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S1"}) }, models.ErrConflict},
			{"a login is taken", func(tx *models.Tx) error {
				return tx.AddUser(&models.User{ID: tx.NewID(), Login: "rep", Number: "x"})
			}, models.ErrConflict},
			{"a staff number is taken", func(tx *models.Tx) error {
				return tx.AddUser(&models.User{ID: tx.NewID(), Login: "x", Number: "N-rep"})
			}, models.ErrConflict},
			{"a member number is taken", func(tx *models.Tx) error {
				a := c.Own
				a.ID = tx.NewID()
				return tx.AddAccount(&a)
			}, models.ErrConflict},
			{"an open item of the same demand", func(tx *models.Tx) error {
				return tx.AddItems([]models.PlanItem{modelstest.Item(tx, c.OtherTeams, c.Joint.DemandKey)})
			}, models.ErrConflict},
			{"a second company", func(tx *models.Tx) error { _, err := tx.CreateCompany("x", "UTC"); return err }, models.ErrConflict},
			{"numbers differ in case", func(tx *models.Tx) error { return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "s1"}) }, nil},
			{"two users without a number", func(tx *models.Tx) error {
				return tx.AddUsers([]models.User{{ID: tx.NewID(), Login: "u1"}, {ID: tx.NewID(), Login: "u2"}})
			}, nil},
			{"two ad-hoc items", func(tx *models.Tx) error {
				return tx.AddItems([]models.PlanItem{modelstest.Item(tx, c.Own, ""), modelstest.Item(tx, c.Own, "")})
			}, nil},
			{"a done item and an open one of the same demand", func(tx *models.Tx) error {
				done := modelstest.Item(tx, c.OtherTeams, c.Joint.DemandKey)
				done.Status = models.ItemDone
				return tx.AddItems([]models.PlanItem{done})
			}, nil},
			{"an account of a store that is not there", func(tx *models.Tx) error {
				a := c.Own
				a.ID, a.Number, a.StoreID = tx.NewID(), "new", tx.NewID()
				return tx.AddAccount(&a)
			}, models.ErrReference},
		} {
			t.Run(x.name, func(t *testing.T) {
				if err := s.Write(t.Context(), x.do); !errors.Is(err, x.want) {
					t.Errorf("got %v, want %v", err, x.want)
				}
			})
		}
	})
}

// TestAConflictDoesNotEndTheTransaction: a use case may look at what was there first and go on.
func TestAConflictDoesNotEndTheTransaction(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			if err := tx.AddShop(&models.Shop{ID: c.Main.ID, Number: "new"}); !errors.Is(err, models.ErrConflict) {
				t.Error(err)
			}
			return tx.AddShop(&models.Shop{ID: tx.NewID(), Number: "S9"})
		})
		read(t, s, func(tx *models.Tx) error { _, err := tx.ShopByNumber("S9"); return err })
	})
}

func TestAFileChangesOnlyFromTheVersionRead(t *testing.T) {
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		c := modelstest.Seed(t, s)
		clock.Add(time.Hour)
		mine, theirs := c.Own, c.Own
		write(t, s, func(tx *models.Tx) error {
			mine.Job, mine.Hobbies, mine.Employer = "教师", []string{"象棋"}, "not chosen"
			return tx.ChangeAccount(&mine, "Job", "hobbies")
		})
		err := s.Write(t.Context(), func(tx *models.Tx) error {
			theirs.Job = "医生"
			return tx.ChangeAccount(&theirs, "job")
		})
		if !errors.Is(err, models.ErrConflict) || theirs.Version != c.Own.Version {
			t.Errorf("an old version: %v, now at %d", err, theirs.Version)
		}
		read(t, s, func(tx *models.Tx) error {
			a, err := tx.Account(auth.System(), c.Own.ID)
			want := c.Own
			want.Version, want.Job, want.Hobbies, want.UpdatedAt = c.Own.Version+1, "教师", []string{"象棋"}, tx.Now
			if diff := cmp.Diff(want, a); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			return err
		})
	})
}

func TestAColumnNobodyKnowsIsAnError(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		err := s.Write(t.Context(), func(tx *models.Tx) error { return tx.ChangeAccount(&c.Own, "jobb") })
		if err == nil || errors.Is(err, models.ErrConflict) {
			t.Error("a misspelt column was", err)
		}
	})
}
