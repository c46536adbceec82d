package care

import (
	"cmp"
	"errors"

	"huifang/cadence"
)

// gathered makes one INVALID error of everything that is wrong with a document: it says what the first is, and All lists
// every one, so that a form can show each at its input. It takes errors joined at any depth; nil when nothing is wrong.
func gathered(errs ...error) error {
	all := faultsIn(errors.Join(errs...))
	if len(all) == 0 {
		return nil
	}
	first := *all[0]
	first.err = faultList(all)
	return &first
}

// faultsIn takes a tree of joined errors apart.
func faultsIn(err error) []*Error {
	var fault *Error
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Error
		for _, e := range joined.Unwrap() {
			all = append(all, faultsIn(e)...)
		}
		return all
	}
	if errors.As(err, &fault) {
		return []*Error{fault}
	}
	return []*Error{Invalid("policy", "%w", err)}
}

// ofCadence puts the faults that the care rules find under their section.
func ofCadence(err error) error {
	var all []error
	for _, e := range faultsIn(err) {
		var fault *cadence.PolicyFault
		if errors.As(e, &fault) {
			e = Invalid("cadence."+fault.Field, "%s", fault.Words).By("range")
		}
		all = append(all, e)
	}
	return errors.Join(all...)
}

// between asks for a number in a range; NaN is in none.
func between[N cmp.Ordered](field string, value, least, most N) error {
	if value >= least && value <= most {
		return nil
	}
	return Invalid(field, "%v: choose %v to %v", value, least, most).By("range")
}
