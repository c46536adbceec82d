import type { Same } from '../types'
import type zh from '../zh/expert'

export default {
  title: 'Requests',
} satisfies Same<typeof zh>
