// The author's word on a contact that looked odd (care/reviews.go).

import type { Log } from '../../engine/contract'
import type { Effects } from './made'

export const reviewEffects: Effects<'AnswerReview'> = {
  async AnswerReview(rows, { input }, made) {
    const log = await rows.log(input.logId)
    if (!log) return
    const odd = log.odd ?? unseen(log)
    if (odd.open) rows.logs.set(input.logId, { ...log, odd: { ...odd, answer: input.answer, answeredAt: made.at } })
  },
}

/** The review of a contact of which the server has only said that there is one. */
const unseen = ({ log }: Log): NonNullable<Log['odd']> => ({
  logId: log.id, flags: log.review, open: true, answer: '', answeredAt: null, verdict: null, why: '', settledAt: null,
})
