package order

// fronts finds the beginnings that compete: the same stops done, the same place. In sets of few stops it is a table.
type fronts struct {
	table  []*label
	places int
	held   map[front]**label
}

type front struct {
	set   uint64
	place int
}

func newFronts(stops, places int) *fronts {
	if stops <= MostExact {
		return &fronts{table: make([]*label, (places+1)<<stops), places: places + 1}
	}
	return &fronts{held: map[front]**label{}}
}

// of is where the first of those stands that have a set and a place; Nowhere is a place too.
func (f *fronts) of(set uint64, place int) **label {
	if f.table != nil {
		return &f.table[int(set)*f.places+place+1]
	}
	head := f.held[front{set, place}]
	if head == nil {
		head = new(*label)
		f.held[front{set, place}] = head
	}
	return head
}
