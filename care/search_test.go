package care_test

import (
	"fmt"
	"slices"
	"testing"

	"huifang/care"
	"huifang/id"
	"huifang/models"
)

func (w *world) found(u models.User, in care.Search) []string {
	w.t.Helper()
	f := got[care.Found](w.t)(w.Search(w.as(u), in, care.Page{}))
	var names []string
	for _, r := range f.Rows {
		names = append(names, r.Account.Name)
	}
	slices.Sort(names)
	return names
}

func TestSearchKnowsManyWays(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		got[models.Account](t)(w.EditFile(w.as(w.Rep), care.EditFile{
			ID: w.key(), AccountID: w.Own.ID, Version: w.Own.Version, Phone: care.Some("13900001234"), District: care.Some("市中区"),
		}))
		got[[]string](t)(w.SetTags(w.as(w.Rep), w.Own.ID, []string{"重点"}))
		zhang := []string{"张秀英"}
		for _, c := range []struct {
			name string
			user models.User
			in   care.Search
			want []string
		}{
			{"part of a name", w.Rep, care.Search{Text: "秀"}, zhang},
			{"pinyin from the front", w.Rep, care.Search{Text: "ZhangX"}, zhang},
			{"initials", w.Rep, care.Search{Text: "zxy"}, zhang},
			{"initials from the front", w.Rep, care.Search{Text: "zx"}, zhang},
			{"not from the middle", w.Rep, care.Search{Text: "xy"}, nil},
			{"member number", w.Rep, care.Search{Text: "M1"}, zhang},
			{"the last four digits", w.Rep, care.Search{Text: "1234"}, zhang},
			{"the whole number, as people write it", w.Rep, care.Search{Text: "+86 139 0000 1234"}, zhang},
			{"three digits are no number", w.Rep, care.Search{Text: "234"}, nil},
			{"a percent sign means itself", w.Rep, care.Search{Text: "%"}, nil},
			{"an underscore means itself", w.Rep, care.Search{Text: "_"}, nil},
			{"a tag", w.Rep, care.Search{Tag: "重点"}, zhang},
			{"a district", w.Rep, care.Search{District: "市中区"}, zhang},
			{"a tier", w.Rep, care.Search{Tiers: []string{"A", "B"}}, []string{"张秀英", "陈玉珍"}},
			{"some by their keys, in reach only", w.Rep, care.Search{IDs: []id.ID{w.Own.ID, w.OtherTeams.ID}}, zhang},
			{"a tier nobody is in", w.Rep, care.Search{Tiers: []string{"D"}}, nil},
			{"tag and text together", w.Rep, care.Search{Tag: "重点", Text: "陈"}, nil},
			{"a rep sees own and covered", w.Rep, care.Search{}, []string{"张秀英", "陈玉珍"}},
			{"another rep does not find the number", w.OtherRep, care.Search{Text: "13900001234"}, nil},
			{"the supervisor sees the team and what it covers", w.Supervisor, care.Search{}, []string{"刘桂兰", "张秀英", "陈玉珍"}},
			{"of one rep", w.Supervisor, care.Search{RepID: &w.Colleague.ID}, []string{"刘桂兰"}},
			{"a manager sees all but the erased", w.Manager, care.Search{}, []string{"刘桂兰", "周桂英", "张秀英", "杨淑华", "陈玉珍", "黄建国"}},
		} {
			if got := w.found(c.user, c.in); !slices.Equal(got, c.want) {
				t.Errorf("%s: found %v, want %v", c.name, got, c.want)
			}
		}
		_, err := w.Search(w.as(w.Admin), care.Search{}, care.Page{})
		wantCode(t, err, care.CodeNotFound)
		_, err = w.Search(w.as(w.Rep), care.Search{IDs: make([]id.ID, 501)}, care.Page{})
		wantCode(t, err, care.CodeInvalid)
	})
}

func TestPagesHoldEveryAccountOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(23)
		w.write(func(tx *models.Tx) error {
			for n, a := range homes {
				a.Pinyin = fmt.Sprintf("p%d p", n/4) // many alike
				a.Spent = models.Fen(n / 5 * 100)
				a.Lat, a.Lng = ptr(36.6+float64(n/3)*0.001), ptr(117.1)
				if n%2 == 0 {
					a.NextDueOn, a.LastContactOn = ptr(w.today+1), ptr(w.today-2)
				}
				if err := tx.SumUpAccount(&a, "pinyin", "spent", "next_due_on", "last_contact_on", "lat", "lng"); err != nil {
					return err
				}
			}
			return nil
		})
		near := &care.Near{Lat: 36.6, Lng: 117.1, Metres: 5000}
		for _, c := range []struct {
			name string
			in   care.Search
			want int
		}{
			{"by name", care.Search{Sort: models.ByName}, 25},
			{"by next due day", care.Search{Sort: models.ByNextDue}, 25},
			{"by next purchase", care.Search{Sort: models.ByExpected}, 25},
			{"by last contact", care.Search{Sort: models.ByLastContact}, 25},
			{"by what they spent", care.Search{Sort: models.BySpent}, 25},
			{"by distance, where the home is known", care.Search{Near: near}, 23},
		} {
			seen, pages, page := map[string]bool{}, 0, care.Page{First: 4}
			for {
				f := got[care.Found](t)(w.Search(w.as(w.Rep), c.in, page))
				for _, r := range f.Rows {
					if seen[r.Account.Number] {
						t.Errorf("%s: %s twice", c.name, r.Account.Number)
					}
					seen[r.Account.Number] = true
				}
				pages++
				if !f.More {
					break
				}
				page.After = f.Rows[len(f.Rows)-1].Cursor
			}
			if len(seen) != c.want || pages != (c.want+3)/4 {
				t.Errorf("%s: %d accounts on %d pages, want %d", c.name, len(seen), pages, c.want)
			}
		}
		_, err := w.Search(w.as(w.Rep), care.Search{}, care.Page{After: "nonsense"})
		wantCode(t, err, care.CodeInvalid)
		_, err = w.Search(w.as(w.Rep), care.Search{}, care.Page{First: 101})
		wantCode(t, err, care.CodeLimited)
		_, err = w.Search(w.as(w.Rep), care.Search{Sort: "PHONE"}, care.Page{})
		wantCode(t, err, care.CodeInvalid)
	})
}

func TestNearbyIsACircle(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(3)
		at := [][2]float64{{36.6089, 117.1}, {36.6063, 117.1079}, {36.6, 117.1}} // 990 m north; 995 m to the corner; here
		w.write(func(tx *models.Tx) error {
			for n, a := range homes {
				a.Lat, a.Lng = &at[n][0], &at[n][1]
				if err := tx.SumUpAccount(&a, "lat", "lng"); err != nil {
					return err
				}
			}
			return nil
		})
		f := got[care.Found](t)(w.Search(w.as(w.Rep), care.Search{Near: &care.Near{Lat: 36.6, Lng: 117.1, Metres: 992}}, care.Page{}))
		if len(f.Rows) != 2 || f.Rows[0].Account.ID != homes[2].ID || f.Rows[1].Account.ID != homes[0].ID {
			t.Fatalf("found %+v", f.Rows)
		}
		if m := *f.Rows[1].Metres; m < 985 || m > 992 {
			t.Errorf("%f metres", m)
		}
	})
}
