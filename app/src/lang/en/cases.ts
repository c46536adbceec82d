import type { Same } from '../types'
import type zh from '../zh/cases'

export default {
  title: 'Cases',
  case: 'Case',
} satisfies Same<typeof zh>
