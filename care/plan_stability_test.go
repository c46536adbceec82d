package care_test

import (
	"slices"
	"strings"
	"testing"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/schedule"
)

// TestAVisitMoreInAFullWeekMovesFewOthers asks the planner, for every rep of the sample, what a visit more on the fullest day of
// the coming week would do: in the median no more than a tenth of the contacts of those seven days move, or find no room.
func TestAVisitMoreInAFullWeekMovesFewOthers(t *testing.T) {
	modelstest.Sequential(t)
	if testing.Short() {
		t.Skip("plans eight reps twice")
	}
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		service := sample(t, s, clock)
		planAll(t, service)
		var books []models.RepBook
		today := civil.Date(0)
		each(t, service, func(tx *models.Tx, rep id.ID) error {
			today = tx.Today
			book, err := tx.LookAtBook(rep, models.BookSpan{LogsFrom: today, From: today, To: today + 6})
			books = append(books, book)
			return err
		})
		theSampleSaysWhatMakesRoom(t, books, today)
		var shares []float64
		for _, book := range books {
			shares = append(shares, oneMore(t, service, book, today))
		}
		slices.Sort(shares)
		t.Logf("moved, of the other contacts of the week: %.3f", shares)
		if len(shares) < 8 || shares[len(shares)/2] > 0.1 {
			t.Errorf("a visit more moves %.3f of the week", shares)
		}
	})
}

// theSampleSaysWhatMakesRoom reads what was left out back: of most it is known what would make room.
func theSampleSaysWhatMakesRoom(t *testing.T, books []models.RepBook, today civil.Date) {
	t.Helper()
	all, known := 0, 0
	for _, book := range books {
		for _, s := range book.Shed {
			all++
			if len(s.Room) == 0 {
				continue
			}
			known++
			if zh, en := care.LeftOut(s, "zh"), care.LeftOut(s, "en"); !strings.Contains(zh, "眼下：") || !strings.Contains(en, ". Now: ") {
				t.Errorf("left out %s: %q, %q", s.DemandKey, zh, en)
			}
			for _, r := range s.Room {
				if (r.Way == string(schedule.WaySwap)) != (r.AccountID != nil) || r.Day < today {
					t.Errorf("left out %s: room %+v", s.DemandKey, r)
				}
			}
		}
	}
	if known == 0 || known < all/2 {
		t.Errorf("of %d left out, %d say what would make room", all, known)
	}
	t.Logf("of %d left out, %d say what would make room", all, known)
}

// oneMore is which share of the week's contacts a visit more on its fullest day moves or leaves without room.
func oneMore(t *testing.T, s *care.Service, book models.RepBook, today civil.Date) float64 {
	t.Helper()
	var minutes [7]int
	contacts := 0
	for _, of := range book.Items {
		for _, i := range of {
			if i.IsOpen() && i.Day >= today && i.Day < today+7 {
				minutes[i.Day-today] += i.Minutes + i.Travel
				contacts++
			}
		}
	}
	day := today + civil.Date(slices.Index(minutes[:], slices.Max(minutes[:])))
	as := auth.With(t.Context(), modelstest.Viewer(book.Rep))
	for _, a := range book.Accounts {
		effect, err := s.PlanEffect(as, care.PlanQuestion{Add: &care.IfAdded{AccountID: a.ID, Kind: cadence.HomeVisit, Day: day}})
		if code := care.CodeOf(err); code == care.CodeConflict || code == care.CodeRefused {
			continue // contacts are paused, or no visits wanted
		}
		if err != nil {
			t.Fatal(err)
		}
		moved := 0
		for _, c := range slices.Concat(effect.Moved.Rows, effect.LeftOut.Rows) {
			if c.Account.ID != a.ID && (c.From == nil || *c.From < today+7) {
				moved++
			}
		}
		t.Logf("%s, %s: %d contacts of the week, %d minutes of that day; moved %d of them; in four weeks moved %d, left out %d", book.Rep.Name, day,
			contacts, slices.Max(minutes[:]), moved, effect.Moved.Total, effect.LeftOut.Total)
		return float64(moved) / float64(contacts)
	}
	t.Fatalf("%s: no visit may be booked on %s", book.Rep.Name, day)
	return 1
}
