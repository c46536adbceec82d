package demo

import (
	"cmp"
	"iter"
	"slices"

	"huifang/id"
	"huifang/models"
)

// gather brings the lives' rows into the book, in the order of their keys: the order in which they were written.
func (m *maker) gather() {
	b := &m.book
	logs := 0
	for _, l := range m.lives {
		logs += len(l.logs)
	}
	b.Logs = make([]Log, 0, logs)
	for _, l := range m.lives {
		b.People = append(b.People, l.person)
		b.Members = append(b.Members, l.members...)
		b.Dates = append(b.Dates, l.dates...)
		b.Purchases = append(b.Purchases, l.purchases...)
		b.Lines = append(b.Lines, l.lines...)
		b.Logs = append(b.Logs, l.logs...)
		for _, c := range l.cases {
			b.Cases = append(b.Cases, *c)
		}
	}
	inOrder(b.People, func(p *Person) id.ID { return p.Account.ID })
	inOrder(b.Members, func(x *models.Member) id.ID { return x.ID })
	inOrder(b.Dates, func(x *models.AccountDate) id.ID { return x.ID })
	inOrder(b.Assignments, func(x *models.Assignment) id.ID { return x.ID })
	inOrder(b.Purchases, func(x *models.Purchase) id.ID { return x.ID })
	inOrder(b.Lines, func(x *models.PurchaseLine) id.ID { return x.ID })
	inOrder(b.Returns, func(x *models.Return) id.ID { return x.ID })
	inOrder(b.Cases, func(x *Case) id.ID { return x.Case.ID })
	inOrder(b.Items, func(x *models.PlanItem) id.ID { return x.ID })
	inOrder(b.Reviews, func(x *Review) id.ID { return x.Review.LogID })
	inOrder(b.Overrides, func(x *models.Override) id.ID { return x.ID })
	inOrder(b.Covers, func(x *models.Cover) id.ID { return x.ID })
	inOrder(b.Changes, func(x *models.StandingChange) id.ID { return x.ID })
	inOrder(b.Proposals, func(x *models.GradeProposal) id.ID { return x.ID })
	inOrder(b.Logs, func(x *Log) id.ID { return x.Log.ID })
}

// inOrder sorts rows by their keys; it sorts keys and places only, for rows are wide.
func inOrder[T any](rows []T, key func(*T) id.ID) {
	type place struct {
		key id.ID
		at  int
	}
	places := make([]place, len(rows))
	for i := range rows {
		places[i] = place{key(&rows[i]), i}
	}
	slices.SortFunc(places, func(a, b place) int { return a.key.Compare(b.key) })
	was := slices.Clone(rows)
	for i, p := range places {
		rows[i] = was[p.at]
	}
}

// mapKeys are the keys whose value is true.
func mapKeys[K cmp.Ordered](set map[K]bool) iter.Seq[K] {
	return func(yield func(K) bool) {
		for k, on := range set {
			if on && !yield(k) {
				return
			}
		}
	}
}
