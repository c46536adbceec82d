package graph_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/models"
	"huifang/models/modelstest"
)

// facts is what an edit can change, in the shapes the patch knows: text, number or nothing, list.
type facts struct {
	Version     int
	Name, Job   string
	Phone       string
	BirthYear   *int
	Budget      *int
	Sex         *string
	Hobbies     []string
	Quiet       []struct{ From, To int }
	OptOuts     []struct{ Kind *string }
	Lat         *float64
	LastVisitOn *string
}

const editDocument = `mutation($input: EditAccountInput!) { editAccount(input: $input) {
	version name job phone birthYear budget sex hobbies quiet { from to } optOuts { kind } lat } }`

// TestAPatchLeavesOutWhatItDoesNotName: what is left out stays, null takes away, a value replaces.
func TestAPatchLeavesOutWhatItDoesNotName(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		s := a.subject(t, own)
		edit := func(version int, more variables) facts {
			in := variables{"id": a.key(), "accountId": s.account, "version": version}
			for k, v := range more {
				in[k] = v
			}
			return data[facts](t, a.ask(t, a.Rep, editDocument, variables{"input": in}), "editAccount")
		}
		first := edit(0, variables{
			"job": "教师", "phone": "138 0000 1234", "birthYear": 1950, "budget": 20000, "sex": "FEMALE", "hobbies": []string{"下棋"},
			"quiet": []variables{{"from": 720, "to": 840}}, "optOuts": []variables{{"from": today}}, "position": variables{"lat": 36.6, "lng": 117.0},
		})
		year, budget, sex, lat := 1950, 20000, "FEMALE", 36.6
		want := facts{
			Version: 1, Name: s.name, Job: "教师", Phone: "13800001234", BirthYear: &year, Budget: &budget, Sex: &sex, Hobbies: []string{"下棋"},
			Quiet: []struct{ From, To int }{{720, 840}}, OptOuts: []struct{ Kind *string }{{}}, Lat: &lat,
		}
		if diff := cmp.Diff(want, first); diff != "" {
			t.Errorf("everything given (-want +got):\n%s", diff)
		}
		want.Version, want.Name = 2, "王秀兰"
		if diff := cmp.Diff(want, edit(1, variables{"name": "王秀兰"})); diff != "" {
			t.Errorf("one thing given (-want +got):\n%s", diff)
		}
		gone := edit(2, variables{
			"job": nil, "phone": nil, "birthYear": nil, "budget": nil, "sex": nil, "hobbies": nil, "quiet": nil, "optOuts": nil, "position": nil,
		})
		want = facts{Version: 3, Name: "王秀兰", Hobbies: []string{}, Quiet: []struct{ From, To int }{}, OptOuts: []struct{ Kind *string }{}}
		if diff := cmp.Diff(want, gone); diff != "" {
			t.Errorf("null given (-want +got):\n%s", diff)
		}
		back, phone := edit(3, variables{"position": variables{"lat": 39.913345, "lng": 116.384047, "datum": "GCJ02"}}), 39.911954
		want.Version, want.Lat = 4, &phone
		if diff := cmp.Diff(want, back); diff != "" {
			t.Errorf("a place of a Chinese map (-want +got):\n%s", diff)
		}
	})
}

// TestPagesTile: going on from cursor to cursor gives every row once, in the order of the whole.
func TestPagesTile(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		for range 7 {
			a.subject(t, own)
		}
		for _, search := range []variables{
			{}, {"sort": "NEXT_DUE"}, {"sort": "EXPECTED"}, {"sort": "LAST_CONTACT"}, {"sort": "SPENT"},
			{"near": variables{"lat": 36.65, "lng": 117.12, "metres": 3000}},
		} {
			whole := data[found](t, a.ask(t, a.Rep, foundNames, variables{"s": search}), "accounts")
			var pages []string
			after := ""
			for more := true; more; {
				page := data[found](t, a.ask(t, a.Rep, foundNames, variables{"s": search, "n": 3, "after": after}), "accounts")
				pages = append(pages, page.keys()...)
				if more = page.PageInfo.HasNextPage; more {
					after = *page.PageInfo.EndCursor
				}
			}
			if diff := cmp.Diff(whole.keys(), pages); diff != "" || len(pages) < 7 {
				t.Errorf("%v (-whole +pages):\n%s", search, diff)
			}
		}
	})
}

func (f found) keys() []string {
	var keys []string
	for _, e := range f.Edges {
		keys = append(keys, e.Node.ID)
	}
	return keys
}

type timelinePage struct {
	Edges []struct {
		Cursor string
		Node   struct {
			ID                                string
			Log, Purchase, Assignment, Return *struct{ ID string }
		}
	}
	People   []struct{ ID, Name string }
	Lines    []struct{ PurchaseID string }
	PageInfo struct {
		HasNextPage bool
		EndCursor   *string
	}
}

// TestATimelineTellsEverything: each entry once over all pages, with the names and order lines it speaks of.
func TestATimelineTellsEverything(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		f := a.full(t)
		const document = `query($a: ID!, $n: Int! = 100, $after: String! = "") { timeline(account: $a, first: $n, after: $after) {
			edges { cursor node { id log { id } purchase { id } assignment { id } return { id } } }
			people { id name } lines { purchaseId } pageInfo { hasNextPage endCursor } } }`
		whole := data[timelinePage](t, a.ask(t, a.Rep, document, variables{"a": f.account}), "timeline")
		logs, orders := 0, 0
		for _, e := range whole.Edges {
			if e.Node.Log != nil {
				logs++
			}
			if e.Node.Purchase != nil {
				orders++
			}
		}
		if logs != 7 || orders != 7 || len(whole.Lines) != 7 {
			t.Errorf("%d contacts, %d orders with %d lines, want 7 of each", logs, orders, len(whole.Lines))
		}
		if !slices.Contains(whole.People, struct{ ID, Name string }{a.Rep.ID.String(), a.Rep.Name}) {
			t.Errorf("the names are %v", whole.People)
		}
		seen, after := 0, ""
		for more := true; more; {
			page := data[timelinePage](t, a.ask(t, a.Rep, document, variables{"a": f.account, "n": 4, "after": after}), "timeline")
			for _, e := range page.Edges {
				if e.Node.ID != whole.Edges[seen].Node.ID {
					t.Fatalf("row %d is %s on its page, %s in the whole", seen, e.Node.ID, whole.Edges[seen].Node.ID)
				}
				seen++
			}
			if more = page.PageInfo.HasNextPage; more {
				after = *page.PageInfo.EndCursor
			}
		}
		if seen != len(whole.Edges) {
			t.Errorf("pages have %d rows, the whole %d", seen, len(whole.Edges))
		}
	})
}

// TestADayTellsWhatIsLate: what was planned for earlier days stands apart; overdue is what was due before today (story 2).
func TestADayTellsWhatIsLate(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		var left, late, due models.PlanItem
		a.write(t, func(tx *models.Tx) error {
			left, late, due = modelstest.Item(tx, a.Own, "A"), modelstest.Item(tx, a.Own, "B"), modelstest.Item(tx, a.Covered, "C")
			left.Day, late.DueOn = tx.Today-1, tx.Today-1
			due.RepID = a.Rep.ID // who stands in
			left.Objectives = []cadence.Objective{cadence.Thank}
			left.Reasons = []cadence.Reason{{Rule: "D3", Code: "ROUTINE_VISIT"}}
			return tx.AddItems([]models.PlanItem{left, late, due})
		})
		type item struct {
			ID      string
			Overdue bool
		}
		got := data[struct {
			Day, Today      string
			LeftOver, Items []item
		}](t, a.ask(t, a.Rep, `{ myDay { day today leftOver { id overdue } items { id overdue } } }`, nil), "myDay")
		if got.Day != today || got.Today != today || !cmp.Equal(got.LeftOver, []item{{left.ID.String(), false}}) {
			t.Errorf("the day %+v", got)
		}
		for _, want := range []item{{late.ID.String(), true}, {due.ID.String(), false}} {
			if len(got.Items) != 2 || !slices.Contains(got.Items, want) {
				t.Errorf("planned today %+v, want %+v among two", got.Items, want)
			}
		}
		words := a.ask(t, a.Rep, `{ myDay { leftOver { zh: objectives { words(lang: ZH) } en: objectives { words(lang: EN) } reasons { words(lang: ZH) } } } }`, nil)
		for _, want := range []string{cadence.ObjectiveWords(cadence.Thank, "zh"), cadence.ObjectiveWords(cadence.Thank, "en"), left.Reasons[0].In("zh")} {
			if !strings.Contains(words.text, want) {
				t.Errorf("%q is missing in %s", want, words.text)
			}
		}
	})
}

const importDocument = `mutation($i: ImportFilesInput!) { importFiles(input: $i) {
	written dryRun files { kind name rows problems { line column code zh: words(lang: ZH) en: words(lang: EN) } more } } }`

type importReport struct {
	Written, DryRun bool
	Files           []struct {
		Kind, Name string
		Rows       int
		Problems   []struct {
			Line   int
			Column string
			Code   string
			ZH, EN string
		}
	}
}

// TestAnImportNamesBadRows: the report says where, what and what to do, in both languages, and nothing was written.
func TestAnImportNamesBadRows(t *testing.T) {
	onEachEngine(t, func(t *testing.T, a *api) {
		file := func(text string) variables {
			return variables{"name": "m.csv", "base64": base64.StdEncoding.EncodeToString([]byte(text))}
		}
		bad := file("会员号,姓名,负责人\nZ1,赵一,N-rep\nZ2,,N-nobody\n")
		got := data[importReport](t, a.ask(t, a.Manager, importDocument, variables{"i": variables{"accounts": bad, "dryRun": false}}), "importFiles")
		if got.Written || len(got.Files) != 1 || len(got.Files[0].Problems) == 0 {
			t.Fatalf("the report %+v", got)
		}
		p := got.Files[0].Problems[0]
		if p.Line == 0 || p.Code == "" || p.ZH == "" || p.EN == "" || p.ZH == p.EN {
			t.Errorf("the first problem %+v", p)
		}
		missing := a.ask(t, a.Manager, foundNames, variables{"s": variables{"text": "Z1"}})
		if rows := data[found](t, missing, "accounts"); len(rows.Edges) != 0 {
			t.Error("half a file was written")
		}
		spoilt := variables{"name": "m.csv", "base64": "%%%"}
		refused := a.ask(t, a.Manager, importDocument, variables{"i": variables{"purchases": spoilt, "dryRun": true}})
		if refused.code(t) != string(care.CodeInvalid) || refused.body.Errors[0].Extensions["field"] != "purchases.base64" {
			t.Errorf("what is not base64: %s", refused.text)
		}
	})
}
