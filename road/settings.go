package road

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Server is one OSRM server as seen by one mode of travelling.
type Server struct {
	Base    string // its address, without the slash at the end
	Profile string // what its map was prepared for
}

// The modes of travelling a server may know, with the profiles OSRM ships. A bus has none.
var modes = [...]struct{ mode, profile string }{{"WALK", "foot"}, {"EBIKE", "bike"}, {"CAR", "car"}}

// tables is the path of the service that answers with tables.
const tables = "/table/v1/"

// ParseServers reads settings of the form URL, for every mode, or MODE=URL, which counts before the other. The URL is that
// of the server, or with the profile in it: http://host:5000/table/v1/driving. The error says what to write instead.
func ParseServers(settings []string) (map[string]Server, error) {
	general, own := map[string]Server{}, map[string]Server{}
	for _, setting := range settings {
		if err := read(strings.TrimSpace(setting), general, own); err != nil {
			return nil, err
		}
	}
	for mode, server := range own {
		general[mode] = server
	}
	return general, nil
}

func read(setting string, general, own map[string]Server) error {
	mode, address, named := strings.Cut(setting, "=")
	if !named || strings.Contains(mode, "/") { // the sign is part of the URL
		return readGeneral(setting, general)
	}
	mode = strings.ToUpper(strings.TrimSpace(mode))
	profile, err := profileOf(mode)
	if err != nil {
		return err
	}
	if _, twice := own[mode]; twice {
		return fmt.Errorf("%s has two servers: name one", mode)
	}
	server, err := readServer(strings.TrimSpace(address))
	if server.Profile == "" {
		server.Profile = profile
	}
	own[mode] = server
	return err
}

func readGeneral(setting string, general map[string]Server) error {
	if len(general) > 0 {
		return errors.New("two servers for every mode: name one, or say MODE=URL")
	}
	server, err := readServer(setting)
	if err != nil {
		return err
	}
	if server.Profile != "" {
		return fmt.Errorf("profile %q for every mode: say whose it is, such as CAR=%s", server.Profile, server.shown())
	}
	for _, m := range modes {
		general[m.mode] = Server{server.Base, m.profile}
	}
	return nil
}

func profileOf(mode string) (string, error) {
	if mode == "BUS" {
		return "", errors.New("a bus has no server: its ways take as long as a car's, times the policy's speeds; leave BUS out")
	}
	for _, m := range modes {
		if m.mode == mode {
			return m.profile, nil
		}
	}
	return "", fmt.Errorf("%q is no mode: write WALK=URL, EBIKE=URL or CAR=URL", mode)
}

// readServer reads an address. The error does not repeat it: it may hold a password.
func readServer(address string) (Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https"}, u.Scheme) {
		return Server{}, errors.New("this is no address of a server: write http://host:5000")
	}
	if u.RawQuery != "" || u.Fragment != "" {
		return Server{}, errors.New("the address of the server has nothing after ? or #: write http://host:5000")
	}
	base, profile, found := strings.Cut(strings.TrimRight(u.String(), "/")+"/", tables)
	base, profile = strings.TrimRight(base, "/"), strings.TrimRight(profile, "/")
	if found && (profile == "" || strings.ContainsAny(profile, "/;,")) {
		return Server{}, errors.New("one profile comes after /table/v1/: write http://host:5000/table/v1/car")
	}
	return Server{base, profile}, nil
}

// shown is the server's table service without a password, for logs and messages.
func (s Server) shown() string {
	u, err := url.Parse(s.Base + tables + s.Profile)
	if err != nil {
		return s.Profile
	}
	return u.Redacted()
}
