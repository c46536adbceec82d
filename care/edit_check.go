package care

import (
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// maxList caps hobbies, interests, windows and opt-outs.
const maxList = 20

// check refuses what does not fit, field by field.
func (in EditFile) check(today civil.Date) error {
	if in.Name.Set {
		if err := needed("name", in.Name.Value, maxShort); err != nil {
			return err
		}
	}
	return firstError(in.checkTexts(), in.checkFacts(today), in.checkWindows(), in.checkOptOuts())
}

func (in EditFile) checkTexts() error {
	for _, t := range []struct {
		field string
		value string
		limit int
	}{
		{"district", in.District.Value, maxShort}, {"city", in.City.Value, maxShort},
		{"employer", in.Employer.Value, maxShort}, {"job", in.Job.Value, maxShort}, {"source", in.Source.Value, maxShort},
		{"address", in.Address.Value, maxText}, {"health", in.Health.Value, maxNote},
		{"history", in.History.Value, maxNote}, {"allergies", in.Allergies.Value, maxNote},
		{"wishes", in.Wishes.Value, maxText}, {"manner", in.Manner.Value, maxText}, {"looks", in.Looks.Value, maxText},
		{"habits", in.Habits.Value, maxText}, {"brings", in.Brings.Value, maxText}, {"taboos", in.Taboos.Value, maxText},
	} {
		if err := checkText(t.field, t.value, t.limit); err != nil {
			return err
		}
	}
	return firstError(words("hobbies", in.Hobbies.Value), words("interests", in.Interests.Value))
}

// words is a short list of short texts.
func words(field string, list []string) error {
	if len(list) > maxList {
		return Invalid(field, "%d entries: at most %d", len(list), maxList).By("length")
	}
	for _, w := range list {
		if err := needed(field, w, maxShort); err != nil {
			return err
		}
	}
	return nil
}

func (in EditFile) checkFacts(today civil.Date) error {
	if !slices.Contains([]models.Sex{"", models.Female, models.Male}, in.Sex.Value) {
		return Invalid("sex", "%q is no sex", in.Sex.Value).By("enum")
	}
	if in.Budget.Value != nil && *in.Budget.Value < 0 {
		return Invalid("budget", "must not be negative").By("amount")
	}
	if p := in.Position.Value; p != nil {
		if err := firstError(position("position", &p.Lat, &p.Lng), p.Datum.check("position")); err != nil {
			return err
		}
	}
	return birthYear("birthYear", in.BirthYear.Value, today)
}

func birthYear(field string, year *int, today civil.Date) error {
	now, _, _ := today.YMD()
	if year != nil && (*year < now-130 || *year > now) {
		return Invalid(field, "%d is not the year of birth of anybody alive", *year).By("year")
	}
	return nil
}

func (in EditFile) checkWindows() error {
	if err := validWindows("preferred", in.Preferred.Value); err != nil {
		return err
	}
	return validWindows("quiet", in.Quiet.Value)
}

func (in EditFile) checkOptOuts() error {
	if len(in.OptOuts.Value) > maxList {
		return Invalid("optOuts", "%d entries: at most %d", len(in.OptOuts.Value), maxList).By("length")
	}
	for _, o := range in.OptOuts.Value {
		if o.Kind != "" && !slices.Contains(cadence.AllKinds(), cadence.Kind(o.Kind)) {
			return Invalid("optOuts", "%q is no kind of contact", o.Kind).By("enum")
		}
		if o.To != nil && *o.To < o.From {
			return Invalid("optOuts", "ends before it begins").By("span")
		}
	}
	return nil
}
