package measure

import (
	"fmt"
	"io"
	"time"
)

// Row is one figure: what was measured, what it should be, what it is.
type Row struct {
	What, Target, Result string
	Missed               bool
	Wall, CPU, Server    time.Duration // zero when there is nothing to say
	Peak                 int64
	Note                 string
}

// Within makes a row of a time that should not be longer than target; 0 is no target.
func Within(what string, target time.Duration, u Usage, note string) Row {
	r := Row{What: what, Result: Seconds(u.Wall), Wall: u.Wall, CPU: u.CPU, Server: u.Server, Peak: u.Peak, Note: note}
	if target > 0 {
		r.Target, r.Missed = "≤ "+Seconds(target), u.Wall > target
	}
	return r
}

// Below makes a row of an amount of memory that should not be more than target; 0 is no target.
func Below(what string, target, bytes int64, note string) Row {
	r := Row{What: what, Result: MiB(bytes), Note: note}
	if target > 0 {
		r.Target, r.Missed = "≤ "+MiB(target), bytes > target
	}
	return r
}

// Print writes the rows as a table with a heading, and tells whether a target was missed.
func Print(w io.Writer, title string, rows []Row) bool {
	missed := false
	fmt.Fprintf(w, "\n### %s\n\n", title)
	fmt.Fprintln(w, "| what | target | result | | process CPU | server CPU | peak RSS | note |")
	fmt.Fprintln(w, "| --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, r := range rows {
		missed = missed || r.Missed
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s | %s |\n",
			r.What, r.Target, r.Result, r.verdict(), blank(r.CPU), blank(r.Server), peak(r.Peak), r.Note)
	}
	fmt.Fprintf(w, "\nLoad of the machine at the end: %s\n", Load())
	return missed
}

func (r Row) verdict() string {
	switch {
	case r.Target == "":
		return ""
	case r.Missed:
		return "MISSED"
	}
	return "ok"
}

func blank(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return Seconds(d)
}

func peak(bytes int64) string {
	if bytes == 0 {
		return ""
	}
	return MiB(bytes)
}

// Seconds writes a duration to three digits.
func Seconds(d time.Duration) string {
	switch {
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// MiB writes bytes.
func MiB(bytes int64) string { return fmt.Sprintf("%.0f MiB", float64(bytes)/(1<<20)) }
