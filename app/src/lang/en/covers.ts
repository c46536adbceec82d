import type { Same } from '../types'
import type zh from '../zh/covers'

export default {
  title: 'Cover',
} satisfies Same<typeof zh>
