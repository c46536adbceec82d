package road

import (
	"sync"
	"time"
)

// way leads from one spot to another.
type way struct{ from, to spot }

// memory remembers how long ways take: the newer half, and the older one, which is forgotten when the newer is full. What is
// asked for again becomes new. After a while everything is forgotten, for maps change.
type memory struct {
	now  func() time.Time
	keep time.Duration
	half int

	mu       sync.Mutex
	since    time.Time
	new, old map[way]tenths
}

func newMemory(c Config) *memory {
	return &memory{now: c.Now, keep: c.Keep, half: max(c.Pairs/2, 1), new: map[way]tenths{}, since: c.Now()}
}

// recall fills a table with what is remembered and tells how much of it that was, and how much is missing.
func (m *memory) recall(t *Table) (known, missing int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.age()
	for i, from := range t.spots {
		for j, to := range t.spots {
			if i == j {
				continue
			}
			v, ok := m.get(way{from, to})
			if !ok {
				missing++
				continue
			}
			known++
			*t.cell(i, j) = v
		}
	}
	return known, missing
}

// learn takes the answer to a request over.
func (m *memory) learn(t *Table, a ask) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, i := range a.from {
		for _, j := range a.to {
			if i != j {
				m.put(way{t.spots[i], t.spots[j]}, *t.cell(i, j))
			}
		}
	}
}

func (m *memory) age() {
	if now := m.now(); now.Sub(m.since) >= m.keep {
		m.new, m.old, m.since = map[way]tenths{}, nil, now
	}
}

func (m *memory) get(w way) (tenths, bool) {
	if v, ok := m.new[w]; ok {
		return v, true
	}
	v, ok := m.old[w]
	if ok {
		m.put(w, v)
	}
	return v, ok
}

func (m *memory) put(w way, v tenths) {
	if len(m.new) >= m.half {
		m.new, m.old = map[way]tenths{}, m.new
	}
	m.new[w] = v
}
