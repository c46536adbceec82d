import type { Same } from '../types'
import type zh from '../zh/plan'

export default {} satisfies Same<typeof zh>
