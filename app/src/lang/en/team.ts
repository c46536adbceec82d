import type { Same } from '../types'
import type zh from '../zh/team'

export default {} satisfies Same<typeof zh>
