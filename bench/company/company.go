// Package company makes companies of any size for benches out of the demo's books: as many books, each of another seed,
// as are needed, dealt out anew so that every rep holds exactly as many accounts as asked for.
package company

import (
	"fmt"
	"slices"

	"huifang/civil"
	"huifang/demo"
	"huifang/id"
	"huifang/models"
)

// Make makes a company of reps who hold each accounts, at the beginning of a day. Reps hold neighbours: the accounts of
// a rep of the demo, and with more than a hundred those of the next reps of the same store too.
func Make(today civil.Date, reps, each int) (demo.Book, error) {
	var all demo.Book
	for seed := uint64(1); reps > 0; seed++ {
		book := demo.Make(seed, today)
		n := min(reps, len(book.People)/each)
		if n == 0 {
			return all, fmt.Errorf("a book has %d accounts, fewer than %d", len(book.People), each)
		}
		book = deal(book, n, each)
		if seed > 1 {
			rename(&book, fmt.Sprintf("%d-", seed))
			book = join(all, book)
		}
		all = book
		reps -= n
	}
	return all, nil
}

// deal gives the first n reps each accounts and drops the accounts that are left.
func deal(book demo.Book, n, each int) demo.Book {
	reps := repsOf(book)
	rank := map[id.ID]int{}
	for i, r := range reps {
		rank[r.ID] = i
	}
	people := slices.Clone(book.People)
	slices.SortStableFunc(people, func(a, b demo.Person) int { return rank[a.Account.RepID] - rank[b.Account.RepID] })
	holder := map[id.ID]models.User{}
	for i, p := range people[:n*each] {
		holder[p.Account.ID] = reps[i/each]
	}
	book = only(book, func(account id.ID) bool { _, ok := holder[account]; return ok })
	hand(book, holder)
	book.Moves, book.Moved, book.Handovers = nil, nil, nil // they would change who holds how many
	return book
}

func repsOf(book demo.Book) []models.User {
	var out []models.User
	for _, u := range book.Users {
		if u.User.Role == "REP" {
			out = append(out, u.User)
		}
	}
	return out
}

// hand moves accounts with what is open on them to their holders; what has happened stays with who did it.
func hand(book demo.Book, holder map[id.ID]models.User) {
	for i := range book.People {
		a := &book.People[i].Account
		rep := holder[a.ID]
		a.RepID, a.StoreID = rep.ID, *rep.StoreID
		if a.ReferredBy != nil {
			if _, ok := holder[*a.ReferredBy]; !ok {
				a.ReferredBy = nil
			}
		}
	}
	for i := range book.Assignments {
		if a := &book.Assignments[i]; a.ToAt == nil {
			a.RepID = holder[a.AccountID].ID
		}
	}
	for i := range book.Items {
		book.Items[i].RepID = holder[book.Items[i].AccountID].ID
	}
}

// only keeps the rows of some accounts.
func only(b demo.Book, keep func(account id.ID) bool) demo.Book {
	orders, logs := map[id.ID]bool{}, map[id.ID]bool{}
	for _, p := range b.Purchases {
		orders[p.ID] = keep(p.AccountID)
	}
	for _, l := range b.Logs {
		logs[l.Log.ID] = keep(l.Log.AccountID)
	}
	b.People = kept(b.People, func(p demo.Person) bool { return keep(p.Account.ID) })
	b.Members = kept(b.Members, func(m models.Member) bool { return keep(m.AccountID) })
	b.Dates = kept(b.Dates, func(d models.AccountDate) bool { return keep(d.AccountID) })
	b.Tags = kept(b.Tags, func(t models.AccountTag) bool { return keep(t.AccountID) })
	b.Assignments = kept(b.Assignments, func(a models.Assignment) bool { return keep(a.AccountID) })
	b.Covers = kept(b.Covers, func(c models.Cover) bool { return keep(c.AccountID) })
	b.Pauses = kept(b.Pauses, func(p models.Pause) bool { return p.AccountID == nil || keep(*p.AccountID) })
	b.Purchases = kept(b.Purchases, func(p models.Purchase) bool { return keep(p.AccountID) })
	b.Lines = kept(b.Lines, func(l models.PurchaseLine) bool { return orders[l.PurchaseID] })
	b.Returns = kept(b.Returns, func(r models.Return) bool { return keep(r.AccountID) })
	b.Overrides = kept(b.Overrides, func(o models.Override) bool { return keep(o.AccountID) })
	b.Cases = kept(b.Cases, func(c demo.Case) bool { return keep(c.Case.AccountID) })
	b.Logs = kept(b.Logs, func(l demo.Log) bool { return keep(l.Log.AccountID) })
	b.Items = kept(b.Items, func(i models.PlanItem) bool { return keep(i.AccountID) })
	b.Joint = kept(b.Joint, func(j models.JointRequest) bool { return keep(j.AccountID) })
	b.Changes = kept(b.Changes, func(c models.StandingChange) bool { return keep(c.AccountID) })
	b.Proposals = kept(b.Proposals, func(p models.GradeProposal) bool { return keep(p.AccountID) })
	b.Reviews = kept(b.Reviews, func(r demo.Review) bool { return logs[r.Review.LogID] })
	return b
}

func kept[T any](rows []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !keep(row) })
}

// rename makes the company's own numbers of a book unlike those of the others.
func rename(b *demo.Book, prefix string) {
	for i := range b.Stores {
		b.Stores[i].Number = prefix + b.Stores[i].Number
	}
	for i := range b.Teams {
		b.Teams[i].Number = prefix + b.Teams[i].Number
	}
	for i := range b.Users {
		u := &b.Users[i].User
		u.Number, u.Login = prefix+u.Number, prefix+u.Login
	}
	for i := range b.Products {
		b.Products[i].Number = prefix + b.Products[i].Number
	}
	for i := range b.People {
		b.People[i].Account.Number = prefix + b.People[i].Account.Number
	}
	for i := range b.Purchases {
		b.Purchases[i].Number = prefix + b.Purchases[i].Number
	}
	for i := range b.Returns {
		if r := &b.Returns[i]; r.Number != "" {
			r.Number = prefix + r.Number
		}
	}
}

// join adds a book to the company of the first, whose rules stay.
func join(all, b demo.Book) demo.Book {
	all.Stores = append(all.Stores, b.Stores...)
	all.Teams = append(all.Teams, b.Teams...)
	all.Users = append(all.Users, b.Users...)
	all.Leaves = append(all.Leaves, b.Leaves...)
	all.Products = append(all.Products, b.Products...)
	all.People = append(all.People, b.People...)
	all.Members = append(all.Members, b.Members...)
	all.Dates = append(all.Dates, b.Dates...)
	all.Tags = append(all.Tags, b.Tags...)
	all.Assignments = append(all.Assignments, b.Assignments...)
	all.Covers = append(all.Covers, b.Covers...)
	all.Pauses = append(all.Pauses, b.Pauses...)
	all.Purchases = append(all.Purchases, b.Purchases...)
	all.Lines = append(all.Lines, b.Lines...)
	all.Returns = append(all.Returns, b.Returns...)
	all.Overrides = append(all.Overrides, b.Overrides...)
	all.Cases = append(all.Cases, b.Cases...)
	all.Logs = append(all.Logs, b.Logs...)
	all.Items = append(all.Items, b.Items...)
	all.Reviews = append(all.Reviews, b.Reviews...)
	all.Devices = append(all.Devices, b.Devices...)
	all.Joint = append(all.Joint, b.Joint...)
	all.Changes = append(all.Changes, b.Changes...)
	all.Proposals = append(all.Proposals, b.Proposals...)
	return all
}
