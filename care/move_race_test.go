package care_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// racesEnv names how many contacts are logged in the race; a tenth as many moves run beside them.
const racesEnv = "HUIFANG_RACES"

func racesWanted(t *testing.T) int {
	text := os.Getenv(racesEnv)
	if text == "" {
		return 300
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 100 {
		t.Fatalf("%s=%q: want a number from 100 on", racesEnv, text)
	}
	return n
}

// TestNoOrphansWhenMovesRaceLogs: contacts with a next step are logged, some of them twice, while accounts go to and fro, now
// and on days to come, and moves are undone and objected to. In the end no open item is on the list of a rep who does not hold
// its account, every contact is there once, and the phones have what their users see.
func TestNoOrphansWhenMovesRaceLogs(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		r := newRace(w, racesWanted(t))
		devices := []*device{w.device(w.Rep), w.device(w.Colleague), w.device(r.reps[2])}
		began := time.Now()
		r.run()
		t.Logf("%d contacts beside %d moves, %d undone, %d objections, %d days in %s", r.logs, r.moves, r.undone.Load(), r.objected.Load(),
			r.days, time.Since(began).Round(time.Millisecond))
		if r.undone.Load() == 0 || r.objected.Load() == 0 || r.carried.Load() == 0 {
			t.Errorf("%d undone, %d objections, %d carried out: the race had not everything in it", r.undone.Load(), r.objected.Load(), r.carried.Load())
		}
		r.judge()
		for _, d := range devices {
			r.judgeFeed(d)
		}
	})
}

// race is what runs at once.
type race struct {
	*world
	logs, moves, days int
	homes             []models.Account
	reps              []models.User

	undone, objected, carried atomic.Int64
}

// Who does what at once.
const (
	raceLoggers = 6
	raceMovers  = 3
	raceDays    = 5
)

func newRace(w *world, logs int) *race {
	r := &race{world: w, logs: logs, moves: logs / 10, days: raceDays, homes: w.neighbours(max(12, min(300, logs/25)))}
	r.reps = []models.User{w.Rep, w.Colleague, w.newRep("third")}
	// Whoever had to do with an account may log a contact of it, also later: all three had to.
	for _, to := range []models.User{r.reps[1], r.reps[2], r.reps[0]} {
		w.move(w.moving(func(in *care.MoveAccounts) { in.Moves[0].ToRep = to.ID }, r.homes...))
	}
	return r
}

func (r *race) run() {
	var work sync.WaitGroup
	for n := range raceLoggers {
		work.Go(func() { r.logAway(n) })
	}
	for n := range raceMovers {
		work.Go(func() { r.moveAway(n) })
	}
	var rest sync.WaitGroup
	stop := make(chan struct{})
	rest.Go(func() { r.tend(stop) })
	work.Wait()
	close(stop)
	rest.Wait()
	r.carryOutAll()
}

// fail notes what must not happen. A rule that says no is none of it: the others were faster.
func (r *race) fail(what string, err error, allowed ...care.Code) {
	if err != nil && !slices.Contains(allowed, care.CodeOf(err)) {
		r.t.Errorf("%s: %v", what, errors.Join(err, errors.Unwrap(err)))
	}
}

// logAway logs this logger's share of the contacts, as one rep after the other, and every tenth of them twice.
func (r *race) logAway(n int) {
	random := rand.New(rand.NewPCG(uint64(n), 1))
	for k := n; k < r.logs; k += raceLoggers {
		now := r.clock.Now()
		in := care.LogContact{
			ID: raceKey(9, k), AccountID: r.homes[random.IntN(len(r.homes))].ID, Kind: cadence.Call, Outcome: cadence.NoAnswer,
			StartedAt: now.Add(-time.Minute), NextOn: ptr(r.today + 20), NextKind: cadence.HomeVisit,
		}
		for range 1 + k%10/9 {
			_, err := r.LogContact(r.as(r.reps[k%3]), in)
			r.fail(fmt.Sprint("log ", k), err)
		}
	}
}

func raceKey(kind byte, n int) id.ID {
	return id.ID{0: kind, 6: 0x70, 8: 0x80, 12: byte(n >> 24), 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)}
}

// moveAway makes this mover's share of the moves: of some accounts to one rep or two, every fifth of them on another day;
// between them it undoes one, or a customer objects.
func (r *race) moveAway(n int) {
	random := rand.New(rand.NewPCG(uint64(n), 2))
	for k := n; k < r.moves; k += raceMovers {
		in := care.MoveAccounts{ID: raceKey(8, k), Reason: "换人", Joint: k%4 == 0}
		accounts := random.Perm(len(r.homes))[:2+random.IntN(4)]
		first := random.IntN(3)
		for half, part := range [][]int{accounts[:1], accounts[1:]} {
			to := care.MoveTo{ToRep: r.reps[(first+half)%3].ID}
			for _, a := range part {
				to.Accounts = append(to.Accounts, r.homes[a].ID)
			}
			in.Moves = append(in.Moves, to)
		}
		if k%5 == 0 {
			in.On = ptr(civil.Of(r.clock.Now().Date()) + 1)
		}
		moves, err := r.MoveAccounts(r.as(r.Supervisor), in)
		r.fail(fmt.Sprint("move ", k), err, care.CodeInvalid)
		r.takeBack(k, random, moves)
	}
}

func (r *race) takeBack(k int, random *rand.Rand, moves []care.MoveCard) {
	if k%3 == 0 && len(moves) > 0 {
		_, err := r.EndMove(r.as(r.Supervisor), care.EndMove{ID: raceKey(7, k), MoveID: moves[0].ID, Why: "不合适"})
		r.fail(fmt.Sprint("undo ", k), err, care.CodeConflict, care.CodeRefused)
		if err == nil {
			r.undone.Add(1)
		}
	}
	if k%3 == 1 {
		in := care.ObjectToMove{ID: raceKey(6, k), AccountID: r.homes[random.IntN(len(r.homes))].ID, Objection: "只认原来的"}
		_, err := r.ObjectToMove(r.as(r.Supervisor), in)
		r.fail(fmt.Sprint("objection ", k), err, care.CodeRefused)
		if err == nil {
			r.objected.Add(1)
		}
	}
}

// tend lets days go by and carries out what is due.
func (r *race) tend(stop chan struct{}) {
	for day := 0; ; {
		select {
		case <-stop:
			for ; day < r.days; day++ {
				r.clock.Add(24 * time.Hour)
			}
			return
		case <-time.After(200 * time.Millisecond):
		}
		if day < r.days {
			r.clock.Add(24 * time.Hour)
			day++
		}
		r.carryOutAll()
	}
}

func (r *race) carryOutAll() {
	err := r.CarryOutMoves(r.t.Context(), func(id.ID) bool { return false }, func(_ id.ID, err error) {
		r.carried.Add(1)
		r.fail("carry out", err)
	})
	r.fail("list what is due", err)
}

// judge looks at all accounts when everything is over.
func (r *race) judge() {
	logs, steps := map[id.ID]bool{}, 0
	err := r.Store.Read(r.t.Context(), func(tx *models.Tx) error {
		for _, home := range r.homes {
			a, err := tx.Account(modelsScope, home.ID)
			if err != nil {
				return err
			}
			items, err := tx.OpenItemsOf(modelsScope, a.ID)
			for _, i := range items {
				if i.RepID != a.RepID || i.ExpertID != nil && *i.ExpertID == a.RepID {
					r.t.Errorf("orphan: an item of %s is on the list of somebody else", a.Number)
				}
				if i.Reasons[0].Code == "NEXT_STEP" {
					steps++
				}
			}
			if err := errors.Join(err, r.judgeHistory(tx, a), logsOf(tx, a, logs)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
	for k := range r.logs {
		if !logs[raceKey(9, k)] {
			r.t.Errorf("contact %d is lost", k)
		}
	}
	if len(logs) != r.logs || steps != r.logs {
		r.t.Errorf("%d contacts and %d next steps of %d", len(logs), steps, r.logs)
	}
}

// judgeHistory: one rep after the other held the account, and exactly the last one holds it.
func (r *race) judgeHistory(tx *models.Tx, a models.Account) error {
	rows, err := tx.AssignmentsOf(modelsScope, a.ID)
	holders := slices.DeleteFunc(rows, func(row models.Assignment) bool { return row.ToAt != nil })
	if len(holders) != 1 || holders[0].RepID != a.RepID {
		r.t.Errorf("%d hold %s by its history", len(holders), a.Number)
	}
	return err
}

// judgeFeed: a phone that pulled before the race has what a new one gets, all accounts its user sees and all open items.
func (r *race) judgeFeed(d *device) {
	fresh := &device{newReplica(), r.world, d.user}
	for _, each := range []*device{d, fresh} {
		if err := each.pull(r.as(d.user), r.Service, 1000); err != nil {
			r.t.Fatal(err)
		}
	}
	same(r.t, "after the race", fresh.replica, d.replica)
	accounts, open := 0, 0
	for _, home := range r.homes {
		a, items := r.account(home.ID), r.openItems(home.ID)
		along := slices.ContainsFunc(items, func(i models.PlanItem) bool { return i.ExpertID != nil && *i.ExpertID == d.user.ID })
		if a.RepID != d.user.ID && !along {
			continue
		}
		accounts++
		for _, i := range items {
			if open++; !d.has(care.FeedItem, i.ID) {
				r.t.Errorf("the phone of %s misses an open item", d.user.Login)
			}
		}
	}
	if n := r.held(d); n != accounts {
		r.t.Errorf("the phone of %s has %d accounts of the race, and its user sees %d", d.user.Login, n, accounts)
	}
}

func (r *race) held(d *device) (n int) {
	for _, home := range r.homes {
		if d.has(care.FeedAccount, home.ID) {
			n++
		}
	}
	return n
}

func logsOf(tx *models.Tx, a models.Account, into map[id.ID]bool) error {
	rows, err := tx.LogsOf(modelsScope, a.ID, models.Cursor{}, 0)
	if len(rows) == models.MaxPage {
		return fmt.Errorf("more contacts of %s than a page has", a.Number)
	}
	for _, l := range rows {
		if into[l.ID] {
			return fmt.Errorf("contact %s is there twice", l.ID)
		}
		into[l.ID] = true
	}
	return err
}
