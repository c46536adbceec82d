package care

import (
	"context"
	"errors"
	"fmt"

	"huifang/auth"
	"huifang/civil"
	"huifang/forecast"
	"huifang/id"
	"huifang/models"
)

// Why answers "why is this due?" of a plan item, in words of either language.
type Why struct {
	Item       models.PlanItem
	Projection *models.Projection // what the horizon rests on; nil before the first plan
	Last       *civil.Date        // the last contact that reached the customer
	Evidence   []forecast.Evidence
	Override   *models.Override // a rep's word that stands
}

// Why returns the reasons of an item, with the evidence behind its horizon. NOT_FOUND outside the viewer's scope.
func (s *Service) Why(ctx context.Context, item id.ID) (Why, error) {
	var why Why
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		if why.Item, err = tx.Item(v.Scope(), item); err != nil {
			return err
		}
		return s.explain(tx, v.Scope(), &why)
	})
	if errors.Is(err, models.ErrNotFound) {
		return Why{}, NotFound("item")
	}
	return why, err
}

func (s *Service) explain(tx *models.Tx, sc auth.Scope, why *Why) error {
	account, err := tx.Account(sc, why.Item.AccountID)
	if err != nil {
		return err
	}
	why.Last = account.LastContactOn
	projections, err := tx.ProjectionsOf(sc, account.ID, 1)
	if err != nil {
		return err
	}
	if len(projections) > 0 {
		why.Projection = &projections[0]
		if why.Evidence, err = Evidence(projections[0]); err != nil {
			return err
		}
	}
	override, err := tx.OverrideOf(sc, account.ID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	why.Override = &override
	return err
}

// Sentences tells everything behind the item, "zh" or "en".
func (w Why) Sentences(lang string) []string {
	var out []string
	for _, r := range w.Item.AllReasons() {
		out = append(out, r.In(lang))
	}
	out = append(out, w.window(lang), w.last(lang))
	if w.Item.Source == models.FromPerson && w.Item.Note != "" {
		out = append(out, w.Item.Note)
	}
	return append(out, w.forecast(lang)...)
}

func (w Why) window(lang string) string {
	i := w.Item
	if lang == "en" {
		return fmt.Sprintf("Due %s; good from %s to %s.", i.DueOn, i.EarliestOn, i.LatestOn)
	}
	return fmt.Sprintf("应于 %s；%s 至 %s 之间都合适。", i.DueOn, i.EarliestOn, i.LatestOn)
}

func (w Why) last(lang string) string {
	switch {
	case w.Last == nil && lang == "en":
		return "No contact has reached the customer yet."
	case w.Last == nil:
		return "还没有联系上过这位会员。"
	case lang == "en":
		return fmt.Sprintf("Last contact on %s.", w.Last)
	}
	return fmt.Sprintf("上次联系上是 %s。", w.Last)
}

// forecast tells what the horizon rests on, and of which day: a projection is kept until there is news.
func (w Why) forecast(lang string) []string {
	var out []string
	for _, e := range w.Evidence {
		out = append(out, e.In(lang))
	}
	if len(out) == 0 {
		return nil
	}
	made := fmt.Sprintf("%s 的预测：", w.Projection.Day)
	if lang == "en" {
		made = fmt.Sprintf("Projected on %s: ", w.Projection.Day)
	}
	out[0] = made + out[0]
	return out
}
