package care_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/seal"
)

func TestACommandIsDoneOnceHoweverOftenItIsSent(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		c := h.does("LogContact", w.call(w.Own))
		first := h.push(c).Answers[0]
		w.wantStatus(first, care.Applied, "")
		again, third := h.push(c).Answers[0], h.push(c).Answers[0]
		w.wantStatus(again, care.Duplicate, "")
		if first.Sequence != 1 || again.Sequence != 1 || again.Receipt != third.Receipt {
			t.Errorf("answers %+v, %+v and %+v", first, again, third)
		}
		twice := h.does("SetTags", tagging{w.Own.ID, []string{"甲"}})
		both := h.push(twice, twice).Answers
		w.wantStatus(both[0], care.Applied, "")
		w.wantStatus(both[1], care.Duplicate, "")
		if n := len(w.logsOf(w.Own)); n != 1 || both[0].Sequence != 2 {
			t.Errorf("%d contacts, %+v", n, both)
		}
	})
}

func TestWhatIsSentAgainDoesNotUndoWhatCameLater(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		a, b := h.does("SetTags", tagging{w.Own.ID, []string{"甲"}}), h.does("SetTags", tagging{w.Own.ID, []string{"乙"}})
		h.push(a)
		h.push(b)
		w.wantStatus(h.push(a).Answers[0], care.Duplicate, "")
		if diff := cmp.Diff([]string{"乙"}, w.tags(w.Own)); diff != "" {
			t.Errorf("tags (-want +got):\n%s", diff)
		}
	})
}

func TestAnIdNamesOneCommand(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h, other := w.handset(w.Rep), w.handset(w.Colleague)
		c := h.does("SetTags", tagging{w.Own.ID, []string{"甲"}})
		h.push(c)
		changed := c
		changed.Variables = h.does("SetTags", tagging{w.Own.ID, []string{"乙"}}).Variables
		w.wantStatus(h.push(changed).Answers[0], care.Conflicted, care.CodeConflict)
		foreign := other.push(c).Answers[0]
		w.wantStatus(foreign, care.Conflicted, care.CodeConflict)
		if foreign.Sequence != 0 || foreign.Review != nil {
			t.Errorf("another's command shows: %+v", foreign)
		}
		if diff := cmp.Diff([]string{"甲"}, w.tags(w.Own)); diff != "" {
			t.Errorf("tags (-want +got):\n%s", diff)
		}
		if d := w.seenOn(other); d.Received != 1 || d.Missing != 0 {
			t.Errorf("a conflict is an answer too: %+v", d)
		}
	})
}

// seenOn is a handset as its user sees it.
func (w *world) seenOn(h *handset) care.Device {
	w.t.Helper()
	rows := got[[]care.Device](w.t)(w.Devices(auth.With(w.t.Context(), h.viewer)))
	for _, d := range rows {
		if d.ID == h.viewer.Device && d.UserID == h.viewer.User {
			return d
		}
	}
	w.t.Fatalf("%s is not among %+v", h.viewer.Device, rows)
	return care.Device{}
}

func TestWhatWasRefusedCanBeMendedUnderItsId(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		in := w.call(w.Own)
		in.Outcome = "MET"
		c := h.does("LogContact", in)
		refused := h.push(c, h.does("SetTags", tagging{w.Own.ID, []string{"甲"}})).Answers
		w.wantStatus(refused[0], care.Rejected, care.CodeInvalid)
		w.wantStatus(refused[1], care.Applied, "")
		if refused[0].Field != "outcome" || refused[0].Words == "" {
			t.Errorf("it must say what to do: %+v", refused[0])
		}
		w.wantStatus(h.push(c).Answers[0], care.Rejected, care.CodeInvalid) // it ran again
		in.Outcome = "TALKED"
		mended := h.does("LogContact", in)
		mended.ID, mended.Counter = c.ID, c.Counter
		h.counter--
		w.wantStatus(h.push(mended).Answers[0], care.Applied, "")
		w.wantStatus(h.push(c).Answers[0], care.Conflicted, care.CodeConflict) // late, from a slow network
		if d := w.seenOn(h); d.Received != 2 || d.Missing != 0 {
			t.Errorf("device %+v", d)
		}
	})
}

// A network may deliver a copy long after the answer came, and its user dropped the command meanwhile.
func TestALateCopyOfWhatWasRefusedChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Colleague)
		c := h.does("SetTags", tagging{w.Own.ID, []string{"甲"}}) // not the colleague's account
		c.Attempt = 1
		first := h.push(c).Answers[0]
		w.wantStatus(first, care.Rejected, care.CodeNotFound)
		got[models.User](t)(w.Assign(w.as(w.Supervisor), care.Assign{ID: w.key(), Accounts: []id.ID{w.Own.ID}, ToRep: w.Colleague.ID, Reason: "近"}))
		copied := h.push(c).Answers[0]
		w.wantStatus(copied, care.Rejected, care.CodeNotFound)
		if copied.Field != first.Field || copied.Rule != first.Rule || copied.Receipt != first.Receipt {
			t.Errorf("the copy was answered %+v, the first one %+v", copied, first)
		}
		if tags := w.tags(w.Own); len(tags) > 0 {
			t.Errorf("the copy took effect: %v", tags)
		}
		c.Attempt = 2
		w.wantStatus(h.push(c).Answers[0], care.Applied, "")
		c.Attempt = 1
		w.wantStatus(h.push(c).Answers[0], care.Duplicate, "")
		if diff := cmp.Diff([]string{"甲"}, w.tags(w.Own)); diff != "" {
			t.Errorf("tags (-want +got):\n%s", diff)
		}
		c.Attempt = -1
		w.wantStatus(h.push(c).Answers[0], care.Duplicate, "")
	})
}

// Story 1: reassigned while the old rep was offline.
func TestWorkOnAnAccountThatWentToSomebodyElse(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		before, after := w.call(w.Former), w.call(w.Former)
		before.StartedAt = w.clock.Now().Add(-30 * time.Hour)
		before.EndedAt = nil
		out := h.push(h.does("LogContact", before), h.does("LogContact", after), h.does("SetTags", tagging{w.Former.ID, []string{"甲"}})).Answers
		w.wantStatus(out[0], care.Reassigned, "")
		w.wantStatus(out[1], care.Reassigned, "")
		w.wantStatus(out[2], care.Rejected, care.CodeNotFound)
		if len(out[0].Review) != 0 || !cmp.Equal(out[1].Review, []care.Flag{care.FlagAfterHandover}) {
			t.Errorf("for review: %v and %v", out[0].Review, out[1].Review)
		}
		again := h.push(h.sent(out[1], "LogContact", after)).Answers[0]
		w.wantStatus(again, care.Duplicate, "")
		if !cmp.Equal(again.Review, out[1].Review) {
			t.Errorf("the second answer forgets the review: %+v", again)
		}
	})
}

// sent is a command that was answered, as it was sent.
func (h *handset) sent(a care.CommandAnswer, document string, input any) care.PushedCommand {
	c := h.does(document, input)
	h.counter--
	c.ID = a.ID
	return c
}

func TestOneChangedTheSameThingFirst(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h, other := w.handset(w.Rep), w.handset(w.Supervisor)
		edit := func(h *handset, job string) care.PushedCommand {
			return h.does("Edit", editing{w.key(), w.Own.ID, 0, job})
		}
		w.wantStatus(other.push(edit(other, "教师")).Answers[0], care.Applied, "")
		w.wantStatus(h.push(edit(h, "医生")).Answers[0], care.Conflicted, care.CodeConflict)
		if job := w.account(w.Own.ID).Job; job != "教师" {
			t.Errorf("job %q", job)
		}
	})
}

func TestOddCommandsHappenOnceToo(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		both, failing, nothing := h.does("LogAndTag", w.call(w.Own)), h.does("LogAndFail", w.call(w.Own)), h.does("Nothing", nil)
		for round, want := range []care.AnswerStatus{care.Applied, care.Duplicate} {
			for i, a := range h.push(both, failing, nothing).Answers {
				w.wantStatus(a, want, "")
				if a.Sequence != int64(i+1) {
					t.Errorf("round %d: %+v", round, a)
				}
			}
			w.write(func(tx *models.Tx) error { return tx.PutTags(w.Own.ID, nil) })
		}
		if n := len(w.logsOf(w.Own)); n != 2 {
			t.Errorf("%d contacts, want 2", n)
		}
		lost := h.does("Gone", nil)
		w.wantStatus(h.push(lost).Answers[0], care.Retry, care.CodeInternal)
		if d := w.seenOn(h); d.Received != 3 {
			t.Errorf("what is to be sent again was not received: %+v", d)
		}
	})
}

// What was logged by itself, before the device learnt to push it, is the same contact.
func TestALogThatCameAnotherWay(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		in := w.call(w.Own)
		w.log(w.Rep, in)
		w.wantStatus(h.push(h.does("LogContact", in)).Answers[0], care.Applied, "")
		if n := len(w.logsOf(w.Own)); n != 1 {
			t.Errorf("%d contacts", n)
		}
	})
}

// cutDesk loses the connection after some commands.
type cutDesk struct {
	desk
	cut  context.CancelFunc
	left int
}

func (d *cutDesk) Run(ctx context.Context, document, variables string) error {
	err := d.desk.Run(ctx, document, variables)
	if d.left--; d.left == 0 {
		d.cut()
	}
	return err
}

func TestAnAnswerThatIsCutIsGivenAgain(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		commands := []care.PushedCommand{h.does("LogContact", w.call(w.Own)), h.does("LogContact", w.call(w.Own)), h.does("LogContact", w.call(w.Own))}
		ctx, cut := context.WithCancel(auth.With(t.Context(), h.viewer))
		defer cut()
		out := got[care.Pushed](t)(w.Push(ctx, h.report(), commands, &cutDesk{desk{w}, cut, 2}))
		w.wantStatus(out.Answers[1], care.Applied, "")
		w.wantStatus(out.Answers[2], care.Retry, care.CodeLimited)
		again := h.push(commands...).Answers
		w.wantStatus(again[0], care.Duplicate, "")
		w.wantStatus(again[1], care.Duplicate, "")
		w.wantStatus(again[2], care.Applied, "")
		if n := len(w.logsOf(w.Own)); n != 3 {
			t.Errorf("%d contacts", n)
		}
	})
}

// The same push from several connections at once: a phone that gave up waiting has sent again.
func TestPushesThatRace(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h, other := w.handset(w.Rep), w.handset(w.Supervisor)
		var commands, others []care.PushedCommand
		for range 4 {
			commands = append(commands, h.does("LogContact", w.call(w.Own)), h.does("LogContact", w.call(w.Covered)))
			others = append(others, other.does("LogContact", w.call(w.Own)))
		}
		commands = append(commands, h.does("SetTags", tagging{w.OtherStores.ID, nil}))
		var mu sync.Mutex
		accepted := map[id.ID]int{}
		sequences := map[id.ID]int64{}
		var wg sync.WaitGroup
		for range 4 {
			for _, side := range []struct {
				h        *handset
				commands []care.PushedCommand
			}{{h, commands}, {other, others}} {
				wg.Go(func() {
					for open := true; open; {
						out, err := w.Push(auth.With(context.Background(), side.h.viewer), side.h.report(), side.commands, desk{w})
						if err != nil {
							t.Error(err)
							return
						}
						open = false
						mu.Lock()
						for _, a := range out.Answers {
							switch a.Status {
							case care.Applied:
								accepted[a.ID]++
							case care.Retry:
								open = true
							}
							if was, ok := sequences[a.ID]; ok && was != a.Sequence && a.Status != care.Retry {
								t.Errorf("command %s has numbers %d and %d", a.ID, was, a.Sequence)
							}
							if a.Status != care.Retry {
								sequences[a.ID] = a.Sequence
							}
						}
						mu.Unlock()
					}
				})
			}
		}
		wg.Wait()
		if len(accepted) != len(commands)+len(others)-1 {
			t.Errorf("%d commands accepted", len(accepted))
		}
		for c, n := range accepted {
			if n != 1 {
				t.Errorf("%s was applied %d times", c, n)
			}
		}
		if n := len(w.logsOf(w.Own)) + len(w.logsOf(w.Covered)); n != 12 {
			t.Errorf("%d contacts, want 12", n)
		}
		if d := w.seenOn(h); d.Received != 9 || d.Missing != 0 {
			t.Errorf("device %+v", d)
		}
	})
}

func TestCountersMakeMissingWorkVisible(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		var made []care.PushedCommand
		for range 7 {
			made = append(made, h.does("LogContact", w.call(w.Own)))
		}
		h.waiting = []int{1, 4, 5, 7}
		h.push(made[0], made[4])
		h.waiting = []int{4, 7, 5, 7} // 5 was answered: the report is a little old
		h.push(made[5])
		d := w.seenOn(h)
		if d.Issued != 7 || d.Received != 3 || d.Waiting != 2 || d.Missing != 2 {
			t.Errorf("numbers 2 and 3 are missing: %+v", d)
		}
		for _, c := range []struct {
			who  models.User
			sees bool
		}{
			{w.Rep, true}, {w.Supervisor, true}, {w.Manager, true},
			{w.Colleague, false}, {w.BranchSupervisor, false}, {w.Admin, false}, {w.Expert, false},
		} {
			rows := got[[]care.Device](t)(w.Devices(w.as(c.who)))
			if (len(rows) == 1 && rows[0].UserName == w.Rep.Name) != c.sees || len(rows) > 1 {
				t.Errorf("%s sees %+v", c.who.Login, rows)
			}
		}
		h.waiting = nil
		h.push(made...)
		if d := w.seenOn(h); d.Received != 7 || d.Missing != 0 || d.Waiting != 0 {
			t.Errorf("everything came: %+v", d)
		}
	})
}

func TestAPushOfAnotherDevice(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h, other := w.handset(w.Rep), w.handset(w.Colleague)
		for name, device := range map[string]id.ID{"another's": other.viewer.Device, "nobody's": w.key(), "none": {}} {
			forged := *h
			r := forged.report()
			r.ID = device
			_, err := w.Push(auth.With(t.Context(), h.viewer), r, nil, desk{w})
			wantCode(t, err, care.CodeNotFound)
			forged.viewer.Device = device
			if _, err = w.Push(auth.With(t.Context(), forged.viewer), r, nil, desk{w}); care.CodeOf(err) != care.CodeNotFound {
				t.Errorf("%s device: %v", name, err)
			}
		}
		_, err := w.Push(t.Context(), h.report(), nil, desk{w})
		if !errors.Is(err, auth.ErrUnauthenticated) {
			t.Errorf("nobody pushes: %v", err)
		}
	})
}

func TestCommandsThatCannotBe(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		for name, spoil := range map[string]func(*care.PushedCommand){
			"id":        func(c *care.PushedCommand) { c.ID = id.ID{} },
			"counter":   func(c *care.PushedCommand) { c.Counter = 0 },
			"writtenAt": func(c *care.PushedCommand) { c.WrittenAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
			"variables": func(c *care.PushedCommand) { c.Variables = string(make([]byte, 64<<10+1)) },
			"document":  func(c *care.PushedCommand) { c.Document = "" },
		} {
			c := h.does("LogContact", w.call(w.Own))
			spoil(&c)
			a := h.push(c).Answers[0]
			if a.Status != care.Rejected || a.Code != "INVALID" || a.Field != name {
				t.Errorf("%s: %+v", name, a)
			}
		}
		if n := len(w.logsOf(w.Own)); n != 0 {
			t.Errorf("%d contacts", n)
		}
	})
}

// A receipt proves one answer, of one epoch, to one user on one device.
func TestAReceiptProvesOneAnswer(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		h := w.handset(w.Rep)
		out := h.push(h.does("SetTags", tagging{w.Own.ID, nil}))
		forged := out.Answers[0]
		forged.Sequence++
		c := h.sent(out.Answers[0], "SetTags", tagging{w.Own.ID, nil})
		if h.believes(out.Epoch, c, forged) == nil {
			t.Error("another number passes")
		}
		if h.believes(w.key(), c, out.Answers[0]) == nil {
			t.Error("another epoch passes")
		}
		other, err := w.Vault.Derive(seal.DeviceReceipt, w.Colleague.ID[:], h.viewer.Device[:])
		if err != nil {
			t.Fatal(err)
		}
		stranger := *h
		stranger.key = other
		if stranger.believes(out.Epoch, c, out.Answers[0]) == nil {
			t.Error("another user's key passes")
		}
	})
}
