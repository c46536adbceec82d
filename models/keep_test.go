package models_test

import (
	"database/sql"
	"fmt"
	"testing"

	"huifang/models/modelstest"
)

// one is a connection of a pool, which keeps its statements.
func one(t *testing.T, db *sql.DB) *sql.Conn {
	t.Helper()
	c, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func logins(t *testing.T, c *sql.Conn, after string, each func(string)) (out []string) {
	t.Helper()
	rows, err := c.QueryContext(t.Context(), "SELECT login FROM users WHERE login > ? ORDER BY login", after)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var login string
		if err := rows.Scan(&login); err != nil {
			t.Fatal(err)
		}
		out = append(out, login)
		each(login)
	}
	return out
}

// TestAStatementRunsWithinItself: a kept statement whose rows are still being read must not be started again.
func TestAStatementRunsWithinItself(t *testing.T) {
	s, _ := modelstest.SQLite(t)
	modelstest.Seed(t, s)
	c := one(t, s.Readers())
	inner := 0
	for range 3 {
		outer := logins(t, c, "", func(login string) {
			inner += len(logins(t, c, login, func(string) {}))
		})
		if len(outer) != 9 {
			t.Errorf("the outer statement found %d of 9", len(outer))
		}
	}
	if inner != 3*(8+7+6+5+4+3+2+1) {
		t.Errorf("the inner statements found %d", inner)
	}
}

func TestMoreStatementsThanAreKept(t *testing.T) {
	s, _ := modelstest.SQLite(t)
	modelstest.Seed(t, s)
	c := one(t, s.Readers())
	for round := range 2 {
		for n := range 300 {
			var got int
			query := fmt.Sprintf("SELECT COUNT(*) + %d FROM users WHERE login <> ?", n)
			if err := c.QueryRowContext(t.Context(), query, "rep").Scan(&got); err != nil || got != 8+n {
				t.Fatalf("round %d: %d, want %d, %v", round, got, 8+n, err)
			}
		}
	}
}

func TestAKeptStatementForgetsItsArguments(t *testing.T) {
	s, _ := modelstest.SQLite(t)
	modelstest.Seed(t, s)
	c := one(t, s.Readers())
	for _, x := range []struct {
		login string
		want  int
	}{{"rep", 1}, {"nobody", 0}, {"admin", 1}} {
		var got int
		if err := c.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM users WHERE login = ?", x.login).Scan(&got); err != nil || got != x.want {
			t.Errorf("%s: %d, %v", x.login, got, err)
		}
	}
	if _, err := c.QueryContext(t.Context(), "SELECT COUNT(*) FROM users WHERE login = ?"); err == nil {
		t.Error("a statement ran without its argument")
	}
}
