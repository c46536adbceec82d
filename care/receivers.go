package care

import (
	"cmp"
	"context"
	"math"
	"slices"

	"huifang/auth"
	"huifang/balance"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Receiver is a rep who could take accounts, with the grounds.
type Receiver struct {
	Rep                           Person
	Score                         int // 0 to 100
	Accounts                      int // held now
	Utilisation, UtilisationAfter float64
	Metres                        *float64 // nil when no place is known
	Known                         int
	AwayFrom                      *civil.Date // the first day of leave in the next four weeks
	Friends                       int         // accounts tied to theirs by a referral
	asked                         int         // how many accounts it is about
	idle                          bool        // without working time in the next four weeks
}

const (
	// maxReceived caps the accounts of one question.
	maxReceived = 500
	// maxReceivers caps its answer: whoever needs more has not named the right store.
	maxReceivers = 100
)

// Receivers are the active reps of the viewer's reach, without the holders, who could take some accounts, the best first. From and to are
// the days of a cover: who is on leave on any of them is left out. NOT_FOUND for an account the viewer does not lead.
func (s *Service) Receivers(ctx context.Context, accounts []id.ID, from, to *civil.Date) ([]Receiver, error) {
	var r receiving
	err := s.read(ctx, auth.Reassign, func(tx *models.Tx, v auth.Viewer) error {
		keys, err := checkReceived(accounts, from, to)
		if err != nil {
			return err
		}
		r, err = s.readReceiving(tx, v, keys, coverDays(tx.Today, from, to))
		return err
	})
	if err != nil {
		return nil, err
	}
	return r.receivers(), nil
}

func checkReceived(accounts []id.ID, from, to *civil.Date) ([]id.ID, error) {
	switch {
	case len(accounts) == 0:
		return nil, Invalid("accounts", "name the accounts somebody shall take").By("required")
	case len(accounts) > maxReceived:
		return nil, Limited("accounts", "at most %d accounts at once", maxReceived)
	case from != nil && to != nil && *to < *from:
		return nil, Invalid("to", "%s is before %s", *to, *from).By("span")
	}
	keys := slices.Clone(accounts)
	slices.SortFunc(keys, id.ID.Compare)
	return slices.Compact(keys), nil
}

// coverDays are the days of a cover; nil for a move. One day alone is a cover of a day; none begins before today.
func coverDays(today civil.Date, from, to *civil.Date) *civil.Span {
	if from == nil && to == nil {
		return nil
	}
	if from == nil {
		from = &today
	}
	if to == nil {
		to = from
	}
	last := max(*to, *from)
	return &civil.Span{From: *from, To: &last}
}

// receiving is one question for receivers.
type receiving struct {
	teamLoad
	accounts []id.ID
	cover    *civil.Span
	known    map[id.ID]int // by rep: how many of the accounts
}

func (s *Service) readReceiving(tx *models.Tx, v auth.Viewer, accounts []id.ID, cover *civil.Span) (receiving, error) {
	r := receiving{accounts: accounts, cover: cover, known: map[id.ID]int{}}
	policy, err := s.policy(tx)
	if err != nil {
		return r, err
	}
	found, err := tx.AccountsAmong(v.Scope(), accounts)
	if err != nil {
		return r, err
	}
	if len(found) < len(accounts) {
		return r, NotFound("account")
	}
	var holders []id.ID
	for _, a := range found {
		holders = append(holders, a.RepID)
	}
	slices.SortFunc(holders, id.ID.Compare)
	holders = slices.Compact(holders)
	reps, err := tx.RepsInReach(v.Scope())
	if err != nil {
		return r, err
	}
	reps = slices.DeleteFunc(reps, func(u models.User) bool { return slices.Contains(holders, u.ID) })
	until := tx.Today
	if cover != nil {
		until = *cover.To
	}
	if r.teamLoad, err = readLoad(tx, policy, reps, holders, until); err != nil {
		return r, err
	}
	return r, r.readKnown(tx)
}

func (r *receiving) readKnown(tx *models.Tx) error {
	keys := make([]id.ID, len(r.reps))
	for i, u := range r.reps {
		keys[i] = u.ID
	}
	rows, err := tx.KnownAmong(r.accounts, keys, tx.Today-knownDays)
	for _, k := range rows {
		r.known[k.RepID]++
	}
	return err
}

func (r receiving) receivers() []Receiver {
	offers := map[string]balance.Offer{}
	for _, o := range balance.Offers(r.problem(), texts(r.accounts)) {
		offers[o.Rep] = o
	}
	friends := r.friends()
	out := []Receiver{}
	for _, u := range r.reps {
		if r.cover != nil && r.onLeave(u.ID, *r.cover) {
			continue
		}
		out = append(out, r.receiver(u, offers[u.ID.String()], friends[u.ID]))
	}
	slices.SortStableFunc(out, func(a, b Receiver) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.UtilisationAfter, b.UtilisationAfter))
	})
	return out[:min(len(out), maxReceivers)]
}

// problem has the holders too, without time: their accounts are what is to go.
func (r receiving) problem() balance.Problem {
	p := r.teamLoad.problem()
	known := map[string]bool{}
	for _, rep := range p.Reps {
		known[rep.ID] = true
	}
	for _, a := range p.Accounts {
		if !known[a.Rep] {
			known[a.Rep] = true
			p.Reps = append(p.Reps, balance.Rep{ID: a.Rep})
		}
	}
	return p
}

func texts(keys []id.ID) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.String()
	}
	return out
}

func (r receiving) receiver(u models.User, o balance.Offer, friends int) Receiver {
	out := Receiver{
		Rep: personOf(u), Accounts: o.Before.Accounts, Utilisation: o.Before.Utilisation, UtilisationAfter: o.After.Utilisation,
		Known: r.known[u.ID], Friends: friends, asked: len(r.accounts), idle: o.Capacity == 0,
	}
	if o.Placed {
		metres := math.Round(o.Metres)
		out.Metres = &metres
	}
	away := 0
	for day := r.today; day < r.today+loadDays; day++ {
		if r.calendar.away(u.ID, day) {
			if away++; out.AwayFrom == nil {
				first := day
				out.AwayFrom = &first
			}
		}
	}
	out.Score = r.score(out, float64(away)/loadDays)
	return out
}

// score weighs three parts, each 0 to 1: load is whole up to the low end of the band, half at its high end and nothing a band's width
// above; distance is half at HalfMetres, and half where no place is known; bond is the share of the accounts that the rep knows, one
// tied by a referral counting half. Days of leave in the next four weeks take off their share; for a cover they do not, for who is away
// then is left out.
func (r receiving) score(c Receiver, away float64) int {
	b, w := r.policy.Balance, r.policy.Balance.Receivers
	load := min(1, max(0, 1-(c.UtilisationAfter-b.Low)/(2*(b.High-b.Low))))
	if c.idle {
		load = 0
	}
	near := 0.5
	if c.Metres != nil {
		near = w.HalfMetres / (w.HalfMetres + *c.Metres)
	}
	bond := min(1, (float64(c.Known)+0.5*float64(c.Friends))/float64(c.asked))
	score := (w.Load*load + w.Distance*near + w.Bond*bond) / (w.Load + w.Distance + w.Bond)
	if r.cover == nil {
		score -= w.Away * away
	}
	return int(math.Round(100 * min(1, max(0, score))))
}

// friends are, by rep, how many of the accounts brought an account of the rep, or were brought by one.
func (r receiving) friends() map[id.ID]int {
	asked, holder := map[id.ID]bool{}, map[id.ID]id.ID{}
	for _, a := range r.accounts {
		asked[a] = true
	}
	for _, a := range r.book.Accounts {
		holder[a.ID] = a.RepID
	}
	tied := map[id.ID]map[id.ID]bool{}
	tie := func(account, rep id.ID) {
		if tied[rep] == nil {
			tied[rep] = map[id.ID]bool{}
		}
		tied[rep][account] = true
	}
	for _, a := range r.book.Accounts {
		by := a.ReferredBy
		switch {
		case by == nil:
		case asked[a.ID] && !asked[*by]:
			tie(a.ID, holder[*by])
		case asked[*by] && !asked[a.ID]:
			tie(*by, a.RepID)
		}
	}
	out := map[id.ID]int{}
	for rep, accounts := range tied {
		out[rep] = len(accounts)
	}
	return out
}

// onLeave tells whether a rep is on leave on any of some days.
func (r receiving) onLeave(rep id.ID, days civil.Span) bool {
	return slices.ContainsFunc(r.book.Leaves, func(l models.Leave) bool {
		return l.UserID == rep && l.FromDay <= *days.To && l.ToDay >= days.From
	})
}
