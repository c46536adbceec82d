import type { Same } from '../types'
import type zh from '../zh/signin'

export default {} satisfies Same<typeof zh>
