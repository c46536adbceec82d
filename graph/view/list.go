package view

import "huifang/care"

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

// FoundPage tells where a page of accounts ends.
func FoundPage(f care.Found) PageInfo {
	page := PageInfo{HasNextPage: f.More}
	if n := len(f.Rows); n > 0 {
		page.EndCursor = &f.Rows[n-1].Cursor
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
