package modelstest

import "testing"

// Sequential marks a long test in which nothing happens at once: the race detector would find nothing in it and make it three
// times as long, so it is left out there. .ci/test runs every test that calls this first once more without the detector.
func Sequential(t *testing.T) {
	t.Helper()
	if racing {
		t.Skip("sequential and long: it runs without the race detector")
	}
}
