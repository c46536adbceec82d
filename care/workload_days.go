package care

import (
	"context"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// RepLoadDays is the load of a rep, day by day.
type RepLoadDays struct {
	Rep  Person
	Days []LoadCell
}

// LoadCell is the load of a day: minutes of work, and of contacts and ways.
type LoadCell struct {
	Day                      civil.Date
	Capacity, Load, Contacts int
	OnLeave                  bool
}

// LoadMapInput says whose load to read, and of which days; at most six weeks.
type LoadMapInput struct {
	From, To    civil.Date
	Team, Store *id.ID
}

// LoadMap reads the load of the reps the viewer leads, in five statements. NOT_FOUND for a team or store beyond; INVALID
// and LIMITED for days that are none or too many. Who has left is shown while they have contacts on these days.
func (s *Service) LoadMap(ctx context.Context, in LoadMapInput) ([]RepLoadDays, error) {
	var out []RepLoadDays
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		if err := in.check(); err != nil {
			return err
		}
		people, err := workers(tx, v, models.WorkerFilter{Team: in.Team, Store: in.Store})
		if err != nil || len(people) == 0 {
			return err
		}
		out, err = s.loadMap(tx, people, models.Stretch{From: in.From, To: in.To})
		return err
	})
	return out, err
}

func (in LoadMapInput) check() error {
	if in.To < in.From {
		return Invalid("to", "%s is before %s", in.To, in.From).By("span")
	}
	if in.To-in.From >= maxDays {
		return Limited("days", "at most %d days at once", maxDays)
	}
	return nil
}

func (s *Service) loadMap(tx *models.Tx, people []models.Worker, days models.Stretch) ([]RepLoadDays, error) {
	policy, err := s.policy(tx)
	if err != nil {
		return nil, err
	}
	users := keysOfWorkers(people)
	hours, err := readHours(tx, policy, users, days)
	if err != nil {
		return nil, err
	}
	loads, err := tx.DayLoads(users, days)
	if err != nil {
		return nil, err
	}
	byRep := map[id.ID][]models.DayLoad{}
	for _, l := range loads {
		byRep[l.User] = append(byRep[l.User], l)
	}
	var out []RepLoadDays
	for _, w := range people {
		if own := byRep[w.User.ID]; w.User.DisabledAt == nil || len(own) > 0 {
			out = append(out, daysOfLoad(hours, w.User, days, own))
		}
	}
	return out, nil
}

func daysOfLoad(h hours, u models.User, days models.Stretch, loads []models.DayLoad) RepLoadDays {
	row := RepLoadDays{Rep: Person{ID: u.ID, Name: u.Name}, Days: make([]LoadCell, 0, days.To-days.From+1)}
	for day := days.From; day <= days.To; day++ {
		d := h.on(u, day)
		row.Days = append(row.Days, LoadCell{Day: day, Capacity: d.Minutes, OnLeave: d.OnLeave})
	}
	for _, l := range loads {
		cell := &row.Days[l.Day-days.From]
		cell.Load, cell.Contacts = cell.Load+l.Minutes, cell.Contacts+l.Contacts
	}
	return row
}
