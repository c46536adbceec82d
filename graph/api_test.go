package graph_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"huifang/auth"
	"huifang/care"
	"huifang/graph"
	apiexec "huifang/graph/exec"
	"huifang/id"
	mobileschema "huifang/mobile-schema"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
)

// api is the real API over the small company, on a real database.
type api struct {
	modelstest.Company
	server
	schema     *ast.Schema
	store      *models.Store
	door       *care.Door
	clock      *modelstest.Clock
	statements int64 // of the last request, without those of the sign-in check
	keys       uint32
	signedIn   string // a refresh token
}

// everyone signs in with this password.
const password = "guanhuai-2026-xyz"

// onEachEngine runs a test of the API on every engine.
func onEachEngine(t *testing.T, body func(*testing.T, *api)) {
	t.Helper()
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) { body(t, newAPI(t, s, clock)) })
}

// onSQLite runs a test that no engine makes a difference to.
func onSQLite(t *testing.T) *api {
	t.Helper()
	s, clock := modelstest.SQLite(t)
	return newAPI(t, s, clock)
}

func newAPI(t *testing.T, s *models.Store, clock *modelstest.Clock) *api {
	t.Helper()
	a := &api{Company: modelstest.Seed(t, s), store: s, clock: clock}
	var log bytes.Buffer
	vault, err := seal.New()
	ok(t, err)
	signer, err := auth.NewSigner(clock.Now, bytes.Repeat([]byte{7}, 32))
	ok(t, err)
	throttle, err := auth.NewThrottle(rand.Reader)
	ok(t, err)
	a.door = &care.Door{
		Service:   &care.Service{Store: s, Vault: vault, Log: slog.New(slog.DiscardHandler)},
		Passwords: auth.NewPasswords(rand.Reader), Signer: signer, Throttle: throttle, Rand: rand.Reader,
	}
	t.Cleanup(a.door.Close)
	a.givePasswords(t)
	a.givePhones(t)
	schema := apiexec.NewExecutableSchema(apiexec.Config{Resolvers: &graph.Resolver{Release: "1.2.3", Care: a.door}})
	a.schema = schema.Schema()
	trusted, err := graph.ReadTrusted(mobileschema.Manifest())
	ok(t, err)
	handler := graph.NewHandler(graph.Config{
		Schema:  schema,
		Faults:  graph.Faults{Log: slog.New(slog.NewTextHandler(&log, nil)), NewID: func() string { return "fault-1" }},
		Verify:  a.verify,
		Trusted: trusted,
	})
	a.server = server{a.counted(graph.FromAddress(handler)), &log}
	return a
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (a *api) write(t testing.TB, f func(*models.Tx) error) {
	t.Helper()
	ok(t, a.store.Write(t.Context(), f))
}

func (a *api) givePasswords(t *testing.T) {
	t.Helper()
	phc, err := a.door.Passwords.Hash(t.Context(), password)
	ok(t, err)
	a.write(t, func(tx *models.Tx) error {
		for _, u := range a.Users() {
			if err := tx.SetPassword(u.ID, phc); err != nil {
				return err
			}
		}
		return nil
	})
}

// phone is the device on which everybody signs in.
var phone = id.ID{0: 3, 6: 0x70, 8: 0x80, 15: 1}

// givePhones registers the phone for everybody.
func (a *api) givePhones(t testing.TB) {
	t.Helper()
	a.write(t, func(tx *models.Tx) error {
		for _, u := range a.Users() {
			if err := tx.AddDevice(&models.Device{UserID: u.ID, ID: phone, Name: "d", CreatedAt: tx.Now, SeenAt: tx.Now}); err != nil {
				return err
			}
		}
		return nil
	})
}

// verify knows "as:LOGIN" without a session, and else what the door knows.
func (a *api) verify(ctx context.Context, token string) (auth.Viewer, error) {
	login, found := strings.CutPrefix(token, "as:")
	if !found {
		return a.door.Verify(ctx, token)
	}
	for _, u := range a.Users() {
		if u.Login == login {
			v := modelstest.Viewer(u)
			v.Device = phone
			return v, nil
		}
	}
	return auth.Viewer{}, errors.New("no such user in this test")
}

func (a *api) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, n := models.CountStatements(r.Context())
		next.ServeHTTP(w, r.WithContext(ctx))
		a.statements = atomic.LoadInt64(n)
	})
}

type variables = map[string]any

// ask sends a document as a user; the zero user is nobody.
func (a *api) ask(t testing.TB, who models.User, document string, v variables) reply {
	t.Helper()
	token := ""
	if who.Login != "" {
		token = "as:" + who.Login
	}
	return a.askWith(t, token, document, v)
}

func (a *api) askWith(t testing.TB, token, document string, v variables) reply {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": v})
	ok(t, err)
	r := post(string(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return a.send(t, r)
}

// data is the answer of one field, which must be there and without errors.
func data[T any](t testing.TB, r reply, field string) T {
	t.Helper()
	var all map[string]json.RawMessage
	if len(r.body.Errors) > 0 || json.Unmarshal(r.body.Data, &all) != nil {
		t.Fatalf("want data of %s, got %s", field, r.text)
	}
	var out T
	ok(t, json.Unmarshal(all[field], &out))
	return out
}

// key makes a key of its own for each command.
func (a *api) key() id.ID {
	a.keys++
	n := a.keys
	return id.ID{0: 2, 6: 0x70, 8: 0x80, 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)}
}

// call makes the document that asks for a field with all of its arguments: of objects, only that they are there.
func (a *api) call(kind ast.Operation, f *ast.FieldDefinition) string {
	var declared, passed []string
	for _, arg := range f.Arguments {
		declaration := "$" + arg.Name + ": " + arg.Type.String()
		if arg.DefaultValue != nil {
			declaration += " = " + arg.DefaultValue.String()
		}
		declared = append(declared, declaration)
		passed = append(passed, arg.Name+": $"+arg.Name)
	}
	selection := ""
	if a.schema.Types[f.Type.Name()].IsCompositeType() {
		selection = " { __typename }"
	}
	if len(declared) == 0 {
		return string(kind) + " { " + f.Name + selection + " }"
	}
	return string(kind) + "(" + strings.Join(declared, ", ") + ") { " + f.Name + "(" + strings.Join(passed, ", ") + ")" + selection + " }"
}

// roots are the fields of Query and Mutation with the kind of operation that asks for them.
func (a *api) roots() map[*ast.FieldDefinition]ast.Operation {
	out := map[*ast.FieldDefinition]ast.Operation{}
	for _, f := range a.schema.Query.Fields {
		out[f] = ast.Query
	}
	for _, f := range a.schema.Mutation.Fields {
		out[f] = ast.Mutation
	}
	for f := range out {
		if strings.HasPrefix(f.Name, "__") {
			delete(out, f)
		}
	}
	return out
}
