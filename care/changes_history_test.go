package care_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// history makes random things happen in the small company.
type history struct {
	*world
	rand    *rand.Rand
	pauses  []id.ID // of areas
	leaves  []id.ID
	members []id.ID
	dates   []id.ID
	orders  []id.ID
	covers  []id.ID
	erased  bool // OtherStores
}

func (h *history) any(n int) int { return h.rand.IntN(n) }

func pick[T any](h *history, from []T) T { return from[h.any(len(from))] }

func (h *history) account() models.Account {
	c := h.Company
	a := pick(h, []models.Account{c.Own, c.Own, c.Colleagues, c.Covered, c.Former, c.OtherTeams, c.OtherStores})
	if h.erased && a.ID == c.OtherStores.ID {
		a = c.Own
	}
	return h.world.account(a.ID)
}

func (h *history) rep() models.User {
	return pick(h, []models.User{h.Rep, h.Colleague, h.OtherRep, h.BranchRep})
}

// holder is whose account it is now.
func (h *history) holder(a models.Account) models.User {
	for _, u := range h.Company.Users() {
		if u.ID == a.RepID {
			return u
		}
	}
	return h.Rep
}

func (h *history) openItem() (models.PlanItem, bool) {
	for range 5 {
		if items := h.openItems(h.account().ID); len(items) > 0 {
			return pick(h, items), true
		}
	}
	return models.PlanItem{}, false
}

func (h *history) openCase(a models.Account) (c models.CaseFile, ok bool) {
	h.write(func(tx *models.Tx) error {
		files, err := tx.OpenCasesOf(auth.System(), a.ID)
		if len(files) > 0 {
			c, ok = pick(h, files), true
		}
		return err
	})
	return c, ok
}

// happenings are what may happen, by name.
func (h *history) happenings() map[string]func() error {
	as := h.as
	manager := as(h.Manager)
	return map[string]func() error{
		"log": func() error {
			a := h.account()
			in := pick(h, []care.LogContact{h.visit(a), h.call(a)})
			in.Note = pick(h, []string{"", "聊得好"})
			in.StartedAt = in.StartedAt.Add(-time.Duration(h.any(900)) * 24 * time.Hour)
			in.EndedAt = nil
			if items := h.openItems(a.ID); len(items) > 0 && h.any(2) == 0 {
				in.ItemID = ptr(pick(h, items).ID)
				in.StartedAt = h.clock.Now().Add(-time.Hour)
			}
			if h.any(4) == 0 {
				in.NextOn, in.NextKind = ptr(h.today+5), cadence.Call
			}
			in.Reaction = h.any(8) == 0
			_, err := h.LogContact(as(pick(h, []models.User{h.holder(a), h.Manager})), in)
			return err
		},
		"plan": func() error {
			a := h.account()
			in := care.PlanContact{ID: h.key(), AccountID: a.ID, Kind: cadence.Call, Day: h.today + civil.Date(h.any(20)), Reason: "问候"}
			if h.any(2) == 0 {
				in.WithID = &h.Expert.ID
			}
			_, err := h.PlanContact(as(h.holder(a)), in)
			return err
		},
		"plan all": func() error { _, err := h.PlanNow(h.t.Context(), h.rep().ID); return err },
		"cancel": func() error {
			i, ok := h.openItem()
			if !ok {
				return nil
			}
			in := care.CancelItem{ID: h.key(), ItemID: i.ID, Reason: "雨"}
			if h.any(2) == 0 {
				in.NextOn = ptr(h.today + 6)
			}
			_, err := h.CancelItem(manager, in)
			return err
		},
		"move": func() error {
			i, ok := h.openItem()
			if !ok {
				return nil
			}
			_, err := h.Reschedule(manager, care.MoveItem{ID: h.key(), ItemID: i.ID, Day: h.today + 3})
			return err
		},
		"pin": func() error {
			i, ok := h.openItem()
			if !ok {
				return nil
			}
			_, err := h.PinItem(manager, i.ID, h.any(2) == 0)
			return err
		},
		"start": func() error {
			i, ok := h.openItem()
			if !ok {
				return nil
			}
			_, err := h.StartItem(manager, i.ID, h.clock.Now())
			return err
		},
		"assign": func() error {
			_, err := h.Assign(manager, care.Assign{ID: h.key(), Accounts: []id.ID{h.account().ID}, ToRep: h.rep().ID, Reason: "近"})
			return err
		},
		"cover": func() error {
			c := models.Cover{
				AccountID: h.account().ID, RepID: h.rep().ID, FromDay: h.today + civil.Date(h.any(4)-1), ToDay: h.today + civil.Date(h.any(6)), CreatedBy: h.Manager.ID,
			}
			return h.Store.Write(h.t.Context(), func(tx *models.Tx) error {
				c.ID = tx.NewID()
				h.covers = append(h.covers, c.ID)
				return tx.AddCovers([]models.Cover{c})
			})
		},
		"end cover": func() error {
			if len(h.covers) == 0 {
				return nil
			}
			return h.Store.Write(h.t.Context(), func(tx *models.Tx) error { return tx.EndCover(pick(h, h.covers), h.today-1) })
		},
		"member": func() error {
			m, err := h.AddMember(manager, care.NewMember{ID: h.key(), AccountID: h.account().ID, Name: "家人"})
			h.members = append(h.members, m.ID)
			return err
		},
		"no member": func() error {
			if len(h.members) == 0 {
				return nil
			}
			return h.RemoveMember(manager, pick(h, h.members))
		},
		"date": func() error {
			d, err := h.AddDate(manager, care.NewDate{
				ID: h.key(), AccountID: h.account().ID, Occasion: cadence.Birthday, Label: fmt.Sprint(h.any(1000)),
				Calendar: pick(h, []cadence.Calendar{cadence.Solar, cadence.Lunar}), Month: 1 + h.any(6), Day: 1 + h.any(28),
			})
			h.dates = append(h.dates, d.ID)
			return err
		},
		"no date": func() error {
			if len(h.dates) == 0 {
				return nil
			}
			return h.RemoveDate(manager, pick(h, h.dates))
		},
		"tags": func() error {
			_, err := h.SetTags(manager, h.account().ID, []string{fmt.Sprint("甲", h.any(9))})
			return err
		},
		"edit": func() error {
			account := h.account().ID
			return h.Store.Write(h.t.Context(), func(tx *models.Tx) error {
				a, err := tx.LockAccount(auth.System(), account)
				if err != nil {
					return err
				}
				a.Job = fmt.Sprint("教师", h.any(99))
				return tx.ChangeAccount(&a, "job")
			})
		},
		"erase": func() error {
			if h.any(6) > 0 || h.erased {
				return nil
			}
			h.erased = true
			return h.Store.Write(h.t.Context(), func(tx *models.Tx) error {
				a := h.Company.OtherStores
				a, err := tx.LockAccount(auth.System(), a.ID)
				if err != nil {
					return err
				}
				a.ErasedAt = &tx.Now
				return tx.ChangeAccount(&a, "erased_at")
			})
		},
		"pause": func() error {
			in := care.PauseAccount{ID: h.key(), AccountID: h.account().ID, From: h.today, Reason: "旅行"}
			if h.any(2) == 0 {
				in.To = ptr(h.today + civil.Date(h.any(4)))
			}
			_, err := h.PauseAccount(manager, in)
			return err
		},
		"resume": func() error { _, err := h.ResumeAccount(manager, h.account().ID); return err },
		"pause area": func() error {
			p, err := h.PauseArea(manager, care.PauseArea{
				ID: h.key(), StoreID: h.Main.ID, District: h.Own.District, From: h.today, To: ptr(h.today + civil.Date(h.any(4))), Reason: "封路",
			})
			h.pauses = append(h.pauses, p.ID)
			return err
		},
		"resume area": func() error {
			if len(h.pauses) == 0 {
				return nil
			}
			_, err := h.ResumeArea(manager, pick(h, h.pauses))
			return err
		},
		"override": func() error {
			_, err := h.OverrideHorizon(manager, care.OverrideHorizon{
				ID: h.key(), AccountID: h.account().ID, Horizon: cadence.ThisMonth, Reason: "说了", Until: h.today + civil.Date(1+h.any(5)),
			})
			return err
		},
		"no override": func() error { _, err := h.EndOverride(manager, h.account().ID); return err },
		"order": func() error {
			p, err := h.RecordPurchase(manager, h.order(h.account(), h.today-civil.Date(h.any(90)), 29800))
			h.orders = append(h.orders, p.ID)
			return err
		},
		"return": func() error {
			if len(h.orders) == 0 {
				return nil
			}
			_, err := h.RecordReturn(manager, care.RecordReturn{ID: h.key(), PurchaseID: pick(h, h.orders), Day: h.today, Amount: 100, Reason: "坏了"})
			return err
		},
		"case": func() error {
			_, err := h.AddCase(manager, care.NewCase{ID: h.key(), AccountID: h.account().ID, Kind: models.WinBackCase, DueOn: ptr(h.today + 20), Note: "再试"})
			return err
		},
		"stop": func() error {
			_, err := h.StopAccount(manager, care.StopAccount{ID: h.key(), AccountID: h.account().ID, Cause: cadence.BadService})
			return err
		},
		"resume service": func() error { _, err := h.ResumeService(manager, h.account().ID, "好了"); return err },
		"step": func() error {
			c, ok := h.openCase(h.account())
			if !ok || len(c.Steps) == 0 {
				return nil
			}
			_, err := h.CompleteStep(manager, care.CompleteStep{ID: h.key(), CaseID: c.Case.ID, StepID: pick(h, c.Steps).ID, Note: "去过"})
			return err
		},
		"close": func() error {
			c, ok := h.openCase(h.account())
			if !ok {
				return nil
			}
			as := pick(h, []models.CaseStatus{models.CaseSettled, models.CaseWonBack, models.CaseGivenUp})
			_, err := h.CloseCase(manager, care.CloseCase{ID: h.key(), CaseID: c.Case.ID, As: as, Why: "好了"})
			return err
		},
		"leave": func() error {
			l, err := h.AskLeave(as(h.rep()), care.AskLeave{ID: h.key(), From: h.today + 1, To: h.today + 2, Reason: "家事"})
			h.leaves = append(h.leaves, l.ID)
			return err
		},
		"grant": func() error {
			if len(h.leaves) == 0 {
				return nil
			}
			_, err := h.GrantLeave(manager, pick(h, h.leaves))
			return err
		},
		"refuse": func() error {
			if len(h.leaves) == 0 {
				return nil
			}
			return h.RefuseLeave(manager, pick(h, h.leaves), "忙")
		},
		"rename": func() error {
			u := h.rep()
			u.Name = fmt.Sprint("新名", h.any(99))
			return h.Store.Write(h.t.Context(), func(tx *models.Tx) error { return tx.ChangeUser(&u, "name") })
		},
		"product": func() error {
			p := h.Product
			p.Price = models.Fen(h.any(10000))
			return h.Store.Write(h.t.Context(), func(tx *models.Tx) error { return tx.ChangeProduct(&p, "price") })
		},
		"holiday": func() error {
			day := models.Holiday{Day: h.today + civil.Date(h.any(30)), Name: "休"}
			return h.Store.Write(h.t.Context(), func(tx *models.Tx) error { return tx.PutHolidays([]models.Holiday{day}) })
		},
		"next day":   func() error { h.onDay(h.today + 1); return nil },
		"some weeks": func() error { h.onDay(h.today + civil.Date(h.any(40))); return nil },
		"a moment":   func() error { h.clock.Add(time.Second); return nil },
	}
}

// TestAnyHistoryReadsTheSame: whatever happens, what a device made of the changes it pulled is what a new device gets at
// once, and both are what the user's scope reaches.
func TestAnyHistoryReadsTheSame(t *testing.T) {
	modelstest.Sequential(t)
	seeds, steps := 6, 60
	if testing.Short() {
		seeds, steps = 1, 30
	}
	for n := range seeds {
		seed := uint64(n) + 1
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			onEach(t, func(t *testing.T, w *world) {
				w.Service.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
				h := &history{world: w, rand: rand.New(rand.NewPCG(seed, 7))}
				h.run(t, steps)
			})
		})
	}
}

func (h *history) run(t *testing.T, steps int) {
	devices := []*device{h.device(h.Rep), h.device(h.OtherRep), h.device(h.Expert), h.device(h.Supervisor)}
	all := h.happenings()
	names := sortedKeys(all)
	var trace []string
	for range steps {
		name := pick(h, names)
		err := all[name]()
		var known *care.Error
		if err != nil && !errors.As(err, &known) && !errors.Is(err, models.ErrNotFound) && !errors.Is(err, auth.ErrForbidden) {
			t.Fatalf("%s: %v", name, err)
		}
		trace = append(trace, name)
		h.observe()
		d := pick(h, devices)
		d.check(fmt.Sprint("after ", trace))
	}
	for _, d := range devices {
		d.check(fmt.Sprint("at last, after ", trace))
	}
}
