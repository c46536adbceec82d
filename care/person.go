package care

import "huifang/id"

// Person is a name beside a key.
type Person struct {
	ID   id.ID
	Name string
}
