import type { CommandName } from '../../engine/contract'
import { accountEffects } from './account'
import { caseEffects } from './cases'
import { itemEffects } from './items'
import { logEffects } from './log'
import type { Effects } from './made'
import { purchaseEffects } from './purchases'

/** What each command changes on the screens before the rows of the server come. */
export const effects: Effects<CommandName> = {
  ...accountEffects, ...caseEffects, ...itemEffects, ...logEffects, ...purchaseEffects,
}
