package care

import (
	"errors"

	"huifang/balance"
)

// BalanceRules are what a fair load is, what a move is worth, and who is proposed as a receiver (D9).
type BalanceRules struct {
	// Low and High are the utilisation everybody should have, care and travel against working time, 1 for full. Where the team
	// as a whole is fuller or emptier, the band is moved as little as is needed for the team's mean to lie in its middle half.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// MaxMoves is how many moves a proposal has at most.
	MaxMoves int `json:"maxMoves"`
	// SettledDays an account that changed hands stays where it is.
	SettledDays int `json:"settledDays"`
	// KeepBond is the bond from which on an account stays with its rep, 0 to 1: see bondOf.
	KeepBond float64 `json:"keepBond"`
	// WorthMinutes of travel a month a move must save that nobody's load needs.
	WorthMinutes int `json:"worthMinutes"`
	// Weights of a minute a month brought into the band, of a minute not travelled, and of a whole bond, in minutes.
	Weights BalanceWeights `json:"weights"`
	// Receivers say what counts when receivers are proposed.
	Receivers ReceiverWeights `json:"receivers"`
}

// BalanceWeights are balance.Weights as a policy writes them.
type BalanceWeights struct {
	Fairness float64 `json:"fairness"`
	Travel   float64 `json:"travel"`
	Bond     float64 `json:"bond"`
}

// ReceiverWeights are parts of a score; their sum is what a rep without load, next door, who knows all the accounts has.
type ReceiverWeights struct {
	Load     float64 `json:"load"`
	Distance float64 `json:"distance"`
	Bond     float64 `json:"bond"`
	// Away is taken off for a rep who is on leave for all of the next four weeks.
	Away float64 `json:"away"`
	// HalfMetres is the distance at which half of the part for distance is left.
	HalfMetres float64 `json:"halfMetres"`
}

func defaultBalance() BalanceRules {
	return BalanceRules{
		Low: 0.75, High: 0.95, MaxMoves: 100, SettledDays: 60, KeepBond: 0.9, WorthMinutes: 60,
		Weights:   BalanceWeights{Fairness: 1, Travel: 1, Bond: 60},
		Receivers: ReceiverWeights{Load: 0.5, Distance: 0.3, Bond: 0.2, Away: 0.3, HalfMetres: 3000},
	}
}

func (b BalanceRules) validate() error {
	w, r := b.Weights, b.Receivers
	err := errors.Join(
		between("balance.low", b.Low, 0, 2), between("balance.high", b.High, 0.1, 3),
		between("balance.maxMoves", b.MaxMoves, 1, maxMoved), between("balance.settledDays", b.SettledDays, 0, 730),
		between("balance.keepBond", b.KeepBond, 0, 2), between("balance.worthMinutes", b.WorthMinutes, 0, 10_000),
		between("balance.weights.fairness", w.Fairness, 0, 100), between("balance.weights.travel", w.Travel, 0, 100),
		between("balance.weights.bond", w.Bond, 0, 10_000),
		between("balance.receivers.load", r.Load, 0, 100), between("balance.receivers.distance", r.Distance, 0, 100),
		between("balance.receivers.bond", r.Bond, 0, 100), between("balance.receivers.away", r.Away, 0, 100),
		between("balance.receivers.halfMetres", r.HalfMetres, 1, 1_000_000),
	)
	if b.High < b.Low+0.02 {
		err = errors.Join(err, Invalid("balance.high", "a band of %g to %g: two points of a hundred are the least that moves can hit", b.Low, b.High).By("order"))
	}
	if r.Load+r.Distance+r.Bond <= 0 {
		err = errors.Join(err, Invalid("balance.receivers", "load, distance and bond all count nothing: nobody could be preferred").By("required"))
	}
	return err
}

func (b BalanceRules) rule() balance.Rule {
	return balance.Rule{
		Low: b.Low, High: b.High, MaxMoves: b.MaxMoves, Worth: float64(b.WorthMinutes),
		Weights: balance.Weights{Fairness: b.Weights.Fairness, Travel: b.Weights.Travel, Bond: b.Weights.Bond},
	}
}
