package view

// PageInfo is where a page of a list ends.
type PageInfo struct {
	HasNextPage bool
	EndCursor   *string
}
