package graph_test

import (
	"encoding/base64"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// reach is which subjects a role that may do something finds.
type reach struct {
	relations []relation
	sees      map[auth.Role][]relation
}

// reaches of design §3. Roles that are not named see nothing.
func accountReach() reach {
	return reach{
		[]relation{own, team, covered, former, sameStore, otherStore, named, erased, unknown},
		map[auth.Role][]relation{
			auth.Rep:        {own, covered},
			auth.Expert:     {named},
			auth.Supervisor: {own, team, covered},
			auth.Manager:    {own, team, covered, former, sameStore, otherStore, named},
		},
	}
}

// Whoever had to do with an account may still log a contact made then (story 1).
func logReach() reach {
	r := accountReach()
	r.sees[auth.Rep] = []relation{own, covered, former}
	return r
}

// Of those who see an account without leading it, its rep alone says that the customer objects.
func receiverReach() reach {
	r := accountReach()
	r.sees[auth.Rep] = []relation{own}
	return r
}

// Nobody reads a brief in another's place.
func readerReach() reach {
	r := receiverReach()
	r.sees = map[auth.Role][]relation{auth.Rep: {own}}
	return r
}

// authorReach: the contact of an account was made by who holds it, and they alone answer for it.
func authorReach() reach {
	r := accountReach()
	r.sees = map[auth.Role][]relation{auth.Rep: {own}}
	return r
}

// inboxReach: a supervisor's inbox is about the work of their reps, and covered accounts are the work of others.
func inboxReach() reach {
	r := accountReach()
	r.sees[auth.Supervisor] = []relation{own, team}
	return r
}

func personReach() reach {
	return reach{
		[]relation{own, team, sameStore, otherStore, unknown},
		map[auth.Role][]relation{auth.Supervisor: {own, team}, auth.Manager: {own, team, sameStore, otherStore}},
	}
}

// Everybody revokes their own; the subject's person at the distance "own" is Rep.
func deviceReach() reach {
	r := personReach()
	r.sees[auth.Rep] = []relation{own}
	return r
}

func storeReach() reach {
	return reach{
		[]relation{own, otherStore, unknown},
		map[auth.Role][]relation{auth.Supervisor: {own}, auth.Manager: {own, otherStore}},
	}
}

// Supervisors lead one team; every team of the company is a manager's.
func teamReach() reach {
	return reach{
		[]relation{own, sameStore, otherStore, unknown},
		map[auth.Role][]relation{auth.Supervisor: {own}, auth.Manager: {own, sameStore, otherStore}},
	}
}

func userReach() reach {
	return reach{[]relation{own, unknown}, map[auth.Role][]relation{auth.Admin: {own}}}
}

// ownReach is for what is about nobody but the viewer, or about the whole company.
func ownReach() reach {
	r := reach{relations: []relation{own}, sees: map[auth.Role][]relation{}}
	for _, role := range auth.Roles() {
		r.sees[role] = r.relations
	}
	return r
}

// Whoever is named by a request may answer it or take it back; the asked one may be anybody's.
func jointReach(roles ...auth.Role) reach {
	r := reach{[]relation{own, unknown}, map[auth.Role][]relation{}}
	for _, role := range roles {
		r.sees[role] = []relation{own}
	}
	return r
}

// Who may at all, in the words of the table.
const (
	anyone  = "ANYONE" // without signing in
	all     = "REP EXPERT SUPERVISOR MANAGER ADMIN"
	meeting = "REP EXPERT SUPERVISOR MANAGER"
	holding = "REP SUPERVISOR MANAGER"
	leading = "SUPERVISOR MANAGER"
	manager = "MANAGER"
	admin   = "ADMIN"
)

// row is what a field of Query or Mutation gives to whom.
type row struct {
	may   string
	reach func() reach
	with  func(a *api, s subject) variables
	// before makes the subject ready, where that takes a use case.
	before func(t *testing.T, a *api, s subject)
}

const (
	today    = "2026-03-04"
	tomorrow = "2026-03-05"
)

func about(name string) func(*api, subject) variables {
	return func(_ *api, s subject) variables { return variables{name: s.account} }
}

// input makes the argument input with a new key.
func input(fields func(s subject) variables) func(*api, subject) variables {
	return func(a *api, s subject) variables {
		v := fields(s)
		v["id"] = a.key()
		return variables{"input": v}
	}
}

func nothing(*api, subject) variables { return variables{} }

// matrix has a row for every field of Query and Mutation: the test fails when one is missing.
func matrix() map[string]row {
	return map[string]row{
		"version": {may: anyone, reach: ownReach, with: nothing},
		"signIn": {may: anyone, reach: ownReach, with: func(a *api, _ subject) variables {
			return variables{"login": a.Colleague.Login, "password": password, "device": "d"}
		}},
		"refresh": {may: anyone, reach: ownReach, with: func(a *api, _ subject) variables {
			return variables{"token": a.signedIn}
		}, before: signIn},
		"me":             {may: all, reach: ownReach, with: nothing},
		"signOut":        {may: all, reach: ownReach, with: nothing},
		"changePassword": {may: all, reach: ownReach, with: func(*api, subject) variables { return variables{"old": password, "next": "another-" + password} }},

		"changes": {may: all, reach: ownReach, with: func(*api, subject) variables { return variables{"after": "", "first": 100} }},
		"push": {may: all, reach: ownReach, with: func(a *api, _ subject) variables {
			return variables{"device": variables{"id": phone, "issued": 0, "waiting": []int{}, "app": "1"}, "commands": []any{}}
		}},
		"devices": {may: all, reach: ownReach, with: nothing},
		"revokeDevice": {may: all, reach: deviceReach, with: func(_ *api, s subject) variables {
			return variables{"user": s.person, "device": s.device, "why": "丢了"}
		}},

		"myDay":    {may: meeting, reach: ownReach, with: nothing},
		"myWeeks":  {may: meeting, reach: ownReach, with: func(*api, subject) variables { return variables{"from": today, "to": tomorrow} }},
		"repDay":   {may: leading, reach: personReach, with: func(_ *api, s subject) variables { return variables{"rep": s.person} }},
		"repWeeks": {may: leading, reach: personReach, with: func(_ *api, s subject) variables { return variables{"rep": s.person, "from": today, "to": tomorrow} }},
		"planRep":  {may: leading, reach: personReach, with: func(_ *api, s subject) variables { return variables{"rep": s.person} }},
		"why":      {may: meeting, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"item": s.item} }},
		"startItem": {may: meeting, reach: accountReach, with: func(_ *api, s subject) variables {
			return variables{"item": s.item, "at": "2026-03-04T01:59:00Z"}
		}},
		"pinItem": {may: meeting, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"item": s.item, "pinned": true} }},
		"cancelItem": {may: meeting, reach: accountReach, with: input(func(s subject) variables {
			return variables{"itemId": s.item, "reason": "下雨"}
		})},
		"rescheduleItem": {may: meeting, reach: accountReach, with: input(func(s subject) variables {
			return variables{"itemId": s.item, "day": tomorrow}
		})},
		"orderDay": {may: meeting, reach: ownReach, with: input(func(s subject) variables {
			return variables{"day": today, "items": []any{variables{"itemId": s.item, "startMin": 600}}}
		})},
		"planContact": {may: meeting, reach: accountReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "kind": "CALL", "day": tomorrow, "reason": "问候"}
		})},

		"account":     {may: meeting, reach: accountReach, with: about("id")},
		"accountFile": {may: meeting, reach: accountReach, with: about("account")},
		"health":      {may: meeting, reach: accountReach, with: about("account")},
		"timeline":    {may: meeting, reach: accountReach, with: about("account")},
		"accounts": {may: meeting, reach: ownReach, with: func(_ *api, s subject) variables {
			return variables{"search": variables{"text": s.name}}
		}},
		"editAccount": {may: holding, reach: accountReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "version": 0, "job": "教师"}
		}), before: atVersion},
		"addMember": {may: holding, reach: accountReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "name": "孙子"}
		})},
		"removeMember": {may: holding, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"member": s.member} }},
		"addDate": {may: holding, reach: accountReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "occasion": "ANNIVERSARY", "calendar": "LUNAR", "month": 8, "day": 15}
		})},
		"removeDate": {may: holding, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"date": s.date} }},
		"setTags":    {may: holding, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"account": s.account, "tags": []string{"重点"}} }},
		"pauseAccount": {may: holding, reach: accountReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "from": today, "to": tomorrow, "reason": "旅行"}
		})},
		"resumeAccount": {may: holding, reach: accountReach, with: about("account")},
		"areaPauses":    {may: leading, reach: storeReach, with: func(_ *api, s subject) variables { return variables{"store": s.store} }},
		"pauseArea": {may: leading, reach: storeReach, with: input(func(s subject) variables {
			return variables{"storeId": s.store, "district": "无人区", "from": today, "reason": "封路"}
		})},
		"resumeArea": {may: leading, reach: storeReach, with: func(_ *api, s subject) variables { return variables{"pause": s.pause} }},
		"overrideHorizon": {may: holding, reach: accountReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "horizon": "THIS_MONTH", "reason": "她说了", "until": "2026-03-20"}
		})},
		"endOverride": {may: holding, reach: accountReach, with: about("account")},

		"logContact": {may: meeting, reach: logReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "kind": "CALL", "outcome": "TALKED", "startedAt": "2026-03-04T01:00:00Z"}
		})},
		"inbox": {may: leading, reach: personReach, with: func(_ *api, s subject) variables {
			return variables{"filter": variables{"rep": s.person}, "first": 10, "after": ""}
		}},
		"snooze": {may: leading, reach: inboxReach, with: input(func(s subject) variables {
			return variables{"kind": "COMPLAINT", "subject": s.file, "until": tomorrow, "why": "明天再看"}
		})},
		"review":       {may: meeting, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"log": s.log} }},
		"answerReview": {may: meeting, reach: authorReach, with: input(func(s subject) variables { return variables{"logId": s.log, "answer": "她赶时间"} })},
		"settleReview": {may: leading, reach: accountReach, with: input(func(s subject) variables { return variables{"logId": s.log, "verdict": "FINE"} })},
		"logNote":      {may: meeting, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"log": s.log} }},

		"case":        {may: meeting, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"id": s.file} }},
		"caseNote":    {may: meeting, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"case": s.file} }},
		"stepNotes":   {may: meeting, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"case": s.file} }},
		"stopAccount": {may: holding, reach: accountReach, with: input(func(s subject) variables { return variables{"accountId": s.account, "cause": "SERVICE"} })},
		"resumeService": {may: holding, reach: accountReach, with: func(_ *api, s subject) variables {
			return variables{"account": s.account, "why": "想通了"}
		}, before: stopped},
		"openCase": {may: meeting, reach: accountReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "kind": "WIN_BACK", "dueOn": "2026-04-01", "note": "再试一次"}
		})},
		"completeCaseStep": {may: meeting, reach: accountReach, with: input(func(s subject) variables {
			return variables{"caseId": s.file, "stepId": s.step, "logId": s.log, "note": "去过了"}
		})},
		"closeCase": {may: meeting, reach: accountReach, with: input(func(s subject) variables {
			return variables{"caseId": s.file, "as": "SETTLED", "why": "好了"}
		})},
		"caseBoard": {may: leading, reach: ownReach, with: func(*api, subject) variables {
			return variables{"filter": variables{}, "first": 10, "after": ""}
		}},
		"caseFigures": {may: leading, reach: ownReach, with: func(*api, subject) variables { return variables{"from": "2026-01-01", "to": today} }},
		"giveCase": {may: leading, reach: accountReach, with: func(a *api, s subject) variables {
			return variables{"input": variables{"id": a.key(), "caseId": s.file, "ownerId": a.Manager.ID}}
		}},
		"companions":    {may: meeting, reach: accountReach, with: about("account")},
		"jointRequests": {may: meeting, reach: ownReach, with: nothing},
		"freeTimes": {may: meeting, reach: deviceReach, with: func(_ *api, s subject) variables {
			return variables{"people": []any{s.person}, "from": today, "to": tomorrow, "minutes": 30}
		}},
		"askJoint": {may: meeting, reach: accountReach, with: func(a *api, s subject) variables {
			return variables{"input": variables{"id": a.key(), "accountId": s.account, "withId": a.Manager.ID, "kind": "HOME_VISIT", "day": tomorrow, "note": "一起去"}}
		}},
		"answerJoint": {may: meeting, reach: func() reach { return jointReach(auth.Expert) }, with: input(func(s subject) variables {
			return variables{"requestId": s.joint, "accept": true}
		})},
		"cancelJoint": {may: meeting, reach: func() reach { return jointReach(auth.Rep, auth.Expert) }, with: func(_ *api, s subject) variables {
			return variables{"request": s.joint, "why": "改天"}
		}},

		"products": {may: meeting, reach: ownReach, with: nothing},
		"recordPurchase": {may: holding, reach: accountReach, with: func(a *api, s subject) variables {
			line := variables{"productId": a.Product.ID, "quantity": 1, "amount": 29800}
			return variables{"input": variables{"id": a.key(), "accountId": s.account, "day": today, "amount": 29800, "lines": []any{line}}}
		}},
		"recordReturn": {may: holding, reach: accountReach, with: input(func(s subject) variables {
			return variables{"purchaseId": s.order, "day": today, "amount": 29800, "whole": true, "reason": "不合适"}
		})},

		"accountStanding": {may: meeting, reach: accountReach, with: about("account")},
		"gradeProposals":  {may: leading, reach: ownReach, with: nothing},
		"proposeGrade": {may: holding, reach: accountReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "grade": 60, "why": "常带邻居来"}
		})},
		"answerGrade": {may: leading, reach: accountReach, with: input(func(s subject) variables { return variables{"proposalId": s.grade, "confirm": true} })},

		"stores": {may: all, reach: ownReach, with: nothing},
		"teams":  {may: all, reach: ownReach, with: nothing},
		"staff":  {may: meeting, reach: ownReach, with: nothing},
		"users":  {may: admin, reach: ownReach, with: nothing},
		"addUser": {may: admin, reach: ownReach, with: func(a *api, _ subject) variables {
			return variables{"input": variables{"login": "n" + a.key().String(), "name": "新人", "role": "EXPERT"}}
		}},
		"resetPassword": {may: admin, reach: userReach, with: func(_ *api, s subject) variables { return variables{"user": s.user} }},
		"disableUser":   {may: admin, reach: userReach, with: func(_ *api, s subject) variables { return variables{"user": s.user} }},
		"myLeaves":      {may: meeting, reach: ownReach, with: nothing},
		"askLeave":      {may: meeting, reach: ownReach, with: input(func(subject) variables { return variables{"from": today, "to": tomorrow} })},
		"askedLeaves":   {may: leading, reach: ownReach, with: nothing},
		"grantLeave":    {may: leading, reach: personReach, with: func(_ *api, s subject) variables { return variables{"leave": s.leave} }},
		"refuseLeave":   {may: leading, reach: personReach, with: func(_ *api, s subject) variables { return variables{"leave": s.leave, "why": "忙"} }},
		"coverLeave": {may: leading, reach: personReach, with: func(a *api, s subject) variables {
			by := variables{"accounts": []any{s.account}, "rep": a.beside(s)}
			return variables{"input": variables{"id": a.key(), "owner": s.person, "from": today, "to": tomorrow, "by": []any{by}}}
		}},
		"endCovers":   {may: leading, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"covers": []any{s.leave}} }, before: standIn},
		"covers":      {may: meeting, reach: ownReach, with: func(*api, subject) variables { return variables{"first": 10} }},
		"leaveCovers": {may: leading, reach: ownReach, with: nothing},
		"receivers":   {may: leading, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"accounts": []any{s.account}} }},
		"workload": {may: leading, reach: personReach, with: func(_ *api, s subject) variables {
			return variables{"input": variables{"by": "REP", "rep": s.person}}
		}},
		"figureRows": {may: leading, reach: personReach, with: func(_ *api, s subject) variables {
			return variables{"input": variables{"figure": "PLANNED", "rep": s.person}, "first": 10}
		}},
		"loadMap": {may: leading, reach: teamReach, with: func(_ *api, s subject) variables {
			return variables{"from": today, "to": "2026-03-31", "team": s.crew}
		}},
		"pipeline":  {may: leading, reach: personReach, with: func(_ *api, s subject) variables { return variables{"rep": s.person} }},
		"mapPoints": {may: leading, reach: personReach, with: func(_ *api, s subject) variables { return variables{"rep": s.person} }},
		"forecastRecord": {may: leading, reach: personReach, with: func(_ *api, s subject) variables {
			return variables{"input": variables{"rep": s.person}}
		}},
		"companyFigures": {may: manager, reach: ownReach, with: nothing},
		"balance":        {may: leading, reach: teamReach, with: func(_ *api, s subject) variables { return variables{"team": s.crew} }},
		"reassign": {may: leading, reach: accountReach, with: func(a *api, s subject) variables {
			return variables{"input": variables{"id": a.key(), "accounts": []any{s.account}, "toRep": a.Colleague.ID, "reason": "更近"}}
		}},
		"moveAccounts": {may: leading, reach: accountReach, with: func(a *api, s subject) variables {
			to := a.Colleague.ID
			if s.person == to {
				to = a.Rep.ID
			}
			move := variables{"accounts": []any{s.account}, "toRep": to}
			return variables{"input": variables{"id": a.key(), "moves": []any{move}, "reason": "更近"}}
		}},
		"endMove":  {may: leading, reach: accountReach, with: input(func(s subject) variables { return variables{"moveId": s.move, "why": "不合适"} })},
		"moves":    {may: leading, reach: ownReach, with: func(*api, subject) variables { return variables{"filter": variables{}} }},
		"move":     {may: leading, reach: accountReach, with: func(_ *api, s subject) variables { return variables{"id": s.move} }},
		"handover": {may: meeting, reach: accountReach, with: about("account")},
		"objectToMove": {may: holding, reach: receiverReach, with: input(func(s subject) variables {
			return variables{"accountId": s.account, "objection": "只认原来的"}
		})},
		"readHandover": {may: holding, reach: readerReach, with: about("account")},

		"policy":         {may: all, reach: ownReach, with: nothing},
		"policies":       {may: all, reach: ownReach, with: nothing},
		"addPolicy":      {may: manager, reach: ownReach, with: func(*api, subject) variables { return variables{"fromDay": tomorrow, "body": "{}"} }},
		"rollBackPolicy": {may: manager, reach: ownReach, with: func(*api, subject) variables { return variables{"version": 0} }},
		"startDryRun": {may: manager, reach: ownReach, with: func(a *api, _ subject) variables {
			return variables{"id": a.key(), "fromDay": tomorrow, "body": "{}"}
		}},
		"dryRun": {may: manager, reach: func() reach { return jointReach(auth.Manager) }, with: func(_ *api, s subject) variables {
			return variables{"id": s.run}
		}},
		"moveEffect": {may: leading, reach: accountReach, with: func(a *api, s subject) variables {
			return variables{"moves": []any{variables{"accounts": []any{s.account}, "toRep": a.Colleague.ID}}}
		}},
		"planEffect": {may: holding, reach: deviceReach, with: func(_ *api, s subject) variables {
			return variables{"input": variables{"rep": s.person, "leave": variables{"from": today, "to": tomorrow}}}
		}},
		"importFiles": {may: manager, reach: ownReach, with: func(*api, subject) variables {
			file := variables{"name": "m.csv", "base64": base64.StdEncoding.EncodeToString([]byte("会员号,姓名\nM1,张秀英\n"))}
			return variables{"input": variables{"accounts": file, "dryRun": true}}
		}},
	}
}

// beside is a rep of the first team who does not hold a subject.
func (a *api) beside(s subject) id.ID {
	if s.person == a.Colleague.ID {
		return a.Rep.ID
	}
	return a.Colleague.ID
}

// standIn has a rep stand in for a subject's account in a while, under the key of its leave.
func standIn(t *testing.T, a *api, s subject) {
	t.Helper()
	a.write(t, func(tx *models.Tx) error {
		rows, err := tx.HoldAccounts([]id.ID{s.account})
		if err != nil || len(rows) == 0 { // of what does not exist
			return err
		}
		return tx.AddCovers([]models.Cover{{
			ID: s.leave, AccountID: s.account, RepID: a.beside(s), FromDay: tx.Today + 20, ToDay: tx.Today + 25, CreatedBy: a.Manager.ID,
		}})
	})
}

func signIn(t *testing.T, a *api, _ subject) {
	s, err := a.door.SignIn(t.Context(), a.Colleague.Login, password, care.Install{Name: "d"}, netip.Addr{})
	ok(t, err)
	a.signedIn = s.Refresh
}

// stopped stops the account, if there is one to stop.
func stopped(t *testing.T, a *api, s subject) {
	ctx := auth.With(t.Context(), modelstest.Viewer(a.Manager))
	_, err := a.door.StopAccount(ctx, care.StopAccount{ID: a.key(), AccountID: s.account, Cause: cadence.BadService})
	if err != nil && care.CodeOf(err) != care.CodeNotFound {
		t.Fatal(err)
	}
}

// atVersion makes the version that the edit names the one of the file.
func atVersion(t *testing.T, a *api, s subject) {
	a.write(t, func(tx *models.Tx) error {
		row := models.Account{ID: s.account}
		err := tx.SumUpAccount(&row, "version")
		if care.CodeOf(err) == care.CodeNotFound {
			return nil
		}
		return err
	})
}

// user of the small company that stands for a role.
func (a *api) as(role auth.Role) models.User {
	switch role {
	case auth.Rep:
		return a.Rep
	case auth.Expert:
		return a.Expert
	case auth.Supervisor:
		return a.Supervisor
	case auth.Manager:
		return a.Manager
	}
	return a.Admin
}

// TestScopeMatrix calls every field of the schema, as every role, about things at every distance (design §3). What a
// role may not do and what it may not know of both look like what does not exist.
func TestScopeMatrix(t *testing.T) {
	modelstest.Sequential(t)
	onEachEngine(t, func(t *testing.T, a *api) {
		rows := matrix()
		for f, kind := range a.roots() {
			t.Run(f.Name, func(t *testing.T) {
				r, found := rows[f.Name]
				if !found {
					t.Fatalf("%s has no row in the matrix: say who may use it, on what", f.Name)
				}
				a.try(t, r, a.call(kind, f), f.Name)
			})
			delete(rows, f.Name)
		}
		for name := range rows {
			t.Errorf("the matrix has a row for %s, which the schema does not have", name)
		}
	})
}

// try calls one field in every way.
func (a *api) try(t *testing.T, r row, document, field string) {
	for _, role := range auth.Roles() {
		a.tryAs(t, r, role, document, field)
	}
	if r.may != anyone {
		got := a.ask(t, models.User{}, document, r.with(a, a.strangers()))
		if code := got.code(t); code != string(care.CodeUnauthenticated) {
			t.Errorf("nobody: %s, want UNAUTHENTICATED", code)
		}
	}
}

func (a *api) tryAs(t *testing.T, r row, role auth.Role, document, field string) {
	reach := r.reach()
	may := r.may == anyone || slices.Contains(strings.Fields(r.may), string(role))
	absent := ""
	for _, relation := range slices.Backward(reach.relations) { // unknown first: the others must look like it
		s := a.subject(t, relation)
		if r.before != nil {
			r.before(t, a, s)
		}
		got := a.ask(t, a.as(role), document, r.with(a, s))
		switch visible := may && slices.Contains(reach.sees[role], relation); {
		case visible && (len(got.body.Errors) > 0 || !strings.Contains(string(got.body.Data), `"`+field+`"`)):
			t.Errorf("%s, %s: %s, want data", role, relation, got.text)
		case !visible && got.code(t) != string(care.CodeNotFound):
			t.Errorf("%s, %s: %s, want NOT_FOUND", role, relation, got.text)
		case !visible && absent == "":
			absent = got.text
		case !visible && got.text != absent:
			t.Errorf("%s, %s: an answer that tells it apart from what does not exist:\n%s\n%s", role, relation, got.text, absent)
		}
	}
}

// TestMalformedKeys: a key that is none is INVALID, wherever it stands, and says where.
func TestMalformedKeys(t *testing.T) {
	a := onSQLite(t)
	for f, kind := range a.roots() {
		r := matrix()[f.Name]
		for path, vars := range a.spoil(f, r.with(a, a.strangers())) {
			got := a.ask(t, a.Manager, a.call(kind, f), vars)
			if len(got.body.Errors) != 1 || got.code(t) != string(care.CodeInvalid) || got.body.Errors[0].Extensions["field"] != path {
				t.Errorf("%s with a malformed %s: %s", f.Name, path, got.text)
			}
		}
	}
}

// spoil makes one set of variables for each key among the arguments of a field, with that key malformed.
func (a *api) spoil(f *ast.FieldDefinition, v variables) map[string]variables {
	out := map[string]variables{}
	for _, arg := range f.Arguments {
		if arg.Type.NamedType == "ID" {
			out[arg.Name] = spoilt(v, arg.Name, "not-a-key")
		}
		object := a.schema.Types[arg.Type.Name()]
		if object.Kind != ast.InputObject || arg.Type.Elem != nil { // lists have a test of their own: TestAPushIsBounded
			continue
		}
		inner, _ := v[arg.Name].(variables)
		for _, part := range object.Fields {
			switch path := arg.Name + "." + part.Name; {
			case part.Type.NamedType == "ID":
				out[path] = spoilt(v, arg.Name, spoilt(inner, part.Name, "' OR 1=1 --"))
			case part.Type.Name() == "ID": // a list
				out[path+"[0]"] = spoilt(v, arg.Name, spoilt(inner, part.Name, []any{"' OR 1=1 --"}))
			}
		}
	}
	return out
}

func spoilt(v variables, name string, value any) variables {
	changed := variables{}
	for k, old := range v {
		changed[k] = old
	}
	changed[name] = value
	return changed
}
