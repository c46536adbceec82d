package balance

import "slices"

// pruned drops every step without which no minute more is outside the band and less travel comes back than a step is worth, the
// least useful first.
func (t *team) pruned(steps []step) []step {
	start := t.measures(t.sums(t.holders()))
	sums := t.sums(t.carried(steps))
	for {
		ends := t.measures(sums)
		least, at := 0.0, -1
		for k, m := range steps {
			without := t.measures(t.takenBack(sums, m))
			loss := without.Travel - ends.Travel
			kept := without.Outside <= ends.Outside+tiny && without.Travel <= start.Travel+tiny && without.Spread <= start.Spread+tiny
			if kept && loss < max(t.rule.Worth, tiny) && (at < 0 || loss < least-tiny) {
				least, at = loss, k
			}
		}
		if at < 0 {
			return steps
		}
		sums = t.takenBack(sums, steps[at])
		steps = slices.Delete(slices.Clone(steps), at, at+1)
	}
}

// carried are the holders after some steps.
func (t *team) carried(steps []step) []int {
	holders := t.holders()
	for _, m := range steps {
		holders[m.account] = m.to
	}
	return holders
}

// takenBack are the sums without a step.
func (t *team) takenBack(sums []tally, m step) []tally {
	a := t.accounts[m.account]
	out := slices.Clone(sums)
	out[m.to] = out[m.to].with(a.stop, t.reps[m.to].start, -1)
	out[a.holds] = out[a.holds].with(a.stop, t.reps[a.holds].start, 1)
	return out
}

// ordered puts the most useful step first, of those that leave the team no worse than at the start; what never can is dropped.
func (t *team) ordered(steps []step, s *state) []step {
	left := slices.Clone(steps)
	var out []step
	for len(left) > 0 {
		best, top := -1, 0.0
		for k, m := range left {
			e := s.effect(m.account, m.to)
			v := -t.rule.Weights.Fairness*e.outside - t.rule.Weights.Travel*e.travel
			if s.harmless(e) && (best < 0 || v > top+tiny) {
				best, top = k, v
			}
		}
		if best < 0 {
			return out
		}
		s.apply(left[best].account, left[best].to)
		out = append(out, left[best])
		left = slices.Delete(left, best, best+1)
	}
	return out
}

// proposal measures the steps one by one from nothing. A step that would leave the team worse than at the start is left out, so
// the promise of Proposal holds whatever the search did.
func (t *team) proposal(steps []step) Proposal {
	holders := t.holders()
	before := t.sums(holders)
	out := Proposal{Low: t.low, High: t.high, Before: t.measures(before)}
	last, sums := out.Before, before
	for _, m := range steps {
		holders[m.account] = m.to
		next := t.sums(holders)
		now := t.measures(next)
		if now.Spread > out.Before.Spread || now.Travel > out.Before.Travel {
			holders[m.account] = t.accounts[m.account].holds
			continue
		}
		move := t.move(m, sums, next)
		move.Fairness, move.Travel, move.Band = last.Spread-now.Spread, last.Travel-now.Travel, last.Outside-now.Outside
		out.Moves = append(out.Moves, move)
		last, sums = now, next
	}
	out.After, out.Within = last, last.Outside <= tiny
	for r := range t.reps {
		out.Loads = append(out.Loads, Load{Rep: t.reps[r].id, Capacity: t.reps[r].capacity,
			Before: t.share(r, before[r]), After: t.share(r, sums[r])})
	}
	return out
}

func (t *team) move(m step, before, after []tally) Move {
	a, from := t.accounts[m.account], t.accounts[m.account].holds
	return Move{Account: a.id, From: t.reps[from].id, To: t.reps[m.to].id, Care: a.stop.care,
		Saved: t.travel(from, before[from]) - t.travel(from, after[from]), Added: t.travel(m.to, after[m.to]) - t.travel(m.to, before[m.to]),
		Known: slices.Contains(a.known, m.to)}
}

func (t *team) share(r int, s tally) Share {
	travel := t.travel(r, s)
	out := Share{Accounts: s.accounts, Care: s.care, Travel: travel}
	if t.works(r) {
		out.Utilisation = (s.care + travel) / t.reps[r].capacity
	}
	return out
}
