package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"huifang/care"
	"huifang/graph/view"
)

// patch is the edit of a file: what was left out is not set, null takes the fact away.
func patch(in view.EditAccountInput) care.EditFile {
	return care.EditFile{
		ID: in.ID, AccountID: in.AccountID, Version: in.Version,

		Name: plain(in.Name), Sex: plain(in.Sex), BirthYear: pointer(in.BirthYear), Phone: plain(in.Phone),
		Address: plain(in.Address), District: plain(in.District), City: plain(in.City), Position: pointer(in.Position),
		Health: plain(in.Health), History: plain(in.History), Allergies: plain(in.Allergies), Frail: plain(in.Frail),
		Employer: plain(in.Employer), Job: plain(in.Job), Budget: pointer(in.Budget), Wishes: plain(in.Wishes),
		Manner: plain(in.Manner), Looks: plain(in.Looks), Habits: plain(in.Habits), Hobbies: list(in.Hobbies),
		Interests: list(in.Interests), Brings: plain(in.Brings), ExpectedNextOn: pointer(in.ExpectedNextOn),
		Taboos: plain(in.Taboos), Preferred: list(in.Preferred), Quiet: list(in.Quiet), OptOuts: list(in.OptOuts),
		Source: plain(in.Source),
	}
}

// plain sets a fact that has an empty value; null is that.
func plain[T any](o graphql.Omittable[*T]) care.Opt[T] {
	var value T
	if given := o.Value(); given != nil {
		value = *given
	}
	return care.Opt[T]{Set: o.IsSet(), Value: value}
}

// pointer sets a fact that may be unknown.
func pointer[T any](o graphql.Omittable[*T]) care.Opt[*T] {
	return care.Opt[*T]{Set: o.IsSet(), Value: o.Value()}
}

// list sets a list; null is the empty one.
func list[T any](o graphql.Omittable[[]T]) care.Opt[[]T] {
	return care.Opt[[]T]{Set: o.IsSet(), Value: o.Value()}
}
