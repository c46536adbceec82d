package models

import (
	"cmp"
	"context"
	"log/slog"
	"strings"
	"time"

	"gorm.io/gorm/logger"
)

// statementLog tells of slow statements, never with their values (D23). Errors are returned and told by whoever
// handles them.
type statementLog struct {
	log  *slog.Logger
	slow time.Duration
}

// LogMode keeps the log as it is: its level is that of the slog handler.
func (l statementLog) LogMode(logger.LogLevel) logger.Interface { return l }

// Info says nothing: what GORM tells here may hold values.
func (l statementLog) Info(context.Context, string, ...any) {}

// Warn says nothing: what GORM tells here may hold values.
func (l statementLog) Warn(context.Context, string, ...any) {}

// Error says nothing: errors are returned.
func (l statementLog) Error(context.Context, string, ...any) {}

// Trace reports a statement that was slow.
func (l statementLog) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), _ error) {
	took := time.Since(begin)
	if took < cmp.Or(l.slow, 200*time.Millisecond) {
		return
	}
	query, rows := statement()
	l.log.WarnContext(ctx, "slow statement", "sql", beginning(query), "rows", rows, "took", took.Round(time.Millisecond).String())
}

// shownSQL is how much of a statement the log shows: a batch of two hundred rows says no more than its beginning.
const shownSQL = 500

func beginning(query string) string {
	if len(query) <= shownSQL {
		return query
	}
	return strings.ToValidUTF8(query[:shownSQL], "") + "…"
}

// ParamsFilter leaves the values out of the text of a statement.
func (l statementLog) ParamsFilter(_ context.Context, query string, _ ...any) (string, []any) {
	return query, nil
}
