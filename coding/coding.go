// Package coding knows the content codings of HTTP answers: which a client takes, and gzip for answers made on the fly.
package coding

import (
	"strconv"
	"strings"
)

// Accepted tells whether the Accept-Encoding headers of a request take a coding: named with a weight above 0, or by the
// star.
func Accepted(headers []string, coding string) bool {
	star := false
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, weight, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == coding {
			return wanted(weight)
		}
		star = star || name == "*" && wanted(weight)
	}
	return star
}

func wanted(weight string) bool {
	text, ok := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(weight, " ", "")), "q=")
	if !ok {
		return true
	}
	q, err := strconv.ParseFloat(text, 64)
	return err == nil && q > 0
}
