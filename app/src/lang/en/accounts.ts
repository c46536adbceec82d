import type { Same } from '../types'
import type zh from '../zh/accounts'

export default {} satisfies Same<typeof zh>
