package care

// Opt is a field of a patch: not set leaves the value as it is.
type Opt[T any] struct {
	Set   bool
	Value T
}

// Some sets a field of a patch.
func Some[T any](v T) Opt[T] { return Opt[T]{Set: true, Value: v} }
