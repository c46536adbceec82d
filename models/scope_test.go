package models_test

import (
	"errors"
	"slices"
	"sort"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// who sees which accounts of the small company.
func matrix(c modelstest.Company) []struct {
	name string
	sc   auth.Scope
	want []string
} {
	of := func(u models.User) auth.Scope { return modelstest.Viewer(u).Scope() }
	all := []string{"Colleagues", "Covered", "Former", "OtherStores", "OtherTeams", "Own"}
	return []struct {
		name string
		sc   auth.Scope
		want []string
	}{
		{"a rep: own and covered, not former, not the team's", of(c.Rep), []string{"Covered", "Own"}},
		{"the rep who is covered still holds the account", of(c.OtherRep), []string{"Covered", "Former", "OtherTeams"}},
		{"a rep of another store", of(c.BranchRep), []string{"OtherStores"}},
		{"an expert: accounts of open items that name them", of(c.Expert), []string{"OtherTeams"}},
		{"a supervisor: what the team holds or covers", of(c.Supervisor), []string{"Colleagues", "Covered", "Own"}},
		{"a supervisor of another store", of(c.BranchSupervisor), []string{"OtherStores"}},
		{"a manager: every store", of(c.Manager), all},
		{"the system: every store", auth.System(), all},
		{"an admin: no account", of(c.Admin), nil},
		{"the zero scope: no account", auth.Scope{}, nil},
		{"a reach of the future: no account", auth.Scope{Reach: 99, User: c.Rep.ID, Team: c.Team.ID}, nil},
	}
}

func TestScopeOverAccounts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		for _, m := range matrix(c) {
			t.Run(m.name, func(t *testing.T) {
				var got []string
				read(t, s, func(tx *models.Tx) error {
					for name, a := range c.Accounts() {
						_, err := tx.Account(m.sc, a.ID)
						if err == nil {
							got = append(got, name)
						} else if !errors.Is(err, models.ErrNotFound) {
							return err
						}
					}
					return nil
				})
				sort.Strings(got)
				if diff := cmp.Diff(m.want, got); diff != "" {
					t.Errorf("sees (-want +got)\n%s", diff)
				}
			})
		}
	})
}

// hang writes one row of every kind on every account; the readers find them again under a scope.
func hang(t *testing.T, s *models.Store, c modelstest.Company) {
	write(t, s, func(tx *models.Tx) error {
		for name, a := range c.Accounts() {
			if err := hangOn(tx, c, name, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func hangOn(tx *models.Tx, c modelstest.Company, name string, a models.Account) error {
	buy := models.Purchase{ID: tx.NewID(), Number: "B-" + name, AccountID: a.ID, RepID: a.RepID, Day: tx.Today, Amount: 100}
	line := models.PurchaseLine{ID: tx.NewID(), PurchaseID: buy.ID, Line: 1, ProductID: c.Product.ID, Quantity: 1}
	trouble := models.Case{ID: tx.NewID(), AccountID: a.ID, Kind: models.StopCase, Status: models.CaseOpen, OwnerID: a.RepID, CreatedBy: a.RepID}
	return errors.Join(
		tx.AddItems([]models.PlanItem{modelstest.Item(tx, a, "HANG")}),
		tx.AddLog(&models.ContactLog{ID: tx.NewID(), AccountID: a.ID, UserID: a.RepID, StartedAt: tx.Now, Day: tx.Today}),
		tx.AddPurchases([]models.Purchase{buy}, []models.PurchaseLine{line}),
		tx.AddReturns([]models.Return{{ID: tx.NewID(), PurchaseID: buy.ID, AccountID: a.ID, Day: tx.Today}}),
		tx.AddCase(&trouble, []models.CaseStep{{ID: tx.NewID(), CaseID: trouble.ID, Seq: 1, Kind: models.StepVisit}}),
		tx.AddMembers([]models.Member{{ID: tx.NewID(), AccountID: a.ID, Name: "女儿"}}),
		tx.AddAudit(models.Audit{Action: "LOOK", Entity: "accounts", AccountID: &a.ID}),
		tx.PutOverride(&models.Override{ID: tx.NewID(), AccountID: a.ID, UntilDay: tx.Today, CreatedBy: a.RepID}),
	)
}

// readers are the queries of what hangs on an account: how many rows each finds.
func readers(tx *models.Tx, sc auth.Scope, a id.ID) map[string]func() (int, error) {
	return map[string]func() (int, error){
		"items":       func() (int, error) { return count(tx.OpenItemsOf(sc, a)) },
		"logs":        func() (int, error) { return count(tx.LogsOf(sc, a, models.Cursor{}, 10)) },
		"purchases":   func() (int, error) { return count(tx.PurchasesOf(sc, a)) },
		"returns":     func() (int, error) { return count(tx.ReturnsOf(sc, a)) },
		"cases":       func() (int, error) { return count(tx.CasesOf(sc, a)) },
		"members":     func() (int, error) { return count(tx.MembersOf(sc, a)) },
		"assignments": func() (int, error) { return count(tx.AssignmentsOf(sc, a)) },
		"audits":      func() (int, error) { return count(tx.AuditsOf(sc, a, models.Cursor{}, 10)) },
		"override": func() (int, error) {
			_, err := tx.OverrideOf(sc, a)
			if errors.Is(err, models.ErrNotFound) {
				return 0, nil
			}
			return 1, err
		},
	}
}

func count[T any](rows []T, err error) (int, error) { return len(rows), err }

func TestScopeOverWhatHangsOnAccounts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		hang(t, s, c)
		for _, m := range matrix(c) {
			t.Run(m.name, func(t *testing.T) {
				read(t, s, func(tx *models.Tx) error {
					for name, a := range c.Accounts() {
						for what, rows := range readers(tx, m.sc, a.ID) {
							n, err := rows()
							if visible := slices.Contains(m.want, name); err != nil || (n > 0) != visible {
								t.Errorf("%s of %s: %d rows, %v", what, name, n, err)
							}
						}
					}
					return nil
				})
			})
		}
	})
}

func TestACoverEndsWithItsLastDay(t *testing.T) {
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		c := modelstest.Seed(t, s)
		for _, day := range []struct {
			after time.Duration
			seen  bool
		}{{-3 * 24 * time.Hour, false}, {-2 * 24 * time.Hour, true}, {4 * 24 * time.Hour, true}, {5 * 24 * time.Hour, false}} {
			clock.Set(modelstest.Start.Add(day.after))
			err := s.Read(t.Context(), func(tx *models.Tx) error {
				_, err := tx.Account(modelstest.Viewer(c.Rep).Scope(), c.Covered.ID)
				return err
			})
			if (err == nil) != day.seen || (err != nil && !errors.Is(err, models.ErrNotFound)) {
				t.Errorf("%v after the start: %v, want seen %v", day.after, err, day.seen)
			}
		}
	})
}

func TestAnExpertLosesTheAccountWithTheItem(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		write(t, s, func(tx *models.Tx) error {
			c.Joint.Status = models.ItemDone
			return tx.ChangeItem(&c.Joint, "status")
		})
		read(t, s, func(tx *models.Tx) error {
			if _, err := tx.Account(modelstest.Viewer(c.Expert).Scope(), c.OtherTeams.ID); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("still seen: %v", err)
			}
			return nil
		})
	})
}

// A rep whom an open item names comes along to an account that went to another: they see it until the visit is done.
func TestARepWhoComesAlongSeesTheAccount(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		sc := modelstest.Viewer(c.Colleague).Scope()
		seen := func() (single, listed, hanging bool) {
			read(t, s, func(tx *models.Tx) error {
				_, err := tx.Account(sc, c.Own.ID)
				rows, listErr := tx.FindAccounts(sc, models.AccountSearch{}, models.ByName, nil, 100)
				history, historyErr := tx.AssignmentsOf(sc, c.Own.ID)
				single, hanging = err == nil, len(history) > 0
				listed = slices.ContainsFunc(rows, func(a models.Account) bool { return a.ID == c.Own.ID })
				return errors.Join(listErr, historyErr)
			})
			return single, listed, hanging
		}
		item := models.PlanItem{}
		for _, step := range []struct {
			name   string
			status models.ItemStatus
			want   bool
		}{{"before", "", false}, {"while it is planned", models.ItemOpen, true}, {"on the way", models.ItemStarted, true}, {"after it", models.ItemDone, false}} {
			write(t, s, func(tx *models.Tx) error {
				switch step.status {
				case "":
					return nil
				case models.ItemOpen:
					item = modelstest.Item(tx, c.Own, "JOINT")
					item.ExpertID = &c.Colleague.ID
					return tx.AddItems([]models.PlanItem{item})
				}
				item.Status = step.status
				return tx.ChangeItem(&item, "status")
			})
			if single, listed, hanging := seen(); single != step.want || listed != step.want || hanging != step.want {
				t.Errorf("%s: alone %v, in lists %v, what hangs on it %v", step.name, single, listed, hanging)
			}
		}
	})
}

func TestScopeOverPeople(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, s *models.Store) {
		c := modelstest.Seed(t, s)
		for _, m := range []struct {
			name string
			sc   auth.Scope
			want []string
		}{
			{"a rep: oneself", modelstest.Viewer(c.Rep).Scope(), []string{"rep"}},
			{"an expert: oneself", modelstest.Viewer(c.Expert).Scope(), []string{"expert"}},
			{"a supervisor: the team", modelstest.Viewer(c.Supervisor).Scope(), []string{"colleague", "rep", "supervisor"}},
			{"an admin: nobody by scope", modelstest.Viewer(c.Admin).Scope(), nil},
			{"nobody: nobody", auth.Scope{}, nil},
		} {
			t.Run(m.name, func(t *testing.T) {
				read(t, s, func(tx *models.Tx) error {
					users, err := tx.StaffInScope(m.sc)
					var got []string
					for _, u := range users {
						got = append(got, u.Login)
					}
					sort.Strings(got)
					if diff := cmp.Diff(m.want, got); diff != "" {
						t.Errorf("sees (-want +got)\n%s", diff)
					}
					_, one := tx.UserInScope(m.sc, c.Rep.ID)
					if (one == nil) != slices.Contains(m.want, "rep") {
						t.Errorf("the rep alone: %v", one)
					}
					return err
				})
			})
		}
	})
}

func read(t *testing.T, s *models.Store, f func(*models.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, s *models.Store, f func(*models.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}
