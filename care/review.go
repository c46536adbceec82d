package care

import (
	"errors"
	"slices"
	"strings"
	"time"

	"huifang/cadence"
	"huifang/id"
	"huifang/models"
	"huifang/schedule"
)

// Flag says why a supervisor should look at a contact log. Flags inform, they never block, and the rep can answer them
// (story 16).
type Flag string

// The flags.
const (
	FlagFar           Flag = "FAR_FROM_HOME"     // a home visit logged more than a kilometre from the home
	FlagShort         Flag = "TOO_SHORT"         // a home visit of less than two minutes
	FlagMany          Flag = "MANY_IN_SHORT"     // more home visits within an hour than can be made
	FlagTravel        Flag = "IMPOSSIBLE_TRAVEL" // too far from the author's contact before or after it
	FlagCopied        Flag = "COPIED_NOTE"       // word for word a note of the author about another account
	FlagAhead         Flag = "CLOCK_AHEAD"       // the phone's clock runs ahead of ours
	FlagVeryLate      Flag = "VERY_LATE"         // logged long after it happened
	FlagAfterHandover Flag = "AFTER_HANDOVER"    // made when the account was already in other hands (story 1)
	FlagClosed        Flag = "ITEM_CLOSED"       // its plan item was closed already
	FlagOptedOut      Flag = "OPTED_OUT"         // the customer does not want this channel (D19)
	FlagAfterRevoked  Flag = "AFTER_REVOCATION"  // delivered after the device was revoked or the author disabled (story 18)
	FlagNotOrdered    Flag = "NOT_ALL_ORDERED"   // of a command: part of the day put in order was no longer open there
	FlagNotPlanned    Flag = "NEXT_NOT_PLANNED"  // the next step agreed could not be planned: the account is paused or opted out
)

// Review is from where on a contact log looks odd; policy.
type Review struct {
	FarMetres        float64 `json:"farMetres"`        // a home visit logged farther from the home, beyond the phone's accuracy
	ShortMinutes     float64 `json:"shortMinutes"`     // a shorter home visit
	VisitsPerHour    int     `json:"visitsPerHour"`    // more homes than that
	KmPerHour        float64 `json:"kmPerHour"`        // faster from visit to visit
	LateDays         int     `json:"lateDays"`         // logged later than that
	CopiedCharacters int     `json:"copiedCharacters"` // shorter notes are alike by nature
}

func defaultReview() Review {
	return Review{FarMetres: 1000, ShortMinutes: 2, VisitsPerHour: 5, KmPerHour: 120, LateDays: 30, CopiedCharacters: 12}
}

func (r Review) validate() error {
	return errors.Join(
		between("review.farMetres", r.FarMetres, 1, 1_000_000),
		between("review.shortMinutes", r.ShortMinutes, 0, 24*60),
		between("review.visitsPerHour", r.VisitsPerHour, 1, 60),
		between("review.kmPerHour", r.KmPerHour, 1, 1000),
		between("review.lateDays", r.LateDays, 1, 3650),
		between("review.copiedCharacters", r.CopiedCharacters, 1, 10_000),
	)
}

// clockSkew is how far a phone's clock may run ahead of ours.
const clockSkew = 10 * time.Minute

// ReviewFlags are the flags of a log, in the order they were found.
func ReviewFlags(l models.ContactLog) []Flag { return splitFlags(l.Review) }

func splitFlags(words string) []Flag {
	if words == "" {
		return nil
	}
	var flags []Flag
	for _, f := range strings.Split(words, ",") {
		flags = append(flags, Flag(f))
	}
	return flags
}

func joinFlags(flags []Flag) string {
	words := make([]string, 0, len(flags))
	for _, f := range flags {
		if !slices.Contains(words, string(f)) {
			words = append(words, string(f))
		}
	}
	return strings.Join(words, ",")
}

// sight is what the review of a log looks at.
type sight struct {
	rules  Review
	log    models.ContactLog
	home   *spot
	note   string
	now    time.Time
	around []neighbour // the author's other contacts near it in time
	notes  []string    // the author's earlier notes about other accounts
}

// neighbour is another contact of the author.
type neighbour struct {
	account id.ID
	kind    cadence.Kind
	at      time.Time
	where   *spot // of the log, else the home
}

// spot is a place, WGS-84.
type spot struct{ lat, lng float64 }

func spotOf(lat, lng *float64) *spot {
	if lat == nil || lng == nil {
		return nil
	}
	return &spot{*lat, *lng}
}

// review finds what is odd about a log.
func review(rules Review, s sight) []Flag {
	s.rules = rules
	var flags []Flag
	for _, check := range []struct {
		flag Flag
		odd  bool
	}{
		{FlagFar, s.far()},
		{FlagShort, s.short()},
		{FlagMany, s.many()},
		{FlagTravel, s.travel()},
		{FlagCopied, s.copied()},
		{FlagAhead, s.log.StartedAt.After(s.now)},
		{FlagVeryLate, s.now.Sub(s.log.StartedAt) > time.Duration(rules.LateDays)*24*time.Hour},
	} {
		if check.odd {
			flags = append(flags, check.flag)
		}
	}
	return flags
}

func (s sight) atHome() bool { return s.log.Kind == cadence.HomeVisit && s.log.Outcome == cadence.Met }

// far gives the phone the benefit of its own inaccuracy.
func (s sight) far() bool {
	at := spotOf(s.log.Lat, s.log.Lng)
	if s.log.Kind != cadence.HomeVisit || at == nil || s.home == nil {
		return false
	}
	slack := s.rules.FarMetres
	if s.log.Accuracy != nil {
		slack += *s.log.Accuracy
	}
	return metres(*at, *s.home) > slack
}

func (s sight) short() bool {
	return s.atHome() && s.log.EndedAt != nil && s.log.EndedAt.Sub(s.log.StartedAt).Minutes() < s.rules.ShortMinutes
}

// many counts the homes visited within half an hour before and after.
func (s sight) many() bool {
	if s.log.Kind != cadence.HomeVisit {
		return false
	}
	n := 1
	for _, o := range s.around {
		if o.kind == cadence.HomeVisit && o.account != s.log.AccountID && o.at.Sub(s.log.StartedAt).Abs() <= 30*time.Minute {
			n++
		}
	}
	return n > s.rules.VisitsPerHour
}

// travel compares places with the time between; a kilometre is forgiven, positions are not exact.
func (s sight) travel() bool {
	here := spotOf(s.log.Lat, s.log.Lng)
	if here == nil {
		here = s.home
	}
	if s.log.Kind != cadence.HomeVisit || here == nil {
		return false
	}
	for _, o := range s.around {
		if o.kind != cadence.HomeVisit || o.where == nil {
			continue
		}
		km := metres(*here, *o.where)/1000 - s.rules.FarMetres/1000
		if km > s.rules.KmPerHour*o.at.Sub(s.log.StartedAt).Abs().Hours() && km > 0 {
			return true
		}
	}
	return false
}

func (s sight) copied() bool {
	note := squash(s.note)
	if len([]rune(note)) < s.rules.CopiedCharacters {
		return false
	}
	return slices.ContainsFunc(s.notes, func(old string) bool { return squash(old) == note })
}

// squash leaves out blanks, so that another line break does not hide a copy.
func squash(s string) string { return strings.Join(strings.Fields(s), "") }

// metres is the great-circle distance.
func metres(a, b spot) float64 {
	return schedule.Meters(schedule.Point{Lat: a.lat, Lng: a.lng}, schedule.Point{Lat: b.lat, Lng: b.lng})
}
