package view

import "huifang/care"

// MovesOf shows a page of moves.
func MovesOf(p care.MovePage) MoveConnection {
	out := MoveConnection{PageInfo: &PageInfo{HasNextPage: p.More}}
	for i := range p.Moves {
		out.Edges = append(out.Edges, MoveEdge{Node: &p.Moves[i], Cursor: p.Cursors[i]})
	}
	if n := len(p.Cursors); n > 0 {
		out.PageInfo.EndCursor = &p.Cursors[n-1]
	}
	return out
}
