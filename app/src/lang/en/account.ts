import type { Same } from '../types'
import type zh from '../zh/account'

export default {} satisfies Same<typeof zh>
