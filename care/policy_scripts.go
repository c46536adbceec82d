package care

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Script is a talk script of the organisation (D20), in place of the app's own: plain text with places for facts of the
// account, such as {call}. A part in [brackets] goes when a fact of it is not known. An empty text keeps the app's own.
type Script struct {
	Code string `json:"-"` // the key in the document
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

// Scripts are the scripts of the organisation by code.
type Scripts map[string]Script

// ScriptCodes are the scripts there are, as planned contacts name them. The app knows the same.
func ScriptCodes() []string {
	return []string{
		"ONBOARDING_1", "ONBOARDING_2", "ONBOARDING_3", "ONBOARDING_4", "ONBOARDING_5",
		"ROUTINE", "REPURCHASE", "POTENTIAL", "ACTIVATION", "INTERVIEW", "WIN_BACK",
		"BIRTHDAY", "SPOUSE_BIRTHDAY", "ANNIVERSARY", "DATE", "FESTIVAL",
		"STOP_EFFECT", "STOP_SERVICE", "STOP_COMPETITOR", "REACTION", "RETURN", "COMPLAINT",
	}
}

// ScriptFacts are what the places of a script are filled with. The app knows the same.
func ScriptFacts() []string {
	return []string{"call", "rep", "company", "product", "days", "until", "bought", "on", "occasion", "who", "festival"}
}

// longestScript in characters: a page of talk. Phones carry all of them.
const longestScript = 1000

// Sorted are the scripts by code, those without any text left out.
func (s Scripts) Sorted() []Script {
	var out []Script
	for code, script := range s {
		if script.ZH+script.EN != "" {
			out = append(out, Script{Code: code, ZH: script.ZH, EN: script.EN})
		}
	}
	slices.SortFunc(out, func(a, b Script) int { return strings.Compare(a.Code, b.Code) })
	return out
}

func (s Scripts) validate() error {
	var errs []error
	for code, script := range s {
		if !slices.Contains(ScriptCodes(), code) {
			errs = append(errs, Invalid("scripts."+code, "no such script: choose one of %v", ScriptCodes()).By("enum"))
			continue
		}
		errs = append(errs, checkScript("scripts."+code+".zh", script.ZH), checkScript("scripts."+code+".en", script.EN))
	}
	return byField(errs)
}

func checkScript(field, text string) error {
	if err := checkText(field, text, longestScript); err != nil {
		return err
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
		return Invalid(field, "holds a control character: only line breaks are text").By("text")
	}
	return checkPlaces(field, text)
}

// factPlace is anything between braces.
var factPlace = regexp.MustCompile(`\{([^{}]*)\}`)

func checkPlaces(field, text string) error {
	for _, found := range factPlace.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(ScriptFacts(), found[1]) {
			return Invalid(field, "%s is no fact of an account: choose one of %v", found[0], ScriptFacts()).By("place")
		}
	}
	if strings.ContainsAny(factPlace.ReplaceAllString(text, ""), "{}") {
		return Invalid(field, "a brace is not closed or not opened").By("place")
	}
	if !bracketed(text) {
		return Invalid(field, "a bracket is not closed, not opened, or stands within another").By("place")
	}
	return nil
}

// bracketed tells whether brackets come in pairs, none within another.
func bracketed(text string) bool {
	open := false
	for _, r := range text {
		if r == '[' && open || r == ']' && !open {
			return false
		}
		if r == '[' || r == ']' {
			open = !open
		}
	}
	return !open
}

// byField joins errors in the order of their fields: maps have none of their own.
func byField(errs []error) error {
	all := faultsIn(errors.Join(errs...))
	slices.SortFunc(all, func(a, b *Error) int { return strings.Compare(a.Field, b.Field) })
	joined := make([]error, len(all))
	for i, e := range all {
		joined[i] = e
	}
	return errors.Join(joined...)
}
