import type { CommandName } from '../../engine/contract'
import { accountEffects } from './account'
import { caseEffects } from './cases'
import { handoverEffects } from './handover'
import { itemEffects } from './items'
import { logEffects } from './log'
import type { Effects } from './made'
import { purchaseEffects } from './purchases'
import { reviewEffects } from './review'

/** What each command changes on the screens before the rows of the server come. */
export const effects: Effects<CommandName> = {
  ...accountEffects, ...caseEffects, ...handoverEffects, ...itemEffects, ...logEffects, ...purchaseEffects, ...reviewEffects,
}
