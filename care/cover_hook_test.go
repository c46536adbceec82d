package care

import (
	"context"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Asked is what the rules ask for on the accounts a rep holds, whoever plans it: what plans are held against.
func (s *Service) Asked(ctx context.Context, rep id.ID) (map[id.ID][]cadence.Demand, error) {
	out := map[id.ID][]cadence.Demand{}
	model, err := s.model(ctx)
	if err != nil {
		return nil, err
	}
	return out, s.Store.Read(ctx, func(tx *models.Tx) error {
		policy, err := s.policy(tx)
		if err != nil {
			return err
		}
		span := models.BookSpan{LogsFrom: tx.Today - policy.lookBack(), From: tx.Today, To: tx.Today + civil.Date(policy.Planning.Days) - 1}
		book, err := tx.LookAtBook(rep, span)
		if err != nil {
			return err
		}
		p := planner{book: &book, policy: policy, model: model, today: span.From, last: span.To, newID: tx.NewID, dayOf: tx.Day}
		for _, a := range book.Accounts {
			if a.RepID == rep {
				facts := factsOf(&book, p.stand(a), p.project(a, &models.PlanDiff{}), p.today, p.dayOf(a.CreatedAt))
				out[a.ID] = cadence.Demands(facts, policy.Cadence, p.today, p.last)
			}
		}
		return nil
	})
}
