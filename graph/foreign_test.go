package graph_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"huifang/care"
	"huifang/models"
)

// Story 8: a rep cannot reach a foreign customer by search, list, nested field, a key beside a key, or in bulk.

const foundNames = `query($s: SearchInput!, $n: Int! = 50, $after: String! = "") { accounts(search: $s, first: $n, after: $after) {
	edges { cursor node { id name phone } } pageInfo { hasNextPage endCursor } } }`

type found struct {
	Edges []struct {
		Cursor string
		Node   struct{ ID, Name, Phone string }
	}
	PageInfo struct {
		HasNextPage bool
		EndCursor   *string
	}
}

func TestForeignAccountsAreInNoSearch(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		foreign := a.subject(t, otherStore)
		mine := a.subject(t, own)
		for _, s := range []subject{foreign, mine} {
			edit := variables{"input": variables{"id": a.key(), "accountId": s.account, "version": 0, "phone": "13812349876", "name": "欧阳" + s.name}}
			data[any](t, a.ask(t, a.Manager, `mutation($input: EditAccountInput!) { editAccount(input: $input) { id } }`, edit), "editAccount")
			a.write(t, func(tx *models.Tx) error { return tx.PutTags(s.account, []string{"贵宾"}) })
		}
		for how, search := range map[string]variables{
			"name":         {"text": "欧阳"},
			"pinyin":       {"text": "ouyang"},
			"initials":     {"text": "oy"},
			"phone":        {"text": "13812349876"},
			"last four":    {"text": "9876"},
			"tag":          {"tag": "贵宾"},
			"everything":   {},
			"near":         {"near": variables{"lat": 36.65, "lng": 117.12, "metres": 5000}},
			"overdue":      {"overdue": true},
			"in district":  {"district": "历下区"},
			"by any state": {"services": []string{"ON_PRODUCT", "STOPPED", "NOT_YET"}},
		} {
			got := a.ask(t, a.Rep, foundNames, variables{"s": search})
			text := string(got.body.Data)
			if len(got.body.Errors) > 0 || strings.Contains(text, foreign.account.String()) {
				t.Errorf("by %s a rep finds a foreign account: %s", how, got.text)
			}
			if sees := strings.Contains(text, mine.account.String()); !sees && how != "overdue" {
				t.Errorf("by %s a rep does not find their own account: %s", how, got.text)
			}
		}
		his := a.ask(t, a.Rep, foundNames, variables{"s": variables{"repId": a.BranchRep.ID}})
		if rows := data[found](t, his, "accounts"); len(rows.Edges) != 0 || rows.PageInfo.HasNextPage {
			t.Errorf("by its rep a foreign account is found: %s", his.text)
		}
	})
}

func TestACursorOpensNothing(t *testing.T) {
	a := onSQLite(t)
	foreign := a.subject(t, otherStore)
	for range 3 {
		a.subject(t, own)
	}
	first := data[found](t, a.ask(t, a.Rep, foundNames, variables{"s": variables{}, "n": 2}), "accounts")
	if !first.PageInfo.HasNextPage || len(first.Edges) != 2 {
		t.Fatalf("want a full page and more, got %+v", first)
	}
	made := base64.RawURLEncoding.EncodeToString([]byte(`{"Value":"","ID":"` + foreign.account.String() + `"}`))
	for _, after := range []string{*first.PageInfo.EndCursor, made} {
		got := a.ask(t, a.Rep, foundNames, variables{"s": variables{}, "after": after})
		if len(got.body.Errors) > 0 || strings.Contains(got.text, foreign.account.String()) {
			t.Errorf("after %s: %s", after, got.text)
		}
	}
	for _, after := range []string{"x", "' OR 1=1", strings.Repeat("A", 2000), base64.RawURLEncoding.EncodeToString([]byte(`[]`))} {
		if code := a.ask(t, a.Rep, foundNames, variables{"s": variables{}, "after": after}).code(t); code != string(care.CodeInvalid) {
			t.Errorf("cursor %.20s: %s, want INVALID", after, code)
		}
	}
}

// Keys of foreign things beside a key of one's own are as unknown as any.
func TestForeignKeysBesideOnesOwn(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		for name, c := range map[string]struct {
			document string
			input    func(mine, other subject) variables
			taken    bool // work is never dropped: the contact stands, the key is forgotten
		}{
			"a contact that answers a foreign item": {
				`mutation($i: LogContactInput!) { logContact(input: $i) { itemId review } }`,
				func(m, o subject) variables {
					return variables{"accountId": m.account, "itemId": o.item, "kind": "CALL", "outcome": "TALKED", "startedAt": "2026-03-04T01:00:00Z"}
				},
				true,
			},
			"a case step done by a foreign contact": {
				`mutation($i: CompleteCaseStepInput!) { completeCaseStep(input: $i) { __typename } }`,
				func(m, o subject) variables { return variables{"caseId": m.file, "stepId": m.step, "logId": o.log} },
				false,
			},
			"a foreign step of an own case": {
				`mutation($i: CompleteCaseStepInput!) { completeCaseStep(input: $i) { __typename } }`,
				func(m, o subject) variables { return variables{"caseId": m.file, "stepId": o.step, "logId": m.log} },
				false,
			},
			"a day of a foreign person": {
				`mutation($i: AddDateInput!) { addDate(input: $i) { id } }`,
				func(m, o subject) variables {
					return variables{"accountId": m.account, "memberId": o.member, "occasion": "BIRTHDAY", "calendar": "SOLAR", "month": 1, "day": 1}
				},
				false,
			},
		} {
			mine, other, none := a.subject(t, own), a.subject(t, otherStore), a.subject(t, unknown)
			ask := func(o subject) reply {
				in := c.input(mine, o)
				in["id"] = a.key()
				return a.ask(t, a.Rep, c.document, variables{"i": in})
			}
			if foreign, absent := ask(other), ask(none); foreign.text != absent.text || c.taken == (len(foreign.body.Errors) > 0) {
				t.Errorf("%s:\nforeign %s\nunknown %s", name, foreign.text, absent.text)
			}
		}
	})
}

func TestBulkMovesNothingOfOthers(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		mine, other := a.subject(t, own), a.subject(t, otherStore)
		in := variables{"id": a.key(), "accounts": []any{mine.account, other.account}, "toRep": a.Colleague.ID, "reason": "更近"}
		got := a.ask(t, a.Supervisor, `mutation($i: ReassignInput!) { reassign(input: $i) { id } }`, variables{"i": in})
		if got.code(t) != string(care.CodeNotFound) {
			t.Errorf("a move of own and foreign accounts: %s, want NOT_FOUND", got.text)
		}
		if a.holder(t, mine) != a.Rep.ID.String() || a.holder(t, other) != a.BranchRep.ID.String() {
			t.Error("half of a refused move was made")
		}
	})
}

func (a *api) holder(t *testing.T, s subject) string {
	t.Helper()
	got := a.ask(t, a.Manager, `query($a: ID!) { account(id: $a) { repId } }`, variables{"a": s.account})
	return data[struct{ RepID string }](t, got, "account").RepID
}

// The nested account of a plan item is read in the viewer's scope: who planned a contact before the account went to
// somebody else gets the contact, and no account.
func TestANestedAccountIsReadInScope(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		s := a.subject(t, own)
		const document = `mutation($i: PlanContactInput!) { planContact(input: $i) { id account { id name } } }`
		v := variables{"i": variables{"id": a.key(), "accountId": s.account, "kind": "CALL", "day": tomorrow, "reason": "问候"}}
		first := a.ask(t, a.Rep, document, v)
		if !strings.Contains(first.text, s.name) {
			t.Fatalf("the account of an own item: %s", first.text)
		}
		move := variables{"i": variables{"id": a.key(), "accounts": []any{s.account}, "toRep": a.BranchRep.ID, "reason": "搬家"}}
		data[any](t, a.ask(t, a.Manager, `mutation($i: ReassignInput!) { reassign(input: $i) { id } }`, move), "reassign")
		again := a.ask(t, a.Rep, document, v)
		if len(again.body.Errors) > 0 || strings.Contains(again.text, s.name) || !strings.Contains(again.text, `"account":null`) {
			t.Errorf("the same command after the move: %s", again.text)
		}
	})
}

// Lists of one's own never hold a foreign row.
func TestListsStayInScope(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		foreign := a.subject(t, otherStore)
		for name, c := range map[string]struct {
			who      models.User
			document string
		}{
			"my day":        {a.Rep, `{ myDay { leftOver { accountId } items { accountId account { id } } } }`},
			"my weeks":      {a.Rep, `{ myWeeks(from: "2026-03-01", to: "2026-03-31") { days { items { accountId } } shed { account { id } } } }`},
			"a day of mine": {a.Supervisor, `query { repDay(rep: "` + a.Rep.ID.String() + `") { items { accountId } } }`},
			"leaves":        {a.Supervisor, `{ askedLeaves { id userId } }`},
			"staff":         {a.Supervisor, `{ staff { id } }`},
		} {
			got := a.ask(t, c.who, c.document, nil)
			for _, key := range []string{foreign.account.String(), foreign.leave.String(), foreign.person.String()} {
				if len(got.body.Errors) > 0 || strings.Contains(got.text, key) {
					t.Errorf("%s: %s", name, got.text)
				}
			}
		}
	})
}
