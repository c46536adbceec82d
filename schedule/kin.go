package schedule

// kin parts workers into groups: those who share something, directly or not, are of one.
type kin struct {
	head  []int       // by worker: an earlier one of the group, or itself
	first map[any]int // by what is shared: who had it first
}

func newKin(workers int) *kin {
	k := &kin{head: make([]int, workers), first: map[any]int{}}
	for i := range k.head {
		k.head[i] = i
	}
	return k
}

// of is the first worker of a worker's group.
func (k *kin) of(worker int) int {
	for k.head[worker] != worker {
		worker = k.head[worker]
	}
	return worker
}

// share puts a worker into the group of whoever has the same thing.
func (k *kin) share(thing any, worker int) {
	other, ok := k.first[thing]
	if !ok {
		k.first[thing] = worker
		return
	}
	a, b := k.of(worker), k.of(other)
	k.head[max(a, b)] = min(a, b)
}
