// Package noun holds the types of the tiny schema.
package noun

import (
	"time"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Order holds every scalar.
type Order struct {
	ID  id.ID
	Day civil.Date
	At  *time.Time
	Fen models.Fen
}

// OrderInput holds every scalar that is read.
type OrderInput struct {
	Day  civil.Date
	At   *time.Time
	Fen  *models.Fen
	Days []civil.Date
}

// Node is a list that never ends.
type Node struct{ N int }

// Next returns the following node.
func (n Node) Next() *Node { return &Node{N: n.N + 1} }
