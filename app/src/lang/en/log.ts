import type { Same } from '../types'
import type zh from '../zh/log'

export default {} satisfies Same<typeof zh>
