package road_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/road"
	"huifang/schedule"
)

func TestServersAreRead(t *testing.T) {
	type servers = map[string]road.Server
	all := servers{"WALK": {"http://osrm", "foot"}, "EBIKE": {"http://osrm", "bike"}, "CAR": {"http://osrm", "car"}}
	for _, c := range []struct {
		name     string
		settings string
		want     servers
		says     string
	}{
		{"none", "", servers{}, ""},
		{"one for every mode", "http://osrm/", all, ""},
		{"one of a mode", "ebike=http://10.0.0.5:5000", servers{"EBIKE": {"http://10.0.0.5:5000", "bike"}}, ""},
		{"with its profile", "CAR=https://maps.example.com/cn/table/v1/driving/", servers{"CAR": {"https://maps.example.com/cn", "driving"}}, ""},
		{"a mode of its own besides all", "CAR=http://cars:5000 http://osrm", servers{"WALK": all["WALK"], "EBIKE": all["EBIKE"], "CAR": {"http://cars:5000", "car"}}, ""},
		{"an address with = in it", "http://osrm/a=b", servers{"WALK": {"http://osrm/a=b", "foot"}, "EBIKE": {"http://osrm/a=b", "bike"}, "CAR": {"http://osrm/a=b", "car"}}, ""},
		{"no scheme", "osrm:5000", nil, "http://host:5000"},
		{"another scheme", "CAR=ftp://osrm", nil, "http://host:5000"},
		{"no host", "http://", nil, "http://host:5000"},
		{"a broken address", "http://us:se:cret@%zz", nil, "http://host:5000"},
		{"a query", "http://osrm?key=1", nil, "nothing after ?"},
		{"a profile for everybody", "http://osrm/table/v1/car", nil, "CAR="},
		{"no profile", "CAR=http://osrm/table/v1/", nil, "/table/v1/car"},
		{"the service without a profile", "CAR=http://osrm/table/v1", nil, "/table/v1/car"},
		{"places in the address", "CAR=http://osrm/table/v1/car/117.1,36.6;117.2,36.7", nil, "/table/v1/car"},
		{"two for every mode", "http://a http://b", nil, "MODE=URL"},
		{"two of a mode", "CAR=http://a CAR=http://b", nil, "CAR has two"},
		{"a bus", "BUS=http://osrm", nil, "leave BUS out"},
		{"no mode", "PLANE=http://osrm", nil, "WALK=URL"},
	} {
		got, err := road.ParseServers(strings.Fields(c.settings))
		if diff := cmp.Diff(c.want, got); diff != "" && c.want != nil {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		switch {
		case c.says == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "cret")):
			t.Errorf("%s: %v, want words with %q", c.name, err, c.says)
		}
	}
}

func TestAWrongAddressIsToldAtTheStart(t *testing.T) {
	w := newTown(t, func(w *town) {
		w.Servers(map[string]string{"CAR": w.URL + "/osrm", "EBIKE": w.URL})
		w.Seconds = oneWay
	})
	w.Greet(t.Context())
	lines := w.log.lines()
	told := strings.Join(lines, "\n")
	if len(lines) != 2 || !strings.Contains(told, "level=INFO") || !strings.Contains(told, "is the address right") {
		t.Errorf("logged %q", lines)
	}
	if w.Table(t.Context(), "EBIKE", homes(3)) == nil || w.Table(t.Context(), "CAR", homes(3)) != nil {
		t.Error("the right server has no tables, or the wrong one has")
	}
	w.clock.pass(time.Minute)
	w.Table(t.Context(), "CAR", homes(3))
	if w.Counts().Failures != 2 {
		t.Error("it is not tried again")
	}
}

// TestOneServerForAllModesIsTold: osrm-routed answers any profile with the one it has.
func TestOneServerForAllModesIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		slow  float64 // on foot
		warns int
	}{
		"the same for all":  {1, 2}, // two of three are like the one before
		"each as it is":     {3, 1}, // bike and car are the same
		"on no road at all": {0, 0},
	} {
		w := newTown(t, func(w *town) {
			w.Servers(map[string]string{"CAR": w.URL, "EBIKE": w.URL, "WALK": w.URL})
			w.Seconds = func(profile string, from, to schedule.Point) (float64, bool) {
				if profile == "foot" {
					return c.slow * 100, true
				}
				return min(c.slow, 1) * 100, true
			}
		})
		w.Greet(t.Context())
		warns := 0
		for _, l := range w.log.lines() {
			if strings.Contains(l, slog.LevelWarn.String()) && strings.Contains(l, "one profile") {
				warns++
			}
		}
		if warns != c.warns {
			t.Errorf("%s: %d warnings, want %d", name, warns, c.warns)
		}
	}
}

func TestAPasswordStandsInNoLog(t *testing.T) {
	w := newTown(t, func(w *town) {
		w.Servers(map[string]string{"CAR": strings.Replace(w.URL, "://", "://me:secret@", 1) + "/gone"})
	})
	w.Greet(t.Context())
	if lines := w.log.lines(); len(lines) != 1 || strings.Contains(lines[0], "secret") {
		t.Errorf("logged %q", lines)
	}
}

// Servers names servers by mode, with the profiles OSRM ships.
func (w *town) Servers(bases map[string]string) {
	w.config.Servers = map[string]road.Server{}
	for mode, base := range bases {
		w.config.Servers[mode] = road.Server{Base: base, Profile: map[string]string{"CAR": "car", "EBIKE": "bike", "WALK": "foot"}[mode]}
	}
}
