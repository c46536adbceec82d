package care

import (
	"context"
	"fmt"
	"slices"

	"huifang/id"
	"huifang/schedule"
)

// settleRounds bounds how often a plan is made from its own result; two or three are usual.
const settleRounds = 8

// settle makes a plan that stands: made again from its own result it is the same. One run alone may leave room that the
// next one, starting from it, fills with what was shed: the same facts would then give another plan.
func (p planner) settle(ctx context.Context, wishes []wish) (schedule.Plan, error) {
	problem := p.draft(wishes).problem()
	plan, err := p.solve(ctx, problem)
	for range settleRounds {
		if err != nil || ctx.Err() != nil {
			return plan, err
		}
		var next schedule.Plan
		next, err = p.solve(ctx, p.draft(p.after(wishes, plan)).problem())
		if err != nil || slices.Equal(plan.Visits, next.Visits) && slices.EqualFunc(plan.Shed, next.Shed, sameLeftOut) {
			return plan, err
		}
		// Made from another plan, it must still answer the first question: there, what stands now was free to move.
		if len(schedule.Check(problem, next)) > 0 {
			return plan, nil
		}
		plan = next
	}
	return plan, nil
}

func sameLeftOut(a, b schedule.Shed) bool {
	return a.Stop == b.Stop && a.Reason == b.Reason && slices.Equal(a.Room, b.Room)
}

func (p planner) solve(ctx context.Context, problem schedule.Problem) (schedule.Plan, error) {
	plan, err := schedule.Solve(ctx, problem, schedule.Budget{}, uint64(p.today))
	if err != nil {
		return schedule.Plan{}, fmt.Errorf("schedule rep %s: %w", p.book.Rep.Number, err)
	}
	return plan, nil
}

// after are the wishes as the next run meets them: on the days and at the minutes of a plan.
func (p planner) after(wishes []wish, plan schedule.Plan) []wish {
	out := slices.Clone(wishes)
	for _, s := range plan.Shed {
		if i := out[s.Stop].item; i != nil && i.Day >= p.today {
			out[s.Stop].item = nil // the planner takes it off
		}
	}
	seqs := sequence{}
	still := p
	still.newID = func() id.ID { return id.ID{} }
	for _, v := range plan.Visits {
		item := still.placed(wishes[v.Stop], v, seqs.next(v.Day))
		out[v.Stop].item, out[v.Stop].taken = &item, false
	}
	return out
}
