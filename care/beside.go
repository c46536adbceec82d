package care

import (
	"context"
	"sync"

	"huifang/id"
)

// beside is work that goes on after its request was answered, by key. The zero value is ready.
type beside struct {
	mu     sync.Mutex
	closed bool
	ends   map[id.ID]context.CancelFunc
	work   sync.WaitGroup
}

// begin runs work until it is done, ended, or closed; false when everything is closed already. The work hears of its end by
// its context, which has nothing of the request.
func (b *beside) begin(key id.ID, work func(context.Context)) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return false
	}
	ctx, cancel := context.WithCancel(context.Background())
	if b.ends == nil {
		b.ends = map[id.ID]context.CancelFunc{}
	}
	b.ends[key] = cancel
	b.work.Go(func() {
		defer b.end(key)
		work(ctx)
	})
	return true
}

// end cancels the work of a key, if there is any.
func (b *beside) end(key id.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if cancel, ok := b.ends[key]; ok {
		cancel()
		delete(b.ends, key)
	}
}

// close ends all work and waits for it; no other begins.
func (b *beside) close() {
	b.mu.Lock()
	b.closed = true
	for _, cancel := range b.ends {
		cancel()
	}
	b.mu.Unlock()
	b.work.Wait()
}

// Close ends the work that goes on beside requests, such as dry runs, and waits until it has said so. Call it once, when
// no request comes any more and while the store is still open.
func (s *Service) Close() { s.beside.close() }
