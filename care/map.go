package care

import (
	"context"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// MapPoint is an account on the map (D31).
type MapPoint struct {
	ID                          id.ID
	Name                        string
	Lat, Lng                    float64
	RepID                       id.ID
	Tier                        string
	District                    string
	LastContactOn, InTouchUntil *civil.Date
	Neglected                   bool
}

// MapPoints are accounts on the map, with the names of who cares.
type MapPoints struct {
	Points    []MapPoint
	Placeless int
	Reps      []Person
}

// maxPoints caps a map: more nobody tells apart.
const maxPoints = 20_000

// MapPoints reads the accounts that the reps the viewer leads hold, in three statements. NOT_FOUND as in Workload; LIMITED
// for more than 20,000 with a place. Names and places are shown as in lists, which are not audited.
func (s *Service) MapPoints(ctx context.Context, in PipelineInput) (MapPoints, error) {
	var m MapPoints
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		people, err := workers(tx, v, models.WorkerFilter{Team: in.Team, Store: in.Store, Rep: in.Rep})
		if err != nil || len(people) == 0 {
			return err
		}
		users := keysOfWorkers(people)
		places, err := tx.PlacesOf(users, maxPoints+1)
		if err != nil {
			return err
		}
		if len(places) > maxPoints {
			return Limited("points", "more than %d accounts: choose a store, a team or a rep", maxPoints)
		}
		m = mapPoints(places, people, tx.Today)
		m.Placeless, err = tx.Placeless(users)
		return err
	})
	return m, err
}

func mapPoints(places []models.Placed, people []models.Worker, today civil.Date) MapPoints {
	m := MapPoints{Points: make([]MapPoint, len(places))}
	holders := map[id.ID]bool{}
	for i, p := range places {
		holders[p.RepID] = true
		m.Points[i] = MapPoint{ID: p.ID, Name: p.Name, Lat: p.Lat, Lng: p.Lng, RepID: p.RepID, Tier: p.Tier, District: p.District,
			LastContactOn: p.LastContactOn, InTouchUntil: p.InTouchUntil, Neglected: p.NeglectedOn != nil && *p.NeglectedOn <= today}
	}
	for _, w := range people {
		if w.User.DisabledAt == nil || holders[w.User.ID] {
			m.Reps = append(m.Reps, Person{ID: w.User.ID, Name: w.User.Name})
		}
	}
	return m
}
