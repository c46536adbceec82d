package care_test

import (
	"encoding/json"
	"strings"
	"testing"

	"huifang/care"
	"huifang/id"
	"huifang/schedule"
)

// One place in both datums: numbers of a Chinese map, and of a phone there.
var (
	onTheMap  = schedule.Point{Lat: 39.913345, Lng: 116.384047}
	byAPhone  = schedule.Point{Lat: 39.911954, Lng: 116.377817}
	aMetreOff = 1.0
)

// lies holds a stored position to a place.
func lies(t *testing.T, what string, lat, lng *float64, want schedule.Point) {
	t.Helper()
	if lat == nil || lng == nil || schedule.Meters(schedule.Point{Lat: *lat, Lng: *lng}, want) > aMetreOff {
		t.Errorf("%s lies at %v, %v, want %v", what, deref(lat), deref(lng), want)
	}
}

func TestPositionsAreKeptInWGS84WhateverTheyAreSentIn(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name  string
			sent  schedule.Point
			datum care.Datum
		}{
			{"of a Chinese map", onTheMap, care.GCJ02},
			{"of a phone", byAPhone, care.WGS84},
			{"of nobody knows, so of a phone", byAPhone, ""},
		} {
			a := w.account(w.Own.ID)
			edited, err := w.EditFile(w.as(w.Rep), care.EditFile{
				ID: w.key(), AccountID: a.ID, Version: a.Version,
				Position: care.Some(&care.Position{Lat: c.sent.Lat, Lng: c.sent.Lng, Datum: c.datum}),
			})
			if err != nil {
				t.Fatal(err)
			}
			lies(t, "a home "+c.name, edited.Lat, edited.Lng, byAPhone)

			in := w.visit(w.Own)
			in.Lat, in.Lng, in.Datum = ptr(c.sent.Lat), ptr(c.sent.Lng), c.datum
			log := w.log(w.Rep, in)
			lies(t, "a visit "+c.name, log.Lat, log.Lng, byAPhone)

			near := care.Near{Lat: c.sent.Lat, Lng: c.sent.Lng, Datum: c.datum, Metres: 50}
			found := got[care.Found](t)(w.Search(w.as(w.Rep), care.Search{Near: &near}, care.Page{}))
			if len(found.Rows) != 1 || found.Rows[0].Account.ID != w.Own.ID {
				t.Errorf("a circle %s: %d accounts, want the one who lives there", c.name, len(found.Rows))
			}
		}
	})
}

func TestADatumNobodyKnowsIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		at := care.Position{Lat: 36.6, Lng: 117.1, Datum: "BD09"}
		_, edit := w.EditFile(w.as(w.Rep), care.EditFile{ID: w.key(), AccountID: w.Own.ID, Version: w.account(w.Own.ID).Version, Position: care.Some(&at)})
		in := w.visit(w.Own)
		in.Lat, in.Lng, in.Datum = &at.Lat, &at.Lng, at.Datum
		_, log := w.LogContact(w.as(w.Rep), in)
		_, search := w.Search(w.as(w.Rep), care.Search{Near: &care.Near{Lat: at.Lat, Lng: at.Lng, Datum: at.Datum, Metres: 50}}, care.Page{})
		for name, err := range map[string]error{"position": edit, "a log": log, "near": search} {
			wantCode(t, err, care.CodeInvalid)
			if err == nil || !strings.Contains(err.Error(), "GCJ02") {
				t.Errorf("%s: %v does not say what to choose", name, err)
			}
		}
	})
}

// TestOldPhonesSendTheSameContent: a command is known again by the hash of its content, which an update of the server must
// not change.
func TestOldPhonesSendTheSameContent(t *testing.T) {
	for _, v := range []any{care.LogContact{ID: id.ID{1}}, care.Position{Lat: 1, Lng: 2}} {
		text, err := json.Marshal(v)
		if err != nil || strings.Contains(string(text), "Datum") {
			t.Errorf("%T without a datum is hashed as %s, %v", v, text, err)
		}
	}
}
