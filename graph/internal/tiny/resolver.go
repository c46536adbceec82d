// Package tiny is a small schema with everything that can go wrong, for the tests of the transport.
package tiny

// Resolver answers the tiny schema.
type Resolver struct {
	Fail func(how string) error // what Query.fail returns; it may panic
}
