package care

import (
	"maps"
	"slices"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// since are the contacts from a day on.
func since(logs map[id.ID][]models.ContactLog, from civil.Date) map[id.ID][]models.ContactLog {
	out := make(map[id.ID][]models.ContactLog, len(logs))
	for account, of := range logs {
		out[account] = slices.DeleteFunc(slices.Clone(of), func(l models.ContactLog) bool { return l.Day < from })
	}
	return out
}

// saved is a book as it would be read once the differences of a plan were written. The book itself stays as it is.
func saved(b models.RepBook, d models.PlanDiff) models.RepBook {
	b.Items, b.Projections, b.Accounts = savedItems(b.Items, d), maps.Clone(b.Projections), slices.Clone(b.Accounts)
	for _, p := range d.Projections {
		b.Projections[p.AccountID] = p
	}
	standings := map[id.ID]models.Standing{}
	for _, s := range d.Standings {
		standings[s.AccountID] = s
	}
	for i := range b.Accounts {
		if s, ok := standings[b.Accounts[i].ID]; ok {
			s.Put(&b.Accounts[i])
		}
	}
	if d.Shed != nil {
		b.Shed = *d.Shed
	}
	return b
}

func savedItems(items map[id.ID][]models.PlanItem, d models.PlanDiff) map[id.ID][]models.PlanItem {
	gone := map[id.ID]bool{}
	for _, x := range slices.Concat(d.Delete, d.Drop) {
		gone[x] = true
	}
	changed := map[id.ID]models.PlanItem{}
	for _, i := range d.Update {
		changed[i.ID] = i
	}
	out := make(map[id.ID][]models.PlanItem, len(items))
	for account, of := range items {
		for _, i := range of {
			if now, ok := changed[i.ID]; ok {
				i = now
			}
			if !gone[i.ID] {
				out[account] = append(out[account], i)
			}
		}
	}
	for _, i := range d.Insert {
		out[i.AccountID] = append(out[i.AccountID], i)
	}
	for _, of := range out {
		slices.SortStableFunc(of, inAgenda)
	}
	return out
}

// inAgenda is the order in which a book has its items.
func inAgenda(a, b models.PlanItem) int {
	if a.Day != b.Day {
		return int(a.Day - b.Day)
	}
	return a.Seq - b.Seq
}

// hand gives accounts with all that hangs on them from one book to another, as a move of accounts would (D9). What the
// giver's plan had no room for is forgotten: the plans of both are made anew.
func hand(from, to *models.RepBook, accounts map[id.ID]bool) {
	for _, a := range from.Accounts {
		if !accounts[a.ID] {
			continue
		}
		a.RepID = to.Rep.ID
		to.Accounts = append(to.Accounts, a)
		handItems(from, to, a.ID)
		give(from.Purchases, to.Purchases, a.ID)
		give(from.Returns, to.Returns, a.ID)
		give(from.Cases, to.Cases, a.ID)
		give(from.Steps, to.Steps, a.ID)
		give(from.Logs, to.Logs, a.ID)
		give(from.Pauses, to.Pauses, a.ID)
		give(from.Dates, to.Dates, a.ID)
		give(from.Overrides, to.Overrides, a.ID)
		give(from.Projections, to.Projections, a.ID)
		give(from.Covers, to.Covers, a.ID)
	}
	maps.Copy(to.Holders, from.Holders)
	maps.Copy(to.Names, from.Names)
	from.Accounts = slices.DeleteFunc(from.Accounts, func(a models.Account) bool { return accounts[a.ID] })
	slices.SortFunc(to.Accounts, func(a, b models.Account) int { return a.ID.Compare(b.ID) })
	from.Shed = slices.DeleteFunc(from.Shed, func(s models.ShedItem) bool { return accounts[s.AccountID] })
	to.Busy = slices.DeleteFunc(to.Busy, func(i models.PlanItem) bool { return accounts[i.AccountID] })
}

// handItems gives the contacts of an account. Whoever they ask to come along is busy for the giver from then on.
func handItems(from, to *models.RepBook, account id.ID) {
	for _, i := range from.Items[account] {
		i.RepID = to.Rep.ID
		to.Items[account] = append(to.Items[account], i)
		if i.ExpertID != nil && i.IsOpen() {
			from.Busy = append(from.Busy, i)
		}
	}
	delete(from.Items, account)
}

func give[V any](from, to map[id.ID]V, key id.ID) {
	if v, ok := from[key]; ok {
		to[key] = v
		delete(from, key)
	}
}

// apart is a copy of a book to which accounts can be handed, and from which they can be taken.
func apart(b models.RepBook) models.RepBook {
	b.Accounts, b.Shed, b.Busy = slices.Clone(b.Accounts), slices.Clone(b.Shed), slices.Clone(b.Busy)
	b.Purchases, b.Returns, b.Cases, b.Steps = copied(b.Purchases), copied(b.Returns), copied(b.Cases), copied(b.Steps)
	b.Logs, b.Pauses, b.Dates, b.Overrides = copied(b.Logs), copied(b.Pauses), copied(b.Dates), copied(b.Overrides)
	b.Items, b.Projections, b.Names = copied(b.Items), copied(b.Projections), copied(b.Names)
	b.Covers, b.Holders = copied(b.Covers), copied(b.Holders)
	return b
}

func copied[K comparable, V any](m map[K]V) map[K]V {
	out := make(map[K]V, len(m))
	maps.Copy(out, m)
	return out
}
