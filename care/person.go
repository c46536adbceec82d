package care

import (
	"huifang/id"
	"huifang/models"
)

// Person is a name beside a key.
type Person struct {
	ID   id.ID
	Name string
}

// personOf is the name of a user.
func personOf(u models.User) Person { return Person{u.ID, u.Name} }
