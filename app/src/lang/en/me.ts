import type { Same } from '../types'
import type zh from '../zh/me'

export default {} satisfies Same<typeof zh>
