package models

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestSlowStatementsAreToldByTheirBeginning(t *testing.T) {
	for name, tt := range map[string]struct {
		query string
		want  string
	}{
		"a short one is told whole":   {"SELECT 1", "SELECT 1\""},
		"a batch is cut":              {"INSERT INTO t VALUES " + strings.Repeat("(?,?),", 10_000), "INSERT INTO t VALUES (?,?)"},
		"a cut never breaks a letter": {strings.Repeat("会", 1000), "会…"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			l := statementLog{log: slog.New(slog.NewTextHandler(&out, nil)), slow: time.Nanosecond}
			l.Trace(t.Context(), time.Now().Add(-time.Second), func() (string, int64) { return tt.query, 1 }, nil)
			if !strings.Contains(out.String(), tt.want) || out.Len() > 900 {
				t.Errorf("%d bytes: %.200s", out.Len(), out.String())
			}
		})
	}
}
