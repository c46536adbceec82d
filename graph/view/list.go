package view

import (
	"slices"

	"huifang/care"
	"huifang/id"
	"huifang/models"
)

// Timeline is care.Timeline as a connection.
type Timeline struct {
	Edges    []TimelineEdge
	PageInfo PageInfo
}

// TimelineEdge is one row of a timeline.
type TimelineEdge struct {
	Node   care.Entry
	Cursor string
}

// TimelineOf shows a page of a timeline.
func TimelineOf(t care.Timeline) Timeline {
	out := Timeline{PageInfo: PageInfo{HasNextPage: t.More}}
	for _, e := range t.Entries {
		out.Edges = append(out.Edges, TimelineEdge{Node: e, Cursor: e.Cursor})
	}
	if n := len(out.Edges); n > 0 {
		out.PageInfo.EndCursor = &out.Edges[n-1].Cursor
	}
	return out
}

// People are the keys of everyone a timeline names, in order, each once.
func (t Timeline) People() []id.ID {
	var keys []id.ID
	for _, e := range t.Edges {
		switch n := e.Node; {
		case n.Log != nil:
			keys = append(keys, n.Log.UserID)
		case n.Purchase != nil:
			keys = append(keys, n.Purchase.RepID)
		case n.Case != nil:
			keys = append(keys, n.Case.OwnerID)
		case n.Assignment != nil:
			keys = append(keys, n.Assignment.RepID)
		case n.Override != nil:
			keys = append(keys, n.Override.CreatedBy)
		}
	}
	slices.SortFunc(keys, id.ID.Compare)
	return slices.Compact(keys)
}

// Orders are the keys of the orders of a timeline.
func (t Timeline) Orders() []id.ID {
	var keys []id.ID
	for _, e := range t.Edges {
		if e.Node.Purchase != nil {
			keys = append(keys, e.Node.Purchase.ID)
		}
	}
	return keys
}

// LinesOf are the lines of some orders in one list.
func LinesOf(orders []id.ID, lines map[id.ID][]models.PurchaseLine) []models.PurchaseLine {
	var out []models.PurchaseLine
	for _, order := range orders {
		out = append(out, lines[order]...)
	}
	return out
}

// Named puts names beside keys.
func Named(keys []id.ID, names map[id.ID]string) []care.Person {
	out := make([]care.Person, 0, len(keys))
	for _, key := range keys {
		out = append(out, care.Person{ID: key, Name: names[key]})
	}
	return out
}

// FoundPage tells where a page of accounts ends.
func FoundPage(f care.Found) PageInfo {
	page := PageInfo{HasNextPage: f.More}
	if n := len(f.Rows); n > 0 {
		page.EndCursor = &f.Rows[n-1].Cursor
	}
	return page
}

// InboxPage tells where a page of an inbox ends.
func InboxPage(i care.Inbox) PageInfo {
	page := PageInfo{HasNextPage: i.More}
	if n := len(i.Edges); n > 0 {
		page.EndCursor = &i.Edges[n-1].Cursor
	}
	return page
}

// ImportProblem is what is wrong in a file. Words tells it in a language.
type ImportProblem struct {
	Line                int
	Column, Value, Code string
	Words               func(lang string) string
}

// ProblemsOf are the problems of a file.
func ProblemsOf(f care.FileReport) []ImportProblem {
	out := make([]ImportProblem, 0, len(f.Problems))
	for _, p := range f.Problems {
		out = append(out, ImportProblem{Line: p.Line, Column: p.Column, Value: p.Value, Code: p.Code, Words: p.In})
	}
	return out
}

// FigurePage tells where a page of the rows behind a number ends.
func FigurePage(c care.FigureConnection) PageInfo {
	page := PageInfo{HasNextPage: c.More}
	if n := len(c.Edges); n > 0 {
		page.EndCursor = &c.Edges[n-1].Cursor
	}
	return page
}
