package demo_test

import (
	"regexp"
	"sync"
	"testing"
	"unicode/utf8"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/demo"
	"huifang/id"
	"huifang/models"
)

// books are of several seeds and days: a Sunday, the day after Spring Festival, a leap day. Tests only read them.
var books = sync.OnceValue(func() []demo.Book {
	return []demo.Book{demo.Make(1, day), demo.Make(2, civil.Must("2026-02-18")), demo.Make(3, civil.Must("2028-02-29"))}
})

// everyBook runs a test on each of the books.
func everyBook(t *testing.T, test func(*testing.T, demo.Book)) {
	t.Helper()
	for _, b := range books() {
		t.Run(b.Today.String(), func(t *testing.T) { test(t, b) })
	}
}

// share fails when the part of the whole lies outside the bounds.
func share(t *testing.T, what string, part, whole int, lo, hi float64) {
	t.Helper()
	if s := float64(part) / float64(whole); s < lo || s > hi {
		t.Errorf("%s: %d of %d are %.3f, want between %.3f and %.3f", what, part, whole, s, lo, hi)
	}
}

// unique fails when a value comes twice.
func unique[T comparable](t *testing.T, what string) func(T) {
	seen := map[T]bool{}
	return func(v T) {
		t.Helper()
		if seen[v] {
			t.Errorf("%s %v comes twice", what, v)
		}
		seen[v] = true
	}
}

func TestSizeOfTheCompany(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		cities, roles := map[string]bool{}, map[string]int{}
		for _, s := range b.Stores {
			cities[s.City] = true
		}
		for _, u := range b.Users {
			roles[u.User.Role]++
		}
		if len(b.Stores) != 3 || len(cities) != 2 || len(b.Teams) != 6 || len(b.People) != 2400 {
			t.Errorf("%d stores in %d cities, %d teams, %d accounts", len(b.Stores), len(cities), len(b.Teams), len(b.People))
		}
		want := map[string]int{string(auth.Rep): 24, string(auth.Expert): 3, string(auth.Supervisor): 6, string(auth.Manager): 2, string(auth.Admin): 1}
		for role, n := range want {
			if roles[role] != n {
				t.Errorf("%d users are %s, want %d", roles[role], role, n)
			}
		}
	})
}

func TestNumbersAndKeysAreUnique(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		key, number, login, staff := unique[id.ID](t, "key"), unique[string](t, "number"), unique[string](t, "login"), unique[string](t, "staff number")
		phone := unique[string](t, "phone")
		for _, u := range b.Users {
			key(u.User.ID)
			login(u.User.Login)
			staff(u.User.Number)
			phone(u.Phone)
		}
		for _, p := range b.People {
			key(p.Account.ID)
			number(p.Account.Number)
			phone(p.Phone)
		}
		for _, p := range b.Purchases {
			key(p.ID)
			number(p.Number)
		}
		for _, r := range b.Returns {
			key(r.ID)
			number(r.Number)
		}
		for _, l := range b.Logs {
			key(l.Log.ID)
		}
	})
}

func TestPhonesAreOfARangeNobodyHas(t *testing.T) {
	shape := regexp.MustCompile(`^1990000\d{4}$`)
	everyBook(t, func(t *testing.T, b demo.Book) {
		for _, p := range b.People {
			if !shape.MatchString(p.Phone) {
				t.Errorf("phone %s of %s", p.Phone, p.Account.Name)
			}
		}
	})
}

func TestNamesAreSpelledForSearch(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		names := map[string]int{}
		for _, p := range b.People {
			n := utf8.RuneCountInString(p.Account.Name)
			if n < 2 || n > 4 || p.Account.Pinyin != models.Pinyin(p.Account.Name) {
				t.Errorf("name %q, pinyin %q", p.Account.Name, p.Account.Pinyin)
			}
			names[p.Account.Name]++
		}
		share(t, "different names", len(names), len(b.People), 0.8, 1)
	})
}

func TestHomesLieInTheirCityAndNearTheirRep(t *testing.T) {
	type box struct{ south, north, west, east float64 }
	cities := map[string]box{"杭州": {30.10, 30.45, 120.00, 120.40}, "成都": {30.55, 30.75, 103.95, 104.17}}
	everyBook(t, func(t *testing.T, b demo.Book) {
		placed := 0
		spread := map[id.ID]box{}
		for _, p := range b.People {
			a := p.Account
			if a.Lat == nil {
				continue
			}
			placed++
			c := cities[a.City]
			if *a.Lat < c.south || *a.Lat > c.north || *a.Lng < c.west || *a.Lng > c.east {
				t.Errorf("%s lives at %.4f, %.4f: not in %s", a.Number, *a.Lat, *a.Lng, a.City)
			}
			s, ok := spread[a.RepID]
			if !ok {
				s = box{*a.Lat, *a.Lat, *a.Lng, *a.Lng}
			}
			spread[a.RepID] = box{min(s.south, *a.Lat), max(s.north, *a.Lat), min(s.west, *a.Lng), max(s.east, *a.Lng)}
		}
		share(t, "accounts with a position", placed, len(b.People), 0.96, 0.999)
		for rep, s := range spread {
			if s.north-s.south > 0.06 || s.east-s.west > 0.08 {
				t.Errorf("the homes of rep %s are spread over %+v", rep, s)
			}
		}
	})
}

func TestEveryAccountHasOneOpenAssignmentToItsRep(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		open, before := map[id.ID][]id.ID{}, 0
		for _, a := range b.Assignments {
			if a.ToAt == nil {
				open[a.AccountID] = append(open[a.AccountID], a.RepID)
				continue
			}
			before++
			if !a.ToAt.After(a.FromAt) {
				t.Errorf("assignment from %s to %s", a.FromAt, a.ToAt)
			}
		}
		for _, p := range b.People {
			if reps := open[p.Account.ID]; len(reps) != 1 || reps[0] != p.Account.RepID {
				t.Errorf("%s is held by %v, its row says %s", p.Account.Number, reps, p.Account.RepID)
			}
		}
		share(t, "moved accounts", before, len(b.People), 0.01, 0.08)
	})
}

func TestAgesAgreeWithBirthdays(t *testing.T) {
	everyBook(t, func(t *testing.T, b demo.Book) {
		born := map[id.ID]*int{}
		for _, p := range b.People {
			born[p.Account.ID] = p.Account.BirthYear
			if y := p.Account.BirthYear; y != nil {
				this, _, _ := b.Today.YMD()
				if age := this - *y; age < 18 || age > 95 {
					t.Errorf("%s is %d years old", p.Account.Number, age)
				}
			}
		}
		lunar, birthdays := 0, 0
		for _, d := range b.Dates {
			if d.Occasion == cadence.Birthday && d.MemberID == nil {
				birthdays++
				if y := born[d.AccountID]; (y == nil) != (d.Year == nil) || y != nil && *y != *d.Year {
					t.Errorf("birthday of year %v, the file says %v", d.Year, y)
				}
			}
			if d.Calendar == cadence.Lunar {
				lunar++
			}
			if _, ok := (cadence.SpecialDate{Calendar: d.Calendar, Month: d.Month, Day: d.Day, Leap: d.Leap}).Of(2026); !ok {
				t.Errorf("no such day: %+v", d)
			}
		}
		share(t, "known birthdays", birthdays, len(b.People), 0.7, 0.95)
		share(t, "lunar dates", lunar, len(b.Dates), 0.2, 0.7)
	})
}

func TestHolidaysHoldSpringFestivalWeek(t *testing.T) {
	days := map[civil.Date]string{}
	for _, h := range books()[0].Holidays {
		days[h.Day] = h.Name
	}
	for _, c := range []struct{ day, name string }{
		{"2026-02-16", "春节"}, {"2026-02-17", "春节"}, {"2026-02-23", "春节"}, {"2026-04-05", "清明节"}, {"2026-06-19", "端午节"},
		{"2026-09-25", "中秋节"}, {"2025-10-01", "国庆节"}, {"2027-01-01", "元旦"}, {"2026-11-22", ""},
	} {
		if got := days[civil.Must(c.day)]; got != c.name {
			t.Errorf("%s is %q, want %q", c.day, got, c.name)
		}
	}
}
