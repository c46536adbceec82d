package care

import (
	"context"
	"math"
	"slices"
	"time"

	"huifang/auth"
	"huifang/balance"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Balance is a proposal of moves that make the load of a team fair and cut travel (D9).
type Balance struct {
	Low, High                 float64 // the band aimed at
	Within                    bool    // everybody is in it after all moves
	SpreadBefore, SpreadAfter float64 // standard deviation of utilisation, in points of a hundred
	TravelBefore, TravelAfter int     // minutes a month, estimated
	Reps                      []RepLoad
	Moves                     []BalanceMove
	why                       balanceWhy
}

// RepLoad is the load of a rep in a proposal; minutes are a month's.
type RepLoad struct {
	Rep                                 Person
	AccountsBefore, AccountsAfter       int
	Capacity                            int
	CareBefore, CareAfter               int
	TravelBefore, TravelAfter           int
	UtilisationBefore, UtilisationAfter float64 // 1 means full; 0 without working time
}

// BalanceMove is an account that would do better elsewhere.
type BalanceMove struct {
	AccountID              id.ID
	AccountName            string
	Tier                   string
	FromRep, ToRep         Person
	GainFairness           float64 // points of a hundred by which the spread falls
	GainTravel             int     // minutes a month
	Care                   int     // minutes of contacts a month that go along
	TravelSaved            int
	TravelAdded            int
	Known                  bool
	fromLoad, toLoad, band float64
}

// Balance proposes the smallest set of moves found that brings everyone of a team into the band and cuts travel. It reaches as far as
// MoveAccounts: supervisors have their team, a manager names one. NOT_FOUND for a team that is not led, INVALID without one.
func (s *Service) Balance(ctx context.Context, team *id.ID) (Balance, error) {
	var t tiedTeam
	err := s.read(ctx, auth.Reassign, func(tx *models.Tx, v auth.Viewer) error {
		x, err := ledTeam(tx, v, team)
		if err != nil {
			return err
		}
		t, err = s.readTeam(tx, x)
		return err
	})
	if err != nil {
		return Balance{}, err
	}
	p := t.problem() // outside the transaction: nobody waits for the search
	return t.told(p, balance.Propose(p)), nil
}

// ledTeam is the team a viewer means.
func ledTeam(tx *models.Tx, v auth.Viewer, team *id.ID) (id.ID, error) {
	switch reach := v.Scope().Reach; {
	case team == nil && v.Team.IsZero():
		return id.ID{}, Invalid("team", "you lead no team of your own: name one").By("required")
	case team == nil:
		return v.Team, nil
	case reach == auth.ReachTeam && *team != v.Team:
		return id.ID{}, NotFound("team")
	}
	_, err := tx.Team(*team)
	return *team, missing(err, "team")
}

// tiedTeam is the load of a team with what keeps accounts where they are.
type tiedTeam struct {
	teamLoad
	ties  map[id.ID]models.Tie
	since map[id.ID]time.Time
	known map[id.ID][]id.ID
	dayOf func(time.Time) civil.Date
}

// knownDays is how long a contact counts as knowing an account: a year.
const knownDays = 365

func (s *Service) readTeam(tx *models.Tx, team id.ID) (tiedTeam, error) {
	t := tiedTeam{known: map[id.ID][]id.ID{}, dayOf: tx.Day}
	policy, err := s.policy(tx)
	if err != nil {
		return t, err
	}
	reps, err := tx.RepsOfTeam(team)
	if err != nil {
		return t, err
	}
	if t.teamLoad, err = readLoad(tx, policy, reps, nil, tx.Today); err != nil {
		return t, err
	}
	keys := make([]id.ID, len(reps))
	for i, r := range reps {
		keys[i] = r.ID
	}
	if t.ties, err = tx.Ties(keys, tx.Today-civil.Date(policy.Balance.SettledDays)); err != nil {
		return t, err
	}
	if t.since, err = tx.HeldSince(keys); err != nil {
		return t, err
	}
	knowers, err := tx.KnownWithin(keys, tx.Today-knownDays)
	for _, k := range knowers {
		t.known[k.AccountID] = append(t.known[k.AccountID], k.RepID)
	}
	return t, err
}

// problem is the load with what ties accounts: see stays and bondOf.
func (t tiedTeam) problem() balance.Problem {
	p := t.teamLoad.problem()
	friends := t.friends()
	for i, a := range t.book.Accounts {
		out := &p.Accounts[i]
		out.Bond = t.bondOf(a, friends[a.ID])
		out.Stays = t.stays(a) || out.Bond >= t.policy.Balance.KeepBond
		for _, k := range t.known[a.ID] {
			out.Known = append(out.Known, k.String())
		}
	}
	return p
}

// stays tells whether an account must stay where it is: trouble is carried to its end by who knows it (D7, D15, D18), five phases make
// one onboarding (D2), a promise to come along is kept, and nobody changes hands twice in a short time.
func (t tiedTeam) stays(a models.Account) bool {
	return t.ties[a.ID] != "" || len(t.book.Cases[a.ID]) > 0 || t.onboarding(a)
}

func (t tiedTeam) onboarding(a models.Account) bool {
	phases := t.policy.Cadence.Onboarding
	if a.Lifecycle != cadence.New || a.LastPurchaseOn == nil || len(phases) == 0 {
		return false
	}
	return t.today <= *a.LastPurchaseOn+civil.Date(phases[len(phases)-1].Day)
}

// Parts of a bond.
const (
	bondYears  = 0.5 // held for two years
	bondGrade  = 0.3 // loyalty grade 100 (D1)
	bondFriend = 0.2 // brought by another account of the rep, or brought one (D22)
)

// bondOf is how close an account is to its rep, 0 to 1.
func (t tiedTeam) bondOf(a models.Account, friend bool) float64 {
	bond := bondGrade * float64(min(max(a.Grade, 0), 100)) / 100
	if since, ok := t.since[a.ID]; ok {
		bond += bondYears * min(1, float64(t.today-t.dayOf(since))/730)
	}
	if friend {
		bond += bondFriend
	}
	return min(1, max(0, bond))
}

// friends are the accounts that were brought by another account of their rep, or brought one.
func (t tiedTeam) friends() map[id.ID]bool {
	holder := map[id.ID]id.ID{}
	for _, a := range t.book.Accounts {
		holder[a.ID] = a.RepID
	}
	out := map[id.ID]bool{}
	for _, a := range t.book.Accounts {
		if a.ReferredBy != nil && holder[*a.ReferredBy] == a.RepID {
			out[a.ID], out[*a.ReferredBy] = true, true
		}
	}
	return out
}

// told is a proposal as people read it.
func (t tiedTeam) told(p balance.Problem, from balance.Proposal) Balance {
	people, accounts := map[string]models.User{}, map[string]models.Account{}
	for _, r := range t.reps {
		people[r.ID.String()] = r
	}
	for _, a := range t.book.Accounts {
		accounts[a.ID.String()] = a
	}
	out := Balance{
		Low: from.Low, High: from.High, Within: from.Within, SpreadBefore: from.Before.Spread, SpreadAfter: from.After.Spread,
		TravelBefore: whole(from.Before.Travel), TravelAfter: whole(from.After.Travel), why: t.why(p, from),
	}
	loads := map[string]balance.Load{}
	for _, l := range from.Loads {
		loads[l.Rep] = l
	}
	for _, r := range t.reps { // by number
		out.Reps = append(out.Reps, repLoad(r, loads[r.ID.String()]))
	}
	for _, m := range from.Moves {
		a := accounts[m.Account]
		out.Moves = append(out.Moves, BalanceMove{
			AccountID: a.ID, AccountName: a.Name, Tier: a.Tier, FromRep: personOf(people[m.From]), ToRep: personOf(people[m.To]),
			GainFairness: m.Fairness, GainTravel: whole(m.Saved) - whole(m.Added), Care: whole(m.Care),
			TravelSaved: whole(m.Saved), TravelAdded: whole(m.Added), Known: m.Known,
			fromLoad: loads[m.From].Before.Utilisation, toLoad: loads[m.To].Before.Utilisation, band: m.Band,
		})
	}
	return out
}

func whole(minutes float64) int { return int(math.Round(minutes)) }

func repLoad(r models.User, l balance.Load) RepLoad {
	return RepLoad{
		Rep: personOf(r), Capacity: whole(l.Capacity),
		AccountsBefore: l.Before.Accounts, AccountsAfter: l.After.Accounts, CareBefore: whole(l.Before.Care), CareAfter: whole(l.After.Care),
		TravelBefore: whole(l.Before.Travel), TravelAfter: whole(l.After.Travel),
		UtilisationBefore: l.Before.Utilisation, UtilisationAfter: l.After.Utilisation,
	}
}

// why sums up what words a proposal needs.
func (t tiedTeam) why(p balance.Problem, from balance.Proposal) balanceWhy {
	w := balanceWhy{reps: len(t.reps), moves: len(from.Moves), within: from.Within, mean: from.Before.Mean, low: from.Low, high: from.High,
		most: t.policy.Balance.MaxMoves}
	load, capacity, held := 0.0, 0.0, 0
	for i, r := range from.Loads {
		switch u := r.After.Utilisation; {
		case r.Capacity == 0 && r.Before.Accounts > 0:
			at := slices.IndexFunc(t.reps, func(u models.User) bool { return u.ID.String() == from.Loads[i].Rep })
			w.absent = append(w.absent, t.reps[at].Name)
		case r.Capacity > 0 && (u < from.Low-0.0005 || u > from.High+0.0005):
			w.outside++
		}
		if r.Capacity > 0 {
			load, capacity, held = load+r.Before.Care+r.Before.Travel, capacity+r.Capacity, held+r.Before.Accounts
		}
	}
	if load > capacity && held > 0 {
		w.tooMany = int(math.Ceil((load - capacity) / (load / float64(held))))
	}
	for _, a := range p.Accounts {
		if a.Stays {
			w.staying++
		}
	}
	w.accounts = len(p.Accounts)
	slices.Sort(w.absent)
	return w
}
