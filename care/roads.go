package care

import (
	"context"
	"errors"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/road"
	"huifang/schedule"
)

// roadsOf asks for the ways among the places of a rep's plan, before the transaction that makes it: nobody waits for a
// server while holding a lock. Nil where no server is named or it failed; a home that comes to the book meanwhile is not in
// the table, and is reached by great circle.
func (s *Service) roadsOf(ctx context.Context, rep id.ID) (*road.Table, error) {
	if s.Roads == nil {
		return nil, nil
	}
	var holder models.User
	var homes []models.Account
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		policy, err := s.policy(tx)
		if err != nil {
			return err
		}
		if holder, err = tx.User(rep); err != nil {
			return err
		}
		homes, err = tx.LookAtHomes(rep, tx.Today, tx.Today+civil.Date(policy.Planning.Days)-1)
		return err
	})
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil // planning says so
	}
	if err != nil {
		return nil, err
	}
	return s.roadsAmong(ctx, holder, homes), nil
}

// roadsAmong asks for the ways among the start of a rep and some homes.
func (s *Service) roadsAmong(ctx context.Context, rep models.User, homes []models.Account) *road.Table {
	var places []schedule.Point
	if start := point(rep.StartLat, rep.StartLng); start != nil {
		places = append(places, *start)
	}
	for _, a := range homes {
		if home := point(a.Lat, a.Lng); home != nil {
			places = append(places, *home)
		}
	}
	return s.Roads.Table(ctx, string(roadsFor(rep.Mode)), places)
}

// roadsFor is whose roads a rep takes: a bus goes where cars go, and who has said nothing rides an e-bike.
func roadsFor(m models.Mode) models.Mode {
	switch m {
	case models.Bus:
		return models.Car
	case "":
		return models.EBike
	}
	return m
}

// travel is how long a rep is on the way: by road where a table is known, else by great circle, detour and speed (D5).
func (d draft) travel(m models.Mode) schedule.Travel {
	circles := schedule.Haversine{Detour: d.policy.Detour, KmPerHour: d.speed(m)}
	return d.roads.Travel(d.slower(m), circles)
}

// slower is by how much a mode takes longer than those whose roads it takes: a bus than a car, by the policy's speeds.
func (d draft) slower(m models.Mode) float64 { return d.speed(roadsFor(m)) / d.speed(m) }
