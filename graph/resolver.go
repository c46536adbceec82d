package graph

// Resolver answers the fields of the schema by calling use cases. Its fields are set once, before serving.
type Resolver struct {
	Release string // what Query.version answers
}
