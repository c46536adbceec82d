// An account that came from another rep (care/moves.go).

import type { Effects } from './made'

export const handoverEffects: Effects<'ReadHandover' | 'ObjectToMove'> = {
  async ReadHandover(rows, { account }, made) {
    await rows.changeCard(account, ({ brief }) => ({ brief: brief && { ...brief, readAt: brief.readAt ?? made.at } }))
  },

  // The account stays on the phone until the server has taken it back.
  async ObjectToMove(rows, { input }) {
    rows.goingBack.set(input.accountId, input.objection)
  },
}
