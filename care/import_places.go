package care

import (
	"maps"
	"slices"

	"huifang/id"
	"huifang/models"
)

// places are the stores and teams by number.
type places struct {
	shops map[string]models.Shop
	teams map[string]models.Team
	store map[id.ID]string // numbers of stores
	team  map[id.ID]string
}

func placesOf(shops []models.Shop, teams []models.Team) places {
	p := places{map[string]models.Shop{}, map[string]models.Team{}, map[id.ID]string{}, map[id.ID]string{}}
	for _, s := range shops {
		p.shops[s.Number], p.store[s.ID] = s, s.Number
	}
	for _, t := range teams {
		p.teams[t.Number], p.team[t.ID] = t, t.Number
	}
	return p
}

// completeStore finds the number of a store that is called by its name only; a name nobody has becomes its number. Without
// either the user stays in the store they are in.
func (p places) completeStore(r *repRow, known models.User) {
	switch {
	case r.Store != "":
	case r.StoreName != "":
		r.Store = r.StoreName
		for _, number := range slices.Sorted(maps.Keys(p.shops)) {
			if p.shops[number].Name == r.StoreName {
				r.Store = number
				return
			}
		}
	case known.StoreID != nil:
		r.Store = p.store[*known.StoreID]
	}
}

// completeTeam does the same for the team, within the store.
func (p places) completeTeam(r *repRow, known models.User) {
	switch {
	case r.Team != "":
	case r.TeamName != "":
		r.Team = r.Store + "/" + r.TeamName
		for _, number := range slices.Sorted(maps.Keys(p.teams)) {
			if t := p.teams[number]; t.Name == r.TeamName && p.store[t.StoreID] == r.Store {
				r.Team = number
				return
			}
		}
	case known.TeamID != nil && known.StoreID != nil && p.store[*known.StoreID] == r.Store:
		r.Team = p.team[*known.TeamID]
	}
}

func (p places) storeOfTeam(team string) (string, bool) {
	t, ok := p.teams[team]
	return p.store[t.StoreID], ok
}

// shop writes the store of a row when it is new or differs, and returns its key.
func (im *importer) shop(row repRow) (*id.ID, error) {
	if row.Store == "" {
		return nil, nil
	}
	before, known := im.places.shops[row.Store]
	shop := before
	if !known {
		shop = models.Shop{ID: im.tx.NewID(), Number: row.Store, Name: row.Store, CreatedAt: im.tx.Now}
	}
	unlessBlank(&shop.Name, row.StoreName)
	unlessBlank(&shop.City, row.City)
	unlessBlank(&shop.Address, row.Address)
	im.places.shops[row.Store] = shop
	switch {
	case !known:
		return &shop.ID, im.tx.AddShop(&shop)
	case before.Name != shop.Name || before.City != shop.City || before.Address != shop.Address:
		return &shop.ID, im.tx.ChangeShop(&shop, "name", "city", "address")
	}
	return &shop.ID, nil
}

// team writes the team of a row when it is new or differs, and returns its key.
func (im *importer) team(row repRow, shop *id.ID) (*id.ID, error) {
	if row.Team == "" || shop == nil {
		return nil, nil
	}
	before, known := im.places.teams[row.Team]
	team := before
	if !known {
		team = models.Team{ID: im.tx.NewID(), StoreID: *shop, Number: row.Team, Name: row.Team, CreatedAt: im.tx.Now}
	}
	unlessBlank(&team.Name, row.TeamName)
	im.places.teams[row.Team] = team
	switch {
	case !known:
		return &team.ID, im.tx.AddTeam(&team)
	case before.Name != team.Name:
		return &team.ID, im.tx.ChangeTeam(&team, "name")
	}
	return &team.ID, nil
}

// unlessBlank takes a text over unless it is blank: then what was known stays.
func unlessBlank(field *string, text string) {
	if text != "" {
		*field = text
	}
}
