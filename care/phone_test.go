package care

import "testing"

func TestPhone(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a mobile number", "13900001234", "13900001234"},
		{"with blanks and dashes", " 139 0000-1234 ", "13900001234"},
		{"with the country", "+86 13900001234", "13900001234"},
		{"with the country dialled", "008613900001234", "13900001234"},
		{"full-width digits", "１３９００００１２３４", "13900001234"},
		{"a landline", "(0531)8888-1234", "053188881234"},
		{"a number that begins with 86", "8612345", "8612345"},
		{"too short", "1234", ""},
		{"too long", "1390000123413900001234", ""},
		{"letters", "139000O1234", ""},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Phone("phone", c.in)
			if got != c.want || (err == nil) != (c.want != "") {
				t.Errorf("Phone(%q) = %q, %v, want %q", c.in, got, err, c.want)
			}
		})
	}
}

func FuzzPhone(f *testing.F) {
	f.Add("+86 139 0000 1234")
	f.Add("００８６")
	f.Fuzz(func(t *testing.T, s string) {
		number, err := Phone("phone", s)
		if err != nil {
			if CodeOf(err) != CodeInvalid || number != "" {
				t.Fatalf("%q: %q, %v", s, number, err)
			}
			return
		}
		if again, err := Phone("phone", number); err != nil || again != number {
			t.Fatalf("%q became %q, and that %q, %v", s, number, again, err)
		}
	})
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
