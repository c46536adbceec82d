package care

import "testing"

func TestPhoneNumber(t *testing.T) {
	for _, c := range []struct{ name, in, want, tail string }{
		{"a mobile number", "13900001234", "13900001234", "1234"},
		{"with blanks and dashes", " 139 0000-1234 ", "13900001234", "1234"},
		{"with the country", "+86 13900001234", "13900001234", "1234"},
		{"a landline with its dash", "0531-88881234", "0531-88881234", "1234"},
		{"too short", "1234", "", ""},
		{"letters", "139000O1234", "", ""},
		{"nothing", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := phoneNumber("phone", c.in)
			if got != c.want || (err == nil) != (c.want != "") || lastFour(got) != c.tail {
				t.Errorf("phoneNumber(%q) = %q, %v, want %q", c.in, got, err, c.want)
			}
			if err != nil && CodeOf(err) != CodeInvalid {
				t.Errorf("code of %v", err)
			}
		})
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("eyJNZXRyZXMiOjF9")
	f.Fuzz(func(t *testing.T, s string) {
		var at distant
		if err := readCursor(s, &at); err != nil && CodeOf(err) != CodeInvalid {
			t.Fatalf("%q: %v", s, err)
		}
	})
}
