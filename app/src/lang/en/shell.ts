import type { Same } from '../types'
import type zh from '../zh/shell'

export default {} satisfies Same<typeof zh>
