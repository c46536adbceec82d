package care

// Moves is how accounts change hands (D9).
type Moves struct {
	// UndoDays is for how many days a move can be undone.
	UndoDays int `json:"undoDays"`
	// ObjectionDays is for how many days a customer's objection brings an account back.
	ObjectionDays int `json:"objectionDays"`
	// MaxAccounts is how many accounts move at once.
	MaxAccounts int `json:"maxAccounts"`
}

// maxMoved is the most accounts that any policy moves at once.
const maxMoved = 500

func defaultMoves() Moves { return Moves{UndoDays: 7, ObjectionDays: 30, MaxAccounts: maxMoved} }

func (m Moves) validate() error {
	switch {
	case m.UndoDays < 0 || m.UndoDays > 90:
		return Invalid("moves.undoDays", "%d days to undo a move: choose 0 to 90", m.UndoDays)
	case m.ObjectionDays < 0 || m.ObjectionDays > 365:
		return Invalid("moves.objectionDays", "%d days to object to a move: choose 0 to 365", m.ObjectionDays)
	case m.MaxAccounts < 1 || m.MaxAccounts > maxMoved:
		return Invalid("moves.maxAccounts", "%d accounts at once: choose 1 to %d", m.MaxAccounts, maxMoved)
	}
	return nil
}
