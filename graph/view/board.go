package view

import (
	"time"

	"huifang/care"
	"huifang/civil"
)

// BoardConnection is care.Board as a connection.
type BoardConnection struct {
	Edges    []BoardEdge
	PageInfo PageInfo
}

// BoardEdge is one row of the board.
type BoardEdge struct {
	Node   BoardRow
	Cursor string
}

// BoardRow is care.BoardRow with its contact as lists show it.
type BoardRow struct {
	care.BoardRow
	Item *PlanItem
}

// ContactedAt is when the customer was first reached after the case was opened.
func (r BoardRow) ContactedAt() *time.Time { return r.Case.ContactedAt }

// BoardOf shows a page of the board.
func BoardOf(b care.Board, today civil.Date) BoardConnection {
	out := BoardConnection{PageInfo: PageInfo{HasNextPage: b.More}}
	for _, r := range b.Rows {
		row := BoardRow{BoardRow: r}
		if r.Item != nil {
			item := ItemOf(*r.Item, today)
			row.Item = &item
		}
		out.Edges = append(out.Edges, BoardEdge{Node: row, Cursor: r.Cursor})
	}
	if n := len(out.Edges); n > 0 {
		out.PageInfo.EndCursor = &out.Edges[n-1].Cursor
	}
	return out
}
