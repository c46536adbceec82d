package graph_test

import (
	"fmt"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// relation is how far an account, a person or a store lies from the people of the small company.
type relation string

const (
	own        relation = "own"         // of Rep
	team       relation = "team"        // of Colleague
	covered    relation = "covered"     // of OtherRep, covered by Rep
	former     relation = "former"      // of OtherRep, of Rep before
	sameStore  relation = "same store"  // of OtherRep: another team
	otherStore relation = "other store" // of BranchRep
	named      relation = "named"       // of OtherRep, with an open item that names Expert
	erased     relation = "erased"      // of Rep, erased
	unknown    relation = "unknown"     // nothing has these keys
)

// subject is what a call may be about: an account with one of everything that hangs on it, a person, a store.
type subject struct {
	account, item, visit, file, step, member, date, log, order, pause, leave id.ID

	person, user, store id.ID
	device              id.ID  // of person
	crew                id.ID  // the team of who holds the account
	joint               id.ID  // asked by Rep of Expert
	move                id.ID  // of the account to who holds it
	run                 id.ID  // a dry run of Manager
	grade               id.ID  // proposed by the rule
	name                string // of the account
}

// subject makes a new account, user and leave at a distance.
func (a *api) subject(t testing.TB, r relation) subject {
	t.Helper()
	s := a.strangers()
	if r == unknown {
		return s
	}
	a.write(t, func(tx *models.Tx) error {
		b := hanger{tx: tx, api: a, s: &s, r: r}
		for _, step := range []func() error{b.account, b.holder, b.items, b.cases, b.household, b.past, b.pause, b.people, b.joint, b.run, b.move, b.grade} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

// strangers are keys of nothing.
func (a *api) strangers() subject {
	key := a.key
	return subject{
		account: key(), item: key(), visit: key(), file: key(), step: key(), member: key(), date: key(), log: key(),
		order: key(), pause: key(), leave: key(), person: key(), user: key(), store: key(), device: key(), joint: key(), crew: key(), run: key(), move: key(), grade: key(),
		name: fmt.Sprintf("会员%d", a.keys),
	}
}

// rep is who holds the accounts at a distance.
func (a *api) rep(r relation) models.User {
	switch r {
	case own, erased:
		return a.Rep
	case team:
		return a.Colleague
	case otherStore:
		return a.BranchRep
	}
	return a.OtherRep
}

// hanger writes a subject.
type hanger struct {
	tx      *models.Tx
	api     *api
	s       *subject
	r       relation
	created models.Account
}

func (b *hanger) account() error {
	shop := b.api.Main
	if b.r == otherStore {
		shop = b.api.Branch
	}
	lat, lng := 36.65, 117.12
	b.s.crew = *b.api.rep(b.r).TeamID
	b.created = models.Account{
		ID: b.s.account, Number: "X" + b.s.account.String()[28:], StoreID: shop.ID, RepID: b.api.rep(b.r).ID,
		Name: b.s.name, Pinyin: models.Pinyin(b.s.name), District: "历下区", City: "济南", Lat: &lat, Lng: &lng,
		Service: cadence.OnProduct, Lifecycle: cadence.Established, Activity: cadence.NormalActivity,
		Horizon: cadence.HorizonUnknown, Since: b.tx.Today - 100,
	}
	if b.r == erased {
		b.created.ErasedAt = &b.tx.Now
	}
	return b.tx.AddAccount(&b.created)
}

func (b *hanger) grade() error {
	return b.tx.AddProposals([]models.GradeProposal{{ID: b.s.grade, AccountID: b.s.account, ToGrade: 20, Status: models.ProposalOpen, CreatedAt: b.tx.Now}})
}

func (b *hanger) holder() error {
	held := models.Assignment{ID: b.tx.NewID(), AccountID: b.s.account, RepID: b.created.RepID, FromAt: b.tx.Now.Add(-2400 * time.Hour)}
	if b.r == former {
		held.RepID = b.api.Rep.ID
	}
	if err := b.tx.AddAssignments([]models.Assignment{held}); err != nil {
		return err
	}
	switch b.r {
	case former:
		next := models.Assignment{ID: b.tx.NewID(), AccountID: b.s.account, RepID: b.created.RepID, FromAt: b.tx.Now.Add(-24 * time.Hour)}
		return b.tx.MoveAccount(&b.created, next)
	case covered:
		return b.tx.AddCovers([]models.Cover{{
			ID: b.tx.NewID(), AccountID: b.s.account, RepID: b.api.Rep.ID, FromDay: b.tx.Today - 1, ToDay: b.tx.Today + 1,
			CreatedBy: b.api.Manager.ID,
		}})
	}
	return nil
}

// items are one that a call may change, and one that a contact may answer.
func (b *hanger) items() error {
	rows := make([]models.PlanItem, 2)
	for i, key := range []id.ID{b.s.item, b.s.visit} {
		rows[i] = modelstest.Item(b.tx, b.created, fmt.Sprintf("ROUTINE:%d", i))
		rows[i].ID, rows[i].DueOn = key, b.tx.Today-1
		rows[i].Reasons = []cadence.Reason{{Rule: "D3", Code: "ROUTINE_VISIT"}}
		if b.r == named {
			rows[i].ExpertID = &b.api.Expert.ID
		}
	}
	return b.tx.AddItems(rows)
}

func (b *hanger) cases() error {
	c := models.Case{
		ID: b.s.file, AccountID: b.s.account, Kind: models.ReactionCase, Status: models.CaseOpen, OwnerID: b.created.RepID,
		OpenedOn: b.tx.Today, DueOn: b.tx.Today + 1, CreatedBy: b.created.RepID, CreatedAt: b.tx.Now, UpdatedAt: b.tx.Now,
	}
	return b.tx.AddCase(&c, []models.CaseStep{{ID: b.s.step, CaseID: c.ID, Seq: 1, Kind: models.StepVisit, DueOn: b.tx.Today + 1}})
}

func (b *hanger) household() error {
	if err := b.tx.AddMembers([]models.Member{{ID: b.s.member, AccountID: b.s.account, Name: "老伴", CreatedAt: b.tx.Now}}); err != nil {
		return err
	}
	return b.tx.AddDates([]models.AccountDate{{
		ID: b.s.date, AccountID: b.s.account, Occasion: cadence.Birthday, Calendar: cadence.Solar, Month: 5, Day: 1, CreatedAt: b.tx.Now,
	}})
}

// past is a contact that looks odd, and an order.
func (b *hanger) past() error {
	log := models.ContactLog{
		ID: b.s.log, AccountID: b.s.account, UserID: b.created.RepID, ByRole: cadence.Rep, Kind: cadence.Call, Outcome: cadence.Talked,
		Day: b.tx.Today - 3, StartedAt: b.tx.Now.Add(-72 * time.Hour), Review: "TOO_SHORT", BodyHash: []byte{1}, CreatedAt: b.tx.Now,
	}
	if err := b.tx.AddLogs([]models.ContactLog{log}); err != nil {
		return err
	}
	review := models.Review{LogID: log.ID, AccountID: log.AccountID, UserID: log.UserID, Day: log.Day, Open: true, CreatedAt: b.tx.Now}
	if err := b.tx.AddReview(&review); err != nil {
		return err
	}
	order := models.Purchase{
		ID: b.s.order, Number: b.s.order.String(), AccountID: b.s.account, RepID: b.created.RepID, Day: b.tx.Today - 40, Amount: 29800,
		SupplyDays: 30, CreatedAt: b.tx.Now,
	}
	line := models.PurchaseLine{
		ID: b.tx.NewID(), PurchaseID: order.ID, Line: 1, ProductID: b.api.Product.ID, Quantity: 1, Amount: 29800, SupplyDays: 30,
	}
	return b.tx.AddPurchases([]models.Purchase{order}, []models.PurchaseLine{line})
}

// pause is one of an area nobody lives in.
func (b *hanger) pause() error {
	b.s.store = b.created.StoreID
	return b.tx.AddPause(&models.Pause{
		ID: b.s.pause, StoreID: &b.s.store, District: "无人区", FromDay: b.tx.Today, Reason: "洪水", CreatedBy: b.api.Manager.ID, CreatedAt: b.tx.Now,
	})
}

// people are the rep who holds the account, with a leave that waits, and a new user for an admin to work on.
func (b *hanger) people() error {
	b.s.person = b.created.RepID
	err := b.tx.AddUser(&models.User{
		ID: b.s.user, Number: b.s.user.String(), Login: "u" + b.s.user.String(), Password: "!", Name: "新人", Role: string(auth.Expert), Lang: "zh",
	})
	if err != nil {
		return err
	}
	device := models.Device{UserID: b.s.person, ID: b.s.device, Name: "Phone", CreatedAt: b.tx.Now, SeenAt: b.tx.Now}
	if err := b.tx.AddDevice(&device); err != nil {
		return err
	}
	return b.tx.AddLeave(&models.Leave{
		ID: b.s.leave, UserID: b.s.person, FromDay: b.tx.Today + 5, ToDay: b.tx.Today + 6, Reason: "婚礼", CreatedBy: b.s.person, CreatedAt: b.tx.Now,
	})
}

// joint is a request about the account.
func (b *hanger) joint() error {
	return b.tx.AddJoint(&models.JointRequest{
		ID: b.s.joint, AccountID: b.s.account, AskedBy: b.api.Rep.ID, WithID: b.api.Expert.ID, Kind: cadence.Call,
		Day: b.tx.Today + 1, Minutes: 15, Status: models.JointAsked, CreatedAt: b.tx.Now,
	})
}

// run is a dry run that came to nothing.
func (b hanger) run() error {
	return b.tx.AddDryRun(&models.DryRun{
		ID: b.s.run, FromDay: b.tx.Today, Body: []byte("{}"), Status: models.DryFailed, Problem: models.DryBroken,
		CreatedBy: b.api.Manager.ID, CreatedAt: b.tx.Now, BeatAt: b.tx.Now,
	})
}

// move is how the account came to who holds it, three days ago.
func (b *hanger) move() error {
	from, at := b.api.BranchRep, b.tx.Now.Add(-72*time.Hour)
	if b.created.RepID == from.ID {
		from = b.api.OtherRep
	}
	m := models.Move{
		ID: b.s.move, ToRepID: b.created.RepID, Reason: "更近", OnDay: b.tx.Today - 3, Status: models.MoveDone,
		CreatedBy: b.api.Manager.ID, CreatedAt: at, DoneAt: &at,
	}
	if err := b.tx.AddMoves([]models.Move{m}); err != nil {
		return err
	}
	return b.tx.PutMoved(m.ID, []models.MovedAccount{{
		MoveID: m.ID, AccountID: b.s.account, FromRepID: from.ID, ToRepID: m.ToRepID, Status: models.MovedDone, At: &at,
	}})
}
