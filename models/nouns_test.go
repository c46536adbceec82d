package models_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

func TestAccountsMoveWithTheirHistory(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		read(t, s, func(tx *models.Tx) error {
			rows, err := tx.AssignmentsOf(auth.System(), c.Former.ID)
			if err != nil || len(rows) != 2 || rows[0].RepID != c.OtherRep.ID || rows[0].ToAt != nil ||
				rows[1].RepID != c.Rep.ID || !rows[1].ToAt.Equal(rows[0].FromAt) {
				t.Errorf("history %+v, %v", rows, err)
			}
			for at, want := range map[time.Time]id.ID{
				rows[0].FromAt:                        c.OtherRep.ID,
				rows[0].FromAt.Add(-time.Millisecond): c.Rep.ID,
				rows[1].FromAt.Add(-time.Millisecond): {},
			} {
				if rep, err := tx.HolderAt(c.Former.ID, at); rep != want || (err != nil) != want.IsZero() {
					t.Errorf("at %v %v held it, want %v, %v", at, rep, want, err)
				}
			}
			return nil
		})
	})
}

func TestALeaseHasOneHolder(t *testing.T) {
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		one, two := modelstest.Key(1), modelstest.Key(2)
		take := func(who id.ID) (got bool) {
			write(t, s, func(tx *models.Tx) (err error) {
				got, err = tx.TakeLease("plan", who, tx.Now.Add(time.Minute))
				return err
			})
			return got
		}
		for _, step := range []struct {
			name string
			wait time.Duration
			who  id.ID
			want bool
		}{
			{"the first takes it", 0, one, true},
			{"the second does not", 0, two, false},
			{"the first renews it", 30 * time.Second, one, true},
			{"the second still waits", 59 * time.Second, two, false},
			{"the second takes what ran out", time.Second, two, true},
			{"the first has lost it", 0, one, false},
		} {
			clock.Add(step.wait)
			if got := take(step.who); got != step.want {
				t.Errorf("%s: %v", step.name, got)
			}
		}
		write(t, s, func(tx *models.Tx) error { return tx.FreeLease("plan", one) })
		if take(one) {
			t.Error("one who has not the lease freed it")
		}
		write(t, s, func(tx *models.Tx) error { return tx.FreeLease("plan", two) })
		if !take(one) {
			t.Error("the lease is not free")
		}
	})
}

func TestSessionsRotateOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		old, next, third := []byte("old"), []byte("next"), []byte("third")
		session := models.Session{ID: modelstest.Key(1), UserID: c.Rep.ID, TokenHash: old, ExpiresAt: modelstest.Start.Add(time.Hour)}
		write(t, s, func(tx *models.Tx) error {
			session.RotatedAt = tx.Now
			return errors.Join(tx.AddSession(&session), tx.RotateSession(session, next, session.ExpiresAt))
		})
		if err := s.Write(t.Context(), func(tx *models.Tx) error {
			return tx.RotateSession(session, third, session.ExpiresAt)
		}); !errors.Is(err, models.ErrConflict) {
			t.Errorf("rotated from a token of the past: %v", err)
		}
		write(t, s, func(tx *models.Tx) error {
			for _, hash := range [][]byte{old, next} {
				got, err := tx.SessionByToken(hash)
				if err != nil || string(got.TokenHash) != "next" || string(got.PrevHash) != "old" {
					t.Errorf("%s finds %+v, %v", hash, got, err)
				}
			}
			_, err := tx.SessionByToken(third)
			if !errors.Is(err, models.ErrNotFound) {
				t.Error(err)
			}
			return tx.RevokeSession(session.ID)
		})
		session.TokenHash = next
		if err := s.Write(t.Context(), func(tx *models.Tx) error {
			return tx.RotateSession(session, third, session.ExpiresAt)
		}); !errors.Is(err, models.ErrConflict) {
			t.Errorf("rotated after it was revoked: %v", err)
		}
	})
}

func TestANewPasswordEndsEverySession(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			for n := byte(1); n < 4; n++ {
				err := tx.AddSession(&models.Session{
					ID: modelstest.Key(n), UserID: c.Rep.ID, TokenHash: []byte{n}, RotatedAt: tx.Now, ExpiresAt: tx.Now.Add(time.Hour),
				})
				if err != nil {
					return err
				}
			}
			return tx.RevokeSession(modelstest.Key(1))
		})
		live := func() (n int) {
			read(t, s, func(tx *models.Tx) error {
				rows, err := tx.SessionsOf(c.Rep.ID)
				n = len(rows)
				return err
			})
			return n
		}
		if n := live(); n != 2 {
			t.Errorf("%d sessions live, want 2", n)
		}
		write(t, s, func(tx *models.Tx) error { return tx.SetPassword(c.Rep.ID, "$argon2id$new") })
		if n := live(); n != 0 {
			t.Errorf("%d sessions outlived the password", n)
		}
		write(t, s, func(tx *models.Tx) error { return tx.DisableUser(c.Rep.ID) })
		read(t, s, func(tx *models.Tx) error {
			u, err := tx.UserByLogin("rep")
			if u.Epoch != 2 || u.Password != "$argon2id$new" || u.DisabledAt == nil {
				t.Errorf("user %+v", u)
			}
			return err
		})
	})
}

func TestUsersAreListedByFilterAndPage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error { return tx.DisableUser(c.OtherRep.ID) })
		for _, x := range []struct {
			name string
			f    models.UserFilter
			want []string
		}{
			{"reps at work", models.UserFilter{Role: auth.Rep}, []string{"branch", "colleague", "rep"}},
			{"reps, with the disabled", models.UserFilter{Role: auth.Rep, Disabled: true}, []string{"branch", "colleague", "other", "rep"}},
			{"a team", models.UserFilter{TeamID: c.Team.ID}, []string{"colleague", "rep", "supervisor"}},
			{"a store and a role", models.UserFilter{StoreID: c.Branch.ID, Role: auth.Supervisor}, []string{"branch.supervisor"}},
			{"the second page of two", models.UserFilter{After: "branch", Limit: 2}, []string{"branch.supervisor", "colleague"}},
		} {
			t.Run(x.name, func(t *testing.T) {
				read(t, s, func(tx *models.Tx) error {
					users, err := tx.Users(x.f)
					var got []string
					for _, u := range users {
						got = append(got, u.Login)
					}
					if diff := cmp.Diff(x.want, got); diff != "" {
						t.Errorf("(-want +got)\n%s", diff)
					}
					return err
				})
			})
		}
	})
}

func TestThePolicyInForceIsTheLastThatHasBegun(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		monday := civil.Of(2026, 3, 2)
		write(t, s, func(tx *models.Tx) error {
			if _, err := tx.PolicyOn(monday); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("before the first: %v", err)
			}
			for n, p := range []models.Policy{{FromDay: monday}, {FromDay: monday + 7}, {FromDay: monday + 7}, {FromDay: monday + 30}} {
				p.Body = []byte(`{}`)
				if err := tx.AddPolicy(&p); err != nil || p.Version != n+1 {
					t.Errorf("version %d, %v", p.Version, err)
				}
			}
			return nil
		})
		read(t, s, func(tx *models.Tx) error {
			for day, want := range map[civil.Date]int{monday: 1, monday + 6: 1, monday + 7: 3, monday + 29: 3, monday + 99: 4} {
				if p, err := tx.PolicyOn(day); err != nil || p.Version != want {
					t.Errorf("on %v version %d, want %d, %v", day, p.Version, want, err)
				}
			}
			if _, err := tx.PolicyOn(monday - 1); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("before the first day: %v", err)
			}
			return nil
		})
	})
}

func TestHolidaysAreWrittenOver(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		day := civil.Of(1970, 1, 1) // the zero day is a day like any other
		write(t, s, func(tx *models.Tx) error {
			return errors.Join(
				tx.PutHolidays([]models.Holiday{{Day: day, Name: "a"}, {Day: day + 1, Name: "b"}}),
				tx.PutHolidays([]models.Holiday{{Day: day, Name: "c", Working: true}}),
				tx.RemoveHoliday(day+1),
			)
		})
		read(t, s, func(tx *models.Tx) error {
			got, err := tx.Holidays(day-9, day+9)
			if diff := cmp.Diff([]models.Holiday{{Day: day, Name: "c", Working: true}}, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			return err
		})
	})
}

func TestARepsWordReplacesTheOneBefore(t *testing.T) {
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			first := models.Override{ID: tx.NewID(), AccountID: c.Own.ID, Horizon: "LATER", UntilDay: tx.Today + 9, CreatedBy: c.Rep.ID}
			second := models.Override{ID: tx.NewID(), AccountID: c.Own.ID, Horizon: "THIS_MONTH", UntilDay: tx.Today + 2, CreatedBy: c.Rep.ID}
			return errors.Join(tx.PutOverride(&first), tx.PutOverride(&second))
		})
		word := func() (horizon string) {
			read(t, s, func(tx *models.Tx) error {
				o, err := tx.OverrideOf(auth.System(), c.Own.ID)
				horizon = o.Horizon
				if errors.Is(err, models.ErrNotFound) {
					return nil
				}
				return err
			})
			return horizon
		}
		if got := word(); got != "THIS_MONTH" {
			t.Errorf("in force: %q", got)
		}
		clock.Add(3 * 24 * time.Hour)
		if got := word(); got != "" {
			t.Errorf("in force after its last day: %q", got)
		}
	})
}

func TestAPersonLeavesWithTheirDays(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			m := models.Member{ID: tx.NewID(), AccountID: c.Own.ID, Name: "老伴"}
			d := models.AccountDate{ID: tx.NewID(), AccountID: c.Own.ID, MemberID: &m.ID, Month: 12, Day: 30}
			return errors.Join(tx.AddMembers([]models.Member{m}), tx.AddDates([]models.AccountDate{d}), tx.RemoveMember(m.ID))
		})
		read(t, s, func(tx *models.Tx) error {
			members, one := tx.MembersOf(auth.System(), c.Own.ID)
			days, two := tx.DatesOf(auth.System(), c.Own.ID)
			if len(members)+len(days) != 0 {
				t.Errorf("left: %v, %v", members, days)
			}
			return errors.Join(one, two)
		})
	})
}

func TestTagsAreReplaced(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			return errors.Join(
				tx.PutTags(c.Own.ID, []string{"b", "a"}), tx.PutTags(c.Colleagues.ID, []string{"x"}),
				tx.PutTags(c.Own.ID, []string{"重点", "a"}), tx.PutTags(c.Colleagues.ID, nil),
			)
		})
		read(t, s, func(tx *models.Tx) error {
			own, one := tx.TagsOf(auth.System(), c.Own.ID)
			other, two := tx.TagsOf(auth.System(), c.Colleagues.ID)
			if diff := cmp.Diff([]string{"a", "重点"}, own); diff != "" || len(other) != 0 {
				t.Errorf("(-want +got)\n%s, and %v", diff, other)
			}
			return errors.Join(one, two)
		})
	})
}

func TestCommandsAreOfTheirUserAlone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		key := modelstest.Key(9)
		write(t, s, func(tx *models.Tx) error {
			return tx.AddCommand(models.Command{ID: key, UserID: c.Rep.ID, Name: "pause", BodyHash: []byte{1}})
		})
		read(t, s, func(tx *models.Tx) error {
			if _, err := tx.Command(c.Colleague.ID, key); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("another's command: %v", err)
			}
			_, err := tx.Command(c.Rep.ID, key)
			return err
		})
	})
}

func TestWhatAUserDidIsSeenWithinTheScope(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			for _, about := range []*id.ID{nil, &c.Own.ID, &c.OtherStores.ID, &c.Erased.ID} {
				if err := tx.AddAudit(models.Audit{UserID: &c.Rep.ID, Action: "LOOK", AccountID: about, Detail: map[string]any{"n": "1"}}); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, s, func(tx *models.Tx) error {
			for name, x := range map[string]struct {
				sc   auth.Scope
				want int
			}{
				"a manager": {modelstest.Viewer(c.Manager).Scope(), 3}, "a supervisor": {modelstest.Viewer(c.Supervisor).Scope(), 2},
				"an admin": {modelstest.Viewer(c.Admin).Scope(), 1},
			} {
				if rows, err := tx.AuditsBy(x.sc, c.Rep.ID, models.Cursor{}, 0); err != nil || len(rows) != x.want {
					t.Errorf("%s sees %d entries, want %d, %v", name, len(rows), x.want, err)
				}
			}
			return nil
		})
	})
}
