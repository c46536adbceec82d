package graph_test

import (
	"fmt"
	"net/netip"
	"testing"

	"huifang/care"
	"huifang/models"
)

// TestGuessesCountPerAddress: who guesses many logins from one address is stopped, and others are not.
func TestGuessesCountPerAddress(t *testing.T) {
	a := onSQLite(t)
	from := func(address string, login string) reply {
		r := post(fmt.Sprintf(`{"query":%s,"variables":{"l":%q,"p":"guess","d":"d"}}`, quoted(signInDocument), login))
		r.RemoteAddr = netip.AddrPortFrom(netip.MustParseAddr(address), 4711).String()
		return a.send(t, r)
	}
	limited := false
	for n := 0; n < 300 && !limited; n++ {
		limited = from("203.0.113.9", fmt.Sprintf("login%d", n)).code(t) == string(care.CodeLimited)
	}
	if !limited {
		t.Error("three hundred logins were tried from one address")
	}
	if code := from("203.0.113.10", "someone").code(t); code != string(care.CodeUnauthenticated) {
		t.Errorf("from another address: %s, want UNAUTHENTICATED", code)
	}
	if got := a.ask(t, models.User{}, signInDocument, variables{"l": a.Rep.Login, "p": password, "d": "d"}); len(got.body.Errors) != 0 {
		t.Errorf("with the right password from a third one: %s", got.text)
	}
}
