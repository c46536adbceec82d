package road

import (
	"context"

	"huifang/schedule"
)

// Two public places in Beijing, some kilometres apart: what a server is greeted with.
var (
	northGate = schedule.Point{Lat: 39.94900, Lng: 116.39550}
	southGate = schedule.Point{Lat: 39.89960, Lng: 116.39780}
)

// Greet asks every server one short question and writes down what is wrong with it, so that a wrong address is told when
// Huifang starts and not in the night. Nothing else follows from it: a server may be started later.
func (r *Roads) Greet(ctx context.Context) {
	walked := map[string]*Table{} // by address
	for _, l := range r.all() {
		t := blank([]schedule.Point{northGate, southGate})
		err := l.askInTurn(ctx, t, ask{from: []int{0}, to: []int{1}})
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !blamesPlaces(err):
			l.failed(err)
			continue
		case err != nil:
			continue
		}
		l.log.Info("travel times come from the road server")
		if other := walked[l.server.Base]; other != nil && sameWay(other, t) {
			l.log.Warn("the road server answers the same for two profiles: one osrm-routed knows one profile, " +
				"whatever it is asked for; name a server for each mode, or a proxy that knows them apart")
		}
		walked[l.server.Base] = t
	}
}

// sameWay tells whether two tables of the same places answer the same; that it takes no time, on a map of elsewhere, says
// nothing.
func sameWay(a, b *Table) bool { return *a.cell(0, 1) > 0 && *a.cell(0, 1) == *b.cell(0, 1) }
