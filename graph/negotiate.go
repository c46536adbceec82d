package graph

import (
	"mime"
	"strconv"
	"strings"
)

// The two media types of an answer (GraphQL over HTTP). A client that names neither gets plainJSON.
const (
	plainJSON   = "application/json"
	graphqlJSON = "application/graphql-response+json"
)

// negotiate picks the media type of the answer by the Accept header; ok is false when the client wants neither.
func negotiate(accept string) (mediaType string, ok bool) {
	if strings.TrimSpace(accept) == "" {
		return plainJSON, true
	}
	best := 0.0
	for wish := range strings.SplitSeq(accept, ",") {
		offered, quality := weigh(wish)
		if offered != "" && quality > best {
			mediaType, best = offered, quality
		}
	}
	return mediaType, best > 0
}

// weigh returns which of ours one wish of an Accept header means, and how much it is wished.
func weigh(wish string) (string, float64) {
	wished, parameters, err := mime.ParseMediaType(wish)
	if err != nil {
		return "", 0
	}
	quality := 1.0
	if q, given := parameters["q"]; given {
		if quality, err = strconv.ParseFloat(q, 64); err != nil {
			return "", 0
		}
	}
	switch wished {
	case graphqlJSON:
		return graphqlJSON, quality
	case plainJSON, "application/*", "*/*":
		return plainJSON, quality
	}
	return "", 0
}
