package care_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// inbox is the inbox of a user, all of it.
func (w *world) inbox(u models.User, in care.InboxInput) care.Inbox {
	w.t.Helper()
	return got[care.Inbox](w.t)(w.Inbox(w.as(u), in, care.Page{First: 100}))
}

// wrongs are the exceptions of a kind in somebody's inbox.
func (w *world) wrongs(u models.User, kind care.ExceptionKind) []care.Exception {
	w.t.Helper()
	var out []care.Exception
	for _, e := range w.inbox(u, care.InboxInput{Kinds: []care.ExceptionKind{kind}}).Edges {
		out = append(out, e.Node)
	}
	return out
}

func (w *world) planEach(reps ...models.User) {
	w.t.Helper()
	for _, rep := range reps {
		got[care.PlanResult](w.t)(w.PlanNow(w.t.Context(), rep.ID))
	}
}

// days lets days pass.
func (w *world) days(n int) {
	w.clock.Add(time.Duration(n) * 24 * time.Hour)
	w.today += civil.Date(n)
}

// shed says that a rep's plan has no room for a visit of an account.
func (w *world) shed(rep models.User, a ...models.Account) {
	w.t.Helper()
	w.write(func(tx *models.Tx) error {
		shed := []models.ShedItem{}
		for n, one := range a {
			shed = append(shed, models.ShedItem{ID: tx.NewID(), RepID: rep.ID, AccountID: one.ID, DemandKey: fmt.Sprint("rhythm:", n),
				Rank: n + 1, Kind: cadence.HomeVisit, DueOn: tx.Today + 2, Why: "NO_TIME"})
		}
		return tx.SavePlan(rep.ID, models.PlanDiff{Shed: &shed})
	})
}

// neglect lets Own go without a contact for as long as the rules bear, and a day more.
func (w *world) neglect() {
	w.t.Helper()
	w.planEach(w.Rep)
	w.days(46)                           // every 30 days while nothing was bought, half as long again
	w.log(w.OtherRep, w.call(w.Covered)) // planned with the rep who stands in
	w.write(func(tx *models.Tx) error { return tx.ReplanDone(w.Rep.ID, tx.Now) })
}

// trouble is one thing that goes wrong in the team, and what mends it.
type trouble struct {
	kind   care.ExceptionKind
	action care.NextAction
	urgent bool
	zh, en string
	makes  func(w *world) id.ID // returns the key of what it is about
	mends  func(w *world)
}

func troubles() []trouble {
	var key id.ID // of what the trouble is about, where the mending needs it
	return []trouble{
		{care.NeglectedAccount, care.DoPlanContact, true, "张秀英 (B)已46天没有联系上，规定每30天一次", "has not been reached for 46 days; every 30 days is due",
			func(w *world) id.ID { w.neglect(); return w.Own.ID },
			func(w *world) { w.log(w.Rep, w.call(w.Own)) }},
		{care.MissedContact, care.DoReschedule, false, "张秀英 (B)的家访应在2月28日完成，已晚4天", "the home visit was due on 2026-02-28 and is 4 days late",
			func(w *world) id.ID {
				i := w.item(w.Own, "rhythm:1", func(i *models.PlanItem) { i.DueOn, i.LatestOn = w.today-4, w.today-1 })
				key = i.ID
				return i.ID
			},
			func(w *world) {
				got[models.PlanItem](w.t)(w.Reschedule(w.as(w.Supervisor), care.MoveItem{ID: w.key(), ItemID: key, Day: w.today + 1}))
			}},
		{care.PlanWithoutRoom, care.DoReassign, false, "王敏的计划排不下1次回访，最要紧的：张秀英 (B)", "plan has no room for 1 contact, most important: 张秀英 (B)",
			func(w *world) id.ID { w.shed(w.Rep, w.Own); return w.Rep.ID },
			func(w *world) { w.shed(w.Rep) }},
		{care.CaseNearDeadline, care.DoWorkCase, true, "张秀英 (B)的停服跟进", "the next step of the stop case was due on",
			func(w *world) id.ID {
				key = w.key()
				got[models.CaseFile](w.t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: key, AccountID: w.Own.ID, Cause: cadence.BadService}))
				w.days(4)
				return key
			},
			func(w *world) {
				got[models.CaseFile](w.t)(w.CloseCase(w.as(w.Rep), care.CloseCase{ID: w.key(), CaseID: key, As: models.CaseWonBack, Why: "满意"}))
			}},
		{care.OpenComplaint, care.DoWorkCase, false, "张秀英 (B)的投诉跟进，3月5日到期，还有1天", "the next step of the complaint case is due on 2026-03-05, in 1 day",
			func(w *world) id.ID {
				key = w.key()
				got[models.CaseFile](w.t)(w.AddCase(w.as(w.Rep), care.NewCase{ID: key, AccountID: w.Own.ID, Kind: models.ComplaintCase, Note: "送货慢"}))
				return key
			},
			func(w *world) {
				got[models.CaseFile](w.t)(w.CloseCase(w.as(w.Rep), care.CloseCase{ID: w.key(), CaseID: key, As: models.CaseSettled, Why: "道歉"}))
			}},
		{care.ContactToReview, care.DoLook, false, "王敏3月4日对张秀英 (B)的家访需要看一看：时间太短", "王敏's home visit of 张秀英 (B) on 2026-03-04 looks odd: too short",
			func(w *world) id.ID { key = w.odd(w.Rep, w.Own).ID; return key },
			func(w *world) {
				got[care.ReviewCard](w.t)(w.SettleReview(w.as(w.Supervisor), care.SettleReview{ID: w.key(), LogID: key, Verdict: models.VerdictFine}))
			}},
		{care.SilentPhone, care.DoCallRep, false, "王敏的手机已73小时没有消息", "王敏's phone was not heard for 73 hours",
			func(w *world) id.ID {
				key = w.handset(w.Rep).viewer.Device
				w.clock.Add(73 * time.Hour)
				return w.Rep.ID
			},
			func(w *world) {
				w.write(func(tx *models.Tx) error {
					d, err := tx.Device(w.Rep.ID, key)
					if err != nil {
						return err
					}
					d.SeenAt = tx.Now
					return tx.ChangeDevice(&d, "seen_at")
				})
			}},
		{care.WordWithoutReason, care.DoAskReason, false, "王敏把张秀英 (B)的续购改为三个月后，理由没有写清：“。。。”", "set the next purchase of 张秀英 (B) to in more than three months without a reason",
			func(w *world) id.ID {
				key = w.key()
				in := care.OverrideHorizon{ID: key, AccountID: w.Own.ID, Horizon: cadence.Later, Reason: "。。。", Until: w.today + 30}
				got[models.Override](w.t)(w.OverrideHorizon(w.as(w.Rep), in))
				return key
			},
			func(w *world) { got[models.Account](w.t)(w.EndOverride(w.as(w.Rep), w.Own.ID)) }},
		{care.LeaveUncovered, care.DoCover, false, "王敏3月8日至3月9日休假，1位会员在这些天有到期的回访，无人代班", "王敏 is off from 2026-03-08 to 2026-03-09: 1 account with a contact due then, and nobody stands in",
			func(w *world) id.ID {
				w.item(w.Own, "rhythm:1", func(i *models.PlanItem) { i.Day, i.DueOn, i.LatestOn = w.today+5, w.today+5, w.today+6 })
				key = w.key()
				got[models.Leave](w.t)(w.AskLeave(w.as(w.Rep), care.AskLeave{ID: key, From: w.today + 4, To: w.today + 5}))
				got[models.Leave](w.t)(w.GrantLeave(w.as(w.Supervisor), key))
				return key
			},
			func(w *world) { w.standIn(w.today+3, w.today+6) }},
	}
}

// odd logs a visit of a minute.
func (w *world) odd(u models.User, a models.Account) models.ContactLog {
	w.t.Helper()
	in := w.visit(a)
	in.EndedAt = ptr(in.StartedAt.Add(time.Minute))
	return w.log(u, in)
}

// standIn has the colleague stand in for Own.
func (w *world) standIn(from, to civil.Date) {
	w.write(func(tx *models.Tx) error {
		return tx.AddCovers([]models.Cover{{ID: tx.NewID(), AccountID: w.Own.ID, RepID: w.Colleague.ID, FromDay: from, ToDay: to, CreatedBy: w.Manager.ID}})
	})
}

func TestWhatGoesWrongShowsWithItsNextActionUntilItIsMended(t *testing.T) {
	for _, c := range troubles() {
		t.Run(string(c.kind), func(t *testing.T) {
			onEach(t, func(t *testing.T, w *world) {
				if all := w.inbox(w.Supervisor, care.InboxInput{}); len(all.Edges) != 0 {
					t.Fatalf("nothing is wrong yet: %+v", all.Edges)
				}
				subject := c.makes(w)
				for _, u := range []models.User{w.Supervisor, w.Manager} {
					rows := w.wrongs(u, c.kind)
					if len(rows) != 1 {
						t.Fatalf("%s sees %d rows: %+v", u.Name, len(rows), rows)
					}
					e := rows[0]
					if e.ID != subject || e.Action != c.action || e.Urgent != c.urgent || e.RepID != w.Rep.ID || e.RepName != w.Rep.Name || e.Count != 1 {
						t.Errorf("%+v", e)
					}
					if !strings.Contains(e.Words("zh"), c.zh) || !strings.Contains(e.Words("en"), c.en) {
						t.Errorf("it says %q and %q", e.Words("zh"), e.Words("en"))
					}
				}
				if rows := w.wrongs(w.BranchSupervisor, c.kind); len(rows) != 0 {
					t.Errorf("another team's supervisor sees %+v", rows)
				}
				c.mends(w)
				if rows := w.wrongs(w.Manager, c.kind); len(rows) != 0 {
					t.Errorf("mended, it still shows: %+v", rows)
				}
			})
		})
	}
}

func TestWhatIsPutAsideShowsAgainOnItsDayOrWhenItHappensAnew(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.neglect()
		snooze := func(u models.User, until civil.Date) error {
			return w.Snooze(w.as(u), care.Snooze{ID: w.key(), Kind: care.NeglectedAccount, Subject: w.Own.ID, Until: until, Why: "住院"})
		}
		for _, c := range []struct {
			name string
			err  error
			code care.Code
		}{
			{"today is no day to wait for", snooze(w.Supervisor, w.today), care.CodeInvalid},
			{"31 days are too long", snooze(w.Supervisor, w.today+31), care.CodeInvalid},
			{"without a reason", w.Snooze(w.as(w.Supervisor), care.Snooze{ID: w.key(), Kind: care.NeglectedAccount, Subject: w.Own.ID, Until: w.today + 1}), care.CodeInvalid},
			{"another team's", snooze(w.BranchSupervisor, w.today+2), care.CodeNotFound},
			{"a rep leads nobody", snooze(w.Rep, w.today+2), care.CodeNotFound},
			{"what is not wrong", w.Snooze(w.as(w.Supervisor), care.Snooze{ID: w.key(), Kind: care.MissedContact, Subject: w.Own.ID, Until: w.today + 2, Why: "住院"}), care.CodeNotFound},
			{"thirty days", snooze(w.Supervisor, w.today+30), ""},
		} {
			if care.CodeOf(c.err) != c.code {
				t.Errorf("%s: %v, want %q", c.name, c.err, c.code)
			}
		}
		shows := func(want int) {
			t.Helper()
			for _, u := range []models.User{w.Supervisor, w.Manager} {
				if rows := w.wrongs(u, care.NeglectedAccount); len(rows) != want {
					t.Errorf("%s on %s: %d rows, want %d", u.Name, w.today, len(rows), want)
				}
			}
		}
		shows(0)
		w.log(w.Rep, w.call(w.Own)) // it ends …
		w.write(func(tx *models.Tx) error {
			a, err := tx.LockAccount(auth.System(), w.Own.ID)
			if err != nil {
				return err
			}
			if *a.NeglectedOn != w.today+46 {
				t.Errorf("called today, it is neglected on %s", a.NeglectedOn)
			}
			a.NeglectedOn = ptr(w.today + 3) // … and goes wrong anew before the day
			return tx.SumUpAccount(&a, "neglected_on")
		})
		w.days(3)
		shows(1)
		if err := snooze(w.Manager, w.today+2); err != nil {
			t.Fatal(err)
		}
		shows(0)
		w.days(1)
		shows(0)
		w.days(1)
		shows(1)
	})
}

func TestNeglectBeginsAtMidnightOfTheCompany(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.planEach(w.Rep)
		shanghai := time.FixedZone("Asia/Shanghai", 8*60*60)
		for _, c := range []struct {
			at   time.Time
			want int
		}{
			{(w.today + 45).At(23*60+59, shanghai), 0},
			{(w.today + 46).At(1, shanghai), 1},
		} {
			w.clock.Set(c.at)
			if rows := w.wrongs(w.Supervisor, care.NeglectedAccount); len(rows) != c.want {
				t.Errorf("at %s: %d rows, want %d", c.at, len(rows), c.want)
			}
		}
	})
}

func TestTheInboxCountsEverythingAndShowsEachOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.planEach(w.Rep, w.Colleague, w.OtherRep, w.BranchRep)
		w.days(46)
		for n := range 7 {
			w.item(w.Own, fmt.Sprint("rhythm:", n), func(i *models.PlanItem) { i.DueOn, i.LatestOn, i.Urgent = w.today-9, w.today-8, n%2 == 0 })
		}
		w.odd(w.Rep, w.Covered)
		w.shed(w.BranchRep, w.OtherStores)
		whole := w.inbox(w.Manager, care.InboxInput{})
		n := 0
		for _, c := range whole.Counts {
			n += c.N
		}
		if len(whole.Counts) != len(care.AllExceptionKinds()) || n != len(whole.Edges) || n < 12 {
			t.Errorf("%d rows, counted %d in %+v", len(whole.Edges), n, whole.Counts)
		}
		for _, size := range []int{1, 3, 5} {
			var walked []id.ID
			after := ""
			for more := true; more; {
				page := got[care.Inbox](t)(w.Inbox(w.as(w.Manager), care.InboxInput{}, care.Page{First: size, After: after}))
				for _, e := range page.Edges {
					walked = append(walked, e.Node.ID)
					after = e.Cursor
				}
				more = page.More
			}
			for i, e := range whole.Edges {
				if len(walked) != len(whole.Edges) || walked[i] != e.Node.ID {
					t.Fatalf("pages of %d: %d rows, want %d in one order", size, len(walked), len(whole.Edges))
				}
			}
		}
		for i, e := range whole.Edges[1:] {
			if e.Node.Urgent && !whole.Edges[i].Node.Urgent {
				t.Errorf("row %d is urgent and comes after one that is not", i+1)
			}
		}
		if _, err := w.Inbox(w.as(w.Manager), care.InboxInput{}, care.Page{First: 5, After: "x"}); care.CodeOf(err) != care.CodeInvalid {
			t.Errorf("a cursor that is none: %v", err)
		}
	})
}

func TestALeaderSeesTheirOwnPeopleOnly(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.planEach(w.Rep, w.Colleague, w.OtherRep, w.BranchRep)
		w.days(46)
		accounts := func(u models.User, in care.InboxInput) string {
			var names []string
			in.Kinds = []care.ExceptionKind{care.NeglectedAccount}
			for _, e := range w.inbox(u, in).Edges {
				names = append(names, e.Node.AccountName)
			}
			slices.Sort(names)
			return strings.Join(names, " ")
		}
		for _, c := range []struct {
			name string
			who  models.User
			in   care.InboxInput
			want string
		}{
			{"a supervisor: the team", w.Supervisor, care.InboxInput{}, "张秀英 刘桂兰"},
			{"one rep of it", w.Supervisor, care.InboxInput{Rep: &w.Colleague.ID}, "刘桂兰"},
			{"their team by name", w.Supervisor, care.InboxInput{Team: &w.Team.ID}, "张秀英 刘桂兰"},
			{"a manager: everybody", w.Manager, care.InboxInput{}, "张秀英 刘桂兰 陈玉珍 杨淑华 黄建国 周桂英"},
			{"a manager: one team", w.Manager, care.InboxInput{Team: &w.BranchTeam.ID}, "周桂英"},
			{"the other store", w.BranchSupervisor, care.InboxInput{}, "周桂英"},
		} {
			want := strings.Fields(c.want)
			slices.Sort(want)
			if got := accounts(c.who, c.in); got != strings.Join(want, " ") {
				t.Errorf("%s: %s, want %s", c.name, got, want)
			}
		}
		unknown := w.key()
		for _, in := range []care.InboxInput{{Rep: &w.BranchRep.ID}, {Team: &w.BranchTeam.ID}, {Rep: &unknown}, {Team: &unknown}} {
			_, err := w.Inbox(w.as(w.Supervisor), in, care.Page{})
			wantCode(t, err, care.CodeNotFound)
		}
		for _, u := range []models.User{w.Rep, w.Expert, w.Admin} {
			_, err := w.Inbox(w.as(u), care.InboxInput{}, care.Page{})
			wantCode(t, err, care.CodeNotFound)
		}
	})
}

func TestANeglectedAccountOfWhoCannotCareForItIsToBeMoved(t *testing.T) {
	for name, stop := range map[string]func(w *world){
		"the rep left":     func(w *world) { w.write(func(tx *models.Tx) error { return tx.DisableUser(w.Rep.ID) }) },
		"the plan is full": func(w *world) { w.shed(w.Rep, w.Own) },
		"the rep is away": func(w *world) {
			w.write(func(tx *models.Tx) error {
				return tx.AddLeave(&models.Leave{ID: tx.NewID(), UserID: w.Rep.ID, FromDay: tx.Today, ToDay: tx.Today, Granted: true, CreatedBy: w.Manager.ID})
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, w *world) {
				w.neglect()
				stop(w)
				if rows := w.wrongs(w.Supervisor, care.NeglectedAccount); len(rows) != 1 || rows[0].Action != care.DoReassign {
					t.Errorf("%+v", rows)
				}
			})
		})
	}
}

func TestAWordThatPutsAPurchaseOffFarIsLookedAt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		expected := w.today + 10
		w.write(func(tx *models.Tx) error {
			return models.AddAll(tx, []models.Projection{{AccountID: w.Own.ID, Day: tx.Today - 3, Expected: &expected, Horizon: "THIS_MONTH", Model: "THIS_MONTH", Source: "MODEL"}})
		})
		for _, c := range []struct {
			day  civil.Date
			want int
		}{{expected + 60, 0}, {expected + 61, 1}} {
			in := care.OverrideHorizon{ID: w.key(), AccountID: w.Own.ID, Day: &c.day, Reason: "家里还有三盒没有用完", Until: w.today + 30}
			got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), in))
			rows := w.wrongs(w.Supervisor, care.WordWithoutReason)
			if len(rows) != c.want {
				t.Errorf("put off to %s: %d rows, want %d", c.day, len(rows), c.want)
			}
			if len(rows) == 1 && !strings.Contains(rows[0].Words("en"), "off by 61 days (2026-03-14 was expected): 家里还有") {
				t.Errorf("it says %q", rows[0].Words("en"))
			}
		}
	})
}

func TestOnlyTheLatestPhoneCounts(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.handset(w.Rep) // put away …
		w.clock.Add(100 * time.Hour)
		w.handset(w.Rep) // … for this one
		if rows := w.wrongs(w.Supervisor, care.SilentPhone); len(rows) != 0 {
			t.Errorf("%+v", rows)
		}
		w.clock.Add(61 * 24 * time.Hour) // nobody uses it any more
		if rows := w.wrongs(w.Supervisor, care.SilentPhone); len(rows) != 0 {
			t.Errorf("%+v", rows)
		}
		h := w.handset(w.Colleague)
		w.write(func(tx *models.Tx) error {
			d, err := tx.Device(w.Colleague.ID, h.viewer.Device)
			if err != nil {
				return err
			}
			d.Waiting = []int{3}
			return tx.ChangeDevice(&d, "waiting")
		})
		w.clock.Add(73 * time.Hour)
		rows := w.wrongs(w.Supervisor, care.SilentPhone)
		if len(rows) != 1 || !rows[0].Urgent || !strings.HasSuffix(rows[0].Words("zh"), "上面还有1条未上传") {
			t.Errorf("%+v", rows)
		}
		w.write(func(tx *models.Tx) error {
			return tx.AddLeave(&models.Leave{ID: tx.NewID(), UserID: w.Colleague.ID, FromDay: tx.Today, ToDay: tx.Today + 2, Granted: true, CreatedBy: w.Manager.ID})
		})
		if rows := w.wrongs(w.Supervisor, care.SilentPhone); len(rows) != 0 {
			t.Errorf("on leave, a phone may be silent: %+v", rows)
		}
	})
}

func TestWhatFoundNoRoomOnDaysOffIsUncoveredToo(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.shed(w.Rep, w.Own) // due in two days
		key := w.key()
		got[models.Leave](t)(w.AskLeave(w.as(w.Rep), care.AskLeave{ID: key, From: w.today + 1, To: w.today + 4}))
		got[models.Leave](t)(w.GrantLeave(w.as(w.Supervisor), key))
		bare := func() int {
			t.Helper()
			n := 0
			for _, e := range w.wrongs(w.Supervisor, care.LeaveUncovered) {
				n += e.Count
			}
			if c := got[[]care.LeaveCover](t)(w.LeaveCovers(w.as(w.Supervisor)))[0]; c.Due != 1 || c.Due-c.Covered != n {
				t.Errorf("the desk of covers counts %+v, the inbox %d", c, n)
			}
			return n
		}
		if n := bare(); n != 1 {
			t.Errorf("%d accounts nobody stands in for, want 1", n)
		}
		w.standIn(w.today+1, w.today+4)
		if n := bare(); n != 0 {
			t.Errorf("covered, %d accounts still count", n)
		}
	})
}

func TestTwoWhoShareAPhoneHaveARowEach(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		phone := w.key()
		w.handsetOn(w.Rep, phone)
		w.handsetOn(w.Colleague, phone)
		w.clock.Add(73 * time.Hour)
		seen := map[id.ID]bool{}
		for after, more := "", true; more; {
			page := got[care.Inbox](t)(w.Inbox(w.as(w.Supervisor), care.InboxInput{Kinds: []care.ExceptionKind{care.SilentPhone}}, care.Page{First: 1, After: after}))
			for _, e := range page.Edges {
				seen[e.Node.RepID], after = true, e.Cursor
			}
			more = page.More
		}
		if !seen[w.Rep.ID] || !seen[w.Colleague.ID] {
			t.Fatalf("page by page shows %d of two rows", len(seen))
		}
		snooze := care.Snooze{ID: w.key(), Kind: care.SilentPhone, Subject: w.Rep.ID, Until: w.today + 5, Why: "培训"}
		if err := w.Snooze(w.as(w.Supervisor), snooze); err != nil {
			t.Fatal(err)
		}
		for _, u := range []models.User{w.Supervisor, w.Manager} { // put aside for everybody who leads them
			if rows := w.wrongs(u, care.SilentPhone); len(rows) != 1 || rows[0].RepID != w.Colleague.ID {
				t.Errorf("%s sees %+v", u.Name, rows)
			}
		}
	})
}

func TestAfterAPauseTheWholeDistanceIsAhead(t *testing.T) {
	for _, c := range []struct {
		name string
		ends func(w *world, made models.Pause)
		last civil.Date // day of the pause, after its first
	}{
		{"it ran out", func(w *world, _ models.Pause) { w.days(61) }, 60},
		{"somebody ended it", func(w *world, _ models.Pause) {
			w.days(50)
			got[models.Account](w.t)(w.ResumeAccount(w.as(w.Rep), w.Own.ID))
		}, 49},
		{"it was taken back on its first day", func(w *world, _ models.Pause) {
			got[models.Account](w.t)(w.ResumeAccount(w.as(w.Rep), w.Own.ID))
		}, -40},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, w *world) {
				w.log(w.Rep, w.call(w.Own))
				w.days(40) // every 30: ten days late
				begun := w.today
				c.ends(w, got[models.Pause](t)(w.PauseAccount(w.as(w.Rep), care.PauseAccount{ID: w.key(), AccountID: w.Own.ID, From: w.today, To: ptr(w.today + 60), Reason: "住院"})))
				w.planEach(w.Rep)
				w.write(func(tx *models.Tx) error {
					a, err := tx.LockAccount(auth.System(), w.Own.ID)
					if err == nil && (*a.InTouchUntil != begun+c.last+30 || *a.NeglectedOn != begun+c.last+46) {
						t.Errorf("in touch until %s and neglected on %s, paused from %s", a.InTouchUntil, a.NeglectedOn, begun)
					}
					return err
				})
				if rows := w.wrongs(w.Supervisor, care.NeglectedAccount); len(rows) != 0 {
					t.Errorf("neglected at once: %+v", rows)
				}
			})
		})
	}
}
