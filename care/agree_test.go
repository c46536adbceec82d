package care_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// How many schedules TestPhonesAndServerAgree runs: HUIFANG_SCHEDULES overrides it (.ci/test runs 1,000), HUIFANG_SEED says
// with which seed to begin.
const (
	schedulesOnSQLite = 150
	schedulesOnServer = 50
	// perWorld schedules share a database, so that each begins in the traces of others.
	perWorld  = 10
	eventsOfA = 30
)

// TestPhonesAndServerAgree lets random things happen to phones, to the server and to what lies between: contacts logged,
// files changed, accounts reassigned, requests and answers lost, doubled and out of order, phones restarted, backups
// restored. In the end every contact anybody logged is there exactly once with all that follows from it, and each phone
// holds what a new one would be given.
func TestPhonesAndServerAgree(t *testing.T) {
	first, n := number(t, "HUIFANG_SEED", 1), number(t, "HUIFANG_SCHEDULES", schedulesOnSQLite)
	for at := 0; at < n; at += perWorld {
		from, to := first+at, first+min(at+perWorld, n)
		t.Run(fmt.Sprintf("seeds %d to %d", from, to-1), func(t *testing.T) {
			t.Parallel()
			modelstest.EachConfig(t, func(t *testing.T, c models.Config, clock *modelstest.Clock) {
				if c.DSN != "" && at >= schedulesOnServer {
					t.Skip("enough on a server, where each takes longer")
				}
				w := newWorld(t, modelstest.Open(t, c), clock)
				for seed := from; seed < to; seed++ {
					agree(t, w, c, seed)
				}
			})
		})
	}
}

func agree(t *testing.T, w *world, c models.Config, seed int) {
	t.Helper()
	s := newCourse(w, c, uint64(seed))
	s.run()
	if t.Failed() {
		t.Fatalf("seed %d; in a database of its own: HUIFANG_SEED=%d HUIFANG_SCHEDULES=1\n%s", seed, seed, s.story)
	}
}

func number(t *testing.T, name string, standard int) int {
	text := os.Getenv(name)
	if text == "" {
		return standard
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// course is what happens in one run. Everything it does follows from its seed.
type course struct {
	*world
	config   models.Config
	rand     *rand.Rand
	phones   []*phone
	requests []request
	answers  []answered
	accounts []models.Account
	logs     map[id.ID]care.LogContact // all that anybody ever made
	authors  map[id.ID]id.ID
	made     []id.ID // commands
	began    time.Time
	tagged   int // how often tags were set since, by the audits
	backup   []byte
	restored bool
	story    string
}

// phone is a device with what it keeps on disk.
type phone struct {
	*handset
	user    models.User
	replica *replica
	epoch   id.ID
	outbox  []care.PushedCommand // by counter
	done    []acknowledged
}

type acknowledged struct {
	care.PushedCommand
	epoch    id.ID
	sequence int64
}

// request and answered are under way. They arrive in any order, more than once, or never.
type request struct {
	from     *phone
	report   care.DeviceReport
	commands []care.PushedCommand
}

type answered struct {
	to       *phone
	commands []care.PushedCommand
	pushed   care.Pushed
}

func newCourse(w *world, c models.Config, seed uint64) *course {
	s := &course{
		world: w, config: c, rand: rand.New(rand.NewPCG(seed, 18)), logs: map[id.ID]care.LogContact{}, authors: map[id.ID]id.ID{},
		accounts: []models.Account{w.Own, w.Colleagues, w.Covered, w.Former, w.OtherTeams},
	}
	s.clock.Add(time.Second)
	s.began = s.clock.Now()
	for _, u := range []models.User{w.Rep, w.Rep, w.Colleague} {
		p := &phone{handset: w.handset(u), user: u, replica: newReplica()}
		s.phones = append(s.phones, p)
		s.page(p, false)
	}
	return s
}

func (s *course) any(n int) int { return s.rand.IntN(n) }

func (s *course) chance(percent int) bool { return s.any(100) < percent }

func (s *course) tell(format string, args ...any) { s.story += fmt.Sprintf(format, args...) + "\n" }

func anyOf[T any](s *course, from []T) T { return from[s.any(len(from))] }

func (s *course) run() {
	for range eventsOfA {
		s.clock.Add(time.Duration(1+s.any(40)) * time.Second)
		s.event()
	}
	s.settle()
	s.check()
}

func (s *course) event() {
	p := anyOf(s, s.phones)
	switch n := s.any(100); {
	case n < 24:
		s.work(p)
	case n < 42:
		s.send(p)
	case n < 62:
		s.arrive()
	case n < 78:
		s.hear()
	case n < 88:
		s.page(p, s.chance(20))
	case n < 93:
		s.reassign()
	case n < 95:
		s.desk()
	case n < 97:
		s.restart(p)
	case n < 98:
		s.clock.Add(24 * time.Hour)
		s.tell("a night passes")
	default:
		s.disaster()
	}
}

// work is somebody doing something with what the phone shows.
func (s *course) work(p *phone) {
	var seen []id.ID
	for _, a := range s.accounts {
		if p.replica.has(care.FeedAccount, a.ID) {
			seen = append(seen, a.ID)
		}
	}
	if len(seen) == 0 {
		return
	}
	account := anyOf(s, seen)
	switch n := s.any(10); {
	case n < 7:
		s.logged(p, account)
	case n < 9:
		p.outbox = append(p.outbox, p.does("SetTags", tagging{account, []string{fmt.Sprint("标", s.any(9))}}))
	default:
		p.outbox = append(p.outbox, p.does("PlanContact", care.PlanContact{
			ID: s.key(), AccountID: account, Kind: cadence.Call, Day: civil.Of(s.clock.Now().Date()) + 2, Reason: "问候",
		}))
	}
	c := p.outbox[len(p.outbox)-1]
	s.made = append(s.made, c.ID)
	s.tell("%s does %d: %s", s.name(p), c.Counter, c.Document)
}

func (s *course) logged(p *phone, account id.ID) {
	in := s.call(models.Account{ID: account})
	in.StartedAt, in.EndedAt = s.clock.Now().Add(-time.Second), nil
	// What follows from a contact has no key of the phone's: done twice, it would be there twice.
	in.NextOn, in.NextKind, in.NextStep = ptr(civil.Of(in.StartedAt.Date())+4), cadence.Call, in.ID.String()
	s.logs[in.ID], s.authors[in.ID] = in, p.user.ID
	c := p.does("LogContact", in)
	c.ID = in.ID
	p.outbox = append(p.outbox, c)
}

func (s *course) name(p *phone) string { return fmt.Sprintf("phone %d", slices.Index(s.phones, p)) }

// send puts what waits on the way. It stays in the outbox until an answer says otherwise.
func (s *course) send(p *phone) {
	n := min(len(p.outbox), 1+s.any(5))
	if n == 0 {
		return
	}
	r := request{p, p.told(), slices.Clone(p.outbox[:n])}
	s.requests = append(s.requests, r)
	s.tell("%s sends %d to %d", s.name(p), r.commands[0].Counter, r.commands[n-1].Counter)
}

func (p *phone) told() care.DeviceReport {
	p.waiting = nil
	for _, c := range p.outbox {
		p.waiting = append(p.waiting, c.Counter)
	}
	return p.report()
}

// arrive lets one of the requests under way reach the server, or get lost; some come twice.
func (s *course) arrive() {
	if len(s.requests) == 0 {
		return
	}
	i := s.any(len(s.requests))
	r := s.requests[i]
	if !s.chance(15) {
		s.requests = slices.Delete(s.requests, i, i+1)
	}
	if s.chance(15) {
		s.tell("a request of %s is lost", s.name(r.from))
		return
	}
	out, err := s.Push(auth.With(s.t.Context(), r.from.viewer), r.report, r.commands, desk{s.world})
	if err != nil {
		s.t.Errorf("push: %v", err)
		return
	}
	s.tell("the server answers %s: %s", s.name(r.from), statuses(out))
	s.answers = append(s.answers, answered{r.from, r.commands, out})
}

func statuses(p care.Pushed) string {
	var out []string
	for _, a := range p.Answers {
		out = append(out, fmt.Sprintf("%s%s %d", a.Status, a.Code, a.Sequence))
	}
	return fmt.Sprint(out)
}

// hear lets one of the answers under way reach its phone, or get lost.
func (s *course) hear() {
	if len(s.answers) == 0 {
		return
	}
	i := s.any(len(s.answers))
	a := s.answers[i]
	s.answers = slices.Delete(s.answers, i, i+1)
	if s.chance(20) {
		s.tell("an answer for %s is lost", s.name(a.to))
		return
	}
	s.tell("%s hears %s", s.name(a.to), statuses(a.pushed))
	s.settled(a)
}

// settled takes answered commands out of the outbox.
func (s *course) settled(a answered) {
	for i, answer := range a.pushed.Answers {
		if err := a.to.believes(a.pushed.Epoch, a.commands[i], answer); err != nil {
			s.t.Errorf("%s: %v", s.name(a.to), err)
		}
		at := slices.IndexFunc(a.to.outbox, func(c care.PushedCommand) bool { return c.ID == answer.ID })
		if at < 0 || answer.Status == care.Retry {
			continue
		}
		c := a.to.outbox[at]
		a.to.outbox = slices.Delete(a.to.outbox, at, at+1)
		if answer.Code == "" {
			a.to.done = append(a.to.done, acknowledged{c, a.pushed.Epoch, answer.Sequence})
			continue
		}
		if c.Document != "LogContact" {
			continue
		}
		if !s.restored || answer.Code != string(care.CodeNotFound) {
			s.t.Errorf("a contact was refused: %+v", answer)
		}
		delete(s.logs, c.ID) // the backup does not know that its author ever had the account: it stays on the phone
	}
}

// page pulls one page; lost says that the answer does not arrive.
func (s *course) page(p *phone, lost bool) bool {
	return s.pageOf(p, 1+s.any(20), lost)
}

func (s *course) pageOf(p *phone, first int, lost bool) bool {
	c, err := s.Changes(auth.With(s.t.Context(), p.viewer), p.replica.cursor, first)
	if err != nil {
		s.t.Errorf("changes: %v", err)
		return false
	}
	if lost {
		return true
	}
	p.replica.take(c)
	p.epoch = c.Epoch
	p.offerAgain()
	return c.More
}

func (s *course) pull(p *phone) {
	for s.pageOf(p, 500, false) {
	}
}

// offerAgain puts back what was accepted in an epoch that is over.
func (p *phone) offerAgain() {
	for _, a := range p.done {
		if a.epoch != p.epoch {
			p.outbox = append(p.outbox, a.PushedCommand)
		}
	}
	p.done = slices.DeleteFunc(p.done, func(a acknowledged) bool { return a.epoch != p.epoch })
	slices.SortFunc(p.outbox, func(a, b care.PushedCommand) int { return a.Counter - b.Counter })
}

func (s *course) reassign() {
	a, to := anyOf(s, s.accounts), anyOf(s, []models.User{s.Rep, s.Colleague, s.OtherRep})
	_, err := s.Assign(s.as(s.Manager), care.Assign{ID: s.key(), Accounts: []id.ID{a.ID}, ToRep: to.ID, Reason: "近"})
	if code := care.CodeOf(err); code != "" && code != care.CodeConflict && code != care.CodeRefused && code != care.CodeInvalid {
		s.t.Errorf("assign: %v", err)
	}
	s.tell("%s goes to %s: %v", a.Number, to.Login, err)
}

// desk is the manager logging a contact without any phone.
func (s *course) desk() {
	in := s.call(anyOf(s, s.accounts))
	s.logs[in.ID], s.authors[in.ID] = in, s.Manager.ID
	s.log(s.Manager, in)
	s.tell("the manager logs")
}

// restart is a phone that dies: what it waited for, it forgets; what it keeps, it keeps.
func (s *course) restart(p *phone) {
	s.answers = slices.DeleteFunc(s.answers, func(a answered) bool { return a.to == p })
	s.tell("%s restarts", s.name(p))
}

// disaster makes a backup, and some other time puts it back.
func (s *course) disaster() {
	if s.config.DSN != "" {
		return
	}
	if err := s.Store.Close(); err != nil {
		s.t.Fatal(err)
	}
	if s.backup == nil {
		s.backup = readFile(s.t, s.config.Path)
		s.tell("a backup is made")
	} else {
		writeFile(s.t, s.config.Path, s.backup)
		s.restored = true
		s.tell("the backup is put back")
	}
	s.Store = modelstest.Open(s.t, s.config)
	if s.restored {
		if _, err := s.Restored(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
		// What was done at desks since is lost, as the manual says.
		for x, author := range s.authors {
			if author == s.Manager.ID {
				delete(s.logs, x)
			}
		}
	}
}

// settle is a good day: everything under way arrives, and everybody is in reach until nothing waits.
func (s *course) settle() {
	s.tell("all is well")
	for len(s.requests) > 0 {
		s.arrive()
	}
	for len(s.answers) > 0 {
		s.hear()
	}
	for range 2 { // what a phone pulls can make it offer work again, which others then pull
		for _, p := range s.phones {
			s.pull(p)
			for len(p.outbox) > 0 && !s.t.Failed() {
				s.deliver(p)
			}
		}
	}
	for _, p := range s.phones {
		s.pull(p)
	}
}

func (s *course) deliver(p *phone) {
	n := min(len(p.outbox), 20)
	commands := slices.Clone(p.outbox[:n])
	out, err := s.Push(auth.With(s.t.Context(), p.viewer), p.told(), commands, desk{s.world})
	if err != nil {
		s.t.Fatal(err)
	}
	s.tell("%s delivers: %s", s.name(p), statuses(out))
	s.settled(answered{p, commands, out})
}

// check holds the server to what was done, and the phones to the server.
func (s *course) check() {
	s.t.Helper()
	for _, a := range s.accounts {
		s.write(func(tx *models.Tx) error { return s.checkLogs(tx, a.ID) })
	}
	if accepted := s.accepted("SetTags"); accepted != s.tagged {
		s.t.Errorf("tags were set %d times by %d commands", s.tagged, accepted)
	}
	fresh := map[id.ID]*replica{}
	for _, p := range s.phones {
		if fresh[p.user.ID] == nil {
			fresh[p.user.ID] = newReplica()
			if err := fresh[p.user.ID].pull(auth.With(s.t.Context(), p.viewer), s.Service, 1000); err != nil {
				s.t.Fatal(err)
			}
		}
		if different := differences(fresh[p.user.ID], p.replica); different != "" {
			s.t.Errorf("%s does not hold what a new one would:\n%s", s.name(p), different)
		}
		p.told()
		p.handset.push()
		if d := s.seenOn(p.handset); !s.restored && (d.Missing != 0 || d.Received != p.counter || d.Waiting != 0) {
			s.t.Errorf("%s made %d commands: %+v", s.name(p), p.counter, d)
		}
	}
	s.checkNumbers()
}

// checkLogs looks for each contact of an account and all that followed from it, once.
func (s *course) checkLogs(tx *models.Tx, account id.ID) error {
	logs, err := tx.LogsOf(auth.System(), account, models.Cursor{}, 0)
	if err != nil {
		return err
	}
	audits, err := tx.AuditsOf(auth.System(), account, models.Cursor{}, 0)
	if err != nil {
		return err
	}
	items, err := tx.OpenItemsOf(auth.System(), account)
	if err != nil {
		return err
	}
	written, deeds, next := map[id.ID]id.ID{}, map[id.ID]int{}, map[string]int{}
	for _, l := range logs {
		written[l.ID] = l.UserID
	}
	for _, a := range audits {
		if a.Action == "LOG_CONTACT" && a.EntityID != nil {
			deeds[*a.EntityID]++
		}
		if a.Action == "SET_TAGS" && !a.At.Before(s.began) {
			s.tagged++
		}
	}
	for _, i := range items {
		next[i.Note]++
	}
	for x, in := range s.logs {
		if in.AccountID != account {
			continue
		}
		if written[x] != s.authors[x] || deeds[x] != 1 || in.NextOn != nil && next[in.NextStep] != 1 {
			s.t.Errorf("contact %s of %s: by %s, written %d times, planned %d next ones", x, s.authors[x], written[x], deeds[x], next[in.NextStep])
		}
	}
	return nil
}

// accepted counts the commands that the server has for done; those that phones know to be done are among them. One that
// was refused may be, too, when a copy of it was still on its way, and came when nothing spoke against it any more.
func (s *course) accepted(document string) int {
	n := 0
	s.write(func(tx *models.Tx) error {
		rows, err := tx.Operations(s.made)
		n = 0
		for _, row := range rows {
			if row.Name == document && row.Accepted() {
				n++
			}
		}
		for _, p := range s.phones {
			for _, c := range p.done {
				if row := rows[c.ID]; !row.Accepted() || row.Sequence != c.sequence {
					s.t.Errorf("%s knows %d as done, the server has %+v", s.name(p), c.Counter, row)
				}
			}
		}
		return err
	})
	return n
}

// checkNumbers: accepted commands of a user have numbers of their own.
func (s *course) checkNumbers() {
	taken := map[string]id.ID{}
	for _, p := range s.phones {
		for _, a := range p.done {
			key := fmt.Sprint(p.user.ID, a.epoch, a.sequence)
			if other, ok := taken[key]; ok && other != a.ID {
				s.t.Errorf("commands %s and %s have one number %d", other, a.ID, a.sequence)
			}
			taken[key] = a.ID
		}
	}
}

// differences names the rows in which two replicas differ.
func differences(want, got *replica) string {
	out := ""
	for kind, rows := range want.rows {
		for x, row := range rows {
			if other := got.rows[kind][x]; other.row != row.row {
				out += fmt.Sprintf("%s %s\n  new   %s\n  phone %s\n", kind, x, row.row, other.row)
			}
		}
		for x := range got.rows[kind] {
			if _, ok := rows[x]; !ok {
				out += fmt.Sprintf("%s %s should be gone\n", kind, x)
			}
		}
	}
	if a, b := text(want.world), text(got.world); a != b {
		out += "world\n  new   " + a + "\n  phone " + b
	}
	return out
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeFile(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
