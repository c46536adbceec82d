// Package measure is what the benches share: time and memory of a piece of work, scratch databases, a table of targets
// and results.
package measure

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Usage is what a piece of work took.
type Usage struct {
	Wall time.Duration
	CPU  time.Duration // user and system time of this process
	// Server is the processor time of the database server, 0 on SQLite or when it cannot be read.
	Server time.Duration
	Peak   int64 // the most resident memory this process had so far, in bytes
}

// Total is the processor time of the process and its database.
func (u Usage) Total() time.Duration { return u.CPU + u.Server }

// Of runs work and tells what it took; the server's share is read from db, which may be nil. Memory freed before the
// work goes back to the system first.
func Of(db *Database, work func() error) (Usage, error) {
	debug.FreeOSMemory()
	cpu, server, start := cpuTime(), db.serverTime(), time.Now()
	err := work()
	u := Usage{Wall: time.Since(start), CPU: cpuTime() - cpu, Server: db.serverTime() - server}
	if err != nil {
		return u, err
	}
	u.Peak, err = Memory("self", "VmHWM")
	return u, err
}

func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0 // never for oneself
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// Memory reads a line of /proc/PID/status in bytes: VmHWM is the peak of resident memory, VmRSS what it is now.
func Memory(pid, line string) (int64, error) {
	f, err := os.Open("/proc/" + pid + "/status")
	if err != nil {
		return 0, fmt.Errorf("read memory: %w", err)
	}
	defer f.Close()
	for in := bufio.NewScanner(f); in.Scan(); {
		if rest, ok := strings.CutPrefix(in.Text(), line+":"); ok {
			kib, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(rest, "kB")), 10, 64)
			return kib << 10, err
		}
	}
	return 0, fmt.Errorf("/proc/%s/status has no %s", pid, line)
}

// Load is how busy the machine is: the mean number of runnable tasks of the last minute.
func Load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

// Median is the middle of some values; of an even number, the lower of the two in the middle.
func Median[T cmp.Ordered](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

// MedianUsage is the median of each figure by itself, and the highest peak.
func MedianUsage(runs []Usage) Usage {
	of := func(pick func(Usage) time.Duration) time.Duration {
		var values []time.Duration
		for _, u := range runs {
			values = append(values, pick(u))
		}
		return Median(values)
	}
	u := Usage{
		Wall: of(func(u Usage) time.Duration { return u.Wall }), CPU: of(func(u Usage) time.Duration { return u.CPU }),
		Server: of(func(u Usage) time.Duration { return u.Server }),
	}
	for _, r := range runs {
		u.Peak = max(u.Peak, r.Peak)
	}
	return u
}
