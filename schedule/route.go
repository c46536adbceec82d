package schedule

import "slices"

// route is one worker's day in order. Times follow from the order: everything happens as early as it can; what a
// wait for preferred hours costs nobody is decided when the plan is written out (times).
type route struct {
	worker, day int
	seq         []visit
	ahead       []ahead  // ahead[i]: what the stops before i leave
	behind      []behind // behind[i]: what the stops from i on ask for
	homeLate    bool     // fixed stops alone keep the worker from getting home in time
	load        int      // minutes with customers
	better      *route   // the same stops in a shorter order, once it was asked for
	draft       bool     // still being built: nobody else sees it, it may change
}

// visit is a stop in a route; at is its minute when it cannot shift any more, else floating.
type visit struct {
	stop   int
	at     int
	late   bool // fixed too close to what is fixed before: nothing more goes between
	forced bool // pinned to a day that has no place for it by every rule: it is the one in conflict
}

const floating = -1

// ahead is the state of a day after some of its stops.
type ahead struct {
	free  int  // the minute the last stop ends
	place int  // where the worker was last
	gone  int  // when the worker left there
	left  int  // gone plus the calls since: calls and travel share the time
	home  bool // not yet at any customer's place
}

// behind is what the rest of a day asks of the stop before it.
type behind struct {
	free  int // the stop must end by then
	place int // where the worker must be next
	bound int // and when at the latest, calls on the way taken off
	dusk  int // from then on calls no longer delay the way there
}

// hours are a worker's first and last minute of a day; ok is false on a day off.
func (m *model) hours(worker, day int) (from, to int, ok bool) {
	shift := m.workers[worker].shifts[day]
	if len(shift) == 0 {
		return 0, 0, false
	}
	return int(shift[0].From), int(shift[len(shift)-1].To), true
}

func (m *model) dawn(r *route) ahead {
	from, _, ok := m.hours(r.worker, r.day)
	if !ok {
		return ahead{place: nowhere, home: true}
	}
	return ahead{place: m.workers[r.worker].start, gone: from, left: from, home: true}
}

// dusk asks to be home in time, unless a fixed stop already ends after hours: then that is the conflict.
func (m *model) dusk(r *route) behind {
	out := behind{free: dayEnd, place: nowhere, dusk: dayEnd}
	_, to, ok := m.hours(r.worker, r.day)
	if !ok {
		return out
	}
	for _, v := range r.seq {
		if s := &m.stops[v.stop]; v.at != floating && s.place >= 0 && v.at+s.minutes > to {
			return out
		}
	}
	out.place, out.bound, out.dusk = m.workers[r.worker].end, to, to
	return out
}

// arrival is the earliest minute the worker can be at a place; nowhere is everywhere.
func (m *model) arrival(a *ahead, place int) int {
	if place < 0 || a.place < 0 {
		return a.free
	}
	return max(a.free, a.left+m.atlas.minutes(a.place, place))
}

// after is the state once a stop has begun at a minute.
func (a *ahead) after(s *stop, at int) ahead {
	free, left := max(a.free, at+s.minutes), a.left
	if s.place >= 0 {
		return ahead{free: free, place: s.place, gone: free, left: free}
	}
	if at >= a.gone {
		left += s.minutes
	}
	return ahead{free: free, place: a.place, gone: a.gone, left: left, home: a.home}
}

// before is what a stop that begins at latest asks, given what comes after it.
func (b *behind) before(s *stop, latest int) behind {
	if s.place >= 0 {
		return behind{free: latest, place: s.place, bound: latest, dusk: dayEnd}
	}
	bound := b.bound
	if latest < b.dusk { // a call fixed after hours is made from home
		bound -= s.minutes
	}
	return behind{free: latest, place: b.place, bound: bound, dusk: b.dusk}
}

// deadline is the minute a stop must begin so that the rest can follow.
func (m *model) deadline(s *stop, b *behind) int {
	end := b.free
	if s.place >= 0 && b.place >= 0 {
		end = min(end, b.bound-m.atlas.minutes(s.place, b.place))
	}
	return end - s.minutes
}

func earliest(spans []span, from int) (int, bool) {
	for _, s := range spans {
		if s.to >= from {
			return max(from, s.from), true
		}
	}
	return 0, false
}

func latest(spans []span, to int) (int, bool) {
	for i := len(spans) - 1; i >= 0; i-- {
		if spans[i].from <= to {
			return min(to, spans[i].to), true
		}
	}
	return 0, false
}

// closed tells whether fixed stops alone already break the ways of a day: then others go only where that leaves room.
func (r *route) closed() bool {
	return r.homeLate || slices.ContainsFunc(r.seq, func(v visit) bool { return v.late })
}

// refresh works out the states of a route; false when a stop cannot be reached in time.
func (m *model) refresh(r *route) bool {
	if !m.lookAhead(r) {
		return false
	}
	m.lookBehind(r)
	r.better, r.load = nil, 0
	for i := range r.seq {
		r.load += m.stops[r.seq[i].stop].minutes
	}
	return true
}

func (m *model) lookAhead(r *route) bool {
	n := len(r.seq)
	r.ahead = slices.Grow(r.ahead[:0], n+1)[:n+1]
	r.ahead[0] = m.dawn(r)
	for i := range r.seq {
		v, a := &r.seq[i], &r.ahead[i]
		at, ok := m.begin(r, a, v)
		if !ok {
			return false
		}
		r.ahead[i+1] = a.after(&m.stops[v.stop], at)
	}
	return r.homeLate || m.home(r)
}

// begin is the earliest start of a visit; a visit that is bound to a minute begins then or not at all.
func (m *model) begin(r *route, a *ahead, v *visit) (int, bool) {
	s := &m.stops[v.stop]
	if v.at != floating {
		return v.at, v.late || !m.tooLate(r, a, v)
	}
	return earliest(m.starts(s, r.day), m.arrival(a, s.place))
}

// tooLate tells whether the way there ends after the minute a visit is bound to. A first stop before working hours
// breaks the hours, not the way from home.
func (m *model) tooLate(r *route, a *ahead, v *visit) bool {
	if a.free > v.at {
		return true
	}
	from, _, ok := m.hours(r.worker, r.day)
	if a.home && (!ok || v.at < from) {
		return false
	}
	return m.arrival(a, m.stops[v.stop].place) > v.at
}

// home tells whether the worker gets home in time; calls fixed after hours do not count.
func (m *model) home(r *route) bool {
	end, n := m.dusk(r), len(r.seq)
	for n > 0 && m.stops[r.seq[n-1].stop].place < 0 && r.seq[n-1].at >= end.bound {
		n--
	}
	last := r.ahead[n]
	return n == 0 || end.place < 0 || last.place < 0 || last.left+m.atlas.minutes(last.place, end.place) <= end.bound
}

func (m *model) lookBehind(r *route) {
	n := len(r.seq)
	r.behind = slices.Grow(r.behind[:0], n+1)[:n+1]
	r.behind[n] = m.dusk(r)
	if r.homeLate {
		r.behind[n].free = never
	}
	for i := n - 1; i >= 0; i-- {
		r.behind[i] = r.behind[i+1].before(&m.stops[r.seq[i].stop], m.latest(r, i))
		if r.seq[i].late {
			r.behind[i].free = never
		}
	}
}

// never is before every minute: nothing ends by then.
const never = -1

// latest is the last minute visit i may begin so that all after it still fit.
func (m *model) latest(r *route, i int) int {
	v := r.seq[i]
	if v.at != floating {
		return v.at
	}
	s := &m.stops[v.stop]
	at, _ := latest(m.starts(s, r.day), m.deadline(s, &r.behind[i+1]))
	return at
}

// times are the starts of a route's visits: as early as can be, but in preferred hours where that costs nobody.
func (m *model) times(r *route) []int {
	out := make([]int, len(r.seq))
	a := m.dawn(r)
	for i := range r.seq {
		v := &r.seq[i]
		s := &m.stops[v.stop]
		out[i], _ = m.begin(r, &a, v)
		if v.at == floating {
			out[i] = m.wished(s, m.starts(s, r.day), span{out[i], m.latest(r, i)})
		}
		a = a.after(s, out[i])
	}
	return out
}

// wished is the first preferred start within bounds, else the first.
func (m *model) wished(s *stop, spans []span, within span) int {
	for _, p := range s.preferred {
		for _, sp := range spans {
			at := max(within.from, sp.from, int(p.From))
			if at <= min(within.to, sp.to, int(p.To)-s.minutes) {
				return at
			}
		}
	}
	return within.from
}

// pleases tells whether a start lies in preferred hours.
func (s *stop) pleases(at int) bool {
	if len(s.preferred) == 0 {
		return true
	}
	for _, p := range s.preferred {
		if at >= int(p.From) && at+s.minutes <= int(p.To) {
			return true
		}
	}
	return false
}

// travel is the minutes on the road on a day, from start to end.
func (m *model) travel(r *route) int {
	if len(r.seq) == 0 {
		return 0
	}
	w := &m.workers[r.worker]
	sum, at := 0, w.start
	for _, v := range r.seq {
		if p := m.stops[v.stop].place; p >= 0 {
			sum += m.atlas.minutes(at, p)
			at = p
		}
	}
	return sum + m.atlas.minutes(at, w.end)
}

// cost is what a route costs in itself: travel, wishes not met, and work unlike its share.
func (m *model) cost(r *route) int64 {
	return m.roughness(r) + m.weights.balance*int64(distance(r.load, m.workers[r.worker].target[r.day]))
}

// roughness is the part of the cost that the order of the stops decides.
func (m *model) roughness(r *route) int64 {
	missed := int64(0)
	if slices.ContainsFunc(r.seq, func(v visit) bool { return len(m.stops[v.stop].preferred) > 0 }) {
		for i, at := range m.times(r) {
			if !m.stops[r.seq[i].stop].pleases(at) {
				missed++
			}
		}
	}
	return m.weights.travel*int64(m.travel(r)) + m.weights.wish*missed
}

func distance(a, b int) int { return max(a-b, b-a) }

// clone is a copy that is no draft: a draft's shorter order outlives it.
func (r *route) clone() *route {
	c := *r
	c.seq, c.ahead, c.behind = roomy(r.seq), roomy(r.ahead), roomy(r.behind)
	c.better, c.draft = nil, false
	return &c
}

// own is the route itself while nobody else sees it, else a copy for which that holds.
func (r *route) own() *route {
	if r.draft {
		return r
	}
	c := r.clone()
	c.draft = true
	return c
}

// roomy copies with room for what is usually put in next.
func roomy[T any](of []T) []T { return append(make([]T, 0, len(of)+12), of...) }
